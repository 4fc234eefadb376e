"""Forms that stand side by side on a sheet: an area whose captions come twice in a row is parted there."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from model.recognition.area import Area, Cell
from model.recognition.captions import Vocabulary, plain

_FEWEST = 3  # captions that must come again


def parted(area: Area, words: Vocabulary) -> list[Area]:
    """Return an area as the areas of the forms that stand in it side by side; itself where there is one."""
    cut = next(_cuts(area, words), 0)
    return [_part(area, 0, cut), *parted(_part(area, cut, area.width), words)] if cut else [area]


def _cuts(area: Area, words: Vocabulary) -> Iterator[int]:
    """Yield the columns where the captions of a table of indicators begin again in the same row."""
    for row in range(area.height):
        cells = area.filled(row)
        half = _repeated(cells)
        keys = {words.find("indicators", cell.text) for cell in cells[:half]}
        if half and "name" in keys and keys & {"target", "actual"}:
            yield cells[half].column


def _repeated(cells: Sequence[Cell]) -> int:
    """How many captions of a row come again in the same order right behind them; 0 for none."""
    texts = [plain(cell.text) for cell in cells]
    halves = range(_FEWEST, len(texts) // 2 + 1)
    return next((n for n in halves if texts[:n] == texts[n : 2 * n]), 0)


def _part(area: Area, first: int, end: int) -> Area:
    """Return some columns of an area; a line over more than these belongs to each part."""
    part = Area(area.name, area.hidden, area.height, end - first)
    for cell in area.cells:
        left, right = max(cell.column, first), min(cell.end, end)
        if left < right:
            part.add(replace(cell, column=left - first, columns=right - left))
    part.aside = [(row, seen) for row, seen in area.aside if first <= max(seen.place.column - 1, 0) < end]
    return part
