"""Single cells to type in: `cells` has an editor for each kind of field, `figure_field` shows what is
computed, `date_picker` offers a calendar, `cell_marks` what stands against a cell and where its text comes
from."""
