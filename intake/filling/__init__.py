"""Writes into a bureau's own file: its cells are filled, every other byte of every part stays as it was."""
