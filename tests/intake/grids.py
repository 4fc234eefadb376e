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
