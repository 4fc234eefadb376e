"""The sum as a form: who gave what; a unit more later, and what the clerk typed meanwhile stays."""

from dataclasses import replace

from model.aggregation.parts import Part, odd_funds
from model.aggregation.result import aggregate
from model.aggregation.sum_document import added_up, is_sum, sum_of
from model.forms.loader import shipped
from tests.builders import WUHAN_PROJECT, filled, row


def part(unit, *rows):
    form = filled(WUHAN_PROJECT, *rows, project_name="运维")
    return Part(unit, f"{unit}.json", replace(form, answers=form.answers.with_texts({"unit": unit})))


TWO = part("示例二小", row("≥20间", "22间", "40", name="教室"))
THREE = part("示例三小", row("≥26间", "26间", "40", name="教室"))
FOUR = part("示例四小", row("≥5间", "4间", "40", name="教室"), row("≥3次", "3次", "10", name="巡检"))


def summed(*parts):
    return aggregate(parts, shipped().form(WUHAN_PROJECT), TWO.form.answers.year)


def form_of(*parts):
    answers = sum_of(summed(*parts), shipped().form(WUHAN_PROJECT), TWO.form.answers.year, "示例区教育局")
    return answers.forms["p1"]


def test_each_text_says_which_unit_gave_what():
    form = form_of(TWO, THREE)
    assert form.text("i1.actual") == "48间"
    assert form.sources["i1.actual"] == "汇总 2 张表：示例二小 22间、示例三小 26间"
    assert form.sources["funds.total.budget"] == "汇总 2 张表：示例二小 100、示例三小 100"
    assert is_sum(form)
    assert not is_sum(TWO.form.answers)


def test_a_unit_more_changes_what_was_added_up_and_nothing_that_was_typed():
    form = form_of(TWO, THREE)
    form = form.with_texts({"i1.reason": "新建两间", "i1.actual": "47间", "deviation_analysis": "无"})
    again = added_up(form, summed(TWO, THREE, FOUR))
    assert again.text("i1.target") == "≥51间"
    assert again.text("i1.actual") == "47间"  # typed over the sum
    assert again.text("i1.reason") == "新建两间"
    assert again.text("deviation_analysis") == "无"
    assert again.text("i2.name") == "巡检"
    assert again.text("funds.total.budget") == "300"
    assert again.text("unit") == "示例区教育局"


def test_a_unit_less_takes_its_own_rows_away_unless_something_was_typed_there():
    form = form_of(TWO, FOUR)
    assert [form.text(f"{one}.name") for one in form.indicators] == ["教室", "巡检"]
    fewer = added_up(form, summed(TWO))
    assert [fewer.text(f"{one}.name") for one in fewer.indicators] == ["教室"]
    typed = added_up(form.with_text("i2.reason", "停办"), summed(TWO))
    assert [typed.text(f"{one}.name") for one in typed.indicators] == ["教室", "巡检"]


def test_adding_up_the_same_again_changes_nothing():
    form = form_of(TWO, THREE)
    assert added_up(form, summed(TWO, THREE)) == form


# --- indicators that are called nearly alike


def lines(*parts, **decisions):
    answers = {key.replace("__", ":"): choice for key, choice in decisions.items()}
    definition = shipped().form(WUHAN_PROJECT)
    return aggregate(parts, definition, TWO.form.answers.year, answers).lines


NEARLY = part("示例五小", row("≥5间", "5间", "40", name="新建教室"))
LIKE = part("示例六小", row("≥6间", "6间", "40", name="教室建设"))
ROOMS = part("示例七小", row("≥7间", "7间", "40", name="教室建设数"))
BOTH = part(
    "示例八小", row("≥7间", "7间", "40", name="教室建设数"), row("≥6间", "6间", "40", name="教室建设")
)


def asked(found):
    return {line.name: line.questions[0].sentence for line in found if line.questions}


def test_names_that_are_nearly_alike_are_asked_about_and_others_are_not():
    assert asked(lines(ROOMS, LIKE)) == {"教室建设": "示例六小的“教室建设”与其余的“教室建设数”是不是同一项？"}
    assert asked(lines(ROOMS, NEARLY)) == {}


def test_a_unit_that_has_both_means_two():
    assert asked(lines(BOTH, LIKE, ROOMS)) == {}


def test_the_clerk_says_whether_they_are_one():
    (asking,) = [line for line in lines(ROOMS, LIKE) if line.questions]
    question = asking.questions[0].id.replace(":", "__")
    (one,) = lines(ROOMS, LIKE, **{question: "same"})
    assert (one.name, one.target, one.actual) == ("教室建设数", "≥13间", "13间")
    two = lines(ROOMS, LIKE, **{question: "different"})
    assert [(line.name, line.actual) for line in two] == [("教室建设数", "7间"), ("教室建设", "6间")]


# --- 元 among 万元


def funded(unit, budget):
    form = filled(WUHAN_PROJECT, row("≥5间", "5间", "40"), project_name="运维", budget=budget)
    return Part(unit, f"{unit}.json", replace(form, answers=form.answers.with_texts({"unit": unit})))


def test_money_a_thousand_times_that_of_the_others_is_named():
    others = [funded(f"示例{n}小", "12") for n in range(3)]
    assert list(odd_funds([*others, funded("示例六小", "12000")])) == ["示例六小"]
    assert odd_funds([*others, funded("示例六小", "11999")]) == {}
    assert odd_funds([*others, funded("示例六小", "0"), funded("示例七小", "")]) == {}
