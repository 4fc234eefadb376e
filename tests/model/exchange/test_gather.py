"""Several files become one document.

Requirements, each test names its own:
 1. unit and year: of the first department form, else of the declaration, else of the first file
 2. another unit name stays in its form and is noted
 3. another year, a second department form or declaration, an unknown form: refused, the rest is gathered
 5. entries that have no home in the form are kept and named
 4. project forms keep the order of the files; the declaration comes first, then the department form
"""

from dataclasses import replace
from typing import Any, cast

import pytest

from model.document.answers import Answers, FormAnswers
from model.exchange.entries import keep
from model.exchange.gather import Gathered, gather
from model.forms.loader import Library, shipped

DEPARTMENT, PROJECT, DECLARATION = "wuhan-department-2022", "wuhan-project-2022", "test-declaration"


@pytest.fixture(scope="module")
def library():
    """The shipped forms and a declaration, whatever declarations are shipped."""
    known = shipped()
    declaration = replace(known.form(DEPARTMENT), id=DECLARATION, kind=cast(Any, "declaration"))
    return Library({**known.forms, DECLARATION: declaration}, known.regulations)


def form(definition, unit="某中心", year="2022", project=""):
    texts = {"unit": unit, "year": year, "project_name": project}
    return FormAnswers(definition, {cell: text for cell, text in texts.items() if text})


def test_1_and_4_a_document_of_all_kinds(library):
    first, second = form(PROJECT, project="甲"), form(PROJECT, project="乙")
    department, declaration = form(DEPARTMENT), form(DECLARATION)
    files = [("1", first), ("2", department), ("3", second), ("4", declaration)]
    found = gather(files, library)
    forms = {"t": declaration, "d": department, "p1": first, "p2": second}
    assert found == Gathered(Answers(forms, "某中心", "2022"), (), ())
    assert list(found.answers.forms) == ["t", "d", "p1", "p2"]


@pytest.mark.parametrize(
    ("kinds", "which"),
    [
        ([PROJECT, DECLARATION, DEPARTMENT], 2),
        ([DEPARTMENT, DEPARTMENT], 0),
        ([PROJECT, DECLARATION, PROJECT, DECLARATION], 1),
        ([PROJECT, PROJECT], 0),
    ],
)
def test_1_the_form_that_gives_unit_and_year(library, kinds, which):
    files = [(str(n), form(kind, f"单位{n}", str(2020 + n))) for n, kind in enumerate(kinds)]
    found = gather(files, library)
    assert (found.answers.unit, found.answers.year) == (f"单位{which}", str(2020 + which))
    assert list(found.answers.forms.values()) == [files[which][1]]  # the others are of other years
    assert [name for name, _ in found.refused] == [str(n) for n in range(len(kinds)) if n != which]


def test_2_another_unit_stays_in_its_form_and_is_noted(library):
    project = form(PROJECT, "某信息中心")
    found = gather([("部门.json", form(DEPARTMENT)), ("项目.json", project)], library)
    assert found.answers.unit == "某中心"
    assert found.answers.forms["p1"] is project
    assert found.refused == ()
    assert found.notes == (
        ("项目.json", "单位名称是“某信息中心”，与自评簿的“某中心”不同，已照原样保留。请核对。"),
    )


@pytest.mark.parametrize("unit", ["某 中心（本级）", "某中心(本级)", ""])
def test_2_blanks_brackets_and_no_unit_at_all_are_not_another_unit(library, unit):
    files = [("1", form(DEPARTMENT, "某中心（本级）")), ("2", form(PROJECT, unit))]
    assert gather(files, library).notes == ()


def test_3_another_year_is_refused(library):
    found = gather([("1", form(PROJECT)), ("2", form(PROJECT, year="2021")), ("3", form(PROJECT))], library)
    assert list(found.answers.forms) == ["p1", "p2"]
    assert found.refused == (("2", "年度是 2021，自评簿是 2022 年度。请另建一个自评簿。"),)


SECOND = "自评簿已有一张同类的表，部门整体自评表、目标申报表、部门决算只能各有一份。请核对文件。"


def test_3_a_second_department_form_or_declaration_is_refused(library):
    department, declaration = form(DEPARTMENT, "甲"), form(DECLARATION, "甲")
    files = [("1", department), ("2", form(DEPARTMENT, "乙")), ("3", declaration), ("4", form(DECLARATION))]
    found = gather(files, library)
    assert found.answers.forms == {"t": declaration, "d": department}
    assert found.notes == ()
    assert found.refused == (
        ("2", SECOND),
        ("4", SECOND),
    )


def test_3_an_unknown_form_is_refused_and_gives_no_unit(library):
    found = gather([("1", form("guangdong-2030", "别的单位", "2030")), ("2", form(PROJECT))], library)
    assert (found.answers.unit, found.answers.year) == ("某中心", "2022")
    assert list(found.answers.forms) == ["p1"]
    ((name, sentence),) = found.refused
    assert name == "1"
    assert sentence.startswith("没有编号为“guangdong-2030”的表样。")


def test_5_what_has_no_home_is_named(library):
    extra: dict[str, str] = {}
    keep(extra, "三年", "fields", "实施周期")
    keep(extra, {"一般": "3万元"}, "form", "funds_breakdown")
    keep(extra, "/", "row", "i1", "nothing is written there")
    keep(extra, None, "row", "i1", "nor there")
    keep(extra, "万元", "fields", "单位")
    keep(extra, [{"place": "A1", "text": "x"}], "form", "left")  # told where the file was read
    project = replace(form(PROJECT), extra=extra)
    found = gather([("项目.json", project)], library)
    assert found.answers.forms["p1"].extra == extra
    sentence = "“实施周期”、“funds_breakdown”在表里没有位置，已原样保留，导出交换文件时写回，表上不显示。"
    assert found.notes == (("项目.json", sentence),)


def test_without_files_there_is_an_empty_document(library):
    assert gather([], library) == Gathered(Answers({}), (), ())
