"""Tables to type in, all on one base.

* base: `sheet_model` (what stands where), `sheet_view` (cursor, keys, clipboard, heights), `sheet_delegate`
  (the open cell), `sheet_edits` (what is done to the document), `cell_drawing`, `keys`
* indicators: `indicator_model`, `indicator_lines`, `indicator_view`, `indicator_delegate` with
  `choice_editor`, `indicator_edits`, `indicator_marks`, `printed_points`
* rows that the clerk adds: `rows_model`, `rows_view`, `rows_edits`
"""
