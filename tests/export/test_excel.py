"""The workbook: figures are numbers, any text is text, and it prints on the pages of the PDF."""

import shutil
import subprocess
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from export import EXCEL
from export.excel import sheet_name
from model.paper.grid import Grid
from model.paper.pages import paginate
from tests.grids import CENTRED, GOAL, LABEL, LONG, Sheet, figure, form, table

FORMS = {
    "short": form(),
    "many goals": form(3, 4),
    "one long goal": form(1, 20),
    "long text": form(1, 1, LONG * 85),
}
FORMULA_LIKE = ("=1+1", "==", "+5", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "TRUE", "00123")


def written(folder: Path, *grids: Grid) -> Workbook:
    EXCEL.write(grids, folder / "a.xlsx")
    return openpyxl.load_workbook(folder / "a.xlsx")


@pytest.fixture(params=FORMS.values(), ids=list(FORMS))
def grid(request) -> Grid:
    return request.param


@pytest.fixture
def sheet(grid, tmp_path) -> Worksheet:
    return written(tmp_path, grid).worksheets[0]


def texts_in(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def plain(text: str) -> str:
    return "".join(text.split())


# ---- what stands in it


def test_figures_are_numbers_that_show_the_same_text(tmp_path):
    grid = form(1)
    sheet = written(tmp_path, grid).worksheets[0]
    figures = [cell for cell in grid.cells if cell.value is not None]
    assert len(figures) > 15
    for cell in figures:
        shown = sheet.cell(cell.row + 1, cell.col + 1)
        assert shown.data_type == "n"
        assert shown.value == pytest.approx(float(figure(cell.text)))
        assert shown.number_format == cell.number_format


@pytest.mark.parametrize("text", FORMULA_LIKE)
def test_text_is_never_taken_for_a_formula(text, tmp_path):
    cell = written(tmp_path, table([text])).worksheets[0]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == text.startswith(tuple("=+-@"))
    assert CalamineWorkbook.from_path(tmp_path / "a.xlsx").get_sheet_by_index(0).to_python() == [[text]]


def test_characters_that_xml_forbids_are_left_out(tmp_path):
    assert written(tmp_path, table(["一\x07二\ufffe\ud800"])).worksheets[0]["A1"].value == "一二"


def test_a_long_text_is_one_cell_where_it_fits_a_page(tmp_path):
    assert LONG * 40 in texts_in(written(tmp_path, form(1, 1, LONG * 40)).worksheets[0])


def test_a_text_over_several_pages_is_one_cell_a_page(tmp_path):
    text = (LONG * 9 + " 另 起 一 段\n") * 9
    grid = form(1, 1, text)
    pieces = [piece for piece in texts_in(written(tmp_path, grid).worksheets[0]) if LONG[:10] in piece]
    assert len(pieces) == 1 + sum(
        placed.cell.text == text for page in paginate(grid) for placed in page.placed
    )
    assert plain("".join(pieces[1:])) == plain(text)  # the first is the goal
    assert "另 起 一 段\n" in "".join(pieces)


def test_a_figure_beside_a_text_over_two_pages_is_written_once(tmp_path):
    sheet = Sheet((85.0, 85.0))
    for rank in [None, *[4] * 9]:
        sheet.row(30.0, rank)
    sheet.put(0, 0, LONG * 35, rowspan=10, typed=True)
    sheet.put(0, 1, "10", CENTRED, rowspan=10, number_format="0", typed=True)
    first, second = (
        cell.value for cell in written(tmp_path, sheet.grid()).worksheets[0]["B"] if cell.row in (1, 9)
    )
    assert (first, second) == (10, None)


def test_upright_labels_have_one_character_a_line(tmp_path):
    assert "\n".join("年度绩效指标") in texts_in(written(tmp_path, form(1)).worksheets[0])


def test_typed_texts_have_no_line_breaks_of_ours(tmp_path):
    sheet = written(tmp_path, form(1)).worksheets[0]
    assert GOAL in texts_in(sheet)
    assert "智慧教室、智慧图书馆、智能化考场数量" in texts_in(sheet)


# ---- how it looks


def test_merged_cells_have_a_border_all_around(sheet):
    framed = [
        merged
        for merged in sheet.merged_cells.ranges
        if sheet.cell(merged.min_row, merged.min_col).border.left.style
    ]
    assert framed
    for merged in framed:
        for edge, cells in (
            ("left", merged.left),
            ("right", merged.right),
            ("top", merged.top),
            ("bottom", merged.bottom),
        ):
            assert all(getattr(sheet.cell(*cell).border, edge).style for cell in cells)


def test_columns_are_as_wide_as_on_paper(grid, sheet):
    widths_px = [round(sheet.column_dimensions[letter].width * 7) for letter in "ABCDEFG"]
    for width_px, width_mm in zip(widths_px, grid.widths_mm, strict=True):
        assert width_px == pytest.approx(width_mm * 96 / 25.4, abs=1)
    assert sum(widths_px) <= sum(grid.widths_mm) * 96 / 25.4


def test_rows_are_high_enough_and_a_page_still_fits(grid, sheet):
    heights = [sheet.row_dimensions[row + 1].height for row in range(sheet.max_row)]
    assert max(heights) <= 409
    ends = [*(broken.id for broken in sheet.row_breaks.brk), sheet.max_row]
    starts = [0, *ends[:-1]]
    paper = grid.paper
    for page, start, end in zip(paginate(grid), starts, ends, strict=True):
        titles_pt = sum(page.heights_mm[: len(page.heights_mm) - (end - start)]) * 72 / 25.4
        used_mm = (sum(heights[start:end]) + titles_pt) * 25.4 / 72
        assert used_mm <= paper.height - paper.top - paper.bottom + 4
        assert used_mm >= sum(page.heights_mm) - 5


def test_the_check_square_stands_at_the_upper_right(sheet):
    (picture,) = sheet._images
    assert picture.anchor._from.row == 0
    assert picture.anchor._from.col == 6
    assert picture.anchor.ext.width == 14 * 36000


# ---- how it prints


def test_it_prints_on_a4_as_wide_as_the_paper(sheet):
    setup = sheet.page_setup
    assert (int(setup.paperSize), setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
        9,
        "portrait",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area.endswith(f"$G${sheet.max_row}")


def test_pages_end_where_those_of_the_pdf_end(grid, sheet):
    assert len(sheet.row_breaks.brk) == len(paginate(grid)) - 1


def test_labels_that_go_on_stand_again_on_the_next_page(tmp_path):
    sheet = written(tmp_path, FORMS["one long goal"]).worksheets[0]
    assert texts_in(sheet).count("产出\n指标\n（续）") >= 3
    assert texts_in(sheet).count("\n".join("年度绩效指标")) == len(paginate(FORMS["one long goal"]))


def test_excel_repeats_the_heading_where_all_later_pages_need_the_same(tmp_path):
    sheet = written(tmp_path, FORMS["one long goal"]).worksheets[0]
    assert sheet.print_title_rows == "$9:$9"
    assert texts_in(sheet).count("三级指标") == 1


def test_headings_are_rows_of_the_sheet_where_goals_have_their_own(tmp_path):
    grid = FORMS["many goals"]
    sheet = written(tmp_path, grid).worksheets[0]
    assert not sheet.print_title_rows
    assert texts_in(sheet).count("三级指标") == 3 + sum(bool(page.heading) for page in paginate(grid))


def test_footer_and_header_carry_page_check_code_and_running_title(sheet):
    for footer in (sheet.firstFooter, sheet.oddFooter):
        assert footer.left.text == "整体绩效自评表 · 2022 年度"
        assert footer.center.text == "第 &P 页 共 &N 页"
        assert footer.right.text == "校验码 7F3K-92QD"
    assert sheet.HeaderFooter.differentFirst
    assert not sheet.firstHeader.left.text
    assert sheet.oddHeader.left.text.endswith("整体绩效自评表（续）")


# ---- the workbook


def test_each_form_and_annex_has_a_sheet(tmp_path):
    annex = replace(table(["说明"]), name="得分说明")
    book = written(tmp_path, replace(form(), annex=annex), replace(form(), annex=annex))
    assert book.sheetnames == ["整体自评表", "得分说明", "整体自评表（2）", "得分说明（2）"]


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("项目[1]:A/B*?\\", [], "项目［1］：A／B＊？＼"),
        ("'引号'", [], "引号"),
        ("", [], "表"),
        ("表" * 40, [], "表" * 31),
        ("Form", ["FORM"], "Form（2）"),
        ("表" * 40, ["表" * 31], "表" * 28 + "（2）"),
        ("表", ["表", "表（2）"], "表（3）"),
        ("𬭊" * 20, [], "𬭊" * 15),  # Excel counts 31 UTF-16 units
        ("第一行\n第二行\t三", [], "第一行 第二行 三"),
        ("一\x0b二\x07三\x00四\uffff五", [], "一二三四五"),
        ("\x00\x07", [], "表"),
        ("History", [], "History_"),
        ("HISTORY", [], "HISTORY_"),
        ("历史记录", [], "历史记录_"),
        ("History of 2025", [], "History of 2025"),
    ],
)
def test_sheet_names_are_what_excel_accepts(name, taken, expected):
    assert sheet_name(name, taken) == expected


