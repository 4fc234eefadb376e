"""The final accounts (部门决算公开表): nine tables from one list of subjects, pure and in a fixed order.

* What is typed are texts of a form with the key "a" and an edition as definition: rows `subjects` (s1, s2
  …) with the cells `s1.code`, `s1.name`, `s1.t3.basic`, `s1.t5.project`, `s1.t2.fiscal`, `s1.t7.income`,
  `s1.budget`, `s1.full`, `s1.use`, `s1.reason`; rows `expenses` (e1 …) with `e1.name`, `e1.amount`,
  `e1.result`; cells of the tables by their own name (`t1.in.opening`, `t6.30101`, `t9.final.reception`);
  fields beside the tables (`last.total`, `buy_goods`, `total_reason`: see `AccountsDefinition.groups`);
  `class_use.205`, `name.20501`; `money_unit` (元 or 万元).
* `loader.edition(library, id)` gives an `AccountsDefinition`, `loader.subjects_of(library, year)` names.
* `reading.read_accounts(edition, subjects, answers)` gives `accounts.Accounts`: `value(name)`, `text(name)`
  as printed, `figure(name)` with origin, given and the cells where it is typed, `terms(name)` what it is
  made of, `rows[table]` the codes of the printed rows, `below(table, code)`, `names()` all printed cells,
  `subject_name(code)`, `field(id)`, `field_amount(id)`, `is_empty(table)`, `items` the rows of the list.
* Names of figures: `t1.in.year`, `t4.out.205.fund`, `t3.2050199.basic`, `t3.all.total`, `t6.30101`,
  `t6.staff`, `t9.final.car`; `s.205.budget` and `s.all.budget` are sums of what stands in the list alone.
* Amounts are exact, in the unit they were typed in; a text is in 万元, each rounded on its own.
* `subject_search.find_subjects(subjects, text)` finds a 项 by code, words or initials;
  `paste.read_pasted(block, edition, table)` turns a block of a spreadsheet into rows for the list;
  `places.place(accounts, name)` says where a figure or a typed cell stands; `incoming.take_in` turns
  printed tables into texts; `extra.read_narrative`, `extra.read_forms` give what a file brought beside the
  tables.
* Elsewhere: `checks.check_accounts(reading)`, `filling.accounts` (blank, carried over, taken over into the
  forms, 以计算值为准), `paper.accounts_layout`, `exchange.accounts_reader`; `Reading.accounts` holds them.
* Files: `definition`, `edition_toml`, `edition_check`, `loader`, `rules`, `subjects` are the data, `items`
  the clerk's list, `figures` amounts, `rates` how much of a budget was spent,
  `uses` where a figure goes on to; `reading` makes the
  `accounts` of both.
"""
