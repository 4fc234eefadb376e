"""Texts that are too long for their row: the row is made higher, and nothing but its height changes.

1. a text of one line leaves its row as it is; one of several makes it higher, as high as the most needs
2. of a cell merged over rows the last one grows; a row that was not there is made with its height
3. without the tick, beyond the highest row and where a cell does not wrap it is said, and nothing changed
4. bytes: only `ht` and `customHeight` of those rows
"""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from intake.filling.fill import SAME_BUT
from intake.filling.workbook import NO_WRAP, TOO_LONG, TOO_LOW
from intake.filling.xlsx import fill_xlsx
from model.recognition.fill_plan import Edit
from model.recognition.incoming import Place
from tests.intake.making import book_parts, zipped

WRAPS = '<xf numFmtId="0" fontId="0"><alignment wrapText="1"/></xf><xf numFmtId="0" fontId="0"/>'
COLUMNS = '<cols><col min="1" max="2" width="20" customWidth="1"/></cols>'
ROWS = (
    '<row r="1" ht="20" customHeight="1" spans="1:2"><c r="A1" s="0"/><c r="B1" s="0"/></row>'
    '<row r="2" ht="18"><c r="A2" s="1"/></row><row r="3" ht="18"/>'
    '<row r="4" ht="18"><c r="A4" s="0"/></row><row r="5" ht="18"><c r="A5" s="0"/></row>'
)
LONG = "示例中心全年完成各项工作任务。" * 4  # 60 characters, of which ten stand in a line


def book(merges=""):
    parts = book_parts(ROWS, sheet=merges)
    styles = str(parts["xl/styles.xml"]).replace('<xf numFmtId="0"/>', WRAPS, 1)
    sheet = str(parts["xl/worksheets/sheet1.xml"]).replace("<sheetData>", f"{COLUMNS}<sheetData>")
    return zipped(parts | {"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet})


def edit(row, text, column=1):
    return Edit(Place("表", row, column, "sheet"), "write", text)


def sheet_of(data):
    with ZipFile(BytesIO(data)) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def heights(data):
    rows = re.findall(r'<row r="(\d+)"([^>]*)>', sheet_of(data))
    return {int(row): float(m[1]) for row, tag in rows if (m := re.search(r' ht="([\d.]+)"', tag))}


@pytest.mark.parametrize(
    ("text", "is_higher"), [("一二三四五六七八", False), ("一二三四五六七八九十甲乙", True)]
)
def test_1_more_than_a_line_makes_a_row_higher(text, is_higher):
    done = fill_xlsx(book(), [edit(1, text)])
    assert (heights(done.data)[1] > 20) is is_higher
    assert bool(done.plan.raised) is is_higher
    assert done.plan.missing == ()


def test_1_the_longest_text_of_a_row_counts():
    both = heights(fill_xlsx(book(), [edit(1, LONG), edit(1, LONG * 2, column=2)]).data)[1]
    other = heights(fill_xlsx(book(), [edit(1, LONG * 2), edit(1, LONG, column=2)]).data)[1]
    assert both == other > heights(fill_xlsx(book(), [edit(1, LONG)]).data)[1] > 60


def test_2_of_merged_rows_the_last_one_grows():
    merged = '<mergeCells><mergeCell ref="A4:A5"/></mergeCells>'
    found = heights(fill_xlsx(book(merged), [edit(4, LONG)]).data)
    assert found[4] == 18
    assert found[5] > 60 - 18


def test_2_rows_that_are_empty_or_missing_get_their_height_with_their_cell():
    for row in (3, 9):
        done = fill_xlsx(book(), [edit(row, "甲\n乙\n丙", column=2)])
        assert heights(done.data)[row] > 40
        assert sheet_of(done.data).count(f'<row r="{row}"') == 1


def test_3_without_the_tick_it_is_said():
    done = fill_xlsx(book(), [edit(1, LONG)], heightens=False)
    assert [one.reason for one in done.plan.missing] == [TOO_LOW]
    assert heights(done.data)[1] == 20


def test_3_what_no_height_helps_is_said():
    filled = fill_xlsx(book(), [edit(1, LONG * 20)])
    assert [one.reason for one in filled.plan.missing] == [TOO_LONG]
    assert heights(filled.data)[1] == 409
    flat = fill_xlsx(book(), [edit(2, LONG)])
    assert [one.reason for one in flat.plan.missing] == [NO_WRAP]
    assert (heights(flat.data)[2], flat.plan.raised) == (18, ())


def test_4_only_the_height_of_the_row_changes():
    before, after = sheet_of(book()), sheet_of(fill_xlsx(book(), [edit(1, LONG)]).data)
    cell = re.search(r'<c r="A1" s="0" t="inlineStr">.*?</c>', after)[0]
    same = after.replace(cell, '<c r="A1" s="0"/>')
    row = re.search(r'<row r="1"[^>]*>', same)[0]
    assert re.sub(r' (?:ht|customHeight)="[^"]*"', "", row) == '<row r="1" spans="1:2">'
    assert same.replace(row, '<row r="1" ht="20" customHeight="1" spans="1:2">') == before


def test_4_the_sentence_has_room_for_rows():
    assert (
        SAME_BUT.format(count=3, rows="和 2 行的行高") == "除 3 个单元格和 2 行的行高外，与原文件逐字节相同。"
    )
