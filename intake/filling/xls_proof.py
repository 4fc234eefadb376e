"""Whether a filled .xls is the old one but for its cells: every other record, every other stream.

It reads both files by itself, so that what the writer takes wrongly does not go unseen.
"""

import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from intake.filling.heights import Position
from intake.filling.xls_strings import parts_of
from intake.ole import MAGIC, STREAM, Compound
from intake.readers.texts import clean
from intake.readers.xls import open_book, stream_of
from intake.records import BOUNDSHEET, CONTINUE, FORMULAS, WORKSHEET, Record, records
from model.recognition.fill_plan import FillPlan
from model.recognition.incoming import Place

_MULTIPLE = {0xBE: (0x201, 2), 0xBD: (0x27E, 6)}  # several cells: what one of them is, its bytes
_ONE = frozenset((0x201, 0x203, 0x27E, 0xFD, 0x204, 0xD6, 0x205))
_ROW, _SST, _COMPUTED, _GIVEN = 0x208, 0xFC, 0x1C1, 0x207
_MENDED = frozenset((0x200, 0x20B, 0xD7, 0xFF))  # how large a sheet is; what only speeds up opening
_OF_THE_BOOK = ""
_BY_HAND = 0x40  # flag of a row


class _Part(NamedTuple):
    """The workbook's own part, or a sheet: its cells, its rows, its other records in their order."""

    cells: Mapping[Position, bytes]
    rows: Mapping[int, bytes]
    others: Sequence[tuple[int, bytes]]


def is_same_but_cells(before: bytes, after: bytes, plan: FillPlan) -> bool:
    """Whether nothing differs but what a plan says: its cells, values of formulas, heights of rows."""
    old, new = stream_of(before), stream_of(after)
    if _streams(before) != _streams(after) or not _strings(new).startswith(_strings(old)):
        return False
    was, now = _parts(old), _parts(new)
    places = [edit.place for edit in plan.edits]
    return was.keys() == now.keys() and all(
        _is_same(part, now[name], _in(places, name), len(_in(plan.raised, name)))
        for name, part in was.items()
    )


def _in(places: Collection[Place], name: str) -> set[Position]:
    return {(place.row, place.column) for place in places if place.part == name}


def _is_same(was: _Part, now: _Part, written: set[Position], raised: int) -> bool:
    """Whether a sheet is the same but for these cells, and so many rows that are higher."""
    cells = {place: body for place, body in was.cells.items() if place not in written}
    kept = {place: body for place, body in now.cells.items() if place not in written}
    changed = [row for row, body in was.rows.items() if now.rows.get(row) != body]
    added = now.rows.keys() - was.rows.keys() - {row for row, _ in written}
    is_higher = all(row in now.rows and _is_higher(was.rows[row], now.rows[row]) for row in changed)
    is_as_many = len(changed) + len(added) <= raised
    return is_higher and is_as_many and cells == kept and was.others == now.others


def _is_higher(old: bytes, new: bytes) -> bool:
    """Whether a row differs in nothing but that it is higher, as if set by hand."""
    (low, flags), (high, others) = (struct.unpack("<H4xH", body[:8]) for body in (old, new))
    same = old[2:6] == new[2:6] and old[8:] == new[8:]
    return same and low & 0x7FFF < high and flags | _BY_HAND == others


def _streams(data: bytes) -> list[tuple[object, ...]]:
    """Every entry of the container with its content, but for the workbook's."""
    if not data.startswith(MAGIC):
        return []
    file = Compound(data)
    book = file.numbers.get("workbook")
    return [
        (entry.name, entry.kind, entry.left, entry.right, entry.child, content)
        for number, entry in enumerate(file.directory)
        for content in [file.content(entry) if entry.kind == STREAM and number != book else b""]
    ]


def _strings(stream: bytes) -> bytes:
    """The table of strings, joined, without its counts."""
    own = parts_of(list(records(stream, 0)))
    return b"".join(stream[one.body : one.end] for one in own)[8:]


def _parts(stream: bytes) -> Mapping[str, _Part]:
    """The parts of a workbook by the names of its sheets; one that is no worksheet by its place."""
    names = iter([clean(sheet.name) for sheet in open_book(stream)[0].sheets()])
    parts = {_OF_THE_BOOK: _part(stream, 0)}
    for one in records(stream, 0):
        if one.number == BOUNDSHEET:
            start = struct.unpack_from("<I", stream, one.body)[0]
            is_sheet = stream[one.body + 5] == WORKSHEET
            parts[next(names) if is_sheet else f"{len(parts)}."] = _part(stream, start)
    return parts


def _part(stream: bytes, start: int) -> _Part:
    cells: dict[Position, bytes] = {}
    rows: dict[int, bytes] = {}
    others: list[tuple[int, bytes]] = []
    owner = 0
    for one in records(stream, start):
        owner = one.number if one.number != CONTINUE else owner
        body = stream[one.body : one.end]
        if one.number in _ONE or one.number in _MULTIPLE or one.number in FORMULAS:
            cells.update(_cells(one, body))
        elif one.number == _ROW:
            rows[struct.unpack_from("<H", body)[0] + 1] = body[6:]
        elif owner not in _MENDED | {_SST, _GIVEN}:
            others.append((one.number, _without_places(one.number, body)))
    return _Part(cells, rows, others)


def _cells(one: Record, body: bytes) -> Iterator[tuple[Position, bytes]]:
    """The cells of a record, each as its kind and bytes; of a formula without its value."""
    row, column = (number + 1 for number in struct.unpack_from("<HH", body))
    if one.number in _MULTIPLE:
        kind, size = _MULTIPLE[one.number]
        for n, at in enumerate(range(4, len(body) - 2, size)):
            yield (row, column + n), struct.pack("<H", kind) + body[at : at + size]
    elif one.number in FORMULAS:
        yield (row, column), struct.pack("<H", one.number) + body[4:6] + body[14:]
    else:
        yield (row, column), struct.pack("<H", one.number) + body[4:]


def _without_places(number: int, body: bytes) -> bytes:
    """A record without where a sheet begins, and by which program it was computed."""
    if number == BOUNDSHEET:
        return body[4:]
    return body[:4] if number == _COMPUTED else body
