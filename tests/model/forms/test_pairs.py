"""Targets of 0, names that say what must not happen, ranges and numbers that are not exact, by the rule.

Each with cases on both sides: what is a miss and what is not, what is open and what is not.
"""

from decimal import Decimal

import pytest

from model.basics.quantity import read_value
from model.forms.adverse import is_adverse
from model.forms.loader import shipped
from model.forms.rules import is_attained, is_direction_open, score_indicator

WUHAN, NATIONAL = (shipped().regulations[name].scheme for name in ("wuhan", "national"))


def scored(target, actual, name="培训教师", direction="", scheme=WUHAN):
    """The score of a row of 10 points, else why there is none."""
    read = {"target": read_value(target), "actual": read_value(actual)}
    outcome = score_indicator(
        **read, weight=Decimal(10), direction=direction, level="", name=name, scheme=scheme
    )
    met = is_attained(**read, direction=direction, name=name, scheme=scheme)
    is_open = not direction and is_direction_open(read["target"], read["actual"], name, scheme)
    assert is_open == (outcome.why == "doubtful-direction")
    assert (met is None) == (outcome.score is None)
    assert met is None or met == (outcome.score == 10)
    return outcome.why or str(outcome.score.normalize())


# -- nothing, and what must not happen --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "target", "actual", "score"),
    [
        ("安全责任事故", "=0起", "2起", "0"),
        ("安全责任事故", "=0起", "0起", "1E+1"),
        ("安全责任事故", "=0起", "0", "1E+1"),
        ("安全责任事故", "0起", "2起", "0"),  # with 0 there is no doubt what is better
        ("安全责任事故", "≤0起", "1起", "0"),
        ("收支差额", "=0万元", "2万元", "0"),  # over 0 also where the name says nothing
        ("收支差额", "=0万元", "-2万元", "0"),
        ("新增债务", "0万元", "2万元", "doubtful-direction"),
        ("新增债务", "0万元", "0", "1E+1"),
        ("投诉率", "=2%", "3%", "0"),  # what must not happen, more of it than was said
        ("投诉率", "=2%", "1%", "1E+1"),
        ("投诉率", "=2%", "2%", "1E+1"),
        ("投诉率", "≤2%", "3%", "6.67"),  # ≤ is the reverse rule
        ("投诉率", "2%", "1%", "doubtful-direction"),
        ("培训教师", "=50人", "60人", "1E+1"),  # a good thing in excess: over-achieved speaks
        ("投诉处理率", "=98%", "99%", "1E+1"),
    ],
)
def test_over_nothing_and_over_what_must_not_happen_an_excess_earns_nothing(name, target, actual, score):
    assert scored(target, actual, name) == score


def test_an_excess_that_earns_nothing_is_told():
    read = {"target": read_value("=0起"), "actual": read_value("2起")}
    outcome = score_indicator(
        **read, weight=Decimal(5), direction="", level="", name="安全责任事故", scheme=WUHAN
    )
    assert outcome.explanation == "分值 5 分；完成值 2 起高于目标值 0 起，超出目标值不得分，得 0 分。"


def test_a_clerk_s_own_direction_wins():
    assert scored("=0起", "2起", "安全责任事故", direction="≥") == "1E+1"


@pytest.mark.parametrize(
    "name",
    "延误率 事故数 投诉率 群众投诉件数 安全生产事故发生起数 学生流失率 资金支付差错率 逾期率 "
    "项目逾期天数 网络故障次数 安全责任事故 差异率 违规金额占比 投诉（≤**起） "
    "预算超支率 设备故障时间 无线网络故障率 未成年人违法率 "
    "舆情事件 群体性事件发生次数 质量问题数 项目延期率 病死率 失业率 误报率 退货率".split(),
)
def test_names_that_say_what_must_not_happen(name):
    assert WUHAN.is_adverse(name)
    assert NATIONAL.is_adverse(name)


