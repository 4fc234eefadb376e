"""The explanation of the final accounts (决算情况说明): sentences, charts and terms, made from the tables.

* `loader.outline(library, id)` gives an `Outline`: sections with parts, each a kind of sentence; data.
* `values.Values(accounts, outline, forms)` gives what a sentence is filled with, by the name of the slot.
* `explanation.explain(accounts, outline, forms)` gives the sections with their sentences as they stand:
  generated, written over (`text.<part>` in the answers of the accounts), and what is still wanted.
* `made_of.made_of(passage, values)` gives the figures that a sentence speaks of.
* `contents.contents(values)` gives them entry by entry (一, 二 …); `lacking.lacking(passage, values)` the
  cells that a sentence waits for; `written.written(sections)` the paragraphs with the place of each sentence
  (五（三）2); `works.works(reading)` 重点工作, of the department's report or of the accounts themselves.
* `glossary.terms(accounts, outline)` gives 名词解释; `charts.chart(accounts, outline, id)` 图1 to 图4.
* Files: `outline`, `outline_toml`, `slots`, `values`, `publication`; `held/` holds a written explanation
  against the tables: `hold` with `facts`, `text`, `totals`, `items`, `other`, `wording`, each telling a
  `slip`.
"""
