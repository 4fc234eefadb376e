"""Numbers: what is one, how it is rounded half up, and how it is printed on paper and in Excel."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.number import (
    MAX_AMOUNT,
    convert,
    grouped,
    half_width,
    is_blank,
    parse_amount,
    parse_number,
    parse_percent,
    parse_points,
    plain,
    rounded,
    shares,
    show,
    show_amount,
    show_rate,
    show_score,
)

amounts = st.decimals(-MAX_AMOUNT, MAX_AMOUNT, allow_nan=False, allow_infinity=False, places=4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("98", "98"),
        ("0", "0"),
        ("007", "7"),
        ("98.50", "98.50"),  # decimals stay as typed
        (".5", "0.5"),
        ("5.", "5"),  # on the way to 5.2
        ("+5", "5"),
        ("-5", "-5"),
        ("－5", "-5"),  # full-width hyphen
        ("−5", "-5"),  # minus sign
        ("９５．５", "95.5"),  # full-width forms
        ("95。5", "95.5"),  # the point of a Chinese keyboard
        (" 98 ", "98"),
        ("\u00a098\u3000", "98"),  # no-break and ideographic blanks
        ("\ufeff98\u200b", "98"),  # blanks without width, from web pages
        ("1 074.56", "1074.56"),
        ("1,074.56", "1074.56"),
        ("1，074.56", "1074.56"),  # full-width comma
        ("12,345,678", "12345678"),
    ],
)
def test_a_number_may_be_typed_in_these_ways(text, number):
    assert str(parse_number(text)) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u3000",
        "—",
        "-",
        "无",
        "NaN",
        "Infinity",
        "inf",
        "1e5",
        "1E5",
        "10²",  # not 102
        "①",
        "½",
        "٣",  # an Arabic three
        "九",
        "〇",
        "1_000",
        "0x10",
        "1.2.3",
        "1,07",  # a comma that parts no thousands
        "1074,560",
        "1,,074",
        "1,074,5",
        ",074",
        "1.074,5",
        "5-3",
        "--5",
        ".",
        "5。",
        "98%",
        "98分",
        "9" * 41,  # a row of digits
    ],
)
def test_anything_else_is_no_number(text):
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "blank"), [("", True), (" \u3000\u00a0\ufeff\n", True), ("0", False), ("无", False)]
)
def test_a_text_is_blank_when_nothing_can_be_seen(text, blank):
    assert is_blank(text) is blank


def test_half_width_changes_forms_and_nothing_else():
    assert half_width("ＡＢ（９５。５％），≥10²①㎡") == "AB(95.5%),≥10²①㎡"


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("89.89", "万元", "89.89"),  # no unit: the field's
        ("50.00", "万元", "50.00"),  # decimals stay as typed
        ("89.89万元", "万元", "89.89"),
        ("89.89 万元", "万元", "89.89"),
        ("89.89万", "万元", "89.89"),
        ("1.2亿元", "万元", "12000"),
        ("1.2亿", "万元", "12000"),
        ("500元", "万元", "0.05"),
        ("500000.00元", "万元", "50"),  # no trailing zeros after conversion
        ("1，074.56万元", "万元", "1074.56"),
        ("1.5万元", "元", "15000"),
        ("1.5元", "元", "1.5"),
        ("12元", "亿元", "0.00000012"),
        ("", "万元", None),
        ("万元", "万元", None),
        ("5万人", "万元", None),
        ("￥5", "万元", None),
        ("5%", "万元", None),
        ("约5万元", "万元", None),
    ],
)
def test_an_amount_may_carry_a_unit_and_comes_in_the_fields(text, unit, amount):
    parsed = parse_amount(text, unit)
    assert (parsed if parsed is None else format(parsed, "f")) == amount


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("100%", (Decimal(1), 0)),
        ("100.00%", (Decimal(1), 2)),
        ("99.83%", (Decimal("0.9983"), 2)),
        ("99.8 ％", (Decimal("0.998"), 1)),
        ("0%", (Decimal(0), 0)),
        ("0", (Decimal(0), 0)),  # as printed in the forms of 岳阳
        ("0.98", None),  # 98 % or 0.98 %?
        ("98", None),
        ("98%%", None),
        ("%", None),
        ("", None),
    ],
)
def test_a_given_rate_is_a_fraction_and_its_decimals(text, rate):
    assert parse_percent(text) == rate


@pytest.mark.parametrize(
    ("text", "points"),
    [("5", "5"), ("5分", "5"), ("2.5 分", "2.5"), ("４分", "4"), ("分", None), ("5分分", None), ("", None)],
)
def test_points_may_be_followed_by_their_word(text, points):
    assert parse_points(text) == (points and Decimal(points))


@pytest.mark.parametrize(
    ("value", "places", "result"),
    [
        ("2.675", 2, "2.68"),  # a float says 2.67
        ("2.6749999999999999999999999999999999", 2, "2.67"),
        ("2.665", 2, "2.67"),  # half up, not half even
        ("0.005", 2, "0.01"),
        ("0.0049", 2, "0.00"),
        ("-0.005", 2, "-0.01"),  # away from zero, as Excel does
        ("-0.004", 2, "0.00"),  # never -0
        ("5", 2, "5.00"),
        ("99.5", 0, "100"),
        ("1234567890123456789012345678901234567.895", 2, "1234567890123456789012345678901234567.90"),
    ],
)
def test_rounding_is_half_up_and_keeps_its_places(value, places, result):
    assert str(rounded(Decimal(value), places)) == result


def test_exact_quotients_can_be_rounded():
    assert rounded(Fraction(20) * Fraction("1074.56") / Fraction("1076.43"), 2) == Decimal("19.97")
    assert rounded(Fraction(1, 3), 4) == Decimal("0.3333")


@pytest.mark.parametrize(
    ("value", "text"),
    [("4.00", "4"), ("4.50", "4.5"), ("4.555", "4.56"), ("100", "100"), ("1E+2", "100"), ("-0.001", "0")],
)
def test_show_has_no_trailing_zeros_no_exponent_and_no_minus_zero(value, text):
    assert show(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("98.50", "98.5"), ("0.00", "0"), ("-0.0", "0"), ("1E+3", "1000"), ("1E-7", "0.0000001")],
)
def test_plain_is_all_of_a_value_for_json(value, text):
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("1074.56", "1,074.56"), ("1074.50", "1,074.5"), ("999", "999"), ("-12345.6", "-12,345.6")],
)
def test_explanations_group_thousands(value, text):
    assert grouped(Decimal(value)) == text


@pytest.mark.parametrize(
    ("amount", "commas", "shown"),
    [
        ("50", False, ("50", "0")),  # 50 stays 50
        ("50.0", False, ("50.0", "0.0")),
        ("50.00", False, ("50.00", "0.00")),
        ("1074.56", False, ("1074.56", "0.00")),
        ("1074.56", True, ("1,074.56", "#,##0.00")),
        ("168431", True, ("168,431", "#,##0")),
        ("12.345", False, ("12.35", "0.00")),  # more decimals than the unit has: rounded
        ("12.3001", False, ("12.30", "0.00")),
        ("999.995", True, ("1,000.00", "#,##0.00")),
        ("0", False, ("0", "0")),
        ("-0.001", False, ("0.00", "0.00")),
    ],
)
def test_an_amount_is_printed_with_the_decimals_typed(amount, commas, shown):
    assert show_amount(Decimal(amount), commas=commas) == shown


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        ("1", ("100%", "0%")),
        ("0.9983", ("99.83%", "0.00%")),
        ("0.998", ("99.8%", "0.0%")),
        ("0.98", ("98%", "0%")),
        ("0.99994", ("99.99%", "0.00%")),
        ("0.99995", ("100.00%", "0.00%")),  # only rounds to 100
        ("1.00004", ("100.00%", "0.00%")),  # so does this
        ("1.052", ("105.2%", "0.0%")),
        ("0", ("0%", "0%")),
        ("0.00004", ("0.00%", "0.00%")),  # only rounds to 0
        ("0.98001", ("98%", "0%")),
    ],
)
def test_a_rate_has_up_to_two_decimals_but_100_is_only_exactly_100(rate, shown):
    assert show_rate(Decimal(rate)) == shown


@pytest.mark.parametrize(
    ("score", "shown"),
    [("19.97", ("19.97", "0.00")), ("2.50", ("2.5", "0.0")), ("20.00", ("20", "0")), ("0", ("0", "0"))],
)
def test_a_score_has_up_to_two_decimals(score, shown):
    assert show_score(Decimal(score)) == shown


def test_shares_of_hanyang_2024_add_up_to_exactly_100():
    parts = shares([Decimal("98352.28"), Decimal("18280.89"), Decimal("65509.78")])
    assert parts == (Decimal("54.00"), Decimal("10.04"), Decimal("35.96"))  # remainders .73, .65, .62


def test_of_equal_remainders_the_first_gets_the_missing_hundredth():
    assert shares([Decimal(1)] * 3) == (Decimal("33.34"), Decimal("33.33"), Decimal("33.33"))


@pytest.mark.parametrize("parts", [[], ["0"], ["0", "0"]])
def test_there_are_no_shares_of_nothing(parts):
    assert shares([Decimal(part) for part in parts]) is None


def test_money_is_converted_by_name_and_stays_as_typed_in_its_own_unit():
    assert str(convert(Decimal("50.00"), "万元", "万元")) == "50.00"
    assert str(convert(Decimal("50.00"), "万元", "元")) == "500000"


@given(amounts)
def test_what_is_printed_in_full_is_read_back(amount):
    assert parse_number(plain(amount)) == amount
    assert parse_number(grouped(amount)) == amount
    assert parse_number(show(amount, 4)) == amount


@given(amounts, st.booleans())
def test_a_printed_amount_is_the_amount_rounded_and_its_format_has_the_same_decimals(amount, commas):
    text, form = show_amount(amount, commas=commas)
    assert parse_number(text) == rounded(amount, 2)
    assert len(text.partition(".")[2]) == len(form.partition(".")[2])


@given(st.lists(st.decimals(0, 10**6, allow_nan=False, places=2), min_size=1, max_size=12))
def test_shares_always_add_up_to_100_and_stay_within_a_hundredth(parts):
    computed = shares(parts)
    total = sum(map(Fraction, parts))
    if computed is None:
        assert total == 0
        return
    assert sum(computed) == 100
    for part, share in zip(parts, computed, strict=True):
        assert abs(Fraction(part) * 100 / total - Fraction(share)) < Fraction(1, 100)


@given(st.text())
def test_no_text_breaks_the_parsers(text):
    for parse in (parse_number, parse_amount, parse_percent, parse_points):
        parse(text)