@pytest.mark.parametrize(
    "name",
    "投诉处理率 投诉办结率 事故应急演练次数 故障修复率 故障响应时间 逾期贷款清收率 隐患整改率 "
    "零事故 零投诉率 无安全事故 校园无安全事故 减少投诉件数 违规问题查处数 查处违规问题数 "
    "未发生安全事故 投诉热线接通率 防控措施落实 满意度 培训教师 差异化教学覆盖率 超额完成率 "
    "帮扶失业人数 质量问题整改数 发病率下降率 退货处理及时率 无舆情事件".split(),
)
def test_names_that_speak_of_it_and_want_something_else(name):
    assert not WUHAN.is_adverse(name)


def test_without_words_nothing_is_adverse():
    assert not is_adverse("投诉率", ())


# -- ranges -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("2-4场", "3场", "1E+1"),
        ("2-4场", "2场", "1E+1"),
        ("2-4场", "4场", "1E+1"),
        ("2-4场", "1场", "5"),  # by the nearer end
        ("2-4场", "5场", "doubtful-direction"),  # too many, or more than enough?
        ("≥40%且≤70%", "55%", "1E+1"),
        ("≥40%且≤70%", "40%", "1E+1"),
        ("≥40%且≤70%", "70%", "1E+1"),
        ("≥40%且≤70%", "30%", "7.5"),
        ("≥40%且≤70%", "80%", "8.75"),  # its end says ≤
        ("2-4场", "2-4场", "result-range"),
        ("≥2场", "2-4场", "result-range"),
        ("2-4场", "3人", "unit-differs"),
    ],
)
def test_inside_a_range_is_met(target, actual, score):
    assert scored(target, actual) == score


def test_of_a_range_that_may_be_a_limit_either_side_is_open():
    assert scored("2-4小时", "1小时", "故障响应时间") == "doubtful-direction"
    assert scored("2-4小时", "3小时", "故障响应时间") == "1E+1"


@pytest.mark.parametrize(
    ("direction", "actual", "score"),
    [
        ("≥", "5场", "1E+1"),
        ("≥", "1场", "5"),
        ("≤", "5场", "8"),
        ("≤", "1场", "1E+1"),
        ("=", "5场", "8"),
        ("=", "1场", "5"),
    ],
)
def test_a_chosen_direction_says_which_end_counts(direction, actual, score):
    assert scored("2-4场", actual, direction=direction) == score


def test_a_range_is_told_as_it_is():
    read = {"target": read_value("2-4场"), "actual": read_value("3场")}
    outcome = score_indicator(**read, weight=Decimal(5), direction="", level="", name="研讨", scheme=WUHAN)
    assert outcome.explanation == "分值 5 分；完成值 3 场在目标值 2–4 场之内，得满分 5 分。"


# -- numbers that are not exact ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("150人", "150余人", "1E+1"),
        ("150人", "约150人", "1E+1"),
        ("约200人", "200人", "1E+1"),
        ("≥150人", "近200人", "1E+1"),
        ("200人", "约150人", "7.5"),
        ("150人", "近150人", "inexact"),  # fewer than 150
        ("150余人", "150人", "inexact"),  # more were wanted
        ("150余人", "160人", "1E+1"),
        ("约200人", "195人", "inexact"),  # is that about 200?
        ("约200人", "180人", "9"),
        ("200人", "190余人", "inexact"),
        ("≤20天", "20余天", "inexact"),
        ("≤30天", "20余天", "1E+1"),
        ("≤30天", "约30天", "1E+1"),
    ],
)
def test_a_number_that_is_not_exact_counts_unless_everything_hangs_on_it(target, actual, score):
    assert scored(target, actual) == score


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("20天内", "18天"),
        ("≤0.5%", "0"),
        ("≥60人/次", "62人次"),
        ("8台", "8台（套）"),
        ("100%（9人）", "100%"),
        ("≤3个工作日", "3个工作日"),
        ("≤400元/人·天", "380元/人/天"),
        ("≥2个百分点", "2.3个百分点"),
        ("≥5平方公里", "5平方公里"),
        ("≥500Mbps", "500Mbps"),
    ],
)
def test_what_looked_like_prose_is_met(target, actual):
    assert scored(target, actual) == "1E+1"
