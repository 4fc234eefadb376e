"""Targets and results as clerks write them (docs/domain.md, "What clerks write as target and result")."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.quantity import (
    Quantity,
    Value,
    comparable,
    describe,
    in_one_unit,
    is_money_row,
    preset_direction,
    read_value,
)

DATA = Path(__file__).parents[2] / "data"


def quantity(comparator, number, unit, scale=""):
    return Quantity(comparator, Decimal(number), unit, scale)


def one(comparator, number, unit, scale=""):
    return Value("number", (quantity(comparator, number, unit, scale),))


# -- the table of docs/domain.md, entry by entry -------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("≥95%", one("≥", 95, "%")),
        ("≦5%", one("≤", 5, "%")),
        ("≤12万元", one("≤", 12, "万元")),
        ("═ 100 %", one("=", 100, "%")),
        ("不少于12种", one("≥", 12, "种")),
        ("90%以上", one("≥", 90, "%")),
        ("300个以上。", one("≥", 300, "个")),
        (">50人次", one(">", 50, "人次")),
        ("9科", one("", 9, "科")),
        ("1.2万亩", one("", 12000, "亩")),
        ("2.6亿元", one("", "2.6", "亿元")),
        ("每亩300", one("", 300, "/亩")),
        ("0", one("", 0, "")),
        ("0%", one("", 0, "%")),
        ("９５．５％", one("", "95.5", "%")),
        ("95。5%", one("", "95.5", "%")),
    ],
)
def test_comparator_number_and_unit(text, value):
    assert read_value(text) == value


@pytest.mark.parametrize(
    ("text", "money", "elsewhere"),
    [
        ("=<50万", one("≤", 50, "万元"), one("≤", 500000, "", "万")),
        ("≤6万", one("≤", 6, "万元"), one("≤", 60000, "", "万")),
        ("5万", one("", 5, "万元"), one("", 50000, "", "万")),
        ("1万", one("", 1, "万元"), one("", 10000, "", "万")),
        ("2亿", one("", 2, "亿元"), one("", 200000000, "", "亿")),
        ("1.≤5万", one("≤", 5, "万元"), one("≤", 50000, "", "万")),  # a list number first
        ("2.≤4万", one("≤", 4, "万元"), one("≤", 40000, "", "万")),
        ("5万以内", one("≤", 5, "万元"), one("≤", 50000, "", "万")),
        ("5万/年", one("", 5, "万元/年"), one("", 50000, "/年")),
        ("1万亿", one("", 10000, "亿元"), one("", 10**12, "", "亿")),
        ("3万人", one("", 30000, "人"), one("", 30000, "人")),  # a unit after 万: counted everywhere
        ("5万元", one("", 5, "万元"), one("", 5, "万元")),  # 万元 is a unit everywhere
    ],
)
def test_wan_and_yi_alone_are_money_only_in_a_money_row(text, money, elsewhere):
    assert read_value(text, money_row=True) == money
    assert read_value(text) == elsewhere


@pytest.mark.parametrize(
    ("level2", "name", "money"),
    [
        ("成本指标", "控制在预算内", True),
        ("产出时效", "经费拨付", True),
        ("经济效益", "资金监管", True),
        ("数量指标", "专项支出", True),
        ("数量指标", "培训教师", False),
    ],
)
def test_a_money_row_speaks_of_costs_funds_or_spending(level2, name, money):
    assert is_money_row(level2, name) is money


@pytest.mark.parametrize(
    ("text", "position", "listed", "decimal"),
    [
        ("1.3次", 1, 3, "1.3"),
        ("2.1次", 2, 1, "2.1"),
        ("1.2次", 1, 2, "1.2"),
        ("2.2次", 2, 2, "2.2"),
        ("10.3次", 10, 3, "10.3"),
        ("1.300个", 1, 300, "1.300"),
        ("１．３场", 1, 3, "1.3"),
        ("1.3 次", 1, 3, "1.3"),
    ],
)
def test_a_decimal_count_that_begins_with_its_place_has_two_readings(text, position, listed, decimal):
    value = read_value(text, position=position)
    assert (value.kind, [reading.number for reading in value.readings]) == (
        "ambiguous",
        [Decimal(listed), Decimal(decimal)],
    )


@pytest.mark.parametrize(
    ("text", "position", "number", "unit"),
    [
        ("1.3次", 0, "1.3", "次"),  # place unknown
        ("1.3次", 2, "1.3", "次"),  # another place
        ("0.5次", 0, "0.5", "次"),
        ("1.3亩", 1, "1.3", "亩"),  # an area may have decimals
        ("1.3%", 1, "1.3", "%"),
        ("1.3", 1, "1.3", ""),
        ("1.5万人", 1, 15000, "人"),  # 15 000 is a whole number
        ("1.05次", 1, "1.05", "次"),  # nobody lists "05次"
    ],
)
def test_elsewhere_a_decimal_is_a_decimal(text, position, number, unit):
    assert read_value(text, position=position) == one("", number, unit)


def test_a_comparator_before_it_chooses_the_decimal():
    assert read_value("≥1.3次", position=1) == one("≥", "1.3", "次")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1、5次", one("", 5, "次")),
        ("1、 5次", one("", 5, "次")),
        ("1. 3次", one("", 3, "次")),
        ("1.\n3次", one("", 3, "次")),
        ("1．≥3次", one("≥", 3, "次")),
        ("1.不少于3次", one("≥", 3, "次")),
        ("12. 3次", one("", 3, "次")),
        ("0. 5%", one("", "0.5", "%")),  # no list begins with 0
        ("95. 5%", one("", "95.5", "%")),  # and none of these rows is the 95th
    ],
)
def test_a_list_number_before_a_comparator_or_a_blank_is_taken_away(text, value):
    assert read_value(text, position=1) == value


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("8 间/8间/2 间", [(8, "间"), (8, "间"), (2, "间")]),
        ("2次，3万人", [(2, "次"), (30000, "人")]),
        ("2次、3场", [(2, "次"), (3, "场")]),
        ("2次；3场；", [(2, "次"), (3, "场")]),
        ("2次,3场", [(2, "次"), (3, "场")]),
        ("9/9/2", [(9, ""), (9, ""), (2, "")]),  # a result whose units are left out
        ("8/9间", [(8, ""), (9, "间")]),
        ("1,463.31万元，5个", [("1463.31", "万元"), (5, "个")]),
        ("50元/人，3场", [(50, "元/人"), (3, "场")]),
        ("1.≤5万；2.≤4万", [(50000, ""), (40000, "")]),  # each with its list number
    ],
)
def test_several_parts(text, parts):
    value = read_value(text, position=5)
    assert value.kind == "number"
    assert [(part.number, part.unit) for part in value.parts] == [(Decimal(n), u) for n, u in parts]


@pytest.mark.parametrize(
    "text",
    [
        "1/3",  # a fraction, or the third of January
        "省级30个以上，市级200个以上；",
        "150人参会，已完成",
        "8间，若干",
        "8间//2间",
        "1.3次；2.1次",  # list numbers or decimals
        "1.8间/2间",
        "8、8、2间",  # list number or part
        "2，3万人",  # a comma between digits parts thousands or nothing
        "1,46万元",
        "1, 46",
    ],
)
def test_no_parts_where_a_piece_is_not_a_number_for_certain(text):
    assert read_value(text).kind == "prose"


@pytest.mark.parametrize(
    ("text", "number"), [("1,463.31", "1463.31"), ("1，463.31", "1463.31"), ("3,800路", "3800")]
)
def test_thousands_commas_part_nothing(text, number):
    assert [part.number for part in read_value(text).parts] == [Decimal(number)]


@pytest.mark.parametrize(
    "text",
    [
        "全省前3名",
        "语数外3科",
        "5年内",
        "2022年内",
        "平台上线300个",
        "组建全市10个核心研修团队",
        "无",
        "全年",
        "稳步提高",
        "10个专项完成",
        "123个获得省级奖，",
        "几次",
        "百分之95",
        "10²",
        "5千",  # a number word is no unit
        "3百人",
        "5天前",
        "3次后",
        "5个专项任务",  # a unit has at most three characters
        "100%完成",
        "8间 8间",
        "2 3次",
        "①3次",
        "1e5",
        "NaN",
        "—",
        "。",
        "≥",
        "≥≥5",
        "5元/",
        "5/人/",
        "5次以上/年",
    ],
)
def test_prose(text):
    assert read_value(text) == Value("prose")


@pytest.mark.parametrize(
    "text",
    [
        "2023.12.31",
        "2023-12-31",
        "2023/12/31",
        "2023年12月31日",
        "2023年12月",
        "2023 年 12 月",
        "2023.12",
        "2023年底",
        "2023年",
        "2023年度",
        "2023.3至12月",
        "1-12月",
        "2023年3月—12月",
        "12月",
        "12月底",
        "12月31日前",
        "31号",
        "每月10日",
        "4季度",
        "２０２３．１２．３１。",
    ],
)
def test_dates(text):
    assert read_value(text) == Value("date")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5年", one("", 5, "年")),
        ("12个月", one("", 12, "个月")),
        ("13月", one("", 13, "月")),  # there is no such month
        ("30日", one("", 30, "日")),
        ("2023", one("", 2023, "")),
        ("2023.5万元", one("", "2023.5", "万元")),
        ("24小时", one("", 24, "小时")),
    ],
)
def test_a_length_of_time_is_no_date(text, value):
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\u00a0"])
def test_blank(text):
    assert read_value(text) == Value("empty")


@pytest.mark.parametrize(
    ("signs", "comparator"),
    [
        ("≥ ⩾ ≧ >= => ＞＝ 不少于 不低于 不小于 至少 大于等于", "≥"),
        ("≤ ⩽ ≦ <= =< ＜＝ 不超过 不高于 不多于 不大于 小于等于", "≤"),
        ("= ＝ ═ == 等于", "="),
        ("> ＞ ﹥ 大于 高于 超过", ">"),
        ("< ＜ ﹤ 小于 低于 少于", "<"),
    ],
)
def test_every_sign_and_word_of_a_comparator(signs, comparator):
    for sign in signs.split():
        assert read_value(f"{sign}95%") == one(comparator, 95, "%")
        assert read_value(f"{sign} 95 %。") == one(comparator, 95, "%")


@pytest.mark.parametrize(
    ("text", "comparator"),
    [
        ("90%以上", "≥"),
        ("90%及以上", "≥"),
        ("90%以下", "≤"),
        ("90%及以下", "≤"),
        ("90%以内", "≤"),
        ("≥90%以上", "≥"),  # said twice
        (">90%以上", ">"),
        ("≤90%以内", "≤"),
    ],
)
def test_words_after_the_number(text, comparator):
    assert read_value(text) == one(comparator, 90, "%")


@pytest.mark.parametrize("text", ["≤90%以上", "≥90%以下", "=90%以上", "<3次以上", "＞5次以内"])
def test_contradicting_words_are_prose(text):
    assert read_value(text).kind == "prose"


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("50元/人", 50, "元/人"),
        ("3万元/亩", 3, "万元/亩"),
        ("50元/人/天", 50, "元/人/天"),
        ("每月1次", 1, "次/月"),
        ("每人每天50元", 50, "元/人/天"),
        ("200M", 200, "M"),
        ("5千克", 5, "千克"),
        ("80㎡", 80, "㎡"),
        ("80m²", 80, "m²"),
        ("-5%", -5, "%"),  # nothing negative is lost
        ("－5%", -5, "%"),
        ("+5%", 5, "%"),
        ("1万亿元", 10000, "亿元"),
    ],
)
def test_units(text, number, unit):
    assert read_value(text) == one("", number, unit)


# -- comparing two numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "pair"),
    [
        ("95%", "92%", (95, 92)),
        ("95%", "92", None),  # % agrees only with %
        ("95", "92%", None),
        ("450人", "100%", None),
        ("8个", "11", (8, 11)),  # a missing unit takes the other's
        ("8", "11 个", (8, 11)),
        ("375 场", "375场次", (375, 375)),
        ("50人次", "60人", (50, 60)),
        ("8个", "8台", None),
        ("50万元", "400000元", (50, 40)),  # money in the target's unit
        ("2.6亿元", "25000万元", ("2.6", "2.5")),
        ("50", "400000元", (50, 400000)),
        ("5万", "4.5万元", (5, "4.5")),  # 50 000 beside money is 50 000 元
        ("5万元", "4.5万", (5, "4.5")),
        ("5万元", "4.5", (5, "4.5")),
        ("1万", "9000人", (10000, 9000)),
        ("50元/人", "45元/人", (50, 45)),
        ("50元/人", "45元", None),
        ("5次", "5元", None),
    ],
)
def test_two_numbers_are_compared_in_one_unit_or_not_at_all(target, actual, pair):
    one_, other = read_value(target).parts[0], read_value(actual).parts[0]
    assert comparable(one_, other) == (pair and tuple(map(Decimal, pair)))


def test_a_missing_unit_is_filled_in_on_its_side():
    pair = in_one_unit(quantity("≥", 8, "个"), quantity("", 11, ""))
    assert pair == (quantity("≥", 8, "个"), quantity("", 11, "个"))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("≥95%", "≥"),
        (">50人次", "≥"),
        ("90%以上", "≥"),
        ("不少于12种", "≥"),
        ("≤5%", "≤"),
        ("<5%", "≤"),
        ("5%以下", "≤"),
        ("5万以内", "≤"),
        ("不超过5次", "≤"),
        ("=5%", "="),
        ("═5%", "="),
        ("95%", "≥"),  # without comparator
        ("稳步提高", "≥"),
    ],
)
def test_the_comparator_presets_the_direction(text, direction):
    assert preset_direction(read_value(text)) == direction


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("≥95%", "≥ 95%"),
        ("8个", "8 个"),
        ("1.2万亩", "12,000 亩"),
        ("每亩300", "每亩 300"),
        ("8 间/8间/2 间", "三个数：8 间、8 间、2 间"),
        ("2次，3万人", "两个数：2 次、30,000 人"),
        ("1.3次", "可能是“1. 3 次”，也可能是 1.3 次"),
        ("稳步提高", "文字"),
        ("2023.12.31", "日期"),
        ("", "空"),
    ],
)
def test_a_clerk_is_told_how_a_text_was_read(text, words):
    assert describe(read_value(text, position=1)) == words


# -- whatever is typed ----------------------------------------------------------------------------

clerkish = st.text(
    alphabet="0123456789.,。，、；/%≥≤<>=-−~至且万亿元人次个间每年月日天以上内（）· 　①²约余近", max_size=20
)


@given(st.text() | clerkish, st.integers(0, 5), st.booleans())
def test_no_text_breaks_the_reader_and_every_reading_can_be_told(text, position, money_row):
    value = read_value(text, position=position, money_row=money_row)
    assert describe(value)
    assert bool(value.parts) == (value.kind == "number")
    assert len(value.readings) == (2 if value.kind == "ambiguous" else 0)


@given(st.decimals(0, 10**8, allow_nan=False, places=2), st.sampled_from(["", "%", "亩", "万元", "元/人"]))
def test_a_number_with_a_unit_is_read_back(number, unit):
    assert read_value(f"≥{number:,f}{unit}") == one("≥", number, unit)


# -- the sixteen published forms ------------------------------------------------------------------

COLUMNS = {"target": "目标", "actual": "结果", "year_before": "上年", "two_years_before": "前年"}


def published_cells():
    """Yield form, name, column, text and the text as read, for each cell that is not empty."""
    for path in sorted((DATA / "published" / "forms").glob("*.json")):
        places: Counter[tuple[str, ...]] = Counter()
        for row in json.loads(path.read_text(encoding="utf-8"))["indicators"]:
            group = (row.get("goal"), row["level1"], row["level2"])
            places[group] += 1
            money = is_money_row(row["level2"], row["name"])
            for key, column in COLUMNS.items():
                if text := row.get(key):
                    value = read_value(text, position=places[group], money_row=money)
                    yield path.stem, " ".join(row["name"].split()), column, text, describe(value)


def test_every_target_and_result_of_the_published_forms_reads_as_a_clerk_reads_it():
    """readings.tsv was read line by line against docs/domain.md; it is the authority, not the program."""
    with (DATA / "readings.tsv").open(encoding="utf-8", newline="") as file:
        heading, *lines = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    assert heading == ["表", "指标", "目标/结果", "原文", "读作"]
    assert [tuple(line) for line in lines] == list(published_cells())
