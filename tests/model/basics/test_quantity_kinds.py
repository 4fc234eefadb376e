"""The kinds of numbers that look like prose: ranges, limits, units with signs, brackets, marks.

Each kind has cases on both sides: what is read, and what may mean something else and is therefore not.
"""

from decimal import Decimal

import pytest

from model.basics.quantity import Quantity, Value, comparable, describe, one_number_in, read_value
from model.basics.units import agree, is_unit, tidy_unit
from model.basics.written_dates import is_date
from model.forms.loader import shipped


def only(text, **more) -> Quantity:
    [part] = read_value(text, **more).parts
    return part


# -- ranges ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2-4场", "2–4 场"),
        ("2－4场", "2–4 场"),
        ("2—4场", "2–4 场"),
        ("2至4场", "2–4 场"),
        ("2到4场", "2–4 场"),
        ("2～4 场。", "2–4 场"),
        ("50%～80%", "50–80%"),
        ("50-80%", "50–80%"),
        ("3-5万人", "30,000–50,000 人"),  # 万 counts for both
        ("3万-5万元", "3–5 万元"),
        ("1.5-2万元", "1.5–2 万元"),
        ("每年2-4场", "2–4 场/年"),
        ("1-2年", "1–2 年"),
        ("≥40%且≤70%", "≥ 40% 且 ≤ 70%"),
        ("≥40%，且≤70%", "≥ 40% 且 ≤ 70%"),
        ("不低于40%并且不高于70%", "≥ 40% 且 ≤ 70%"),
        (">5万元且<80000元", "≥ 50,000 元 且 ≤ 80,000 元"),
        ("≥40%，≤70%", "≥ 40% 且 ≤ 70%"),
        ("≥40%≤70%", "≥ 40% 且 ≤ 70%"),
        ("不少于3次，不超过5次", "≥ 3 次 且 ≤ 5 次"),
        ("大于等于3次小于等于5次", "≥ 3 次 且 ≤ 5 次"),
        ("3次以上5次以下", "≥ 3 次 且 ≤ 5 次"),
        ("3次以上，5次以内", "≥ 3 次 且 ≤ 5 次"),
    ],
)
def test_a_range_has_two_ends(text, words):
    value = read_value(text)
    assert value.kind == "number"
    assert value.is_range
    assert describe(value) == words


@pytest.mark.parametrize(
    "text",
    [
        "3-5",  # a date, or a number with its part
        "4-2场",  # the ends are in the wrong order
        "3-3场",
        "5-7日",  # days of a month, or days
        "1-3名",  # ranks, or persons
        "1-6年级",
        "2-3期",
        "≥2-4场",
        "2-4场以上",
        "2场-4人",
        "约2-4场",
        "≤40%且≥70%",  # nothing lies between
        "≥40%且≥70%",
        "2-4-6场",
    ],
)
def test_what_may_be_no_range_is_prose(text):
    assert read_value(text).kind == "prose"


def test_two_limits_that_make_no_range_stay_two_numbers():
    for text in ("≥40%，≤30%", "≥3次，≤5万元", "≥3次、≤5次", "≥10人/≤20人"):
        assert [part.comparator for part in read_value(text).parts] == ["≥", "≤"], text


# -- limits of time -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20天内", "≤ 20 天"),
        ("30日内", "≤ 30 日"),
        ("3个工作日内", "≤ 3 个工作日"),
        ("24小时之内", "≤ 24 小时"),
        ("≤20天内", "≤ 20 天"),
        ("3个月内", "≤ 3 个月"),
        ("5年以内", "≤ 5 年"),
    ],
)
def test_within_a_length_of_time_is_a_limit(text, words):
    assert describe(read_value(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "5年内",  # some time in these years
        "3月内",  # within March, or within three months
        "≥20天内",
        "5天前",
        "收到材料后5天内",
        "5次内",
    ],
)
def test_other_words_behind_a_number_are_prose(text):
    assert read_value(text).kind == "prose"


@pytest.mark.parametrize(
    "text",
    [
        "11月底前",
        "12月底前",
        "2025年12月底前",
        "2025年12月底之前",
        "每年12月底前",
        "10月中旬",
        "2025年上半年",
        "第4季度末",
        "2022-2023年",
        "2022-2023学年",
        "2025年三季度",
    ],
)
def test_dates_with_words_around_them(text):
    assert read_value(text) == Value("date")


@pytest.mark.parametrize("text", ["13月底前", "2022年内", "11月底前完成", "2025年12月底前后"])
def test_what_is_more_than_a_date_is_prose(text):
    assert read_value(text) == Value("prose")
    assert not is_date(text)


# -- units ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("≤3个工作日", "个工作日"),
        ("≥2个百分点", "个百分点"),
        ("≥5平方公里", "平方公里"),
        ("≥500Mbps", "Mbps"),
        ("≤400元/人·天", "元/人/天"),
        ("≤400元/人.天", "元/人/天"),
        ("≤400元/（人·天）", "元/人/天"),
        ("300人·次", "人次"),
        ("8台（套）", "台(套)"),
        ("≥8台(套)以上", "台(套)"),
        ("5（次）", "次"),
        ("80m2", "m²"),
        ("4个行政村", "个行政村"),
    ],
)
def test_longer_units_and_units_with_signs(text, unit):
    assert only(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "10个专项完成",
        "3个（场馆）",
        "5台（未验收）",
        "8台（套",
        "5百人",
        "5千人",
        "5元/",
        "2个百分点内",
        "4个专项任务",
    ],
)
def test_other_words_are_no_units(text):
    assert read_value(text).kind == "prose"


