"""The pages of a grid: where each begins, what it repeats, and every cell in its place on the paper."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from model.paper.grid import Cell, Grid

RUNNING_MM = 5.2  # for the running title above the body, on every page but the first
CONTINUED = "（续）"
# How bad a break may be, and how much of the page must then be filled: better a short page than a torn group.
_TIERS = ((0, 2 / 3), (1, 1 / 3), (2, 1 / 2), (3, 1 / 3), (4, 0.0))
_HAIR = 0.01  # mm that do not count


class Box(NamedTuple):
    """A rectangle on the paper, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


class Placed(NamedTuple):
    """A cell, or the part of it that stands on a page, with its lines there.

    `rows` are the rows of the page it covers, the repeated heading counted: 0 is the topmost.
    """

    cell: Cell
    lines: tuple[str, ...]
    box: Box
    rows: range


class Page(NamedTuple):
    """One page: the heading rows it repeats, the rows of its body, and all it shows.

    `heights_mm` are the heights of `heading` and `rows` on this page: a row is higher than in the grid where
    a repeated label asks for it. `frames` go around the bordered rows.
    """

    heading: tuple[int, ...]
    rows: range
    heights_mm: tuple[float, ...]
    placed: tuple[Placed, ...]
    frames: tuple[Box, ...]


def paginate(grid: Grid, top_mm: float | None = None) -> tuple[Page, ...]:
    """Return the pages of a grid, at least one; on the first it begins at `top_mm`, else at the margin.

    A page begins only where `grid.breaks` allows it, between goals and level-1 groups unless that leaves a
    page nearly empty, and never below a heading. Only what fits no page is broken at any row.
    """
    sheet = _Sheet(grid, grid.paper.top if top_mm is None else top_mm)
    pages: list[Page] = []
    first = 0
    while first < len(grid.heights_mm) or not pages:
        end = sheet.end_of_page(first)
        pages.append(sheet.page(first, end))
        first = end
    return tuple(pages)


