"""表样: a bureau's blank becomes a form of the program's own.

* `form_dialog` (添加表样: source at the left, what was taken for what at the right) with `part_list`,
  `item_table` (roles in drop-downs), `scoring_box` (rules that can be changed); `example_dialog` (试填);
  `own_forms_dialog` (the forms that were added: listed, handed on, removed)
* `fill_dialog` (填入财政局原表: how a bureau's own file will look, before it is written)
* `new_form_dialog` (换用新的表样: what of the document goes where in a newer version of its form)
* `choose_form` (one of the forms, for the open document), `choose_blank` (which blank is filled),
  `choose_sheet` (which of the forms of a blank file is added)
"""
