"""What comes out, on screen and paper: preview, printing, export dialog."""
