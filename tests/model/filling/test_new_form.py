"""A filled-in form goes over to a newer version of its form: entries by what they are, nothing lost.

1. what both versions have stays what it is, wherever it stands now
2. what the new version does not have is named and kept, and told until it is dealt with
3. captions, levels and units that differ; other full marks
4. rows that a bureau prints itself
5. a document: all forms of one version in one step, which carries the new one
"""

import re
from datetime import date

import pytest

from model.checks import check_form
from model.document.answers import Answers
from model.document.carrying import carrying
from model.document.document import Document
from model.filling.blank import blank_form
from model.filling.correspondence import Part, ambiguous, paired
from model.filling.new_form import moved
from model.filling.newer import newer, plan, versions
from model.forms.loader import shipped
from model.reading.left_behind import left_behind
from model.reading.reading import read
from model.workshop.finished import finished
from tests.bureaus import UNIT, learnt, made_document
from tests.workshop.made import NO_SCORES, THREE_COLUMNS, TWO_MONEYS, blank_of

YEAR = "2024"


def form_of(text):
    return learnt("空白表.xlsx", blank_of(text))


def filled(text, more=None):
    """A form of a blank with a text in every cell, as read; `more` are texts besides."""
    made = form_of(text)
    answers = made_document(made.form, YEAR).with_texts(more or {})
    return _read(made, answers)


def _read(made, answers):
    key = "p1" if made.form.is_of_project else "d"
    (form,) = read(made.library, Answers({key: answers}, UNIT, YEAR)).forms
    return form


def goes(old, new, more=None):
    """What became of a filled-in form, and the form as it is then read."""
    made = form_of(new)
    one = moved(filled(old, more), made.form)
    return one, _read(made, one.answers)


def by_caption(form):
    """What stands in the fields of a form, by their captions."""
    return {field.caption: form.answers.text(key) for key, field in form.definition.fields.items()}


# --- 1


def test_1_the_same_version_changes_nothing():
    one, _ = goes(THREE_COLUMNS, THREE_COLUMNS)
    assert one.answers == one.before.answers
    assert (one.left, one.notes) == ((), ())


def test_1_captions_that_were_inserted_above_move_nothing():
    """What the program does not know is called by number: text_1 is another caption in each version."""
    one, form = goes(TWICE_KNOWN, TWICE_KNOWN.replace("项目名称>2", "归口科室>2|>8\n项目名称>2"))
    before, now = by_caption(one.before), by_caption(form)
    assert now == before | {"归口科室": ""}
    assert one.left == ()


TWICE_KNOWN = THREE_COLUMNS.replace("主管部门>2", "资金性质>2|>3|项目类别>2|>3\n主管部门>2")


def test_1_a_row_of_money_that_was_inserted_moves_nothing():
    new = THREE_COLUMNS.replace("^4|>2|年初", "^5|>2|年初").replace(
        "其他资金>2", "上年结转资金>2||||>2|—|\n其他资金>2"
    )
    one, form = goes(THREE_COLUMNS, new)
    rows = {row.caption: row for row in form.definition.funds.rows}
    before = {row.caption: row for row in one.before.definition.funds.rows}
    for caption in ("年度资金总额", "其中：本年财政拨款", "其他资金"):
        for column in ("initial", "budget", "executed"):
            cell = rows[caption].cell(column)
            assert form.answers.text(cell) == one.before.answers.text(before[caption].cell(column))
    assert form.answers.text(rows["上年结转资金"].cell("budget")) == ""


OWN_COLUMNS = """
项目支出绩效自评表>8
项目名称>2|>6
项目资金（万元）^2>2|全年预算数>2|全年执行数>2|执行率>2
>2|>2|>2
绩效指标^3|一级指标|二级指标|三级指标|指标值|完成值|数据来源|佐证目录
产出指标^2|数量指标^2|指标1：||||
指标2：||||
填报人：　　　　填报日期：　　　　>8
"""


def test_1_columns_of_a_bureaus_own_go_by_captions_where_one_is_gone():
    new = OWN_COLUMNS.replace("|数据来源|佐证目录", "|佐证目录>2").replace("：||||", "：|||>2")
    one, form = goes(OWN_COLUMNS, new)
    key = next(c.key for c in form.definition.indicator_columns if c.caption == "佐证目录")
    was = next(c.key for c in one.before.definition.indicator_columns if c.caption == "佐证目录")
    assert key != was
    assert form.answers.text(f"i1.{key}") == one.before.answers.text(f"i1.{was}") != ""
    assert {left.place.rpartition(" · ")[2] for left in one.left} == {"数据来源"}


def test_1_two_rows_of_one_caption_stay_in_their_order():
    rows = [Part("row_1", "其他资金"), Part("row_2", "专项资金"), Part("row_3", "其他资金")]
    new = [
        Part("row_1", "其他收入"),
        Part("row_2", "其他资金"),
        Part("row_3", "专项资金"),
        Part("row_4", "其他资金"),
    ]
    assert paired(rows, new) == {"row_1": "row_2", "row_2": "row_3", "row_3": "row_4"}
    assert ambiguous(rows, new) == frozenset()


