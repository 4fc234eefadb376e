"""Fills cells of an .xls or .et in place: their records, the shared strings; formulas stay, values renewed.

What only speeds up opening (INDEX, DBCELL, EXTSST) says where records stand, and is left out; where a sheet
begins is mended; a workbook with formulas is told that it was computed by an older program, so that it is
computed when it is opened. All other records, and all other streams of the container, stay as they are.
"""

import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlrd.sheet import Sheet

from intake import refusals
from intake.filling.compound import with_stream
from intake.filling.heights import USUAL_HEIGHT, USUAL_SIZE, USUAL_WIDTH, Look, Position, Rooms
from intake.filling.spans import spliced
from intake.filling.workbook import ChoiceList, Filled, Style, Workbook, fill_workbook, is_numeric
from intake.filling.xls_lists import SHEETS_MEANT, Corners, lists_of
from intake.filling.xls_sheet import COLUMNS, ROWS, SheetRecords
from intake.filling.xls_strings import Strings
from intake.ole import MAGIC, Compound
from intake.readers.texts import clean
from intake.readers.xls import open_book, stream_of, style_of
from intake.records import BOUNDSHEET, WORKSHEET, Record, records
from model.recognition.fill_plan import Edit

_INDEX, _DBCELL, _EXTSST, _RECALCID = 0x20B, 0xD7, 0xFF, 0x1C1
_SPEEDING = frozenset((_INDEX, _DBCELL, _EXTSST))
_BIFF8 = 0x600
_SHARED, _OLDER = frozenset(("revision log", "user names")), "book"
_SIGNATURES = frozenset(("_signatures", "_xmlsignatures"))


def fill_xls(data: bytes, edits: Sequence[Edit], heightens: bool = True) -> Filled:
    """Return the workbook with its cells filled; raises UserError for one that cannot be filled: signed,
    shared, of a program before Excel 97, damaged, or without the sheet.

    It `heightens` rows that are too low for what is written into them, else these are named.
    """
    try:
        return fill_workbook(_Book(data), edits, heightens)
    except (struct.error, IndexError, ValueError) as error:  # records that contradict one another
        raise refusals.DAMAGED() from error


