"""Tables to type in: indicators, and rows that the clerk adds."""
