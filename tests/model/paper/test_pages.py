"""Pages of a form: look.md, "Pages": no open box, no row cut, no group label missing, no orphaned heading."""

import time
from dataclasses import replace

import pytest

from model.paper.grid import Cell, Grid, Heading, Style
from model.paper.pages import CONTINUED, Page, Placed, paginate
from tests.grids import CENTRED, GOAL, LONG, TEXT, Sheet, form

FORMS = {
    "one page": form(1, 1),
    "two goals": form(2, 1),
    "long goals": form(3, 4),
    "a goal of eight pages": form(1, 20),
    "long text": form(1, 1, LONG * 42),
    "very long text": form(2, 2, LONG * 150),
}


@pytest.fixture(params=FORMS.values(), ids=list(FORMS))
def grid(request) -> Grid:
    return request.param


def on_page(page: Page, text: str) -> list[Placed]:
    return [placed for placed in page.placed if placed.cell.text == text]


def parts_of(grid: Grid, text: str) -> list[Placed]:
    return [placed for page in paginate(grid) for placed in on_page(page, text)]


def bottom(page: Page) -> float:
    return max(placed.box.y + placed.box.height for placed in page.placed)


# ---- what holds for every form


def test_every_row_is_on_one_page(grid):
    rows = [row for page in paginate(grid) for row in page.rows]
    assert rows == list(range(len(grid.heights_mm)))


def test_no_page_reaches_into_the_margins(grid):
    for page in paginate(grid):
        assert min(placed.box.y for placed in page.placed) >= grid.paper.top
        assert bottom(page) <= grid.paper.height - grid.paper.bottom + 0.05
        assert min(placed.box.x for placed in page.placed) == grid.paper.left
        right = max(placed.box.x + placed.box.width for placed in page.placed)
        assert right == pytest.approx(grid.paper.width - grid.paper.right)


def test_cells_cover_a_page_without_gap_or_overlap(grid):
    for page in paginate(grid):
        area = sum(placed.box.width * placed.box.height for placed in page.placed)
        assert area == pytest.approx(sum(page.heights_mm) * sum(grid.widths_mm))


def test_lines_stay_within_their_cell(grid):
    for page in paginate(grid):
        for placed in page.placed:
            assert placed.cell.style.height_mm(len(placed.lines)) <= placed.box.height + 0.05


def test_a_page_begins_only_where_it_may_and_never_below_a_heading(grid):
    allowed = {row for row, _ in grid.breaks} - {heading.last + 1 for heading in grid.headings}
    assert {page.rows[0] for page in paginate(grid)[1:]} <= allowed


def test_a_page_that_begins_below_a_heading_repeats_it(grid):
    for page in paginate(grid):
        wanted = [h.first for h in grid.headings if h.last < page.rows[0] <= h.until]
        assert list(page.heading) == wanted
        if wanted:
            assert on_page(page, "三级指标")[0].rows == range(1)


def test_every_group_has_its_label_on_every_page(grid):
    for page in paginate(grid):
        indicators = {row for placed in page.placed if placed.cell.col == 3 for row in placed.rows}
        labelled = [{row for p in page.placed if p.cell.col == col for row in p.rows} for col in (0, 1, 2)]
        wide = {row for p in page.placed if p.cell.colspan > 1 for row in p.rows}
        assert all(indicators - wide <= rows for rows in labelled)


def test_a_text_that_flows_on_is_whole(grid):
    for cell in grid.cells:
        if cell.cut == "flow":
            shown = [
                line for placed in parts_of(grid, cell.text) if placed.cell == cell for line in placed.lines
            ]
            copies = len(shown) // len(cell.lines)  # a heading cell stands on several pages
            assert shown == list(cell.lines) * copies


def test_the_frame_goes_around_the_bordered_rows_of_each_page(grid):
    for page in paginate(grid):
        bordered = [placed.box for placed in page.placed if placed.cell.style.border]
        (frame,) = page.frames
        assert frame.y == min(box.y for box in bordered)
        assert frame.y + frame.height == pytest.approx(max(box.y + box.height for box in bordered))
        assert frame.width == pytest.approx(sum(grid.widths_mm))


# ---- where pages end


def test_pages_break_between_goals():
    first, second = paginate(form(2, 1))
    assert on_page(second, GOAL)
    assert len(on_page(first, GOAL)) == 1
    assert not second.heading  # the goal brings its own


