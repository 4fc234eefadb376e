"""Single cells to type in, and what stands on them."""
