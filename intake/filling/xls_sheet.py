"""A worksheet of an old workbook as records, of which those of single cells are replaced; all others stay.

Cells stand by rows and columns behind the ROW records of their block. A record may hold several cells of a
row that are empty or numbers (MULBLANK, MULRK): it is parted around what changes ([MS-XLS] 2.1.7.20.6).
"""

import struct
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

from intake.filling.heights import Position
from intake.records import BOF, CONTINUE, EOF, FORMULAS, Record, record, records

_ROW, _DIMENSIONS, _PROTECT, _USUAL_HEIGHT = 0x208, 0x200, 0x12, 0x225
_BLANK, _NUMBER, _RK, _TEXT = 0x201, 0x203, 0x27E, 0xFD
_BLANKS, _RKS = 0xBE, 0xBD  # several cells in one record
_ONE = {_BLANKS: _BLANK, _RKS: _RK}
_SINGLE = frozenset((_BLANK, _NUMBER, _RK, _TEXT, 0x204, 0xD6, 0x205, *FORMULAS))
_OF_FORMULA = frozenset((0x221, 0x4BC, 0x236))  # a matrix, a formula of several cells, a table of values
_STRING = 0x207  # the text that a formula gives
_EMPTY = b"\x03" + bytes(5) + b"\xff\xff"  # the value of a formula that gives an empty text
_USUAL_STYLE = 15  # of a cell that nobody formatted
_OWN_HEIGHT = 0x40  # flag of a row: its height was set by hand
_NEW_ROW = struct.Struct("<6HHH")
ROWS, COLUMNS = 65_536, 256


class _Cells(NamedTuple):
    """The record of a cell or of several in a row, with what belongs to it; places from 1."""

    row: int
    first: int
    last: int
    head: Record
    trail: tuple[Record, ...] = ()

    @property
    def end(self) -> int:
        """Where the next record begins that does not belong to it."""
        return (self.trail or (self.head,))[-1].end


