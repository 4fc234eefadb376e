"""What Excel, WPS and LibreOffice put on the clipboard is read; copying out and in changes nothing."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.table_text import format_block, parse_block
from model.recognition.clipboard import html_of, sheet_of_text, sheets_of, sheets_of_html
from model.recognition.incoming import Mark, SeenSheet
from tests import producers

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:0%;}--></style></head>
<body link="#0563C1"><table border=0 cellpadding=0 cellspacing=0 width=216 style='border-collapse:collapse'>
<!--StartFragment-->
 <col width=72 span=3 style='width:54pt'>
 <tr height=19 style='height:14.25pt'>
  <td height=19 class=xl65 width=72 style='height:14.25pt'>三级指标</td>
  <td class=xl65 width=72>年度<br>
    指标值</td>
  <td class=xl65 width=72>得分</td>
 </tr>
 <tr height=19><td rowspan=2 height=38>培训<span style='mso-spacerun:yes'>&nbsp; </span>次数</td>
  <td align=right>87%</td>
  <td align=right x:num="0.86521999999999999">0.87</td></tr>
 <tr style='display:none'><td>藏</td><td>5</td></tr>
 <tr height=19><td>全市初中、高中、职教工作得到提高，老师素质得到
  提升</td><td>&nbsp;</td><td x:fmla="=SUM(C1:C2)">9</td></tr>
<![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=72></td></tr>
<![endif]>
<!--EndFragment--></table></body></html>"""

LIBRE_OFFICE = """<!DOCTYPE html><html><head>
<meta http-equiv="content-type" content="text/html; charset=utf-8"/>
<title></title><style type="text/css">body,div,table{font-family:"Calibri"}</style></head><body>
<table cellspacing="0" border="0"><colgroup span="2" width="85"></colgroup>
<tr><td height="17" align="left" colspan=2><b><font face="宋体">执行率</font></b></td></tr>
<tr><td align="right" sdval="0.998" sdnum="1033;0;0.00%">99.80%</td><td align="left">甲<br>乙</td></tr>
</table></body></html>"""


def texts(sheet: SeenSheet) -> list[tuple[int, int, str]]:
    return [(cell.place.row, cell.place.column, cell.text) for cell in sheet.cells]


def block(sheet: SeenSheet) -> tuple[tuple[str, ...], ...]:
    rows: dict[int, list[str]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.place.row, []).append(cell.text)
    return tuple(map(tuple, rows.values()))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", (("甲", "乙"), ("丙", "丁"))),
        ('"四史"教育次数\t5\r\n', (('"四史"教育次数', "5"),)),
        ('"四史"\t5', (('"四史"', "5"),)),
        ('"甲\t乙\r\n丙\t丁\r\n', (('"甲', "乙"), ("丙", "丁"))),
        ('甲"乙\t5"\n', (('甲"乙', '5"'),)),
        ('"年度\n指标值"\t得分\r\n1\t2\r\n', (("年度\n指标值", "得分"), ("1", "2"))),
        ('"说""四史""\n次"\t5\r\n', (('说"四史"\n次', "5"),)),
        ('"四史\t5\n党史"\t6\n甲\t乙', (("四史\t5\n党史", "6"), ("甲", "乙"))),
        ('"甲\t乙"\t丙\n1\t2', (("甲\t乙", "丙"), ("1", "2"))),
        ("甲\t\r\n\t\r\n\r\n\r\n", (("甲", ""), ("", ""))),
        ("甲\r\n\r\n\r\n", (("甲",),)),
        ("甲\n\n乙", (("甲",), ("",), ("乙",))),
        ("\t甲", (("", "甲"),)),
        ("甲\t乙\n丙", (("甲", "乙"), ("丙", ""))),
        ("", ()),
        ("\r\n", (("",),)),
        ("甲\0\0", (("甲",),)),
    ],
)
def test_a_block_of_text_is_read_as_its_program_meant_it(text, rows):
    assert parse_block(text) == rows
    assert block(sheet_of_text(text)) == rows


@pytest.mark.parametrize("length", [131_071, 131_072, 1_000_000])
def test_a_lone_quote_before_a_long_text_swallows_nothing(length):
    text = '"' + "长" * length
    assert parse_block(text) == ((text,),)
    assert parse_block(f"{text}\t甲\n乙\t丙") == ((text, "甲"), ("乙", "丙"))


def test_html_of_excel_tells_merges_values_and_formulas():
    (sheet,) = sheets_of_html(EXCEL)
    assert texts(sheet) == [
        (1, 1, "三级指标"),
        (1, 2, "年度\n指标值"),
        (1, 3, "得分"),
        (2, 1, "培训  次数"),
        (2, 2, "87%"),
        (2, 3, "0.87"),
        (4, 1, "全市初中、高中、职教工作得到提高，老师素质得到提升"),
        (4, 2, ""),
        (4, 3, "9"),
    ]
    by_text = {cell.text: cell for cell in sheet.cells}
    assert by_text["培训  次数"].rows == 2
    assert by_text["0.87"].exact == "0.86522"
    assert by_text["9"].marks == {Mark.FORMULA}


def test_a_hidden_row_of_excel_is_listed_aside():
    (sheet,) = sheets_of_html(EXCEL)
    assert [(cell.text, cell.place.column) for cell in sheet.aside] == [("藏", 2), ("5", 3)]


