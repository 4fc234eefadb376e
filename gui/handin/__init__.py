"""交稿: the page that says what is still open before the document can be handed in.

`handin_page` has its head, its list (`open_lines` arranges, `open_list` shows) and the reason that sets an
item aside (`reason_row`); at the right `versions_side` has the locked versions and checks paper.
`lock_dialog` asks who locks one, `comparison_dialog` shows what differs between two,
`finished_dialog` what an edited file says otherwise, both in a `differences_table`.

佐证材料: `evidence_panel` is its tab, `evidence_adding` puts files into the document, `evidence_dropping`
takes those that are dropped, `evidence_table` lists them with their `evidence_pictures`,
`lacking_list` the indicators without any; `evidence_view` shows one in a dialog, `material_face` in the pane,
`opening_here` opens a copy; `pictures` reads pictures, whoever made them.
"""