@pytest.mark.parametrize(
    ("target", "actual", "pair"),
    [
        ("≥60人/次", "62人次", (60, 62)),
        ("8台", "8台（套）", (8, 8)),
        ("3批（次）", "4批次", (3, 4)),
        ("12.5KM", "8公里", ("12.5", 8)),
        ("500Mb/s", "600Mbps", (500, 600)),
        ("8套", "8台（套）", (8, 8)),
        ("8台（套）", "8台套", (8, 8)),
        ("8台", "8台套", (8, 8)),
        ("20天内", "18日", (20, 18)),
        ("3个工作日", "2工作日", (3, 2)),
        ("400元/人·天", "380元/人/天", (400, 380)),
        ("400元/人/天", "380元/天/人", (400, 380)),
        ("0.04万元/人", "380元/人", ("0.04", "0.038")),
        ("5平方公里", "5平方千米", (5, 5)),
        ("80㎡", "80平方米", (80, 80)),
        ("50名", "52人", (50, 52)),
        ("≤0.5%", "0", ("0.5", 0)),  # 0 is 0 in every unit
        ("0", "0.5%", (0, "0.5")),
        ("≤3起", "0%", (3, 0)),
        ("≤0.5%", "1", None),
        ("8台（套）", "8件", None),
        ("3个工作日", "3天", None),
        ("2个百分点", "2%", None),
        ("60人/次", "60人/天", None),
        ("400元/人", "400元/天", None),
        ("2次/人", "2人次", None),
    ],
)
def test_units_that_count_the_same_agree(target, actual, pair):
    assert comparable(only(target), only(actual)) == (pair and tuple(map(Decimal, pair)))


def test_a_unit_agrees_with_itself_whatever_it_is():
    for unit in ("", "%", "头（匹）", "元/人", "Mbps"):
        tidy = tidy_unit(unit.replace("（", "(").replace("）", ")"))
        assert agree(tidy, tidy)
    assert not is_unit("专项任务")


# -- brackets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("100%（9人）", "100%"),
        ("9人（100%）", "9 人"),
        ("300人（其中教师50人）", "300 人"),
        ("≥95%（含）", "≥ 95%"),
        ("90%（含）以上", "≥ 90%"),
        ("90%（含90%）及以上", "≥ 90%"),
        ("5次（含本数）以内", "≤ 5 次"),
        ("98%（49/50）", "98%"),
        ("33.33%(1/3)", "33.33%"),
        ("12场【共600人】", "12 场"),
    ],
)
def test_a_remark_that_adds_nothing_is_left_out(text, words):
    assert describe(read_value(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "5次（未完成）",
        "5次（预计）",
        "8万元（7万元）",  # which of them?
        "8万元（70000元）",
        "100%（90%）",
        "5次（不含线上）",
        "90%（不含）以上",
        "98%（48/50）",  # that is 96 %
        "98%（49/0）",
        "5次（线上2次、线下3次）",
        "5次（120人）（含教师）",
    ],
)
def test_a_remark_that_may_change_the_number_makes_prose(text):
    assert read_value(text).kind == "prose"


# -- numbers that are not exact -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("150余人", "150 余人"),
        ("20多场", "20 余场"),
        ("1万余人次", "10,000 余人次"),
        ("15万余元", "15 余万元"),
        ("150余万元", "150 余万元"),
        ("约200人", "约 200 人"),
        ("大约200人", "约 200 人"),
        ("200人左右", "约 200 人"),
        ("近300人", "近 300 人"),
        ("近3万人", "近 30,000 人"),
        ("10余", "10 余"),
        ("逾150人", "> 150 人"),
    ],
)
def test_a_mark_stays_beside_its_number(text, words):
    assert describe(read_value(text)) == words


@pytest.mark.parametrize(
    "text",
    [
        "5余次",  # 余 stands behind a round number
        "10多媒体",
        "近3年",  # the last three years
        "近30天",
        "近5次",
        "几次",
        "3年多",
        "≥约5次",
        "约≥5次",
        "≥150余人",
        "约150余人",
    ],
)
def test_what_may_be_no_mark_is_prose(text):
    assert read_value(text).kind == "prose"


# -- numbers inside names -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("改造村道12.5公里", ("12.5", "公里")),
        ("绿化3000平方米", ("3000", "平方米")),
        ("2025年改造村道12.5公里", ("12.5", "公里")),
        ("惠及1.2万人", ("12000", "人")),
        ("第3批设备采购", None),  # an ordinal
        ("12345热线", None),
        ("改造村道", None),
        ("改造村道12.5公里、桥3座", None),
    ],
)
def test_the_one_number_of_a_name(name, number):
    found = one_number_in(name)
    assert (found and (found.number, found.unit)) == (number and (Decimal(number[0]), number[1]))


# -- the library of indicators --------------------------------------------------------------------


@pytest.mark.parametrize("number", ["30", "95.5", "1,200"])
def test_every_target_of_the_library_reads_as_its_kind_says(number):
    wrong = []
    for entry in shipped().indicators.indicators:
        text = entry.target.replace("{n}", number).replace("{budget}", "120")
        value = read_value(text.replace("{date}", "2025年11月30日"))
        found = (False, "", "")
        if value.kind == "number":
            found = (True, value.parts[0].comparator, value.parts[0].unit)
        if found != (entry.is_quantitative, entry.direction, entry.unit):
            wrong.append((entry.name, text, found))
    assert wrong == []
