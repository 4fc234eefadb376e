"""What stands behind the program: `crash` (log, dialog, a copy of what is typed), `program` (its log and
versions), `diagnosis` and `diagnosis_dialog` (the package for a maintainer), `guide_window` (the user
guide).
"""
