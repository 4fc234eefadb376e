"""What surrounds the tabs: `document_view` puts it together and alone hears the session.

`form_list` (with `list_items`, `crosscheck_box`) at the left, `score_strip` and `tab_strip` above,
`page_stack` the pages.
"""