def test_html_of_libreoffice_tells_stored_values():
    (sheet,) = sheets_of_html(LIBRE_OFFICE)
    assert texts(sheet) == [(1, 1, "执行率"), (2, 1, "99.80%"), (2, 2, "甲\n乙")]
    assert [cell.exact for cell in sheet.cells] == ["", "0.998", ""]
    assert sheet.cells[0].columns == 2


def test_lines_around_tables_are_kept_and_nested_tables_stand_alone():
    html = "<h2>项目支出绩效自评表</h2><table><tr><td>甲<table><tr><td>内</td><td>里</td></tr></table></td>"
    html += "<td>乙</td></tr></table><p>备注：无</p>"
    outer, inner = sheets_of_html(html)
    assert outer.before == ("项目支出绩效自评表",)
    assert [cell.text for cell in outer.cells] == ["甲", "乙"]
    assert [cell.text for cell in inner.cells] == ["内", "里"]
    assert inner.after == ("备注：无",)
    assert (outer.name, inner.name) == ("剪贴板", "剪贴板 2")


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td rowspan=99999 colspan=99999>甲",
        "<table><td>甲</table></table></td>",
        "<table><tr><td colspan='x' rowspan=-1>甲</td>",
        "<table>" * 500 + "<tr><td>甲",
        "<td>甲</td><table><tr><td>乙</td></tr>",
        "<table><tr><td><script>alert(1)</script>甲</td></tr></table>",
        "<head><title>x<table><tr><td>甲&#0;&amp;&nbsp;乙</td>",
    ],
)
def test_broken_html_harms_nobody(html):
    for sheet in sheets_of_html(html):
        for cell in sheet.cells:
            assert 1 <= cell.rows <= 5_000
            assert 1 <= cell.columns <= 256
            assert "alert" not in cell.text


def test_html_counts_before_text_where_it_has_a_table():
    assert block(sheets_of("甲\t乙", "<table><tr><td>丙</td></tr></table>")[0]) == (("丙",),)
    assert block(sheets_of("甲\t乙", "<p>甲 乙</p>")[0]) == (("甲", "乙"),)
    assert sheets_of(" \r\n", "") == ()


ordinary = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=12)
written = st.text(alphabet="甲乙\"\n 5,&<>;='", max_size=8)
cells = st.one_of(written, ordinary)
blocks = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=1, max_size=4)
)


@given(blocks)
def test_copying_out_and_in_as_html_changes_nothing(rows):
    sheets = sheets_of_html(html_of(rows))
    assert (block(sheets[0]) if sheets else ()) == (tuple(map(tuple, rows)) if any(map(any, rows)) else ())


@given(blocks)
def test_copying_out_and_in_as_text_changes_nothing(rows):
    assert parse_block(format_block(rows)) == tuple(map(tuple, rows))


@given(blocks)
def test_a_block_as_excel_writes_it_is_read_as_it_was(rows):
    """Excel puts in quotes what has an end of line; a text that begins with a quote is taken as it is."""
    simple = [[cell.replace('"', "") for cell in row] for row in rows]
    kept = list(map(tuple, simple))
    while len(kept) > 1 and kept[-1] == ("",):
        kept.pop()
    lines = ("\t".join(f'"{cell}"' if "\n" in cell else cell for cell in row) for row in simple)
    assert parse_block("".join(f"{line}\r\n" for line in lines)) == tuple(kept)


@pytest.mark.parametrize(
    "filler", ["&nbsp;", "<br>", "<br>\n", "<p><o:p>&nbsp;</o:p></p>", "<font><br></font>", " "]
)
def test_what_keeps_an_empty_cell_open_is_no_text(filler):
    (sheet,) = sheets_of_html(f"<table><tr><td>{filler}</td><td>甲<br>乙</td></tr></table>")
    assert [cell.text for cell in sheet.cells] == ["", "甲\n乙"]


ENDLESS = ["<a ", "<!--", "<!--a>", "<![if a>", "<![CDATA[", "<?", "</", "<", "<a a='", "<script></"]


@pytest.mark.parametrize("mark", ENDLESS)
def test_marks_without_an_end_do_not_take_the_square_of_their_number(mark):
    """A minute and more before, for twenty thousand."""
    began = time.monotonic()
    (sheet,) = sheets_of_html("<table><tr><td>甲</td></tr></table>" + mark * 20_000)
    assert texts(sheet) == [(1, 1, "甲")]
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("mark", ["<![", "<![<![", "<![1]>"])
def test_a_mark_that_no_program_writes_ends_what_is_read(mark):
    assert texts(sheets_of_html(f"<table><tr><td>甲</td></tr></table>{mark}")[0]) == [(1, 1, "甲")]


spoken = st.text(alphabet='甲乙a5%≥&<>"= \n', max_size=10).map(
    lambda text: "\n".join(map(str.strip, text.split("\n")))
)
spoken_blocks = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.lists(spoken, min_size=n, max_size=n), min_size=1, max_size=4)
)


@pytest.mark.parametrize("program", producers.HTML)
@given(rows=spoken_blocks)
def test_any_block_as_a_program_writes_it_is_read_as_it_was(program, rows):
    """But for blank lines at the ends of a cell, which nobody sees."""
    seen = [[cell.strip() for cell in row] for row in rows]
    sheets = sheets_of_html(producers.HTML[program](seen))
    assert (block(sheets[0]) if sheets else ()) == (tuple(map(tuple, seen)) if any(map(any, seen)) else ())
