"""The drop-down lists of a worksheet of an old workbook ([MS-XLS] Dv): where they hold, what they offer."""

import struct
from collections.abc import Callable, Iterator, Sequence

from intake.filling.workbook import ChoiceList
from intake.records import Record

DV, SHEETS_MEANT = 0x1BE, 0x17
_KIND, _LIST, _REFUSES = 0x0F, 3, 0x80000  # of its flags
_TEXT, _CELL, _AREA = 0x17, (0x24, 0x44, 0x64), (0x25, 0x45, 0x65)  # how a formula says what is offered
_CELL_OF, _AREA_OF = (0x3A, 0x5A, 0x7A), (0x3B, 0x5B, 0x7B)  # … in another sheet
_COLUMN = 0xFF  # without the signs that a place is relative
_AT = struct.Struct("<4H")

Corners = tuple[int, int, int, int]  # first row and column, last row and column, from 1
TextsIn = Callable[
    [int | None, Corners], frozenset[str]
]  # of a sheet by its number in EXTERNSHEET, or of this


def lists_of(stream: bytes, own: Sequence[Record], texts_in: TextsIn) -> Iterator[ChoiceList]:
    """Yield the lists that refuse other texts; one whose choices are not known offers none."""
    for one in own:
        if one.number == DV and one.length >= 4:
            found = _list(stream[one.body : one.end], texts_in)
            if found:
                yield found


def _list(body: bytes, texts_in: TextsIn) -> ChoiceList | None:
    """A list; None for another condition, one that only offers, or one that is not as it should be."""
    flags = struct.unpack_from("<I", body)[0]
    if flags & _KIND != _LIST or not flags & _REFUSES:
        return None
    try:
        at = 4
        for _ in range(4):  # what is said when the cell is chosen, and when something else is typed
            at = _behind_text(body, at)
        formulas = []
        for _ in range(2):
            size = struct.unpack_from("<H", body, at)[0]
            formulas.append(body[at + 4 : at + 4 + size])
            at += 4 + size
        count = struct.unpack_from("<H", body, at)[0]
        areas = tuple(_area(*_AT.unpack_from(body, at + 2 + 8 * n)) for n in range(count))
        return ChoiceList(areas, _values(formulas[0], texts_in))
    except (struct.error, IndexError):
        return None


def _behind_text(body: bytes, at: int) -> int:
    length, wide = struct.unpack_from("<HB", body, at)
    return int(at + 3 + length * (1 + (wide & 1)))


def _area(top: int, bottom: int, left: int, right: int) -> Corners:
    return top + 1, (left & _COLUMN) + 1, bottom + 1, (right & _COLUMN) + 1


def _values(formula: bytes, texts_in: TextsIn) -> frozenset[str]:
    """What a list offers: written out, or in the cells of an area; nothing where a name stands for it."""
    kind = formula[0]
    if kind == _TEXT:
        length, wide = formula[1], formula[2] & 1
        said = formula[3 : 3 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
        return frozenset(part.strip() for part in said.split("\0"))
    if kind in _CELL:
        row, column = struct.unpack_from("<2H", formula, 1)
        return texts_in(None, _area(row, row, column, column))
    if kind in _AREA:
        return texts_in(None, _area(*_AT.unpack_from(formula, 1)))
    if kind in _CELL_OF:
        sheet, row, column = struct.unpack_from("<3H", formula, 1)
        return texts_in(sheet, _area(row, row, column, column))
    if kind in _AREA_OF:
        return texts_in(struct.unpack_from("<H", formula, 1)[0], _area(*_AT.unpack_from(formula, 3)))
    return frozenset()
