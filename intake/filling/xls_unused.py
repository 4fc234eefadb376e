"""Makes texts unreadable that no cell of an old workbook shows any more: its table of strings keeps them.

Their characters become blanks where they stand, so nothing moves ([MS-XLS] SST, XLUnicodeRichExtendedString).
"""

import struct
from collections.abc import Iterator

from intake import refusals
from intake.filling.compound import with_stream
from intake.filling.xls_strings import SST, parts_of
from intake.ole import MAGIC
from intake.readers.xls import stream_of
from intake.records import BOUNDSHEET, records

_TEXT = 0xFD  # a cell that shows a text of the table
_WIDE, _MORE, _RUNS = 0x01, 0x04, 0x08  # flags of a string


def without_unused(data: bytes) -> bytes:
    """Return a workbook without the texts of its table that no cell shows; raises UserError where one of
    them says more than its characters, or the table is not as it should be."""
    stream = bytearray(stream_of(data))
    used = set(_used(stream))
    try:
        for number, (spans, says_more) in enumerate(_strings(bytes(stream))):
            if number not in used and says_more:
                raise refusals.NOT_WRITABLE_BOOK()
            for start, end, width in spans if number not in used else ():
                stream[start:end] = b" ".ljust(width, b"\0") * ((end - start) // width)
    except (struct.error, IndexError) as error:
        raise refusals.DAMAGED() from error
    if bytes(stream) == stream_of(data):
        return data
    return with_stream(data, "Workbook", bytes(stream)) if data.startswith(MAGIC) else bytes(stream)


def _used(stream: bytearray) -> Iterator[int]:
    for bound in records(stream, 0):
        if bound.number == BOUNDSHEET:
            for one in records(stream, *struct.unpack_from("<I", stream, bound.body)):
                if one.number == _TEXT:
                    yield struct.unpack_from("<I", stream, one.body + 6)[0]


def _strings(stream: bytes) -> Iterator[tuple[list[tuple[int, int, int]], bool]]:
    """Yield where the characters of each string stand and how wide they are, and whether it says more."""
    table = _Table(stream)
    for _ in range(table.count):
        length, flags = struct.unpack("<HB", table.take(3))
        runs = struct.unpack("<H", table.take(2))[0] if flags & _RUNS else 0
        more = struct.unpack("<I", table.take(4))[0] if flags & _MORE else 0
        yield list(table.characters(length, 1 + (flags & _WIDE))), bool(more)
        table.take(4 * runs + more)


class _Table:
    """The table of strings, read on from record to record."""

    def __init__(self, stream: bytes) -> None:
        own = list(records(stream, 0))
        self._stream = stream
        self._spans = [(one.body, one.end) for one in parts_of(own)]
        is_there = any(one.number == SST for one in own)
        self._part, self._at = 0, self._spans[0][0] if is_there else 0
        self.count: int = struct.unpack("<II", self.take(8))[1] if is_there else 0

    def _left(self) -> int:
        """How many bytes are left in the record; at its end it goes on in the next."""
        if self._at == self._spans[self._part][1]:
            self._part += 1
            self._at = self._spans[self._part][0]
        return self._spans[self._part][1] - self._at

    def take(self, count: int) -> bytes:
        """The next bytes."""
        found = b""
        while len(found) < count:
            size = min(count - len(found), self._left())
            found += self._stream[self._at : self._at + size]
            self._at += size
        return found

    def characters(self, count: int, width: int) -> Iterator[tuple[int, int, int]]:
        """Where the next characters stand; a record that goes on with them says how wide they are there."""
        while count:
            if self._at == self._spans[self._part][1]:
                self._left()
                width = 1 + (self.take(1)[0] & _WIDE)
            size = min(count * width, self._left())
            yield self._at, self._at + size, width
            self._at += size
            count -= size // width