def test_a_group_that_fits_no_page_is_broken_inside():
    pages = paginate(form(1, 20))
    assert bottom(pages[0]) > 250  # not left empty for the sake of the group
    assert any(placed.lines[-1] == CONTINUED for placed in on_page(pages[1], "数量指标"))


def test_a_page_is_not_left_two_thirds_empty():
    sheet = Sheet((170.0,))
    for rank in [None] + [3] * 9 + [1] + [3] * 28:  # a short group, then one that almost fills a page
        sheet.put(sheet.row(8.0, rank), 0, "一")
    assert [len(page.rows) for page in paginate(sheet.grid())] == [32, 7]


def test_a_group_goes_to_the_next_page_when_this_one_is_filled_enough():
    sheet = Sheet((170.0,))
    for rank in [None] + [3] * 19 + [1] + [3] * 18:
        sheet.put(sheet.row(8.0, rank), 0, "一")
    assert [len(page.rows) for page in paginate(sheet.grid())] == [20, 18 + 1]


def test_goals_are_kept_before_groups_when_that_costs_little():
    sheet = Sheet((170.0,))
    for rank in [None] + [3] * 23 + [0] + [3] * 3 + [1] + [3] * 9:
        sheet.put(sheet.row(8.0, rank), 0, "一")
    assert [len(page.rows) for page in paginate(sheet.grid())] == [24, 14]


def test_labels_stand_again_with_continued_and_vertical_ones_as_they_are():
    grid = form(1, 20)
    levels = parts_of(grid, "产出指标")
    assert [placed.lines for placed in levels[:2]] == [("产出", "指标"), ("产出", "指标", CONTINUED)]
    assert {placed.lines for placed in parts_of(grid, "年度绩效指标")} == {tuple("年度绩效指标")}


def test_the_vertical_label_stands_beside_the_repeated_heading_too():
    pages = paginate(form(1, 20))
    (label,) = on_page(pages[1], "年度绩效指标")
    assert label.rows == range(len(pages[1].heading) + len(pages[1].rows))


def test_a_row_grows_where_a_repeated_label_needs_room():
    sheet = Sheet((17.0, 153.0))
    for at in range(33):
        sheet.put(sheet.row(8.0, 3 if at else None), 1, "一")
    sheet.put(0, 0, "产出指标（50 分）", CENTRED, rowspan=33, cut="mark")
    last = paginate(sheet.grid())[-1]
    assert len(last.rows) == 1
    assert last.heights_mm[0] == pytest.approx(CENTRED.height_mm(4))


# ---- the rare and the broken


def test_a_long_text_goes_on_on_the_next_page_line_by_line():
    grid = form(1, 1, LONG * 80)
    parts = parts_of(grid, LONG * 80)
    assert len(parts) > 1
    labels = parts_of(grid, "偏差大或目标未完成原因分析")
    assert [part.lines[-1] == CONTINUED for part in labels] == [False] + [True] * (len(parts) - 1)


def test_without_any_allowed_place_pages_break_at_rows():
    grid = replace(form(1, 20), breaks=())
    pages = paginate(grid)
    assert all(bottom(page) <= grid.paper.height - grid.paper.bottom + 0.05 for page in pages)


def test_a_row_higher_than_the_paper_does_not_stop_the_program():
    style = Style(10.5)
    cells = tuple(Cell(row, 0, "一", style, ("一",)) for row in range(3))
    pages = paginate(
        replace(form(), cells=cells, widths_mm=(170.0,), heights_mm=(8.0, 900.0, 8.0), breaks=(), headings=())
    )
    assert [list(page.rows) for page in pages] == [[0], [1], [2]]


def test_a_heading_and_nothing_else_is_one_page():
    cell = Cell(0, 0, "一", TEXT, ("一",))
    grid = replace(
        form(), cells=(cell,), widths_mm=(170.0,), heights_mm=(8.0,), breaks=(), headings=(Heading(0, 0, 0),)
    )
    assert [list(page.rows) for page in paginate(grid)] == [[0]]


def test_300_rows_take_milliseconds():
    grid = form(1, 26)
    assert len(grid.heights_mm) > 290
    paginate(grid)
    start = time.perf_counter()
    paginate(grid)
    assert time.perf_counter() - start < 3
