"""A stored number shows as Excel in Chinese shows it, whatever its format."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.readers.formats import parse_format
from intake.readers.shown import general, show_number, show_text, stored_number
from model.recognition.incoming import Mark

ACCOUNTING = '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '
SHOWN = [
    # plain figures
    ("1463.31", "General", "1463.31"),
    ("1463.31", "#,##0.00", "1,463.31"),
    ("1463.31", "0", "1463"),
    ("0.5", "0", "1"),  # half up, as Excel does
    ("2.675", "0.00", "2.68"),
    ("1.005", "0.00", "1.01"),
    ("-1.5", "0", "-2"),
    ("5", "0.00", "5.00"),
    ("5", "0.##", "5."),
    ("5.25", "0.##", "5.25"),
    ("0.5", ".00", ".50"),
    ("0.5", "#.00", ".50"),
    ("12", "0000", "0012"),
    ("1234567", "#,##0", "1,234,567"),
    ("999", "#,##0", "999"),
    ("1000", "#,##0", "1,000"),
    ("12", "0,000", "0,012"),
    ("98", "0_ ", "98"),
    ("98", "* 0", "98"),
    # signs and sections
    ("-5", "0.00", "-5.00"),
    ("-5", "0.00;(0.00)", "(5.00)"),
    ("-5", "0.00;[红色]0.00", "5.00"),
    ("-5", r"#,##0.00_);[Red]\(#,##0.00\)", "(5.00)"),
    ("0", '0;-0;"无"', "无"),
    ("0", "0;-0;", ""),
    ("7", ";;;", ""),
    ("1234.5", ACCOUNTING, "1,234.50"),
    ("-1234.5", ACCOUNTING, "-1,234.50"),
    ("0", ACCOUNTING, "-"),
    ("12.5", '[>=10000]0!.0,"万";0.00', "12.50"),
    ("9999", '[>=10000]0!.0,"万";0', "9999"),
    ("10000", '[>=10000]0!.0,"万";0', "1.0万"),
    ("25000", '[>=10000]0!.0,"万";0', "2.5万"),
    ("3", '[=1]"是";[=2]"否";0', "3"),
    ("2", '[=1]"是";[=2]"否";0', "否"),
    ("-3", "[<0]0.0;0", "3.0"),
    # rates, units, texts
    ("0.8652", "0%", "87%"),
    ("0.8652", "0.00%", "86.52%"),
    ("1", "0%", "100%"),
    ("95", '"≥"0"%"', "≥95%"),
    ("5", '0"分"', "5分"),
    ("3", 'General"间"', "3间"),
    ("3", "G/通用格式", "3"),
    ("1234.5", "¥#,##0.00", "¥1,234.50"),
    ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
    ("1234.5", '"￥"#,##0.00;[Red]"￥"-#,##0.00', "￥1,234.50"),
    # 万元 by the trick of the literal point, thousands by commas
    ("123456", '0!.0,"万"', "12.3万"),
    ("123456", r"0\.0,", "12.3"),
    ("14633100", '#,##0!.00,,"亿"', "0.15亿"),
    ("1234567", "#,##0,", "1,235"),
    ("1234567", '0.00,,"百万"', "1.23百万"),
    # digits by places
    ("13812345678", "000 0000 0000", "138 1234 5678"),
    ("4306", "00-00", "43-06"),
    # fractions and powers
    ("5.75", "# ?/?", "5 3/4"),
    ("5.75", "# ??/16", "5 12/16"),
    ("0.5", "?/?", "1/2"),
    ("5", "# ?/?", "5"),
    ("12345", "0.00E+00", "1.23E+04"),
    ("12345", "##0.0E+0", "12.3E+3"),
    ("0.00012", "0.0E-0", "1.2E-4"),
    # General
    ("0.1", "General", "0.1"),
    ("100", "General", "100"),
    ("1234567890123", "General", "1234567890123"),
    ("0.33333333333333", "General", "0.333333333"),
    ("1234567.891234", "General", "1234567.891"),
    ("0.00001234", "General", "0.00001234"),
    ("0.000000123456789", "General", "1.23457E-07"),
    ("1e20", "General", "1E+20"),
    # days and times
    ("45000", 'yyyy"年"m"月"d"日"', "2023年3月15日"),
    ("45000", "yyyy/m/d;@", "2023/3/15"),
    ("45000", "yyyy-mm-dd", "2023-03-15"),
    ("45000", "yy.m.d", "23.3.15"),
    ("45000", r'[$-804]yyyy"年"m"月";@', "2023年3月"),
    ("45000", '[DBNum1][$-804]yyyy"年"m"月"d"日";@', "二〇二三年三月十五日"),
    ("45000", "[$-F800]dddd, mmmm dd, yyyy", "2023年3月15日"),
    ("45000", "aaaa", "星期三"),
    ("45000", "d-mmm-yy", "15-Mar-23"),
    ("45000.75", "yyyy/m/d h:mm", "2023/3/15 18:00"),
    ("45000.75", '上午/下午h"时"mm"分"', "下午6时00分"),
    ("0.354", "h:mm AM/PM", "8:29 AM"),
    ("1.5", "[h]:mm", "36:00"),
    ("0.5", "mm:ss.0", "00:00.0"),
    ("0.8652", "mm:ss.0", "45:53.3"),
    ("0.999999", "h:mm:ss", "0:00:00"),
    ("0", "yyyy/m/d", "1900/1/0"),
    ("1", "yyyy/m/d", "1900/1/1"),
    ("59", "yyyy-m-d", "1900-2-28"),
    ("61", "yyyy-m-d", "1900-3-1"),
    # figures in Chinese
    ("1234", '[DBNum2]General"元"', "壹仟贰佰叁拾肆元"),
    ("12", "[DBNum1]General", "十二"),
    ("1463.31", "[DBNum1]General", "一千四百六十三.三一"),
    ("100010", "[DBNum1]General", "十万〇一十"),
    ("12", "[DBNum3]0", "１２"),
]


@pytest.mark.parametrize(("number", "code", "text"), SHOWN)
def test_a_number_shows(number, code, text):
    assert show_number(Decimal(number), code).text == text


def test_days_count_from_1904_where_the_workbook_says_so():
    assert show_number(Decimal(43538), "yyyy-mm-dd", True).text == "2023-03-15"
    assert show_number(Decimal(0), "yyyy-mm-dd", True).text == "1904-01-01"


@pytest.mark.parametrize("serial", ["-1", "60", "2958466"])
def test_a_day_that_never_was_stays_a_number_to_be_checked(serial):
    shown = show_number(Decimal(serial), "yyyy-mm-dd")
    assert (shown.text, shown.marks) == (serial, {Mark.FORMAT})


@pytest.mark.parametrize("code", ["x0", "[怪]0", "0;0;0;@;0", "@;0", "0" * 256])
def test_a_format_that_is_not_known_shows_the_number_to_be_checked(code):
    shown = show_number(Decimal("12.5"), code)
    assert (shown.text, shown.exact, shown.marks) == ("12.5", "12.5", {Mark.FORMAT})


@pytest.mark.parametrize(
    ("number", "code", "marked"),
    [
        ("0.87", "0%", False),
        ("0.8652", "0%", True),
        ("1463.31", "#,##0.00", False),
        ("1463.314", "#,##0.00", True),
        ("120000", '0!.0,"万"', False),  # 12.0万 is 120000
        ("123456", '0!.0,"万"', True),
        ("123000", "#,##0,", True),  # shows 123
        ("-5", "0.00;(0.00)", False),
        ("0", ACCOUNTING, False),
        ("7", ";;;", True),
        ("95", '0"%"', False),
        ("1234567", "000-0000", False),
        ("0.5", "?/?", True),
        ("45000", "yyyy-mm-dd", False),
    ],
)
def test_a_text_that_says_another_number_than_is_stored_is_to_be_checked(number, code, marked):
    assert (Mark.ROUNDED in show_number(Decimal(number), code).marks) == marked


@pytest.mark.parametrize(
    ("serial", "code", "exact"),
    [
        ("45000", "yyyy年m月", "2023-03-15"),
        ("45000.75", "yyyy-m-d", "2023-03-15 18:00:00"),
        ("0.75", "h:mm", "18:00:00"),
        ("1.5", "[h]:mm", "1.5"),
    ],
)
def test_a_day_is_kept_as_a_day(serial, code, exact):
    assert show_number(Decimal(serial), code).exact == exact


def test_noise_of_binary_fractions_goes_and_fifteen_digits_stay():
    assert str(stored_number("187.89000000000001")) == "187.890000000000"
    assert show_number(stored_number("187.89000000000001"), "General").exact == "187.89"
    assert show_number(stored_number("0.86521739130434783"), "0%").exact == "0.865217391304348"


@pytest.mark.parametrize("text", ["NaN", "abc", "1e999", "", "0x10", "1_000", "١٢"])
def test_what_is_no_number_is_none(text):
    assert stored_number(text) is None


def test_texts_have_a_section_of_their_own():
    assert show_text("甲", "@").text == "甲"
    assert show_text("甲", '@"校"') == ("甲校", "甲", {Mark.FORMAT})
    assert show_text("甲", ";;;") == ("", "甲", {Mark.FORMAT})
    assert show_text("甲", "0.00").text == "甲"


@given(st.decimals(min_value=0, max_value=10**14, allow_nan=False, places=4))
def test_general_keeps_eleven_characters_of_a_number(number):
    places = max(0, 10 - max(1, number.adjusted() + 1))
    assert abs(Decimal(general(number)) - number) <= Decimal("0.5").scaleb(-places)


@given(st.text(alphabet='0#?.,%/E+-ymdhs"\\!_*[]<>=@;年月 5A', max_size=20))
def test_no_format_code_harms(code):
    parse_format(code)
    for number in ("0", "1463.31", "-0.5", "45000.75", "1e308", "-1e-300"):
        show_number(Decimal(number), code)
