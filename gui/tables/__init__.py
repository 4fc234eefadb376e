"""Tables to type in, all on one base.

* base: `sheet_model` (what stands where), `sheet_view` (cursor, keys, clipboard, heights), `sheet_delegate`
  (the open cell), `sheet_edits` (what is done to the document), `cell_drawing`, `keys`,
  `clipboard` (cells out, blocks in) with `paste_dialog` (粘贴前看一眼), `spots` (where),
  `amount_pasting` (a block into single cells of money)
* indicators: `indicator_model`, `indicator_lines`, `indicator_view`, `indicator_delegate` with
  `choice_editor`, `indicator_edits`, `indicator_marks`, `printed_points`;
  `indicator_picker` (from the library: 插入指标) with `picker_list`, `picker_details`;
  `name_offers` (while a name is typed)
* rows that the clerk adds: `rows_model`, `rows_view`, `rows_edits`

Another table is four small classes: a `SheetModel` with what it defines (lines, cells, captions, marks), a
`SheetEdits` that says how rows come, go, move and take a block in, a `SheetDelegate` that measures and draws,
a `SheetView` that names its delegate and the widths of its columns. Keys, cursor, clipboard, input methods,
Esc, merged cells, computed figures as links and heights come with them.
"""
