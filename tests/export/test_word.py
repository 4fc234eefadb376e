"""Reports in Word: official fonts, real headings and fields, tables that Word can cut; it opens as it is."""

import errno
import os
import re
import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from export import word
from model.basics.errors import UserError
from model.report.prose import Annex, Bars, Paragraph, Report, Signature, Table
from model.report.prose import Heading as Title
from tests.golden import assert_golden
from tests.grids import form
from tests.reports import RARE, SCORES, SENTENCE, list_annex, long_table, merged, report, whole, write_report
from tests.words import has, part, structure, text_of, value

W = qn("w:x").removesuffix("x")
MM = 1440 / 25.4  # twentieths of a point


def body(*reports: Report):
    return part(list(reports), "document")[0]


def plain(*parts) -> Report:
    return Report("自评报告", (), parts)


@pytest.fixture(scope="module")
def styles():
    return {style.get(qn("w:styleId")): style for style in part([report()], "styles").iter(qn("w:style"))}


# ---- structure


def test_the_structure_is_as_kept():
    lines = structure(body(report(Annex(form(1)), Annex(list_annex(2)))))
    assert_golden("report_word.txt", "\n".join(lines) + "\n")


def test_a_reader_finds_headings_and_paragraphs():
    document = Document(BytesIO(word.to_bytes([report()])))
    shown = [(p.style.name, p.text) for p in document.paragraphs if p.style and p.text]
    assert shown[:5] == [
        ("Title", "2024 年度武汉市硚口区示例信息技术中心"),
        ("Title", "部门整体支出绩效自评报告"),
        ("Heading 1", "一、自评结论"),
        ("Heading 2", "（一）自评得分"),
        ("Body Text", report().parts[2].text),
    ]
    assert document.core_properties.title == "自评报告"
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")


def test_elements_stand_in_the_order_of_the_schema():
    orders = {
        "pPr": "pStyle keepNext pageBreakBefore widowControl spacing ind jc outlineLvl sectPr",
        "rPr": "rFonts b bCs color spacing sz szCs lang",
        "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
        "tcBorders": "top left bottom right",
        "tcMar": "top left bottom right",
        "tblPr": "tblW jc tblLayout tblCellMar",
        "sectPr": "headerReference footerReference pgSz pgMar pgNumType",
    }
    for name in ("document", "styles"):
        for element in part([whole("草稿")], name).iter():
            kind = element.tag.removeprefix(W)
            if kind in orders:
                places = [orders[kind].split().index(child.tag.removeprefix(W)) for child in element]
                once = [
                    place for place in places if kind != "sectPr" or place > 1
                ]  # of pages there are kinds
                assert places == sorted(places), (kind, etree.tostring(element))
                assert len(once) == len(set(once)), (kind, etree.tostring(element))


def test_the_archive_holds_nothing_of_a_theme_and_no_personal_trace():
    with ZipFile(BytesIO(word.to_bytes([whole()]))) as file:
        assert [name for name in file.namelist() if "theme" in name or "thumbnail" in name] == []
        for name in file.namelist():
            assert not re.search(rb"[tT]heme=|Theme\"|themeColor|python-docx|Macintosh", file.read(name)), (
                name
            )


def test_the_same_reports_give_the_same_bytes():
    assert word.to_bytes([whole("草稿")]) == word.to_bytes([whole("草稿")])


# ---- fonts and page


@pytest.mark.parametrize(
    ("style", "font", "half_points", "bold"),
    [
        ("Title", "宋体", "44", True),
        ("Heading1", "黑体", "32", False),
        ("Heading2", "楷体", "32", False),
        ("Heading3", "仿宋", "32", True),
        ("Heading4", "仿宋", "32", False),
        ("BodyText", "仿宋", "32", False),
        ("Footer", "宋体", "28", False),
        ("TableText", "宋体", "21", False),
    ],
)
def test_styles_have_the_official_fonts_and_sizes(styles, style, font, half_points, bold):
    names = {
        value(styles[style], "w:rPr/w:rFonts", f"w:{script}") for script in ("eastAsia", "ascii", "hAnsi")
    }
    assert names == {font}
    assert value(styles[style], "w:rPr/w:sz") == half_points
    weight = styles[style].find(f"{qn('w:rPr')}/{qn('w:b')}")
    assert (weight is not None and weight.get(qn("w:val")) != "0") == bold