class _Sheet:
    """A grid being cut into pages, from the first to the last; remembers how far flowing texts have come."""

    def __init__(self, grid: Grid, top_mm: float) -> None:
        self._grid = grid
        self._first_top = top_mm
        self._row_count = len(grid.heights_mm)
        self._tops = [0.0, *accumulate(grid.heights_mm)]
        self._lefts = [grid.paper.left + left for left in (0.0, *accumulate(grid.widths_mm))]
        self._starting: list[list[Cell]] = [[] for _ in grid.heights_mm]  # cells by their first row
        for cell in grid.cells:
            self._starting[cell.row].append(cell)
        self._tall = sorted((cell for cell in grid.cells if cell.rowspan > 1), key=lambda cell: cell.rowspan)
        self._below_heading = {
            row for heading in grid.headings for row in range(heading.first + 1, heading.last + 2)
        }
        self._places = [  # for each rank, where a page may begin: nowhere just below a heading
            [row for row, rank in grid.breaks if rank <= worst and row not in self._below_heading]
            for worst, _ in _TIERS
        ]
        self._shown: dict[tuple[int, int], int] = {}  # lines of a flowing text on the pages before

    # ---- where a page ends

    def end_of_page(self, first: int) -> int:
        """Return the row that begins the page after the one that begins with `first`."""
        if self._fits(first, self._row_count):
            return self._row_count
        for worst_rank, least_filled in _TIERS:
            row, following = self._last_place(first, worst_rank)
            if row > first and self._filled(first, row) >= least_filled and self._fits(row, following):
                return row
        return row if row > first else self._hard_end(first)

    def _last_place(self, first: int, worst_rank: int) -> tuple[int, int]:
        """Return the last place of at most this rank where the page may end, and the next after it.

        The place is `first` itself when there is none.
        """
        places = self._places[worst_rank]
        reach = bisect_right(self._tops, self._tops[first] + self._room(first) + _HAIR) - 1
        at = bisect_right(places, reach) - 1
        while at >= 0 and places[at] > first and not self._fits(first, places[at]):
            at -= 1
        place = places[at] if at >= 0 else 0
        return max(place, first), places[at + 1] if at + 1 < len(places) else self._row_count

    def _hard_end(self, first: int) -> int:
        rows = (row for row in range(first + 1, self._row_count) if row not in self._below_heading)
        return max((row for row in rows if self._fits(first, row)), default=first + 1)

    def _room(self, first: int) -> float:
        """Return the height of the body of a page."""
        paper = self._grid.paper
        return paper.height - paper.bottom - self._top(first)

    def _top(self, first: int) -> float:
        """Return where the body of a page begins: below the running title, where there is one."""
        if not first:
            return self._first_top
        return self._grid.paper.top + (RUNNING_MM if self._grid.running_title else 0.0)

    def _fits(self, first: int, end: int) -> bool:
        room = self._room(first) + _HAIR
        return self._tops[end] - self._tops[first] <= room and sum(self._heights(first, end)) <= room

    def _filled(self, first: int, end: int) -> float:
        """Return the part of the page's room that its rows take."""
        return sum(self._heights(first, end)) / self._room(first)

    # ---- what a page shows

    def _heading(self, first: int) -> tuple[int, ...]:
        """Return the rows to be repeated above a page that begins with `first`."""
        return tuple(
            row
            for heading in self._grid.headings
            if heading.last < first <= heading.until
            for row in range(heading.first, heading.last + 1)
        )

    def _heights(self, first: int, end: int) -> list[float]:
        """Return the heights of heading and body of a page: a row grows where a label stands again."""
        heading = self._heading(first)
        heights = [self._grid.heights_mm[row] for row in (*heading, *range(first, end))]
        for cell in self._tall:
            if _is_cut(cell, first, end) and not _flows_on(cell, end):
                top, bottom = _extent(cell, heading, first, end)
                needed = cell.style.height_mm(len(self._lines_left(cell, first)))
                heights[bottom - 1] += max(needed - sum(heights[top:bottom]), 0.0)
        return heights

    def _lines_left(self, cell: Cell, first: int) -> tuple[str, ...]:
        """Return the lines a cell has on a page that begins with `first`, if they all fit."""
        if cell.row >= first or cell.cut == "repeat":
            return cell.lines
        if cell.cut == "mark":
            return (*cell.lines, CONTINUED)
        return cell.lines[self._shown.get((cell.row, cell.col), 0) :]

    def page(self, first: int, end: int) -> Page:
        """Return the page of the rows from `first` to before `end`."""
        heading = self._heading(first)
        heights = self._heights(first, end)
        tops = list(accumulate(heights, initial=self._top(first)))
        placed = []
        for cell in self._cells_on_page(heading, first, end):
            top, bottom = _extent(cell, heading, first, end)
            left, right = self._lefts[cell.col], self._lefts[cell.col + cell.colspan]
            box = Box(left, tops[top], right - left, tops[bottom] - tops[top])
            lines = self._take_lines(cell, first, end, box.height)
            placed.append(Placed(cell, lines, box, range(top, bottom)))
        placed.sort(key=lambda part: (round(part.box.y, 3), part.box.x))
        return Page(heading, range(first, end), tuple(heights), tuple(placed), _frames(placed))

    def _cells_on_page(self, heading: Sequence[int], first: int, end: int) -> Iterator[Cell]:
        """Yield each cell of the heading and the body once."""
        for row in (*heading, *range(first, end)):
            yield from self._starting[row]
        for cell in self._tall:
            if cell.row < first < cell.row + cell.rowspan and cell.row not in heading:
                yield cell

    def _take_lines(self, cell: Cell, first: int, end: int, height: float) -> tuple[str, ...]:
        if self._only_began_in_heading(cell, first):
            return ()
        lines = self._lines_left(cell, first) if _is_cut(cell, first, end) else cell.lines
        if _flows_on(cell, end):
            lines = lines[: cell.style.lines_in(height)]
            key = cell.row, cell.col
            self._shown[key] = self._shown.get(key, 0) + len(lines)
        return lines

    def _only_began_in_heading(self, cell: Cell, first: int) -> bool:
        """Tell whether a cell goes beyond its heading and ended before this page: an empty corner is left."""
        end = cell.row + cell.rowspan
        return end <= first and any(h.first <= cell.row <= h.last < end - 1 for h in self._grid.headings)


def _is_cut(cell: Cell, first: int, end: int) -> bool:
    """Tell whether a page shows a part of the cell; one that only stands in a repeated heading is whole."""
    stop = cell.row + cell.rowspan
    return cell.row < first < stop or cell.row < end < stop


def _flows_on(cell: Cell, end: int) -> bool:
    return cell.cut == "flow" and cell.row < end < cell.row + cell.rowspan


def _extent(cell: Cell, heading: Sequence[int], first: int, end: int) -> tuple[int, int]:
    """Return where the cell begins and ends among the rows of a page: heading rows, then body rows."""
    rows = range(cell.row, cell.row + cell.rowspan)
    top = sum(row < cell.row for row in heading) + max(rows.start - first, 0)
    bottom = sum(row < rows.stop for row in heading) + max(min(rows.stop, end) - first, 0)
    return top, bottom


def _frames(placed: Sequence[Placed]) -> tuple[Box, ...]:
    """Return the boxes around the bordered cells; where rows without border lie between, one each."""
    frames: list[Box] = []
    for box in sorted((part.box for part in placed if part.cell.style.border), key=lambda box: box.y):
        if frames and box.y <= frames[-1].y + frames[-1].height + _HAIR:
            frames[-1] = _around(frames[-1], box)
        else:
            frames.append(box)
    return tuple(frames)


def _around(one: Box, other: Box) -> Box:
    x, y = min(one.x, other.x), min(one.y, other.y)
    right = max(one.x + one.width, other.x + other.width)
    bottom = max(one.y + one.height, other.y + other.height)
    return Box(x, y, right - x, bottom - y)
