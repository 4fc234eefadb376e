"""An annex: a heading and a table of texts on lying paper, drawn up as a sheet of its own."""

from collections.abc import Iterable, Sequence

from model.basics import number
from model.basics.metrics import Metrics
from model.paper.grid import Cell, Grid, Heading, Paper, Style
from model.paper.measure import break_lines
from model.paper.tall_rows import breaks_of_list, cut_tall

_LANDSCAPE = Paper(width=297.0, height=210.0, left=14.0, right=14.0, top=14.0, bottom=20.0)
_TITLE = Style(14.0, bold=True, align="center", border=False, pitch=1.5)
_TEXT = Style(9.0, pitch=1.36)
_CENTRED = _TEXT._replace(align="center")
_HEAD = _CENTRED._replace(bold=True)

Row = tuple[str, ...]
Columns = Sequence[tuple[str, float]]  # caption and width in millimetres


def annex_grid(
    title: str,
    footer: str,
    columns: Columns,
    rows: Iterable[Row],
    metrics: Metrics,
    *,
    figures: Sequence[str] = (),
    mark: str = "",
) -> Grid:
    """Return the table as a sheet; columns named in `figures` hold points and are centred.

    The heading is repeated on every page; a page may begin before any row, and inside one that no page holds.
    """
    names = tuple(name for name, _ in columns)
    cells = [Cell(0, 0, title, _TITLE, (title,), colspan=len(columns))]
    heights = [10.0]
    for n, row in enumerate((names, *rows), start=1):
        line = [_cell(n, col, text, columns[col], figures, metrics) for col, text in enumerate(row)]
        cells += line
        heights.append(max(7.0, *(cell.style.height_mm(len(cell.lines)) for cell in line)))
    last = len(heights) - 1
    sheet = Grid(
        name=title,
        running_title=title,
        footer=footer,
        widths_mm=tuple(width for _, width in columns),
        heights_mm=tuple(round(height, 2) for height in heights),
        cells=tuple(cells),
        breaks=breaks_of_list(2, last + 1, 0),
        headings=(Heading(1, 1, last),),
        paper=_LANDSCAPE,
        mark=mark,
    )
    return cut_tall(sheet)


def _cell(
    row: int, col: int, text: str, column: tuple[str, float], figures: Sequence[str], metrics: Metrics
) -> Cell:
    name, width = column
    style = _HEAD if row == 1 else _CENTRED if name in figures else _TEXT
    lines = break_lines(text, width - 2 * style.side_mm, style, metrics)
    value = number.parse_number(text) if row > 1 and name in figures else None
    number_format = number.show_score(value)[1] if value is not None else ""
    return Cell(row, col, text, style, lines, value=value, number_format=number_format)
