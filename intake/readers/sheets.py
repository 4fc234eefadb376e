"""From the cells that a workbook stores to the sheet a person sees: merges, hidden rows, limits."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from intake import refusals
from model.basics.errors import UserError
from model.recognition.incoming import Mark, Place, SeenCell, SeenSheet

MOST_ROWS = 5_000
MOST_COLUMNS = 256
MOST_CELLS = 60_000  # of a sheet
MOST_MERGES = 10_000
MOST_SHEETS = 100
MOST_ALTOGETHER = 200_000  # cells of a workbook
LONGEST_TEXT = 32_767  # characters of a cell

Position = tuple[int, int]  # row and column from 1


class Area(NamedTuple):
    """Cells from the first row and column to the last, all counted from 1."""

    top: int
    left: int
    bottom: int
    right: int


class StoredCell(NamedTuple):
    """A cell of a workbook with what it shows."""

    text: str
    exact: str = ""
    marks: frozenset[Mark] = frozenset()


NOTHING = StoredCell("")


class StoredSheet(NamedTuple):
    """A worksheet as stored: its cells by position, its merges, what of it is hidden."""

    name: str
    hidden: bool
    cells: Mapping[Position, StoredCell]
    merges: Sequence[Area]
    hidden_rows: Set[int] = frozenset()
    hidden_columns: Set[int] = frozenset()


class SeenBook(NamedTuple):
    """The sheets of a workbook as seen, and what is to be said about it."""

    sheets: tuple[SeenSheet, ...]
    notes: tuple[str, ...]


def column_name(column: int) -> str:
    """Return the letters of a column counted from 1: 28 is AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def see_book(sheets: Iterable[StoredSheet], count: int) -> SeenBook:
    """Return the sheets of a workbook that can be read; raise UserError if none of them can.

    A sheet that is too large for a form is named in the notes and left out. `count` is how many there are.
    """
    seen: list[SeenSheet] = []
    notes: list[str] = []
    too_large: list[UserError] = []
    cells = 0
    for sheet in sheets:
        try:
            found, said = see(sheet)
        except UserError as error:
            too_large.append(error)
            continue
        seen.append(found)
        notes += said
        cells += len(found.cells)
        if cells > MOST_ALTOGETHER:
            break
    if too_large and not seen:
        raise too_large[0]
    notes += [f"{error.message}没有读这张表。" for error in too_large]
    looked_at = len(seen) + len(too_large)
    if looked_at < count:
        notes.append(f"工作簿有 {count} 张工作表，只看了前 {looked_at} 张。")
    return SeenBook(tuple(seen), tuple(notes))


def see(sheet: StoredSheet) -> tuple[SeenSheet, list[str]]:
    """Return a sheet as seen, and what is to be said about it; raise UserError beyond the limits."""
    check_limits(sheet)
    last_row, last_column, merges, overlapping = _extent(sheet)
    covered = _covered(merges)
    cells, aside = [], []
    for row, column in sorted(sheet.cells.keys() | merges.keys()):
        if row > last_row or column > last_column:
            continue
        stored = sheet.cells.get((row, column), NOTHING)
        area = merges.get((row, column), Area(row, column, row, column))
        owner = covered.get((row, column))
        cell = _seen(sheet.name, stored, area)
        if owner is None and not _is_hidden(area, sheet):
            cells.append(cell)
        elif stored.text and (owner is None or stored.text != sheet.cells.get(owner, NOTHING).text):
            aside.append(cell)
    notes = [f"工作表“{sheet.name}”里有重叠的合并单元格，以先出现的为准。"] * overlapping
    return SeenSheet(sheet.name, "sheet", sheet.hidden, tuple(cells), aside=tuple(aside)), notes


def _extent(sheet: StoredSheet) -> tuple[int, int, dict[Position, Area], bool]:
    """The last row and column with content, the merges within, and whether some of them overlap."""
    filled = {position for position, cell in sheet.cells.items() if cell.text or cell.marks - {Mark.FORMULA}}
    last_row = max((row for row, _ in filled), default=0)
    last_column = max((column for _, column in filled), default=0)
    merges, overlapping = _merges(sheet.merges, last_row, last_column)
    owners = [merges[position] for position in filled & merges.keys()]
    last_row = max([last_row, *(area.bottom for area in owners)])
    last_column = max([last_column, *(area.right for area in owners)])
    return last_row, last_column, merges, overlapping


def _seen(sheet: str, stored: StoredCell, area: Area) -> SeenCell:
    place = Place(sheet, area.top, area.left, "sheet")
    rows, columns = area.bottom - area.top + 1, area.right - area.left + 1
    return SeenCell(stored.text, stored.exact, rows, columns, place, stored.marks)


def check_limits(sheet: StoredSheet) -> None:
    """Raise UserError for a sheet with content too far out, or with too much of it."""
    count = 0
    for (row, column), cell in sheet.cells.items():
        if not cell.text:
            continue
        count += 1
        if row > MOST_ROWS:
            raise refusals.sheet_too_far(sheet.name, row, MOST_ROWS)
        if column > MOST_COLUMNS:
            raise refusals.sheet_too_wide(sheet.name, column_name(column), MOST_COLUMNS)
        if len(cell.text) > LONGEST_TEXT:
            raise refusals.text_too_long(f"工作表“{sheet.name}” {column_name(column)}{row} ", LONGEST_TEXT)
    if count > MOST_CELLS:
        raise refusals.sheet_too_full(sheet.name, "单元格", MOST_CELLS)
    if len(sheet.merges) > MOST_MERGES:
        raise refusals.sheet_too_full(sheet.name, "合并单元格", MOST_MERGES)


def _is_hidden(area: Area, sheet: StoredSheet) -> bool:
    """Tell whether all rows or all columns of a cell are hidden."""
    return _all_in(area.top, area.bottom, sheet.hidden_rows) or _all_in(
        area.left, area.right, sheet.hidden_columns
    )


def _all_in(first: int, last: int, hidden: Set[int]) -> bool:
    return bool(hidden) and all(number in hidden for number in range(first, last + 1))


def _merges(areas: Sequence[Area], last_row: int, last_column: int) -> tuple[dict[Position, Area], bool]:
    """The merges by their first cell, cut to what a form can have; of two that overlap the first counts."""
    found: dict[Position, Area] = {}
    taken: set[Position] = set()
    overlapping = False
    for area in areas:
        cut = _cut(area, last_row, last_column)
        if cut is None:
            continue
        if not taken.isdisjoint(_positions(cut)):
            overlapping = True
            continue
        taken.update(_positions(cut))
        found[cut.top, cut.left] = cut
    return found, overlapping


def _cut(area: Area, last_row: int, last_column: int) -> Area | None:
    """A merge within the limits; one that goes beyond them, as far as there is content; None outside."""
    bottom = area.bottom if area.bottom <= MOST_ROWS else max(area.top, last_row)
    right = area.right if area.right <= MOST_COLUMNS else max(area.left, last_column)
    if area.top > last_row or area.left > last_column or (bottom, right) == (area.top, area.left):
        return None
    return Area(area.top, area.left, bottom, right)


def _positions(area: Area) -> Iterator[Position]:
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def _covered(merges: Mapping[Position, Area]) -> dict[Position, Position]:
    """Of each cell below a merge, the cell it belongs to."""
    return {
        position: owner
        for owner, area in merges.items()
        for position in _positions(area)
        if position != owner
    }
