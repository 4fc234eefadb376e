"""Rows on paper: a level 2 without indicators has one blank row, and no heading comes twice."""

from model.filling.blank import blank_form
from model.forms.loader import metrics, shipped
from model.paper.layout import lay_out_form
from model.reading.printed_rows import printed_rows
from tests.builders import NATIONAL, WUHAN, WUHAN_2020, filled, form_of, row

COST = {"level2": "成本指标"}
SOCIAL = {"level1": "效益指标", "level2": "社会效益指标"}


def names(form):
    return [(one.level1, one.level2, one.name) for one in printed_rows(form, form.sheet.indicators)]


def texts(form, cells):
    return [cell.text for cell in lay_out_form(form, metrics()).cells if cell.text in cells]


def blank(**levels):
    return row(name="", **levels)


def test_blank_rows_of_a_level_with_indicators_are_not_printed():
    form = filled(WUHAN_2020, row(name="甲"), blank(), row(name="乙"), blank())
    assert names(form) == [("产出指标", "数量指标", "甲"), ("产出指标", "数量指标", "乙")]


def test_a_level_without_indicators_is_printed_with_one_blank_row():
    form = filled(WUHAN_2020, row(name="甲"), blank(**COST), blank(**COST), blank(**SOCIAL))
    assert names(form) == [
        ("产出指标", "数量指标", "甲"),
        ("产出指标", "成本指标", ""),
        ("效益指标", "社会效益指标", ""),
    ]
    assert texts(form, {"成本指标", "社会效益指标"}) == ["成本指标", "社会效益指标"]


def test_a_row_in_which_anything_is_typed_is_no_blank_row():
    form = filled(WUHAN_2020, row(name="甲"), blank(weight="5"), blank(actual="—"), blank(direction="≥"))
    assert len(names(form)) == 3  # a direction alone is seen nowhere


def test_headings_do_not_come_twice_where_rows_were_added_out_of_order():
    form = filled(
        WUHAN_2020,
        row(name="甲"),
        row(name="乙", **SOCIAL),
        row(name="丙"),
        row(name="丁", level2="质量指标"),
    )
    assert [name for _, _, name in names(form)] == ["甲", "丙", "丁", "乙"]
    assert texts(form, {"数量指标", "质量指标", "社会效益指标"}) == ["数量指标", "质量指标", "社会效益指标"]


def test_each_goal_has_levels_of_its_own():
    form = filled(WUHAN, row(name="甲", goal=1), blank(**COST), row(name="乙", goal=2), goals=["50", "30"])
    moved = form_of(form.answers.with_text("i2.goal", "g2"))
    printed = [cell.text for cell in lay_out_form(moved, metrics()).cells]
    assert printed.count("数量指标") == 2
    assert printed.index("成本指标") > printed.index("甲")


def test_the_empty_form_is_printed_as_it_is():
    form = form_of(blank_form(shipped().form(NATIONAL), "示例单位", "2025"))
    assert len(names(form)) == len(form.sheet.indicators)
