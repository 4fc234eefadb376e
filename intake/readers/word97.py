"""Reads .doc and .wps (Word 97 and later): the tables of a document as they show, all changes accepted."""

import struct
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from intake import refusals
from intake.ole import Compound
from intake.readers.sheets import SeenBook
from intake.readers.symbols import in_symbols, is_symbol_font, symbol
from intake.readers.tables import Table, TableCell, TableRow, Vertical, see_tables
from intake.readers.texts import clean, lone_surrogates_out
from intake.readers.word97_parts import Piece, Properties, WordFile
from model.recognition.incoming import Mark

# properties of characters and paragraphs, by their numbers in [MS-DOC]
_DELETED, _INSERTED, _HIDDEN = 0x0800, 0x0801, 0x083C
_SYMBOL, _FONT, _FORM_DATA = 0x6A09, 0x4A4F, 0x6A03
_IN_TABLE, _ROW_END, _NUMBERED, _CELLS = 0x2416, 0x2417, 0x460B, 0xD608
_INNER_CELL, _INNER_ROW_END = 0x244B, 0x244C

_CELL_END = "\x07"
_ENDS = ("\r", _CELL_END, "\x0c")  # of a paragraph, a cell or row, a page
_SAID = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\x01": "", "\x05": "", "\x08": ""}
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_NEAR = 20  # twips; edges of columns nearer than that are one
_MOST_CELLS = 63  # of a row; Word allows no more


class _Paragraph(NamedTuple):
    """A paragraph: its text and marks, the sign at its end, its properties."""

    text: str
    marks: frozenset[Mark]
    end: str
    properties: Properties


class _EdgedCell(NamedTuple):
    """A cell between two edges, in twips."""

    cell: TableCell
    left: int
    right: int


def read_word97(data: bytes) -> SeenBook:
    """Return the tables of a document; raise UserError if it cannot be read."""
    try:
        file = WordFile(Compound(data))
        boxes = [paragraph.text.strip() for paragraph in _Text(file).paragraphs(file.text_of_boxes())]
        return _see(_Text(file).paragraphs(file.main_text()), [text for text in boxes if text])
    except (struct.error, IndexError):
        raise refusals.DAMAGED() from None


def _is_on(properties: Properties, switch: int) -> bool:
    return properties.get(switch, b"\0")[:1] not in (b"\0", b"")


def _number(properties: Properties, name: int) -> int:
    return int.from_bytes(properties.get(name, b"")[:4], "little")


class _Text:
    """Reads the paragraphs of a document."""

    def __init__(self, file: WordFile) -> None:
        self._file = file
        self._parts: list[str] = []
        self._marks: set[Mark] = set()
        self._in_code: list[bool] = []  # of each open field, whether its code goes on
        self._code = ""

    def paragraphs(self, pieces: Iterable[Piece]) -> Iterator[_Paragraph]:
        """Yield the paragraphs of some pieces."""
        for piece in pieces:
            for place, text, properties in self._file.stretches(piece):
                start = 0
                for at, letter in enumerate(text):
                    if letter in _ENDS:
                        self._take(text[start:at], properties)
                        yield self._end(letter, place + at * piece.width)
                        start = at + 1
                self._take(text[start:], properties)
        if self._parts:
            yield self._end("\r", -1)

    def _end(self, letter: str, place: int) -> _Paragraph:
        properties = self._file.paragraph_at(place)
        text = clean(lone_surrogates_out("".join(self._parts)))
        if text.strip() and _number(properties, _NUMBERED):
            self._marks.add(Mark.NUMBERED)
        found = _Paragraph(text, frozenset(self._marks), letter, properties)
        self._parts, self._marks = [], set()
        return found

    def _take(self, text: str, properties: Properties) -> None:
        """Add a stretch of text as it shows."""
        if not text:
            return
        if _is_on(properties, _DELETED):
            self._marks.add(Mark.TRACKED)
            return
        if _SYMBOL in properties:
            font, code = struct.unpack("<HH", properties[_SYMBOL])
            text = symbol(code, self._file.font(font)) * len(text)
        shown = not _is_on(properties, _HIDDEN)
        font_name = self._file.font(_number(properties, _FONT)) if _FONT in properties else ""
        for letter in text:
            if letter in (_FIELD, _RESULT, _FIELD_END):
                self._field(letter, properties)
            elif any(self._in_code):
                self._code += letter
                if letter == "\x01" and "FORMCHECKBOX" in self._code:
                    self._parts.append("☑" if self._file.ticked(_number(properties, _FORM_DATA)) else "□")
            elif shown:
                plain = _SAID.get(letter, letter)
                self._parts.append(in_symbols(plain, font_name) if is_symbol_font(font_name) else plain)
        if shown and _is_on(properties, _INSERTED):
            self._marks.add(Mark.TRACKED)

    def _field(self, letter: str, properties: Properties) -> None:
        """A field begins with its code, which is no text, and goes on with its result."""
        if letter == _FIELD:
            self._in_code.append(True)
            self._code = ""
        elif letter == _RESULT and self._in_code:
            self._in_code[-1] = False
        elif letter == _FIELD_END and self._in_code:
            self._in_code.pop()


