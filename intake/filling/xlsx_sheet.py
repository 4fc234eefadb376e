"""A worksheet as bytes in which single cells are replaced; widths, merges, formats and all else stay."""

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, quoteattr

from intake.filling.heights import Position
from intake.filling.spans import Span, spans_of, spliced
from intake.readers.sheets import column_name

_KEPT = frozenset("sheetData row c f v is sheetProtection".split())
_PLACE = re.compile(r"([A-Z]+)([0-9]+)")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel would read as a character
Inner = Callable[[str], str]  # the content of a cell, made with the prefix of its file


class SheetBytes:
    """The cells of a worksheet by place, and what is to be put into them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.root = spans_of(content, _KEPT)
        self._data = self.root.child("sheetData")
        self.cells: dict[Position, Span] = {}
        self._rows: dict[int, Span] = {}
        self._changes: dict[tuple[int, int], bytes] = {}
        self._added: dict[int, dict[int, bytes]] = {}
        self._heights: dict[int, str] = {}
        for row, line in self._numbered_rows():
            self._rows[row] = line
            column = 0
            for cell in line.all("c"):
                place = position(cell.get("r") or "")
                column = place[1] if place else column + 1
                self.cells[row, column] = cell

    def _numbered_rows(self) -> Iterator[tuple[int, Span]]:
        row = 0
        for line in self._data.all("row") if self._data else ():
            number = line.get("r") or ""
            row = int(number) if number.isdecimal() else row + 1
            yield row, line

    def style(self, place: Position) -> str:
        """The style of a cell, or of the column's nearest cell above it; "" for none."""
        cell = self.cells.get(place)
        if cell is not None:
            return cell.get("s") or ""
        row, column = place
        above = (self.cells[r, column] for r in range(row - 1, 0, -1) if (r, column) in self.cells)
        return next((found for cell in above if (found := cell.get("s"))), "")

    def has_formula(self, place: Position) -> bool:
        """Whether a formula stands in a cell."""
        cell = self.cells.get(place)
        return cell is not None and cell.child("f") is not None

    def put_text(self, place: Position, text: str) -> None:
        """Put a text into a cell, as a string whatever it begins with; "" empties it, its style stays."""
        if not text:
            self._put(place, "", None)
            return
        shown = escape(_ESCAPE.sub("_x005F_", text))
        self._put(
            place,
            ' t="inlineStr"',
            lambda p: f'<{p}is><{p}t xml:space="preserve">{shown}</{p}t></{p}is>',
        )

    def put_number(self, place: Position, number: str) -> None:
        """Put a number into a cell."""
        self._put(place, "", lambda p: f"<{p}v>{escape(number)}</{p}v>")

    def renew(self, place: Position, number: str) -> None:
        """Put a value under the formula of a cell, none where it is ""; the formula stays as it is."""
        cell = self.cells[place]
        formula = cell.child("f")
        assert formula is not None
        kept = self._content[formula.start : formula.end]
        head = self._head(cell, place, "")
        value = f"<{cell.prefix}v>{escape(number)}</{cell.prefix}v>" if number else ""
        inner = kept + value.encode()
        self._changes[cell.start, cell.end] = head + b">" + inner + f"</{cell.tag}>".encode()

    def set_height(self, row: int, points: str) -> None:
        """Give a row another height, in points."""
        self._heights[row] = points

    def to_bytes(self) -> bytes:
        """Return the sheet with everything that was put."""
        for row, cells in self._added.items():
            self._add_cells(row, cells)
        for row in self._heights:
            line = self._rows.get(row)
            if line is not None and (line.start, line.end) not in self._changes:
                self._changes[line.start, line.inner] = self._row_tag(
                    row, self._content[line.start : line.inner]
                )
        return spliced(self._content, self._changes)

    def _row_tag(self, row: int, tag: bytes) -> bytes:
        """The beginning of a row, with its height where that is another one."""
        points = self._heights.get(row)
        if points is None:
            return tag
        end = b"/>" if tag.endswith(b"/>") else b">"
        kept = re.sub(rb'\s(?:ht|customHeight)="[^"]*"', b"", tag.removesuffix(end))
        return kept + f' ht="{points}" customHeight="1"'.encode() + end

    def _put(self, place: Position, kind: str, inner: Inner | None) -> None:
        cell = self.cells.get(place)
        if cell is None:
            if inner:
                prefix = self._data.prefix if self._data else ""
                self._added.setdefault(place[0], {})[place[1]] = self._new_cell(place, prefix, kind, inner)
            return
        head = self._head(cell, place, kind)
        body = inner(cell.prefix).encode() if inner else b""
        whole = head + (b">" + body + f"</{cell.tag}>".encode() if inner else b"/>")
        self._changes[cell.start, cell.end] = whole

    def _head(self, cell: Span, place: Position, kind: str) -> bytes:
        """The beginning of a cell's tag: its own attributes, but for the kind of its value."""
        own = {name: value for name, value in cell.attributes.items() if name not in ("t", "r", "cm", "vm")}
        attributes = "".join(f" {name}={quoteattr(value)}" for name, value in own.items())
        return f'<{cell.tag} r="{name_of(place)}"{attributes}{kind}'.encode()

    def _new_cell(self, place: Position, prefix: str, kind: str, inner: Inner) -> bytes:
        style = self.style(place)
        look = f' s="{style}"' if style else ""
        return f'<{prefix}c r="{name_of(place)}"{look}{kind}>{inner(prefix)}</{prefix}c>'.encode()

    def _add_cells(self, row: int, cells: dict[int, bytes]) -> None:
        """Put new cells into their row in the order of columns; a row that is not there is added."""
        line = self._rows.get(row)
        if line is None or line.is_empty_tag:
            self._add_row(row, line, b"".join(cells[column] for column in sorted(cells)))
            return
        places = sorted((column, cell) for (r, column), cell in self.cells.items() if r == row)
        for column in sorted(cells, reverse=True):
            after = next((cell for other, cell in places if other > column), None)
            at = after.start if after else line.last
            self._changes[at, at] = cells[column] + self._changes.get((at, at), b"")

    def _add_row(self, row: int, line: Span | None, inner: bytes) -> None:
        data = self._data
        assert data is not None
        name = f"{data.prefix}row"
        if line is not None:  # <row r="5" ht="20"/>
            tag = self._row_tag(row, self._content[line.start : line.end - 2].rstrip() + b">")
            self._changes[line.start, line.end] = tag + inner + f"</{line.tag}>".encode()
            return
        whole = self._row_tag(row, f'<{name} r="{row}">'.encode()) + inner + f"</{name}>".encode()
        if data.is_empty_tag:
            tag = self._content[data.start : data.end - 2].rstrip()
            before = self._changes.get((data.start, data.end), tag + b">" + f"</{data.tag}>".encode())
            close = f"</{data.tag}>".encode()
            self._changes[data.start, data.end] = before.removesuffix(close) + whole + close
            return
        after = next((self._rows[other] for other in sorted(self._rows) if other > row), None)
        at = after.start if after else data.last
        self._changes[at, at] = self._changes.get((at, at), b"") + whole


def position(place: str) -> Position | None:
    """Row and column of a place like AB12, None for anything else."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column


def name_of(place: Position) -> str:
    """The name of a place: (12, 28) is AB12."""
    return f"{column_name(place[1])}{place[0]}"
