"""Tables of plain text whose columns stand under each other where Chinese characters are two wide."""

import unicodedata
from collections.abc import Sequence

_GAP = "  "


def lines(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Return the rows as lines; the columns numbered in `right` are aligned at the right."""
    widths = [max(width(row[col]) for row in rows) for col in range(len(rows[0]))] if rows else []
    return [_line(row, widths, right) for row in rows]


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    cells = []
    for col, (text, room) in enumerate(zip(row, widths, strict=True)):
        blanks = " " * (room - width(text))
        cells.append(blanks + text if col in right else text + blanks)
    return _GAP.join(cells).rstrip()


def width(text: str) -> int:
    """Return how many columns a text takes in a window of fixed pitch."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
