"""What helps filling in: blank documents, takeover, last year's, guidance, search."""
