"""A compound file (OLE) with one stream replaced: every other byte of every other stream stays where it is.

Written after [MS-CFB]. The new content takes the sectors of the old one and new ones at the end of the file;
table, list of the table's sectors, directory and header are mended for it. A stream that lay among the small
ones moves out of them: filled up with zeros it is never smaller than the cut-off, as Excel writes it too.
"""

import struct
from collections.abc import Sequence
from itertools import islice

from intake import refusals
from intake.ole import IN_HEADER, SMALL, STREAM, Compound, Entry

_FREE, _END, _OF_TABLE, _OF_LIST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
_ENTRY = 128  # bytes of an entry of the directory
_FIRST = 116  # where in an entry the first sector stands, and behind it the size


def with_stream(data: bytes, name: str, content: bytes) -> bytes:
    """Return the file with another content of a stream of its root; raises UserError if it is damaged."""
    file = _File(data)
    number = file.old.numbers.get(name.lower())
    if number is None or file.old.directory[number].kind != STREAM:
        raise refusals.DAMAGED()
    content = content.ljust(file.old.cutoff, b"\0")
    sectors = file.sectors_for(file.old.directory[number], len(content))
    for at, sector in enumerate(sectors):
        file.write(sector, content[at * file.size : (at + 1) * file.size])
    file.link(sectors)
    file.enter(number, sectors[0], len(content))
    return file.to_bytes()


class _File:
    """A compound file that is being changed."""

    def __init__(self, data: bytes) -> None:
        self.old = Compound(data)
        self.size = self.old.size
        self._out = bytearray(data)
        self._out += bytes(-len(data) % self.size)  # the last sector may be cut
        self._table = list(self.old.table)
        self._tables, self._lists = list(self.old.tables), list(self.old.lists)

    def _at(self, sector: int) -> int:
        return (sector + 1) * self.size

    def write(self, sector: int, content: bytes) -> None:
        """Put bytes into a sector; what it has more is zero."""
        self._out[self._at(sector) : self._at(sector + 1)] = content.ljust(self.size, b"\0")

    def _append(self) -> int:
        """Add a sector at the end of the file."""
        self._out += bytes(self.size)
        return len(self._out) // self.size - 2

    def sectors_for(self, entry: Entry, length: int) -> Sequence[int]:
        """The sectors for a content of so many bytes: those of the old one, then new ones."""
        wanted = -(-length // self.size)
        if entry.size < self.old.cutoff:
            self._free_small(entry)
            own: list[int] = []
        else:
            own = list(islice(self.old.chain(entry.first), -(-entry.size // self.size)))  # no more is its own
        for sector in own[wanted:]:
            self._table[sector] = _FREE
            self.write(sector, b"")
        return [*own[:wanted], *(self._append() for _ in range(wanted - len(own)))]

    def _free_small(self, entry: Entry) -> None:
        """Give back the small sectors of a stream, emptied."""
        holders = list(self.old.chain(self.old.directory[0].first))
        tables, per = self.old.small_tables, self.size // 4
        for small in self.old.small_chain(entry.first):
            holder, offset = divmod(small * SMALL, self.size)
            at = self._at(holders[holder]) + offset
            self._out[at : at + SMALL] = bytes(SMALL)
            table, place = divmod(small, per)
            struct.pack_into("<I", self._out, self._at(tables[table]) + 4 * place, _FREE)

    def link(self, sectors: Sequence[int]) -> None:
        """Make a chain of sectors in the table, which grows to have an entry for each sector."""
        per = self.size // 4
        while True:
            if len(self._table) < len(self._out) // self.size - 1:
                self._tables.append(self._append())
                self._table += [_FREE] * per
            elif len(self._tables) > IN_HEADER + len(self._lists) * (per - 1):
                self._lists.append(self._append())
            else:
                break
        for sector, following in zip(sectors, [*sectors[1:], _END], strict=True):
            self._table[sector] = following
        for sector in self._tables:
            self._table[sector] = _OF_TABLE
        for sector in self._lists:
            self._table[sector] = _OF_LIST

    def enter(self, number: int, first: int, size: int) -> None:
        """Say in the directory where a stream begins and how large it is."""
        sector, offset = divmod(number * _ENTRY, self.size)
        at = self._at(self.old.directories[sector]) + offset
        struct.pack_into("<IQ", self._out, at + _FIRST, first, size)

    def to_bytes(self) -> bytes:
        """Return the file with its table, the list of the table's sectors, and the header."""
        per = self.size // 4
        for n, sector in enumerate(self._tables):
            self.write(sector, struct.pack(f"<{per}I", *self._table[n * per : (n + 1) * per]))
        named = self._tables + [_FREE] * (IN_HEADER + len(self._lists) * (per - 1) - len(self._tables))
        struct.pack_into(f"<{IN_HEADER}I", self._out, 76, *named[:IN_HEADER])
        for n, sector in enumerate(self._lists):
            start = IN_HEADER + n * (per - 1)
            following = (*self._lists, _END)[n + 1]
            self.write(sector, struct.pack(f"<{per}I", *named[start : start + per - 1], following))
        struct.pack_into("<I", self._out, 44, len(self._tables))
        if self._lists:
            struct.pack_into("<II", self._out, 68, self._lists[0], len(self._lists))
        return bytes(self._out)
