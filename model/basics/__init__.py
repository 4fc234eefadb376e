"""Numbers, quantities, errors, files: what knows no form."""
