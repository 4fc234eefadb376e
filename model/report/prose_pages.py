"""The pages of a written report: every line, table and bar in its place on the paper, in millimetres.

GB/T 9704: 22 lines of 28 characters a page, paragraphs set in by two characters, no heading last on a page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from model.basics import number
from model.basics.metrics import Metrics, visible
from model.paper.grid import Align, Grid, Paper, Style
from model.paper.measure import aligned, base_line, blank_edges, break_label, break_lines, text_width
from model.paper.pages import CONTINUED, Box, Page, paginate
from model.paper.tall_rows import cut_tall, is_short, least_rows, paginate_with_tail
from model.report.chart import LABEL, Chart, Rect, Stroke, Wedge, lay_out_chart
from model.report.prose import Annex, Bar, Bars, Chapter, Heading, Paragraph, Part, Report, Signature, Table

PAPER = Paper(left=28.0, right=26.0, top=37.0, bottom=35.0, footer=24.5)
TEXT_MM = PAPER.width - PAPER.left - PAPER.right
PITCH_PT = 28.95
CHARACTERS = 28  # a full line has, which are therefore set a little tighter

_MM = 25.4 / 72  # a point


def _style(size_pt: float, pitch_pt: float, bold: bool = False, align: Align = "left") -> Style:
    return Style(size_pt, bold, align, pitch=pitch_pt / size_pt, side_mm=0.0, top_mm=0.0, border=False)


BODY = _style(16.0, PITCH_PT)
TITLE = _style(22.0, 36.0, bold=True, align="center")
HEADINGS = tuple(_style(16.0, PITCH_PT, bold=level < 4) for level in range(1, 5))
CAPTION = _style(14.0, PITCH_PT, bold=True, align="center")
FIGURE = _style(12.0, 22.0, align="center")  # the caption below a chart
UNIT_LINE = _style(10.5, 16.0, align="right")
BAR_TEXT = _style(10.5, 15.0)
PAGE_NUMBER = _style(14.0, 18.0, align="center")
RUNNING = _style(9.0, 12.0)

BAR_COLUMNS_MM = (62.0, 66.0, 28.0)  # name, bar, points
BAR_MM, BAR_ROW_MM = 4.5, 8.0
BAR_GAP_MM = 3.0  # between name and bar, bar and points
HEADER_MM = 6.0  # base line of the mark, above the body
SIGNATURE_LINES = 2  # blank ones above it
SIGNATURE_INDENT = 2  # characters at its right
_BLANK_MM = PITCH_PT * _MM / 2  # around tables
_MOST_SPREAD = 0.16  # of a character; a line that is shorter still is left ragged
_EM_MM = BODY.size_pt * _MM
_TIGHT_MM = (TEXT_MM - CHARACTERS * _EM_MM) / CHARACTERS  # between characters, below 0
_HAIR = 0.01


class Line(NamedTuple):
    """A line of text: where it begins, its base line, and what is added between its characters."""

    text: str
    style: Style
    x: float
    base: float
    spacing: float = 0.0
    grey: bool = False


class Gauge(NamedTuple):
    """A bar: its outline, and how much of it is filled in thousandths."""

    box: Box
    permille: int


class Picture(NamedTuple):
    """The shapes of a chart, from where its upper left corner stands; its labels are lines beside it."""

    x: float
    y: float
    shapes: tuple[Rect | Wedge | Stroke, ...]


Item = Line | Gauge | Picture | Page  # a page of a grid: the part of a table that stands here


class ProsePage(NamedTuple):
    """One page with all it shows in reading order, and the headings that begin on it (level, text).

    A chapter is of level 0.
    """

    paper: Paper
    number: int
    items: tuple[Item, ...]
    headings: tuple[tuple[int, str], ...]


def prose_pages(report: Report, metrics: Metrics, first: int = 1) -> tuple[ProsePage, ...]:
    """Return the pages of a report, at least one; they are numbered from `first`.

    A paragraph leaves no line alone on a page, a table no row; headings and captions stay with what follows,
    the signature with the end of the last paragraph. Annexes stand on pages of their own.
    """
    flow = _Flow(metrics)
    flow.title(() if report.front else report.title)
    for part in report.parts:
        flow.add(part)
    press = _Press(report.mark, metrics, first)
    groups = [*_groups(flow.items), []]
    for group, following in pairwise(groups):
        press.put(group, sum(map(_least_height, following)) if len(following) > 1 else 0.0)
    return press.finish()


# ---- bars ----------------------------------------------------------------------------------------


def bar_text(bar: Bar) -> str:
    """Return the points beside a bar: 18.5/20 分; what is unknown is —."""
    score, points = (number.show_score(v)[0] if v is not None else "—" for v in (bar.score, bar.points))
    return f"{score}/{points} 分" if bar.points is not None else f"{score} 分"


def bar_permille(bar: Bar) -> int:
    """Return how much of a bar is filled, in thousandths, at most all of it."""
    if bar.score is None or not bar.points or bar.points < 0:
        return 0
    return max(0, min(1000, int(bar.score / bar.points * 1000)))


# ---- the flow: what stands below what ------------------------------------------------------------


class _Strip(NamedTuple):
    """What is never cut: its height, and what stands in it, measured from its upper edge.

    A strip that holds nothing vanishes at the top of a page. `keep`: the next one stands on the same page.
    """

    height: float
    items: tuple[Line | Gauge | Picture, ...] = ()
    keep: bool = False
    heading: tuple[int, str] | None = None


class _Alone(NamedTuple):
    """A grid on pages of its own, and what contents call it."""

    grid: Grid
    name: str


class _PageEnd(NamedTuple):
    """What follows begins a page."""


_Block = _Strip | Grid | _Alone | _PageEnd


class _Flow:
    """Gathers the strips and tables of a report from top to bottom."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self.items: list[_Block] = []

    def add(self, part: Part) -> None:
        """Add a part below the others."""
        match part:
            case Chapter():
                self._chapter(part)
            case Heading():
                self._heading(part)
            case Paragraph():
                self._paragraph(part.text)
            case Table():
                self._table(part)
            case Bars():
                self._bars(part)
            case Chart():
                self._chart(part)
            case Signature():
                self._signature(part)
            case Annex():
                self.items.append(_Alone(part.grid, part.name))

    def title(self, lines: Iterable[str]) -> None:
        """Add the lines of the title and a blank one."""
        shown = [line for text in lines for line in break_label(text, TEXT_MM, TITLE, self._metrics)]
        self.items += [self._aligned(line, TITLE, keep=True) for line in shown]
        if shown:
            self.items.append(_Strip(BODY.line_mm, keep=True))

    def _chapter(self, part: Chapter) -> None:
        """Begin a page with the title of a chapter in its middle."""
        self.items.append(_PageEnd())
        lines = break_label(part.text, TEXT_MM, TITLE, self._metrics)
        strips = [self._aligned(line, TITLE, keep=True) for line in lines]
        self.items += [strips[0]._replace(heading=(part.level, visible(part.text).strip())), *strips[1:]]
        self.items.append(_Strip(BODY.line_mm, keep=True))

    def _heading(self, part: Heading) -> None:
        style = HEADINGS[min(max(part.level, 1), 4) - 1]
        strips = [strip._replace(keep=True) for strip in self._running(part.text, style)]
        self.items += [strips[0]._replace(heading=(part.level, visible(part.text).strip())), *strips[1:]]

    def _paragraph(self, text: str) -> None:
        """Add the lines of a paragraph; two stay together at its beginning and at its end."""
        strips = list(self._running(text, BODY))
        last = len(strips) - 1
        self.items += [s._replace(keep=last > 0 and n in (0, last - 1)) for n, s in enumerate(strips)]

    def _running(self, text: str, style: Style) -> Iterator[_Strip]:
        """Yield the lines of a text, the first set in by two characters, full ones as wide as the page."""
        width = CHARACTERS * _EM_MM
        lines = break_lines("　　" + running_text(text), width, style, self._metrics)
        for n, line in enumerate(lines):
            shown = line.lstrip()
            x = (len(line) - len(shown)) * (_EM_MM + _TIGHT_MM)
            spacing = self._spread(shown, x, style) if n < len(lines) - 1 else _TIGHT_MM
            yield _Strip(style.line_mm, (self._line(shown, style, x, spacing),))

    def _spread(self, line: str, x: float, style: Style) -> float:
        """Return what is added between the characters of a full line so that it reaches the margin."""
        width = text_width(line, style.size_pt, style.bold, self._metrics)
        outside = blank_edges(line)[1] / 1000 * style.size_pt * _MM
        room = TEXT_MM - x
        if width + (len(line) - 1) * _TIGHT_MM > room + _HAIR:
            width -= outside
        spacing = (room - width) / max(len(line) - 1, 1)
        return spacing if spacing <= _MOST_SPREAD * _EM_MM else _TIGHT_MM

    def _table(self, part: Table) -> None:
        self._caption(part.title)
        if part.unit_line:
            right = (TEXT_MM + sum(part.grid.widths_mm)) / 2  # of the table
            self.items.append(self._aligned(visible(part.unit_line), UNIT_LINE, keep=True, width=right))
        self.items += [part.grid, _Strip(_BLANK_MM)]

    def _caption(self, title: str) -> None:
        self.items.append(_Strip(_BLANK_MM, keep=True))
        lines = break_label(title, TEXT_MM, CAPTION, self._metrics) if title else ()
        self.items += [self._aligned(line, CAPTION, keep=True) for line in lines]

    def _bars(self, part: Bars) -> None:
        """Add the bars, all on one page."""
        self._caption(part.title)
        for bar in part.bars:
            self.items.append(self._bar(bar))
        self.items.append(_Strip(_BLANK_MM))

    def _bar(self, bar: Bar) -> _Strip:
        name_mm, bar_mm, _ = BAR_COLUMNS_MM
        names = break_lines(bar.name, name_mm - BAR_GAP_MM, BAR_TEXT, self._metrics)
        height = max(BAR_ROW_MM, len(names) * BAR_TEXT.line_mm + BAR_ROW_MM - BAR_MM)
        top = (height - len(names) * BAR_TEXT.line_mm) / 2
        lines = [
            line._replace(base=line.base + top + n * BAR_TEXT.line_mm)
            for n, name in enumerate(names)
            for line in [self._line(name, BAR_TEXT, 0.0)]
        ]
        points = self._line(bar_text(bar), BAR_TEXT, name_mm + bar_mm + BAR_GAP_MM)
        points = points._replace(base=points.base + (height - BAR_TEXT.line_mm) / 2)
        box = Box(PAPER.left + name_mm, (height - BAR_MM) / 2, bar_mm, BAR_MM)
        return _Strip(height, (*lines, Gauge(box, bar_permille(bar)), points), keep=True)

    def _chart(self, part: Chart) -> None:
        """Add a chart, its caption below it on the same page."""
        drawing = lay_out_chart(part, TEXT_MM, self._metrics)
        lines = (Line(label.text, LABEL, PAPER.left + label.x, label.base) for label in drawing.labels)
        picture = Picture(PAPER.left, 0.0, drawing.shapes)
        self.items += [_Strip(_BLANK_MM, keep=True), _Strip(drawing.height, (picture, *lines), keep=True)]
        captions = break_label(part.caption, TEXT_MM, FIGURE, self._metrics)
        for n, line in enumerate(captions, 1):
            self.items.append(self._aligned(line, FIGURE, keep=n < len(captions)))
        self.items.append(_Strip(_BLANK_MM))

    def _signature(self, part: Signature) -> None:
        if self.items and isinstance(last := self.items[-1], _Strip):
            self.items[-1] = last._replace(keep=True)
        self.items.append(_Strip(SIGNATURE_LINES * BODY.line_mm, keep=True))
        room = TEXT_MM - SIGNATURE_INDENT * _EM_MM
        style = BODY._replace(align="right")
        lines = [
            line for text in (part.unit, part.date) for line in break_lines(text, room, style, self._metrics)
        ]
        self.items += [
            self._aligned(line, style, keep=n < len(lines), width=room) for n, line in enumerate(lines, 1)
        ]

    def _aligned(self, line: str, style: Style, *, keep: bool, width: float = TEXT_MM) -> _Strip:
        """Return a line centred or at the right of the width."""
        left = aligned(line, style, width, self._metrics)
        return _Strip(style.line_mm, (self._line(line, style, left),), keep)

    def _line(self, text: str, style: Style, x: float, spacing: float = 0.0) -> Line:
        return Line(text, style, PAPER.left + x, base_line(style), spacing)


