"""Adding up (汇总): forms of many units, or of a project's parts, become one form by its own footnotes.

`parts` are what is added up, `lines` what becomes of each row, `questions` what the clerk must decide, also
of rows that are called nearly `alike`;
`result` puts it together, `sum_document` makes a form of it that can be added up again, `summary_table` shows
all parts beside the sum in the columns that `columns_loader` knows, `sheets` lays both out for print on a
`table_grid`.
"""
