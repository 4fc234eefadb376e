"""The records of an old workbook's stream, one behind the other: a number, a length, and so many bytes.

Written after [MS-XLS]; the numbers that more than one part of the program knows stand here.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from intake import refusals

BOF, EOF, BOUNDSHEET, FILEPASS, CONTINUE = 0x809, 0x0A, 0x85, 0x2F, 0x3C
FORMULAS = (0x0006, 0x0206, 0x0406)
WORKSHEET = 0  # kind of a sheet, in its BOUNDSHEET
MOST = 8224  # bytes of a record; what is longer goes on in CONTINUE


class Record(NamedTuple):
    """A record of a stream: its number, where its head stands, how many bytes follow the head."""

    number: int
    start: int
    length: int

    @property
    def body(self) -> int:
        """Where its bytes begin."""
        return self.start + 4

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.start + 4 + self.length


def records(stream: bytes | bytearray, start: int) -> Iterator[Record]:
    """Yield the records of a part of the workbook, to its end; raises UserError where the stream is cut."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        found = Record(number, at, length)
        if found.end > len(stream):
            raise refusals.INCOMPLETE()
        yield found
        depth += (found.number == BOF) - (found.number == EOF)
        if depth <= 0:
            return
        at = found.end


def record(number: int, body: bytes) -> bytes:
    """Return a record as bytes."""
    return struct.pack("<HH", number, len(body)) + body
