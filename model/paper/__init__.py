"""A form as printed, in millimetres, for every writer alike.

* `layout` lays a form out, a function a kind of block, on a `sheet` in the making (`tables`, `money`);
  `accounts_layout` the final accounts, `explain` 得分说明, `annex` tables of texts
* `grid` is what comes out; `measure` breaks lines, `pages` cuts into pages, `tall_rows` those rows that
  no page holds, `breaks` says
  which of them break badly, `codes`
  what their check codes are in a locked version
"""
