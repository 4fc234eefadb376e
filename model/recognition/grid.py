"""A sheet as a grid: who owns a place, what begins in a row; tables of a text and the lines around them are one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from model.recognition.incoming import Place, SeenCell, SeenSheet

BEFORE, AFTER = "上方", "下方"  # where a line stands whose table is named


@dataclass(frozen=True, slots=True, eq=False)  # a cell is itself, whatever stands in it
class Cell:
    """A cell in its grid, rows and columns from 0; `text` is what it shows, without blanks around."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    seen: SeenCell

    @property
    def last_row(self) -> int:
        """The last row that the cell covers."""
        return self.row + self.rows - 1

    @property
    def end(self) -> int:
        """The column behind the cell."""
        return self.column + self.columns

    @property
    def is_line(self) -> bool:
        """Whether this is a line above or below a table."""
        return self.seen.place.column == 0

    def overlap(self, first: int, end: int) -> int:
        """Return how many columns the cell shares with the columns from `first` to before `end`."""
        return min(self.end, end) - max(self.column, first)


@dataclass(eq=False)
class Grid:
    """The cells of a sheet, or of tables that follow each other, by row; `aside` is what a person does not see."""

    name: str
    hidden: bool = False
    height: int = 0
    width: int = 0
    begins: dict[int, list[Cell]] = field(default_factory=dict)  # cells by the row they begin in, in order
    aside: list[SeenCell] = field(default_factory=list)
    _owners: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place."""
        return self._owners.get((row, column))

    def row(self, row: int) -> list[Cell]:
        """Return the cells that begin in a row, from left to right."""
        return self.begins.get(row, [])

    def filled(self, row: int) -> list[Cell]:
        """Return the cells with a text that begin in a row."""
        return [cell for cell in self.row(row) if cell.text]

    def across(self, row: int) -> list[Cell]:
        """Return all cells that cover a row, those that began above included."""
        found = dict.fromkeys(self._owners.get((row, column)) for column in range(self.width))
        return [cell for cell in found if cell is not None]

    def right_of(self, cell: Cell) -> Cell | None:
        """Return the cell right of another one, in its first row."""
        return self.at(cell.row, cell.end)

    def below(self, cell: Cell) -> Cell | None:
        """Return the cell below another one, in its first column."""
        return self.at(cell.last_row + 1, cell.column)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """All cells, row by row."""
        return tuple(cell for row in sorted(self.begins) for cell in self.begins[row])

    def add(self, cell: Cell) -> None:
        """Put a cell in its place; where another stands already, that one keeps it."""
        if (cell.row, cell.column) in self._owners:
            self.aside.append(cell.seen)
            return
        self.begins.setdefault(cell.row, []).append(cell)
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                self._owners.setdefault((row, column), cell)


def grids(sheets: Sequence[SeenSheet]) -> Iterator[Grid]:
    """Yield the grids of a file: one a worksheet; the tables of a text or of pages are one together."""
    for together, group in groupby(enumerate(sheets), key=_grouping):
        found = [sheet for _, sheet in group]
        yield joined(found) if together else joined(found[:1])


def _grouping(numbered: tuple[int, SeenSheet]) -> tuple[bool, int]:
    number, sheet = numbered
    return (False, number) if sheet.kind == "sheet" else (True, 0)


def joined(sheets: Sequence[SeenSheet]) -> Grid:
    """Return sheets one below the other as one grid; a line around a table is a cell as wide as the grid."""
    grid = Grid(sheets[0].name, sheets[0].hidden)
    grid.width = max((_width(sheet.cells) for sheet in sheets), default=1)
    for sheet in sheets:
        _add_lines(grid, sheet, sheet.before, BEFORE)
        _add_table(grid, sheet)
        _add_lines(grid, sheet, sheet.after, AFTER)
        grid.aside.extend(cell for cell in sheet.aside if cell.text.strip())
    for cells in grid.begins.values():
        cells.sort(key=lambda cell: cell.column)
    return grid


def _width(cells: Iterable[SeenCell]) -> int:
    return max((cell.place.column for cell in cells), default=1)


def _add_lines(grid: Grid, sheet: SeenSheet, lines: Sequence[str], where: str) -> None:
    for number, text in enumerate(lines, start=1):
        if text.strip():
            place = Place(f"{sheet.name} {where}", number, 0, sheet.kind)
            seen = SeenCell(text, "", 1, grid.width, place)
            grid.add(Cell(grid.height, 0, 1, grid.width, text.strip(), seen))
            grid.height += 1


def _add_table(grid: Grid, sheet: SeenSheet) -> None:
    """Merges are cut to what has content, so that one over a whole sheet costs nothing."""
    if not sheet.cells:
        return
    top = min(cell.place.row for cell in sheet.cells)
    height = max(cell.place.row for cell in sheet.cells) - top + 1
    for seen in sorted(sheet.cells, key=lambda cell: (cell.place.row, cell.place.column)):
        row, column = seen.place.row - top, seen.place.column - 1
        rows = max(1, min(seen.rows, height - row))
        columns = max(1, min(seen.columns, grid.width - column))
        grid.add(Cell(grid.height + row, column, rows, columns, _shown(seen.text), seen))
    grid.height += height


def _shown(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