def running_text(text: str) -> str:
    """Return the text of a paragraph as it is printed: one line, no blanks around it."""
    return " ".join(visible(line).strip() for line in text.splitlines()).strip()


def _groups(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Yield what stays together: strips up to the first that may be the last on its page, or a grid."""
    group: list[_Block] = []
    for block in blocks:
        group.append(block)
        if not (isinstance(block, _Strip) and block.keep):
            yield group
            group = []
    if group:
        yield group


# ---- the press: what stands on which page --------------------------------------------------------


class _Press:
    """Puts groups on pages, one below the other."""

    def __init__(self, mark: str, metrics: Metrics, first: int) -> None:
        self._mark, self._first = mark, first
        self._metrics = metrics
        self._pages: list[ProsePage] = []
        self._items: list[Item] = []
        self._headings: list[tuple[int, str]] = []
        self._y = PAPER.top

    def put(self, group: Sequence[_Block], tail: float) -> None:
        """Put a group on this page if it fits, else on the next; what fits no page is cut.

        `tail` is the height of what stays with the end of a table: the signature.
        """
        whole = tail if isinstance(group[-1], Grid) and is_short(group[-1]) else 0.0
        if not self._fits(sum(map(_least_height, group)) + whole):
            self._end_page()
        for block in group:
            match block:
                case _Strip():
                    self._strip(block)
                case Grid():
                    self._table(block, tail)
                case _Alone():
                    self._alone(block)
                case _PageEnd():
                    self._end_page()

    def finish(self) -> tuple[ProsePage, ...]:
        """Return the pages."""
        if self._items or not self._pages:
            self._close(PAPER, self._mark)
        return tuple(self._pages)

    def _fits(self, height: float) -> bool:
        return self._y + height <= PAPER.height - PAPER.bottom + _HAIR

    def _end_page(self) -> None:
        """Begin a new page, unless nothing stands on this one."""
        if self._items:
            self._close(PAPER, self._mark)

    def _strip(self, strip: _Strip) -> None:
        if not self._fits(strip.height):
            self._end_page()
        if not strip.items and not self._items:
            return
        self._items += [_moved(item, self._y) for item in strip.items]
        if strip.heading:
            self._headings.append(strip.heading)
        self._y += strip.height

    def _table(self, grid: Grid, tail: float) -> None:
        """Put a table below what stands there, in the middle; it may go on over the next pages."""
        on_paper = cut_tall(replace(grid, paper=table_paper(grid), running_title=""))
        parts = paginate_with_tail(on_paper, self._y, tail)
        for n, part in enumerate(parts):
            if n:
                self._close(PAPER, self._mark)
            self._items.append(part)
            self._y = max((p.box.y + p.box.height for p in part.placed), default=self._y)

    def _alone(self, block: _Alone) -> None:
        """Put a form on pages of its own."""
        self._end_page()
        grid = block.grid
        for n, page in enumerate(paginate(grid)):
            self._headings += [(1, visible(block.name).strip())] if n == 0 else []
            self._items += [] if n == 0 else [_running_title(grid)]
            self._items.append(page)
            self._close(grid.paper, grid.mark or self._mark)

    def _close(self, paper: Paper, mark: str) -> None:
        """Finish the page with its number, and the mark above and below; begin the next."""
        page_number = len(self._pages) + self._first
        header = [self._centred(mark, paper, paper.top - HEADER_MM, grey=True)] if mark else []
        items = (*header, *self._items, *self._footer(page_number, paper, mark))
        self._pages.append(ProsePage(paper, page_number, items, tuple(self._headings)))
        self._items, self._headings, self._y = [], [], PAPER.top

    def _footer(self, page_number: int, paper: Paper, mark: str) -> list[Line]:
        base = paper.height - paper.footer
        middle = self._centred(page_line(page_number), paper, base)
        if not mark:
            return [middle]
        width, mark_width = (
            text_width(text, PAGE_NUMBER.size_pt, False, self._metrics) for text in (middle.text, mark)
        )
        blank = PAGE_NUMBER.size_pt * _MM
        left = middle._replace(text=mark, x=middle.x - blank - mark_width, grey=True)
        return [left, middle, left._replace(x=middle.x + width + blank)]

    def _centred(self, text: str, paper: Paper, base: float, grey: bool = False) -> Line:
        width = paper.width - paper.left - paper.right
        x = paper.left + aligned(text, PAGE_NUMBER, width, self._metrics)
        return Line(text, PAGE_NUMBER, x, base, grey=grey)


def page_line(page_number: int) -> str:
    """Return the number of a page as official papers have it."""
    return f"— {page_number} —"


def table_paper(grid: Grid) -> Paper:
    """Return the paper of a report with margins that put the table into the middle."""
    side = (TEXT_MM - sum(grid.widths_mm)) / 2
    return PAPER._replace(left=PAPER.left + side, right=PAPER.right + side)


def _least_height(block: _Block) -> float:
    """Return how much of a block must stand on the page where it begins: of a table heading and two rows."""
    if not isinstance(block, Grid):
        return block.height if isinstance(block, _Strip) else 0.0
    heights, head = block.heights_mm, block.headings[0].last + 1 if block.headings else 0
    return sum(heights if is_short(block) else heights[: least_rows(head, len(heights))])


def _running_title(grid: Grid) -> Line:
    text = visible(grid.running_title or grid.name) + CONTINUED
    return Line(text, RUNNING, grid.paper.left, grid.paper.top + 2.4)


def _moved(item: Line | Gauge | Picture, down: float) -> Line | Gauge | Picture:
    match item:
        case Line():
            return item._replace(base=item.base + down)
        case Gauge():
            return item._replace(box=item.box._replace(y=item.box.y + down))
        case Picture():
            return item._replace(y=item.y + down)
