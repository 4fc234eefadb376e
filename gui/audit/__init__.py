"""The audit of a folder: live progress, what to look at, findings of a form, what changed since last time.

`audit_window` is the window, `form_rows` the forms as they come in, sorted and chosen, `form_table` shows
them, `look_list` is what to look at, `remark_list` what was found in a form, `kept` where the last audit of
a folder lies, `doors` what main.py hands in.
"""
