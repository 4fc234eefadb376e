"""The tabs of a form: a panel for each kind of block."""
