"""Entries of the indicator library in a form.

1. every entry finds a level 1 and 2 that every shipped form has
2. an empty row of the same levels takes an entry, else it gets a row of its own where the form has such rows
3. whatever stood in the form stands there after as before; weights stay as they are
4. rows are called as the rows of the goal call their levels; the budget of a project is put in
5. sign and unit go into columns of their own where the form has these; a form without levels gets none
"""

import pytest

from model.document.answers import Answers
from model.document.document import Document
from model.filling.blank import blank_form
from model.filling.indicator_rows import insert, texts_for
from model.forms.definition import bare
from model.forms.loader import shipped
from model.reading.reading import read
from tests import made_up
from tests.builders import (
    CHONGQING,
    DECLARATION,
    HUNAN,
    SHIPPED,
    WUHAN,
    WUHAN_2020,
    WUHAN_PROJECT,
    filled,
    row,
)

LIBRARY = shipped().indicators


def entry_of(name):
    return next(entry for entry in LIBRARY.indicators if entry.name == name)


SESSIONS, TRAINED = entry_of("教研活动场次"), entry_of("教师培训人次")  # 数量指标, both
CONTENT = entry_of("参训教师满意度")


def inserted(form, entries, goal="", near=""):
    """Return the form after, and what was inserted."""
    document = Document(Answers({form.key: form.answers}, "示例单位", "2025"))
    with document.edit("插入") as edit:
        done = insert(edit, form, LIBRARY, entries, goal, near)
    return read(shipped(), document.answers).forms[0], done


def blank(definition):
    answers = Answers({"d": blank_form(shipped().forms[definition], "示例单位", "2025")}, "示例单位", "2025")
    return read(shipped(), answers).forms[0]


def names(form):
    return [form.answers.text(f"{row}.name") for row in form.answers.indicators]


# -- 1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("definition", [one for one in SHIPPED if one != CHONGQING])  # it has no levels
def test_1_every_entry_has_a_place_in_every_shipped_form(definition):
    form = blank(definition)
    places = {(block.name, level2) for block in form.definition.level1 for level2 in block.level2}
    goal = form.answers.goals[0] if form.definition.indicators.per_goal else ""
    for entry in LIBRARY.indicators:
        texts = texts_for(form, LIBRARY, entry, goal).texts
        assert (texts["level1"], texts["level2"]) in places, entry.id


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_an_empty_row_of_the_level_takes_an_entry():
    form = blank(HUNAN)
    after, (done,) = inserted(form, [SESSIONS])
    assert done.row == "i1"
    assert after.answers.indicators == form.answers.indicators
    assert (after.answers.text("i1.name"), after.answers.text("i1.target")) == ("教研活动场次", "≥**场")
    assert done.open == (1, 2)


def test_2_of_two_entries_of_a_level_the_second_gets_a_row_below():
    after, done = inserted(blank(HUNAN), [SESSIONS, TRAINED])
    assert names(after)[:3] == ["教研活动场次", "教师培训人次", ""]
    assert done[1].row == after.answers.indicators[1]


@pytest.mark.parametrize(
    ("more", "is_taken"),
    [({}, True), ({"weight": "5"}, True), ({"actual": "3"}, False), ({"last_actual": "8 个"}, False)],
)
def test_2_a_row_is_empty_if_it_has_nothing_but_its_place_and_weight(more, is_taken):
    weight = more.pop("weight", "")
    form = filled(HUNAN, row(name="", weight=weight, **more))
    after, (done,) = inserted(form, [SESSIONS])
    assert (done.row == form.answers.indicators[0]) == is_taken
    assert after.answers.text(f"{form.answers.indicators[0]}.weight") == weight


def test_2_a_new_row_stands_below_the_cursor_if_that_has_the_same_levels():
    form = filled(HUNAN, row(name="甲"), row(name="乙"), row(name="丙"))
    first, second, _ = form.answers.indicators
    assert names(inserted(form, [SESSIONS], near=first)[0]) == ["甲", "教研活动场次", "乙", "丙"]
    assert names(inserted(form, [SESSIONS], near=second)[0]) == ["甲", "乙", "教研活动场次", "丙"]
    assert names(inserted(form, [SESSIONS])[0]) == ["甲", "乙", "丙", "教研活动场次"]


def test_2_elsewhere_it_stands_in_the_order_of_the_form():
    form = filled(
        HUNAN,
        row(name="质量", level2="质量指标"),
        row(name="满意", level1="满意度指标", level2="服务对象满意度指标"),
    )
    near = form.answers.indicators[1]
    assert names(inserted(form, [SESSIONS], near=near)[0]) == ["教研活动场次", "质量", "满意"]
    late = entry_of("系统故障响应时间")
    assert names(inserted(form, [late], near=near)[0]) == ["质量", "系统故障响应时间", "满意"]


def test_2_it_stands_under_its_goal():
    form = filled(WUHAN, row(name="甲", goal=1), row(name="乙", goal=2), goals=("一", "二"))
    after, (done,) = inserted(form, [SESSIONS], goal=form.answers.goals[0])
    assert names(after) == ["甲", "教研活动场次", "乙"]
    assert after.answers.text(f"{done.row}.goal") == form.answers.goals[0]


