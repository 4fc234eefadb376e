"""Written reports as PDF, drawn as `prose_pages` places them; the same reports give the same bytes."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from export.charts import draw_shapes
from export.drawing import ONE_AT_A_TIME, PT, PageText, draw_rules, new_canvas, rectangle
from model.forms.loader import metrics
from model.paper.grid import Paper
from model.paper.measure import text_width
from model.paper.pages import Page
from model.report.front import pages_of
from model.report.prose import Report
from model.report.prose_pages import RUNNING, Gauge, Line, Picture, ProsePage

_OUTLINE_PT = 0.6
_FILL_GREY = 0.35  # dark enough for a photocopier


def write(reports: Sequence[Report], path: Path) -> None:
    """Write the reports as a PDF file."""
    path.write_bytes(to_bytes(reports))


def to_bytes(reports: Sequence[Report]) -> bytes:
    """Return the reports as PDF: each begins on a page of its own and counts its own pages."""
    with ONE_AT_A_TIME:
        buffer = BytesIO()
        canvas = new_canvas(buffer, "、".join(report.name for report in reports))
        contents = _Contents(canvas)
        for report in reports:
            if len(reports) > 1:
                contents.begin(report.name)
            contents.has_chapters = report.front is not None
            for number, page in enumerate(pages_of(report, metrics()), start=1):
                contents.add(page)
                _draw(canvas, page, report.codes.of(number) if report.codes else report.check_code)
        canvas.save()
        return buffer.getvalue()


class _Contents:
    """The bookmarks of a file: its reports where there are several, and their headings."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._top = 0  # the level of a first heading
        self._level = -1  # of the last bookmark
        self._count = 0
        self.has_chapters = False  # the report's headings then stand one level lower

    def begin(self, name: str) -> None:
        """Add a report, its headings below it."""
        self._top = 1
        self._entry(name, 0)

    def add(self, page: ProsePage) -> None:
        """Add the headings of the page that is about to be drawn."""
        for level, text in page.headings:
            self._entry(text, self._top + level - (0 if self.has_chapters else 1))

    def _entry(self, text: str, level: int) -> None:
        self._level = min(level, self._level + 1)  # no level is left out
        self._count += 1
        key = f"heading{self._count}"
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(text, key, self._level)


def _draw(canvas: Canvas, page: ProsePage, code: str) -> None:
    canvas.setPageSize((page.paper.width * PT, page.paper.height * PT))
    text = PageText(canvas, page.paper)
    for item in page.items:
        match item:
            case Line():
                style = item.style
                text.line(
                    item.text,
                    style.size_pt,
                    style.bold,
                    item.x,
                    item.base,
                    spacing_mm=item.spacing,
                    grey=item.grey,
                )
            case Gauge():
                _draw_gauge(canvas, page.paper, item)
            case Picture():
                draw_shapes(canvas, page.paper, item.x, item.y, item.shapes)
            case Page():
                draw_rules(canvas, page.paper, item)
                for placed in item.placed:
                    text.cell(placed)
    if code:
        _put_code(text, page.paper, f"校验码 {code}")
    text.finish()
    canvas.showPage()


def _put_code(text: PageText, paper: Paper, said: str) -> None:
    """Put the check code at the right of the foot, level with the number of the page."""
    left = paper.width - paper.right - text_width(said, RUNNING.size_pt, False, metrics())
    text.line(said, RUNNING.size_pt, False, left, paper.height - paper.footer)


def _draw_gauge(canvas: Canvas, paper: Paper, gauge: Gauge) -> None:
    x, y, width, height = rectangle(paper, gauge.box)
    if gauge.permille:
        canvas.setFillGray(_FILL_GREY)
        canvas.rect(x, y, round(width * gauge.permille / 1000, 2), height, stroke=0, fill=1)
        canvas.setFillGray(0)
    canvas.setLineWidth(_OUTLINE_PT)
    canvas.rect(x, y, width, height)
