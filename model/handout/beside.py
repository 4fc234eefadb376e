"""What a form has no column for and a colleague should say all the same: right of the printed sheet.

Rows whose target is a number have a direction, others a level of what was reached; and points, where paper
prints none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from model.document.answers import CellId
from model.forms.columns import ROW_COLUMNS
from model.paper.grid import Cell, Grid, Style
from model.reading.reading import Form
from model.reading.scoring import Indicator

JUDGED = "方向或完成等次（不打印）"
POINTS = "分值（不打印）"
_WIDTH_MM = 24.0
_HEAD = Style(9.0, bold=True, align="center")
_TEXT = Style(9.0, align="center")
_NOTHING = Style(9.0, border=False)

Open = tuple[int, int, CellId, tuple[tuple[str, str], ...]]  # row, column, cell, what may be chosen


class Beside(NamedTuple):
    """Columns right of a sheet: captions, and the open cells with what may be chosen in them."""

    captions: tuple[str, ...]
    first_row: int
    spans: Mapping[int, int]
    open: tuple[Open, ...]
    texts: Mapping[CellId, str]

    def grid(self, grid: Grid, cells: Sequence[Cell]) -> Grid:
        """Return the sheet with these columns."""
        width, height = len(grid.widths_mm), len(grid.heights_mm)
        by_place = {(row, col): name for row, col, name, _ in self.open}
        more = [
            Cell(self.first_row - 1, width + n, caption, _HEAD, (caption,))
            for n, caption in enumerate(self.captions)
        ]
        for col in range(width, width + len(self.captions)):
            row = 0
            while row < height:
                name = by_place.get((row, col), "")
                text, span = self.texts.get(name, ""), self.spans.get(row, 1) if name else 1
                if row != self.first_row - 1:
                    style = _TEXT if name else _NOTHING
                    more.append(Cell(row, col, text, style, (text,), rowspan=span))
                row += span
        widths = (*grid.widths_mm, *(_WIDTH_MM for _ in self.captions))
        return replace(grid, cells=(*cells, *more), widths_mm=widths)


def beside(form: Form, rows: Mapping[str, range], printed: Collection[str], first_column: int) -> Beside:
    """Return what stands beside a form whose indicators take these rows and print these columns."""
    indicators = [row for row in form.sheet.indicators if row.id in rows and not row.is_execution]
    captions = [JUDGED] if "direction" not in printed and "level" not in printed else []
    captions += [POINTS] if "weight" not in printed and form.definition.is_scored else []
    if not (indicators and captions and form.definition.is_scored):
        return Beside((), 1, {}, (), {})
    found: list[Open] = []
    for row in indicators:
        at = rows[row.id].start
        for n, caption in enumerate(captions):
            column = _judged(row) if caption == JUDGED else "weight"
            choices = _choices(form, row) if caption == JUDGED else ()
            found.append((at, first_column + n, f"{row.id}.{column}", tuple((one, one) for one in choices)))
    spans = {rows[row.id].start: len(rows[row.id]) for row in indicators}
    first = min(rows[row.id].start for row in indicators)
    texts = {name: form.answers.text(name) for _, _, name, _ in found}
    return Beside(tuple(captions), first, spans, tuple(found), texts)


def _judged(row: Indicator) -> str:
    """Which cell says how a row is judged."""
    return "level" if row.target.kind in ("prose", "date") else "direction"


def _choices(form: Form, row: Indicator) -> Sequence[str]:
    if _judged(row) == "level":
        return [band.level for band in form.regulation.scheme.bands]
    return ROW_COLUMNS["direction"].choices
