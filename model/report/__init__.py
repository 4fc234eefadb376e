"""The written report: parts, sentences, tables, pages."""
