"""What stands behind the program: crash dialog, log, diagnosis, user guide."""
