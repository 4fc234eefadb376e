"""Where the pages of a form break badly: in the middle of a text, or with next to nothing on the last."""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from model.document.answers import CellId
from model.paper.grid import Grid
from model.paper.pages import Page, paginate

LEAST_MM = 24.0  # of the body of the last page: below it a signature or a line stands alone
_INSIDE_A_TEXT = 4  # the rank of such a place


class BadBreak(NamedTuple):
    """A page, counted from 1, that begins in the middle of a text ("torn") or holds little ("short").

    `cell` is the text that is torn, else the last cell of the form that stands there; "" where none does.
    """

    kind: Literal["torn", "short"]
    page: int
    pages: int
    cell: CellId


def bad_breaks(grid: Grid) -> Iterator[BadBreak]:
    """Yield what breaks badly, page by page; nothing for a form of one page."""
    pages = paginate(grid)
    ranks = dict(grid.breaks)
    for number, page in enumerate(pages[1:], start=2):
        if ranks.get(page.rows.start, _INSIDE_A_TEXT) >= _INSIDE_A_TEXT:
            yield BadBreak("torn", number, len(pages), _torn(grid, page.rows.start))
    if len(pages) > 1 and _body_mm(pages[-1]) < LEAST_MM:
        yield BadBreak("short", len(pages), len(pages), _last(pages))


def _torn(grid: Grid, row: int) -> CellId:
    """The text through which a page break goes: the one that is cut the least away from its own row."""
    cut = (c for c in grid.cells if c.source and c.row < row < c.row + c.rowspan and c.text)
    found = max(cut, key=lambda cell: len(cell.lines), default=None)
    return found.source[1] if found is not None and found.source is not None else ""


def _body_mm(page: Page) -> float:
    """The height of what stands on a page but for the heading it repeats."""
    return sum(page.heights_mm[len(page.heading) :])


def _last(pages: Sequence[Page]) -> CellId:
    cells = [placed.cell.source[1] for placed in pages[-1].placed if placed.cell.source]
    return cells[-1] if cells else ""