def test_1_rows_of_one_caption_that_are_more_in_the_new_version_are_to_be_looked_at():
    rows = [Part("row_1", "其他资金"), Part("row_2", "其他资金")]
    assert ambiguous(rows, [*rows, Part("row_3", "其他资金")]) == {"row_1", "row_2"}
    assert ambiguous(rows, rows) == frozenset()


def test_1_what_stands_under_headings_of_two_parts_goes_by_them():
    old = [Part("text_1", "经办人", ("甲方",)), Part("text_2", "经办人", ("乙方",))]
    new = [Part("text_1", "经办人", ("乙方",)), Part("text_2", "经办人", ("甲方",))]
    assert paired(old, new) == {"text_1": "text_2", "text_2": "text_1"}


# --- 2


def test_2_a_caption_that_is_gone_is_named_and_its_text_kept():
    one, form = goes(THREE_COLUMNS, THREE_COLUMNS.replace("评价结论>2|>8\n", ""))
    assert [(left.place, left.text) for left in one.left] == [("评价结论", "评价结论的文字")]
    assert left_behind(form.answers) == one.left
    finding = next(f for f in check_form(form) if f.code == "left-behind")
    assert "评价结论“评价结论的文字”" in finding.message


def test_2_where_nothing_was_left_nothing_is_told():
    _, form = goes(THREE_COLUMNS, THREE_COLUMNS)
    assert not [f for f in check_form(form) if f.code == "left-behind"]


def test_2_a_row_of_money_that_is_gone_is_a_row_of_the_clerks_own_and_counts():
    new = THREE_COLUMNS.replace("其他资金>2||||>2|—|\n", "").replace("^4|>2|年初", "^3|>2|年初")
    one, form = goes(THREE_COLUMNS, new)
    row = next(line.row for line in form.sheet.funds if line.row.caption == "其他资金")
    assert row.is_added
    assert form.answers.text(row.cell("budget")) == one.before.answers.text("funds.other.budget") != ""
    assert one.left == ()
    assert one.notes == ("资金“其他资金”：新表样没有这一行，作为自己加的一行保留。",)


@pytest.mark.parametrize("old", [THREE_COLUMNS, TWO_MONEYS, NO_SCORES])
@pytest.mark.parametrize("new", [THREE_COLUMNS, TWO_MONEYS, NO_SCORES])
def test_2_no_text_is_lost_whatever_the_versions_are(old, new):
    one, _ = goes(old, new)
    kept = {*one.answers.texts.values(), *(left.text for left in one.left)}
    names = {UNIT, YEAR}
    amounts = re.compile(r"[0-9.]+")  # converted where one is in 元
    lost = {text for text in one.before.answers.texts.values() if text not in kept | names}
    assert {text for text in lost if not amounts.fullmatch(text)} - set(one.before.answers.goals) == set()
    money = [text for cell, text in one.before.answers.texts.items() if cell in one.before.amount_cells()]
    there = [went for went in one.went if went.cell in set(one.before.amount_cells())]
    left = [one for one in one.left if amounts.fullmatch(one.text)]
    assert len(there) + len(left) >= len(money)


# --- 3


def test_3_a_caption_that_was_changed_is_the_same_where_its_meaning_is_known():
    one, form = goes(
        THREE_COLUMNS, THREE_COLUMNS.replace("存在问题", "存在的主要问题").replace("完成值", "实际完成值")
    )
    assert by_caption(form)["存在的主要问题"] == "存在问题的文字"
    assert form.answers.text("i1.actual") == "8次"
    assert one.left == ()


def test_3_a_level_that_has_another_name_keeps_its_rows():
    new = THREE_COLUMNS.replace("产出指标（50分）", "产出（50分）")
    one, form = goes(THREE_COLUMNS, new)
    assert form.answers.text("i1.level1") == "产出"
    assert len(form.answers.indicators) == len(one.before.answers.indicators)
    assert one.notes == ()


def test_3_amounts_are_converted_where_the_unit_is_another():
    one, form = goes(
        THREE_COLUMNS, THREE_COLUMNS.replace("（万元）", "（元）"), {"funds.total.budget": "98.5"}
    )
    assert form.answers.text("funds.total.budget") == "985000"
    assert "金额单位由万元改为元，金额已换算。" in one.notes


def test_3_other_full_marks_are_told_and_weights_stay():
    old, new = (
        form_of(THREE_COLUMNS),
        THREE_COLUMNS.replace("（50分）", "（60分）").replace("（30分）", "（40分）"),
    )
    found = form_of(new).found._replace(full_marks="110")
    made = learnt("空白表.xlsx", blank_of(new), found)
    one = moved(_read(old, made_document(old.form, YEAR)), made.form)
    assert "满分由 100 分改为 110 分，填过的分值和得分照原样保留，请核对。" in one.notes
    assert "“产出指标”由 50 分改为 60 分，请核对各行分值。" in one.notes
    assert one.answers.text("i1.weight") == "5"


