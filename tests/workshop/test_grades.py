"""The grades of a form: as its blank prints them, else those of the regulation, in proportion to full marks.

1. bounds are read from options, from notes and from sentences; what is no full list is none
2. a form has the grades of its blank, and says where they are from
3. other full marks: the usual bounds in proportion; printed and changed ones stay
"""

from decimal import Decimal

import pytest

from intake.reading import read_bytes
from model.forms.loader import shipped
from model.workshop.grades import printed_grades, said_grades, with_full_marks
from model.workshop.learn import learn
from model.workshop.scoring import with_grades
from tests.bureaus import learnt, proposed
from tests.command import command
from tests.workshop.made import THREE_COLUMNS, blank_of

USUAL = {"优": "90", "良": "80", "中": "60", "差": "0"}


@pytest.mark.parametrize(
    "text",
    [
        "□优（90分以上）　□良（80-90分）　□中（60-80分）　□差（60分以下）",
        "评价等级：90（含）-100分为优、80（含）-90分为良、60（含）-80分为中、60分以下为差。",
        "优（S≥90）；良（80≤S＜90）；中（60≤S＜80）；差（S＜60）",
        "优：90分及以上 良：80-89分 中：60-79分 差：60分以下",
        "综合评分结果在90分以上的为“优”，80-90分的为“良”，60-80分的为“中”，60分以下的为“差”。",
        "得分率90%以上为优，80%-90%为良，60%-80%为中，60%以下为差",
    ],
)
def test_1_bounds_are_read_however_they_are_written(text):
    assert {g.name: f"{g.lowest:.0f}" for g in printed_grades([text], Decimal(100))} == USUAL


@pytest.mark.parametrize(
    "text",
    [
        "优、良、中、差",
        "优（90分以上）、良（80-90分）",
        "优（60）良（80）中（90）差（0）",
        "分值 90 分，得分 80 分",
        "",
    ],
)
def test_1_what_is_no_full_list_is_none(text):
    assert printed_grades([text], Decimal(100)) == ()


def test_1_more_than_is_not_from_on():
    grades = printed_grades(["优秀(>90分) 合格(60-90分) 不合格(60分以下)"], Decimal(100))
    assert [grade.above for grade in grades] == [True, False, False]


PRINTED = THREE_COLUMNS.replace(
    "评价结论>2|>8", "自评等级>2|□优（95分以上）　□良（85-95分）　□中（70-85分）　□差（70分以下）>8"
)


def test_2_the_grades_of_the_blank_hold_and_say_so():
    made = learnt("空白表.xlsx", blank_of(PRINTED))
    rules = made.library.regulation(made.form)
    assert [str(grade.lowest) for grade in rules.grades] == ["95", "85", "70", "0"]
    assert rules.grade(Decimal("94.99")) == "良"
    assert rules.grade(Decimal(95)) == "优"
    assert "空白表所印" in made.file.rules["grades"]["source"]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ("100", "优 90 · 良 80 · 中 60 · 差"),
        ("110", "优 99 · 良 88 · 中 66 · 差"),
        ("120", "优 108 · 良 96 · 中 72 · 差"),
        ("60", "优 54 · 良 48 · 中 36 · 差"),
    ],
)
def test_3_the_usual_bounds_follow_full_marks(marks, said):
    found = with_full_marks(proposed("a.xlsx", blank_of(THREE_COLUMNS)), shipped(), marks)
    assert (found.full_marks, said_grades(found, shipped())) == (marks, said)
    assert said_grades(with_full_marks(found, shipped(), "100"), shipped()) == "优 90 · 良 80 · 中 60 · 差"


def test_3_printed_and_changed_bounds_stay():
    printed = with_full_marks(proposed("a.xlsx", blank_of(PRINTED)), shipped(), "110")
    assert said_grades(printed, shipped()) == "优 95 · 良 85 · 中 70 · 差"
    found = learn(read_bytes("a.xlsx", blank_of(THREE_COLUMNS)), shipped(), 2026).found
    grades = shipped().regulations["national"].grades
    changed = with_grades(found, shipped(), [grades[0]._replace(lowest=Decimal(92)), *grades[1:]])
    assert said_grades(with_full_marks(changed, shipped(), "120"), shipped()) == "优 92 · 良 80 · 中 60 · 差"


def test_3_the_command_line_takes_what_is_printed_and_tells_it(tmp_path, capsys):
    blank = tmp_path / "附加分.xlsx"
    blank.write_bytes(blank_of(THREE_COLUMNS.replace("（50分）", "（60分）").replace("（30分）", "（40分）")))
    _, out, _ = command(capsys, "form", blank, "-o", tmp_path / "x.zpf")
    assert "等级　优 99 · 良 88 · 中 66 · 差（满分 110 分）" in out
