"""Forms as bureaus and units published them: number of the form, hints with limits, options in two lines.

1. each becomes a form in which every cell has a home; a document that fills it is read back from its file
2. a number of the form above the title hides neither title nor year
3. hints say how much may be written and are no entries: a blank with them is a blank
4. a row of money is the one that is called so word for word, where two could be
5. options of a second line beside a label merged down are chosen for themselves
6. captions below a table whose columns nobody knows are captions, not rows of it
7. one reason for all rows of money is typed once
8. what is written in a column that the bureau's file does not have is named
9. a hint that was left in a filled form is read and is to be looked at
"""

import pytest

from intake.reading import read_bytes
from model.forms.loader import shipped
from model.recognition.examine import Recogniser
from model.recognition.incoming import Mark
from tests.bureaus import differences, document_for, learnt, proposed, round_trip
from tests.workshop.made import blank_of
from tests.workshop.public import HUANGSHI, PUBLIC, SICHUAN, public_file

YEARS = {"四川项目": "2023", "滁州项目": "2022", "淮南整体": "2023", "黄石监控": "2019"}  # in their titles
NOT_ASKED = {"黄石监控": {"unit"}}  # of two institutions that it names the nearer one is the unit
HUANGSHI_FILE, SICHUAN_FILE = "黄石监控.xlsx", "四川项目.xlsx"


def made(name):
    return learnt(name, public_file(name))


def item(found, kind, caption):
    return next(i for part in found.parts if part.kind == kind for i in part.items if i.caption == caption)


@pytest.mark.parametrize("name", PUBLIC)
def test_1_what_fills_it_is_read_back(name):
    form, of = made(name), name.partition(".")[0]
    assert proposed(name, public_file(name)).part("left") is None
    done = round_trip(form, document_for(form, YEARS[of]))
    assert differences(done.answers, done.back).keys() <= NOT_ASKED.get(of, set())
    assert (done.left, done.filled.plan.missing) == ([], ())


def test_2_a_number_of_the_form_stands_above_the_title():
    form = made(SICHUAN_FILE).form
    assert form.title == ("部门预算项目支出绩效自评表（{year}年度）",)
    assert (form.name, form.edition) == ("部门预算项目支出绩效自评表", "2023")


def test_3_a_blank_with_hints_is_a_blank():
    found = proposed(SICHUAN_FILE, public_file(SICHUAN_FILE))
    assert "当作单位填的内容" not in "".join(part.why for part in found.parts)
    form = made(SICHUAN_FILE).form
    assert {form.fields[name].limit for name in ("conclusion", "problems", "improvement")} == {200}


def test_4_other_money_is_the_row_that_is_called_so():
    rows = {row.key: row.caption for row in made(SICHUAN_FILE).form.money_blocks[0].rows}
    assert rows["other"] == "其他资金"
    assert "单位资金" in rows.values()


def test_5_each_line_of_options_is_chosen_for_itself():
    form = made(HUANGSHI_FILE).form
    choices = [field.choices for field in form.fields.values() if field.caption == "项目类型"]
    assert [len(options) for options in choices] == [3, 3]
    assert choices[1][0].startswith("1、部门预算项目")


def test_6_captions_below_the_table_are_captions():
    found = proposed(HUANGSHI_FILE, public_file(HUANGSHI_FILE))
    captions = [i.caption for part in found.parts if part.kind == "fields" for i in part.items]
    assert captions[-2:] == ["偏差或不能完成目标原因分析", "相关建议或举措"]
    assert item(found, "indicators", "半年度指标执行情况").role == "actual"


def test_7_one_reason_for_all_rows_of_money_is_typed_once():
    rows = made(SICHUAN_FILE).form.money_blocks[0].rows
    assert [row.fixed.get("reason") for row in rows] == [None, "", "", "", ""]


def test_7_two_bureaus_with_the_same_captions_have_two_forms():
    other = HUANGSHI.replace("黄石市项目支出", "示例市项目支出")
    ids = {learnt("x.xlsx", blank_of(text)).form.id for text in (HUANGSHI, other, HUANGSHI)}
    assert len(ids) == 2


def test_8_what_has_no_column_in_the_file_is_named():
    form = made(SICHUAN_FILE)
    lacking = SICHUAN.replace("|得分|未完成原因分析", "|得分>2").replace("指标||||||||", "指标|||||||>2")
    done = round_trip(form._replace(blank=blank_of(lacking)), document_for(form, "2023"))
    assert [(one.text, one.reason) for one in done.filled.plan.missing] == [
        ("未完成原因分析（2 处）", "原表没有这一栏。")
    ]


def test_9_a_hint_in_a_filled_form_is_to_be_looked_at():
    filled = SICHUAN.replace("项目名称>2|>9", "项目名称>2|示例项目>9").replace(
        "总额>2||>2||", "总额>2|90|90>2|81|"
    )
    sheets = read_bytes("x.xlsx", blank_of(filled)).sheets
    (found,) = Recogniser(shipped().forms).forms(sheets)
    assert found.data["year"] == 2023
    assert Mark.HINT in found.marks.values()
    hinted = {path for path, mark in found.marks.items() if mark is Mark.HINT}
    assert all("字以内" in found.cells[path].text for path in hinted)


def test_9_what_a_clerk_wrote_is_no_hint():
    filled = HUANGSHI.replace("相关建议或举措>3|>4", "相关建议或举措>3|建议简化申报材料（控制在三页内）。>4")
    sheets = read_bytes("x.xlsx", blank_of(filled)).sheets
    (found,) = Recogniser(shipped().forms).forms(sheets)
    assert Mark.HINT not in found.marks.values()
