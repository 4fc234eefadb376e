"""The table of strings that the sheets of an old workbook share, to which strings are added at its end.

A string that does not fit into the last record goes on in a CONTINUE, which then says again how wide its
characters are; neither the head of a string nor a character is split ([MS-XLS] SST, Continue).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from intake.records import CONTINUE, EOF, MOST, Record, record

SST = 0xFC
_WIDE = b"\x01"  # characters of two bytes
_HEAD = 3  # bytes of a string before its characters
_LOW = range(0xDC00, 0xE000)  # the second half of a character of four bytes


def parts_of(own: Sequence[Record]) -> Iterator[Record]:
    """Yield the record of the table, and those that go on with it; nothing where there is none."""
    at = next((n for n, one in enumerate(own) if one.number == SST), len(own))
    yield from own[at : at + 1]
    yield from takewhile(lambda one: one.number == CONTINUE, own[at + 1 :])


class Strings:
    """`own` are the records of the workbook's own part, of which the table and what goes on with it are."""

    def __init__(self, stream: bytes, own: Sequence[Record]) -> None:
        parts = list(parts_of(own))
        self._head = parts[0] if parts else None
        self._last = parts[-1] if parts else next(one for one in reversed(own) if one.number == EOF)
        head = self._head
        self._total, self._count = struct.unpack_from("<II", stream, head.body) if head else (0, 0)
        self._last_body = stream[self._last.body : self._last.end]
        self._added: dict[str, int] = {}

    def index(self, text: str) -> int:
        """The number of a string, which is added where it was not yet."""
        return self._added.setdefault(text, self._count + len(self._added))

    def changes(self, more_uses: int) -> dict[tuple[int, int], bytes]:
        """What changes in the stream, where strings were added; `more_uses` cells than before have one."""
        if not self._added:
            return {}
        counts = struct.pack("<II", self._total + more_uses, self._count + len(self._added))
        if self._head is None:
            first, *others = _packed(self._added, MOST - len(counts))
            new = record(SST, counts + first) + _continued(others)
            return {(self._last.start, self._last.start): new}
        first, *others = _packed(self._added, MOST - self._last.length)
        if self._last == self._head:
            body = counts + self._last_body[len(counts) :] + first
            return {(self._last.start, self._last.end): record(SST, body) + _continued(others)}
        new = record(CONTINUE, self._last_body + first) + _continued(others)
        at = self._head.body
        return {(at, at + len(counts)): counts, (self._last.start, self._last.end): new}


def _continued(parts: Iterable[bytes]) -> bytes:
    return b"".join(record(CONTINUE, part) for part in parts)


def _packed(texts: Iterable[str], room: int) -> Iterator[bytes]:
    """Yield strings as they stand in records: what fits into the room of the last one, then in new ones."""
    part = bytearray()
    for text in texts:
        left = text.encode("utf-16-le")
        if room < _HEAD + 4:  # no room for a head and a whole character
            yield bytes(part)
            part, room = bytearray(), MOST
        part += struct.pack("<H", len(left) // 2) + _WIDE
        room -= _HEAD
        while True:
            taken, left = _cut(left, room)
            part += taken
            room -= len(taken)
            if not left:
                break
            yield bytes(part)
            part, room = bytearray(_WIDE), MOST - len(_WIDE)
    yield bytes(part)


def _cut(content: bytes, room: int) -> tuple[bytes, bytes]:
    """Characters of two bytes in two: those that have room, and the rest; one of four bytes stays whole."""
    at = min(len(content), room - room % 2)
    if at < len(content) and int.from_bytes(content[at : at + 2], "little") in _LOW:
        at -= 2
    return content[:at], content[at:]
