"""Documents as files: `start_page` with `recent_list` (what `recent` knows of each), `new_dialog` (also
添加项目), `carry_dialog` (沿用上年), `versions_dialog` (earlier versions), `last_year_dialog` (its texts),
`written_before`
(indicators of earlier years)."""
