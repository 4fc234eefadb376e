"""From the declaration into the self-evaluation of its year.

1. annual goals, their indicators and the projects of the published declaration go into new forms
2. nothing that is typed is overwritten, nothing comes twice, empty rows of the form are used up
3. it is one step of undo; where there is nothing to take over there is no step
4. forms of other regions: where goals have no table each, where they have an expectation, in another unit
"""

from dataclasses import replace

import pytest

from model.basics.names import same_name
from model.document.answers import Answers
from model.document.document import Document
from model.filling.blank import blank_document, blank_form, sets
from model.filling.takeover import Taken, take_over
from model.forms.loader import Library, shipped
from tests.builders import DECLARATION, HUNAN, HUNAN_PROJECT, NATIONAL, WUHAN, WUHAN_2020, WUHAN_PROJECT
from tests.published import DECLARATION as NAME
from tests.published import published

DECLARED = published(NAME).answers
UNIT, YEAR = "武汉市汉阳区教育局", "2024"


def document(*forms, declared=DECLARED):
    """A document with the declaration, and others by their key: ("d", answers)."""
    return Document(Answers({"t": declared, **dict(forms)}, UNIT, YEAR))


def blank(form_id):
    return blank_form(shipped().form(form_id), UNIT, YEAR)


def taken(found, library=None):
    with found.edit("带入") as edit:
        return take_over(edit, library or shipped())


def names(form, goal=None):
    rows = [row for row in form.indicators if goal is None or form.text(f"{row}.goal") == goal]
    return [form.text(f"{row}.name") for row in rows]


def declaration(*rows, projects=(), text="建好学校"):
    """A declaration with one annual goal of these rows: (level1, level2, name, target)."""
    form = blank(DECLARATION).with_rows("indicators", [f"i{n}" for n, _ in enumerate(rows, 1)])
    form = replace(form, texts={c: t for c, t in form.texts.items() if not c.startswith("i")})
    texts = {"g2.text": text, "g1.text": "长远打算"}
    for n, row in enumerate(rows, 1):
        texts |= {f"i{n}.{k}": t for k, t in zip(("level1", "level2", "name", "target"), row, strict=True)}
        texts[f"i{n}.goal"] = "g2"
    for n, (name, amount) in enumerate(projects, 1):
        texts |= {f"p{n}.name": name, f"p{n}.current_year_budget": amount}
    return form.with_rows("projects", [f"p{n}" for n, _ in enumerate(projects, 1)]).with_texts(texts)


ROW = ("产出指标", "数量指标", "新建学校", "3所")

# --- 1


def test_1_the_published_declaration_fills_a_department_form_and_five_projects():
    found = document()
    assert taken(found) == Taken(goals=3, indicators=19, projects=5)
    department = found.answers.forms["d"]
    assert department.definition == WUHAN
    assert [department.text(f"{goal}.text")[:7] for goal in department.goals] == [
        "进一步提升保障", "进一步更新教育", "进一步打造优秀",
    ]  # fmt: skip
    assert names(department, department.goals[1])[0] == "教联体建设"
    first = department.indicators[0]
    cells = ("level1", "level2", "name", "target", "actual", "weight", "score")
    assert [department.text(f"{first}.{cell}") for cell in cells] == [
        "产出指标", "数量指标", "学校新改扩建交付使用", "3", "", "", "",
    ]  # fmt: skip
    assert (department.unit, department.year) == (UNIT, YEAR)


def test_1_a_level_that_the_form_does_not_know_keeps_its_name_and_no_empty_row_is_left():
    found = document()
    taken(found)
    department = found.answers.forms["d"]
    assert "" not in names(department)
    assert department.text(f"{department.indicators[6]}.level2") == "满意度指标"


def test_1_projects_have_their_name_and_their_money():
    found = document()
    taken(found)
    projects = [found.answers.forms[key] for key in found.answers.projects]
    assert [project.definition for project in projects] == [WUHAN_PROJECT] * 5
    assert [project.text("project_name") for project in projects][3] == "发展建设类项目"
    assert projects[3].text("funds.total.budget") == "19,831.11"  # the form has no 年初预算数
    assert projects[3].text("implementer") == UNIT


def test_1_long_term_goals_stay_where_they_are():
    found = document()
    taken(found)
    assert not any("三个教育中心" in text for text in found.answers.forms["d"].texts.values())


# --- 2


def test_2_a_second_time_there_is_nothing_to_take_over():
    found = document()
    taken(found)
    before = found.answers
    assert not taken(found)
    assert found.answers is before


@pytest.mark.parametrize(
    "text", ["新建学校", "1、新建学校", "（1）新 建 学 校", "“新建学校”", "新建（学校）"]
)
def test_2_a_row_of_the_same_name_is_not_doubled(text):
    assert same_name("新建学校", text)
    department = blank(WUHAN).with_texts({"g1.text": "建好学校", "i1.name": text, "i1.target": "5所"})
    found = document(("d", department), declared=declaration(ROW))
    assert taken(found) == Taken()
    assert found.answers.forms["d"].text("i1.target") == "5所"


@pytest.mark.parametrize("other", ["新建学校2", "新建小学", "3.5次", ""])
def test_2_another_name_is_another_row(other):
    assert not same_name("新建学校", other)
    assert not same_name("3.5次", "5次")


