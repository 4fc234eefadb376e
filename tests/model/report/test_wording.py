"""A generated sentence that a clerk has edited: which figures changed since, and put into her words."""

import pytest

from model.report.wording import changed_figures, figures, renewed

BASIS = "2022 年度部门整体全年预算数 187.89 万元，执行数 187.89 万元，预算执行率 100%。"
NOW = "2022 年度部门整体全年预算数 187.89 万元，执行数 180.00 万元，预算执行率 95.8%。"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022 年度得分 97 分，等级为“优”。", ["97", "优"]),
        ("资金1,074.56万元，占 99.83%", ["1,074.56", "99.83%"]),
        ("指标 12：质量。年初目标 ≥95%，实际完成 96.2%。", ["95%", "96.2%"]),
        ("目标 1：推进；目标 2：保障", []),
        ("指标 1：时间。年初目标 5 分钟，实际完成 2 分钟", ["5", "2"]),
        ("工作成效优良", []),
    ],
)
def test_amounts_rates_and_grades_are_figures_and_years_are_not(text, found):
    assert [text[start:end] for start, end in figures(text)] == found


def test_what_differs_are_pairs_of_an_old_and_a_new_figure():
    assert changed_figures(BASIS, NOW) == (("187.89", "180.00"), ("100%", "95.8%"))
    assert changed_figures(BASIS, BASIS) == ()


def test_a_sentence_of_another_kind_is_not_told_by_figures():
    assert changed_figures("无。", "有 2 个绩效指标未完成：甲、乙。") is None


def test_a_grade_that_fell_is_a_change():
    changes = changed_figures("得分 91 分，自评等级为“优”。", "得分 88 分，自评等级为“良”。")
    assert changes == (("91", "88"), ("优", "良"))


def test_figures_in_their_order_are_put_into_the_clerks_words():
    typed = "我中心预算数 187.89 万元，实际用去 187.89 万元，执行率达 100%，进度良好。"
    assert renewed(typed, BASIS, NOW) == (
        "我中心预算数 187.89 万元，实际用去 180.00 万元，执行率达 95.8%，进度良好。"
    )


def test_one_figure_among_others_of_her_own_is_replaced_where_it_stands():
    basis, now = "得分 97 分，自评等级为“优”。", "得分 95 分，自评等级为“优”。"
    assert renewed("得分 97 分，比上年的 93 分高。", basis, now) == "得分 95 分，比上年的 93 分高。"


@pytest.mark.parametrize(
    "typed",
    [
        "执行数 187.89 万元，执行率 100%。",  # the budget or the execution?
        "全部资金都已使用。",  # nowhere
        "执行率 100%，另有 100% 的学校接入，共 187.89 万元。",  # twice
    ],
)
def test_in_doubt_nothing_is_put_in(typed):
    assert renewed(typed, BASIS, NOW) is None


def test_a_sentence_of_another_kind_is_not_put_in():
    assert renewed("没有未完成的指标。", "无。", "有 2 个绩效指标未完成：甲、乙。") is None
