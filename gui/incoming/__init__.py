"""Files of other programs come in: what was read from where, looked over before it is taken.

`offers` what files hold and which of it is taken, `lines` what was read, as lines to look over, `offer_tree`
the files, `source_table` a file as it looks, `line_table` the lines, `import_dialog` the window of all three,
`sum_dialog` what forms of many units add up to, `target` where the forms go, `ways_in` what main.py hands in.
"""
