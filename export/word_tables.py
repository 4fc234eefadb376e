"""Tables in Word: a grid row by row, with spans, borders and heights of its own, and the bars of a chart."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from export import word_styles as styles
from export.pieces import Pieces
from export.word_xml import align, paragraph, run, twips
from model.paper.grid import Cell, Grid, Style
from model.paper.pages import Page
from model.paper.tall_rows import TALL_ROW_MM, is_short, kept_with_next
from model.report.prose import Bars
from model.report.prose_pages import (
    BAR_COLUMNS_MM,
    BAR_GAP_MM,
    BAR_MM,
    BAR_ROW_MM,
    BAR_TEXT,
    bar_permille,
    bar_text,
)

_THIN, _FRAME = 4, 8  # eighths of a point
_LOWER_MM = 0.3  # than in the PDF is a row, so that its lines do not make a page overflow
_CENTRED_SIDE = 0.5  # of a side's padding, for Word lets no bracket stand half outside as our lines do
_FILL = "595959"  # dark enough for a photocopier
_ORDER = ("top", "left", "bottom", "right")  # of borders and margins, as the schema has them

_Sides = tuple[int, int, int, int]  # thickness of top, left, bottom, right


@dataclass(frozen=True, slots=True)
class _Spot:
    """A cell in its rows of the table, with the text it shows there."""

    cell: Cell
    rows: range
    text: str


def flowing_table(grid: Grid, first: int = 0, *, is_signed: bool = False) -> str:
    """Return a grid, from row `first` on, as one table; Word cuts it between rows and repeats its heading.

    The end of one that is signed stands with what follows.
    """
    spots = [
        _Spot(cell, range(cell.row - first, cell.row - first + cell.rowspan), _label(cell))
        for cell in grid.cells
        if cell.row >= first
    ]
    head = max((h.last + 1 - first for h in grid.headings if h.first <= first), default=0)
    heights = grid.heights_mm[first:]
    kept = set(range(len(heights) - 1)) if is_short(grid) else {*kept_with_next(head, len(heights))}
    kept |= {len(heights) - 1} if is_signed else set()
    return _Table(grid.widths_mm, heights, spots, repeated=head, kept=kept).xml()


def page_table(grid: Grid, page: Page, pieces: Pieces) -> str:
    """Return what of a grid stands on one page as a table."""
    spots = [_Spot(part.cell, part.rows, pieces.text(part)) for part in page.placed]
    return _Table(grid.widths_mm, page.heights_mm, spots, repeated=len(page.heading), kept=()).xml()


def _label(cell: Cell) -> str:
    return "\n".join(cell.lines) if cell.style.upright else cell.text


class _Table:
    """A table of cells; `repeated` rows stand again on every page, `kept` ones with the row after them."""

    def __init__(
        self,
        widths_mm: Sequence[float],
        heights_mm: Sequence[float],
        spots: Iterable[_Spot],
        *,
        repeated: int,
        kept: Container[int],
    ) -> None:
        self._edges = _edges(widths_mm)
        self._heights = heights_mm
        self._repeated, self._kept = repeated, kept
        self._at = {(row, spot.cell.col): spot for spot in spots for row in spot.rows}
        bordered = {row for (row, _), spot in self._at.items() if spot.cell.style.border}
        self._tops = {row for row in bordered if row - 1 not in bordered}
        self._ends = {row for row in bordered if row + 1 not in bordered}

    def xml(self) -> str:
        """Return the table."""
        rows = (self._row(row) for row in range(len(self._heights)))
        return table(self._edges, "".join(rows), centred=True)

    def _row(self, row: int) -> str:
        cells, col = [], 0
        while col < len(self._edges) - 1:
            spot = self._at.get((row, col))
            cells.append(self._cell(row, spot) if spot else _empty(self._edges[col + 1] - self._edges[col]))
            col += spot.cell.colspan if spot else 1
        height = self._heights[row]
        if height > TALL_ROW_MM:
            return f"<w:tr>{''.join(cells)}</w:tr>"  # Word may cut it where its page ends
        return table_row(cells, height - _LOWER_MM, repeated=row < self._repeated)

    def _cell(self, row: int, spot: _Spot) -> str:
        cell, style = spot.cell, spot.cell.style
        width = self._edges[cell.col + cell.colspan] - self._edges[cell.col]
        begins = row == spot.rows.start
        spans = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        if len(spot.rows) > 1:
            spans += '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
        looks = _borders(self._sides(row, spot)) + _margins(style)
        shown = _lines(spot.text if begins else "", style, keep=row in self._kept)
        return table_cell(width, shown, spans, looks)

    def _sides(self, row: int, spot: _Spot) -> _Sides:
        """Return the lines around a cell's part in one row, thicker at the frame."""
        if not spot.cell.style.border:
            return 0, 0, 0, 0
        last_col = spot.cell.col + spot.cell.colspan == len(self._edges) - 1
        return (
            _line(row == spot.rows.start, row in self._tops),
            _line(True, spot.cell.col == 0),
            _line(row == spot.rows[-1], row in self._ends),
            _line(True, last_col),
        )


