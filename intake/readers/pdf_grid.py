"""From the lines of a page to its tables: grids of boxes, merged where no line parts them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from intake.readers.pdf_page import Line

_NEAR = 2.5  # points; lines nearer than that are one, ends nearer than that meet
_SHORT = 5  # points; a shorter line rules nothing
_COVERED = 0.6  # of a side that a line must cover to part two boxes


class Box(NamedTuple):
    """A cell of a table: rows and columns from 1, first to last."""

    top: int
    left: int
    bottom: int
    right: int


class Grid(NamedTuple):
    """A table on a page: edges of rows from the top down, of columns from the left, and its cells."""

    rows: tuple[float, ...]
    columns: tuple[float, ...]
    boxes: tuple[Box, ...]

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in the table."""
        return bool(
            self.columns[0] - _NEAR <= x <= self.columns[-1] + _NEAR
            and self.rows[-1] - _NEAR <= y <= self.rows[0] + _NEAR
        )

    def place(self, x: float, y: float) -> tuple[int, int]:
        """Return row and column of a point, from 1."""
        row = bisect_right([-edge for edge in self.rows], -y)
        column = bisect_right(self.columns, x)
        return min(max(row, 1), len(self.rows) - 1), min(max(column, 1), len(self.columns) - 1)


def grids_of(across: Sequence[Line], down: Sequence[Line]) -> list[Grid]:
    """Return the tables of a page from the top down; a single frame is none."""
    across, down = _joined(across), _joined(down)
    found = []
    for rows, columns in _crossing(across, down):
        grid = _grid(rows, columns)
        if grid is not None and len(grid.boxes) > 1:
            found.append(grid)
    return sorted(found, key=lambda grid: -grid.rows[0])


def _joined(lines: Iterable[Line]) -> list[Line]:
    """The lines, those that lie on one another or go on from one another as one."""
    found: list[Line] = []
    for at, group in _groups(sorted(lines)):
        for line in sorted(group, key=lambda line: line.start):
            last = found[-1] if found and found[-1].at == at else None
            if last is not None and line.start <= last.end + _NEAR:
                found[-1] = Line(at, last.start, max(last.end, line.end))
            else:
                found.append(Line(at, line.start, line.end))
    return [line for line in found if line.end - line.start >= _SHORT]


def _groups(lines: Sequence[Line]) -> Iterator[tuple[float, list[Line]]]:
    """Lines that lie about equally far across, with the middle of where they lie."""
    group: list[Line] = []
    for line in lines:
        if group and line.at - group[0].at > _NEAR:
            yield sum(other.at for other in group) / len(group), group
            group = []
        group.append(line)
    if group:
        yield sum(other.at for other in group) / len(group), group


def _crossing(across: Sequence[Line], down: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Yield the lines that hang together by meeting one another."""
    left_across, left_down = set(range(len(across))), set(range(len(down)))
    while left_across:
        rows, columns = {left_across.pop()}, set[int]()
        ahead: list[tuple[bool, int]] = [(True, next(iter(rows)))]
        while ahead:
            is_row, number = ahead.pop()
            if is_row:
                met = {other for other in left_down if _meet(across[number], down[other])}
                left_down -= met
                columns |= met
            else:
                met = {other for other in left_across if _meet(across[other], down[number])}
                left_across -= met
                rows |= met
            ahead += [(not is_row, other) for other in met]
        yield [across[number] for number in rows], [down[number] for number in columns]


def _meet(row: Line, column: Line) -> bool:
    return bool(
        row.start - _NEAR <= column.at <= row.end + _NEAR
        and column.start - _NEAR <= row.at <= column.end + _NEAR
    )


def _grid(across: Sequence[Line], down: Sequence[Line]) -> Grid | None:
    rows = tuple(sorted({line.at for line in across}, reverse=True))
    columns = tuple(sorted({line.at for line in down}))
    if len(rows) < 2 or len(columns) < 2:
        return None
    return Grid(rows, columns, tuple(_Boxes(rows, columns, across, down).merged()))


class _Boxes:
    """The boxes between all lines of a table, and which of them are one cell."""

    def __init__(
        self, rows: Sequence[float], columns: Sequence[float], across: Sequence[Line], down: Sequence[Line]
    ) -> None:
        self._rows, self._columns = rows, columns
        self._across = {at: [line for line in across if line.at == at] for at in rows}
        self._down = {at: [line for line in down if line.at == at] for at in columns}

    def merged(self) -> Iterator[Box]:
        """Yield the cells: boxes that no line parts; what is no rectangle is cut into rows."""
        seen: set[tuple[int, int]] = set()
        for row in range(1, len(self._rows)):
            for column in range(1, len(self._columns)):
                if (row, column) not in seen:
                    together = self._together((row, column))
                    seen |= together
                    yield from _rectangles(together)

    def _together(self, start: tuple[int, int]) -> set[tuple[int, int]]:
        found, ahead = {start}, [start]
        while ahead:
            row, column = ahead.pop()
            for other in self._open(row, column):
                if other not in found:
                    found.add(other)
                    ahead.append(other)
        return found

    def _open(self, row: int, column: int) -> Iterator[tuple[int, int]]:
        """The neighbours of a box that no line parts from it."""
        if column + 1 < len(self._columns) and not self._wall(row, column):
            yield row, column + 1
        if column > 1 and not self._wall(row, column - 1):
            yield row, column - 1
        if row + 1 < len(self._rows) and not self._floor(row, column):
            yield row + 1, column
        if row > 1 and not self._floor(row - 1, column):
            yield row - 1, column

    def _wall(self, row: int, column: int) -> bool:
        """Tell whether a line stands right of a box."""
        bottom, top = self._rows[row], self._rows[row - 1]
        return _covers(self._down[self._columns[column]], bottom, top)

    def _floor(self, row: int, column: int) -> bool:
        """Tell whether a line lies below a box."""
        left, right = self._columns[column - 1], self._columns[column]
        return _covers(self._across[self._rows[row]], left, right)


def _covers(lines: Sequence[Line], start: float, end: float) -> bool:
    covered = sum(max(0, min(line.end, end) - max(line.start, start)) for line in lines)
    return bool(covered >= _COVERED * (end - start))


def _rectangles(boxes: set[tuple[int, int]]) -> Iterator[Box]:
    """The boxes as rectangles: one if they are one, else the runs of each row, equal ones below joined."""
    open_runs: dict[tuple[int, int], Box] = {}
    for row in sorted({row for row, _ in boxes}):
        runs = list(_runs(sorted(column for at, column in boxes if at == row)))
        for run in list(open_runs):
            if run not in runs:
                yield open_runs.pop(run)
        for run in runs:
            above = open_runs.get(run)
            open_runs[run] = above._replace(bottom=row) if above else Box(row, run[0], row, run[1])
    yield from open_runs.values()


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = columns[0]
    for last, after in zip(columns, [*columns[1:], None], strict=True):
        if after is None or after != last + 1:
            yield start, last
            start = after if after is not None else start