@pytest.mark.parametrize("style", ["Heading1", "Heading2", "Heading3", "Heading4", "BodyText", "Signature"])
def test_lines_are_28_95_points_high(styles, style):
    assert value(styles[style], "w:pPr/w:spacing", "w:line") == "579"
    assert value(styles[style], "w:pPr/w:spacing", "w:lineRule") == "exact"


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_headings_have_levels_and_stay_with_what_follows(styles, level):
    style = styles[f"Heading{level}"]
    assert value(style, "w:name") == f"heading {level}"
    assert value(style, "w:pPr/w:outlineLvl") == str(level - 1)
    assert has(style, "w:pPr/w:keepNext")


def test_paragraphs_are_set_in_by_two_characters(styles):
    assert value(styles["BodyText"], "w:pPr/w:ind", "w:firstLineChars") == "200"


def test_the_page_has_the_official_margins():
    (section,) = body(report()).iter(qn("w:sectPr"))
    margins = {
        side: round(int(value(section, "w:pgMar", f"w:{side}")) / MM)
        for side in ("top", "bottom", "left", "right")
    }
    assert margins == {"top": 37, "bottom": 35, "left": 28, "right": 26}


def test_page_numbers_are_fields_between_dashes():
    footer = part([report()], "footer1")
    assert text_of(footer) == "— 1 —"
    assert [field.text for field in footer.iter(qn("w:instrText"))] == [" PAGE "]


def test_each_report_begins_on_page_one():
    sections = [*body(report(), whole(), report()).iter(qn("w:sectPr"))]
    begins = [has(section, "w:pgNumType") for section in sections]
    assert begins == [True, True, False, False, True]


def test_a_draft_says_so_above_and_below_in_grey():
    for name, text in (("header1", "草稿"), ("footer1", "草稿　— 1 —　草稿")):
        shown = part([whole("草稿")], name)
        assert text_of(shown) == text
        assert {color.get(qn("w:val")) for color in shown.iter(qn("w:color"))} == {"999999"}
    assert text_of(part([report()], "header1")) == ""


def test_a_report_that_is_no_draft_does_not_inherit_the_mark_of_another():
    sections = [*body(report(mark="草稿"), report()).iter(qn("w:sectPr"))]
    headers = {value(section, "w:headerReference", "r:id") for section in sections}
    assert len(headers) == 2


# ---- tables


def rows_of(*parts):
    return [*body(plain(*parts)).iter(qn("w:tr"))]


def test_the_heading_of_a_table_is_repeated_and_no_row_is_cut():
    rows = rows_of(Table("表 1", "", long_table(60)))
    assert [has(row, "w:trPr/w:tblHeader") for row in rows] == [True] + [False] * 60
    assert all(has(row, "w:trPr/w:cantSplit") for row in rows)
    assert {value(row, "w:trPr/w:trHeight", "w:hRule") for row in rows} == {"atLeast"}


def test_spans_are_merged():
    table = Document(BytesIO(word.to_bytes([plain(Table("", "", merged()))]))).tables[0]
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown == [
        ["项目", "2024 年度", "2024 年度"],
        ["项目", "预算数", "决算数"],
        ["项目支出", "98.00", "98.00"],
        ["项目支出", "1,234.50", "1,234.50"],
    ]


@pytest.mark.parametrize("grid", [merged(), form(), long_table(9)], ids=["merged", "form", "list"])
def test_cells_fill_every_row_of_the_grid(grid):
    for table in body(plain(Annex(grid))).iter(qn("w:tbl")):
        columns = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        for row in table.iter(qn("w:tr")):
            cells = [*row.iter(qn("w:tc"))]
            assert sum(int(value(cell, "w:tcPr/w:gridSpan") or 1) for cell in cells) == len(columns)
            assert sum(int(value(cell, "w:tcPr/w:tcW", "w:w")) for cell in cells) == sum(columns)


def test_columns_and_frame_are_those_of_the_grid():
    table = next(body(plain(Annex(form(1)))).iter(qn("w:tbl")))
    widths = [round(int(column.get(qn("w:w"))) / MM, 1) for column in table.iter(qn("w:gridCol"))]
    assert widths == list(form(1).widths_mm)
    sizes = {border.get(qn("w:sz")) for side in table.iter(qn("w:tcBorders")) for border in side}
    assert sizes == {None, "4", "8"}


def test_a_form_has_a_section_of_its_own_paper():
    sizes = [
        (value(section, "w:pgSz", "w:w"), value(section, "w:pgSz", "w:orient"))
        for section in body(whole()).iter(qn("w:sectPr"))
    ]
    assert sizes == [("11906", None), ("11906", None), ("16838", "landscape")]


def test_a_form_begins_its_pages_where_the_pdf_does():
    shown = body(plain(Annex(form())))
    breaks = [p for p in shown.iter(qn("w:p")) if has(p, "w:pPr/w:pageBreakBefore")]
    assert [text_of(p) for p in breaks] == [f"{form().running_title}（续）"]


