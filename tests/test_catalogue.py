"""docs/checks.md, domain.md, layouts.md: each code stands in the catalogue, the readings told of hold."""

import re
from pathlib import Path

import pytest

from model.basics.quantity import phrase, read_value
from model.checks.finding import EMPTY, GAPS, TITLES
from tests.builders import SHIPPED

DOCS = Path(__file__).parent.parent / "docs"
CHECKS = (DOCS / "checks.md").read_text("utf-8")


def codes_in(lines):
    rows = [line for line in lines if line.startswith("| `")]
    return [code for row in rows for code in re.findall(r"`([a-z0-9-]+)`", row.split("|")[1])]


def test_the_catalogue_has_each_code_once_and_no_other():
    assert sorted(codes_in(CHECKS.splitlines())) == sorted(TITLES)


def test_what_is_not_filled_in_stands_in_tables_of_its_own():
    drafts, empty = CHECKS.split("## Not filled in")[1:]
    assert sorted(codes_in(drafts.splitlines())) == sorted(set(GAPS) - set(EMPTY))
    assert sorted(codes_in(empty.splitlines())) == sorted(EMPTY)


@pytest.mark.parametrize("form_id", SHIPPED)
def test_every_shipped_form_is_drawn_and_told_of(form_id):
    assert f"## `{form_id}`" in (DOCS / "layouts.md").read_text("utf-8")
    assert f"`{form_id}`" in (DOCS / "domain.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("=<50万", "≤ 500,000"),
        ("不少于12种", "≥ 12 种"),
        ("300个以上。", "≥ 300 个"),
        ("20天内", "≤ 20 天"),
        ("≤3个工作日", "≤ 3 个工作日"),
        ("2-4场", "2–4 场"),
        ("≥40%且≤70%", "≥ 40% 且 ≤ 70%"),
        ("150余人", "150 余人"),
        ("约200人", "约 200 人"),
        ("400元/人·天", "400 元/人/天"),
        ("≥500Mbps", "≥ 500 Mbps"),
        ("100%（9人）", "100%"),
        ("9科", "9 科"),
        ("每亩300", "每亩 300"),
        ("=0起", "= 0 起"),
        ("95。5%", "95.5%"),
    ],
)
def test_the_readings_of_the_domain_are_those_of_the_program(text, read):
    [part] = read_value(text).parts
    assert phrase(part) == read


@pytest.mark.parametrize(
    "text", ["3-5", "5-7日", "近3年", "全省前3名", "平台上线300个", "10个专项完成", "稳步提高"]
)
def test_what_has_two_readings_is_prose(text):
    assert read_value(text).parts == ()


@pytest.mark.parametrize("text", ["2023.12.31", "2023年3至12月", "11月底前", "每月10日"])
def test_dates_are_dates(text):
    assert read_value(text).kind == "date"
