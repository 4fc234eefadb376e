"""Blocks of cells as spreadsheets put them on the clipboard: tabs, line breaks, quotes."""

import csv
import io
from collections.abc import Iterable, Sequence

Block = tuple[tuple[str, ...], ...]


def parse_block(text: str) -> Block:
    """Return the rows of a copied block; a cell with tabs, line breaks or quotes stands in quotes.

    A quote inside an unquoted cell is an ordinary character. All rows get the same length.
    """
    reader = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline=""), "excel-tab")
    rows = [list(row) for row in reader]
    width = max(map(len, rows), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in rows)


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a spreadsheet takes them from the clipboard."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, "excel-tab", lineterminator="\n").writerows(rows)
    return buffer.getvalue()