def test_2_a_goal_without_rows_gets_one():
    form = filled(WUHAN, row(name="甲", goal=1), goals=("一", "二"))
    after, (done,) = inserted(form, [SESSIONS], goal=form.answers.goals[1])
    assert after.answers.text(f"{done.row}.goal") == form.answers.goals[1]


# -- 3 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("definition", SHIPPED)
def test_3_nothing_that_stood_there_changes_and_no_weight_comes(definition):
    form = blank(definition)
    goal = form.answers.goals[0] if form.definition.indicators.per_goal else ""
    before = form.answers
    after, _ = inserted(form, LIBRARY.indicators, goal)
    assert {cell: after.answers.text(cell) for cell in before.texts} == dict(before.texts)
    assert not any(cell.endswith(".weight") for cell in after.answers.texts)
    assert sorted(filter(None, names(after))) == sorted(entry.name for entry in LIBRARY.indicators)


# -- 4 ----------------------------------------------------------------------------------------------


def test_4_levels_are_called_as_the_rows_call_them():
    form = filled(WUHAN, row(level2="产出 数量", goal=1), goals=("一",))
    plain = texts_for(form, LIBRARY, SESSIONS, form.answers.goals[0]).texts
    assert plain["level2"] == "数量指标"
    form = filled(WUHAN, row(level2="产出数量", goal=1), goals=("一",))
    assert texts_for(form, LIBRARY, SESSIONS, form.answers.goals[0]).texts["level2"] == "产出数量"


def test_4_a_level_2_that_the_form_has_elsewhere_goes_there():
    texts = texts_for(blank(WUHAN_2020), LIBRARY, CONTENT, "").texts
    assert (texts["level1"], texts["level2"]) == ("效益指标", "社会公众或服务对象满意度")


def test_4_only_a_project_has_a_budget_of_its_own():
    entry = next(entry for entry in LIBRARY.indicators if "{budget}" in entry.target)
    project = filled(WUHAN_PROJECT, row(goal=1), goals=("一",), budget="60.50")
    assert "≤60.5万元" in texts_for(project, LIBRARY, entry, "g1").texts["target"]
    department = filled(WUHAN, row(goal=1), goals=("一",), budget="60.50")
    assert "≤**万元" in texts_for(department, LIBRARY, entry, "g1").texts["target"]


def test_4_a_form_without_scores_gets_no_direction():
    texts = texts_for(blank(DECLARATION), LIBRARY, SESSIONS, "g1").texts
    assert "direction" not in texts
    assert bare(texts["target"]) == "≥**场"


# -- 5 ----------------------------------------------------------------------------------------------

LEVELS = ('{ key = "level1", caption = "一级指标" }', '{ key = "level2", caption = "二级指标" }')
LAST = '{{ key = "weight", caption = "分值", span = {span} }}'


def made(folder, *columns):
    """A form with these columns between the levels and the weight, and one empty row."""
    listed = ", ".join((*columns, LAST.format(span=9 - len(columns))))
    block = f"""
[[block]]
kind = "indicators"
tab = "绩效目标与指标"
label = "绩效指标"
columns = [{listed}]
"""
    library = made_up.library(folder, made_up.definition(top="scored = true", indicators=block))
    return made_up.read(library, made_up.data(indicators=[{}]))


def split(folder, choices=""):
    nature = f'{{ key = "nature", caption = "指标性质"{choices} }}'
    rest = ('{ key = "name", caption = "三级指标" }', nature, '{ key = "target", caption = "指标值" }')
    return made(folder, *LEVELS[:1], *rest, '{ key = "unit", caption = "度量单位" }')


@pytest.mark.parametrize(
    ("choices", "nature", "target"),
    [
        ("", "≥", "**"),
        (', choices = ["≤", "≥", "定性"]', "≥", "**"),
        (', choices = ["反向指标", "正向指标"]', "正向指标", "≥**"),
        (', choices = ["甲", "乙"]', "", "≥**"),
    ],
)
def test_5_sign_and_unit_have_their_columns(tmp_path, choices, nature, target):
    row = texts_for(split(tmp_path, choices), LIBRARY, SESSIONS, "")
    assert (row.texts.get("nature", ""), row.texts["target"], row.texts["unit"]) == (nature, target, "场")
    assert row.open == (target.index("*"), 2)


def test_5_what_is_judged_by_level_is_so_called(tmp_path):
    entry = next(entry for entry in LIBRARY.indicators if not entry.is_quantitative)
    texts = texts_for(split(tmp_path, ', choices = ["≥", "定性指标"]'), LIBRARY, entry, "").texts
    assert (texts["nature"], texts.get("unit", "")) == ("定性指标", "")


def test_5_a_form_without_levels_gets_none(tmp_path):
    form = made(tmp_path, '{ key = "name", caption = "指标" }', '{ key = "target", caption = "指标值" }')
    assert set(texts_for(form, LIBRARY, SESSIONS, "").texts) == {"name", "target", "direction"}
    document = Document(Answers({form.key: form.answers}, "示例单位", "2025"))
    with document.edit("插入") as edit:
        (done,) = insert(edit, form, LIBRARY, [SESSIONS], "")
    assert done.row == "i1"  # the empty one
