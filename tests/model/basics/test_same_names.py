"""When two names mean the same: one answer for takeover and for the checks between the forms."""

import pytest

from model.basics.names import plain_name, same_name
from model.checks import check_between
from model.document.answers import Answers
from model.document.document import Document
from model.filling.blank import blank_form
from model.filling.takeover import take_over
from model.forms.loader import shipped
from model.reading.reading import read
from tests.builders import DECLARATION, HUNAN, HUNAN_PROJECT


@pytest.mark.parametrize(
    "typed",
    [
        "教师培训",
        " 教 师\u3000培训\n",
        "1.教师培训",
        "1、教师培训",
        "（1）教师培训",
        "[1] 教师培训",
        "(一)教师培训",
        "十二、教师培训",
        "2）教师培训；",
        "“教师”培训。",
        "教师（培训）",
        "《教师培训》",
    ],
)
def test_these_are_one_name(typed):
    assert plain_name(typed) == "教师培训"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3.5次培训", "5次培训"),  # no list number
        ("100.专项", "专项"),  # nor so large a one
        ("一次培训", "次培训"),
        ("教师培训2", "教师培训"),
        ("1.", "2."),  # a number alone is the name
        ("", "无"),
    ],
)
def test_these_are_two(one, other):
    assert not same_name(one, other)


def test_letters_and_digits_may_be_of_either_width():
    assert same_name("ＬＥＤ屏２块", "LED屏2块")


@pytest.mark.parametrize(
    "typed", ["(一)信息化运维", "［1］信息化运维", "「信息化」运维", "信息化运维。", "ｌ信息化运维"]
)
def test_takeover_and_the_checks_agree_which_project_has_a_form(typed):
    """A project that takeover finds there is not missed by the check, and the other way round."""
    declared = blank_form(shipped().form(DECLARATION), "示例单位", "2025").with_text("p1.name", "信息化运维")
    project = blank_form(shipped().form(HUNAN_PROJECT), "示例单位", "2025").with_text("project_name", typed)
    whole = blank_form(shipped().form(HUNAN), "示例单位", "2025")
    document = Document(Answers({"t": declared, "d": whole, "p1": project}, "示例单位", "2025"))
    missed = any(f.code == "project-without-form" for f in check_between(read(shipped(), document.answers)))
    with document.edit("接收目标") as edit:
        made = take_over(edit, shipped()).projects
    assert missed == bool(made) == (typed == "ｌ信息化运维")
