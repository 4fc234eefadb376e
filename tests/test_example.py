"""The shipped example: a made-up unit on the two Wuhan forms of 2022.

1. only the made-up unit; no published unit's data is shipped
2. weights filled; they add up to 100, and those of each goal to its points
3. every rule of the regulation `wuhan` is shown once
4. exactly two findings to mend
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

import resources
from model.checks import check_form
from model.exchange.exchange import decode, read_exchange, write_exchange
from model.forms.definition import bare
from model.forms.loader import shipped
from model.forms.rules import Outcome
from model.reading.reading import Form
from tests.builders import WUHAN, WUHAN_PROJECT
from tests.published import FOLDER, form_of

UNIT = "武汉市示例区教育信息中心"


def example(name: str) -> Form:
    return form_of(read_exchange(decode((resources.path("example") / name).read_bytes()), shipped()))


DEPARTMENT, PROJECT = example("1-department.json"), example("2-project.json")
BOTH = pytest.mark.parametrize("form", [DEPARTMENT, PROJECT], ids=["department", "project"])


def test_1_the_example_is_the_two_wuhan_forms_of_2022():
    files = sorted(path.name for path in resources.path("example").iterdir())
    assert files == ["1-department.json", "2-project.json"]
    assert [DEPARTMENT.definition.id, PROJECT.definition.id] == [WUHAN, WUHAN_PROJECT]


@BOTH
def test_1_it_speaks_of_the_made_up_unit_alone(form):
    texts = form.answers.texts
    assert form.answers.unit == UNIT
    for cell in ("unit_name", "unit_line", "implementer"):
        assert texts.get(cell, UNIT) == UNIT


NAME_THEIR_SOURCES = ("forms", "regulations", "reports", "accounts", "indicators", "intake")


@pytest.mark.parametrize("word", ["硚口", "汉阳", "江汉", "岳阳", "经办人", "1380000"])
def test_1_no_published_unit_is_shipped(word):
    for path in Path(resources.path("")).rglob("*"):
        folder = path.relative_to(resources.path("")).parts[0]
        if path.suffix in (".json", ".toml", ".txt", ".md") and folder not in NAME_THEIR_SOURCES:
            assert word not in path.read_text("utf-8"), path


def test_1_no_row_and_no_sentence_of_a_published_form_is_in_the_example():
    ours = [write_exchange(form.answers, form.definition) for form in (DEPARTMENT, PROJECT)]
    theirs = [json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")]
    assert not names(ours) & names(theirs)
    assert not telling_figures(ours) & telling_figures(theirs)
    assert not sentences(ours) & sentences(theirs)


Forms = list[dict[str, Any]]


def names(forms: Forms) -> set[str]:
    return {bare(row["name"]) for form in forms for row in form["indicators"]}


def telling_figures(forms: Forms) -> set[tuple[str, str]]:
    """Target and result where there are digits in them; every second form says ≥95%."""
    pairs = {
        (bare(row["target"]), bare(row.get("actual") or "")) for form in forms for row in form["indicators"]
    }
    return {pair for pair in pairs if any(char.isdigit() for char in pair[0]) and "%" not in pair[0]}


def sentences(forms: Forms) -> set[str]:
    """The parts of goals and long texts between two marks."""
    texts = [form.get(key) or "" for form in forms for key in ("deviation_analysis", "improvement")]
    texts += [goal.get("text") or "" for form in forms for goal in form["goals"]]
    return {part for text in texts for part in re.split("[，。；：]", text) if len(part) > 6}


@BOTH
def test_2_every_row_has_a_weight_and_all_make_a_hundred(form):
    assert all(indicator.weight for indicator in form.sheet.indicators)
    assert form.sheet.weights_total == 100


@BOTH
def test_2_the_rows_of_a_goal_have_its_points(form):
    for goal in form.answers.goals:
        weights = [indicator.weight for indicator in form.sheet.indicators if indicator.goal == goal]
        assert str(sum(weights)) == form.answers.text(f"{goal}.points")


RULES = {  # each rule of the footnotes, with a row that shows it
    "positive, met": ("i2", "≥300 人次", "312 人次", "得满分 5 分"),
    "positive, missed": ("i3", "≥20 场", "18 场", "5 × 18 ÷ 20 = 4.5"),
    "equal": ("i4", "＝100%", "100%", "得满分 5 分"),
    "reverse, met": ("i7", "≤30 分钟", "25 分钟", "得满分 4 分"),
    "reverse, missed": ("i6", "≤10 次", "12 次", "5 × 10 ÷ 12 = 4.17"),
    "several parts": ("i1", "6 间/4 间", "6 间/3 间", "8 × (1 + 3 ÷ 4) ÷ 2 = 7"),
    "without comparator": ("i11", "120 家", "124 家", "得满分 6 分"),
    "direction chosen by the clerk": ("i15", "0 次", "0 次", "得满分 4 分"),
    "qualitative, 达成": ("i5", "达到推广标准", "达到推广标准", "3.2–4 分"),
    "qualitative, 部分达成": ("i8", "覆盖全区全部学段", "覆盖小学、初中", "2 分、低于 3.2 分"),
    "qualitative, 未达成": ("i9", "正式印发制度", "完成初稿", "0 分、低于 2.5 分"),
}


@pytest.mark.parametrize("rule", RULES)
def test_3_every_rule_is_shown(rule):
    row, target, actual, words = RULES[rule]
    assert DEPARTMENT.answers.text(f"{row}.target") == target
    assert DEPARTMENT.answers.text(f"{row}.actual") == actual
    assert words in DEPARTMENT.sheet.indicator(row).outcome.explanation


def test_3_execution_is_shown_with_its_amounts():
    assert DEPARTMENT.sheet.execution.explanation == "20 × 1,074.56 ÷ 1,076.43 = 19.97"


def test_3_both_kinds_of_counting_score_are_shown():
    typed = [row for row in DEPARTMENT.sheet.indicators if row.has_score_text]
    computed = [
        row for row in DEPARTMENT.sheet.indicators if not row.has_score_text and row.score is not None
    ]
    assert typed
    assert computed


@BOTH
def test_3_where_no_rule_applies_it_is_because_the_row_is_qualitative(form):
    outcomes: list[Outcome] = [row.outcome for row in form.sheet.indicators]
    assert {outcome.why for outcome in outcomes if outcome.score is None} == {"qualitative"}


def test_4_there_are_two_findings_to_mend():
    found = [(finding.code, finding.place) for form in (DEPARTMENT, PROJECT) for finding in check_form(form)]
    assert found == [
        ("score-above-weight", "年度目标 2 · 满意度指标 · 服务对象满意度指标 · 第1行 · 得分"),
        ("not-a-number", "年度目标 2 · 效益指标 · 社会效益指标 · 第1行 · 得分"),
    ]


@BOTH
def test_4_everything_required_is_filled_in(form):
    for field in form.definition.fields.values():
        assert form.answers.text(field.id) or not field.required


@BOTH
def test_the_files_are_as_the_program_writes_them(form):
    name = "1-department.json" if form is DEPARTMENT else "2-project.json"
    data = decode((resources.path("example") / name).read_bytes())
    assert write_exchange(form.answers, form.definition) == data
