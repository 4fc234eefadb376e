"""Forms, regulations and report outlines as data, and their loading."""
