"""What helps filling in.

`blank` (new documents), `carryover` (from last year's), `takeover` (from the declaration), `importing`
(exchange files), `purposes` and `merging` (what a file is used as, and what it meets), `accounts` (final
accounts begun and taken over), `accounts_carried` (what last year's give to them later),
`correspondence`, `new_form` and `new_rows` (a form that goes over to a newer version), `newer` (which there
are, what would go where), `accounts_units` (them in another unit of money), `find`, `replace`, `last_year`,
`last_measures` (上年改进措施, whose state is told),
`guidance` and `accounts_guidance` (填写说明), `indicator_search`, `indicator_rows` and `own_indicators`
(常用指标库).
"""
