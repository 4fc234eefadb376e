"""From the texts of a form to its score sheet (docs/domain.md, "Scores"; the single rules: test_rules.py).

1. the total is the sum of the shown scores, never rounded again
2. the typed score of a row counts, else the computed one; unreadable is unknown, not zero
3. what the total leaves out is named
4. weights_total includes execution; unknown while a scored row has no weight
5. rows without name, weight and score are never counted; 无 is no indicator
6. execution: exact quotient, capped, rounded once; the adjusted budget alone counts
7. grades only for a whole total; given texts are never adopted
8. position, direction, level and regulation of a row reach its rule
"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.basics.number import show
from tests.builders import (
    HUNAN,
    HUNAN_PROJECT,
    WUHAN,
    WUHAN_2020,
    WUHAN_PROJECT,
    WUHAN_PROJECT_2020,
    filled,
    form_of,
    row,
)
from tests.published import published

EXECUTION = "funds.total.score"


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


# --- 1: the total


def test_1_the_total_is_the_sum_of_execution_and_rows():
    form = filled(HUNAN, row(weight="8", score="7.5"), row("≥3次", "1次", "10"), budget="3", executed="2")
    # 10 × 2 ÷ 3 = 6.67; 7.5 typed; 10 × 1 ÷ 3 = 3.33
    assert form.sheet.total == Decimal("17.5")


def test_1_it_is_never_rounded_again():
    thirds = [row("≥3次", "1次", "10") for _ in range(3)]  # three times 3.33, not 10
    assert filled(HUNAN, *thirds, executed="0").sheet.total == Decimal("9.99")


def test_1_a_typed_score_counts_as_it_is_shown():
    """Scores have at most 2 decimals: paper shows 4.57 twice, so the total is 9.14 and not 9.13."""
    form = filled(WUHAN_2020, row(score="4.565"), row(score="4.565"), executed="0")
    assert [indicator.score for indicator in form.sheet.indicators] == [Decimal("4.57")] * 2
    assert form.sheet.total == Decimal("9.14")


hundredths = st.integers(0, 1000).map(lambda n: Decimal(n) / 100)


@given(st.lists(hundredths, max_size=8), st.integers(0, 300), st.integers(1, 300))
@settings(derandomize=True, deadline=None, max_examples=100)
def test_1_the_total_is_what_the_clerk_adds_up_on_paper(scores, executed, budget):
    rows = [row(weight="10", score=str(score)) for score in scores]
    form = filled(HUNAN, *rows, budget=str(budget), executed=str(executed))
    shown = [form.sheet.execution.score, *(indicator.score for indicator in form.sheet.indicators)]
    assert form.sheet.total == sum(Decimal(show(score)) for score in shown if score is not None)


def test_1_nothing_known_is_no_total():
    assert filled(WUHAN_2020, budget="", executed="").sheet.total is None


# --- 2: typed, computed, unknown


@pytest.mark.parametrize(
    ("typed", "score"),
    [
        ("", "9"),  # nothing typed: the rule's
        ("7", "7"),  # typed wins, though the rule says 9
        ("0", "0"),  # a typed zero is typed
        ("12", "12"),  # above the weight: counted as typed, and a finding
        ("-1", "-1"),
        ("８．５", "8.5"),
        ("8.50分", "8.5"),
        ("—", "9"),  # the dash of a cell that is not used
        (" ", "9"),
        ("九", None),  # no number: unknown, and a finding
        ("1e1", None),
        ("NaN", None),
        ("无", "9"),  # nothing, as clerks write it
    ],
)
def test_2_the_typed_score_counts_else_the_computed_one(typed, score):
    form = filled(HUNAN, row("≥20次", "18次", "10", typed))
    (indicator,) = form.sheet.indicators
    assert indicator.outcome.score == 9  # the computed one stands beside it in any case
    assert indicator.score == number(score)


def test_2_without_either_the_score_is_unknown_and_not_zero():
    (indicator,) = filled(HUNAN, row("稳步提高", "稳步提高", "10")).sheet.indicators
    assert (indicator.score, indicator.is_scored) == (None, False)


@pytest.mark.parametrize("weight", ["", "—", "十分", "-5", "1e1"])
def test_2_no_rule_without_a_weight_that_is_one(weight):
    (indicator,) = filled(HUNAN, row("≥20次", "20次", weight)).sheet.indicators
    assert (indicator.weight, indicator.outcome.score, indicator.outcome.why) == (None, None, "no-weight")


# --- 3: what the total leaves out


@pytest.mark.parametrize(
    ("indicator", "is_missing", "why"),
    [
        (row("≥5次", "5次", "10"), False, "computed"),
        (row("提高", "提高", "10", "9"), False, "typed"),
        (row("提高", "提高", "10"), True, "a weight and no score"),
        (row("≥5次", "", "10"), True, "a weight and no result, so no score"),
        (row("≥5次", "5次", "10", "五"), True, "what is typed is no score"),
        (row("≥5次", "5次", "十"), True, "the weight is no number, so no rule"),
        (row("≥5次", "5次"), False, "no weight: the form prints weights, so the row has no points to give"),
        (row(name="无"), False, "no indicator"),
        (row("100%", "按质完成", "10", name="无"), True, "无 with a weight: 10 points are open"),
        (row(name=""), False, "an empty row"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_3_where_weights_are_printed_rows_with_weight_and_no_score_are_missing(indicator, is_missing, why):
    for definition in (HUNAN, HUNAN_PROJECT, WUHAN_2020, WUHAN_PROJECT_2020):
        form = filled(definition, row(weight="1", score="1"), indicator)
        assert form.sheet.missing == (("i2.score",) if is_missing else ()), why


@pytest.mark.parametrize(
    ("indicator", "is_missing", "why"),
    [
        (row("≥5次", "5次", score="4"), False, "typed"),
        (row("≥5次", "5次", "4"), False, "a weight on screen: computed"),
        (row("≥5次", "5次"), True, "a named row without score"),
        (row("提高", "提高", "4"), True, "a weight and no score"),
        (row(name="无"), False, "no indicator"),
        (row(name=" 无 。"), False, "no indicator"),
        (row(name="—"), False, "an unused cell"),
        (row("≥5次", "5次", name=""), False, "no name, no weight, no score"),
        (row("提高", "提高", "4", name=""), True, "a weight and no score, also without name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_3_where_no_weights_are_printed_named_rows_without_score_are_missing(indicator, is_missing, why):
    for definition in (WUHAN, WUHAN_PROJECT):
        form = filled(definition, row(score="1"), indicator)
        assert form.sheet.missing == (("i2.score",) if is_missing else ()), why


@pytest.mark.parametrize(("budget", "executed"), [("", "5"), ("0", "5"), ("5", ""), ("多", "5"), ("5", "少")])
def test_3_a_total_without_execution_says_so(budget, executed):
    form = filled(HUNAN, row(weight="90", score="80"), budget=budget, executed=executed)
    assert (form.sheet.total, form.sheet.missing) == (80, (EXECUTION,))
    assert form.sheet.grade == ""


# --- 4: the weights


@pytest.mark.parametrize(
    ("rows", "total", "why"),
    [
        ([row(weight="60"), row(weight="30")], "100", "10 of execution and 90"),
        ([row(weight="60.5"), row(weight="30.25")], "100.75", "exactly"),
        ([row(weight="60", score="5"), row(score="5")], None, "a scored row has no weight"),
        ([row(weight="60"), row()], "70", "a row without weight and score claims nothing"),
        ([row(weight="60"), row(weight="—")], "70", "a dash is empty"),
        ([row(weight="60"), row(weight="十")], None, "one weight can't be read, so their sum can't either"),
        ([row(weight="60"), row(weight="-5")], None, "nor is a negative one a weight"),
        ([row(), row()], None, "no row has one"),
        ([], None, "no row at all"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_4_all_weights_together(rows, total, why):
    assert filled(HUNAN, *rows).sheet.weights_total == number(total), why


@pytest.mark.parametrize(
    ("name", "total"),
    [
        ("qiaokou_xiaoxue_2020_department", "100"),
        ("qiaokou_xiaoxue_2020_project", None),  # 教师对培训质量满意度 has a score and no weight
        ("qiaokou_xinxi_2022_department", None),  # prints no weights
        ("qiaokou_xinxi_2022_project", None),
        ("yueyang_2023_department", "100"),
        ("yueyang_2023_project_02_kegai", "100"),
        ("yueyang_2023_project_03_guihua", "110"),
        ("yueyang_2023_project_05_xinxihua", "110"),
        ("yueyang_2023_project_07_xinli", "110"),
    ],
)
def test_4_weights_of_published_forms(name, total):
    assert published(name).sheet.weights_total == number(total)


# --- 5: rows that are none


@pytest.mark.parametrize(
    ("indicator", "counted"),
    [
        (row(name=""), False),
        (row("100%", "100%", name=" "), False),  # printed all the same
        (row(name="—", weight="-", score="—"), False),
        (row(name="无"), False),
        (row(name="培训"), True),
        (row(name="", weight="10"), True),
        (row(name="", score="10"), True),
        (row(name="无", weight="10"), True),  # carries points: a finding of its own
    ],
)
def test_5_rows_without_name_weight_and_score_are_not_counted(indicator, counted):
    (found,) = filled(HUNAN, indicator).sheet.indicators
    assert found.counted == counted


def test_5_a_row_named_none_has_no_rule_but_what_is_typed_counts():
    """As 岳阳 2023: 无, 10 points, 按质完成, scored 10."""
    (found,) = filled(HUNAN, row("100%", "100%", "10", "10", name="无")).sheet.indicators
    assert (found.outcome.why, found.score) == ("no-indicator", 10)


# --- 6: execution


@pytest.mark.parametrize(
    ("definition", "executed", "budget", "score"),
    [
        (WUHAN, "1,074.56", "1,076.43", "19.97"),  # docs/domain.md: 20 × 1,074.56 ÷ 1,076.43 = 19.97
        (WUHAN, "200", "200", "20"),  # all of it: full points
        (WUHAN, "250", "200", "20"),  # more than all: never above
        (WUHAN, "0", "200", "0"),
        (HUNAN, "199.9", "200", "10"),  # 9.995, half up
        (HUNAN, "199.89", "200", "9.99"),  # 9.9945
        (HUNAN, "89.89万元", "0.01亿元", "8.99"),  # units are converted
        (HUNAN, "", "200", None),
        (HUNAN, "200", "", None),
        (HUNAN, "200", "0", None),
        (HUNAN, "0", "0", None),
        (HUNAN, "-1", "200", None),  # a negative amount is none, and a finding
        (HUNAN, "20000000000", "20000000000", None),  # absurd
    ],
)
def test_6_execution_earns_its_share_of_the_points(definition, executed, budget, score):
    assert filled(definition, executed=executed, budget=budget).sheet.execution.score == number(score)


def test_6_the_rate_is_exact_and_may_exceed_one():
    assert filled(HUNAN, budget="3", executed="4").sheet.execution_rate == Fraction(4, 3)
    assert filled(HUNAN, budget="0", executed="4").sheet.execution_rate is None


def test_6_the_initial_budget_and_the_other_rows_never_count():
    """完成年初预算 (105.2 %) is another figure and stays apart."""
    other = {"funds.total.initial": "95.06", "funds.fiscal.budget": "1", "funds.fiscal.executed": "9"}
    form = filled(HUNAN_PROJECT, budget="100", executed="100", cells={**other, "funds.fiscal.score": "7"})
    assert (form.sheet.execution.score, form.sheet.total) == (10, 10)


# --- 7: grades, given texts


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("80", "优"),
        ("79.99", "良"),
        ("70", "良"),
        ("69.99", "中"),
        ("50", "中"),
        ("49.99", "差"),
        ("0", "差"),
    ],
)
def test_7_the_grade_of_the_total(score, grade):
    """10 points of execution come on top: 优 from 90, 良 from 80, 中 from 60."""
    assert filled(HUNAN, row(weight="90", score=score)).sheet.grade == grade


def test_7_a_total_that_leaves_something_out_has_no_grade():
    form = filled(HUNAN, row(weight="90", score="80"), row("提高", "提高", "1"))
    assert (form.sheet.total, form.sheet.grade) == (90, "")


@pytest.mark.parametrize(
    "printed",
    [{"total": "60"}, {"rate": "50%"}, {"score": "5"}, {"title": "原表"}, {"i1.level1_weight": "5"}],
)
def test_7_given_texts_change_nothing(printed):
    rows = [row("≥20次", "18次", "90")]
    assert filled(HUNAN, *rows, given=printed).sheet == filled(HUNAN, *rows).sheet


# --- 8: what a row hands to its rule


def test_8_rows_are_counted_within_goal_level_1_and_level_2():
    rows = [
        row(goal=1), row(goal=1), row(goal=1, level2="质量指标"), row(goal=1, level1="效益指标"),
        row(goal=2), row(goal=1, level2=" 数量 指标"),
    ]  # fmt: skip
    form = filled(WUHAN, *rows, goals=["50", "30"])
    assert [indicator.position for indicator in form.sheet.indicators] == [1, 2, 1, 1, 1, 3]


@pytest.mark.parametrize(
    ("first", "second", "whys"),
    [
        ("1.3次", "2.1次", ("ambiguous", "ambiguous")),  # the first digit is the position
        ("2.3次", "1.3次", ("", "")),  # it is not: 2.3 次 and 1.3 次
    ],
)
def test_8_the_position_decides_whether_a_number_is_ambiguous(first, second, whys):
    form = filled(HUNAN, row(first, "3次", "5"), row(second, "3次", "5"))
    assert tuple(indicator.outcome.why for indicator in form.sheet.indicators) == whys


@pytest.mark.parametrize(
    ("definition", "target", "actual", "more", "score"),
    [
        (WUHAN, "≤10次", "12次", {}, "8.33"),  # Wuhan, reverse: 10 × 10 ÷ 12
        (HUNAN, "≤10次", "12次", {}, "8"),  # national, reverse: 10 × (1 − 2 ÷ 10)
        (HUNAN, "10次", "12次", {}, "10"),  # without comparator more is better …
        (HUNAN, "10次", "12次", {"direction": "≤"}, "8"),  # … unless the clerk says otherwise
        (HUNAN, "≤10次", "12次", {"direction": "≥"}, "10"),
        (HUNAN, "10天", "12天", {"name": "完成时间"}, None),  # doubtful
        (HUNAN, "10天", "12天", {"name": "完成时间", "direction": "≤"}, "8"),  # no longer
        (HUNAN, "≤5万", "60000元", {"level2": "成本指标"}, "8"),  # 万 is 万元 in a row about money
    ],
)
def test_8_direction_name_level_2_and_regulation_reach_the_rule(definition, target, actual, more, score):
    (found,) = filled(definition, row(target, actual, "10", **more)).sheet.indicators
    assert found.outcome.score == number(score)


@pytest.mark.parametrize(
    ("definition", "level", "band"),
    [
        (WUHAN, "达成", ("8", "10")),
        (WUHAN, "部分达成", ("5", "8")),
        (WUHAN, "未达成", ("0", "5")),
        (HUNAN, "部分达成", ("6", "8")),
        (HUNAN, "未达成", ("0", "6")),
        (HUNAN, "", None),
        (HUNAN, "优秀", None),  # no level of the regulation
    ],
)
def test_8_the_level_gives_a_band_and_never_a_score(definition, level, band):
    (found,) = filled(definition, row("稳步提高", "稳步提高", "10", level=level)).sheet.indicators
    assert found.score is None
    assert found.outcome.band == (band and tuple(map(Decimal, band)))


def test_8_scoring_looks_at_texts_alone_and_gives_the_same_again():
    form = published("yueyang_2023_project_09_zhongzhi")
    assert form_of(form.answers).sheet == form.sheet
