"""Other people's sheets: a sheet of texts becomes a form, with the place of each value; knows no file.

* docs/intake.md walks the way through: `area`, `beside`, `headings` with `heading` and
  `heading_years`, `segments`, `reader` with `tables`, `indicators`, `level_rows`,
  `goals`, `money` with `money_rows`, `total`, `notes`, `own_tables` (of one bureau alone), then `identify`
  (by `evidence`), `assemble`, `homes`, `institution`, `recognise` from one
  end to the other; `found` comes out
* words: `captions`, `texts`, `targets`, `units`, `years`, `blank`, `reasons`, `loader`; a part of a form:
  `anatomy`, `places`; what a clerk says: `specified`
* what is done with it: `examine` (a whole file), `adopt`, `layouts`, `explaining`, `lists`, `amounts`,
  `listed_goals`; into a bureau's own file: `planning` with `title_lines`, `values` (texts as on our
  paper) and `said` (lines of captions), `fill_plan`; made a blank again: `emptying`
* the clipboard: `clipboard`, `block`, `block_cells`, `block_columns`, `block_shape`, `shape`; `incoming` is
  what readers give
* final accounts: `accounts`, `accounts_tables`, `accounts_words`, `accounts_names`
"""
