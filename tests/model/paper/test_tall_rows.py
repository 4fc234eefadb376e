"""Tables of reports and annexes: no row alone on a page, and a row that no page holds goes on on the next."""

import io
from dataclasses import replace

import pypdfium2
import pytest

from export import pdf_bytes
from model.forms.loader import metrics
from model.paper.annex import annex_grid
from model.paper.grid import Cell, Grid, Heading
from model.paper.pages import Page, paginate
from model.paper.tall_rows import INSIDE, breaks_of_list, kept_with_next, least_rows
from model.report.prose import Paragraph, Report, Signature, Table
from model.report.prose_pages import PAPER, prose_pages
from model.report.report_tables import _grid
from tests.grids import TEXT

COLUMNS = (("序号", 14.0), ("原来", 100.0), ("现在", 155.0))


def table(count: int, row_mm: float) -> Grid:
    """A table of a report: a heading, and so many rows of a height."""
    rows = [[Cell(n, 0, f"第{n}行", TEXT, (f"第{n}行",))] for n in range(count + 1)]
    grid = _grid("表", (100.0,), rows)
    return replace(grid, heights_mm=(7.4, *[row_mm] * count), headings=(Heading(0, 0, count),))


def rows_on_pages(grid: Grid, lines_before: int) -> list[int]:
    report = Report("报告", (), (*[Paragraph("一行")] * lines_before, Table("表", "", grid)), "")
    found = (item for page in prose_pages(report, metrics()) for item in page.items)
    return [len([row for row in item.rows if row]) for item in found if isinstance(item, Page)]


@pytest.mark.parametrize("row_mm", [7.4, 21.0, 52.0])
@pytest.mark.parametrize("lines_before", range(22))
def test_no_row_of_a_report_s_table_is_alone_on_a_page(lines_before, row_mm):
    for count in (2, 3, 4, 5, 8, 30):
        shown = rows_on_pages(table(count, row_mm), lines_before)
        assert sum(shown) == count
        assert 1 not in shown, (count, shown)


def test_a_table_of_one_row_stands_below_its_heading():
    assert rows_on_pages(table(1, 7.4), 20) == [1]


@pytest.mark.parametrize("count", range(2, 60))
def test_no_row_of_an_annex_is_alone_on_a_page(count):
    rows = [(str(n), "短", "短") for n in range(count)]
    pages = paginate(annex_grid("修改说明", "", COLUMNS, rows, metrics()))
    assert all(len(page.rows) > 1 for page in pages[1:])


@pytest.mark.parametrize("length", [200, 2000, 6000])
def test_a_row_that_no_page_holds_goes_on_and_nothing_of_it_is_lost(length):
    text = "".join(chr(0x4E00 + n % 900) for n in range(length))
    rows = [("1", "短", "短"), ("2", text, "长"), ("3", "短", "短")]
    grid = annex_grid("修改说明", "", COLUMNS, rows, metrics())
    room = grid.paper.height - grid.paper.top - grid.paper.bottom
    pages = paginate(grid)
    assert all(sum(page.heights_mm) <= room + 0.01 for page in pages)
    said = "".join("".join(part.lines) for page in pages for part in page.placed if part.cell.text == text)
    assert said == text
    with pypdfium2.PdfDocument(io.BytesIO(pdf_bytes((grid,)))) as printed:
        assert len(printed) == len(pages)


def test_a_row_of_a_report_that_no_page_holds_goes_on():
    text = "一二三四五六七八九十" * 300
    cells = [Cell(0, 0, "名称", TEXT, ("名称",))], [Cell(1, 0, text, TEXT, (text[:20],) * 150)]
    grid = _grid("表", (100.0,), cells)
    report = Report("报告", (), (Paragraph("一行"), Table("表", "", grid)), "")
    parts = [i for page in prose_pages(report, metrics()) for i in page.items if isinstance(i, Page)]
    assert len(parts) > 1
    bottom = PAPER.height - PAPER.bottom
    assert all(one.box.y + one.box.height <= bottom + 0.01 for part in parts for one in part.placed)
    assert sum(len(one.lines) for part in parts for one in part.placed if one.cell.row == 1) == 150


def test_places_where_a_row_would_be_alone_are_the_last_to_be_taken():
    assert breaks_of_list(1, 6, 3) == ((2, INSIDE), (3, 3), (4, 3), (5, INSIDE))


@pytest.mark.parametrize(
    ("count", "kept", "least"), [(3, {0, 1}, 3), (4, {0, 1, 2}, 4), (5, {0, 1, 3}, 3), (9, {0, 1, 7}, 3)]
)
def test_word_keeps_the_first_two_rows_and_the_last_two_together(count, kept, least):
    """A heading of one row is among those that are counted."""
    assert set(kept_with_next(1, count)) == kept
    assert least_rows(1, count) == least


@pytest.mark.parametrize("lines_before", range(0, 22, 3))
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 12, 20, 25, 30, 31, 32])
def test_a_signature_is_never_alone_on_a_page_below_a_table(lines_before, count):
    parts = (*[Paragraph("一行")] * lines_before, Table("表", "", table(count, 7.4)))
    pages = prose_pages(Report("报告", (), (*parts, Signature("示例单位", "2023年5月")), ""), metrics())
    last = [item for item in pages[-1].items if isinstance(item, Page)]
    assert len(last) == 1
    assert len(last[0].rows) >= min(2, count)
    bottom = max(part.box.y + part.box.height for part in last[0].placed)
    signed = next(item for item in pages[-1].items if getattr(item, "text", "") == "示例单位")
    assert bottom < signed.base < PAPER.height - PAPER.bottom
    rows = sum(len([r for r in i.rows if r]) for page in pages for i in page.items if isinstance(i, Page))
    assert rows == count
