"""The checks of a goal declaration (附表4-11): sums, shares, dates and projects; nothing about scores."""

from dataclasses import replace

import pytest

from model.checks import check_form
from model.reading.reading import Form
from tests.builders import DECLARATION, WUHAN_2020, WUHAN_PROJECT_2020, form_of, row
from tests.findings import COMPUTED, WARNING, between, codes, filled, of
from tests.published import published

INCOME = {"fiscal": "60", "special_account": "30", "own": "10"}


def declared(given: dict[str, str] | None = None, projects: tuple[str, ...] = (), **texts: str) -> Form:
    """A declaration of 100 万元: 60, 30 and 10; `given` by cell without `shares.`."""
    cells = {f"shares.{key}.amount": amount for key, amount in INCOME.items()}
    cells |= {f"p{n}.name": name for n, name in enumerate(projects, start=1)}
    form = filled(DECLARATION, row("≥200", name="招聘教师"), cells=cells | texts)
    printed = {f"shares.{cell}": text for cell, text in (given or {}).items()}
    rows = {**form.answers.rows, "projects": tuple(f"p{n}" for n, _ in enumerate(projects, start=1))}
    return form_of(replace(form.answers, given=printed, rows=rows))


SHARES = {"fiscal.share": "60.00%", "special_account.share": "30.00%", "own.share": "10.00%"}


@pytest.mark.parametrize(
    ("code", "given", "cell", "figures"),
    [
        ("fund-rows-sum", {"income.amount": "101"}, "shares.income.amount", ("101", "100", "1")),
        ("fund-rows-sum", {"income.amount": "100.01"}, "shares.income.amount", ("100.01", "0.01")),
        ("fund-rows-sum", {"income.amount": "一百"}, "shares.income.amount", ("一百", "100")),
        (
            "share-sum",
            {**SHARES, "own.share": "10.01%"},
            "shares.own.share",
            ("10.01%", "10 ÷ 100", "10.00%"),
        ),
        ("share-sum", {"fiscal.share": "全部"}, "shares.fiscal.share", ("全部", "60.00%")),
        ("share-sum", {**SHARES, "income.share": "99.99%"}, "shares.income.share", ("99.99%", "100.00%")),
    ],
)
def test_it_fires(code, given, cell, figures):
    [found] = of(code, declared(given))
    assert (found.severity, found.address[1]) == (COMPUTED, cell)
    assert all(figure in found.message for figure in figures), found.message
    assert codes(check_form(declared(given))) == {code}


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("fund-rows-sum", {"income.amount": "100.00"}),
        ("fund-rows-sum", {"income.amount": "—"}),
        ("fund-rows-sum", {"income.two_years_before": "90"}),  # no row has anything there
        ("share-sum", {**SHARES, "income.share": "100.00%"}),
        ("share-sum", {"fiscal.share": "60.009%"}),  # less than 0.01 off, and the others say nothing
        ("share-sum", {}),
    ],
)
def test_it_is_silent(code, given):
    assert of(code, declared(given)) == []


def test_shares_that_are_each_near_enough_still_make_exactly_a_hundred():
    thirds = {f"shares.{key}.amount": "1" for key in INCOME}
    given = {f"{key}.share": "33.33%" for key in INCOME}
    [found] = of("share-sum", declared(given, **thirds))
    assert "99.99%" in found.message
    assert of("share-sum", declared({**given, "own.share": "33.34%"}, **thirds)) == []


def test_either_way_of_rounding_that_makes_a_hundred_is_right():
    form = published("hanyang_2024_target_declaration")  # 54.00, 10.03, 35.97
    assert check_form(form) == ()
    other = {**form.answers.given, "shares.running.share": "10.04%", "shares.special.share": "35.96%"}
    assert of("share-sum", form_of(replace(form.answers, given=other))) == []


def test_a_column_in_which_a_row_is_blank_is_not_compared():
    before = {"shares.fiscal.year_before": "50", "shares.own.year_before": "5"}
    given = {"income.year_before": "80"}
    assert of("fund-rows-sum", declared(given, **before)) == []
    assert (
        of("fund-rows-sum", declared(given, **before, **{"shares.special_account.year_before": "20"})) != []
    )


@pytest.mark.parametrize(
    ("date", "fires"),
    [
        ("2023年12月31日", True),  # more than 12 months before 2025
        ("2024年1月", False),
        ("2025年12月31日", False),
        ("2026-01-01", True),  # after its end
    ],
)
def test_a_declaration_is_made_around_the_beginning_of_its_year(date, fires):
    found = of("year-mismatch", declared(filled_on=date))
    assert [f.severity for f in found] == [WARNING] * fires


def test_a_form_without_scores_knows_no_check_of_scores_and_results():
    rows = [
        row("", "", name="无"),
        row("**", name="培训"),
        row("1.3次", name="模考"),
        row("8个", name="建10个团队"),
    ]
    found = {(f.code, f.severity) for f in check_form(filled(DECLARATION, *rows))}
    assert found == {("template-residue", "judged"), ("name-target-differ", WARNING)}


def test_a_target_that_reads_two_ways_is_told_without_a_word_of_scores():
    [found] = of("ambiguous-number", filled(DECLARATION, row("1.3次", name="模考")))
    assert "计分" not in found.message


def test_required_are_the_unit_and_one_indicator():
    assert of("required-missing", declared()) == []
    empty = form_of(replace(declared().answers, texts={"year": "2025"}))
    assert [f.address[1] for f in of("required-missing", empty)] == ["unit_name", "i1.name"]


# --- between the forms


def test_a_declared_project_has_a_form_of_the_same_name():
    project = filled(WUHAN_PROJECT_2020, project_name="信息化（运维）")
    [found] = between("project-without-form", declared(projects=("信息化运维", "教师培训")), project)
    assert found.severity == WARNING
    assert "教师培训" in found.message
    assert found.address == ("t", "p2.name")


def test_before_any_form_is_there_no_project_lacks_one():
    assert between("project-without-form", declared(projects=("教师培训",))) == []
    assert between("project-without-form", declared(projects=("教师培训",)), filled(WUHAN_2020)) != []
