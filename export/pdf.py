"""A Printout as PDF, drawn as `paginate` places it; the same printout gives the same bytes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from export import fonts
from export.qr import check_square
from model.grid import Align, Grid, Printout, Style
from model.loader import metrics
from model.measure import BOXES, blank_edges, text_width, visible
from model.pages import CONTINUED, Box, Page, Placed, paginate

_PT = 72 / 25.4  # points in a millimetre
_SMALL_PT = 9.0  # running title and footer
_MARK_GAP_MM, _MARK_GREY = 3.0, 0.6  # 40 % of black
_RUNNING_BASE_MM = 2.4  # of the running title, below the upper margin
_QR_MM = 14.0
_HIGHEST_QR_MM = 7.0
_RULE_PT, _FRAME_PT = 0.5, 1.0
_BOX_PT, _TICK_PT = 0.6, 1.1
_ASCENT = 0.88  # of a Chinese character above the base line, in em
_BOX = 0.74  # side of a tick box, in em
_INVISIBLE: Final = 3  # text render modes
_FILLED: Final = 0
_ONE_AT_A_TIME = Lock()  # reportlab's fonts serve one document at a time

Line = tuple[float, float, float, float]


def write(printout: Printout, path: Path) -> None:
    """Write the printout as a PDF file."""
    path.write_bytes(to_bytes(printout))


def to_bytes(printout: Printout) -> bytes:
    """Return the printout as PDF: each grid begins on a page of its own and counts its own pages."""
    with _ONE_AT_A_TIME:
        buffer = BytesIO()
        canvas = Canvas(
            buffer,
            pageCompression=1,
            invariant=1,  # the same input gives the same bytes
            initialFontName=fonts.regular(),  # type: ignore[arg-type]  # the stub says float
            lang="zh-CN",
        )
        _describe(canvas, printout)
        for grid in printout:
            _draw_grid(canvas, grid, mark=len(printout) > 1)
        canvas.save()
        return buffer.getvalue()


def _describe(canvas: Canvas, printout: Printout) -> None:
    canvas.setTitle("、".join(grid.running_title or grid.name for grid in printout))
    canvas.setCreator("ziping")
    canvas.setProducer("ziping")
    canvas.setAuthor("")
    canvas.setSubject("")


def _draw_grid(canvas: Canvas, grid: Grid, mark: bool) -> None:
    pages = paginate(grid)
    canvas.setPageSize((grid.paper.width * _PT, grid.paper.height * _PT))
    if mark:
        key = f"grid{canvas.getPageNumber()}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(grid.name, key)
    for number, page in enumerate(pages, 1):
        if number == 1 and grid.qr:
            _draw_qr(canvas, grid, page)
        _draw_rules(canvas, grid, page)
        _PageText(canvas, grid).draw(page, number, len(pages))
        canvas.showPage()


# ---- lines and QR --------------------------------------------------------------------------------


def _draw_rules(canvas: Canvas, grid: Grid, page: Page) -> None:
    canvas.setLineWidth(_RULE_PT)
    canvas.lines([_in_points(grid, *line) for line in _rules(page.placed)])
    canvas.setLineWidth(_FRAME_PT)
    for box in page.frames:
        x1, y1, x2, y2 = _in_points(grid, box.x, box.y, box.x + box.width, box.y + box.height)
        canvas.rect(x1, y2, x2 - x1, y1 - y2)


def _in_points(grid: Grid, x1: float, y1: float, x2: float, y2: float) -> Line:
    """Return the two points, given in millimetres from the upper left corner, as PDF has them."""
    bottom = grid.paper.height
    x1, y1, x2, y2 = (round(mm * _PT, 2) for mm in (x1, bottom - y1, x2, bottom - y2))
    return x1, y1, x2, y2


def _rules(placed: Sequence[Placed]) -> Iterator[Line]:
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


def _draw_qr(canvas: Canvas, grid: Grid, page: Page) -> None:
    """Draw the check square at the upper right, level with the title."""
    matrix = check_square(grid.qr).matrix
    module = _QR_MM / len(matrix)
    left = grid.paper.width - grid.paper.right - _QR_MM
    top = max(grid.paper.top + (page.heights_mm[0] - _QR_MM) / 2, _HIGHEST_QR_MM)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        for start, end in _dark_runs(modules):
            y = top + row * module
            x1, y1, x2, y2 = _in_points(grid, left + start * module, y, left + end * module, y + module)
            path.rect(x1, y2, x2 - x1, y1 - y2)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(modules: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for dark, run in groupby(modules):
        length = len(list(run))
        if dark:
            yield at, at + length
        at += length


# ---- text ----------------------------------------------------------------------------------------


class _PageText:
    """The text of one page: one text object, in reading order, and then the tick boxes that stand in it."""

    def __init__(self, canvas: Canvas, grid: Grid) -> None:
        self._canvas = canvas
        self._grid = grid
        self._text = canvas.beginText()
        self._font = ("", 0.0)
        self._boxes: list[tuple[str, float, float, float]] = []  # which, where (points), size

    def draw(self, page: Page, number: int, count: int) -> None:
        if number > 1:
            base = self._grid.paper.top + _RUNNING_BASE_MM
            self._marked(self._grid.running_title + CONTINUED, base)
        for placed in page.placed:
            self._cell(placed)
        self._footer(number, count)
        self._canvas.drawText(self._text)
        for box in self._boxes:
            _draw_box(self._canvas, *box)

    def _cell(self, placed: Placed) -> None:
        style, box = placed.cell.style, placed.box
        top = box.y + (box.height - len(placed.lines) * style.line_mm) / 2
        base = top + style.line_mm / 2 + (_ASCENT - 0.5) * style.size_pt / _PT
        for number, line in enumerate(placed.lines):
            x = _line_start(line, style, box)
            self._line(line, style.size_pt, style.bold, x, base + number * style.line_mm)

    def _footer(self, number: int, count: int) -> None:
        grid = self._grid
        base = grid.paper.height - grid.paper.footer
        self._marked(grid.footer, base)
        self._small(f"第 {number} 页 共 {count} 页", "center", base)
        if grid.check_code:
            self._small(f"校验码 {grid.check_code}", "right", base)

    def _marked(self, text: str, base: float) -> None:
        """Put a small line at the left, and behind it in grey what marks the sheet."""
        self._small(text, "left", base)
        if self._grid.mark:
            before = text_width(visible(text), _SMALL_PT, False, metrics()) + _MARK_GAP_MM
            self._text.setFillGray(_MARK_GREY)
            self._line(self._grid.mark, _SMALL_PT, False, self._grid.paper.left + before, base)
            self._text.setFillGray(0)

    def _small(self, text: str, align: Align, base: float) -> None:
        line, paper = visible(text), self._grid.paper
        style = Style(_SMALL_PT, align=align, side_mm=0.0)
        whole_width = Box(paper.left, 0.0, paper.width - paper.left - paper.right, paper.height)
        self._line(line, style.size_pt, style.bold, _line_start(line, style, whole_width), base)

    def _line(self, line: str, size_pt: float, bold: bool, x_mm: float, base_mm: float) -> None:
        if not line or line.isspace():
            return
        x, y = x_mm * _PT, (self._grid.paper.height - base_mm) * _PT
        self._text.setTextOrigin(round(x, 2), round(y, 2))
        for is_box, run in groupby(line, BOXES.__contains__):
            part = "".join(run)
            if is_box:
                self._text.setTextRenderMode(_INVISIBLE)
                self._boxes += [(box, x + at * size_pt, y, size_pt) for at, box in enumerate(part)]
            for font, chars in fonts.runs(part, bold):
                self._set_font(font, size_pt)
                self._text.textOut(chars)
            if is_box:
                self._text.setTextRenderMode(_FILLED)
            x += text_width(part, size_pt, bold, metrics()) * _PT

    def _set_font(self, font: str, size_pt: float) -> None:
        if self._font != (font, size_pt):
            self._font = font, size_pt
            self._text.setFont(font, size_pt)


def _line_start(line: str, style: Style, box: Box) -> float:
    """Return where a line begins; what is not aligned left goes by its ink, （ and ） being half blank."""
    if style.align == "left":
        return box.x + style.side_mm
    em = style.size_pt / _PT / 1000
    left, right = (edge * em for edge in blank_edges(line))
    ink = text_width(line, style.size_pt, style.bold, metrics()) - left - right
    room = box.width - ink
    return box.x + (room / 2 if style.align == "center" else room - style.side_mm) - left


_STROKES = {
    "☑": ((0.18, 0.52, 0.42, 0.20), (0.42, 0.20, 0.86, 0.86)),
    "☒": ((0.2, 0.2, 0.8, 0.8), (0.2, 0.8, 0.8, 0.2)),
}


def _draw_box(canvas: Canvas, box: str, x: float, base: float, size_pt: float) -> None:
    """Draw a tick box over the place that the invisible character takes on its line."""
    side = _BOX * size_pt
    left, bottom = x + (size_pt - side) / 2, base + (_ASCENT - 0.5) * size_pt - side / 2
    canvas.setLineWidth(_BOX_PT)
    canvas.rect(left, bottom, side, side)
    canvas.setLineWidth(_TICK_PT)
    for x1, y1, x2, y2 in _STROKES.get(box, ()):
        canvas.line(left + x1 * side, bottom + y1 * side, left + x2 * side, bottom + y2 * side)
