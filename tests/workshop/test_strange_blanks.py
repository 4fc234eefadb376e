"""Seventeen blanks of layouts that nobody ships: each entry has a home or is named, nothing is lost unsaid.

1. each becomes a form; no empty cell of it is without a home, and every text of it is part of the form
2. a document with a text in every cell is filled in, and read again: nothing is lost, nothing made up
3. what stays empty is what others fill in, and the row of the total
4. what has no home is named with its place (the guard can fail)
5. indicators that a bureau prints itself are rows of the empty form; what it prints stays as it is
6. the box that is ticked is the one of the option, whether boxes stand before their options or behind
7. 金额单位：元 stays; the room for a seal stays behind the text; the year is typed once
8. a filled one gives the same form; what was filled in does not go along
9. amounts below several sources make the execution of the first; months, columns that are understood
10. which annex the blank is stands above the title of our own paper
"""

import re

import pytest

from intake.reading import read_bytes
from model.document.answers import Answers, FormAnswers
from model.filling.blank import blank_form
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from model.reading.reading import read
from model.recognition.blank import is_hint
from model.recognition.captions import plain
from model.recognition.loader import vocabulary
from model.recognition.planning import _with_tick
from model.workshop.definition import definition_text
from model.workshop.homeless import with_homeless
from model.workshop.interpretation import interpretation
from model.workshop.proposal import IGNORED
from tests.bureaus import differences, document_for, learnt, proposed, round_trip
from tests.workshop.made import blank_of
from tests.workshop.strange import STRANGE, made_file

# what a blank has no line for: which institution fills it in, which day
NOT_ASKED = {
    "丙.xlsx": {"months"},
    "午.xlsx": {"year"},
    "壬.docx": {"unit"},
    "辰.docx": {"unit"},
    "子.docx": {"year"},
}


def made(name):
    return learnt(name, made_file(name))


def left_of(found):
    part = found.part("left")
    return [item.why for item in part.items] if part else []


def text_of(cell):
    return plain(cell.text).replace("{", "(")


@pytest.mark.parametrize("name", STRANGE)
def test_1_every_cell_has_a_home_and_every_text_is_in_the_form(name):
    found = proposed(name, made_file(name))
    assert left_of(found) == []
    said = plain(definition_text(found) + "".join(interpretation(found)))
    sheets = read_bytes(name, made_file(name)).sheets
    texts = {piece for sheet in sheets for cell in sheet.cells for piece in _pieces(cell.text)}
    titles = {plain(text).replace("{year}", "2025") for part in found.parts for text in part.texts}
    strangers = {t for t in texts if t and t not in said and t not in titles and not _is_besides(t)}
    assert strangers == set()


def _pieces(text):
    """The captions of a cell: lines, in a line what stands before colons, without points in brackets."""
    pieces = [piece for line in text.split("\n") for piece in re.split("[：:]", line)]
    return {re.sub(r"[（(][0-9]+分[）)]$", "", plain(piece)) for piece in pieces}


def _is_besides(text):
    """What a form need not print: numbers of rows, hints, options, units, how goals are numbered, room."""
    words = vocabulary()
    is_known = words.knows(text, "totals", "goals", "goal_labels") or "□" in text or text[0] == "—"
    is_number = text.isdecimal() or words.find("indicators", text) == "number" or "目标" in text[-3:]
    is_unit = text in ("元", "万元", "单位", "金额单位", "2025年度") or "年月日" in text or text[0] == "分"
    return is_known or is_number or is_unit or is_hint(text)


@pytest.mark.parametrize("name", STRANGE)
def test_2_what_was_filled_in_is_read_back(name):
    form = made(name)
    done = round_trip(form, document_for(form))
    assert differences(done.answers, done.back).keys() <= NOT_ASKED.get(name, set())
    assert (done.left, done.filled.plan.missing) == ([], ())


# --- 3


EMPTY = {  # by cells: what others fill in, and cells of the total or of a goal that was not made
    "甲.xlsx": {"C5", "I23", "C25", "C26"},
    "乙.docx": {"G21"},
    "丙.xlsx": {"C4", "C5"},
    "丁.docx": {"C9", "E9", "G9"},
    "戊.xlsx": {"G19"},
    "己.docx": {"C14", "G14", "I19"},
    "庚.xlsx": {"F10"},
    "壬.docx": {"C9", "G9", "J14"},
    "子.docx": {"H7", "H8", "H9", "H10"},
    "丑.xlsx": {"C9", "F9", "I9", "I14"},
    "寅.docx": {"B12", "I12"},
    "卯.xlsx": {"C4", "C5", "A10", "I16"},
    "辰.docx": {"G2", "G3", "G4", "G5", "G6", "E7", "G7"},
    "巳.xlsx": {"B3", "J17"},
    "午.xlsx": {"C4", "C5"},
}


