"""What a form is, what it scores and how it is laid out: pure Python, no Qt, no file libraries.

A file of this folder imports only the standard library and files above it in docs/architecture.md;
`loader.py` alone reads the shipped data through `resources`.
"""
