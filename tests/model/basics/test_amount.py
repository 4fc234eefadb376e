"""Amounts carry their unit: adding and comparing converts, and a bare number is none."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.amount import Amount, read_amount, sound_amount, total, with_unit

UNITS = ("元", "万元", "亿元")
amounts = st.builds(
    Amount, st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4), st.sampled_from(UNITS)
)


def yuan(number):
    return Amount(Decimal(number), "元")


def wan(number):
    return Amount(Decimal(number), "万元")


def test_two_units_are_added_and_compared_by_their_value():
    assert wan("98") == yuan("980000")
    assert hash(wan("98")) == hash(yuan("980000.00"))
    assert wan("1") > yuan("9999.99")
    assert wan("1") >= yuan("10000") >= wan("1.0000")
    assert yuan("9999.99") < wan("1") <= yuan("10000")
    assert str(wan("1") + yuan("5000")) == "1.5 万元"
    assert str(yuan("5000") - wan("1")) == "-5,000 元"
    assert yuan("5000") / wan("2") == Fraction(1, 4)
    assert total([yuan("5000"), wan("1.5")], "万元") == wan("2")
    assert str(total([], "元")) == "0 元"


def test_in_its_own_unit_an_amount_keeps_the_decimals_that_were_typed():
    assert str(wan("50.00").to("万元").number) == "50.00"
    assert str(yuan("500000.00").to("万元").number) == "50"
    assert str((wan("1.10") * 2).number) == "2.20"
    assert abs(wan("-3")) == wan("3")
    assert not wan("0")


@pytest.mark.parametrize(
    "mixed",
    [
        lambda: wan("1") + Decimal(1),
        lambda: Decimal(1) + wan("1"),
        lambda: wan("1") - 1,
        lambda: wan("1") < Decimal(2),
        lambda: wan("1") >= 0,
        lambda: wan("1") / Decimal(2),
        lambda: wan("1") == Decimal(1),
        lambda: wan("0") != 0,
        lambda: sum([wan("1"), wan("2")]),
        lambda: max(wan("1"), Fraction(1)),
    ],
)
def test_a_bare_number_is_no_amount(mixed):
    with pytest.raises((TypeError, AttributeError)):
        mixed()


def test_what_is_unknown_equals_no_amount():
    assert wan("0") != None  # noqa: E711
    assert wan("1") not in (None, wan("2"))


@given(amounts, amounts, st.sampled_from(UNITS))
def test_the_unit_never_changes_what_comes_out(one, other, unit):
    assert one.to(unit) == one
    assert one.to(unit) + other == one + other.to(unit)
    assert (one.to(unit) < other) == (one < other)
    assert (one + other) - other == one


@given(amounts, st.sampled_from(UNITS))
def test_equal_amounts_have_one_hash(one, unit):
    assert hash(one.to(unit)) == hash(one)


def test_a_text_is_read_in_the_unit_of_its_form_or_its_own():
    assert read_amount("980000", "元") == read_amount("98", "万元") == read_amount("98万元", "元")
    assert str(read_amount("89.89万元", "元")) == "898,900 元"
    assert read_amount("约 50", "元") is None
    assert read_amount("", "元") is None


@pytest.mark.parametrize(
    ("text", "unit", "sound"),
    [
        ("-0.01", "元", False),
        ("0", "元", True),
        ("10000000000", "万元", True),
        ("10000000000.01", "万元", False),
        ("100000000000000", "元", True),
        ("100000000000000.01", "元", False),
    ],
)
def test_an_amount_is_absurd_below_zero_and_above_ten_to_the_ten_wan(text, unit, sound):
    assert (sound_amount(text, unit) is not None) == sound
    assert read_amount(text, unit).is_absurd == (not sound)


@pytest.mark.parametrize(
    ("heading", "in_yuan"),
    [
        ("预算执行情况（万元）（20 分）", "预算执行情况（元）（20 分）"),
        ("项目资金 (万元)", "项目资金 (元)"),
        ("单位：万元", "单位：元"),
        ("（金额单位：万元）", "（金额单位：元）"),
        ("万元", "元"),
        ("教育单元（节）", "教育单元（节）"),  # no unit of money
        ("超过 100 万元的", "超过 100 万元的"),  # a sentence, no heading
        ("", ""),
    ],
)
def test_a_heading_names_the_unit_of_its_amounts(heading, in_yuan):
    assert with_unit(heading, "元") == in_yuan
    assert with_unit(with_unit(heading, "元"), "万元") == heading
