"""A bureau's own blank becomes a form; pure: a form as recognition saw it in, the texts of a .zpf out.

* `proposal` (what every part of the blank was taken for, to be looked at and changed), `propose` (from the
  anatomy of a sheet) with `captions` (fields: head, lines, tail), `tables` (money, goals, indicators)
* `learn` (which form of a file), `homeless` (what of it has no place in the form), `scoring` (which rules are
  proposed, what of them can be changed), `definition` (the TOML of a proposal) with `drawing` (rows, widths
  on paper), `finished` (definition, rules and blank as one file), `interpretation` (what was taken for what,
  in words and as JSON), `example` (a form filled in, to look at)
"""
