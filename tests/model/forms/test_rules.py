"""The scoring rules, each at, just below and just above its thresholds (docs/domain.md, "Scores").

Requirements, each test names its own:
 1. execution: points × executed ÷ adjusted budget, capped, rounded half up once
 2. positive: better or equal is full, always; else weight × max(B, 0) ÷ A; A ≤ 0: 0
 3. reverse, Wuhan: weight × A ÷ B; reverse, linear: weight × (1 − (B − A) ÷ A) down to 0; A ≤ 0: 0
 4. equal: as positive below the target, full above it
 5. several parts: the mean of their quotients, each capped at 1
 6. no rule: no score, a code and a sentence that says what to do
 7. qualitative: the band of the level, never a score
"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.amount import Amount
from model.basics.quantity import read_value
from model.forms.pairs import attained
from model.forms.rules import (
    Band,
    Outcome,
    Scheme,
    execution_rate,
    execution_score,
    names_nothing,
    score_indicator,
)


def bands(*ends):
    levels = ("达成", "部分达成", "未达成")
    return tuple(
        Band(level, Decimal(low), Decimal(high))
        for level, low, high in zip(levels, ends[1:], ends, strict=False)
    )


DOUBTFUL = ("时间", "时长", "投诉", "差异率", "成本", "能耗")
CLEAR = ("完成率", "及时率", "满意率", "解决率")
WUHAN = Scheme("ratio", bands("1", "0.8", "0.5", "0"), DOUBTFUL, CLEAR)
NATIONAL = Scheme("linear", bands("1", "0.8", "0.6", "0"), DOUBTFUL, CLEAR)


def scored(
    target,
    actual,
    weight="10",
    *,
    direction="",
    level="",
    name="培训教师",
    scheme=WUHAN,
    position=0,
    money=False,
) -> Outcome:
    return score_indicator(
        target=read_value(target, position=position, money_row=money),
        actual=read_value(actual, position=position, money_row=money),
        weight=None if weight is None else Decimal(weight),
        direction=direction,
        level=level,
        name=name,
        scheme=scheme,
    )


def wan(text):
    return None if text is None else Amount(Decimal(text), "万元")


# -- 1 execution ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("executed", "budget", "points", "score"),
    [
        ("1074.56", "1076.43", "20", "19.97"),  # 硚口 2022
        ("200", "200", "10", "10"),  # all of it: full points
        ("199.99", "200", "10", "10.00"),  # 9.9995 rounds up
        ("199.8", "200", "10", "9.99"),
        ("250", "200", "10", "10"),  # more than all: never above the points
        ("0", "200", "10", "0"),
        ("-1", "200", "10", "0"),
        ("1", "3", "20", "6.67"),  # from the exact quotient, not from 33.33 %
        ("0.12345", "1", "100", "12.35"),  # half up, once
    ],
)
def test_1_execution_earns_its_share_of_the_points(executed, budget, points, score):
    assert execution_score(wan(executed), wan(budget), Decimal(points)).score == Decimal(score)


@pytest.mark.parametrize(
    ("executed", "budget", "why"),
    [
        ("100", None, "no-budget"),
        ("100", "0", "no-budget"),
        ("100", "-5", "no-budget"),
        (None, "0", "no-budget"),
        (None, "100", "no-executed"),
    ],
)
def test_1_without_budget_or_amount_there_is_no_execution_score_and_no_rate(executed, budget, why):
    outcome = execution_score(wan(executed), wan(budget), Decimal(20))
    assert (outcome.score, outcome.why) == (None, why)
    assert execution_rate(wan(executed), wan(budget)) is None


@pytest.mark.parametrize(
    ("executed", "budget", "words"),
    [
        ("1074.56", "1076.43", "20 × 1,074.56 ÷ 1,076.43 = 19.97"),
        ("105", "100", "20 × 105 ÷ 100 = 21，超过满分，按满分 20 分计。"),
        ("0", "100", "20 × 0 ÷ 100 = 0"),
        ("-1", "100", "执行数小于 0，得 0 分。"),
        ("5", None, "预算数为空或不大于 0，不能计算预算执行得分：请填写预算数。"),
        (None, "5", "未填执行数，不能计算预算执行得分：请填写执行数。"),
    ],
)
def test_1_the_explanation_names_the_amounts(executed, budget, words):
    assert execution_score(wan(executed), wan(budget), Decimal(20)).sentence == words


def test_1_the_rate_is_the_quotient_as_it_is():
    assert execution_rate(wan("1"), wan("8")) == Fraction(1, 8)
    in_yuan = Amount(Decimal(500000), "元")  # converted before they are divided
    assert execution_score(in_yuan, wan("200"), Decimal(20)).explanation == "20 × 50 ÷ 200 = 5"


# -- 2 positive -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("≥50个", "50个", "10"),  # at the target
        ("≥50个", "49个", "9.8"),  # just below
        ("≥50个", "51个", "10"),  # above: never more than the weight
        ("≥50个", "45个", "9"),
        ("≥50个", "0个", "0"),
        ("≥50个", "-1个", "0"),  # never below 0
        (">50个", "50个", "10"),  # > counts as ≥
        ("50个", "45个", "9"),  # without comparator: more is better
        ("≥3次", "1次", "3.33"),
        ("≥3次", "2次", "6.67"),  # half up
        ("≥95%", "≥95%", "10"),  # a result with a comparator counts as its number
        ("≥0%", "0%", "10"),  # equal is full, also at 0
        ("≥0%", "-1%", "0"),  # A ≤ 0: nothing to divide by
        ("≥-5%", "-4%", "10"),  # better than the target, also below 0
        ("≥-5%", "-5%", "10"),
        ("≥-5%", "-6%", "0"),
        ("≥50万元", "400000元", "8"),  # money is converted
        ("8个", "11", "10"),  # a missing unit takes the other's
    ],
)
def test_2_positive(target, actual, score):
    assert scored(target, actual).score == Decimal(score)


@pytest.mark.parametrize(
    ("weight", "actual", "score"),
    [
        ("2.5", "40个", "2"),
        ("0", "40个", "0"),
        ("3.335", "50个", "3.33"),  # rounded, but never above the weight
        ("0.01", "25个", "0.01"),  # 0.005 is half, and half goes up
        ("0.01", "24个", "0"),
    ],
)
def test_2_the_weight_and_one_rounding_half_up(weight, actual, score):
    assert scored("≥50个", actual, weight).score == Decimal(score)


# -- 3 reverse ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "wuhan", "linear"),
    [
        ("≤5分钟", "5分钟", "10", "10"),  # at the limit
        ("≤5分钟", "4分钟", "10", "10"),  # better
        ("≤5分钟", "0分钟", "10", "10"),
        ("≤5分钟", "-1分钟", "10", "10"),
        ("≤5分钟", "6分钟", "8.33", "8"),  # just above
        ("≤5分钟", "8分钟", "6.25", "4"),
        ("≤5分钟", "9.99分钟", "5.01", "0.02"),  # just below twice the limit
        ("≤5分钟", "10分钟", "5", "0"),  # twice the limit
        ("≤5分钟", "11分钟", "4.55", "0"),  # never below 0
        ("<5分钟", "5分钟", "10", "10"),  # < counts as ≤
        ("≤0次", "0次", "10", "10"),  # equal is full, also at 0
        ("≤0次", "1次", "0", "0"),  # A ≤ 0
        ("≤-5%", "-6%", "10", "10"),  # better, also below 0
        ("≤-5%", "-4%", "0", "0"),
        ("≤50万元", "600000元", "8.33", "8"),
        ("5分钟以内", "6分钟", "8.33", "8"),
    ],
)
def test_3_reverse(target, actual, wuhan, linear):
    assert scored(target, actual).score == Decimal(wuhan)
    assert scored(target, actual, scheme=NATIONAL).score == Decimal(linear)


# -- 4 equal --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("=10次", "10次", "10"),
        ("=10次", "9次", "9"),  # as positive below
        ("=10次", "15次", "10"),  # full above: the check over-achieved speaks
        ("=0次", "0次", "10"),
        ("=0次", "-1次", "0"),
    ],
)
def test_4_equal(target, actual, score):
    assert scored(target, actual).score == Decimal(score)


@pytest.mark.parametrize(("direction", "score"), [("", "10"), ("≥", "10"), ("=", "10"), ("≤", "8.33")])
def test_4_the_direction_chosen_on_screen_wins_over_the_preset(direction, score):
    assert scored("50个", "60个", direction=direction).score == Decimal(score)


# -- 5 several parts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("8 间/8间/2 间", "9 间/9 间/2 间", "4"),  # 硚口 2022: all reached
        ("8 间/8间/2 间", "16间/4间/2间", "3.33"),  # the first counts 1, not 2
        ("8 间/8间/2 间", "9/4/2", "3.33"),  # units left out
        ("1次、3场、6人", "1次、1场、4人", "2.67"),  # (1 + 1/3 + 2/3) ÷ 3 = 2/3 exactly
        ("≤2次，≤4场", "4次，4场", "3"),
        ("8间/8间", "0间/8间", "2"),
    ],
)
def test_5_several_parts_earn_the_mean_of_their_quotients(target, actual, score):
    assert scored(target, actual, "4").score == Decimal(score)


@pytest.mark.parametrize(
    ("target", "actual", "why"),
    [
        ("8间/8间/2间", "9间/9间", "parts-differ"),
        ("8间/8间/2间", "18间", "parts-differ"),
        ("8间", "4间/4间", "parts-differ"),
        ("2次，3万人", "3万人，2次", "unit-differs"),  # in the same order
        ("2次，3万人", "100%", "parts-differ"),
        ("≥8间，≤2次", "9间，1次", "doubtful-direction"),  # one direction for a row
    ],
)
def test_5_other_parts_than_the_target_s_have_no_rule(target, actual, why):
    assert scored(target, actual).why == why


# -- 6 no rule ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "more", "why"),
    [
        ("8个", "11个", {"weight": None}, "no-weight"),
        ("8个", "11个", {"weight": "-1"}, "no-weight"),
        ("稳步提高", "稳步提高", {"weight": None}, "no-weight"),
        ("", "11个", {}, "no-target"),
        ("8个", "", {}, "no-result"),
        ("8个", "已完成", {}, "result-prose"),
        ("8个", "2023.12.31", {}, "result-prose"),
        ("450人", "100%", {}, "unit-differs"),
        ("95", "100%", {}, "unit-differs"),  # % agrees only with %
        ("1.3次", "3次", {"position": 1}, "ambiguous"),
        ("3次", "1.3次", {"position": 1}, "ambiguous"),
        ("1.3次", "", {"position": 1}, "ambiguous"),
        ("100%", "按质完成", {"name": "无"}, "no-indicator"),
        ("100%", "100%", {"name": " 无。"}, "no-indicator"),
    ],
)
def test_6_no_rule_no_score_but_a_reason(target, actual, more, why):
    outcome = scored(target, actual, **more)
    assert (outcome.score, outcome.why, outcome.band) == (None, why, None)


@pytest.mark.parametrize(
    ("name", "target", "actual", "direction", "why"),
    [
        (
            "系统故障响应时间",
            "5分钟",
            "2分钟",
            "",
            "doubtful-direction",
        ),  # faster is better, but who says so?
        ("系统故障响应时间", "5分钟", "5分钟", "", ""),  # met either way
        ("系统故障响应时间", "≤5分钟", "2分钟", "", ""),  # a comparator says it
        ("系统故障响应时间", "5分钟", "2分钟", "≤", ""),  # or the clerk
        ("按计划时间完成率", "100%", "98%", "", ""),  # a clear word outweighs 时间
        ("投诉处理满意率", "100%", "98%", "", ""),
        ("用户投诉率", "5%", "3%", "", "doubtful-direction"),
        ("培训教师", "50人", "45人", "", ""),  # no doubtful word
        ("能耗、成本", "5次，5元", "5次，4元", "", "doubtful-direction"),  # one part differs
        ("系统故障响应时间", "5分钟", "2次", "", "unit-differs"),  # units first
    ],
)
def test_6_a_doubtful_direction_waits_for_the_clerk(name, target, actual, direction, why):
    assert scored(target, actual, name=name, direction=direction).why == why


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        *((name, True) for name in ("无", "（无）", "无 。", "不涉及", "不适用", "N/A", "——无")),
        *((name, False) for name in ("", "——", "无校舍安全事故", "不涉及农户的补助")),
    ],
)
def test_6_an_indicator_may_be_named_nothing(name, nothing):
    assert names_nothing(name) is nothing


# -- 7 qualitative --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "level", "band"),
    [
        (WUHAN, "达成", ("3.2", "4")),
        (WUHAN, "部分达成", ("2", "3.2")),
        (WUHAN, "未达成", ("0", "2")),
        (NATIONAL, "部分达成", ("2.4", "3.2")),
        (NATIONAL, "未达成", ("0", "2.4")),
        (WUHAN, "", None),
        (WUHAN, "优", None),
    ],
)
def test_7_a_prose_target_has_only_the_band_of_its_level(scheme, level, band):
    outcome = scored("稳步提高", "稳步提高", "4", level=level, scheme=scheme)
    assert (outcome.score, outcome.why) == (None, "qualitative")
    assert outcome.band == (band and tuple(map(Decimal, band)))


@pytest.mark.parametrize("target", ["2023.12.31", "2022年内", "平台上线300个"])
def test_7_dates_and_sentences_are_qualitative_too_whatever_the_result(target):
    assert scored(target, "100%").why == "qualitative"
    assert scored(target, "").why == "qualitative"


@pytest.mark.parametrize(
    ("level", "score", "holds"),
    [
        ("达成", "4", True),  # the whole weight
        ("达成", "3.2", True),
        ("达成", "3.19", False),
        ("达成", "4.01", False),
        ("部分达成", "3.2", False),  # <80 %
        ("部分达成", "3.19", True),
        ("部分达成", "2", True),  # ≥50 %
        ("部分达成", "1.99", False),
        ("未达成", "2", False),
        ("未达成", "1.99", True),
        ("未达成", "0", True),
        ("未达成", "-0.01", False),
    ],
)
def test_7_a_band_includes_its_lower_end_and_the_whole_weight(level, score, holds):
    band = WUHAN.band(level)
    assert band is not None
    assert band.holds(Decimal(score), Decimal(4)) is holds


def test_7_without_weight_every_band_holds_zero():
    assert all(band.holds(Decimal(0), Decimal(0)) for band in WUHAN.bands)


# -- the explanations, word for word --------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "more", "words"),
    [
        ("8个", "11 个", {}, "分值 10 分；完成值 11 个达到目标值 8 个，得满分 10 分。"),
        ("50个", "45个", {}, "分值 10 分；完成值 45 个未达到目标值 50 个，得 10 × 45 ÷ 50 = 9 分。"),
        ("≥95%", "92%", {}, "分值 10 分；完成值 92% 未达到目标值 95%，得 10 × 92 ÷ 95 = 9.68 分。"),
        ("≥5个", "0个", {}, "分值 10 分；完成值 0 个未达到目标值 5 个，完成值不大于 0，得 0 分。"),
        ("≥0%", "-1%", {},
         "分值 10 分；完成值 -1% 未达到目标值 0%，目标值不大于 0，不能按比例计算，得 0 分。"),
        ("≤5分钟", "4分钟", {}, "分值 10 分；完成值 4 分钟不高于目标值 5 分钟，得满分 10 分。"),
        ("≤5分钟", "8分钟", {},
         "分值 10 分；完成值 8 分钟高于目标值 5 分钟，反向指标得 10 × 5 ÷ 8 = 6.25 分。"),
        ("≤5分钟", "6分钟", {"scheme": NATIONAL},
         "分值 10 分；完成值 6 分钟高于目标值 5 分钟，反向指标得 10 × (1 − (6 − 5) ÷ 5) = 8 分。"),
        ("≤5分钟", "12分钟", {"scheme": NATIONAL},
         "分值 10 分；完成值 12 分钟高于目标值 5 分钟，且不低于目标值的 2 倍，反向指标得 0 分。"),
        ("=10次", "10次", {}, "分值 10 分；完成值 10 次等于目标值 10 次，得满分 10 分。"),
        ("=10次", "15次", {}, "分值 10 分；完成值 15 次高于目标值 10 次，得满分 10 分。"),
        ("≤50万元", "600000元", {},
         "分值 10 分；完成值 60 万元高于目标值 50 万元，反向指标得 10 × 50 ÷ 60 = 8.33 分。"),
        ("8间/2间", "9间/2间", {},
         "分值 10 分；逐项比较：9 间对目标 8 间，2 间对目标 2 间，各项均达到目标值，得满分 10 分。"),
        ("8间/8间/2间", "9间/4间/0间", {},
         "分值 10 分；逐项比较：9 间对目标 8 间，4 间对目标 8 间，0 间对目标 2 间，"
         "得 10 × (1 + 4 ÷ 8 + 0) ÷ 3 = 5 分。"),
        ("稳步提高", "提高", {}, "定性指标，无计算得分：请选择完成等次，并在该等次的分值区间内填写得分。"),
        ("稳步提高", "提高", {"level": "达成", "weight": "4"},
         "定性指标，无计算得分；“达成”档得分应在 3.2–4 分之间。"),
        ("稳步提高", "提高", {"level": "部分达成", "weight": "4"},
         "定性指标，无计算得分；“部分达成”档得分应不低于 2 分、低于 3.2 分。"),
        ("8个", "11个", {"weight": None}, "未填分值，不能按规则核分：请填写分值，或直接填写得分。"),
        ("", "11个", {}, "未填目标值，不能按规则计算：请填写目标值。"),
        ("8个", "", {}, "未填完成值，不能按规则计算：请填写完成值。"),
        ("8个", "已完成", {}, "目标值是数，完成值是文字，不能按规则计算：请填写数值，或直接填写得分。"),
        ("450人", "100%", {},
         "目标值“450 人”和完成值“100%”单位不同，不能按规则计算：请核对单位，或直接填写得分。"),
        ("8间/8间", "9间", {}, "目标值有 2 个数，完成值有 1 个数，不能逐项比较：请按目标值的顺序逐项填写。"),
        ("1.3次", "3次", {"position": 1}, "目标值可能是“1. 3 次”，也可能是 1.3 次：请选定读法后再计算。"),
        ("5天", "3天", {"name": "办理时间"},
         "从目标值和指标名称看不出完成值高好还是低好：请选择方向后再计算。"),
        ("100%", "100%", {"name": "无"}, "三级指标为“无”，不计分。"),
    ],
)  # fmt: skip
def test_every_outcome_is_explained_with_the_row_s_own_numbers(target, actual, more, words):
    assert scored(target, actual, **more).sentence == words


# -- whatever the numbers -------------------------------------------------------------------------

figures = st.decimals(-1000, 1000, allow_nan=False, places=2)


@given(figures, figures, st.sampled_from(["≥", "≤", "="]), st.sampled_from(["ratio", "linear"]))
def test_a_result_earns_between_nothing_and_all_and_a_better_one_never_less(
    target, actual, direction, reverse
):
    share = attained(target, actual, direction, reverse)
    better = actual - 1 if direction == "≤" else actual + 1
    assert 0 <= share <= attained(target, better, direction, reverse) <= 1


@given(st.text(max_size=8), st.text(max_size=8), st.sampled_from([WUHAN, NATIONAL]))
def test_every_outcome_has_a_score_or_a_reason_and_always_a_sentence(target, actual, scheme):
    outcome = scored(target, actual, scheme=scheme)
    assert (outcome.score is None) == bool(outcome.why)
    assert outcome.explanation