class SheetRecords:
    """The cells of a worksheet by place, and what is to be put into them; `start` is where it begins."""

    def __init__(self, stream: bytes, start: int) -> None:
        self._stream = stream
        self.is_protected = False
        self._rows: dict[int, Record] = {}
        self._cells: list[_Cells] = []
        self._dimensions: Record | None = None
        self._usual_height = 255  # twentieths of a point
        self._read([one for one, depth in _with_depth(stream, start) if depth == 1])
        self._at = {
            (cells.row, column): cells
            for cells in self._cells
            for column in range(cells.first, cells.last + 1)
        }
        self._new: dict[Position, bytes] = {}
        self._heights: dict[int, int] = {}

    def _read(self, own: Sequence[Record]) -> None:
        for n, one in enumerate(own):
            if one.number == _ROW:
                self._rows.setdefault(self._word(one.body) + 1, one)
            elif one.number in _SINGLE or one.number in _ONE:
                self._cells.append(self._cells_of(one, own, n))
            elif one.number == _DIMENSIONS:
                self._dimensions = one
            elif one.number == _USUAL_HEIGHT and one.length >= 4:
                self._usual_height = self._word(one.body + 2)
            elif one.number == _PROTECT and one.length >= 2:
                self.is_protected |= bool(self._word(one.body))

    def _cells_of(self, one: Record, own: Sequence[Record], n: int) -> _Cells:
        row, first = self._word(one.body) + 1, self._word(one.body + 2) + 1
        last = self._word(one.end - 2) + 1 if one.number in _ONE else first
        trail = tuple(_trail(own, n + 1)) if one.number in FORMULAS else ()
        return _Cells(row, first, last, one, trail)

    def _word(self, at: int) -> int:
        found: int = struct.unpack_from("<H", self._stream, at)[0]
        return found

    # --- what stands there

    def style(self, place: Position) -> int:
        """The style of a cell, or of the column's nearest cell above it, else that of any cell."""
        row, column = place
        above = (self._at[r, column] for r in range(row, 0, -1) if (r, column) in self._at)
        cells = next(above, None)
        return self._style_in(cells, column) if cells else _USUAL_STYLE

    def _style_in(self, cells: _Cells, column: int) -> int:
        size = {_BLANKS: 2, _RKS: 6}.get(cells.head.number, 0)
        return self._word(cells.head.body + 4 + (column - cells.first) * size)

    def has_formula(self, place: Position) -> bool:
        """Whether a formula stands in a cell."""
        return place in self._at and self._at[place].head.number in FORMULAS

    @property
    def more_texts(self) -> int:
        """How many cells more than before have a text of the table."""
        old = (self._at[place].head.number for place in self._new if place in self._at)
        new = (content[:2] == struct.pack("<H", _TEXT) for content in self._new.values())
        return sum(new) - sum(number == _TEXT for number in old)

    # --- what is put

    def put_text(self, place: Position, number: int) -> None:
        """Put a text into a cell, by its number in the table of strings."""
        self._put(place, _TEXT, struct.pack("<I", number))

    def put_number(self, place: Position, number: str) -> None:
        """Put a number into a cell."""
        self._put(place, _NUMBER, struct.pack("<d", Decimal(number)))

    def empty(self, place: Position) -> None:
        """Empty a cell; its style stays."""
        if place in self._at:
            self._put(place, _BLANK, b"")

    def renew(self, place: Position, number: str) -> None:
        """Put a value under the formula of a cell, an empty one where it is ""; the formula stays."""
        cells = self._at[place]
        value = struct.pack("<d", Decimal(number)) if number else _EMPTY
        at = cells.head.body + 6
        parts = takewhile(lambda one: one.number != _STRING, cells.trail)
        kept = b"".join(self._stream[one.start : one.end] for one in parts)
        formula = self._stream[cells.head.start : at] + value + self._stream[at + 8 : cells.head.end]
        self._new[place] = formula + kept

    def set_height(self, row: int, points: Decimal) -> None:
        """Give a row another height."""
        self._heights[row] = int(points * 20)

    def _put(self, place: Position, number: int, value: bytes) -> None:
        row, column = place
        self._new[place] = record(number, struct.pack("<3H", row - 1, column - 1, self.style(place)) + value)

    # --- how the stream changes

    def changes(self) -> dict[tuple[int, int], bytes]:
        """Bytes of the stream to be replaced, and what stands there then."""
        changed: dict[tuple[int, int], bytes] = {}
        for cells in {self._at[place] for place in self._new if place in self._at}:
            changed[cells.head.start, cells.end] = b"".join(self._parted(cells))
        added: dict[int, list[tuple[int, int, bytes]]] = {}
        for row, column in sorted(place for place in self._new if place not in self._at):
            added.setdefault(self._where(row, column), []).append((row, column, self._new[row, column]))
        for row in self._missing_rows():
            added.setdefault(self._row_before(row), []).append((0, row, self._row(row)))
        for at, ones in added.items():
            changed[at, at] = b"".join(content for _, _, content in sorted(ones))
        for row in {place[0] for place in self._new} | self._heights.keys():
            if row in self._rows:
                one = self._rows[row]
                changed[one.body, one.end] = self._row_body(row, self._stream[one.body : one.end])
        return changed | self._wider()

    def _parted(self, cells: _Cells) -> Iterator[bytes]:
        """The record of some cells with the new ones in their places; what stays between them stays one."""
        if cells.head.number not in _ONE:
            yield self._new[cells.row, cells.first]
            return
        start = cells.first
        for column in range(cells.first, cells.last + 2):
            new = self._new.get((cells.row, column)) if column <= cells.last else b""
            if new is not None:
                yield self._some(cells, start, column - 1)
                yield new
                start = column + 1

    def _some(self, cells: _Cells, first: int, last: int) -> bytes:
        """The cells of a record from one column to another, as a record of their own."""
        if last < first:
            return b""
        number, size = cells.head.number, 2 if cells.head.number == _BLANKS else 6
        at = cells.head.body + 4 + (first - cells.first) * size
        body = struct.pack("<HH", cells.row - 1, first - 1)
        body += self._stream[at : at + (last - first + 1) * size]
        if first == last:
            return record(_ONE[number], body)
        return record(number, body + struct.pack("<H", last - 1))

    def _where(self, row: int, column: int) -> int:
        """Where the record of a new cell is put in: behind the one before it, else in its block."""
        same = [cells for cells in self._cells if cells.row == row]
        left = [cells for cells in same if cells.last < column]
        if left:
            return left[-1].end
        if same:
            return same[0].head.start
        start = self._row_before(row) if self._rows else 0
        above = [cells for cells in self._cells if cells.row < row and cells.head.start >= start]
        if above:
            return above[-1].end
        if self._rows:
            return self._end_of_rows(start)
        return self._cells[0].head.start if self._cells else self._end_of_rows(0)

    def _row_before(self, row: int) -> int:
        """Where the record of a row ends, or that of the nearest row above it, else where the rows begin."""
        above = [number for number in self._rows if number <= row]
        if above:
            return self._rows[max(above)].end
        return min(one.start for one in self._rows.values())

    def _end_of_rows(self, at: int) -> int:
        """Where the records of rows end that follow a place; without rows where the sheet says its size."""
        starts = {one.start: one for one in self._rows.values()}
        while at in starts:
            at = starts[at].end
        return at or (self._dimensions.end if self._dimensions else 0)

    # --- rows

    def _missing_rows(self) -> list[int]:
        """Rows that get a cell and have no record, in a sheet whose rows have records."""
        wanted = {row for row, _ in self._new} | self._heights.keys()
        return sorted(wanted - self._rows.keys()) if self._rows else []

    def _row(self, row: int) -> bytes:
        body = _NEW_ROW.pack(row - 1, 0, 0, self._usual_height, 0, 0, 0x100, _USUAL_STYLE)
        return record(_ROW, self._row_body(row, body))

    def _row_body(self, row: int, body: bytes) -> bytes:
        """What a row says: from which to which column it has cells, and how high it is."""
        first, last, height = struct.unpack_from("<3H", body, 2)
        flags = struct.unpack_from("<H", body, 12)[0]
        columns = [column - 1 for at, column in self._new if at == row]
        if row in self._heights:
            height, flags = self._heights[row], flags | _OWN_HEIGHT
        first = min([*([first] if last else ()), *columns], default=0)
        last = max([last, *(column + 1 for column in columns)])
        body = body[:2] + struct.pack("<3H", first, last, height) + body[8:]
        return body[:12] + struct.pack("<H", flags) + body[14:]

    def _wider(self) -> dict[tuple[int, int], bytes]:
        """The record that says how large the sheet is, where a new cell lies outside."""
        one = self._dimensions
        if one is None or not self._new:
            return {}
        top, bottom, left, right = struct.unpack_from("<IIHH", self._stream, one.body)
        rows, columns = [row for row, _ in self._new], [column for _, column in self._new]
        size = (
            min(top, min(rows) - 1),
            max(bottom, *rows),
            min(left, min(columns) - 1),
            max(right, *columns),
        )
        return {(one.body, one.body + 12): struct.pack("<IIHH", *size)}


def _with_depth(stream: bytes, start: int) -> Iterator[tuple[Record, int]]:
    """Yield the records of a sheet, and how many parts begin around each: 1 for its own, more in a chart."""
    depth = 0
    for one in records(stream, start):
        depth += one.number == BOF
        yield one, depth
        depth -= one.number == EOF


def _trail(own: Sequence[Record], at: int) -> Iterator[Record]:
    """Yield what belongs to a formula: what it shares with others, the text it gives."""
    for one in own[at:]:
        if one.number not in _OF_FORMULA and one.number not in (_STRING, CONTINUE):
            return
        yield one
