"""A table on lying paper: title, captions on every page, rows, a note below; drawn by every output."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from model.basics.metrics import Metrics
from model.paper.grid import Align, Cell, Grid, Heading, Paper, Style
from model.paper.measure import break_lines
from model.paper.tall_rows import breaks_of_list, cut_tall

_LYING = Paper(width=297.0, height=210.0, left=14.0, right=14.0, top=14.0, bottom=20.0)
_TITLE = Style(16.0, bold=True, align="center", border=False, pitch=1.5)
_NOTE = Style(9.0, border=False, side_mm=0.4, top_mm=0.6)
_TEXT = Style(9.0)
_HEAD = _TEXT._replace(bold=True, align="center")
_ROW_MM, _TITLE_MM = 7.0, 12.0


class Content(NamedTuple):
    """What stands in a cell: a text, and of a figure its value and the format that shows it as this text."""

    text: str
    value: Decimal | None = None
    number_format: str = ""


class Column(NamedTuple):
    """A column of a table: caption, width in millimetres, how its texts stand."""

    caption: str
    width_mm: float
    align: Align = "left"


def table_grid(
    name: str,
    title: str,
    note: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Content]],
    metrics: Metrics,
) -> Grid:
    """Return a table on lying paper; a page may begin before any row, and then repeats the captions."""
    count = len(columns)
    cells = [Cell(0, 0, title, _TITLE, (title,), colspan=count)]
    heights = [_TITLE_MM]
    for n, row in enumerate(([Content(column.caption) for column in columns], *rows), start=1):
        drawn = list(_row(n, row, columns, metrics))
        cells += drawn
        heights.append(round(max(_ROW_MM, *(cell.style.height_mm(len(cell.lines)) for cell in drawn)), 2))
    last = len(heights) - 1
    if note:
        cells.append(Cell(last + 1, 0, note, _NOTE, (note,), colspan=count))
        heights.append(_ROW_MM)
    sheet = Grid(
        name=name,
        running_title=title,
        footer=title,
        widths_mm=tuple(column.width_mm for column in columns),
        heights_mm=tuple(heights),
        cells=tuple(cells),
        breaks=breaks_of_list(2, len(heights), 0),
        headings=(Heading(1, 1, last),),
        paper=_LYING,
    )
    return cut_tall(sheet)


def _row(n: int, row: Sequence[Content], columns: Sequence[Column], metrics: Metrics) -> Iterator[Cell]:
    for col, (content, column) in enumerate(zip(row, columns, strict=True)):
        style = _HEAD if n == 1 else _TEXT._replace(align=column.align)
        lines = tuple(break_lines(content.text, column.width_mm - 2 * style.side_mm, style, metrics))
        yield Cell(
            n, col, content.text, style, lines, value=content.value, number_format=content.number_format
        )
