"""Broken and hostile files end in one sentence or in what is sound of them; the program is never harmed."""

import pytest

import intake
from model.recognition.incoming import Incoming
from tests.intake.grids import BAD

REFUSED = {  # file → what the sentence says
    "bad_refs.xlsx": "不存在的单元格 ZZZZ9",
    "billion_laughs.docx": "不允许的定义",
    "billion_laughs.xlsx": "不允许的定义",
    "bomb_ratio.xlsx": "展开后过大",
    "bomb_sst.xlsx": "展开后过大",
    "crc_wrong.xlsx": "文件已损坏",
    "csv_gbk.xls": "这是文本表格，请用 Excel/WPS 另存为 xlsx",
    "deep_sdt.docx": "套了太多层",
    "doc_bad_clx.doc": "文件已损坏",
    "duplicate_part.xlsx": "两个同名的部件",
    "empty.xlsx": "文件是空的",
    "merges_15000.xlsx": "合并单元格超过 10000 个",
    "nested_zip.xlsx": "这是压缩包，不是表格",
    "ole_fat_loop.xls": "文件已损坏",
    "pages_loop.pdf": "超过 60 页",
    "password.xlsx": "文件有打开密码，请在 Excel/WPS 中去掉密码后再试",
    "password_doc.doc": "文件有打开密码，请在 Word/WPS 中去掉密码后再试",
    "password_xls.xls": "文件有打开密码，请在 Excel/WPS 中去掉密码后再试",
    "random.xls": "认不出的文件",
    "row_gap.xlsx": "第 400000 行有内容，超过 5000 行",
    "rtf_as.doc": "这是 RTF 文档，请用 Word/WPS 另存为 docx",
    "scan_only.pdf": "扫描图片，没有文字，程序不识别图片",
    "target_http.xlsx": "指到了文件以外",
    "target_outside.xlsx": "指到了文件以外",
    "truncated.pdf": "文件不完整",
    "truncated.xlsx": "文件不完整（可能没有复制完）",
    "utf16_doctype.xlsx": "不允许的定义",
    "xfd1048576.xlsx": "表格范围过大",
    "xml2003_as.xls": "请用 Excel/WPS 另存为 xlsx",
    "xxe.xlsx": "不允许的定义",
}
READ = sorted({path.name for path in BAD.iterdir()} - {*REFUSED, "ANSWERS.json"})


def read(name: str) -> Incoming:
    incoming = intake.read_file(BAD / name)
    assert incoming is not None
    return incoming


def cells(name: str) -> dict[str, tuple[str, set[str]]]:
    """The cells of the first sheet by place (B1), as text and names of marks."""
    return {
        f"{chr(64 + cell.place.column)}{cell.place.row}": (cell.text, {mark.name for mark in cell.marks})
        for cell in read(name).sheets[0].cells
    }


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_sentence_that_says_what_to_do(name):
    incoming = read(name)
    assert incoming.sheets == ()
    assert REFUSED[name] in incoming.refused
    assert "请" in incoming.refused
    assert incoming.refused.endswith("。")


@pytest.mark.parametrize("name", READ)
def test_it_is_read(name):
    assert read(name).refused == ""


def test_a_file_is_what_it_holds_whatever_its_name():
    assert read("xlsx_as.doc").notes == ("文件名是 .doc，内容是 Excel 表格。",)
    assert read("xlsx_as.doc").kind == read("xlsx_as.et").kind == "xlsx"
    assert read("injection.json").kind == "json"


def test_a_web_page_named_xls_is_read_as_its_table():
    incoming = read("html_as.xls")
    assert incoming.notes == ("文件名是 .xls，内容是网页表格。",)
    assert [(cell.text, cell.columns) for cell in incoming.sheets[0].cells[:3]] == [
        ("项目支出绩效自评表", 3),
        ("项目名称", 1),
        ("某项目", 2),
    ]


def test_a_formula_is_the_value_it_had_and_never_computed():
    assert cells("stale_sum.xlsx")["B1"] == ("99", {"FORMULA"})
    assert cells("formula_no_value.xlsx")["B1"] == ("", {"NO_VALUE"})
    assert cells("dde_webservice.xlsx")["B1"] == ("某项目", {"FORMULA"})
    assert cells("external_link.xlsx")["B1"] == ("98", {"FORMULA", "OUTSIDE"})
    assert cells("formula_errors.xlsx") == {
        "A1": ("#DIV/0!", {"ERROR", "FORMULA"}),
        "B1": ("#REF!", {"ERROR"}),
    }


def test_signs_that_are_no_text_go_and_others_stay():
    assert {place: text for place, (text, _) in cells("control_chars.xlsx").items()} == {
        "A1": "项目名\n称",
        "B1": "甲_x0041_乙",
        "C1": "\u200b项\u200b目\ufeff名\u202e称",
        "D1": "⽬标\u3000１，４６３．３１",
    }


def test_what_is_left_out_is_said():
    assert read("sheets_300.xlsx").notes == ("工作簿有 300 张工作表，只看了前 100 张。",)
    assert read("macro.xlsm").notes == ("文件含宏，已忽略。",)


def test_of_merges_that_overlap_the_first_counts_and_what_it_hides_is_listed():
    incoming = read("merges_overlap.xlsx")
    assert incoming.notes == ("工作表“Sheet1”里有重叠的合并单元格，以先出现的为准。",)
    assert [cell.text for cell in incoming.sheets[0].aside] == ["某项目", "三级指标", "年度指标值"]


@pytest.mark.parametrize(
    "name", ["dimension_lies.xlsx", "styled_to_the_bottom.xlsx", "merge_whole_sheet.xlsx"]
)
def test_what_is_empty_does_not_make_a_sheet_larger(name):
    assert max(cell.place.row for cell in read(name).sheets[0].cells) == 4


def test_cells_of_a_document_take_63_columns_at_most():
    sheet = read("gridspan_huge.docx").sheets[0]
    assert all(1 <= cell.columns <= 63 for cell in sheet.cells)


def test_a_sheet_may_be_called_anything():
    assert read("sheet_name_formula.xlsx").sheets[0].name == "=1+1"
