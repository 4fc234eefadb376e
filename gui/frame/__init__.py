"""What surrounds the tabs: `document_view` puts it together and alone hears the session.

`sided_view` (how wide its parts stand), `form_list` (with `list_items`, `crosscheck_box`) at the left,
`score_strip`, `tab_strip` and `state_bar` above, `page_stack` the pages, `whole_pages` what may stand in
their place, `going` leads to what changed; `accounts_face` has the strip, tabs
and pages of the final accounts.
"""
