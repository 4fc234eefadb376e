"""Where the document meets signals, and what is known of its cells: places, names, marks, recovery."""
