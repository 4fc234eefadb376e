"""A sheet as an area of cells: who owns a place, what begins in a row; tables of a text are one area."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from model.recognition.incoming import Place, SeenCell, SeenSheet

BEFORE, AFTER = "上方", "下方"  # where a line stands whose table is named


@dataclass(frozen=True, slots=True, eq=False)  # a cell is itself, whatever stands in it
class Cell:
    """A cell in its area, rows and columns from 0; `text` is what it shows, without blanks around."""

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
class Area:
    """The cells of a sheet, or of tables that follow each other; `aside` is what a person does not see."""

    name: str
    hidden: bool = False
    height: int = 0
    width: int = 0
    begins: dict[int, list[Cell]] = field(default_factory=dict)  # cells by the row they begin in, in order
    aside: list[tuple[int, SeenCell]] = field(default_factory=list)  # with the row they stand in
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
            self.aside.append((cell.row, cell.seen))
            return
        self.begins.setdefault(cell.row, []).append(cell)
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                self._owners.setdefault((row, column), cell)


def areas(sheets: Sequence[SeenSheet]) -> Iterator[Area]:
    """Yield the areas of a file: one a worksheet; the tables of a text or of pages are one together."""
    for together, group in groupby(enumerate(sheets), key=_grouping):
        found = [sheet for _, sheet in group]
        yield joined(found) if together else joined(found[:1])


def _grouping(numbered: tuple[int, SeenSheet]) -> tuple[bool, int]:
    number, sheet = numbered
    return (False, number) if sheet.kind == "sheet" else (True, 0)


def joined(sheets: Sequence[SeenSheet]) -> Area:
    """Return sheets one below the other as one area; a line around a table is a cell as wide as the area."""
    area = Area(sheets[0].name, sheets[0].hidden)
    area.width = max((_width(sheet.cells) for sheet in sheets), default=1)
    for sheet in sheets:
        _add_lines(area, sheet, sheet.before, BEFORE)
        _add_table(area, sheet)
        _add_lines(area, sheet, sheet.after, AFTER)
    for cells in area.begins.values():
        cells.sort(key=lambda cell: cell.column)
    return area


def _width(cells: Iterable[SeenCell]) -> int:
    return max((cell.place.column for cell in cells), default=1)


def _add_lines(area: Area, sheet: SeenSheet, lines: Sequence[str], where: str) -> None:
    for number, text in enumerate(lines, start=1):
        if text.strip():
            place = Place(f"{sheet.name} {where}", number, 0, sheet.kind)
            seen = SeenCell(text, "", 1, area.width, place)
            area.add(Cell(area.height, 0, 1, area.width, text.strip(), seen))
            area.height += 1


def _add_table(area: Area, sheet: SeenSheet) -> None:
    """Merges are cut to what has content, so that one over a whole sheet costs nothing."""
    if not sheet.cells:
        return
    top = min(cell.place.row for cell in sheet.cells)
    height = max(cell.place.row for cell in sheet.cells) - top + 1
    for seen in sorted(sheet.cells, key=lambda cell: (cell.place.row, cell.place.column)):
        row, column = seen.place.row - top, seen.place.column - 1
        rows = max(1, min(seen.rows, height - row))
        columns = max(1, min(seen.columns, area.width - column))
        text = unwrapped(_shown(seen.text)) if sheet.kind == "page" else _shown(seen.text)
        area.add(Cell(area.height + row, column, rows, columns, text, seen))
    area.aside.extend((area.height + seen.place.row - top, seen) for seen in sheet.aside if seen.text.strip())
    area.height += height


_ENDS = "。；;：:！!？?"
_ITEM = re.compile(
    r"\s*(?:[0-9]{1,2}[.、．)）](?![0-9])|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}[、是]|"
    r"(?:完成)?(?:年度|绩效|总体)*目标\s*[0-9一二三四五六七八九十])"
)


_RUN_ON = re.compile(
    r"(?<=[。；;])\s*(?=[（(][一二三四五六七八九十]{1,3}[)）]|(?:完成)?目标[0-9]{1,2}[：:]|[一二三四五六七八九十]是)"
)


def unwrapped(text: str) -> str:
    """Return a text of a page whose lines were broken to fit: they end where a sentence or item does."""
    lines = text.split("\n")
    found = lines[0]
    for line in lines[1:]:
        is_new = found.endswith(tuple(_ENDS)) or not found or bool(_ITEM.match(line))
        found += f"\n{line}" if is_new else line
    return _RUN_ON.sub("\n", found)


def _shown(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
