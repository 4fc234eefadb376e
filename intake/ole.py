"""Compound files (OLE), as .xls, .et, .doc and .wps are: streams with names, every offset checked.

Written after [MS-CFB]. Whatever does not fit is refused as damaged; no chain is followed twice.
"""

import struct
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from intake.refusals import DAMAGED, INCOMPLETE

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SIGNS = 0xFFFF_FFFA  # sector numbers from here on are signs, not sectors
STREAM, _ROOT = 2, 5
SMALL = 64  # bytes of a sector of the small streams
IN_HEADER = 109  # sectors of the table that the header itself names


class Entry(NamedTuple):
    """A stream or storage: its name and kind, its neighbours in the directory, where it begins, its size."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


def _entry(content: bytes) -> Entry:
    length, kind = struct.unpack_from("<HB", content, 64)
    name = content[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Entry(
        name, kind, *struct.unpack_from("<III", content, 68), *struct.unpack_from("<II", content, 116)
    )


class Compound:
    """The streams that lie in the root of a compound file, by name whatever its case."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise INCOMPLETE() if MAGIC.startswith(data[:8]) else DAMAGED()
        self._data = data
        shift = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise DAMAGED()
        self.size: int = 1 << shift  # bytes of a sector
        fields = struct.unpack_from("<IIIIIIII", data, 44)
        self._first_directory, self.cutoff, self._first_small = fields[1], fields[3], fields[4]
        self._first_more = fields[6]

    @cached_property
    def directory(self) -> tuple[Entry, ...]:
        """Its entries, by number: the root is the first, storages within it have theirs among them."""
        content = self._chain(self._first_directory)
        return tuple(_entry(content[at : at + 128]) for at in range(0, len(content) - 127, 128))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """What lies in the root, by name: its entries hang below one another, smaller left, greater right."""
        entries = self.directory
        if not entries or entries[0].kind != _ROOT:
            raise DAMAGED()
        found: dict[str, int] = {}
        seen: set[int] = set()
        ahead = [entries[0].child]
        while ahead:
            number = ahead.pop()
            if number >= SIGNS or number in seen:
                continue
            if number >= len(entries):
                raise DAMAGED()
            seen.add(number)
            entry = entries[number]
            found.setdefault(entry.name.lower(), number)
            ahead += (entry.left, entry.right)
        return found

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams and storages in the root, in small letters."""
        return frozenset(self.numbers)

    def stream(self, name: str) -> bytes:
        """Return a stream, or nothing where there is none."""
        number = self.numbers.get(name.lower())
        if number is None or self.directory[number].kind != STREAM:
            return b""
        return self.content(self.directory[number])

    def content(self, entry: Entry) -> bytes:
        """Return the bytes of a stream."""
        small = entry.size < self.cutoff
        content = b"".join(self._small_sectors(entry.first)) if small else self._chain(entry.first)
        if len(content) < entry.size:
            raise INCOMPLETE()
        return content[: entry.size]

    @cached_property
    def lists(self) -> tuple[int, ...]:
        """The sectors that go on with the list of the table's sectors, where the header has not the room."""
        return tuple(self._lists())

    def _lists(self) -> Iterator[int]:
        seen: set[int] = set()
        more = self._first_more
        while more < SIGNS:
            if more in seen:
                raise DAMAGED()
            seen.add(more)
            yield more
            more = struct.unpack_from("<I", self._sector(more), self.size - 4)[0]

    @cached_property
    def tables(self) -> tuple[int, ...]:
        """The sectors in which the table stands."""
        numbers = list(struct.unpack_from(f"<{IN_HEADER}I", self._data, 76))
        for more in self.lists:
            numbers += struct.unpack_from(f"<{self.size // 4 - 1}I", self._sector(more))
        tables = tuple(number for number in numbers if number < SIGNS)
        if len(set(tables)) < len(tables):
            raise DAMAGED()
        return tables

    @cached_property
    def table(self) -> tuple[int, ...]:
        """The number of the next sector, for each sector."""
        form = f"<{self.size // 4}I"
        return tuple(entry for number in self.tables for entry in struct.unpack(form, self._sector(number)))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        sector = self._data[start : start + self.size]
        if not sector:
            raise INCOMPLETE()
        return sector.ljust(self.size, b"\0")  # the last one may be cut by the program that wrote it

    def chain(self, first: int) -> Iterator[int]:
        """Yield the sectors of a stream."""
        return _follow(first, self.table)

    def small_chain(self, first: int) -> Iterator[int]:
        """Yield the small sectors of a stream."""
        return _follow(first, self.small_table)

    @property
    def small_tables(self) -> tuple[int, ...]:
        """The sectors in which the table of small sectors stands."""
        return tuple(self.chain(self._first_small))

    @property
    def directories(self) -> tuple[int, ...]:
        """The sectors in which the directory stands."""
        return tuple(self.chain(self._first_directory))

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in self.chain(first))

    @cached_property
    def small_table(self) -> tuple[int, ...]:
        """The number of the next small sector, for each small sector."""
        content = self._chain(self._first_small) if self._first_small < SIGNS else b""
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    @cached_property
    def _small_content(self) -> bytes:
        first = self.directory[0].first
        return self._chain(first) if first < SIGNS else b""

    def _small_sectors(self, first: int) -> Iterator[bytes]:
        for number in self.small_chain(first):
            yield self._small_content[number * SMALL : (number + 1) * SMALL]


def _follow(first: int, table: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that runs in a circle or out of the table is damaged."""
    seen: set[int] = set()
    number = first
    while number < SIGNS:
        if number >= len(table) or number in seen:
            raise DAMAGED()
        seen.add(number)
        yield number
        number = table[number]