def test_2_empty_rows_of_the_form_are_used_up_and_typed_ones_stay():
    department = blank(WUHAN).with_texts({"g1.text": "建好学校", "i2.name": "工程合格率", "i2.weight": "9"})
    found = document(("d", department), declared=declaration(ROW))
    assert taken(found) == Taken(indicators=1)
    form = found.answers.forms["d"]
    assert [form.text(f"i{n}.name") for n in (1, 2)] == ["新建学校", "工程合格率"]
    assert form.indicators == department.indicators  # the clerk had begun: the other rows stay


def test_2_a_row_with_a_weight_is_not_empty():
    department = blank(WUHAN).with_texts({"g1.text": "建好学校", "i1.weight": "9"})
    found = document(("d", department), declared=declaration(ROW))
    taken(found)
    form = found.answers.forms["d"]
    assert (form.text("i1.name"), form.text("i1.weight")) == ("", "9")
    assert names(form)[:2] == ["", "新建学校"]  # behind the row of its level


def test_2_rows_of_one_level_stand_together_in_their_order():
    rows = [ROW, ("效益指标", "社会效益指标", "就近入学", "95%"), ("产出指标", "数量指标", "新增学位", "900")]
    found = document(declared=declaration(*rows))
    taken(found)
    assert names(found.answers.forms["d"]) == ["新建学校", "新增学位", "就近入学"]


def test_2_another_goal_text_is_another_goal():
    department = blank(WUHAN).with_texts({"g1.text": "别的目标", "i1.name": "新建学校"})
    found = document(("d", department), declared=declaration(ROW))
    assert taken(found) == Taken(goals=1, indicators=1)
    form = found.answers.forms["d"]
    assert [form.text(f"{goal}.text") for goal in form.goals] == ["别的目标", "建好学校"]
    assert names(form, form.goals[1]) == ["新建学校"]


def test_2_a_project_of_the_same_name_keeps_its_money():
    project = blank(WUHAN_PROJECT).with_texts({"project_name": "机构 运转类项目", "funds.total.budget": "1"})
    found = document(("p1", project))
    assert taken(found).projects == 4
    assert found.answers.forms["p1"] is project


def test_2_rows_without_a_name_and_names_that_stand_twice_make_no_second_form():
    declared = declaration(projects=[("", "5"), ("修缮", "6"), ("修 缮", "7")], text="")
    found = document(declared=declared)
    assert taken(found) == Taken(projects=1)
    assert "d" not in found.answers.forms


def test_2_a_row_that_says_there_is_none_is_left_out():
    found = document(declared=declaration(ROW, ("产出指标", "成本指标", "无", "")))
    assert taken(found).indicators == 1


# --- 3


def test_3_it_is_one_step():
    found = document()
    before = found.answers
    taken(found)
    assert found.undo_label == "带入"
    found.undo()
    assert found.answers == before
    found.redo()
    assert len(found.answers.forms) == 7


def test_3_with_an_empty_declaration_nothing_happens():
    found = document(declared=blank(DECLARATION))
    assert not taken(found)
    assert found.undo_label == ""
    assert list(found.answers.forms) == ["t"]


def test_3_without_a_declaration_nothing_happens():
    found = Document(blank_document(sets(shipped())[1], UNIT, YEAR))
    assert not taken(found)


# --- 4


def test_4_the_forms_that_the_document_uses_are_made():
    found = document(("p1", blank(HUNAN_PROJECT)))
    taken(found)
    assert found.answers.forms["d"].definition == HUNAN
    first = found.answers.forms[found.answers.projects[1]]
    assert (first.definition, first.text("funds.total.initial")) == (HUNAN_PROJECT, "16055.49")
    assert first.text("funds.total.budget") == ""


def test_4_hunan_has_an_expectation_and_one_table():
    found = document(("d", blank(HUNAN)))
    assert taken(found) == Taken(goals=3, indicators=19, projects=5)
    form = found.answers.forms["d"]
    assert form.text("g1.expected").startswith("进一步提升保障能力")
    assert form.text("g1.actual") == ""
    assert {form.text(f"{row}.goal") for row in form.indicators} == {""}
    assert names(form)[:3] == ["学校新改扩建交付使用", "增加学位数", "教联体建设"]
    assert not taken(found)


def test_4_wuhan_2020_has_goals_without_tables():
    found = document(("d", blank(WUHAN_2020)))
    assert taken(found).goals == 3
    assert found.answers.forms["d"].goals[0] == "g1"
    assert not taken(found)


def test_4_where_the_set_has_no_department_form_the_region_has_one():
    found = document(("p1", blank(NATIONAL)))
    assert taken(found) == Taken(goals=3, indicators=19, projects=5)
    assert found.answers.forms["d"].definition == WUHAN
    assert {found.answers.forms[key].definition for key in found.answers.projects} == {NATIONAL}


def test_4_amounts_are_converted_where_the_units_differ():
    known = shipped()
    yuan = replace(known.form(WUHAN_PROJECT), money_unit="元")
    library = Library({**known.forms, WUHAN_PROJECT: yuan}, known.regulations)
    declared = declaration(projects=[("修缮", "1,923.17"), ("购置", "2.5万元"), ("培训", "约十万")], text="")
    found = document(declared=declared)
    taken(found, library)
    amounts = [found.answers.forms[key].text("funds.total.budget") for key in found.answers.projects]
    assert amounts == ["19231700", "2.5万元", "约十万"]
