"""Tables of Word, WPS and PDF files are read as they show, whatever holds their texts."""

import pytest

from intake.reading import read_bytes
from model.recognition.incoming import Incoming, Mark
from tests.intake.grids import FILES, faults_of_text

TEXTS = sorted(path.name for path in FILES.iterdir() if path.suffix in (".docx", ".doc", ".wps"))


def read(name: str) -> Incoming:
    return read_bytes(name, (FILES / name).read_bytes())


@pytest.mark.parametrize("name", TEXTS)
def test_every_cell_of_a_document_is_read_as_it_shows(name):
    assert faults_of_text(read(name), blanks_count=True) == []


def test_every_cell_of_a_pdf_is_read_and_all_are_to_be_checked():
    incoming = read("D03_教育信息化.pdf")
    assert faults_of_text(incoming, blanks_count=False) == []
    assert {cell.marks for sheet in incoming.sheets for cell in sheet.cells} == {frozenset({Mark.PAGE})}
    assert [sheet.name for sheet in incoming.sheets] == ["第1页 表1", "第2页 表1"]


def test_a_table_that_goes_over_the_right_edge_of_the_paper_is_refused():
    incoming = read("D01_岳阳部门整体2023.pdf")
    assert incoming.sheets == ()
    assert incoming.refused.startswith("这个 PDF 里的表在横向被分成两页")


@pytest.mark.parametrize("name", ["D03_教育信息化.docx", "D03_教育信息化.wps", "D03_教育信息化.pdf"])
def test_lines_above_and_below_a_table_are_kept(name):
    sheets = read(name).sheets
    assert sheets[0].before == ("附件3：", "2023年度项目支出绩效自评表")
    assert sheets[-1].after[0].startswith("备注：一个一级项目支出一张表")
    assert all(not sheet.after for sheet in sheets[:-1])


def test_what_a_text_box_says_is_a_line_said_once():
    assert read("D06_整体绩效自评表2022.docx").sheets[0].before[2:] == (
        "单位名称：硚口区教育局信息技术中心　　填报日期：2023 年 5 月",
    )


def test_a_tracked_change_is_taken_and_said_so():
    cells = read("D06_整体绩效自评表2022.docx").sheets[0].cells
    assert [(cell.text, cell.marks) for cell in cells if cell.marks] == [
        ("9 间/9 间/2 间", {Mark.TRACKED}),
        ("4", {Mark.TRACKED}),
    ]


def test_ticks_of_symbol_fonts_are_seen():
    for name in ("D04_项目自评表2020.docx", "D04_项目自评表2020.doc"):
        texts = {cell.text for cell in read(name).sheets[0].cells}
        assert "1、持续性项目☑ 2、新增性项目□" in texts
        assert "1、常年性项目（√） 2、延续性项目（ ） 3、一次性项目（ ）" in texts


def test_an_old_document_tells_boxes_changes_numbers_hidden_texts_and_tables_within():
    """The document was made as .docx of a few lines and saved as .doc by LibreOffice."""
    path = FILES.parent / "made" / "boxes_changes_inner_table.doc"
    (sheet,) = read_bytes(path.name, path.read_bytes()).sheets
    assert (sheet.before, sheet.after) == (("标题",), ("备注",))
    found = [(c.text, c.place.row, c.place.column, c.rows, c.columns, set(c.marks)) for c in sheet.cells]
    assert found == [
        ("☑是□否", 1, 1, 1, 1, set()),
        ("乙", 1, 2, 1, 2, set()),
        ("合", 2, 1, 2, 1, set()),
        ("目标一", 2, 2, 1, 1, {Mark.NUMBERED}),
        ("现", 2, 3, 1, 1, set()),
        ("新", 3, 2, 1, 1, {Mark.TRACKED}),
        ("☑☑", 3, 3, 1, 1, set()),
        ("甲\n内 里\n后", 4, 1, 1, 1, set()),
        ("丁", 4, 2, 1, 1, set()),
        ("戊", 4, 3, 1, 1, set()),
    ]
