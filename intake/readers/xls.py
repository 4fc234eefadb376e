"""Reads .xls and .et with xlrd: each sheet as it shows; formulas, which xlrd hides, from the records."""

import io
import struct
from collections.abc import Iterator
from typing import NamedTuple

import xlrd
from xlrd.book import Book
from xlrd.formatting import std_format_strings
from xlrd.sheet import Sheet

from intake import refusals
from intake.ole import MAGIC, Compound
from intake.readers.formats import BUILT_IN
from intake.readers.sheets import (
    MOST_MERGES,
    MOST_SHEETS,
    NOTHING,
    Area,
    Position,
    SeenBook,
    StoredCell,
    StoredSheet,
    see_book,
)
from intake.readers.shown import show_number, show_text, stored_number
from intake.readers.symbols import in_symbols
from intake.readers.texts import clean
from intake.records import BOUNDSHEET, FILEPASS, FORMULAS, WORKSHEET, Record, records
from model.recognition.incoming import Mark

# names, links, notes, texts of drawings, drawings, conditions of formats, lists to choose from, hints
_NOT_OF_CELLS = frozenset(
    (0x18, 0x17, 0x23, 0x1AE, 0x1C, 0x1B6, 0x5D, 0xEB, 0xEC, 0xED, 0x1B0, 0x1B1, 0x1B2, 0x1BE, 0x1B8, 0x800)
)
_UNKNOWN = 0x0FFF
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class CellStyle(NamedTuple):
    """What of a style bears on what a cell shows: the format code and the font."""

    code: str
    font: str


def read_xls(data: bytes) -> SeenBook:
    """Return the sheets of a workbook; raise UserError if it cannot be read."""
    book, formulas = open_book(stream_of(data))
    sheets = book.sheets()
    found = (
        _sheet(book, sheet, formulas[place] if place < len(formulas) else frozenset())
        for place, sheet in enumerate(sheets[:MOST_SHEETS])
    )
    return see_book(found, len(sheets))


def open_book(stream: bytes) -> tuple[Book, list[frozenset[Position]]]:
    """Return a workbook's stream as xlrd opens it, and the places of the formulas of each worksheet.

    xlrd meets a damaged one with whatever error comes up; raises UserError for all of them.
    """
    looked_at = bytearray(stream)
    formulas = list(_formulas(looked_at))
    try:
        book = xlrd.open_workbook(
            file_contents=bytes(looked_at), formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise refusals.DAMAGED() from error
    return book, formulas


def stream_of(data: bytes) -> bytes:
    """Return the stream of a workbook, of a container or without one; raises UserError if damaged."""
    if not data.startswith(MAGIC):
        return data  # written without a container, as some exports are
    compound = Compound(data)
    return compound.stream("Workbook") or compound.stream("Book")


def _formulas(stream: bytearray) -> Iterator[frozenset[Position]]:
    """Yield, for each worksheet, the places of its formulas, from 1.

    On the way records that say nothing of cells (names, notes, drawings …) are made unknown ones, as xlrd
    would stumble over many a sound one of them.
    """
    sheets = []
    for one in records(stream, 0):
        if one.number == FILEPASS:
            raise refusals.PASSWORD()
        if one.number == BOUNDSHEET and one.length >= 6 and stream[one.body + 5] == WORKSHEET:
            sheets.append(struct.unpack_from("<I", stream, one.body)[0])
        _leave_out(stream, one)
    for start in sheets:
        found = set()
        for one in records(stream, start):
            if one.number in FORMULAS and one.length >= 4:
                row, column = struct.unpack_from("<HH", stream, one.body)
                found.add((row + 1, column + 1))
            _leave_out(stream, one)
        yield frozenset(found)


def _leave_out(stream: bytearray, one: Record) -> None:
    if one.number in _NOT_OF_CELLS:
        struct.pack_into("<H", stream, one.start, _UNKNOWN)


def _sheet(book: Book, sheet: Sheet, formulas: frozenset[Position]) -> StoredSheet:
    styles = [style_of(book, number) for number in range(len(book.xf_list))]
    cells: dict[Position, StoredCell] = {}
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind == xlrd.XL_CELL_EMPTY:
                continue
            cell = _cell(book, sheet, (row, column), styles)
            place = (row + 1, column + 1)
            cells[place] = cell._replace(marks=cell.marks | {Mark.FORMULA}) if place in formulas else cell
    merges = [
        Area(top + 1, left + 1, bottom, right)
        for top, bottom, left, right in sheet.merged_cells[: MOST_MERGES + 1]
        if bottom > top and right > left
    ]
    rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0}
    columns = {column + 1 for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0}
    return StoredSheet(clean(sheet.name), sheet.visibility != 0, cells, merges, rows, columns)


def style_of(book: Book, number: int) -> CellStyle:
    """Return the style of a number; xlrd knows the built-in formats of an American Excel."""
    style = book.xf_list[number]
    key = style.format_key
    form = book.format_map.get(key)
    code = (form.format_str if form else None) or "General"
    if key in BUILT_IN and code == std_format_strings.get(key, code):
        code = BUILT_IN[key]
    known = 0 <= style.font_index < len(book.font_list)
    return CellStyle(code, book.font_list[style.font_index].name if known else "")


def _cell(book: Book, sheet: Sheet, at: tuple[int, int], styles: list[CellStyle]) -> StoredCell:
    """What a cell shows."""
    kind, value, number = sheet.cell_type(*at), sheet.cell_value(*at), sheet.cell_xf_index(*at)
    style = styles[number] if 0 <= number < len(styles) else CellStyle("General", "")
    match kind:
        case xlrd.XL_CELL_TEXT:
            return StoredCell(*show_text(clean(_text(book, sheet, at, str(value), style)), style.code))
        case xlrd.XL_CELL_NUMBER | xlrd.XL_CELL_DATE:
            stored = stored_number(repr(value))
            if stored is None:
                return StoredCell(str(value), "", frozenset({Mark.NOT_A_NUMBER}))
            return StoredCell(*show_number(stored, style.code, book.datemode == 1))
        case xlrd.XL_CELL_BOOLEAN:
            return StoredCell("TRUE" if value else "FALSE")
        case xlrd.XL_CELL_ERROR:
            return StoredCell(_ERRORS.get(int(value), "#N/A"), "", frozenset({Mark.ERROR}))
    return NOTHING


def _text(book: Book, sheet: Sheet, at: tuple[int, int], text: str, style: CellStyle) -> str:
    """The text of a cell, its letters in symbol fonts as they look."""
    runs = sheet.rich_text_runlist_map.get(at, ())
    starts = [0, *(offset for offset, _ in runs), len(text)]
    fonts = [
        style.font,
        *(book.font_list[font].name if font < len(book.font_list) else "" for _, font in runs),
    ]
    parts = zip(starts, starts[1:], fonts, strict=False)
    return "".join(in_symbols(text[start:end], font) for start, end, font in parts)
