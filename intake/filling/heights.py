"""How much room the cells of a worksheet have, and how high a row must be so that a text in it is seen whole.

Estimates, on the generous side: nobody knows the fonts of the other computer.
"""

import math
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from lxml import etree

from intake.filling.xlsx_sheet import Position, position
from intake.package import Package, attribute, child, children

HIGHEST = Decimal(409)  # points; no row of a worksheet is higher
_ON = ("1", "true", "on")
_DIGIT, _LATIN = Decimal("0.5"), Decimal("0.55")  # of the size of the font: widths of columns, of letters
_LINE = Decimal("1.28")  # of the size of the font: from line to line
_PADDING, _AROUND = Decimal(4), Decimal(3)  # points beside and above a text
_USUAL_WIDTH, _USUAL_HEIGHT, _USUAL_SIZE = Decimal("8.43"), Decimal("13.5"), Decimal(11)


class Look(NamedTuple):
    """What of a cell's style says how much of a text is seen."""

    size: Decimal = _USUAL_SIZE
    wraps: bool = False
    shrinks: bool = False


class Lack(NamedTuple):
    """A row that is too low for a text, and how high it should be, in points; 0 where no height helps."""

    row: int
    points: Decimal


def looks_of(package: Package, part: str) -> tuple[Look, ...]:
    """Return the looks of cells, by the number of their style."""
    if part not in package:
        return ()
    root = package.xml(part)
    sizes = [
        _number(_value(child(font, "sz")), _USUAL_SIZE) for font in children(child(root, "fonts"), "font")
    ]
    return tuple(_looks(root, sizes))


def _looks(root: etree._Element, sizes: list[Decimal]) -> Iterator[Look]:
    for element in children(child(root, "cellXfs"), "xf"):
        font, alignment = element.get("fontId", "0"), child(element, "alignment")
        size = sizes[int(font)] if font.isdecimal() and int(font) < len(sizes) else _USUAL_SIZE
        flags = (alignment.get(name, "0") in _ON if alignment is not None else False for name in _FLAGS)
        yield Look(size, *flags)


_USUAL = ("defaultColWidth", "defaultRowHeight")
_FLAGS = ("wrapText", "shrinkToFit")


def _value(element: etree._Element | None) -> str:
    return (attribute(element, "val") or "") if element is not None else ""


def _number(text: str, otherwise: Decimal) -> Decimal:
    try:
        found = Decimal(text)
    except ArithmeticError:
        return otherwise
    return found if found.is_finite() and found > 0 else otherwise


class Rooms:
    """The rows, columns and merged cells of a worksheet, as they are before anything is filled in."""

    def __init__(self, root: etree._Element, size: Decimal) -> None:
        usual = child(root, "sheetFormatPr")
        width, height = (usual.get(name, "") if usual is not None else "" for name in _USUAL)
        self._width, self._height = _number(width, _USUAL_WIDTH), _number(height, _USUAL_HEIGHT)
        self._digit = size * _DIGIT
        self._columns = [
            (int(c.get("min", "0")), int(c.get("max", "0")), _number(c.get("width", ""), self._width))
            for c in children(child(root, "cols"), "col")
        ]
        rows = children(child(root, "sheetData"), "row")
        self._rows = {row.get("r", ""): _number(row.get("ht", ""), self._height) for row in rows}
        self._merged = dict(_merged(root))

    def lack(self, place: Position, text: str, look: Look) -> Lack | None:
        """Return which row is too low for a text, None where it is seen whole or one line is all there is."""
        row, column = place
        last_row, last_column = self._merged.get(place, place)
        width = sum((self._width_of(at) for at in range(column, last_column + 1)), Decimal(0)) * self._digit
        lines = text.split("\n")
        wanted = sum(lines_in(line, width - _PADDING, look.size) for line in lines)
        if wanted < 2 or look.shrinks:
            return None
        if not look.wraps:
            return Lack(row, Decimal(0))
        height = sum((self._height_of(at) for at in range(row, last_row + 1)), Decimal(0))
        lacking = wanted * look.size * _LINE + _AROUND - height
        return Lack(last_row, self._height_of(last_row) + lacking) if lacking > 1 else None

    def _width_of(self, column: int) -> Decimal:
        return next((w for first, last, w in self._columns if first <= column <= last), self._width)

    def _height_of(self, row: int) -> Decimal:
        return self._rows.get(str(row), self._height)


def _merged(root: etree._Element) -> Iterator[tuple[Position, Position]]:
    for element in children(child(root, "mergeCells"), "mergeCell"):
        first, _, last = element.get("ref", "").partition(":")
        begin, end = position(first), position(last)
        if begin and end:
            yield begin, end


def lines_in(text: str, width: Decimal, size: Decimal) -> int:
    """Return how many lines a paragraph takes in a width; sizes in points."""
    wide = sum(1 if unicodedata.east_asian_width(char) in "WFA" else _LATIN for char in text) * size
    return max(1, math.ceil(wide / max(width, size)))
