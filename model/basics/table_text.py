"""Blocks of cells as spreadsheets put them on the clipboard: tabs, line breaks, quotes."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

Block = tuple[tuple[str, ...], ...]

# A cell in quotes ends at a quote that a tab, a line break or the end follows; else the quote is a character.
_CELL = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*)')


def parse_block(text: str) -> Block:
    """Return the rows of a copied block; a cell with tabs, line breaks or quotes stands in quotes.

    Quotes that do not surround a cell are ordinary characters: “"三公"经费” stays as it is, and so does a
    lone one. All rows get the same length.
    """
    rows: list[list[str]] = [[]] if text else []
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    at = 0
    while rows:
        cell = _CELL.match(text, at)
        assert cell is not None  # an empty cell matches too
        rows[-1].append(cell[2] if cell[1] is None else cell[1].replace('""', '"'))
        at = cell.end()
        if at == len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    width = max(map(len, rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a spreadsheet takes them from the clipboard."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, "excel-tab", lineterminator="\n").writerows(rows)
    return buffer.getvalue()
