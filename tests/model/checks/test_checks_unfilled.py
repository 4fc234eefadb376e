"""What is not filled in is never finished: rows without result or score, goals without points."""

import pytest

from model.checks import check_form, drafts
from model.document.answers import Answers
from model.forms.loader import shipped
from model.reading.reading import read
from model.report.teller import teller
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN, WUHAN_2020, WUHAN_PROJECT, WUHAN_PROJECT_2020, row
from tests.findings import COMPUTED, codes, filled, of, whole, with_goals

SOUND = row("≥50个", "50个", "80")


def project(*rows, definition=WUHAN_PROJECT_2020, **texts):
    return filled(definition, *rows, project_name="教师培训", **texts)


FIRES = [
    # row-unfinished
    (
        "row-unfinished",
        COMPUTED,
        project(row("≥50个", name="培训教师")),
        "i1.actual",
        ("培训教师", "完成值、分值、得分"),
    ),
    ("row-unfinished", COMPUTED, project(row("≥50个", "", "80")), "i1.actual", ("完成值、得分",)),
    ("row-unfinished", COMPUTED, project(row("稳步提高", "提高", "80")), "i1.score", ("还没有得分",)),
    (
        "row-unfinished",
        COMPUTED,
        project(row("", "", name="培训")),
        "i1.target",
        ("目标值、完成值、分值、得分",),
    ),
    (
        "row-unfinished",
        COMPUTED,
        project(row("", "50个", "80")),
        "i1.score",
        ("还没有得分",),
    ),  # target-missing speaks
    (
        "row-unfinished",
        COMPUTED,
        filled(WUHAN, row("5次", "5次")),
        "i1.score",
        ("还没有得分",),
    ),  # prints no weights
    (
        "row-unfinished",
        COMPUTED,
        whole(more=(row("≥10次", "3次", name="加的一行"),)),
        "i4.weight",
        ("加的一行", "分值、得分"),
    ),
    (
        "row-unfinished",
        COMPUTED,
        filled(WUHAN, SOUND, row("5次", "5次", name="又一行")),
        "i2.weight",
        ("分值",),
    ),
    # goal-points-missing
    ("goal-points-missing", COMPUTED, with_goals("", "30"), "g1.points", ("（　分）", "50 分")),
    (
        "goal-points-missing",
        COMPUTED,
        filled(WUHAN, row("5次", "5次", goal=1), goals=["—"]),
        "g1.points",
        ("请填写",),
    ),
]
SILENT = [
    ("row-unfinished", project(SOUND), "a score by the rule"),
    ("row-unfinished", project(row("稳步提高", "提高", "80", "75")), "a typed score"),
    ("row-unfinished", project(row("≥50个", "", "80", "75")), "actual-missing speaks"),
    ("row-unfinished", project(row("≥50个", "50个", "", "75")), "weight-missing speaks"),
    ("row-unfinished", project(SOUND, row(name="无")), "no such indicator"),
    ("row-unfinished", project(SOUND, row(name="")), "a blank row of the form"),
    ("row-unfinished", project(SOUND, row("……", "……", name="指标2")), "template-residue speaks"),
    ("row-unfinished", project(row("5次", "5次", "十")), "not-a-number speaks of the weight"),
    ("row-unfinished", filled(WUHAN, row("5次", "5次", score="4"), goals=["80"]), "no weights anywhere"),
    ("goal-points-missing", with_goals("50", "30"), "both there"),
    ("goal-points-missing", with_goals("五十", "30"), "not-a-number speaks"),
    ("goal-points-missing", whole(HUNAN), "the form prints none"),
    ("goal-points-missing", filled(WUHAN, SOUND), "no goal at all"),
]


@pytest.mark.parametrize(("code", "severity", "form", "cell", "words"), FIRES)
def test_it_fires(code, severity, form, cell, words):
    [found] = of(code, form)
    assert (found.severity, found.address[1]) == (severity, cell)
    assert all(word in found.message for word in words), found.message
    assert found.is_gap
    assert drafts(check_form(form)) == {"p1"}
    assert form.sheet.grade == ""


@pytest.mark.parametrize(("code", "form", "why"), SILENT)
def test_it_is_silent(code, form, why):
    assert of(code, form) == [], why


def test_one_finding_a_row_and_each_row_is_named():
    form = project(row("≥5次", name="甲"), row("≥5次", name="乙"), row("≥5次", "5次", "80", name="丙"))
    assert [found.message.partition("还")[0] for found in of("row-unfinished", form)] == ["“甲”", "“乙”"]
    assert [found.place for found in of("row-unfinished", form)] == [
        "产出指标 · 数量指标 · 第1行",
        "产出指标 · 数量指标 · 第2行",
    ]


def test_the_sum_of_the_rows_is_offered_for_the_points_of_a_goal():
    [found] = of("goal-points-missing", with_goals("", "30"))
    assert found.offer == "50"
    filled_in = with_goals(found.offer, "30")
    assert not codes(check_form(filled_in)) & {"goal-points-missing", "goal-points"}
    without_weights = filled(WUHAN, row("5次", "5次", score="4", goal=1), goals=[""])
    assert of("goal-points-missing", without_weights)[0].offer == ""


@pytest.mark.parametrize(
    "form",
    [
        project(row("≥50个", name="培训教师")),  # one row of a name and a target: it was 差
        whole(HUNAN, more=(row("≥10次", "3次", name="加的一行"),)),  # 100 points besides: it was 优
        project(row("≥50个", "", "40", name="甲"), row("≥8次", "", "40", name="乙")),  # weights alone
        with_goals("", "30"),
    ],
)
def test_what_is_unfinished_has_no_grade_in_form_and_report(form):
    assert form.sheet.grade == ""
    assert drafts(check_form(form)) == {"p1"}
    reading = read(shipped(), Answers({"d": form.answers}, "示例单位", "2025"))
    tells = teller(reading.forms[0], reading, shipped())
    assert tells is not None
    assert (tells.values["grade"], tells.values["total"]) == (None, None)
    assert not any("等级" in tells.generated(part).text for _, part in tells.outline.parts() if part.patterns)


def test_with_the_last_score_the_grade_is_there():
    assert project(row("稳步提高", "提高", "80", "")).sheet.grade == ""
    assert project(row("稳步提高", "提高", "80", "76")).sheet.grade == "优"


@pytest.mark.parametrize("definition", [WUHAN_2020, WUHAN_PROJECT, HUNAN_PROJECT])
def test_every_form_wants_its_rows_finished(definition):
    assert of("row-unfinished", filled(definition, row("≥5次", "", "8")))
    assert of("row-unfinished", filled(definition, row("≥5次", "5次", "8"))) == []
