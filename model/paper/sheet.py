"""A sheet in the making: rows, cells between edges, title, heights; and figures as they are printed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from model.basics import number
from model.basics.metrics import Metrics
from model.document.answers import CellId
from model.exchange.checkcode import check_code, qr_text
from model.paper.explain import explanation_grid
from model.paper.grid import Align, Cell, Cut, Grid, Heading, Paper, Style
from model.paper.measure import break_label, break_lines, text_width, upright_lines
from model.paper.tall_rows import INSIDE, Rows
from model.reading.reading import Form

TITLE_PT, APPENDIX_PT, APPENDIX_MM = 18.0, 10.5, 6.0
QR_MM = 14.0
UPRIGHT_MM = 14.0  # a label column narrower than this stands upright
HEAD_SIDE_MM = 0.9
NARROW_MM, SIDE_MM, NARROW_SIDE_MM, UPRIGHT_SIDE_MM = 20.0, 0.15, 1.2, 0.6  # SIDE_MM by point of the text


class Rank(NamedTuple):
    """How good a place for the end of a page is; see Grid.breaks."""

    GOAL: int = 0
    LEVEL1: int = 1
    LEVEL2: int = 2
    ROW: int = 3
    INSIDE: int = INSIDE


RANK = Rank()


class Sheet:
    """Gathers rows and cells of one sheet; columns are edges in millimetres, merged from all blocks."""

    def __init__(self, form: Form, metrics: Metrics) -> None:
        self.form, self.metrics = form, metrics
        self.look = form.definition.look
        width, height = self.look.paper_mm
        side, top = self.look.side_mm, self.look.top_mm
        self.paper = Paper(width, height, left=side, right=side, top=top)
        blocks = [edges_of(block.widths_mm) for block in form.definition.blocks]
        self.edges = sorted({edge for edges in blocks for edge in edges})
        self.minimum: list[float] = []
        self.cells: list[Cell] = []
        self.breaks: dict[int, int] = {}
        self.headings: list[Heading] = []
        self.body = Style(self.look.text_pt, pitch=self.look.pitch, side_mm=SIDE_MM * self.look.text_pt)
        self.centred = self.body._replace(align="center")
        self.head = self.centred._replace(bold=True, side_mm=HEAD_SIDE_MM)

    # --- building

    def row(self, minimum_mm: float = 0.0, rank: int | None = None) -> int:
        """Open a row of at least this height and return it; with a rank, a page may begin before it."""
        if rank is not None:
            self.breaks[len(self.minimum)] = rank
        self.minimum.append(minimum_mm)
        return len(self.minimum) - 1

    def width(self, start_mm: float, end_mm: float, style: Style) -> float:
        """Return what a cell between two edges leaves for text."""
        return end_mm - start_mm - 2 * style.side_mm

    def put(
        self,
        row: int,
        start_mm: float,
        end_mm: float,
        text: str,
        style: Style,
        *,
        label: bool = False,
        rowspan: int = 1,
        cut: Cut = "flow",
        figure: "Figure | None" = None,
        source: CellId = "",
    ) -> None:
        """Put a cell between two edges; its text is broken to the width."""
        if end_mm - start_mm < NARROW_MM:
            style = style._replace(
                side_mm=min(style.side_mm, UPRIGHT_SIDE_MM if style.upright else NARROW_SIDE_MM)
            )
        first, last = self._column(start_mm), self._column(end_mm)
        width = self.width(start_mm, end_mm, style)
        breaker = upright_lines if style.upright else break_label if label else break_lines
        self.cells.append(
            Cell(
                row,
                first,
                text,
                style,
                lines=tuple(breaker(text, width, style, self.metrics)),
                rowspan=rowspan,
                colspan=last - first,
                value=figure.value if figure else None,
                number_format=figure.number_format if figure else "",
                cut=cut,
                source=self.form.at(source) if source else None,
            )
        )

    def _column(self, edge_mm: float) -> int:
        return self.edges.index(edge_mm)

    def label(self, row: int, start_mm: float, end_mm: float, text: str, rowspan: int = 1) -> None:
        """Put a caption at the left of `rowspan` rows, upright where narrow; the next page repeats it."""
        style = self.head._replace(upright=True, pitch=1.28) if end_mm - start_mm < UPRIGHT_MM else self.head
        self.put(row, start_mm, end_mm, text, style, label=True, rowspan=rowspan, cut="repeat")

    def value(
        self, row: int, start_mm: float, end_mm: float, text: str, source: CellId, align: Align | None
    ) -> None:
        """Put what the clerk typed: centred where it fits on a line, else from the left, unless said."""
        style = self.body._replace(align=align) if align else self._fitting(text, start_mm, end_mm)
        self.put(row, start_mm, end_mm, text, style, source=source)

    def _fitting(self, text: str, start_mm: float, end_mm: float) -> Style:
        width = text_width(text, self.body.size_pt, False, self.metrics)
        fits = "\n" not in text and width <= self.width(start_mm, end_mm, self.body)
        return self.centred if fits else self.body

    # --- title

    def title(self) -> None:
        """The title above the frame, level with the square at the right."""
        left, right = self.edges[0], self.edges[-1]
        style = Style(
            TITLE_PT, bold=True, align="center", pitch=9 / (TITLE_PT * 25.4 / 72), top_mm=0, border=False
        )
        style = style._replace(side_mm=QR_MM + 3)
        height = self._appendix(left, right)
        for text in self._title_lines(style, right - left):
            row = self.row(9.0)
            self.put(row, left, right, text, style)
            height += 9.0 * len(self.cells[-1].lines)
        gap = self.row(max(QR_MM + 1 - height, 4.0))
        self.put(gap, left, right, "", style._replace(size_pt=1.0))

    def _appendix(self, left: float, right: float) -> float:
        """Which appendix of a regulation the form is, small above the title; return the height it takes."""
        if not self.form.definition.appendix:
            return 0.0
        style = Style(APPENDIX_PT, border=False, side_mm=0, top_mm=0)
        self.put(self.row(APPENDIX_MM), left, right, self.form.definition.appendix, style)
        return APPENDIX_MM

    def _title_lines(self, style: Style, width_mm: float) -> Iterator[str]:
        """The lines of the title; one that is too long ends before the name of the form."""
        name = self.form.definition.name
        for text in self.form.title:
            fits = text_width(text, style.size_pt, True, self.metrics) <= width_mm - 2 * style.side_mm
            if fits or not text.endswith(name) or text == name:
                yield text
            else:
                yield from (text.removesuffix(name), name)

    # --- the finished grid

    def grid(self, mark: str) -> Grid:
        form = self.form
        code = check_code(form)
        rows = Rows(row_heights(self.minimum, self.cells))
        return Grid(
            name=form.name if form.project else form.definition.name,
            running_title=form.filled(form.definition.running_title),
            footer=f"{form.definition.name} · {form.answers.year} 年度",
            widths_mm=tuple(b - a for a, b in zip(self.edges, self.edges[1:], strict=False)),
            heights_mm=rows.heights,
            cells=rows.cells(self.cells),
            breaks=rows.breaks(self.breaks),
            headings=tuple(rows.heading(heading) for heading in self.headings),
            paper=self.paper,
            check_code=code,
            qr=qr_text(form, code),
            mark=mark,
            annex=explanation_grid(form, self.metrics, mark) if form.definition.is_scored else None,
        )


def edges_of(widths_mm: Sequence[float]) -> list[float]:
    return [0.0, *(round(edge, 2) for edge in accumulate(widths_mm))]


def row_heights(minimum: Sequence[float], cells: Iterable[Cell]) -> list[float]:
    """Return the height of each row: it holds its cells; one over several rows stretches them alike."""
    heights = list(minimum)
    spanning = []
    for cell in cells:
        if cell.rowspan > 1:
            spanning.append(cell)
        else:
            heights[cell.row] = max(heights[cell.row], _needed(cell))
    for cell in sorted(spanning, key=lambda cell: cell.rowspan):
        rows = range(cell.row, cell.row + cell.rowspan)
        lacking = _needed(cell) - sum(heights[row] for row in rows)
        if lacking > 0:
            for row in rows:
                heights[row] += lacking / cell.rowspan
    return [round(height, 2) for height in heights]


def _needed(cell: Cell) -> float:
    return len(cell.lines) * cell.style.line_mm + 2 * cell.style.top_mm


# --- figures


class Figure(NamedTuple):
    """A number as printed and how a spreadsheet shows the same."""

    text: str
    value: Decimal | None = None
    number_format: str = ""


def amount_figure(text: str, form: Form) -> Figure:
    return Figure(*number.show_typed_amount(text, commas=form.definition.look.commas))


def points_figure(text: str) -> Figure:
    """A weight or score as typed; a text that is no number is printed as it stands."""
    value = number.parse_points(text)
    return Figure(text) if value is None else score_figure(value)


def score_figure(value: Decimal | None) -> Figure:
    if value is None:
        return Figure("")
    text, number_format = number.show_score(value)
    return Figure(text, value, number_format)


def share_figure(value: Decimal | None) -> Figure:
    """A share in % with two decimals."""
    return Figure("") if value is None else Figure(f"{value}%", value.scaleb(-2), "0.00%")


def rate_figure(value: Fraction | None) -> Figure:
    if value is None:
        return Figure("")
    text, number_format = number.show_rate(value)
    shown = number.parse_percent(text)
    return Figure(text, shown[0] if shown else None, number_format)