def _see(paragraphs: Iterable[_Paragraph], boxes: Sequence[str]) -> SeenBook:
    """The tables between the lines; what stands in boxes counts as lines before the first table."""
    tables: list[Table] = []
    lines: list[str] = []
    rows: list[list[_EdgedCell]] = []
    row = _Row()

    def close() -> None:
        if rows:
            tables.append(Table(tuple(lines), tuple(_on_grid(rows))))
            lines.clear()
            rows.clear()

    for paragraph in paragraphs:
        if not _is_on(paragraph.properties, _IN_TABLE):
            close()
            lines += [line for line in paragraph.text.split("\n") if line.strip()]
        elif row.take(paragraph):
            rows.append(row.cells)
            row = _Row()
    close()
    if tables:
        tables[0] = tables[0]._replace(before=tables[0].before + tuple(boxes))
    else:
        lines += boxes
    return see_tables(tables, tuple(lines))


class _Row:
    """A row in the making: texts until the mark that ends it and tells how wide its cells are."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, frozenset[Mark]]] = []
        self._lines: list[str] = []
        self._inner: list[str] = []  # cells of a row of a table within the cell
        self._marks: set[Mark] = set()
        self.cells: list[_EdgedCell] = []

    def take(self, paragraph: _Paragraph) -> bool:
        """Add a paragraph; tell whether the row is whole now."""
        if paragraph.end == _CELL_END and _is_on(paragraph.properties, _ROW_END):
            self.cells = list(_cells(self._texts, paragraph.properties.get(_CELLS, b"")))
            return True
        self._marks |= paragraph.marks
        if _is_on(paragraph.properties, _INNER_ROW_END):
            self._lines.append(" ".join(text for text in self._inner if text))
            self._inner = []
        elif _is_on(paragraph.properties, _INNER_CELL):
            self._inner.append(paragraph.text)
        else:
            self._lines.append(paragraph.text)
        if paragraph.end == _CELL_END:
            text = "\n".join(self._lines).strip("\n")
            self._texts.append((text, frozenset(self._marks)))
            self._lines, self._marks = [], set()
        return False


def _cells(texts: Sequence[tuple[str, frozenset[Mark]]], definition: bytes) -> Iterator[_EdgedCell]:
    """The cells of a row with their edges; what goes on from the left makes the left one wider."""
    count = definition[2] if len(definition) > 2 else 0
    if count > _MOST_CELLS or count < len(texts):
        raise refusals.DAMAGED()
    edges = struct.unpack_from(f"<{count + 1}h", definition, 3)
    flags_at = 3 + 2 * (count + 1)
    found: list[_EdgedCell] = []
    for number, (text, marks) in enumerate(texts):
        at = flags_at + 20 * number
        flags = struct.unpack_from("<H", definition, at)[0] if at + 2 <= len(definition) else 0
        down = flags >> 5 & 3
        vertical: Vertical = "continue" if down == 1 else "restart" if down else ""
        if flags & 3 == 1 and found:
            found[-1] = found[-1]._replace(right=edges[number + 1])
        else:
            found.append(_EdgedCell(TableCell(text, 1, vertical, marks), edges[number], edges[number + 1]))
    return iter(found)


def _on_grid(rows: Sequence[Sequence[_EdgedCell]]) -> Iterator[TableRow]:
    """The rows over the columns that all their edges make together."""
    edges: list[int] = []
    for edge in sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)}):
        if not edges or edge - edges[-1] > _NEAR:
            edges.append(edge)
    for row in rows:
        cells = []
        free = bisect_right(edges, row[0].left) - 1 if row else 0
        for cell in row:
            columns = bisect_right(edges, cell.right) - bisect_right(edges, cell.left)
            cells.append(cell.cell._replace(columns=max(1, columns)))
        yield TableRow(free, tuple(cells))
