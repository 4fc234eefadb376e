"""Documents as files: start page, new, recent, last year's, earlier versions."""
