"""A form of a file meets one of the document.

1. empty cells are filled, what stands stays unless the file's text is taken, and knows where it comes from
2. rows go by their names; an untouched row of the same levels takes a new one; others are added
3. forms of another kind of paper give what the form has a place for, amounts in its unit
4. last year's form stands beside; goals alone and amounts alone bring nothing else
"""

from dataclasses import replace

import pytest

from model.document.answers import INDICATORS, Answers, FormAnswers
from model.document.document import Document
from model.filling.blank import blank_form
from model.filling.merging import apply, merge
from model.filling.purposes import used_as
from model.forms.loader import shipped
from model.reading.reading import definition_of

LIBRARY = shipped()
HUNAN, NATIONAL, WUHAN = "hunan-project-2023", "national-project-2020", "wuhan-project-2022"
KEY = "p1"


def form(definition, rows=(), *, file="", **texts):
    """A form with a row of indicators for each mapping; `file` says where all its texts stood."""
    cells = {"unit": "甲", "year": "2023", **{name.replace("__", "."): text for name, text in texts.items()}}
    ids = [f"i{n}" for n, _ in enumerate(rows, 1)]
    cells |= {f"{i}.{key}": text for i, row in zip(ids, rows, strict=True) for key, text in row.items()}
    made = FormAnswers(definition).with_texts(cells).with_rows(INDICATORS, ids)
    return replace(made, imported=made.texts, sources=dict.fromkeys(made.texts, file)) if file else made


def row(name, level2="数量指标", level1="产出指标", **texts):
    return {"level1": level1, "level2": level2, "name": name, **texts}


def together(mine, theirs, taken=()):
    document = Document(Answers({KEY: mine}, "甲", "2023"))
    with document.edit("导入") as edit:
        apply(edit, KEY, merge(mine, theirs, LIBRARY), taken)
    return document.answers.forms[KEY]


def names(found):
    return [found.text(f"{one}.name") for one in found.indicators]


def test_1_what_is_empty_is_filled_and_knows_its_source():
    mine = form(HUNAN, project_name="丙")
    found = together(mine, form(HUNAN, file="表.xlsx › A1", project_name="丁", funds__total__budget="50"))
    assert found.text("funds.total.budget") == "50"
    assert found.sources["funds.total.budget"] == "表.xlsx › A1"
    assert found.text("project_name") == "丙"
    assert "project_name" not in found.sources


def test_1_what_both_say_otherwise_is_shown_and_taken_only_where_chosen():
    mine, theirs = form(HUNAN, [row("培训", target="5")]), form(HUNAN, [row("培训", target="6", actual="6")])
    meetings = merge(mine, theirs, LIBRARY).meetings
    assert [tuple(one) for one in meetings] == [("i1.target", "5", "6")]
    assert together(mine, theirs).text("i1.target") == "5"
    assert together(mine, theirs, {"i1.target"}).text("i1.target") == "6"


@pytest.mark.parametrize("same", ["1,000.00", "１０００", " 1000 "])
def test_1_the_same_number_written_otherwise_is_no_difference(same):
    found = merge(form(HUNAN, funds__total__budget="1000"), form(HUNAN, funds__total__budget=same), LIBRARY)
    assert found.meetings == ()


def test_1_printed_totals_stand_beside_what_is_computed():
    theirs = replace(
        form(HUNAN, file="表.xlsx › A1"), given={"total": "93"}, sources={"total": "表.xlsx › H9"}
    )
    found = together(form(HUNAN), theirs)
    assert (found.given["total"], found.sources["total"]) == ("93", "表.xlsx › H9")


def test_2_rows_go_by_their_names_in_whatever_order():
    mine = form(HUNAN, [row("培训教师"), row("开展教研")])
    found = together(mine, form(HUNAN, [row("2.开展教研", actual="7"), row("培训教师", actual="8")]))
    assert [found.text(f"{one}.actual") for one in found.indicators] == ["8", "7"]


def test_2_untouched_rows_of_the_same_levels_are_used_and_others_added_behind_them():
    mine = blank_form(LIBRARY.form(HUNAN), "甲", "2023")
    theirs = form(HUNAN, [row("一"), row("二"), row("三", "质量指标")])
    found = together(mine, theirs)
    assert names(found) == ["一", "二", "三"]
    assert [found.text(f"{one}.level2") for one in found.indicators] == ["数量指标", "数量指标", "质量指标"]
    assert merge(mine, theirs, LIBRARY).added == 1


def test_2_rows_of_her_own_stay_where_a_file_brings_others():
    found = together(form(HUNAN, [row("我的")]), form(HUNAN, [row("文件的", target="1")]))
    assert names(found) == ["我的", "文件的"]


def test_2_rows_of_one_name_below_two_goals_are_two():
    both = form("wuhan-project-2022", [row("培训", goal="g1", actual="1"), row("培训", goal="g2")])
    goals = {"g1.text": "甲目标", "g2.text": "乙目标"}
    mine = both.with_texts(goals).with_rows("goals", ("g1", "g2"))
    theirs = mine.with_texts({"i1.actual": "", "i2.actual": "9"})
    found = together(mine, theirs)
    assert [found.text(f"{one}.actual") for one in found.indicators] == ["1", "9"]


def test_3_amounts_of_another_unit_are_converted_and_what_has_no_place_is_told():
    theirs = form(HUNAN, money_unit="元", funds__total__budget="500000", i9__note="x")
    found = merge(form(NATIONAL), theirs, LIBRARY)
    assert found.empty["funds.total.budget"] == "50"
    assert "money_unit" not in found.empty
    assert found.homeless == ("i9.note",)


def test_4_last_years_form_stands_beside_and_brings_no_result():
    last = form(HUNAN, [row("培训", target="5", actual="6", score="10", weight="10")], project_name="丙")
    mine = form(HUNAN, [row("培训", target="7")], project_name="丙")
    into = definition_of(LIBRARY, mine)
    found = together(mine, used_as(last, "last", LIBRARY, "甲", "2023", into))
    assert found.text("i1.target") == "7"
    assert found.text("i1.last_actual") == "6"
    assert not found.text("i1.actual")


def test_4_goals_alone_bring_no_result_and_amounts_alone_no_goal():
    file = form(
        HUNAN, [row("培训", target="5", actual="6")], file="f", funds__total__executed="3", g1__expected="好"
    )
    file = file.with_rows("goals", ("g1",))
    goals = used_as(file, "goals", LIBRARY, "甲", "2024", None)
    assert (goals.text("i1.target"), goals.text("i1.actual")) == ("5", "")
    assert (goals.text("g1.expected"), goals.text("funds.total.executed")) == ("好", "")
    assert goals.year == "2024"
    amounts = used_as(file, "amounts", LIBRARY, "甲", "2024", None)
    assert (amounts.text("funds.total.executed"), amounts.sources["funds.total.executed"]) == ("3", "f")
    assert amounts.indicators == ()


def test_2_a_measure_of_last_year_comes_once():
    theirs = FormAnswers(WUHAN).with_texts({"m1.measure": "按月调度。"}).with_rows("last_measures", ["m1"])
    mine = together(FormAnswers(WUHAN), theirs)
    assert merge(FormAnswers(WUHAN), theirs, LIBRARY).added == 1
    assert merge(mine, theirs, LIBRARY).added == 0
