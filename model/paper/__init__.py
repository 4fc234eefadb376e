"""A form as printed: grids of cells in millimetres, lines, pages."""