@pytest.mark.parametrize("name", STRANGE)
def test_3_nothing_else_stays_empty(name):
    form = made(name)
    done = round_trip(form, document_for(form))
    cells = [cell for sheet in read_bytes(name, done.filled.data).sheets for cell in sheet.cells]
    empty = {f"{chr(64 + c.place.column)}{c.place.row}" for c in cells if not c.text.strip()}
    assert empty == EMPTY.get(name, set())


# --- 4


def test_4_a_part_that_goes_missing_is_named_with_its_cells():
    name = "乙.docx"
    found = proposed(name, made_file(name))
    parts = tuple(part for part in found.parts if part.kind != "table")
    named = with_homeless(found._replace(parts=parts), read_bytes(name, made_file(name)).sheets, shipped())
    assert any("没有认出是什么" in why for why in left_of(named))
    assert "第6行" in "".join(left_of(named))


def test_4_a_column_that_the_clerk_does_not_want_is_not_named_again():
    name = "甲.xlsx"
    found = proposed(name, made_file(name))
    at = next(n for n, part in enumerate(found.parts) if part.kind == "funds")
    last = len(found.parts[at].items) - 1
    changed = found.with_role(at, last, IGNORED)
    assert left_of(with_homeless(changed, read_bytes(name, made_file(name)).sheets, shipped())) == []


# --- 5


def test_5_printed_indicators_are_rows_of_the_empty_form_and_stay_as_printed():
    form = made("丁.docx")
    blank = blank_form(form.form, "示例中心", "2025")
    names = [blank.text(f"{row}.name") for row in blank.indicators]
    assert names[:2] == ["立项依据充分性", "立项程序规范性"]
    assert blank.text("i1.weight") == "6"
    assert "依据充分、程序规范得6分" in blank.texts.values()
    filled = round_trip(form, blank.with_texts({"i2.score": "3"})).filled
    written = {edit.text for edit in filled.plan.edits}
    assert "立项程序规范性" not in written
    assert "3" in written


def test_5_rows_go_to_the_indicators_of_their_names_in_whatever_order():
    form = made("丁.docx")
    blank = blank_form(form.form, "示例中心", "2025")
    texts = {"project_name": "示例项目"} | {f"{row}.score": str(n) for n, row in enumerate(blank.indicators)}
    turned = blank.with_texts(texts).with_rows("indicators", tuple(reversed(blank.indicators)))
    done = round_trip(form, turned)
    assert done.filled.plan.missing == ()
    by_name = {done.back.text(f"{row}.name"): done.back.text(f"{row}.score") for row in done.back.indicators}
    assert by_name["立项依据充分性"] == "0"
    assert by_name["社会效益"] == "6"


# --- 6


@pytest.mark.parametrize(
    ("text", "option", "ticked"),
    [
        ("□优 □良 □中", "优", "☑优 □良 □中"),
        ("□优 □良 □中", "中", "□优 □良 ☑中"),
        ("优□ 良□ 中□", "优", "优☑ 良□ 中□"),
        ("等级：□优　□良", "良", "等级：□优　☑良"),
        ("1、常年性项目□　2、延续性项目□", "2、延续性项目", "1、常年性项目□　2、延续性项目☑"),
        ("□优（90分以上）　□良（80-90分）", "优（90分以上）", "☑优（90分以上）　□良（80-90分）"),
    ],
)
def test_6_the_box_of_the_option_is_ticked(text, option, ticked):
    assert _with_tick(text, option) == ticked


# --- 7


def test_7_the_unit_of_money_and_the_seal_stay():
    lines = {name: filled_texts(name) for name in ("甲.xlsx", "戊.xlsx", "寅.docx", "辛.xlsx", "癸.xlsx")}
    assert any(line.startswith("填报单位") and line.endswith("单位：万元") for line in lines["甲.xlsx"])
    assert any(line.startswith("预算单位") and line.endswith("金额单位：万元") for line in lines["辛.xlsx"])
    assert "金额单位：元" in lines["戊.xlsx"]
    assert "单位：万元" in lines["癸.xlsx"]
    assert "单位意见：单位意见的文字\n（盖章）" in lines["寅.docx"]