class _Book(Workbook):
    """An .xls that is being filled."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        _refuse_odd(data)
        self._data, self._stream = data, stream_of(data)
        self._book, self._formulas = open_book(self._stream)
        if struct.unpack_from("<H", self._stream, 4)[0] != _BIFF8:
            raise refusals.NOT_WRITABLE_BOOK()
        self._own = list(records(self._stream, 0))
        self._strings = Strings(self._stream, self._own)
        self._bound = [one for one in self._own if one.number == BOUNDSHEET]
        worksheets = (one for one in self._bound if self._stream[one.body + 5] == WORKSHEET)
        self._starts = {
            clean(sheet.name): self._begin(one)
            for sheet, one in zip(self._book.sheets(), worksheets, strict=True)
        }
        self._named = {clean(sheet.name): sheet for sheet in self._book.sheets()}
        self._sheets: dict[str, SheetRecords] = {}
        self._rooms: dict[str, Rooms] = {}
        self._lists: dict[str, list[ChoiceList]] = {}

    def _begin(self, bound: Record) -> int:
        found: int = struct.unpack_from("<I", self._stream, bound.body)[0]
        return found

    def _sheet(self, name: str) -> SheetRecords:
        if name not in self._starts:
            raise refusals.SHEET_GONE()
        if name not in self._sheets:
            self._sheets[name] = SheetRecords(self._stream, self._starts[name])
        return self._sheets[name]

    def has_formula(self, name: str, place: Position) -> bool:
        """Whether a formula stands in a cell; raises UserError if there is no such sheet."""
        return self._sheet(name).has_formula(place)

    def reaches(self, place: Position) -> bool:
        """Whether a sheet of this kind of file has so many rows and columns."""
        return place[0] <= ROWS and place[1] <= COLUMNS

    def is_protected(self, name: str) -> bool:
        """Whether only open cells of a sheet may be changed."""
        return self._sheet(name).is_protected

    def style(self, name: str, place: Position) -> Style:
        """The style of a cell, one that is not there has the look of its column."""
        number = self._sheet(name).style(place)
        if number >= len(self._book.xf_list):
            return Style(True, True)
        code = style_of(self._book, number).code
        protection = self._book.xf_list[number].protection
        return Style(protection is None or bool(protection.cell_locked), is_numeric(code), "%" in code)

    def look(self, name: str, place: Position) -> Look:
        """How a cell shows a text."""
        number = self._sheet(name).style(place)
        if number >= len(self._book.xf_list):
            return Look()
        style = self._book.xf_list[number]
        size, how = self._size(style.font_index), style.alignment
        return Look(size, bool(how and how.text_wrapped), bool(how and how.shrink_to_fit))

    def _size(self, font: int | None) -> Decimal:
        fonts = self._book.font_list
        height = fonts[font].height if font is not None and 0 <= font < len(fonts) else None
        return Decimal(height) / 20 if height else USUAL_SIZE

    def rooms(self, name: str) -> Rooms:
        """The rows and columns of a sheet, as they were."""
        if name not in self._rooms:
            self._rooms[name] = self._rooms_of(self._named[name])
        return self._rooms[name]

    def _rooms_of(self, sheet: Sheet) -> Rooms:
        rows = {row: Decimal(info.height) / 20 for row, info in sheet.rowinfo_map.items() if info.height}
        usual = Decimal(sheet.default_row_height) / 20 if sheet.default_row_height else USUAL_HEIGHT
        merged = {(top + 1, left + 1): (end, right) for top, end, left, right in sheet.merged_cells}
        return Rooms(self._size(0), lambda c: _width(sheet, c), lambda row: rows.get(row - 1, usual), merged)

    def lists(self, name: str) -> Sequence[ChoiceList]:
        """The lists of a sheet that refuse other texts."""
        if name not in self._lists:
            own = list(records(self._stream, self._starts[name]))
            found = lists_of(self._stream, own, lambda at, corners: self._texts(name, at, corners))
            self._lists[name] = list(found)
        return self._lists[name]

    def _texts(self, name: str, meant: int | None, corners: Corners) -> frozenset[str]:
        """The texts in an area of a sheet, which EXTERNSHEET names unless it is the list's own."""
        sheet = self._named[name] if meant is None else self._sheet_meant(meant)
        top, left, bottom, right = corners
        if sheet is None:
            return frozenset()
        rows = range(top - 1, min(bottom, sheet.nrows))
        texts = (str(value).strip() for row in rows for value in sheet.row_values(row, left - 1, right))
        return frozenset(filter(None, texts))

    def _sheet_meant(self, number: int) -> Sheet | None:
        for one in self._own:
            if one.number == SHEETS_MEANT and one.length >= 8 + 6 * number:
                tab = struct.unpack_from("<3H", self._stream, one.body + 2 + 6 * number)[1]
                return self._book.sheet_by_index(tab) if tab < self._book.nsheets else None
        return None

    def put_text(self, name: str, place: Position, text: str) -> None:
        """Put a text into a cell, as a string whatever it begins with; "" empties it, its style stays."""
        if text:
            self._sheet(name).put_text(place, self._strings.index(text))
        else:
            self._sheet(name).empty(place)

    def put_number(self, name: str, place: Position, number: str) -> None:
        """Put a number into a cell."""
        self._sheet(name).put_number(place, number)

    def renew(self, name: str, place: Position, number: str) -> None:
        """Put a value under the formula of a cell, an empty one where it is ""; the formula stays."""
        self._sheet(name).renew(place, number)

    def set_height(self, name: str, row: int, points: Decimal) -> None:
        """Give a row another height."""
        self._sheet(name).set_height(row, points)

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        changes: dict[tuple[int, int], bytes] = {}
        for sheet in self._sheets.values():
            changes |= sheet.changes()
        if not changes:
            return self._data
        changes |= self._strings.changes(sum(sheet.more_texts for sheet in self._sheets.values()))
        changes |= dict.fromkeys(self._speeding(), b"")
        if any(self._formulas):
            computed = (one.body + 4 for one in self._own if one.number == _RECALCID)
            changes |= {(at, at + 4): bytes(4) for at in computed}
        moved = {
            (one.body, one.body + 4): struct.pack("<I", _moved(self._begin(one), changes))
            for one in self._bound
        }
        stream = spliced(self._stream, changes | moved)
        return with_stream(self._data, "Workbook", stream) if self._data.startswith(MAGIC) else stream

    def _speeding(self) -> Iterator[tuple[int, int]]:
        """What says where other records stand, in the workbook's own part and in each sheet."""
        for start in (0, *map(self._begin, self._bound)):
            for one in records(self._stream, start):
                if one.number in _SPEEDING:
                    yield one.start, one.end


def _refuse_odd(data: bytes) -> None:
    """Raise UserError for what must not be changed, or has a second copy of its content."""
    names = Compound(data).names if data.startswith(MAGIC) else frozenset[str]()
    if names & _SIGNATURES:
        raise refusals.SIGNED()
    if names & _SHARED or _OLDER in names:
        raise refusals.NOT_WRITABLE_BOOK()


def _width(sheet: Sheet, column: int) -> Decimal:
    """The width of a column in digits of the usual font."""
    width = sheet.computed_column_width(column - 1)
    return Decimal(width) / 256 if width else USUAL_WIDTH


def _moved(place: int, changes: dict[tuple[int, int], bytes]) -> int:
    """Where a place of the stream is after changes before it."""
    return place + sum(len(new) - (end - start) for (start, end), new in changes.items() if end <= place)