def test_a_list_is_one_table_whose_heading_word_repeats():
    (table,) = body(plain(Annex(list_annex()))).iter(qn("w:tbl"))
    first, second, *_ = table.iter(qn("w:tr"))
    assert has(first, "w:trPr/w:tblHeader")
    assert second.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None


def test_bars_are_shaded_as_far_as_the_points_go():
    table = next(body(plain(Bars("得分", SCORES))).iter(qn("w:tbl")))
    rows = [row for row in table.iter(qn("w:tr")) if text_of(row)]
    filled = [
        sum(
            int(value(cell, "w:tcPr/w:tcW", "w:w"))
            for cell in row.iter(qn("w:tc"))
            if has(cell, "w:tcPr/w:shd")
        )
        for row in rows
    ]
    assert [round(width / filled[0], 2) for width in filled] == [1.0, 0.97, 0.0]
    assert [text_of(row) for row in rows] == [
        "预算执行情况20/20 分",
        "年度目标 1：信息技术与教育教学融合48.5/50 分",
        "年度目标 2—/30 分",
    ]


# ---- texts


def test_rare_and_sharp_characters_are_kept():
    text = f"{RARE}<&>\"'≥95%　“优”…—"
    assert text_of(body(plain(Paragraph(text)))) == text


def test_characters_that_word_refuses_are_left_out():
    assert text_of(body(plain(Paragraph("一\x07二\ufffe\ud800\u200b三"), Title(1, "\x00四")))) == "一二三四"


def test_a_long_title_is_broken_evenly():
    title = "2024 年度武汉市硚口区教育局信息技术中心部门整体支出绩效自评报告"
    first, second = text_of(body(Report("自评报告", (title,), ()))).split("\n")
    assert first + second == title
    assert abs(len(first) - len(second)) < 6


def test_a_line_break_in_a_paragraph_is_a_blank_and_one_in_a_cell_stays():
    assert text_of(body(plain(Paragraph("　　一\n二 ")))) == "一 二"
    cell = next(body(plain(Table("", "", long_table(1)))).iter(qn("w:tc")))
    assert text_of(cell) == "序号"


def test_what_is_signed_stays_with_its_signature():
    *_, before, unit, date = body(plain(Paragraph("一"), Paragraph("二"), Signature("单位", "日期"))).iter(
        qn("w:p")
    )
    keeps = [has(p, "w:pPr/w:keepNext") for p in (before, unit, date)]
    assert keeps == [True, True, False]


@pytest.mark.parametrize(
    "empty", [Report("空", (), ()), plain(Paragraph("")), plain(Bars("", ())), plain(Annex(form(1)))]
)
def test_whatever_is_missing_the_file_can_be_read(empty):
    assert Document(BytesIO(word.to_bytes([empty]))).sections


def test_long_reports_and_tables_are_written_in_a_moment():
    many = Table("表", "", long_table(300))
    text = (SENTENCE * 30)[:2000]
    reports = [plain(many, *(Paragraph(text) for _ in range(50)))]
    word.to_bytes(reports)
    start = time.perf_counter()
    word.to_bytes(reports)
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("name", ["报告.docx", "报告.PDF"])
def test_a_report_is_written_as_its_suffix_says(name, tmp_path):
    write_report(report(), tmp_path / name)
    write_report([report(), whole()], tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes()[:2] == (b"PK" if name.endswith("docx") else b"%P")


def refuse(number: int):
    def call(*_):
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
@pytest.mark.parametrize(
    ("call", "number", "reported"),
    [
        ("fsync", errno.ENOSPC, "磁盘空间不足"),
        ("replace", errno.EACCES, "正被其他程序（如 Excel、WPS 或阅读器）打开"),
    ],
)
def test_a_full_disk_and_a_file_open_elsewhere_are_told(
    suffix, call, number, reported, tmp_path, monkeypatch
):
    path = tmp_path / f"报告{suffix}"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, call, refuse(number))
    with pytest.raises(UserError, match=reported):
        write_report(report(), path)
    assert [(found.name, found.read_text("utf-8")) for found in tmp_path.iterdir()] == [(path.name, "old")]


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_what_the_system_refuses_is_told(suffix, tmp_path):
    (tmp_path / f"报告{suffix}").mkdir()
    with pytest.raises(UserError, match="已有同名的文件夹"):
        write_report(report(), tmp_path / f"报告{suffix}")
    assert [path.name for path in tmp_path.iterdir()] == [f"报告{suffix}"]