def test_the_properties_name_no_person_and_no_hour(tmp_path):
    properties = written(tmp_path, form()).properties
    assert (properties.creator, properties.lastModifiedBy) == ("ziping", None)
    assert properties.created.year == 2000
    assert properties.title == "2022 年度硚口区教育局信息技术中心整体绩效自评表"


def test_the_sheets_are_the_same_each_time(tmp_path):
    def parts() -> dict[str, bytes]:
        EXCEL.write((form(3, 2),), tmp_path / "a.xlsx")
        with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
            return {name: archive.read(name) for name in archive.namelist() if name != "docProps/core.xml"}

    assert parts() == parts()


def test_a_form_is_written_in_a_moment(tmp_path):
    EXCEL.write((form(),), tmp_path / "a.xlsx")
    start = time.perf_counter()
    EXCEL.write((form(),), tmp_path / "a.xlsx")
    assert time.perf_counter() - start < 5


# ---- opened by an office program


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> dict[str, PdfReader]:
    """The forms as LibreOffice prints their workbooks."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("books")
    for name, grid in FORMS.items():
        EXCEL.write((grid,), folder / f"{name}.xlsx")
    books = [str(folder / f"{name}.xlsx") for name in FORMS]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *books]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return {name: PdfReader(folder / f"{name}.pdf") for name in FORMS}


@pytest.mark.parametrize("name", FORMS)
def test_libreoffice_prints_all_of_it_on_the_same_pages(name, papers):
    grid = FORMS[name]
    pages = [plain(page.extract_text()) for page in papers[name].pages]
    assert len(pages) == len(paginate(grid))
    for number, page in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in page
    text = "".join(pages)
    for cell in grid.cells:
        assert plain(cell.text) in text or cell.rowspan > 1
    assert text.count("95.5%") == sum(cell.text.count("95.5%") for cell in grid.cells)


def test_libreoffice_repeats_heading_and_labels(papers):
    pages = [plain(page.extract_text()) for page in papers["one long goal"].pages]
    assert all("三级指标" in page and "年度绩效指标" in page for page in pages)
    assert "产出指标（续）" in pages[1]


def test_labels_are_bold_in_song(tmp_path):
    sheet = written(tmp_path, table(["总分"], style=LABEL)).worksheets[0]
    assert (sheet["A1"].font.name, sheet["A1"].font.sz, sheet["A1"].font.b) == ("宋体", 10.5, True)
