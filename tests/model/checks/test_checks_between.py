"""The checks between the forms of a document, and the order and the answers of findings."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import model.checks
from model.checks import check_between, check_form, run_checks
from model.checks.finding import BESIDE, TITLES
from model.document.answers import Reply
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN_2020, WUHAN_PROJECT_2020, row
from tests.findings import JUDGED, WARNING, between, codes, document, filled, whole
from tests.model.checks import (
    test_checks,
    test_checks_levels,
    test_checks_report,
    test_checks_rows,
    test_checks_texts,
    test_checks_unfilled,
)
from tests.published import published


def department(*rows, **texts):
    return filled(WUHAN_2020, *rows, **texts)


def project(*rows, **texts):
    return filled(WUHAN_PROJECT_2020, *rows, **texts)


# --- duplicate-indicator

SAME = row("90%", "92%", name="1.教师（培训）满意度", level2="满意度指标")


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        (row("≥90%", "95%", name="教师培训 满意度", level2="满意度"), True),  # another result
        (row("95%", "92%", name="教师(培训)满意度", level2="满意度指标"), True),  # another target
        (row("≥90%", "92.0%", name="教师培训满意度", level2="满意度"), False),  # the same figures
        (row("90%", "", name="教师培训满意度", level2="满意度"), False),  # no result yet
        (row("90人", "95人", name="教师培训满意度", level2="满意度"), False),  # another unit
        (row("90%", "95%", name="教师培训满意度", level2="质量指标"), False),  # another 二级指标
        (row("90%", "95%", name="学生满意度", level2="满意度"), False),  # another name
    ],
)
def test_the_same_indicator_says_the_same_in_department_and_project(other, fires):
    found = between("duplicate-indicator", department(SAME), project(other))
    assert bool(found) == fires
    assert [f.severity for f in found] == [WARNING] * fires


def test_two_projects_are_never_compared():
    other = row("90%", "95%", name="教师培训满意度", level2="满意度")
    assert between("duplicate-indicator", project(SAME), project(other)) == []


def test_prose_is_compared_as_text():
    rows = row("稳步提高", "稳步提高", name="质量"), row("稳步提高", "显著提高", name="质量")
    [found] = between("duplicate-indicator", department(rows[0]), project(rows[1]))
    assert "显著提高" in found.message


# --- projects-sum, unit-of-money


@pytest.mark.parametrize(
    ("whole_amount", "amounts", "severity"),
    [
        ("100", ["60", "40"], None),
        ("100", ["60", "40.02"], None),  # 0.01 a form
        ("100", ["60", "40.03"], JUDGED),  # more than the department says
        ("100", ["60", "39.98"], None),
        ("100", ["60", "39.97"], WARNING),  # less
        ("100", ["60", ""], None),  # what is not filled in yet may make the rest
        ("100", ["160", ""], JUDGED),  # it is too much already
        ("", ["60", "40"], None),
        ("100", [], None),
    ],
)
def test_the_projects_make_the_project_expenditure(whole_amount, amounts, severity):
    forms = [project(budget=amount or "1", executed=amount) for amount in amounts]
    found = between("projects-sum", department(basic="0", project=whole_amount), *forms)
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert all(f.address == ("d", "project") and f.between for f in found)


def test_less_than_the_sum_is_said_with_amount_and_coverage():
    [found] = between("projects-sum", department(project="333.56"), project(budget="256", executed="256"))
    assert all(figure in found.message for figure in ("256", "333.56", "77.56", "76.75%"))


def test_projects_in_another_unit_are_said_as_such():
    forms = department(project="100"), project(budget="1000000", executed="1000000")
    assert [f.code for f in check_between(document(*forms))] == ["unit-of-money"]


def test_a_hunan_form_says_its_project_expenditure_in_the_split_of_the_funds():
    form = whole(HUNAN, cells={"split.basic": "60", "split.project": "40"})
    [found] = between("projects-sum", form, whole(HUNAN_PROJECT, budget="41", executed="41"))
    assert found.address == ("d", "split.project")


# --- names and years


@pytest.mark.parametrize(
    ("name", "fires"),
    [("示例单位", False), ("示 例 单 位", False), ("“示例”单位", False), ("示例中心", True)],
)
def test_all_forms_call_the_unit_by_one_name(name, fires):
    found = between("name-differs", department(unit_name="示例单位"), project(unit_line=name))
    assert [f.address for f in found] == [("p2", "unit_line")] * fires


def test_a_form_alone_has_nothing_to_be_compared_with():
    assert check_between(document(department(unit_line="示例中心"))) == ()


def test_a_form_of_another_year_is_said():
    assert codes(check_between(document(department(), year="2024"))) == {"year-mismatch"}
    assert check_between(document(department(), year="2025")) == ()


# --- answers


LOST = row("50个", "45个", "10", "9")


def with_reply(form, text, found=None):
    [finding] = [f for f in check_form(form) if f.code == "reason-missing"]
    reply = Reply(text, finding.found if found is None else found)
    return replace(form, answers=form.answers.with_reply(finding.code, finding.address[1], reply))


def lost_of(form):
    return next(f for f in check_form(form) if f.code == "reason-missing")


def test_a_judged_error_is_open_until_it_is_answered():
    form = department(LOST)
    assert lost_of(form).is_open_error
    answered = lost_of(with_reply(form, "五个未验收"))
    assert (answered.answer, answered.is_open_error) == ("五个未验收", False)


def test_four_characters_are_no_answer():
    assert lost_of(with_reply(department(LOST), "未验 收的")).is_open_error


def test_an_answer_lapses_when_the_row_changes_and_holds_again_when_it_is_as_before():
    first = department(LOST)
    replies = with_reply(first, "五个未验收").answers.replies

    def now(form):
        return lost_of(replace(form, answers=replace(form.answers, replies=replies)))

    changed = now(department(row("60个", "45个", "10", "7.5")))
    assert (changed.answer, changed.lapsed, changed.is_open_error) == ("", "五个未验收", True)
    assert now(first).answer == "五个未验收"


def test_a_computed_error_can_not_be_answered():
    form = department(row("5次", "", "5", "5"))
    reply = Reply("以后再补完成值", "")
    answered = replace(form, answers=form.answers.with_reply("actual-missing", "i1.actual", reply))
    [found] = [f for f in check_form(answered) if f.code == "actual-missing"]
    assert found.is_open_error
    assert not found.is_answerable
    assert found.answer == ""


# --- the catalogue


def test_every_code_has_a_case_that_fires_and_one_that_is_silent_and_a_title():
    sources = Path(model.checks.__file__).parent.glob("*.py")
    texts = (path.read_text("utf-8") for path in sources if path.name != "finding.py")
    used = {code for text in texts for code in re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', text)}
    tables = (test_checks, test_checks_rows, test_checks_texts, test_checks_report, test_checks_levels)
    tables += (test_checks_unfilled,)
    here = {"duplicate-indicator", "projects-sum", "name-differs", "text-too-long"}
    here |= {"share-sum", "project-without-form", "table-sum"}  # test_checks_declaration.py
    here |= {"accounts-tail", "accounts-differ", "accounts-negative", "accounts-subject"}  # accounts/
    here |= set(BESIDE)  # test_open_items.py
    assert used == {case[0] for table in tables for case in table.FIRES} | here
    assert used == {case[0] for table in tables for case in table.SILENT} | here
    assert used == set(TITLES)


# --- what the sixteen forms must yield (the list)

EXPECTED = {
    "yueyang_2023_project_01_gaosan": {"actual-missing": 1, "unit-mismatch": 6},
    "yueyang_2023_project_02_kegai": {"unit-mismatch": 3, "ambiguous-number": 2},
    "yueyang_2023_project_03_guihua": {"sub-row-scored": 1},
    "yueyang_2023_project_04_keyan": {"sub-row-scored": 1, "actual-missing": 5},
    "yueyang_2023_project_08_shiyan": {"actual-missing": 4},
    "yueyang_2023_project_09_zhongzhi": {"unit-mismatch": 4, "indicator-name-missing": 1},
    "yueyang_2023_project_10_jiance": {"actual-not-final": 1, "cost-over-limit": 1, "ambiguous-number": 3},
    "yueyang_2023_department": {"indicator-none": 2, "parts-sum": 1},
    "qiaokou_xiaoxue_2020_department": {"met-but-cut": 1, "deviation-denied": 1, "reason-missing": 1},
    "qiaokou_xiaoxue_2020_project": {"block-label-points": 1, "weight-missing": 1, "deviation-denied": 1},
    "qiaokou_xinxi_2022_department": {"deviation-denied": 1, "over-achieved": 3, "actual-has-comparator": 3},
    "qiaokou_xinxi_2022_project": {"deviation-denied": 1, "no-comparator": 1, "actual-has-comparator": 2},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_findings_of_the_real_forms(name):
    found = [finding.code for finding in check_form(published(name))]
    assert {code: found.count(code) for code in EXPECTED[name]} == EXPECTED[name]


def test_the_real_documents_differ_between_their_forms():
    pairs = {
        "duplicate-indicator": "qiaokou_xiaoxue_2020",
        "name-differs": "qiaokou_xinxi_2022",
    }
    for code, name in pairs.items():
        forms = published(f"{name}_department"), published(f"{name}_project")
        reading = document(*forms, year=forms[0].answers.year)
        assert [f.code for f in check_between(reading)] == [code]
        assert run_checks(reading)[-1].code == code
