"""What was typed.

* `answers` (FormAnswers, Answers: immutable), `document` (edits as steps, undo), `cleaning` (without what no
  file can hold)
* the `.zpb` file: `store` (one transaction a save, two writers noticed), `records` (as rows of tables),
  `backups` (dated copies), `rescue` (what could not be saved)
"""
