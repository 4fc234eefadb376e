"""What was typed.

* `answers` (FormAnswers, Answers: immutable), `document` (edits as steps, undo), `cleaning` (without what no
  file can hold)
* `carrying` (which definitions a document takes with it), `signing` (who set something aside, and when)
* the `.zpb` file: `store` (one transaction a save, two writers noticed), `file_head` (before it is opened),
  `journal` (beside it), `tables_check` (our tables and nothing else), `soundness` (rows as we write them),
  `store_errors` (what can go wrong, in sentences), `records` (as rows of tables), `backups` (dated copies),
  `tables` (for what else is kept in the file), `slim` (the file without evidence), `rescue` (what could not
  be saved)
"""
