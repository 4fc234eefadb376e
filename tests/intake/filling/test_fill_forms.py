"""Blank → filled by a form → read again = the form, for bureaus' own files.

1. D09 (xlsx) and D10 (docx) read back what was filled in
2. rows without room, fields without a cell and amounts under formulas are named; nothing is squeezed
3. hints of rows that stay empty are taken away; captions, notes and points in captions stay
4. a filled file can be filled again
5. what is no form, or can't be written, is refused
"""

from pathlib import Path

import pytest

from intake.filling.fill import fill_file
from intake.reading import read_bytes
from model.basics.errors import UserError
from model.forms.loader import shipped
from model.recognition.planning import FORMULA, NO_ROOM
from model.recognition.recognise import Recogniser
from tests.builders import NATIONAL, WUHAN_PROJECT, filled, row

FILES = Path(__file__).parents[2] / "data" / "intake" / "files"
RECOGNISER = Recogniser(shipped().forms)
ROWS = (
    row("≥5次", "6次", "10", "10", name="教研活动场次"),
    row("≥8次", "7次", "10", "8.75", name="培训次数", reason="疫情影响\n少办一次"),
    row("≥90%", "95%", "10", "10", name="合格率", level2="质量指标"),
    row("明显", "明显", "30", "28", name="社会效益", level1="效益指标", level2="社会效益指标"),
)


def national(*rows, **fields):
    fields = {"project_name": "示例运维项目硚〇䶮", "unit": "示例中心"} | fields
    return filled(NATIONAL, *(rows or ROWS), budget="60", executed="14", **fields)


def fill(name, form):
    return fill_file(name, (FILES / name).read_bytes(), form, RECOGNISER)


def read_back(name, data):
    (found,) = RECOGNISER.forms(read_bytes(name, data).sheets)
    return found.data


def rows_of(data):
    columns = ("level2", "name", "target", "actual", "score")
    return [tuple(row.get(c) for c in columns) for row in data["indicators"] if row.get("target")]


def expected(*rows):
    return [
        tuple(one.texts.get(c, "") for c in ("level2", "name", "target", "actual", "score")) for one in rows
    ]


def test_1_a_workbook_is_read_back_as_it_was_filled():
    data = read_back("D09_财政局空白表.xlsx", fill("D09_财政局空白表.xlsx", national()).data)
    assert rows_of(data) == expected(*ROWS)
    assert data["fields"]["项目名称"] == "示例运维项目硚〇䶮"
    assert data["year"] == 2025
    assert (data["funds"][0]["rate"], data["funds"][0]["score"]) == ("23.33%", "2.33")


def test_1_a_word_form_is_read_back_as_it_was_filled():
    rows = (ROWS[0], ROWS[2], ROWS[3])  # one row for each level 2 is free
    form = filled(WUHAN_PROJECT, *rows, budget="60", executed="14", project_name="示例项目")
    done = fill("D10_市财政局空白表.docx", form)
    data = read_back("D10_市财政局空白表.docx", done.data)
    assert rows_of(data) == expected(*rows)
    assert (data["funds"][0]["budget"], data["funds"][0]["executed"]) == ("60", "14")
    assert data["total"] == done.plan.edits[[e.path for e in done.plan.edits].index("total")].text


def test_1_it_says_how_many_cells_were_written():
    done = fill("D09_财政局空白表.xlsx", national())
    rows = len({place.row for place in done.plan.raised})
    count = len(done.plan.edits)
    assert done.said == f"除 {count} 个单元格和 {rows} 行的行高外，与原文件逐字节相同。"


def test_2_rows_without_room_are_named():
    many = [row("≥1次", "1次", "1", "1", name=f"第{n}项") for n in range(9)]
    done = fill("D09_财政局空白表.xlsx", national(*many))
    without = [one.text for one in done.plan.missing if one.reason == NO_ROOM]
    assert without == [f"第{n}项" for n in range(3, 9)]
    kept = rows_of(read_back("D09_财政局空白表.xlsx", done.data))
    assert [name for _, name, *_ in kept] == ["第0项", "第1项", "第2项"]


def test_2_amounts_under_a_formula_are_named():
    done = fill("D09_财政局空白表.xlsx", national())
    assert [(one.text, one.reason) for one in done.plan.missing] == [("60", FORMULA), ("14", FORMULA)]
    assert len(done.plan.kept) == 5


def test_3_hints_go_and_captions_stay():
    done = fill("D10_市财政局空白表.docx", filled(WUHAN_PROJECT, ROWS[0], budget="60", executed="14"))
    before = read_bytes("a.docx", (FILES / "D10_市财政局空白表.docx").read_bytes())
    after = read_bytes("a.docx", done.data)
    written = {edit.place for edit in done.plan.edits}
    for old, new in zip(before.sheets, after.sheets, strict=True):
        texts = {cell.place: cell.text for cell in new.cells}
        assert {c.place: c.text for c in old.cells if c.place not in written} == {
            place: text for place, text in texts.items() if place not in written
        }
    assert not any(edit.text == "" and edit.kind == "write" for edit in done.plan.edits)


def test_4_a_filled_file_can_be_filled_again():
    name = "D09_财政局空白表.xlsx"
    once = fill(name, national())
    again = fill_file(name, once.data, national(*ROWS[:1]), RECOGNISER)
    same = fill_file(name, once.data, national(), RECOGNISER)
    assert [edit.path for edit in same.plan.edits] == []
    assert rows_of(read_back(name, again.data))[0] == expected(ROWS[0])[0]


@pytest.mark.parametrize(
    ("name", "problem"),
    [("D13_一体化执行情况.xlsx", "没有找到自评表"), ("D04_项目自评表2020.doc", "不能直接填写")],
)
def test_5_what_cannot_be_filled_is_refused(name, problem):
    with pytest.raises(UserError, match=problem):
        fill(name, national())
