"""Pages that break badly: a last page with next to nothing, a text that goes on over the page."""

import pytest

from model.paper.breaks import LEAST_MM, BadBreak, bad_breaks
from model.paper.grid import A4, Cell, Grid, Style

STYLE = Style(10.5)
ROOM_MM = A4.height - A4.top - A4.bottom


def sheet(rows: int, row_mm: float, last_mm: float, rank: int = 3) -> Grid:
    """So many rows of one height and a last one, each a cell with a text of its own."""
    heights = (*[row_mm] * rows, last_mm)
    cells = tuple(
        Cell(n, 0, "文字", STYLE, ("文字",), source=("d", f"i{n}.name")) for n in range(len(heights))
    )
    breaks = tuple((n, rank) for n in range(1, len(heights)))
    return Grid("表", "", "", (170.0,), heights, cells, breaks)


@pytest.mark.parametrize(("last_mm", "is_short"), [(LEAST_MM - 0.5, True), (LEAST_MM, False)])
def test_a_last_page_with_next_to_nothing_is_told_with_the_cell_that_stands_there(last_mm, is_short):
    found = list(bad_breaks(sheet(1, ROOM_MM - 5, last_mm)))
    assert found == [BadBreak("short", 2, 2, "i1.name")] * is_short


def test_one_page_never_breaks_badly():
    assert list(bad_breaks(sheet(1, 10, 2, rank=4))) == []


def test_a_text_over_two_pages_is_torn_and_named():
    rows = 60
    text = Cell(0, 0, "长", STYLE, ("长",) * rows, rowspan=rows, source=("d", "improvement"))
    breaks = tuple((n, 4) for n in range(1, rows))
    grid = Grid("表", "", "", (170.0,), (6.0,) * rows, (text,), breaks)
    assert list(bad_breaks(grid)) == [BadBreak("torn", 2, 2, "improvement")]
    assert list(bad_breaks(sheet(rows, 6.0, 6.0))) == []  # between rows is no harm
