"""Foreign files come in: bytes become sheets of texts with merges, places and marks; knows no form."""
