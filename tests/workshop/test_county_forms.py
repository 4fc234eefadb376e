"""Eleven more county forms: headings of two lines, vertical captions, 上年结转, 复核得分, notes, signatures.

1. each becomes a form; a document with a text in every cell is filled in and read back
2. what is left is named; nobody takes a blank for a filled one
3. what each of them taught
4. columns and rows that nobody sees are said to be hidden; whatever a form goes over to, nothing is lost
"""

import io
import zipfile

import pytest

from intake.reading import read_bytes
from model.document.answers import Answers
from model.filling.new_form import moved
from model.forms.loader import shipped
from model.reading.reading import read
from model.recognition.blank import is_hint
from model.workshop.learn import learn
from tests.bureaus import UNIT, differences, document_for, learnt, made_document, proposed, round_trip
from tests.workshop.counties import COUNTIES, county
from tests.workshop.made import blank_of

NOT_ASKED = {
    "十.docx": {"unit"},
    "十一.xlsx": {"unit"},
    "二.docx": {"year"},
    "四.xlsx": {"unit"},
    "八.docx": {"unit"},
}


def made(name):
    return learnt(name, county(name))


@pytest.mark.parametrize("name", COUNTIES)
def test_1_what_was_filled_in_is_read_back(name):
    form = made(name)
    done = round_trip(form, document_for(form))
    assert differences(done.answers, done.back).keys() <= NOT_ASKED.get(name, set())
    assert (list(done.left), done.filled.plan.missing) == ([], ())


@pytest.mark.parametrize("name", COUNTIES)
def test_2_nothing_is_left_and_a_blank_is_no_filled_one(name):
    learned = learn(read_bytes(name, county(name)), shipped(), 2026)
    left = learned.found.part("left")
    assert [item.why for item in (left.items if left else ())] == []
    assert not learned.is_filled


def roles(name):
    return {item.caption: item.role for part in made(name).found.parts for item in part.items}


def test_3_a_heading_of_two_lines_has_columns_below_groups_of_any_name():
    found = roles("一.xlsx")
    assert (found["年初预算"], found["调整后预算"], found["1-12月执行"]) == ("initial", "budget", "executed")
    assert found["结余资金"] == "left_over"


def test_3_the_unit_in_the_title_is_no_part_of_the_name():
    assert made("一.xlsx").form.name == "临川县年度项目支出绩效自评表"


def test_3_notes_that_are_called_explanation_are_notes():
    assert [part.kind for part in made("一.xlsx").found.parts][-1] == "notes"


def test_3_a_label_that_is_called_like_a_column_is_the_label_of_its_rows():
    block = made("三.xlsx").form.money_blocks[0]
    assert block.label == "年度支出"
    assert [row.caption for row in block.rows] == ["合计", "基本支出", "项目支出"]


def test_3_a_table_of_money_without_rows_is_told_and_refuses_nothing():
    found = made("三.xlsx").found
    n = next(n for n, part in enumerate(found.parts) if part.kind == "funds")
    bare = found.with_part(n, found.parts[n]._replace(rows=()))
    assert learnt("三.xlsx", county("三.xlsx"), bare).form.money_blocks == ()


def test_3_a_row_of_amounts_above_is_no_line_of_the_heading():
    found = roles("六.xlsx")
    assert (found["一级指标"], found["三级指标"], found["完成值"]) == ("level1", "name", "actual")
    assert found["年初值"] == "target"
    assert made("六.xlsx").form.funds.has("executed")


@pytest.mark.parametrize(
    ("text", "is_empty"),
    [
        ("目标1：\n目标2：", True),
        ("目标1：建成\n目标2：", False),
        ("　年　月　日", True),
        ("2025年1月6日", False),
    ],
)
def test_3_hints_of_several_lines_are_hints(text, is_empty):
    assert is_hint(text) is is_empty


@pytest.mark.parametrize("name", ["三.xlsx"])
def test_3_a_sum_that_stands_last_is_what_is_measured(name):
    block = made(name).form.money_blocks[0]
    assert (block.rows[0].key, block.rows[0].caption) == ("total", "合计")
    assert [row.caption for row in block.rows if row.key == "total"] == ["合计"]


# --- 4


def with_sheet(data, old, new):
    """A workbook whose sheet has another line in it."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            content = source.read(name)
            changed.writestr(name, content.replace(old, new) if name.endswith("sheet1.xml") else content)
    return target.getvalue()


HIDDEN_COLUMN = b'<cols><col min="10" max="10" width="9" hidden="1"/></cols><sheetData>'


def test_4_a_hidden_column_is_said_to_be_hidden_and_filled_by_nobody():
    blank = with_sheet(county("一.xlsx"), b"<sheetData>", HIDDEN_COLUMN)
    left = proposed("一.xlsx", blank).part("left").items
    assert [item.caption for item in left] == ["执行率", "复核得分"]
    assert all("隐藏" in item.why for item in left)
    made = learnt("一.xlsx", blank)
    assert round_trip(made, document_for(made)).filled.plan.missing == ()


@pytest.mark.parametrize("name", COUNTIES)
@pytest.mark.parametrize("other", ["一.xlsx", "五.docx", "六.xlsx"])
def test_4_nothing_is_lost_whatever_a_form_goes_over_to(name, other):
    old, new = made(name), made(other)
    answers = made_document(old.form)
    (form,) = read(old.library, Answers({"p1": answers}, UNIT, "2025")).forms
    one = moved(form, new.form)
    kept = {*one.answers.texts.values(), *(left.text for left in one.left)}
    is_other = old.form.money_unit != new.form.money_unit  # amounts are converted
    texts = {c: t for c, t in answers.texts.items() if not c.endswith((".goal", ".level1", ".level2"))}
    assert {t for t in texts.values() if t not in kept and not (is_other and t.isdecimal())} <= {UNIT, "2025"}


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("示例县2025年度县级预算项目支出绩效自评表", "示例县"),
        ("示例市市直部门项目支出绩效自评表", "示例市"),
        ("示例区财政局项目支出绩效自评表", "示例区"),
        ("2025年度市级财政项目支出绩效自评表", "本地"),
        ("小区2025年度改造项目支出绩效自评表", "本地"),
        ("2025年度项目支出绩效自评表", "本地"),
    ],
)
def test_3_the_region_is_what_the_title_begins_with(title, region):
    drawn = COUNTIES["一.xlsx"].replace("临川县2025年度项目支出绩效自评表（单位：万元）", title)
    assert proposed("空白表.xlsx", blank_of(drawn)).region == region


def test_2_what_is_taken_out_of_a_filled_one_is_named():
    blank = with_sheet(county("一.xlsx"), "财务负责人：".encode(), "财务负责人：某某".encode())
    filled = with_sheet(
        blank, b'<c r="C4" s="0"/>', '<c r="C4" t="inlineStr"><is><t>市教育局</t></is></c>'.encode()
    )
    part = proposed("一.xlsx", filled).part("indicators")
    assert "清掉了：" in part.why
    assert "C4“市教育局”" in part.why
    assert "清掉了" not in proposed("一.xlsx", county("一.xlsx")).part("indicators").why
