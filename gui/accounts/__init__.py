"""The final accounts (部门决算) to type in: its tabs, each a page of tables and fields.

* `pages` has the five tabs and hands changes and jumps on; `strip` shows what must agree, above them
* 科目: `subjects_page` with its tools, `subjects_view`, `subjects_model` with the `list_columns` of a table,
  `subjects_edits`; `subject_lines`
  are its bands, rows and reasons, `subjects_changes` tells
  which of them differ, `subjects_delegate` draws them, `pinned` keeps names and 合计 in sight;
  `subject_editor` finds a subject while its code is typed
* the other tabs: `figures_page`, of tables with fixed cells (`figures_view`, `figures_model`,
  `figures_edits`) of fields beside the tables (`fields`) and
  of the names of 类 and 款 (`names_table`)
* 情况说明: `explanation_page` with `explanation_index`; an entry is an `entry_box` of `entry_parts`,
  `chart_view` and `performance_part`; `other_boxes` are 重点工作 and 名词解释; `explanation_states`
  reads all of it once; `narrative_bar` speaks of a text that came with a file
* `edition_dialog` asks for the edition of new ones, `take_dialog` shows what the forms would take over
* `block_edits`: a block of a spreadsheet comes in as text
* `grey_delegate` draws typed, computed and following cells
"""
