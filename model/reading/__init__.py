"""What the texts mean: everything made anew at every key by pure functions.

* `reading` (all forms of a document), `scoring` (values and scores of one), `amounts` (rows of money),
  `shares`, `outturn`, `terms` (goals by term)
* what is looked at afterwards: `completeness` (what a form wants), `printed_rows`, `summary`, `crosscheck`,
  `reasons`, `left_behind` (by a newer form), `origin` (where a text comes from), `evidence` (which files
  prove what)
"""
