"""沿用上年新建: what a document of the next year begins with, and what stays behind."""

import pytest

from model.checks import run_checks
from model.document.answers import DECLARATION, Answers
from model.filling.blank import set_with, sets
from model.filling.carryover import carry_over
from model.forms.loader import shipped
from model.reading.reading import read
from tests.builders import HUNAN, WUHAN, WUHAN_2020
from tests.published import published

LIBRARY = shipped()


def last(name: str = "qiaokou_xinxi_2022") -> Answers:
    forms = {"d": published(f"{name}_department").answers, "p1": published(f"{name}_project").answers}
    return Answers(forms, forms["d"].unit, forms["d"].year)


def carried(
    set_of: str = WUHAN, unit: str = "硚口区教育局信息技术中心", name: str = "qiaokou_xinxi_2022"
) -> Answers:
    form_set = set_with(LIBRARY, set_of)
    assert form_set is not None
    return carry_over(last(name), form_set, unit, "2023", LIBRARY)


def test_unit_year_projects_and_people_are_there():
    found = carried()
    assert (found.unit, found.year, list(found.forms)) == ("硚口区教育局信息技术中心", "2023", ["d", "p1"])
    project = found.forms["p1"]
    assert project.year == "2023"
    assert project.text("project_name") == "资产及信息化运行维护"
    assert project.text("authority") == "硚口区教育局"
    assert project.text("category") == "1、部门预算项目"


def test_goals_indicators_and_targets_are_there_with_last_years_results_beside():
    department = carried().forms["d"]
    before = last().forms["d"]
    assert department.goals == before.goals
    assert department.indicators == before.indicators
    for row in before.indicators:
        for cell in ("goal", "level1", "level2", "name", "target"):
            assert department.text(f"{row}.{cell}") == before.text(f"{row}.{cell}")
        assert department.text(f"{row}.last_actual") == before.text(f"{row}.actual")
    assert department.text("i2.last_score") == "4"
    assert department.text("g1.points") == "50"
    assert department.text("report.last_total") == "97"


@pytest.mark.parametrize("key", ["d", "p1"])
def test_amounts_results_dates_and_texts_of_the_year_stay_behind(key):
    form = carried().forms[key]
    assert not any(cell.startswith("funds.") for cell in form.texts)
    gone = (".actual", ".score", ".reason", ".level", ".sentence")
    assert not any(cell.endswith(gone) for cell in form.texts)
    assert not any(form.text(cell) for cell in ("basic", "project", "filled_on", "deviation", "improvement"))
    assert (form.given, form.extra, form.replies) == ({}, {}, {})


def test_last_years_results_are_never_counted():
    reading = read(LIBRARY, carried())
    assert all(form.sheet.total is None for form in reading.forms)
    assert {found.code for found in run_checks(reading) if found.is_open_error} <= {
        "required-missing",
        "row-unfinished",
        "year-mismatch",
    }


def test_a_unit_with_another_name_has_it_in_all_its_forms():
    department = carried(unit="硚口区教育信息中心").forms["d"]
    assert department.text("unit_name") == "硚口区教育信息中心"
    assert department.unit == "硚口区教育信息中心"


def test_a_newer_form_takes_over_what_it_has_a_place_for():
    found = carried(WUHAN, "武汉市硚口区小学教学研究室", "qiaokou_xiaoxue_2020")
    assert found.forms["d"].definition == WUHAN
    assert found.forms["d"].text("g1.text") == last("qiaokou_xiaoxue_2020").forms["d"].text("g1.text")
    assert found.forms["d"].text("i1.weight") == "5"


def test_goals_find_the_name_that_the_new_form_has_for_them():
    hunan = carried(HUNAN, "武汉市硚口区小学教学研究室", "qiaokou_xiaoxue_2020").forms["d"]
    assert hunan.text("g1.expected") == last("qiaokou_xiaoxue_2020").forms["d"].text("g1.text")


def test_a_declaration_is_made_anew():
    declaration = published("hanyang_2024_target_declaration").answers
    form_set = set_with(LIBRARY, WUHAN_2020)
    assert form_set is not None
    found = carry_over(Answers({DECLARATION: declaration}, "甲", "2024"), form_set, "甲", "2025", LIBRARY)
    assert found.forms == {}


def test_a_set_without_department_leaves_that_form_out():
    only_projects = next(s for s in sets(LIBRARY) if s.department is None)
    assert list(carry_over(last(), only_projects, "甲", "2023", LIBRARY).forms) == ["p1"]


def test_the_main_work_of_the_report_begins_as_it_was_planned():
    before = last()
    cells = {
        "report.works_note": "两条主线。",
        "w1.item": "教师培训",
        "w1.aim": "全员",
        "w1.result": "300 人",
    }
    form = before.forms["d"].with_rows("works", ("w1",))
    for cell, text in cells.items():
        form = form.with_text(cell, text)
    found = carry_over(before.with_form("d", form), set_with(LIBRARY, WUHAN), before.unit, "2023", LIBRARY)
    department = found.forms["d"]
    assert department.rows["works"] == ("w1",)
    assert {cell: department.text(cell) for cell in cells} == cells | {"w1.result": ""}
