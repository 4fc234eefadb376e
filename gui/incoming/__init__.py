"""Files of other programs come in: what was read from where, looked over before it is taken.

`arriving` files that are being read, `offers` what they hold and which of it is taken, `lines` what was read,
as lines to look over, `offer_tree` the files, `source_table` a file as it looks, `line_table` the lines,
`import_dialog` the window of all three, `use_bar` what it is used as and where it goes, `plan` what that
does, `use_side` what it meets in the open document with `meeting_table` (cell by cell) and `amount_table`
(rows of a list), `explain_panel` a layout that is not known, `sum_dialog` what forms of many units add up to
with `sum_units` and `sum_result`, `handout_dialog` which forms go to colleagues, `takeback_dialog` what they
changed, `ways_in` what main.py hands in.
"""
