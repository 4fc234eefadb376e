"""One reader for each kind of file: from its bytes to sheets as they show."""