def _line(is_there: bool, at_frame: bool) -> int:
    return (_FRAME if at_frame else _THIN) if is_there else 0


def _lines(text: str, style: Style, keep: bool) -> str:
    """Return the paragraph of a cell."""
    weight = "<w:b/><w:bCs/>" if style.bold else ""
    together = "<w:keepNext/>" if keep else ""
    look = together + styles.pitch(style) + align(style.align)
    return paragraph(styles.CELL, run(text, weight + styles.size(style)), look)


# ---- parts of any table --------------------------------------------------------------------------


def table(edges: Sequence[int], rows: str, *, centred: bool = False) -> str:
    """Return a table with these edges of columns, in twentieths of a point."""
    columns = "".join(f'<w:gridCol w:w="{right - left}"/>' for left, right in pairwise(edges))
    middle = '<w:jc w:val="center"/>' if centred else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{edges[-1]}" w:type="dxa"/>{middle}'
        f'<w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def table_row(cells: Iterable[str], height_mm: float, *, repeated: bool = False, exact: bool = False) -> str:
    """Return a row that no page break cuts, at least so high."""
    rule = "exact" if exact else "atLeast"
    height = f'<w:trHeight w:val="{twips(height_mm)}" w:hRule="{rule}"/>'
    header = "<w:tblHeader/>" if repeated else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{header}</w:trPr>{''.join(cells)}</w:tr>"


def table_cell(width: int, paragraphs: str, spans: str = "", looks: str = "") -> str:
    """Return a cell; its spans come before its looks."""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{spans}{looks}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def _empty(width: int) -> str:
    return table_cell(width, paragraph(styles.CELL, ""))


def _edges(widths_mm: Sequence[float]) -> list[int]:
    """Return where columns begin and end; rounded once, so that they add up."""
    return [twips(sum(widths_mm[:col])) for col in range(len(widths_mm) + 1)]


def _borders(sides: _Sides) -> str:
    lines = (
        f'<w:{name} w:val="single" w:sz="{side}" w:space="0" w:color="000000"/>'
        if side
        else f'<w:{name} w:val="nil"/>'
        for name, side in zip(_ORDER, sides, strict=True)
    )
    return f"<w:tcBorders>{''.join(lines)}</w:tcBorders>"


def _margins(style: Style) -> str:
    side = style.side_mm * (_CENTRED_SIDE if style.align == "center" else 1.0)
    top = max(style.top_mm - _LOWER_MM / 2, 0.0)
    return _padding((top, side, top, side))


def _padding(sides_mm: tuple[float, float, float, float]) -> str:
    sides = zip(_ORDER, sides_mm, strict=True)
    margins = "".join(f'<w:{name} w:w="{twips(mm)}" w:type="dxa"/>' for name, mm in sides)
    return f"<w:tcMar>{margins}</w:tcMar>"


# ---- bars ----------------------------------------------------------------------------------------


def bars_table(part: Bars) -> str:
    """Return bars as a table: name, a shaded and an empty cell, points; low rows keep the bars apart."""
    name_mm, bar_mm, points_mm = BAR_COLUMNS_MM
    left = twips(name_mm)
    ends = [left + twips(bar_mm * bar_permille(bar) / 1000) for bar in part.bars]
    right = left + twips(bar_mm)
    edges = sorted({0, left, *ends, right, right + twips(points_mm)})
    rows = []
    for n, (bar, end) in enumerate(zip(part.bars, ends, strict=True), start=1):
        name = table_cell(left, _bar_text(bar.name), looks=_padding((0.0, 0.0, 0.0, BAR_GAP_MM)))
        reached = _bar_text(bar_text(bar))
        last = table_cell(twips(points_mm), reached, looks=_padding((0.0, BAR_GAP_MM, 0.0, 0.0)))
        rows.append(table_row([name, *_bar_cells(edges, left, end, right), last], BAR_MM))
        rows.append(_space_row(edges, BAR_ROW_MM - BAR_MM, keep=n < len(part.bars)))
    return table(edges, "".join(rows))


def _bar_cells(edges: Sequence[int], left: int, end: int, right: int) -> Iterator[str]:
    """Yield the filled part of a bar and what is left of it, where there is such a part."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{_FILL}"/>'
    for start, stop, shade in ((left, end, fill), (end, right, "")):
        if start < stop:
            span = sum(start <= edge < stop for edge in edges)
            spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            sides = (_THIN, _line(start == left, False), _THIN, _line(stop == right, False))
            yield table_cell(stop - start, _bar_text(""), spans, _borders(sides) + shade)


def _bar_text(text: str) -> str:
    look = "<w:keepNext/>" + styles.pitch(BAR_TEXT)
    return paragraph(styles.CELL, run(text, styles.size(BAR_TEXT)), look)


def _space_row(edges: Sequence[int], height_mm: float, keep: bool) -> str:
    together = "<w:keepNext/>" if keep else ""
    low = paragraph(styles.CELL, "", f'{together}<w:spacing w:line="20" w:lineRule="exact"/>')
    cell = table_cell(edges[-1], low, f'<w:gridSpan w:val="{len(edges) - 1}"/>')
    return table_row([cell], height_mm, exact=True)
