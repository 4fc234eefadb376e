"""Workbooks as other programs write them: other dialects, prefixes, names of parts, kinds of cells."""

import re

import pytest

from intake.reading import read_bytes
from model.recognition.incoming import Incoming, Mark, SeenCell
from tests.intake.making import MAIN, RELATIONS, book_parts, zipped

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>项目名称</t></is></c><c r="B1" s="1"><v>0.8652</v></c></row>'
    '<row r="3"><c r="B3" t="b"><v>1</v></c><c r="C3"><v>1463.3099999999999</v></c></row>'
)


def read(parts: dict[str, str | bytes]) -> Incoming:
    return read_bytes("a.xlsx", zipped(parts))


def cells(rows: str, **more) -> dict[tuple[int, int], SeenCell]:
    (sheet,) = read(book_parts(rows, **more)).sheets
    return {(cell.place.row, cell.place.column): cell for cell in sheet.cells}


def shown(rows: str, **more) -> list[str]:
    return [cell.text for cell in cells(rows, **more).values()]


def everywhere(change) -> dict[str, str | bytes]:
    return {name: change(text) for name, text in book_parts(ROWS, formats=("0%",)).items()}


def strict(text: str) -> str:
    return text.replace(MAIN, STRICT).replace(RELATIONS, STRICT_RELATIONS)


def prefixed(text: str) -> str:
    if MAIN not in text:
        return text
    return re.sub(r"<(/?)(?=[a-z])(?!\w+:)", r"<\1x:", text).replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')


