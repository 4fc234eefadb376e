"""Indicators that one has written oneself, as entries of the library.

1. numbers are left open, rates and prose stay; sign and unit are read
2. of the same name under the same level the first form holds; rows without a name are none
3. the number that a name has in the list of its form is not offered
4. in the library they come first, by words, under their level and a topic of their own
"""

import pytest

from model.filling.indicator_search import search, target_of
from model.filling.own_indicators import OWN, Written, own_library
from model.forms.indicator_library import joined
from model.forms.loader import shipped
from tests.builders import HUNAN, WUHAN_2020, filled, row

LIBRARY = shipped().indicators


def own(*rows, definition=HUNAN, source="2024 年度“示例”"):
    return own_library(LIBRARY, [Written(source, filled(definition, *rows).answers)])


@pytest.mark.parametrize(
    ("target", "open_target", "direction", "unit"),
    [
        ("≥300 人次", "≥**人次", "≥", "人次"),
        ("12场", "**场", "", "场"),
        ("≥95%", "≥95%", "≥", "%"),
        ("6 间/4 间", "6 间/4 间", "", ""),
        ("正式印发", "正式印发", "", ""),
        ("", "", "", ""),
    ],
)
def test_1_numbers_are_left_open(target, open_target, direction, unit):
    (entry,) = own(row(target)).indicators
    assert (target_of(entry), entry.direction, entry.unit) == (open_target, direction, unit)


def test_2_the_first_form_holds():
    forms = [
        Written("今年", filled(HUNAN, row("≥5场", name="甲")).answers),
        Written("去年", filled(HUNAN, row("≥3次", name="甲"), row("1次", name="乙"), row(name="")).answers),
    ]
    library = own_library(LIBRARY, forms)
    assert [(entry.name, entry.unit) for entry in library.indicators] == [("甲", "场"), ("乙", "次")]
    assert [library.sources[entry.sources[0]] for entry in library.indicators] == ["今年", "去年"]


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("1.培训教师人次", "培训教师人次"),
        ("12、培训教师人次", "培训教师人次"),
        ("（3）培训教师人次", "培训教师人次"),
        ("１．培训教师人次", "培训教师人次"),
        ("一、培训教师人次", "培训教师人次"),
        ("1. 培训 2 次", "培训 2 次"),
        ("1.5倍速网络覆盖率", "1.5倍速网络覆盖率"),
        ("2025.1前完成", "2025.1前完成"),
        ("1.培训；2.教研", "1.培训；2.教研"),
        ("1.", "1."),
        ("十一", "十一"),
    ],
)
def test_3_the_number_in_a_list_is_not_offered(written, offered):
    (entry,) = own(row("≥5场", name=written)).indicators
    assert entry.name == offered


def test_3_numbered_and_not_it_is_one_entry():
    assert len(own(row("≥5场", name="1.甲"), row("≥5场", name="甲")).indicators) == 1


def test_4_they_come_first_under_the_level_that_the_library_knows():
    written = own(row("≥5场", name="教研活动场次（片区）", level2="产出时效"), definition=WUHAN_2020)
    both = joined([LIBRARY, written])
    assert search(both, "教研活动场次")[0].name == "教研活动场次（片区）"
    assert [entry.name for entry in search(both, "", "时效指标", OWN.name)] == ["教研活动场次（片区）"]
    assert both.topics[0] == OWN


def test_4_without_any_the_library_is_as_it_was():
    assert joined([LIBRARY, own_library(LIBRARY, [])]) == LIBRARY
