"""What knows no form.

* `number` is the only door where numbers are parsed, rounded and printed; `amount` is money with its unit,
  `units` which are alike; `quantity` reads "≥95%" or "8 间/8间/2 间", `written_dates` days, `names`
  compares names
* `errors` (what a user can act on, in Chinese), `files` (whole files or none), `file_kinds` (what a file is),
  `file_names` (that Windows takes), `packing` (entries of packed files), `memory` (what a pure function
  made), `texts` (what a text may hold and how much)
* `codes` (short ones for paper), `metrics` (widths of fonts), `table_text` (blocks as spreadsheets put them
  on the clipboard)
"""