def utf_16(text: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")


@pytest.mark.parametrize("change", [str, strict, prefixed, utf_16, lambda text: "\ufeff" + text])
def test_dialects_read_alike(change):
    (sheet,) = read(everywhere(change)).sheets
    assert [(cell.text, cell.exact) for cell in sheet.cells] == [
        ("项目名称", ""),
        ("87%", "0.8652"),
        ("TRUE", ""),
        ("1463.31", "1463.31"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name if "rels" in name else name.upper(),
        lambda name: f"/{name}",
    ],
)
def test_parts_are_found_whatever_their_names_are_written_with(name):
    parts = book_parts(ROWS, formats=("0%",))
    assert len(read({name(part): content for part, content in parts.items()}).sheets) == 1


@pytest.mark.parametrize("missing", ["_rels/.rels", "xl/styles.xml"])
def test_parts_that_tell_little_may_be_missing(missing):
    parts = book_parts(ROWS)
    del parts[missing]
    assert read(parts).sheets[0].cells[0].text == "项目名称"


def test_a_sheet_that_is_missing_is_damage():
    parts = book_parts(ROWS)
    del parts["xl/worksheets/sheet1.xml"]
    assert "文件已损坏" in read(parts).refused


def test_cells_without_places_stand_one_after_another():
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>"
    assert {place: cell.text for place, cell in cells(rows).items() if cell.text} == {
        (1, 1): "1",
        (1, 2): "2",
        (2, 2): "3",
    }


def test_a_cell_without_a_place_stands_right_of_one_with():
    rows = '<row r="7"><c r="C7"><v>1</v></c><c><v>2</v></c></row>'
    assert list(cells(rows)) == [(7, 3), (7, 4)]


def test_texts_of_several_fonts_are_joined_and_how_they_are_spoken_is_left_out():
    rich = "<is><r><t>年度</t></r><r><rPr><b/></rPr><t>指标值</t></r><rPh><t>niandu</t></rPh></is>"
    assert shown(f'<row><c t="inlineStr">{rich}</c></row>') == ["年度指标值"]


def test_ticks_of_a_symbol_font_are_seen():
    rich = '<is><r><rPr><rFont val="Wingdings 2"/></rPr><t>R</t></r><r><t>是 </t></r>'
    rich += '<r><rPr><rFont val="Wingdings"/></rPr><t>o</t></r><r><t>否</t></r></is>'
    assert shown(f'<row><c t="inlineStr">{rich}</c></row>') == ["☑是 □否"]


def test_a_shared_string_that_is_not_there_is_an_error():
    (cell,) = cells('<row><c t="s"><v>7</v></c></row>').values()
    assert (cell.text, cell.marks) == ("", {Mark.ERROR})


def test_a_shared_formula_of_another_file_is_one_in_all_its_cells():
    rows = '<row><c><f t="shared" si="0" ref="A1:B1">[1]表!A1</f><v>5</v></c>'
    rows += '<c><f t="shared" si="0"/><v>6</v></c><c><f>A1</f><v>7</v></c></row>'
    marks = [cell.marks for cell in cells(rows).values()]
    assert marks == [{Mark.FORMULA, Mark.OUTSIDE}, {Mark.FORMULA, Mark.OUTSIDE}, {Mark.FORMULA}]


def test_a_formula_may_have_a_text_as_its_value_even_an_empty_one():
    rows = '<row><c t="str"><f>A2</f><v>甲</v></c><c t="str"><f>B2</f><v></v></c><c><v>1</v></c></row>'
    assert [(cell.text, cell.marks) for cell in cells(rows).values()] == [
        ("甲", {Mark.FORMULA}),
        ("", {Mark.FORMULA}),
        ("1", set()),
    ]


@pytest.mark.parametrize("value", ["NaN", "abc", "1e999", "１２"])
def test_what_is_no_number_where_one_belongs_is_said_so(value):
    (cell,) = cells(f"<row><c><v>{value}</v></c></row>").values()
    assert (cell.text, cell.marks) == (value, {Mark.NOT_A_NUMBER})


def test_a_place_given_twice_has_two_candidates():
    (cell,) = cells('<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>').values()
    assert (cell.text, cell.marks) == ("1", {Mark.TWO_CANDIDATES})


def test_days_count_from_1904_where_the_book_says_so():
    rows = '<row><c s="1"><v>43538</v></c></row>'
    assert shown(rows, formats=("yyyy-mm-dd",)) == ["2019-03-14"]
    assert shown(rows, formats=("yyyy-mm-dd",), book='<workbookPr date1904="1"/>') == ["2023-03-15"]


def test_a_day_may_be_written_as_a_day():
    rows = '<row><c t="d"><v>2024-01-16</v></c><c t="d" s="1"><v>2024-01-16T12:00:00</v></c></row>'
    found = cells(rows, formats=('yyyy"年"m"月"d"日"',)).values()
    assert [(cell.text, cell.exact) for cell in found] == [
        ("2024/1/16", "2024-01-16"),
        ("2024年1月16日", "2024-01-16 12:00:00"),
    ]


def test_formats_are_applied_by_style():
    codes = ('0!.0,"万"', "#,##0.00;[Red](#,##0.00)", "[>=1]0%;0.0%")
    values = ("123456", "-5", "0.998", "7")
    cells_ = (f'<c s="{style}"><v>{value}</v></c>' for style, value in zip((1, 2, 3, 9), values, strict=True))
    rows = f"<row>{''.join(cells_)}</row>"
    assert shown(rows, formats=codes) == ["12.3万", "(5.00)", "99.8%", "7"]


def test_hidden_columns_and_merges_with_a_part_in_sight():
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    rows += '<row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c><c r="C2"><v>5</v></c></row>'
    sheet = '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    parts = book_parts(rows, sheet=sheet)
    parts["xl/worksheets/sheet1.xml"] = str(parts["xl/worksheets/sheet1.xml"]).replace(
        "<sheetData>", '<cols><col min="3" max="3" hidden="1"/></cols><sheetData>'
    )
    (seen,) = read(parts).sheets
    assert [(cell.text, cell.rows) for cell in seen.cells] == [("1", 2), ("4", 1)]
    assert [cell.text for cell in seen.aside] == ["2", "3", "5"]


def test_the_same_text_below_a_merge_is_dropped_and_another_listed():
    rows = "<row><c><v>1</v></c><c><v>1</v></c></row><row><c><v>2</v></c><c><v>1</v></c></row>"
    parts = book_parts(rows, sheet='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    (seen,) = read(parts).sheets
    assert [(cell.text, cell.rows, cell.columns) for cell in seen.cells] == [("1", 2, 2)]
    assert [cell.text for cell in seen.aside] == ["2"]


@pytest.mark.parametrize(("rows", "read_"), [(5_000, True), (5_001, False)])
def test_a_sheet_has_5000_rows_at_most(rows, read_):
    incoming = read(book_parts(f'<row r="{rows}"><c r="A{rows}"><v>1</v></c></row>'))
    assert bool(incoming.sheets) == read_
    assert ("超过 5000 行" in incoming.refused) != read_


@pytest.mark.parametrize(("column", "read_"), [("IV", True), ("IW", False)])
def test_a_sheet_has_256_columns_at_most(column, read_):
    incoming = read(book_parts(f'<row r="1"><c r="{column}1"><v>1</v></c></row>'))
    assert bool(incoming.sheets) == read_
    assert (f"{column} 列" in incoming.refused) != read_


@pytest.mark.parametrize(("length", "read_"), [(32_767, True), (32_768, False)])
def test_a_cell_has_32767_characters_at_most(length, read_):
    text = "长" * length
    incoming = read(book_parts(f'<row><c t="inlineStr"><is><t>{text}</t></is></c></row>'))
    assert bool(incoming.sheets) == read_


def test_a_sheet_that_is_too_large_does_not_keep_others_from_being_read():
    parts = book_parts('<row r="6000"><c r="A6000"><v>1</v></c></row>')
    parts["xl/workbook.xml"] = str(parts["xl/workbook.xml"]).replace(
        "</sheets>", '<sheet name="好" sheetId="2" r:id="theme"/></sheets>'
    )
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        f'<Relationship Id="theme" Type="{RELATIONS}/worksheet" Target="/xl/good.xml"/></Relationships>',
    )
    parts["xl/good.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{ROWS}</sheetData></worksheet>'
    incoming = read(parts)
    assert [sheet.name for sheet in incoming.sheets] == ["好"]
    assert incoming.notes == ("表格范围过大：工作表“表”第 6000 行有内容，超过 5000 行，没有读这张表。",)


def test_a_picture_in_a_cell_is_no_text():
    value = "<f>_xlfn.DISPIMG(&quot;ID_1&quot;,1)</f><v>=DISPIMG(&quot;ID_1&quot;,1)</v>"
    found = cells(f'<row><c t="str">{value}</c><c><v>1</v></c></row>')
    assert [cell.text for cell in found.values()] == ["", "1"]