def filled_texts(name):
    form = made(name)
    data = round_trip(form, document_for(form)).filled.data
    return [cell.text for sheet in read_bytes(name, data).sheets for cell in sheet.cells]


def test_7_the_year_of_the_form_is_known_to_it():
    form = made("庚.xlsx")
    blank: FormAnswers = blank_form(form.form, "示例中心", "2025")
    assert blank.text("form_year") == "2025"
    filled = round_trip(form, document_for(form).with_text("form_year", "2025")).filled.data
    (sheet,) = read_bytes("庚.xlsx", filled).sheets
    assert any("年度：2025" in cell.text for cell in sheet.cells)


# --- 8


@pytest.mark.parametrize("name", STRANGE)
def test_8_a_filled_one_gives_the_same_form_or_keeps_no_file(name):
    form = made(name)
    again = learnt(name, round_trip(form, document_for(form)).filled.data)
    assert again.file.blank == b"" or again.form.id == form.form.id or name in (*HEADS_BY_SECTIONS, MONTH_IN)


MONTH_IN = "丙.xlsx"  # nobody can tell it from a printed one
HEADS_BY_SECTIONS = ("戊.xlsx",)  # a text below "四、…" that begins like that is a caption to anybody


@pytest.mark.parametrize("name", [name for name in STRANGE if name not in HEADS_BY_SECTIONS])
def test_8_what_was_filled_in_is_not_in_the_blank_that_is_kept(name):
    form = made(name)
    answers = document_for(form)
    again = learnt(name, round_trip(form, answers).filled.data)
    before = {cell.text for sheet in read_bytes(name, form.blank).sheets for cell in sheet.cells}
    kept = read_bytes(name, again.file.blank).sheets if again.file.blank else ()
    texts = {cell.text for sheet in kept for cell in sheet.cells if cell.text not in before}
    assert not {text for text in answers.texts.values() if len(text) > 1 and text != "2025"} & texts


def test_9_amounts_below_the_first_source_are_the_execution_those_of_the_others_are_kept():
    form = made("午.xlsx").form
    columns = {column.key: (*column.above, column.caption) for column in form.funds.columns}
    assert columns["executed"] == ("财政资金", "全年执行数")
    assert ("其他资金", "全年执行数") in columns.values()
    assert all(column.kind == "money" for column in form.funds.columns if column.key.startswith("own_"))


def test_9_a_column_that_is_understood_need_not_be_looked_at():
    doubts = [why for _, _, why in proposed("午.xlsx", made_file("午.xlsx")).doubts()]
    assert not [why for why in doubts if "评分标准" in why]
    assert len(doubts) == 3  # the columns of the other source
    other = proposed("午.xlsx", blank_of(STRANGE["午.xlsx"].replace("评分标准", "督办情况")))
    assert len(list(other.doubts())) == 4


def test_9_room_for_the_month_is_asked_for_and_filled_in_the_title():
    blank = made("丙.xlsx")
    assert blank.form.title[1] == "（{year}年1—n月）"
    assert [c.caption for c in blank.form.funds.columns][2:4] == ["1—n月执行数", "1—n月执行率"]
    done = round_trip(blank, document_for(blank).with_text("months", "1—9月"))
    said = [edit.text for edit in done.filled.plan.edits if edit.path == "year"]
    assert said == ["（2025年1—9月）", "1—9月执行数", "1—9月执行率", "1—9月执行情况"]
    assert done.filled.plan.missing == ()


def test_9_a_printed_month_stays_as_it_is():
    drawn = STRANGE["丙.xlsx"].replace("1—月", "1—6月").replace("1—　　月", "1—6月")
    form = learnt("丙.xlsx", blank_of(drawn)).form
    assert "months" not in form.fields
    assert form.funds.columns[2].caption == "1—6月执行数"


def test_10_the_annex_stands_above_the_title_on_paper():
    blank = made(next(name for name in STRANGE if "附件2" in str(STRANGE[name])))
    answers = document_for(blank)
    (form,) = read(blank.library, Answers({"p1": answers}, "示例中心", "2025")).forms
    cells = [cell for cell in lay_out_form(form, metrics()).cells if cell.text.strip()]
    assert cells[0].text == "附件2"
    assert cells[1].text.startswith("示例县2025年度")


def test_10_a_blank_that_is_no_annex_has_nothing_there():
    assert made("乙.docx").form.appendix == ""
