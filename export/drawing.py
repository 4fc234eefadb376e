"""What forms and reports have in common on the paper of a PDF: rules, lines of text and tick boxes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from threading import Lock
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from export import fonts
from model.basics.metrics import BOXES
from model.forms.loader import metrics
from model.paper.grid import Paper, Style
from model.paper.measure import ASCENT, aligned, base_line, text_width
from model.paper.pages import Box, Page, Placed

PT = 72 / 25.4  # points in a millimetre
MARK_GREY = 0.6  # 40 % of black
ONE_AT_A_TIME = Lock()  # reportlab's fonts serve one document at a time

_RULE_PT, _FRAME_PT = 0.5, 1.0
_BOX_PT, _TICK_PT = 0.6, 1.1
_BOX = 0.74  # side of a tick box, in em
_INVISIBLE: Final = 3  # text render modes
_FILLED: Final = 0

_Line = tuple[float, float, float, float]


def new_canvas(buffer: BytesIO, title: str) -> Canvas:
    """Return a canvas that gives the same bytes for the same drawing, and names no person."""
    canvas = Canvas(
        buffer,
        pageCompression=1,
        invariant=1,  # the same input gives the same bytes
        initialFontName=fonts.regular(),  # type: ignore[arg-type]  # the stub says float
        lang="zh-CN",
    )
    canvas.setTitle(title)
    canvas.setCreator("ziping")
    canvas.setProducer("ziping")
    canvas.setAuthor("")
    canvas.setSubject("")
    return canvas


# ---- lines ---------------------------------------------------------------------------------------


def draw_rules(canvas: Canvas, paper: Paper, page: Page) -> None:
    """Draw the lines around the bordered cells of a grid's page, and its frames."""
    canvas.setLineWidth(_RULE_PT)
    canvas.lines([in_points(paper, *line) for line in _rules(page.placed)])
    canvas.setLineWidth(_FRAME_PT)
    for box in page.frames:
        canvas.rect(*rectangle(paper, box))


def in_points(paper: Paper, x1: float, y1: float, x2: float, y2: float) -> _Line:
    """Return the two points, given in millimetres from the upper left corner, as PDF has them."""
    bottom = paper.height
    x1, y1, x2, y2 = (round(mm * PT, 2) for mm in (x1, bottom - y1, x2, bottom - y2))
    return x1, y1, x2, y2


def rectangle(paper: Paper, box: Box) -> _Line:
    """Return a box as PDF has it: its lower left corner, width and height."""
    x1, y1, x2, y2 = in_points(paper, box.x, box.y, box.x + box.width, box.y + box.height)
    return x1, y2, x2 - x1, y1 - y2


def _rules(placed: Sequence[Placed]) -> Iterator[_Line]:
    """Yield the lines around the bordered cells, each once and as long as it goes."""
    across: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    down: defaultdict[float, list[tuple[float, float]]] = defaultdict(list)
    for box in (part.box for part in placed if part.cell.style.border):
        right, bottom = box.x + box.width, box.y + box.height
        for y in (box.y, bottom):
            across[round(y, 2)].append((box.x, right))
        for x in (box.x, right):
            down[round(x, 2)].append((box.y, bottom))
    for y, spans in across.items():
        yield from ((left, y, right, y) for left, right in _joined(spans))
    for x, spans in down.items():
        yield from ((x, top, x, bottom) for top, bottom in _joined(spans))


def _joined(spans: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 0.02:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


# ---- text ----------------------------------------------------------------------------------------


class PageText:
    """The text of one page: one text object, in reading order, and then the tick boxes that stand in it."""

    def __init__(self, canvas: Canvas, paper: Paper) -> None:
        self._canvas = canvas
        self._paper = paper
        self._text = canvas.beginText()
        self._font = ("", 0.0)
        self._spacing = 0.0
        self._boxes: list[tuple[str, float, float, float]] = []  # which, where (points), size

    def cell(self, placed: Placed) -> None:
        """Put the lines of a cell into their box."""
        style, box = placed.cell.style, placed.box
        base = box.y + (box.height - len(placed.lines) * style.line_mm) / 2 + base_line(style)
        for number, line in enumerate(placed.lines):
            x = line_start(line, style, box)
            self.line(line, style.size_pt, style.bold, x, base + number * style.line_mm)

    def line(
        self,
        line: str,
        size_pt: float,
        bold: bool,
        x_mm: float,
        base_mm: float,
        *,
        spacing_mm: float = 0.0,
        grey: bool = False,
    ) -> None:
        """Put one line where it begins, with `spacing_mm` more between its characters."""
        if not line or line.isspace():
            return
        x, y = x_mm * PT, (self._paper.height - base_mm) * PT
        self._text.setTextOrigin(round(x, 2), round(y, 2))
        self._space(round(spacing_mm * PT, 3))
        if grey:
            self._text.setFillGray(MARK_GREY)
        for is_box, run in groupby(line, BOXES.__contains__):
            part = "".join(run)
            if is_box:
                self._text.setTextRenderMode(_INVISIBLE)
                step = size_pt + self._spacing
                self._boxes += [(box, x + at * step, y, size_pt) for at, box in enumerate(part)]
            for font, chars in fonts.runs(part, bold):
                self._set_font(font, size_pt)
                self._text.textOut(chars)
            if is_box:
                self._text.setTextRenderMode(_FILLED)
            x += text_width(part, size_pt, bold, metrics()) * PT + len(part) * self._spacing
        if grey:
            self._text.setFillGray(0)

    def finish(self) -> None:
        """Draw what was put."""
        self._canvas.drawText(self._text)
        for box in self._boxes:
            _draw_box(self._canvas, *box)

    def _set_font(self, font: str, size_pt: float) -> None:
        if self._font != (font, size_pt):
            self._font = font, size_pt
            self._text.setFont(font, size_pt)

    def _space(self, spacing_pt: float) -> None:
        if self._spacing != spacing_pt:
            self._spacing = spacing_pt
            self._text.setCharSpace(spacing_pt)


def line_start(line: str, style: Style, box: Box) -> float:
    """Return where a line begins in its box."""
    if style.align == "left":
        return box.x + style.side_mm
    width = box.width - (style.side_mm if style.align == "right" else 0.0)
    return box.x + aligned(line, style, width, metrics())


_STROKES = {
    "☑": ((0.18, 0.52, 0.42, 0.20), (0.42, 0.20, 0.86, 0.86)),
    "☒": ((0.2, 0.2, 0.8, 0.8), (0.2, 0.8, 0.8, 0.2)),
}


def _draw_box(canvas: Canvas, box: str, x: float, base: float, size_pt: float) -> None:
    """Draw a tick box over the place that the invisible character takes on its line."""
    side = _BOX * size_pt
    left, bottom = x + (size_pt - side) / 2, base + (ASCENT - 0.5) * size_pt - side / 2
    canvas.setLineWidth(_BOX_PT)
    canvas.rect(left, bottom, side, side)
    canvas.setLineWidth(_TICK_PT)
    for x1, y1, x2, y2 in _STROKES.get(box, ()):
        canvas.line(left + x1 * side, bottom + y1 * side, left + x2 * side, bottom + y2 * side)
