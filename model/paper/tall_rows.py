"""Rows that are too tall for a page are made of several; a list never leaves one row alone on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from model.paper.grid import Cell, Grid, Heading, Style
from model.paper.pages import Page, paginate

TALL_ROW_MM = 90.0  # a higher row is made of several, so that a page can end inside
CHUNK_MM = 30.0
INSIDE = 4  # the rank of a place inside a text, or where a row would be alone; see Grid.breaks
SHORT_TABLE_MM = 60.0  # one that is not higher stands on one page: of a page a quarter stays blank at most
_TAIL = Style(1.0, border=False)
_TOGETHER = 3  # rows of a list that are not worth a break


def breaks_of_list(first: int, end: int, rank: int) -> tuple[tuple[int, int], ...]:
    """Return where a page may begin in a list whose rows are `first` to before `end`, a heading above them.

    The first row is never alone below its heading, the last never alone on a page, if it can be helped.
    """
    alone = {first + 1, end - 1}
    return tuple((row, INSIDE if row in alone else rank) for row in range(first + 1, end))


def kept_with_next(heading: int, count: int) -> range | frozenset[int]:
    """Return which of `count` rows of such a list, its heading among them, stand with the row after them."""
    if count - heading <= _TOGETHER:
        return range(count - 1)
    return frozenset((*range(heading + 1), count - 2))


def least_rows(heading: int, count: int) -> int:
    """Return how many rows of such a list must stand on the page where it begins."""
    return count if count - heading <= _TOGETHER else heading + 2


def is_short(grid: Grid) -> bool:
    """Tell whether a table is never cut."""
    return sum(grid.heights_mm) <= SHORT_TABLE_MM


def paginate_with_tail(grid: Grid, top_mm: float, tail_mm: float) -> tuple[Page, ...]:
    """Return the pages of a table that begins at `top_mm`, with room for a tail below its last rows."""
    if not tail_mm:
        return paginate(grid, top_mm)
    row = len(grid.heights_mm)
    tail = Cell(row, 0, "", _TAIL, (), colspan=len(grid.widths_mm))
    longer = replace(grid, heights_mm=(*grid.heights_mm, tail_mm), cells=(*grid.cells, tail))
    *pages, last = paginate(longer, top_mm)
    if last.rows.start == row:  # no page holds the last row and the tail
        return tuple(pages)
    placed = tuple(part for part in last.placed if part.cell is not tail)
    rows = range(last.rows.start, row)
    return (*pages, last._replace(rows=rows, heights_mm=last.heights_mm[:-1], placed=placed))


class Rows:
    """The rows of a sheet by their height, those that are too tall made of several."""

    def __init__(self, heights: Sequence[float]) -> None:
        self._parts = [_parts(height) for height in heights]
        self._first = [0, *accumulate(len(parts) for parts in self._parts)]

    @property
    def heights(self) -> tuple[float, ...]:
        """The heights of all rows in millimetres."""
        return tuple(part for parts in self._parts for part in parts)

    @property
    def is_cut(self) -> bool:
        """Whether any row is made of several."""
        return self._first[-1] != len(self._parts)

    def cells(self, cells: Sequence[Cell]) -> tuple[Cell, ...]:
        """Return cells in the rows that they stand in now."""
        if not self.is_cut:
            return tuple(cells)
        first = self._first
        return tuple(
            cell._replace(row=first[cell.row], rowspan=first[cell.row + cell.rowspan] - first[cell.row])
            for cell in cells
        )

    def breaks(self, breaks: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
        """Return where a page may begin: before the rows of before, and inside those that are several now."""
        found = {self._first[row]: rank for row, rank in breaks.items()}
        for row, parts in enumerate(self._parts):
            found |= {self._first[row] + n: INSIDE for n in range(1, len(parts))}
        return tuple(sorted(found.items()))

    def heading(self, heading: Heading) -> Heading:
        """Return a heading in the rows that it has now."""
        first = self._first
        return Heading(first[heading.first], first[heading.last + 1] - 1, first[heading.until + 1] - 1)


def cut_tall(grid: Grid) -> Grid:
    """Return a table with its tall rows made of several; their number stands again on the next page."""
    rows = Rows(grid.heights_mm)
    if not rows.is_cut:
        return grid
    cells = (cell._replace(cut="repeat") if _is_number(cell) else cell for cell in grid.cells)
    return replace(
        grid,
        heights_mm=rows.heights,
        cells=rows.cells(tuple(cells)),
        breaks=rows.breaks(dict(grid.breaks)),
        headings=tuple(rows.heading(heading) for heading in grid.headings),
    )


def _is_number(cell: Cell) -> bool:
    """Whether a cell only says which row it is."""
    return cell.col == 0 and len(cell.lines) == 1


def _parts(height: float) -> list[float]:
    if height <= TALL_ROW_MM:
        return [height]
    count = int(height // CHUNK_MM)
    return [round(height / count, 2)] * count
