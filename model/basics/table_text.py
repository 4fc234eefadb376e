"""Blocks of cells as spreadsheets put them on the clipboard as text: tabs, line breaks, quotes."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from model.basics.errors import UserError
from model.basics.texts import LONGEST_BLOCK

Block = tuple[tuple[str, ...], ...]

# A cell in quotes ends at a quote that a tab, a line break or the end follows.
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=[\t\n]|\Z)')
_PLAIN = re.compile(r"[^\t\n]*")


def parse_block(text: str) -> Block:
    """Return the rows of a copied block, all of the same length.

    A cell with a line break or a tab stands in quotes, doubled within; any other quote is an ordinary
    character: `"四史"教育次数` keeps its quotes, a lone quote swallows nothing. Where quotes may be read in
    more than one way, the one that makes all rows equally long counts. Empty lines at the end are no rows,
    one alone is an empty cell. Raises UserError for more than one can want to paste at once.
    """
    text = text.rstrip("\0")
    if not text:
        return ()
    if len(text) > LONGEST_BLOCK:
        said = f"剪贴板里有 {len(text):,} 字，一次最多粘贴 {LONGEST_BLOCK:,} 字，没有粘贴。"
        raise UserError(said, "请分几次复制。")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    readings = [_rows(lines, allowed) for allowed in ("\n\t", "\n", "")]
    found = next((rows for rows in readings if len(set(map(len, rows))) == 1), readings[0])
    width = max(map(len, found))
    return tuple(tuple(row + [""] * (width - len(row))) for row in found)


def _rows(text: str, allowed: str) -> list[list[str]]:
    """The rows of a text; cells in quotes may hold the signs of `allowed`."""
    rows: list[list[str]] = [[]]
    at = 0
    while True:
        cell, at = _cell(text, at, allowed)
        rows[-1].append(cell)
        if at >= len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1


def _cell(text: str, start: int, allowed: str) -> tuple[str, int]:
    """The cell that begins at a place, and where it ends."""
    quoted = _QUOTED.match(text, start)
    if quoted and allowed:
        cell = quoted[1].replace('""', '"')
        held = {sign for sign in "\t\n" if sign in cell}
        if held <= set(allowed) and (held or '"' in cell or not cell):  # else the quotes are its own
            return cell, quoted.end()
    plain = _PLAIN.match(text, start)
    assert plain is not None  # an empty cell matches too
    return plain[0], plain.end()


def format_block(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as a spreadsheet takes them from the clipboard."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, "excel-tab", lineterminator="\n").writerows(rows)
    return buffer.getvalue()