# --- 4

GIVEN = NO_SCORES.replace("1||||", "1|公开及时|及时||").replace("2||||", "2|群众投诉|≤3件||")


def test_4_a_printed_row_takes_what_was_filled_in_beside_its_name():
    new = GIVEN.replace("2|群众投诉|≤3件||", "2|新增的一项|≥1||").replace(
        "1|公开及时|及时||", "1|公开 及时|当月||"
    )
    one, form = goes(
        GIVEN, new, {"i1.name": "公开及时", "i1.target": "及时", "i2.name": "群众投诉", "i2.actual": "2件"}
    )
    rows = {form.answers.text(f"{row}.name"): row for row in form.answers.indicators}
    assert form.answers.text(f"{rows['公开 及时']}.actual") == one.before.answers.text("i1.actual") != ""
    assert form.answers.text(f"{rows['公开 及时']}.target") == "当月"
    assert form.answers.text(f"{rows['群众投诉']}.actual") == "2件"
    assert form.answers.text(f"{rows['新增的一项']}.actual") == ""
    assert "指标“群众投诉”新表样没有印，作为自己加的一行保留。" in one.notes


def test_4_rows_in_which_nobody_wrote_are_those_of_the_new_form_and_not_spoken_of():
    made, new = form_of(TWO_MONEYS), form_of(TWO_MONEYS.replace("改进措施|>7\n", ""))
    answers = blank_form(made.form, UNIT, YEAR).with_text("i2.actual", "12")
    reading = read(made.library, carrying(made.library, Answers({"d": answers}, UNIT, YEAR)))
    [version] = versions(reading, shipped().with_own([new.file]))
    done = plan(version, made.library)
    (_, one), *_ = done.moves
    assert len(one.answers.indicators) == len(blank_form(new.form, UNIT, YEAR).indicators)
    assert [line for line in done.lines if not line.is_same] == []
    assert sorted(one.answers.text(f"{row}.actual") for row in one.answers.indicators)[-1] == "12"


# --- 5


def version_of(made, **changes):
    """The same form in a later version: another text of it under the same id."""
    found = made.found._replace(form_id=made.form.id, **changes)
    return finished(found, shipped(), made.blank, date(2027, 1, 5))


@pytest.fixture
def document():
    """Two forms of one version."""
    made = form_of(THREE_COLUMNS)
    forms = {key: made_document(made.form, YEAR).with_text("project_name", key) for key in ("p1", "p2")}
    return made, carrying(made.library, Answers(forms, UNIT, YEAR))


def test_5_all_forms_of_a_version_go_in_one_step_that_undo_takes_back(document):
    made, answers = document
    file = version_of(made, name="新的名称")
    [version] = newer(read(made.library, answers), shipped().with_own([file]))
    done, opened = plan(version, made.library), Document(answers)
    with opened.edit("换用新的表样") as edit:
        edit.take_all(done.applied(edit.answers))
    assert {key for key, _ in done.moves} == {"p1", "p2"}
    assert read(shipped(), opened.answers).forms[1].definition.name == "新的名称"
    assert opened.answers.carried == {made.form.id: file.data}
    assert opened.undo().forms  # also where no text differs
    assert opened.answers.carried == {made.form.id: made.file.data}
    assert read(shipped(), opened.answers).forms[1].definition.name != "新的名称"


def test_5_an_older_version_is_not_called_newer_but_can_be_chosen(document):
    made, answers = document
    found = made.found._replace(form_id=made.form.id, name="旧的")
    file = finished(found, shipped(), made.blank, date(2020, 1, 5))
    library, reading = shipped().with_own([file]), read(made.library, answers)
    assert newer(reading, library) == []
    assert [one.file for one in versions(reading, library)] == [file]


def test_5_the_same_version_is_none(document):
    made, answers = document
    assert versions(read(made.library, answers), made.library) == []


def test_5_a_form_of_another_blank_is_newer_where_region_and_name_are_the_same(document):
    made, answers = document
    changed = form_of(THREE_COLUMNS.replace("评价结论>2|>8\n", ""))
    other = form_of(THREE_COLUMNS.replace("示例区项目支出", "专项资金").replace("评价结论", "专家意见"))
    assert changed.form.id != made.form.id
    reading = read(made.library, answers)
    found = newer(reading, shipped().with_own([changed.file]))
    assert [one.file for one in found] == [changed.file]
    assert newer(reading, shipped().with_own([other.file])) == []


def test_5_what_goes_where_is_said_before(document):
    made, answers = document
    changed = form_of(THREE_COLUMNS.replace("评价结论>2|>8\n", ""))
    [version] = versions(read(made.library, answers), shipped().with_own([changed.file]))
    done = plan(version, made.library)
    left = [line for line in done.lines if not line.now]
    assert {(line.form, line.where) for line in left} == {("p1", "评价结论"), ("p2", "评价结论")}
    assert done.said.startswith(f"2 张表，填过 {len(done.lines)} 处：")
    assert "2 处新表样里没有位置" in done.said
