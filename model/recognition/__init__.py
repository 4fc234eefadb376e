"""Other people's sheets: a sheet of texts becomes a form, with the place of each value; knows no file."""
