"""New documents.

1. the sets of forms: newest first, a user's own forms included, a kind may be lacking
2. a blank form: unit, year, fields that repeat the unit, one goal, a row for each level 2
3. it has no findings and no total, and it can be printed
4. one more form of a document knows who answers for the unit, and nothing of another project
"""

from dataclasses import replace
from pathlib import Path

import pytest

from model.checks import run_checks
from model.checks.open_items import completeness
from model.document.answers import Answers
from model.filling.blank import blank_document, blank_form, form_beside, set_with, sets
from model.forms.loader import Library, metrics, shipped, with_folder
from model.paper.layout import lay_out
from model.reading.reading import read

SEVENTH = Path(__file__).parents[2] / "data" / "seventh"
LIBRARY = with_folder(SEVENTH)
ALL = list(LIBRARY.forms)


def blank(form_id):
    return blank_form(LIBRARY.form(form_id), "示例单位", "2025")


def test_1_sets_are_regions_and_editions_newest_first():
    found = [(s.name, [form.id for form in s.forms]) for s in sets(shipped())]
    assert found == [
        ("湖南省 2023", ["hunan-department-2023", "hunan-project-2023"]),
        ("全国 2022", ["national-project-2022"]),
        ("武汉市 2022", ["wuhan-department-2022", "wuhan-project-2022"]),
        ("重庆市 2021", ["chongqing-department-2021"]),
        ("全国 2020", ["national-project-2020"]),
        ("武汉市 2020", ["wuhan-department-2020", "wuhan-project-2020"]),
    ]


def test_1_a_form_of_the_user_makes_a_set_without_department_form():
    first = sets(LIBRARY)[0]
    assert (first.name, first.forms) == ("示例市 2024", (LIBRARY.form("huaibei-project-2024"),))
    assert first.department is None


def test_1_a_second_project_form_of_an_edition_makes_a_second_set():
    own = replace(shipped().form("wuhan-project-2022"), id="own")
    library = Library({**shipped().forms, "own": own}, shipped().regulations)
    projects = [s.forms[1].id for s in sets(library) if s.name == "武汉市 2022"]
    assert projects == ["wuhan-project-2022", "own"]


def test_1_the_set_of_a_form_names_the_project_form_of_its_document():
    found = set_with(LIBRARY, "wuhan-department-2022")
    assert found is not None
    assert found.project == LIBRARY.form("wuhan-project-2022")
    assert set_with(LIBRARY, "unknown") is None


def test_1_a_new_document_begins_with_the_department_form_alone():
    answers = blank_document(sets(shipped())[0], "示例单位", "2025")
    assert (list(answers.forms), answers.unit, answers.year) == (["d"], "示例单位", "2025")


def test_1_a_set_without_department_form_begins_with_a_project():
    answers = blank_document(sets(LIBRARY)[0], "示例单位", "2025")
    assert [form.definition for _, form in answers] == ["huaibei-project-2024"]
    assert list(answers.forms) == ["p1"]


@pytest.mark.parametrize(
    ("form_id", "fields"),
    [
        ("wuhan-department-2022", ["unit_line", "unit_name"]),
        ("wuhan-department-2020", ["unit_line", "unit_name"]),
        ("wuhan-project-2022", ["unit_line", "implementer"]),
        ("wuhan-project-2020", ["unit_line", "implementer"]),
        ("hunan-department-2023", ["unit_name"]),
        ("hunan-project-2023", ["implementer"]),
        ("national-project-2020", ["implementer"]),
        ("wuhan-declaration-2024", ["unit_name"]),
    ],
)
def test_2_fields_that_repeat_the_unit_are_filled(form_id, fields):
    form = blank(form_id)
    assert [cell for cell, text in form.texts.items() if text == "示例单位"] == ["unit", *fields]
    assert form.year == "2025"


@pytest.mark.parametrize("form_id", ALL)
def test_2_there_is_a_row_for_each_pair_of_levels_in_the_order_of_the_form(form_id):
    form, definition = blank(form_id), LIBRARY.form(form_id)
    rows = [(form.text(f"{row}.level1"), form.text(f"{row}.level2")) for row in form.indicators]
    pairs = [(block.name, name) for block in definition.level1 for name in block.level2 or ("",)]
    pairs = pairs or [("", "")]  # of a form without levels
    assert rows == pairs * max(len(definition.goal_terms), 1)
    assert rows


@pytest.mark.parametrize("form_id", ALL)
def test_2_rows_stand_under_the_goals_only_where_each_goal_has_a_table(form_id):
    form, definition = blank(form_id), LIBRARY.form(form_id)
    per_goal = definition.indicators.per_goal
    assert {form.text(f"{row}.goal") for row in form.indicators} == (set(form.goals) if per_goal else {""})
    assert len(form.goals) <= max(len(definition.goal_terms), 1)
    assert not form.text("g1.points")


def test_2_forms_without_goals_have_none():
    assert {form_id: blank(form_id).goals for form_id in ALL if not blank(form_id).goals} == {
        "wuhan-project-2020": ()
    }


@pytest.mark.parametrize("form_id", ALL)
def test_3_only_what_is_to_be_filled_in_is_found_nothing_is_scored_and_it_can_be_printed(form_id):
    answers = blank_document(sets(LIBRARY)[0], "示例单位", "2025").with_form("p1", blank(form_id))
    reading = read(LIBRARY, answers)
    form = reading.forms[0]
    points = {("goal-points-missing", True)} if form.definition.goal_points else set()
    assert {(f.code, f.is_gap) for f in run_checks(reading)} == {("required-missing", True)} | points
    assert (form.sheet.total, form.sheet.grade) == (None, "")
    assert completeness(form).missing
    assert len(lay_out(reading, metrics())) == len(answers.forms)


@pytest.mark.parametrize("form_id", ALL)
def test_3_an_empty_unit_and_year_leave_no_text(form_id):
    form = blank_form(LIBRARY.form(form_id), "", "")
    assert all(form.texts.values())


PEOPLE = {"authority": "示例教育局", "filled_by": "经办人甲", "phone": "13800000000", "head": "负责人乙"}
OF_ONE = {
    "project_name": "一号项目",
    "filled_on": "2024年1月5日",
    "funds.total.budget": "6",
    "g1.expected": "目标",
}


def test_4_one_more_form_knows_who_answers_for_the_unit():
    first = blank("hunan-project-2023").with_texts({**PEOPLE, **OF_ONE})
    answers = Answers({"p1": first}, "示例单位", "2025")
    project = form_beside(LIBRARY.form("hunan-project-2023"), answers)
    assert {cell: project.text(cell) for cell in PEOPLE} == PEOPLE
    assert not any(project.text(cell) for cell in OF_ONE)
    department = form_beside(LIBRARY.form("hunan-department-2023"), answers)
    assert department.text("phone") == PEOPLE["phone"]
    assert "authority" not in department.texts


def test_4_the_last_form_that_names_them_counts_and_the_unit_stays():
    definition = LIBRARY.form("wuhan-project-2022")
    forms = {
        "p1": blank("wuhan-project-2022").with_texts({"authority": "旧局", "implementer": "别的单位"}),
        "p2": blank("wuhan-project-2022").with_texts({"authority": "新局", "category": "1、部门预算项目"}),
        "p3": blank("wuhan-project-2022"),
    }
    found = form_beside(definition, Answers(forms, "示例单位", "2025"))
    assert (found.text("authority"), found.text("implementer")) == ("新局", "示例单位")
    assert found.text("category") == ""
