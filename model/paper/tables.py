"""Tables on a sheet: headings over several columns, rows that the user adds."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from model.document.answers import CellId
from model.forms.columns import CORE, Column, ColumnKind
from model.forms.definition import RowsBlock
from model.paper.grid import Heading
from model.paper.sheet import RANK, Figure, Sheet, amount_figure, edges_of, points_figure
from model.reading.reading import Form


class Place(NamedTuple):
    """A column and its edges."""

    column: Column
    start: float
    end: float


_Captions = tuple[tuple[str, int], ...]  # those of a column from above, each with the column it is only for


def placed(columns: Sequence[Column], edges: Sequence[float], at: int) -> Iterator[Place]:
    """Yield the columns with their edges, the first at edge number `at`."""
    for column in columns:
        yield Place(column, edges[at], edges[at + column.span])
        at += column.span


def put_heading(sheet: Sheet, places: Sequence[Place], rank: int | None = None) -> tuple[int, int]:
    """Put the captions of columns and return the first and the last of their rows.

    Neighbours share the captions above them; a column with fewer of them is as high as the others.
    """
    captions = [_captions(sheet, n, column) for n, (column, _, _) in enumerate(places)]
    depth = max(map(len, captions))
    rows = [sheet.row(sheet.look.row_mm, None if n else rank) for n in range(depth)]
    _put_captions(sheet, rows, list(zip(captions, places, strict=True)), 0)
    return rows[0], rows[-1]


def _captions(sheet: Sheet, n: int, column: Column) -> _Captions:
    above = tuple((caption, -1) for caption in column.above)
    return above if above and not column.caption else (*above, (sheet.form.filled(column.caption), n))


def _put_captions(
    sheet: Sheet, rows: Sequence[int], columns: Sequence[tuple[_Captions, Place]], level: int
) -> None:
    """Put the captions of a level; equal ones beside each other are one cell, with the next level below."""
    for (caption, is_last), group in groupby(
        columns, key=lambda entry: (entry[0][level], len(entry[0]) == level + 1)
    ):
        members = list(group)
        start, end = members[0][1][1], members[-1][1][2]
        span = len(rows) - level if is_last else 1
        sheet.put(rows[level], start, end, caption[0], sheet.head, label=True, rowspan=span)
        if not is_last:
            _put_captions(sheet, rows, members, level + 1)


# --- rows that the user adds


def rows_block(sheet: Sheet, block: RowsBlock) -> None:
    """Put the rows of a table; an empty one where there is none."""
    edges = edges_of(block.widths_mm)
    places = list(placed(block.columns, edges, block.label_span))
    first, last = put_heading(sheet, places, RANK.GOAL)
    for n, row_id in enumerate(sheet.form.answers.rows.get(block.id, ("",))):
        row = sheet.row(sheet.look.row_mm, RANK.ROW if n else None)
        for column, start, end in places:
            put_text(sheet, row, start, end, column, f"{row_id}.{column.key}" if row_id else "")
    sheet.label(first, 0.0, edges[block.label_span], block.label, rowspan=len(sheet.minimum) - first)
    sheet.headings.append(Heading(first, last, len(sheet.minimum) - 1))


def put_text(sheet: Sheet, row: int, start: float, end: float, column: Column, cell: CellId) -> None:
    """Put what was typed in a cell of a column, as its kind is printed."""
    text = sheet.form.answers.text(cell)
    if column.kind in _FIGURES:
        figure = figure_of(column, text, sheet.form)
        style = sheet.body._replace(align=column.align or "center")
        sheet.put(row, start, end, figure.text, style, figure=figure, source=cell)
    else:
        sheet.value(row, start, end, text, cell, column.align or None)


def figure_of(column: Column, text: str, form: Form) -> Figure:
    """Return what was typed in a column as it is printed."""
    return _FIGURES[column.kind](text, form) if column.kind in _FIGURES else Figure(text)


_FIGURES: dict[ColumnKind, Callable[[str, Form], Figure]] = {
    "money": amount_figure,
    "points": lambda text, form: points_figure(text),
    "flag": lambda text, form: Figure(CORE if text else ""),
}
