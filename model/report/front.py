"""What stands before a long document: cover and contents, with the numbers of the pages that follow."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.basics.metrics import Metrics
from model.paper.measure import aligned, base_line, break_label, break_lines, text_width
from model.report.prose import Front, Report
from model.report.prose_pages import (
    BODY,
    PAGE_NUMBER,
    PAPER,
    TEXT_MM,
    TITLE,
    Line,
    ProsePage,
    page_line,
    prose_pages,
)

_COVER_TOP_MM = 75.0  # of the first line, below the upper edge
_DATE_MM = 215.0
INDENT_MM = 8.0  # of a level of the contents
_LEADER = "…"
_NUMBER_MM = 14.0  # room for the number of a page
_LINES, _TITLE_LINES = 22, 3  # of a page, and of the title above the first


class Entry(NamedTuple):
    """A line of the contents: level from 0, text, page."""

    level: int
    text: str
    page: int


def pages_of(report: Report, metrics: Metrics) -> tuple[ProsePage, ...]:
    """Return all pages of a report: cover and contents first where it has them."""
    if report.front is None:
        return prose_pages(report, metrics)
    draft = prose_pages(report, metrics)
    count = 1 + len(_contents(report.front, _entries(draft, report.front, 0), metrics, report.mark))
    body = prose_pages(report, metrics, count + 1)
    contents = _contents(report.front, _entries(body, report.front, 0), metrics, report.mark)
    return (_cover(report, metrics), *contents, *body)


def entries_of(report: Report, metrics: Metrics) -> tuple[Entry, ...]:
    """Return the contents of a report with the numbers of its pages; none without a front."""
    if report.front is None:
        return ()
    pages = pages_of(report, metrics)
    return _entries(pages, report.front, 0)


def _entries(pages: Sequence[ProsePage], front: Front, offset: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(level, text, page.number + offset)
        for page in pages
        for level, text in page.headings
        if level < front.levels
    )


def _cover(report: Report, metrics: Metrics) -> ProsePage:
    front = report.front
    assert front is not None
    y, lines = _COVER_TOP_MM, []
    for text in front.lines:
        for line in break_label(text, TEXT_MM, TITLE, metrics):
            lines.append(_centred(line, y, metrics))
            y += TITLE.line_mm * 1.6
    style = BODY._replace(align="center")
    if front.date:
        x = PAPER.left + aligned(front.date, style, TEXT_MM, metrics)
        lines.append(Line(front.date, style, x, _DATE_MM + base_line(style)))
    if report.mark:
        x = PAPER.left + aligned(report.mark, style, TEXT_MM, metrics)
        lines.append(Line(report.mark, style, x, PAPER.top, grey=True))
    return ProsePage(PAPER, 1, tuple(lines), ())


def _centred(text: str, y: float, metrics: Metrics) -> Line:
    return Line(text, TITLE, PAPER.left + aligned(text, TITLE, TEXT_MM, metrics), y + base_line(TITLE))


def _contents(front: Front, entries: Sequence[Entry], metrics: Metrics, mark: str) -> list[ProsePage]:
    """Return the pages of the contents: numbers at the right edge, dots before them."""
    waiting = [list(_rows(entry, metrics)) for entry in entries]
    pages: list[ProsePage] = []
    title, top = [_centred(front.contents, PAPER.top, metrics)], _TITLE_LINES
    while waiting or not pages:
        lines = list(title)
        while waiting and (top + len(waiting[0]) <= _LINES or len(lines) == len(title)):
            for row in waiting.pop(0):
                y = PAPER.top + top * BODY.line_mm
                lines += [line._replace(base=line.base + y) for line in row]
                top += 1
        number = len(pages) + 2
        pages.append(ProsePage(PAPER, number, (*lines, *_footer(number, mark, metrics)), ()))
        title, top = [], 0
    return pages


def _footer(number: int, mark: str, metrics: Metrics) -> Iterator[Line]:
    text = page_line(number)
    x = PAPER.left + aligned(text, PAGE_NUMBER, TEXT_MM, metrics)
    yield Line(text, PAGE_NUMBER, x, PAPER.height - PAPER.footer)
    if mark:
        x = PAPER.left + aligned(mark, PAGE_NUMBER, TEXT_MM, metrics)
        yield Line(mark, PAGE_NUMBER, x, PAPER.top - 6.0, grey=True)


def lines_of(entry: Entry, metrics: Metrics) -> tuple[str, ...]:
    """Return the lines in which the contents have an entry, with room for its number."""
    return break_lines(entry.text, TEXT_MM - entry.level * INDENT_MM - _NUMBER_MM, BODY, metrics)


def _rows(entry: Entry, metrics: Metrics) -> Iterator[list[Line]]:
    """Yield the lines of an entry; the last has dots and the number."""
    lines = lines_of(entry, metrics)
    left = PAPER.left + entry.level * INDENT_MM
    for n, text in enumerate(lines):
        row = [Line(text, BODY, left, base_line(BODY))]
        if n == len(lines) - 1:
            row += _leader(left + text_width(text, BODY.size_pt, False, metrics), entry.page, metrics)
        yield row


def _leader(start: float, page: int, metrics: Metrics) -> list[Line]:
    number = str(page)
    at = PAPER.left + TEXT_MM - text_width(number, BODY.size_pt, False, metrics)
    dot = text_width(_LEADER, BODY.size_pt, False, metrics)
    count = int((at - start - 3.0) / dot)
    base = base_line(BODY)
    dots = [Line(_LEADER * count, BODY, at - 1.5 - count * dot, base)] if count > 0 else []
    return [*dots, Line(number, BODY, at, base)]
