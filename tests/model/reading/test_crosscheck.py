"""表间核对: what forms of one document have in common, as two figures; silent while one is missing."""

import pytest

from model.document.answers import Answers
from model.forms.loader import shipped
from model.reading.crosscheck import cross_checks
from model.reading.reading import read
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN, WUHAN_PROJECT, filled


def compared(department, *projects):
    """Return what is compared, as it is read: "项目支出 98 ＝ 98"."""
    forms = {"d": department} | {f"p{n}": form for n, form in enumerate(projects, start=1)}
    answers = Answers({key: form.answers for key, form in forms.items()})
    return [
        f"{found.name} {found.left} {'＝' if found.agrees else '≠'} {found.right}".replace(" 万元", "")
        for found in cross_checks(read(shipped(), answers))
    ]


def wuhan(basic="89.89", project="98"):
    return filled(WUHAN, cells={"basic": basic, "project": project}, budget="187.89", executed="187.89")


def project(executed="98", definition=WUHAN_PROJECT):
    return filled(definition, budget="98", executed=executed)


def test_the_projects_make_up_what_the_department_form_says():
    assert compared(wuhan(), project()) == ["项目支出 98 ＝ 98", "基本＋项目 187.89 ＝ 187.89"]


def test_two_figures_that_differ_stand_beside_each_other():
    assert compared(wuhan(project="97.99"), project("50"), project("48")) == [
        "项目支出 98 ≠ 97.99",
        "基本＋项目 187.88 ≠ 187.89",
    ]


def test_the_split_by_kind_of_expenditure_serves_where_the_form_has_no_heads():
    cells = {"split.basic": "1,129.76万元", "split.project": "333.56万元"}
    department = filled(HUNAN, cells=cells, budget="1463.31", executed="1463.31")
    assert compared(department, project("256", HUNAN_PROJECT)) == [
        "项目支出 256 ≠ 333.56",
        "基本＋项目 1,463.32 ≠ 1,463.31",
    ]


def test_the_parts_are_held_against_the_amount_they_come_nearest_to():
    department = filled(WUHAN, cells={"basic": "40", "project": "60"}, budget="100", executed="93.5")
    assert compared(department) == ["基本＋项目 100 ＝ 100"]


@pytest.mark.parametrize("executed", ["", "九十八"])
def test_a_project_that_has_not_spent_yet_leaves_nothing_to_compare(executed):
    assert compared(wuhan(), project(), project(executed)) == ["基本＋项目 187.89 ＝ 187.89"]


def test_an_amount_in_another_unit_is_the_same_amount():
    assert compared(wuhan(project="980000元"), project())[0] == "项目支出 98 ＝ 98"


def test_nothing_is_compared_without_a_department_form_or_without_its_figures():
    assert compared(wuhan(basic="", project=""), project()) == []
    assert cross_checks(read(shipped(), Answers({"p1": project().answers}))) == ()
