"""A Printout as PDF, drawn as `paginate` places it; the same printout gives the same bytes."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from export.drawing import ONE_AT_A_TIME, PT, PageText, draw_rules, line_start, new_canvas, rectangle
from export.qr import check_square
from model.basics.metrics import visible
from model.forms.loader import metrics
from model.paper.grid import Align, Grid, Printout, Style
from model.paper.measure import text_width
from model.paper.pages import CONTINUED, Box, Page, paginate

_SMALL_PT = 9.0  # running title and footer
_MARK_GAP_MM = 3.0
_RUNNING_BASE_MM = 2.4  # of the running title, below the upper margin
_QR_MM = 14.0
_HIGHEST_QR_MM = 7.0


def write(printout: Printout, path: Path) -> None:
    """Write the printout as a PDF file."""
    path.write_bytes(to_bytes(printout))


def to_bytes(printout: Printout) -> bytes:
    """Return the printout as PDF: each grid begins on a page of its own and counts its own pages."""
    with ONE_AT_A_TIME:
        buffer = BytesIO()
        canvas = new_canvas(buffer, "、".join(grid.running_title or grid.name for grid in printout))
        for grid in printout:
            _draw_grid(canvas, grid, mark=len(printout) > 1)
        canvas.save()
        return buffer.getvalue()


def _draw_grid(canvas: Canvas, grid: Grid, mark: bool) -> None:
    pages = paginate(grid)
    canvas.setPageSize((grid.paper.width * PT, grid.paper.height * PT))
    if mark:
        key = f"grid{canvas.getPageNumber()}"
        canvas.bookmarkPage(key)
        canvas.addOutlineEntry(grid.name, key)
    for number, page in enumerate(pages, 1):
        if number == 1 and grid.qr:
            _draw_qr(canvas, grid, page)
        draw_rules(canvas, grid.paper, page)
        _GridText(canvas, grid).draw(page, number, len(pages))
        canvas.showPage()


def _draw_qr(canvas: Canvas, grid: Grid, page: Page) -> None:
    """Draw the check square at the upper right, level with the title."""
    matrix = check_square(grid.qr).matrix
    module = _QR_MM / len(matrix)
    left = grid.paper.width - grid.paper.right - _QR_MM
    top = max(grid.paper.top + (page.heights_mm[0] - _QR_MM) / 2, _HIGHEST_QR_MM)
    path = canvas.beginPath()
    for row, modules in enumerate(matrix):
        for start, end in _dark_runs(modules):
            box = Box(left + start * module, top + row * module, (end - start) * module, module)
            path.rect(*rectangle(grid.paper, box))
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_runs(modules: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = 0
    for dark, run in groupby(modules):
        length = len(list(run))
        if dark:
            yield at, at + length
        at += length


class _GridText:
    """The text of one page of a grid: running title, cells, footer."""

    def __init__(self, canvas: Canvas, grid: Grid) -> None:
        self._grid = grid
        self._text = PageText(canvas, grid.paper)

    def draw(self, page: Page, number: int, count: int) -> None:
        if number > 1:
            base = self._grid.paper.top + _RUNNING_BASE_MM
            self._marked(self._grid.running_title + CONTINUED, base)
        for placed in page.placed:
            self._text.cell(placed)
        self._footer(number, count)
        self._text.finish()

    def _footer(self, number: int, count: int) -> None:
        grid = self._grid
        base = grid.paper.height - grid.paper.footer
        self._marked(grid.footer, base)
        self._small(f"第 {number} 页 共 {count} 页", "center", base)
        if code := grid.codes.of(number) if grid.codes else grid.check_code:
            self._small(f"校验码 {code}", "right", base)

    def _marked(self, text: str, base: float) -> None:
        """Put a small line at the left, and behind it in grey what marks the sheet."""
        self._small(text, "left", base)
        if self._grid.mark:
            before = text_width(visible(text), _SMALL_PT, False, metrics()) + _MARK_GAP_MM
            left = self._grid.paper.left + before
            self._text.line(self._grid.mark, _SMALL_PT, False, left, base, grey=True)

    def _small(self, text: str, align: Align, base: float) -> None:
        line, paper = visible(text), self._grid.paper
        style = Style(_SMALL_PT, align=align, side_mm=0.0)
        whole_width = Box(paper.left, 0.0, paper.width - paper.left - paper.right, paper.height)
        self._text.line(line, style.size_pt, style.bold, line_start(line, style, whole_width), base)
