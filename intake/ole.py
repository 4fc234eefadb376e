"""Compound files (OLE), as .xls, .et, .doc and .wps are: streams with names, every offset checked.

Written after [MS-CFB]. Whatever does not fit is refused as damaged; no chain is followed twice.
"""

import struct
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from intake.refusals import DAMAGED, INCOMPLETE

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFF_FFFA  # sector numbers from here on are signs, not sectors
_STREAM, _ROOT = 2, 5
_SMALL = 64  # bytes of a sector of the small streams


class _Entry(NamedTuple):
    """A stream or storage: its name and kind, its neighbours in the directory, where it begins, its size."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    first: int
    size: int


def _entry(content: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", content, 64)
    name = content[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(
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
        self._size = 1 << shift
        fields = struct.unpack_from("<IIIIIIII", data, 44)
        self._first_directory, self._cutoff, self._first_small = fields[1], fields[3], fields[4]
        self._first_more = fields[6]

    @cached_property
    def _directory(self) -> tuple[_Entry, ...]:
        content = self._chain(self._first_directory)
        return tuple(_entry(content[at : at + 128]) for at in range(0, len(content) - 127, 128))

    @cached_property
    def _entries(self) -> dict[str, _Entry]:
        """What lies in the root, by name: its entries hang below one another, smaller left, greater right."""
        entries = self._directory
        if not entries or entries[0].kind != _ROOT:
            raise DAMAGED()
        found: dict[str, _Entry] = {}
        seen: set[int] = set()
        ahead = [entries[0].child]
        while ahead:
            number = ahead.pop()
            if number >= _FREE or number in seen:
                continue
            if number >= len(entries):
                raise DAMAGED()
            seen.add(number)
            entry = entries[number]
            found.setdefault(entry.name.lower(), entry)
            ahead += (entry.left, entry.right)
        return found

    @property
    def names(self) -> frozenset[str]:
        """The names of the streams and storages in the root, in small letters."""
        return frozenset(self._entries)

    def stream(self, name: str) -> bytes:
        """Return a stream, or nothing where there is none."""
        entry = self._entries.get(name.lower())
        if entry is None or entry.kind != _STREAM:
            return b""
        small = entry.size < self._cutoff
        content = b"".join(self._small_sectors(entry.first)) if small else self._chain(entry.first)
        if len(content) < entry.size:
            raise INCOMPLETE()
        return content[: entry.size]

    @cached_property
    def _table(self) -> tuple[int, ...]:
        """The number of the next sector, for each sector."""
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        more = self._first_more
        per_sector = self._size // 4
        while more < _FREE:
            if more in seen:
                raise DAMAGED()
            seen.add(more)
            part = struct.unpack(f"<{per_sector}I", self._sector(more))
            numbers += part[:-1]
            more = part[-1]
        tables = [number for number in numbers if number < _FREE]
        if len(set(tables)) < len(tables):
            raise DAMAGED()
        return tuple(
            entry for number in tables for entry in struct.unpack(f"<{per_sector}I", self._sector(number))
        )

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        sector = self._data[start : start + self._size]
        if not sector:
            raise INCOMPLETE()
        return sector.ljust(self._size, b"\0")  # the last one may be cut by the program that wrote it

    def _chain(self, first: int) -> bytes:
        return b"".join(self._sector(number) for number in _follow(first, self._table))

    @cached_property
    def _small_table(self) -> tuple[int, ...]:
        content = self._chain(self._first_small) if self._first_small < _FREE else b""
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    @cached_property
    def _small_content(self) -> bytes:
        first = self._directory[0].first
        return self._chain(first) if first < _FREE else b""

    def _small_sectors(self, first: int) -> Iterator[bytes]:
        for number in _follow(first, self._small_table):
            yield self._small_content[number * _SMALL : (number + 1) * _SMALL]


def _follow(first: int, table: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that runs in a circle or out of the table is damaged."""
    seen: set[int] = set()
    number = first
    while number < _FREE:
        if number >= len(table) or number in seen:
            raise DAMAGED()
        seen.add(number)
        yield number
        number = table[number]
