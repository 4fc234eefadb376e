"""The pane on the right: findings, how a figure came about, how to fill in, search."""
