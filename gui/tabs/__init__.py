"""The tabs of a form: `tab_page` puts one together from the blocks of the form, a panel each.

`conclusion`, `funds_panel`, `goals_panel`, `reasons_panel`, `shares_panel`; `indicators_page` is the tab of
the table, with `indicator_panel`.
"""
