"""What surrounds the tabs: list of forms, strip of scores, row of tabs; put together in DocumentView."""
