"""Shipped data; `path` is the one way to it, in a checkout and in the frozen program."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """Return where the shipped file or folder `name` ("forms", "fonts/coverage.txt") lies."""
    return _HERE / name
