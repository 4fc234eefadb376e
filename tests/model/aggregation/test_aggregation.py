"""Adding up (汇总), by footnotes 2 and 3 of the Wuhan forms of 2022.

1. what counts: one form a unit, of one definition and year; nothing twice
2. absolute results are added, targets too; rates are averaged weighted by the adjusted budget, then scored
3. qualitative scores are averaged weighted by the budget
4. what has two meanings is asked: unit, direction, weight, other target of a rate, hours, no funds
5. amounts are added in the unit of the result
6. adding a unit later keeps the clerk's texts
7. the table of results: sums, and averages weighted by funds
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.aggregation.lines import extremes
from model.aggregation.parts import Part, sort_parts
from model.aggregation.result import aggregate, filled
from model.aggregation.summary_table import line_of, total_of
from model.document.answers import FormAnswers
from model.forms.loader import shipped
from tests import builders
from tests.builders import WUHAN_PROJECT, row

DEFINITION = shipped().form(WUHAN_PROJECT)


def part(unit, *rows, budget="100", executed="100", source="", **fields):
    form = builders.filled(
        WUHAN_PROJECT, *rows, budget=budget, executed=executed, project_name="运维", **fields
    )
    answers = form.answers.with_texts({"unit": unit})
    return Part(unit, source or f"{unit}.zpb", replace(form, answers=answers))


def added(*parts, **decisions):
    chosen = {key.replace("__", ":"): value for key, value in decisions.items()}
    return aggregate(parts, DEFINITION, "2025", chosen)


def only_line(*parts, decisions=None):
    result = aggregate(parts, DEFINITION, "2025", decisions)
    (line,) = result.lines
    return line


# ---- 1 -------------------------------------------------------------------------------------------


def test_1_the_same_file_and_a_second_form_of_a_unit_do_not_count():
    first = part("示例一小", row("≥5次", "6次"))
    again = first._replace(id="again", source="副本.zpb")
    second = part("示例一小", row("≥5次", "7次"))._replace(id="second", source="改.zpb")
    found = sort_parts([first, again, second], WUHAN_PROJECT, "2025")
    assert found.counted == (first,)
    assert [one.reason for one in found.excluded] == [
        "与“示例一小.zpb”是同一张表。",
        "与“示例一小.zpb”是同一单位的同一张表，请只留一张。",
    ]


def test_1_other_years_and_forms_do_not_count_and_say_why():
    old = part("示例一小", row("≥5次", "6次"))
    other = old._replace(form=builders.filled(builders.HUNAN_PROJECT, row("≥5次", "6次")))
    found = sort_parts([old, other], WUHAN_PROJECT, "2024")
    assert [one.reason for one in found.excluded] == [
        "年度是 2025。",
        "表样不同：湖南省 2023 项目支出绩效自评表。",
    ]


def test_1_what_the_clerk_takes_out_stays_out():
    first = part("示例一小", row("≥5次", "6次"))
    assert sort_parts([first], WUHAN_PROJECT, "2025", ["示例一小"]).counted == ()


# ---- 2 -------------------------------------------------------------------------------------------


def test_2_amounts_are_added_and_targets_like_them():
    line = only_line(
        part("示例一小", row("≥20间", "22间", "15")),
        part("示例二小", row("≥26间", "26间", "15"), budget="900"),
    )
    assert (line.how, line.target, line.actual, line.weight, line.score) == ("sum", "≥46间", "48间", "15", "")
    assert line.steps == ("目标：20＋26＝46间。", "完成：22＋26＝48间。")


def test_2_rates_are_averaged_weighted_by_the_adjusted_budget():
    line = only_line(
        part("示例一小", row("≥95%", "98%", "15"), budget="12"),
        part("示例二小", row("≥95%", "96%", "15"), budget="8.5"),
    )
    assert (line.how, line.target, line.actual) == ("rate", "≥95%", "97.2%")  # 1992 ÷ 20.5
    assert line.steps[1] == "完成：（98×12＋96×8.5）÷20.5＝97.2%。"
    assert list(extremes(line)) == [("示例二小", "96%"), ("示例一小", "98%")]


def test_2_costs_by_head_are_averaged_not_added():
    line = only_line(
        part("示例一小", row("≤400元/人", "300元/人", "5"), budget="10"),
        part("示例二小", row("≤400元/人", "400元/人", "5"), budget="10"),
    )
    assert (line.how, line.actual) == ("rate", "350元/人")


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_2_a_sum_is_a_sum_whatever_the_order(pairs):
    rows = [part(f"示例{n}小", row(f"≥{t}次", f"{a}次", "10")) for n, (t, a) in enumerate(pairs)]
    line = only_line(*rows)
    assert line.target == f"≥{sum(t for t, _ in pairs)}次"
    assert line.actual == f"{sum(a for _, a in pairs)}次"
    assert (only_line(*reversed(rows)).target, only_line(*reversed(rows)).actual) == (
        line.target,
        line.actual,
    )


# ---- 3 -------------------------------------------------------------------------------------------


def test_3_qualitative_scores_are_averaged_weighted_by_the_budget():
    line = only_line(
        part("示例一小", row("健全", "达成预期指标", "10", "10"), budget="30"),
        part("示例二小", row("健全", "达成预期指标", "10", "8"), budget="10"),
    )
    assert (line.how, line.score, line.target, line.actual) == ("quality", "9.5", "健全", "达成预期指标")


def test_3_a_missing_score_is_named_and_nothing_is_invented():
    line = only_line(
        part("示例一小", row("健全", "好", "10", "10")), part("示例二小", row("健全", "较好", "10"))
    )
    assert line.score == ""
    assert line.actual == ""
    assert line.steps == ("示例二小没有得分，这一项请自行填写。",)


# ---- 4 -------------------------------------------------------------------------------------------


def three(odd, usual=("≥5次", "5次", "10"), **more):
    parts = [part(f"示例{n}小", row(*usual)) for n in "一二"]
    return [*parts, part("示例三小", row(*odd), **more)]


ASKED = {
    "unit": (("≥5人", "5人", "10"), "示例三小写“人”，其余写“次”。"),
    "direction": (("≤5次", "5次", "10"), "示例三小的方向是“≤”，其余是“≥”。"),
    "weight": (("≥5次", "5次", "8"), "示例三小的分值是 8，其余是 10。"),
    "unreadable": (("≥5次", "已完成", "10"), "示例三小的目标或完成值读不成一个数：“≥5次 / 已完成”。"),
}


@pytest.mark.parametrize("kind", ASKED)
def test_4_what_differs_is_asked_and_may_be_left_out(kind):
    odd, sentence = ASKED[kind]
    line = only_line(*three(odd))
    (question,) = line.questions
    assert (question.sentence, question.parts) == (sentence, ("示例三小",))
    assert line.actual == ""
    assert question.choices[-1].caption == "这一项不计示例三小"
    left = only_line(*three(odd), decisions={question.id: "leave"})
    assert (left.questions, left.actual) == ((), "10次")


def test_4_a_unit_may_be_taken_as_the_same_but_never_a_rate_as_a_number():
    line = only_line(*three(ASKED["unit"][0]))
    answered = only_line(*three(ASKED["unit"][0]), decisions={line.questions[0].id: "same"})
    assert answered.actual == "15次"
    rate = only_line(*three(("≥50%", "60%", "10"), ("≥5次", "5次", "10")))
    assert [choice.id for choice in rate.questions[0].choices] == ["leave"]


def test_4_a_rate_with_another_target_is_asked():
    parts = three(("≥90%", "100%", "10"), ("≥95%", "97%", "10"))
    (question,) = only_line(*parts).questions
    assert question.sentence == "目标不同：示例三小是“≥90%”，其余是“≥95%”。"
    assert only_line(*parts, decisions={question.id: "average"}).target == "≥93.3%"


def test_4_hours_are_neither_added_nor_averaged_unasked():
    parts = [part(f"示例{n}小", row("≤2小时", "1小时", "10")) for n in "一二"]
    (question,) = only_line(*parts).questions
    assert only_line(*parts, decisions={question.id: "average"}).actual == "1小时"
    assert only_line(*parts, decisions={question.id: "add"}).actual == "2小时"


@pytest.mark.parametrize("budget", ["", "0"])
def test_4_without_funds_a_rate_cannot_be_weighted(budget):
    parts = three(("≥95%", "100%", "10"), ("≥95%", "97%", "10"), budget=budget)
    (question,) = only_line(*parts).questions
    assert question.sentence == "示例三小没有金额，不能加权。"
    assert only_line(*parts, decisions={question.id: "leave"}).actual == "97%"


def test_4_an_indicator_twice_in_a_form_is_asked():
    line = only_line(
        part("示例一小", row("≥5次", "5次"), row("≥6次", "6次")), part("示例二小", row("≥5次", "5次"))
    )
    assert line.questions[0].sentence == "示例一小有两行同名的指标。"


def test_4_an_answer_that_is_no_choice_leaves_the_question_open():
    line = only_line(*three(ASKED["unit"][0]))
    assert only_line(*three(ASKED["unit"][0]), decisions={line.questions[0].id: "guess"}).questions


# ---- 5, 6 ----------------------------------------------------------------------------------------


def test_5_amounts_are_added_and_who_gave_none_is_named():
    result = added(
        part("示例一小", row("≥5次", "5次"), budget="12.5", executed=""),
        part("示例二小", row("≥5次", "5次"), budget="7.5", executed="6"),
    )
    funds = {found.cell.rpartition(".")[2]: found for found in result.funds}
    assert funds["budget"].amount == Decimal("20.0")
    assert (funds["executed"].amount, funds["executed"].without) == (Decimal(6), ("示例一小",))


def test_6_adding_a_unit_later_keeps_the_texts_of_the_clerk():
    first = [part("示例一小", row("≥5次", "5次", "10")), part("示例二小", row("≥5次", "6次", "10"))]
    before = added(*first)
    form = filled(FormAnswers(WUHAN_PROJECT), before)
    assert form.text("i1.actual") == "11次"
    form = form.with_texts({"i1.target": "≥12次", "i1.reason": "两校一起做"})
    after = added(*first, part("示例三小", row("≥5次", "7次", "10"), row("≥1门", "1门", "5", name="课程")))
    form = filled(form, after, before)
    assert (form.text("i1.target"), form.text("i1.actual")) == ("≥12次", "18次")
    assert form.text("i1.reason") == "两校一起做"
    assert form.text("i2.name") == "课程"


def test_6_with_questions_open_nothing_is_filled_in():
    with pytest.raises(ValueError, match="open"):
        filled(FormAnswers(WUHAN_PROJECT), added(*three(ASKED["unit"][0])))


# ---- 7 -------------------------------------------------------------------------------------------


def test_7_sums_and_averages_weighted_by_funds():
    lines = [
        line_of(part("示例一小", row("≥5次", "5次", "80"), budget="30", executed="15").form),
        line_of(part("示例二小", row("≥5次", "5次", "80"), budget="10", executed="10").form),
        line_of(part("示例三小", row("≥5次", "5次", "80"), budget="", executed="5").form),
    ]
    total = total_of(lines)
    assert (total.forms, total.budget, total.executed, total.unknown) == (3, Decimal(40), Decimal(30), 1)
    assert total.rate == Fraction(25, 40)  # of those whose budget and execution are known
    assert total.score == Decimal("92.50")  # (90 × 30 + 100 × 10) ÷ 40


def test_7_of_nothing_there_is_no_average():
    total = total_of([])
    assert (total.forms, total.rate, total.score) == (0, None, None)
