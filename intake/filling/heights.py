"""How much room the cells of a worksheet have, and how high a row must be so that a text in it is seen whole.

Estimates, on the generous side: nobody knows the fonts of the other computer.
"""

import math
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

Position = tuple[int, int]  # row and column from 1
HIGHEST = Decimal(409)  # points; no row of a worksheet is higher
_DIGIT, _LATIN = Decimal("0.5"), Decimal("0.55")  # of the size of the font: widths of columns, of letters
_LINE = Decimal("1.28")  # of the size of the font: from line to line
_PADDING, _AROUND = Decimal(4), Decimal(3)  # points beside and above a text
USUAL_WIDTH, USUAL_HEIGHT, USUAL_SIZE = Decimal("8.43"), Decimal("13.5"), Decimal(11)


class Look(NamedTuple):
    """What of a cell's style says how much of a text is seen."""

    size: Decimal = USUAL_SIZE
    wraps: bool = False
    shrinks: bool = False


class Lack(NamedTuple):
    """A row that is too low for a text, and how high it should be, in points; 0 where no height helps."""

    row: int
    points: Decimal


class Rooms:
    """The rows, columns and merged cells of a worksheet, as they are before anything is filled in."""

    def __init__(
        self,
        size: Decimal,
        widths: Callable[[int], Decimal],
        heights: Callable[[int], Decimal],
        merged: Mapping[Position, Position],
    ) -> None:
        """`size` is that of the usual font; widths of columns in its digits, heights of rows in points;
        `merged` is the last cell of a merged one, by its first."""
        self._digit = size * _DIGIT
        self._widths, self._heights, self._merged = widths, heights, merged

    def lack(self, place: Position, text: str, look: Look) -> Lack | None:
        """Return which row is too low for a text, None where it is seen whole or one line is all there is."""
        row, column = place
        last_row, last_column = self._merged.get(place, place)
        width = sum((self._widths(at) for at in range(column, last_column + 1)), Decimal(0)) * self._digit
        lines = text.split("\n")
        wanted = sum(lines_in(line, width - _PADDING, look.size) for line in lines)
        if wanted < 2 or look.shrinks:
            return None
        if not look.wraps:
            return Lack(row, Decimal(0))
        height = sum((self._heights(at) for at in range(row, last_row + 1)), Decimal(0))
        lacking = wanted * look.size * _LINE + _AROUND - height
        return Lack(last_row, self._heights(last_row) + lacking) if lacking > 1 else None


def lines_in(text: str, width: Decimal, size: Decimal) -> int:
    """Return how many lines a paragraph takes in a width; sizes in points."""
    wide = sum(1 if unicodedata.east_asian_width(char) in "WFA" else _LATIN for char in text) * size
    return max(1, math.ceil(wide / max(width, size)))
