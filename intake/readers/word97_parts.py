"""The parts of a Word 97 file: pieces of text, and the properties of its characters and paragraphs.

Written after [MS-DOC]; every offset is checked against its stream, what does not fit is damaged.
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from intake import refusals
from intake.ole import Compound

_MAGIC, _OLDEST = 0xA5EC, 0xC1  # Word 97
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PAIRS = 0x9A  # where places and lengths of the parts begin
_CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES = 12, 13, 15, 33
_BOXES = 6  # of the texts of a document: main text, notes, headers, macros, remarks, end notes, boxes
_PAGE = 512
_SIZES = (
    1,
    1,
    2,
    4,
    2,
    2,
    0,
    3,
)  # of an operand, by the three highest bits of the property; 0: it says itself
_LONG = 0xD608  # the cells of a row: two bytes say how long
_ELSEWHERE = (0x6645, 0x6646, 0x646B)  # properties that lie in the stream of data
_FONT_NAME = 39  # where the name of a font begins
_FORM_HEAD = 68  # bytes before the data of a form field

Properties = Mapping[int, bytes]


class Piece(NamedTuple):
    """A piece of text: where it lies in the stream, how many letters, how many bytes each takes."""

    start: int
    letters: int
    width: int


class _Runs(NamedTuple):
    """Stretches of the text stream with the same properties, in order."""

    starts: list[int]
    ends: list[int]
    properties: list[Properties]


class WordFile:
    """A document as stored; raises UserError if it is locked or too old, struct.error if it is broken."""

    def __init__(self, compound: Compound) -> None:
        self.stream = compound.stream("WordDocument")
        magic, version = struct.unpack_from("<HH", self.stream, 0)
        flags = struct.unpack_from("<H", self.stream, 10)[0]
        if flags & _ENCRYPTED:
            raise refusals.PASSWORD_TEXT()
        if magic != _MAGIC or version < _OLDEST:
            raise refusals.OLD_TEXT()
        self._table = compound.stream("1Table" if flags & _SECOND_TABLE else "0Table")
        self._data = compound.stream("Data")
        self._lengths = struct.unpack_from("<7I", self.stream, 0x4C)
        self._paragraphs = self._runs(_PARAGRAPHS, self._of_paragraph)
        self._characters = self._runs(_CHARACTERS, self._of_characters)
        self._fonts = list(_fonts(self._part(_FONTS)))

    def font(self, number: int) -> str:
        """Return the name of a font."""
        return self._fonts[number] if number < len(self._fonts) else ""

    def paragraph_at(self, place: int) -> Properties:
        """Return the properties of the paragraph that a byte of the stream belongs to."""
        at = bisect_right(self._paragraphs.starts, place) - 1
        known = at >= 0 and place < self._paragraphs.ends[at]
        return self._paragraphs.properties[at] if known else {}

    def stretches(self, piece: Piece) -> Iterator[tuple[int, str, Properties]]:
        """Yield the text of a piece in stretches of the same properties: place, text, properties."""
        place, end = piece.start, piece.start + piece.letters * piece.width
        starts, ends, properties = self._characters
        while place < end:
            at = bisect_right(starts, place) - 1
            known = at >= 0 and place < ends[at]
            after = starts[at + 1] if at + 1 < len(starts) else end
            stop = min(end, ends[at] if known else after)
            stop += (stop - piece.start) % piece.width
            content = self.stream[place:stop]
            text = content.decode("cp1252", "replace") if piece.width == 1 else _utf16(content)
            yield place, text, properties[at] if known else {}
            place = stop

    def main_text(self) -> Iterator[Piece]:
        """Yield the pieces of the main text in order."""
        return self._pieces(0, self._lengths[0])

    def text_of_boxes(self) -> Iterator[Piece]:
        """Yield the pieces of the text in boxes; it stands behind notes, headers and remarks."""
        start = sum(self._lengths[:_BOXES])
        return self._pieces(start, start + self._lengths[_BOXES])

    def _pieces(self, first: int, last: int) -> Iterator[Piece]:
        """Yield the pieces of the letters from one number up to another."""
        part, at = self._part(_PIECES), 0
        while part[at] == 1:  # properties that pieces share
            at += 3 + struct.unpack_from("<H", part, at + 1)[0]
        size = struct.unpack_from("<I", part, at + 1)[0]
        count = (size - 4) // 12
        if part[at] != 2 or count < 1 or at + 5 + size > len(part):
            raise refusals.DAMAGED()
        edges = struct.unpack_from(f"<{count + 1}I", part, at + 5)
        for number in range(count):
            start, end = max(first, edges[number]), min(last, edges[number + 1])
            if start >= end:
                continue
            place = struct.unpack_from("<I", part, at + 5 + 4 * (count + 1) + 8 * number + 2)[0]
            width = 1 if place & 0x4000_0000 else 2
            begin = (place & 0x3FFF_FFFF) // (3 - width) + (start - edges[number]) * width
            if begin + (end - start) * width > len(self.stream):
                raise refusals.DAMAGED()
            yield Piece(begin, end - start, width)

    def ticked(self, place: int) -> bool:
        """Tell whether a box of a form is ticked, by the place of its data."""
        at = place + _FORM_HEAD
        if struct.unpack_from("<I", self._data, at)[0] != 0xFFFF_FFFF:
            return False
        state = (struct.unpack_from("<H", self._data, at + 4)[0] >> 2) & 0x1F
        if state != 25:  # 25: as it was at first
            return bool(state == 1)
        name = struct.unpack_from("<H", self._data, at + 10)[0]
        return bool(struct.unpack_from("<H", self._data, at + 14 + 2 * name)[0])

    def _part(self, number: int) -> bytes:
        start, length = struct.unpack_from("<II", self.stream, _PAIRS + 8 * number)
        part = self._table[start : start + length]
        if len(part) < length:
            raise refusals.DAMAGED()
        return part

    def _runs(self, number: int, read: Callable[[bytes, int, int], Properties]) -> _Runs:
        """The stretches of paragraphs or characters, from the pages that a part names."""
        part = self._part(number)
        count = max(0, (len(part) - 4) // 8)
        found: list[tuple[int, int, Properties]] = []
        for number_of_page in struct.unpack_from(f"<{count}I", part, 4 * (count + 1)):
            start = (number_of_page & 0x3F_FFFF) * _PAGE
            page = self.stream[start : start + _PAGE]
            runs = page[_PAGE - 1]
            edges = struct.unpack_from(f"<{runs + 1}I", page)
            found += [(edges[run], edges[run + 1], read(page, 4 * (runs + 1), run)) for run in range(runs)]
        found.sort(key=lambda run: run[:2])
        return _Runs([run[0] for run in found], [run[1] for run in found], [run[2] for run in found])

    def _of_paragraph(self, page: bytes, at: int, run: int) -> Properties:
        place = 2 * page[at + 13 * run]
        if not place:
            return {}
        half = page[place]
        start, size = (place + 1, 2 * half - 1) if half else (place + 2, 2 * page[place + 1])
        found = dict(_properties(page[start + 2 : start + size]))  # the first two bytes name the style
        for property_ in _ELSEWHERE:
            if property_ in found and self._data:
                (where,) = struct.unpack("<I", found[property_])
                length = struct.unpack_from("<H", self._data, where)[0]
                found |= dict(_properties(self._data[where + 2 : where + 2 + length]))
        return found

    def _of_characters(self, page: bytes, at: int, run: int) -> Properties:
        place = 2 * page[at + run]
        return dict(_properties(page[place + 1 : place + 1 + page[place]])) if place else {}


def _utf16(content: bytes) -> str:
    return content.decode("utf-16-le", "surrogatepass")


def _properties(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield single properties with their operands; what is cut at the end is left out."""
    at = 0
    while at + 2 < len(content):
        property_ = content[at] | content[at + 1] << 8
        at += 2
        size = _SIZES[property_ >> 13]
        if property_ == _LONG:
            size = (content[at] | content[at + 1] << 8) + 1 if at + 1 < len(content) else 0
        elif not size:
            size = content[at] + 1
        yield property_, content[at : at + size]
        at += size


def _fonts(part: bytes) -> Iterator[str]:
    """Yield the names of the fonts of a document."""
    at = 4
    while at < len(part):
        size = part[at] + 1
        name = part[at + 1 + _FONT_NAME : at + size]
        yield _utf16(name[: len(name) // 2 * 2]).partition("\0")[0]
        at += size
