"""The judge of readers: the cells of a file held against its right reading in tests/data/intake/grids."""

import json
from pathlib import Path
from typing import NamedTuple

from model.recognition.incoming import Incoming, SeenCell

DATA = Path(__file__).parent.parent / "data" / "intake"
FILES, GRIDS, BAD = DATA / "files", DATA / "grids", DATA / "bad"


class Cell(NamedTuple):
    """A cell as it should be read: place from 1, how far it is merged, text, number."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    number: str


def expected(name: str) -> dict[str, list[Cell]]:
    """The right reading of a file, by sheet."""
    sheets = json.loads((GRIDS / f"{name}.json").read_text("utf-8"))
    return {
        sheet["name"]: [
            Cell(c["r"] + 1, c["c"] + 1, c["rs"], c["cs"], c["text"], c["num"] or "") for c in sheet["cells"]
        ]
        for sheet in sheets
    }


def found(incoming: Incoming) -> dict[str, list[SeenCell]]:
    """What was read of a workbook, by sheet, with what is hidden."""
    return {sheet.name: [*sheet.cells, *sheet.aside] for sheet in incoming.sheets}


def faults(incoming: Incoming) -> list[str]:
    """Each cell of a workbook that is not read as it should be: missing, wrong, or one too many."""
    read = found(incoming)
    said = []
    for name, cells in expected(incoming.file).items():
        by_place = {(cell.place.row, cell.place.column): cell for cell in read.get(name, ())}
        for cell in cells:
            seen = by_place.pop((cell.row, cell.column), None)
            if seen is None:
                said += [f"{name} {cell} is missing"] * bool(cell.text or cell.rows * cell.columns > 1)
            elif (seen.text, seen.rows, seen.columns) != (cell.text, cell.rows, cell.columns):
                said.append(f"{name} {cell} was read as {seen}")
        said += [f"{name} {seen} is one too many" for seen in by_place.values() if seen.text]
    return said


def joined(incoming: Incoming) -> dict[tuple[int, int], Cell]:
    """The tables of a text or of pages as one grid: headings said once, what a page end cuts made whole."""
    grid: dict[tuple[int, int], Cell] = {}
    rows_seen: set[tuple[str, ...]] = set()
    shift = 0
    for sheet in incoming.sheets:
        rows: dict[int, list[SeenCell]] = {}
        for cell in sheet.cells:
            rows.setdefault(cell.place.row, []).append(cell)
        first = _texts(rows[1])
        repeated = len(first) > 3 and any(set(first) <= set(row) for row in rows_seen)
        skipped = 1 if repeated else 0
        rows_seen |= {_texts(row) for row in rows.values()}
        for cell in sheet.cells:
            if not (repeated and cell.place.row == 1):
                place = cell.place._replace(row=cell.place.row + shift - skipped)
                _add(grid, cell._replace(place=place), cell.place.row == 1 + skipped and shift > 0)
        shift += max(rows) - skipped
    return grid


def _texts(row: list[SeenCell]) -> tuple[str, ...]:
    return tuple(cell.text for cell in row if cell.text)


def _add(grid: dict[tuple[int, int], Cell], cell: SeenCell, may_go_on: bool) -> None:
    row, column = cell.place.row, cell.place.column
    if may_go_on and not cell.text:
        for place, above in grid.items():
            if above.text and place[1] == column and above.row + above.rows == row:
                grid[place] = above._replace(rows=above.rows + cell.rows)
                return
    grid[row, column] = Cell(row, column, cell.rows, cell.columns, cell.text, "")


def faults_of_text(incoming: Incoming, blanks_count: bool) -> list[str]:
    """Each cell of a document or PDF that is not read as it should be; a page does not tell its blanks."""
    read = joined(incoming)
    said = []
    (cells,) = expected(incoming.file).values()
    for cell in cells:
        seen = read.pop((cell.row, cell.column), None)
        if seen is None:
            said += [f"{cell} is missing"] * bool(cell.text or cell.rows * cell.columns > 1)
        elif not cell.text.startswith("@") and not _same(seen, cell, blanks_count):
            said.append(f"{cell} was read as {seen}")
    return said + [f"{seen} is one too many" for seen in read.values() if seen.text]


def _same(seen: Cell, right: Cell, blanks_count: bool) -> bool:
    if not blanks_count:
        seen = seen._replace(text="".join(seen.text.split()))
        right = right._replace(text="".join(right.text.split()))
    return seen[:5] == right[:5]
