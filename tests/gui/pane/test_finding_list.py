"""The list of findings: its order, its groups, and the walk through it while it changes."""

import pytest

from gui.pane.finding_list import Walk, arrange
from gui.session.marks import Mark, Marks, by_form, count
from gui.session.places import Places, next_empty
from model.checks import Finding
from model.checks.open_items import completeness
from model.document.answers import Answers
from model.forms.loader import shipped
from model.reading.reading import read
from tests.builders import HUNAN, HUNAN_PROJECT, WUHAN, filled, row

NAMES = {"d": "部门整体", "p1": "甲项目", "p2": "乙项目"}


def forms(*keys):
    """Return a document of a department form and projects, each with three rows."""
    made = {}
    for key in keys:
        definition = HUNAN if key == "d" else HUNAN_PROJECT
        made[key] = filled(definition, *(row("10个", "10个", "10") for _ in range(3))).answers
    return read(shipped(), Answers(made)).forms


def found(code, key, cell, severity="computed", **more):
    return Finding(code, severity, (key, cell), "某处", "请核对。", **more)


def marks_of(findings):
    """Return what findings make of the cells of the form of the department."""
    return Marks(by_form(findings)).of("d")


def listed(entries):
    """Return the lines as one reads them."""
    return [e.text if e.finding is None else f"{e.finding.code} {e.finding.address[1]}" for e in entries]


def test_errors_come_before_warnings_and_notes_and_answers_come_last():
    findings = [
        found("over-achieved", "d", "i1.actual", "warning", answer="上级追加了任务"),
        found("no-comparator", "d", "i1.target", "note"),
        found("met-but-cut", "d", "i2.score", "warning"),
        found("missed-but-full", "d", "i3.score", "judged"),
        found("total-mismatch", "d", "total"),
    ]
    assert listed(arrange(forms("d"), findings, "d", "绩效目标与指标", NAMES)) == [
        "错误 2",
        "missed-but-full i3.score",
        "total-mismatch total",
        "提醒 1",
        "met-but-cut i2.score",
        "提示 1",
        "no-comparator i1.target",
        "已说明 1",
        "over-achieved i1.actual",
    ]


def test_within_a_group_the_tab_in_hand_comes_first_and_rows_in_their_order():
    cells = ("i3.score", "total", "funds.total.executed", "i1.score", "i1.name")
    findings = [found("score-above-weight", "d", cell) for cell in cells]
    by_table = listed(arrange(forms("d"), findings, "d", "绩效目标与指标", NAMES))[1:]
    assert [line.split()[1] for line in by_table] == [
        *("i1.name", "i1.score", "i3.score"),
        *("total", "funds.total.executed"),
    ]
    by_money = listed(arrange(forms("d"), findings, "d", "预算执行情况", NAMES))[1:]
    assert by_money[0].endswith("funds.total.executed")


def test_the_form_in_hand_comes_first_then_the_others_then_what_lies_between_them():
    findings = [
        found("total-mismatch", "d", "total"),
        found("projects-sum", "d", "split.project", "judged", between=True),
        found("total-mismatch", "p1", "total"),
        found("total-mismatch", "p2", "total"),
    ]
    lines = listed(arrange(forms("d", "p1", "p2"), findings, "p1", "", NAMES))
    assert [line for line in lines if line in (*NAMES.values(), "表间核对")] == [
        "甲项目",
        "部门整体",
        "乙项目",
        "表间核对",
    ]
    assert lines[-1] == "projects-sum split.project"


def test_a_text_that_a_file_had_printed_stands_behind_a_finding():
    form = filled(HUNAN, row("10个", "10个", "90"), given={"total": "98"})
    (reading_form,) = read(shipped(), Answers({"d": form.answers})).forms
    entries = arrange((reading_form,), [found("total-mismatch", "d", "total")], "d", "", NAMES)
    assert [entry.has_given for entry in entries if entry.finding] == [True]


def test_gaps_stand_at_the_end_of_each_form():
    findings = [
        found("required-missing", "d", "unit_name"),
        found("over-achieved", "d", "i1.actual", "warning", answer="上级追加了任务"),
        found("total-mismatch", "d", "total"),
        found("required-missing", "d", "basic"),
        found("required-missing", "p1", "unit_name"),
    ]
    assert listed(arrange(forms("d", "p1"), findings, "d", "", NAMES)) == [
        "部门整体",
        "错误 1",
        "total-mismatch total",
        "已说明 1",
        "over-achieved i1.actual",
        "未填 2",
        "required-missing basic",
        "required-missing unit_name",
        "甲项目",
        "未填 1",
        "required-missing unit_name",
    ]


def test_only_what_is_open_is_counted():
    findings = [
        found("total-mismatch", "d", "total"),
        found("missed-but-full", "d", "i1.score", "judged", answer="上级追加了任务"),
        found("met-but-cut", "d", "i1.score", "warning"),
        found("no-comparator", "d", "i1.target", "note"),
        found("required-missing", "d", "unit_name"),
    ]
    counts = count(findings)
    assert (counts.errors, counts.warnings, counts.worst, counts.of_worst) == (1, 1, "error", 1)
    assert counts.text == "1 个错误、1 个提醒"


def test_the_most_severe_finding_marks_a_cell_and_all_are_said():
    marks = marks_of(
        [
            found("met-but-cut", "d", "i1.score", "warning"),
            found("score-above-weight", "d", "i1.score"),
            found("over-achieved", "d", "i1.actual", "warning", answer="上级追加了任务"),
        ]
    )
    assert marks["i1.score"].state == "error"
    assert [line[:3] for line in marks["i1.score"].text.splitlines()] == ["错误：", "提醒："]
    answered: Mark = marks["i1.actual"]
    assert answered.state == ""
    assert "已说明：上级追加了任务" in answered.text


def test_marks_that_stay_are_the_same_ones():
    wrong, other = found("met-but-cut", "d", "i1.score", "warning"), found("no-comparator", "p1", "i1.target")
    before = Marks(by_form([wrong, other]))
    kept = before.of("d"), before.of("p1")
    now = Marks(by_form([wrong, found("over-achieved", "d", "i2.actual"), other]), before)
    assert now.of("p1") is kept[1]
    assert now.of("d")["i1.score"] is kept[0]["i1.score"]
    assert now.at(("d", "i2.actual")).state == "error"
    unasked = Marks(by_form([wrong, other]), Marks(by_form([]), now))
    assert unasked.of("p1") is kept[1]


def test_a_gap_is_a_mark_of_its_own_and_gives_way_to_what_is_wrong():
    gap = found("required-missing", "d", "i1.name")
    assert marks_of([gap])["i1.name"].state == "gap"
    for severity, state in (("computed", "error"), ("warning", "warning"), ("note", "gap")):
        both = [gap, found("over-achieved", "d", "i1.name", severity)]
        assert marks_of(both)["i1.name"].state == marks_of(both[::-1])["i1.name"].state == state


# --- the walk


def walk_on(walk, *cells, state="computed"):
    findings = [found("score-above-weight", "d", cell, state) for cell in cells]
    walk.follow(arrange(forms("d"), findings, "d", "", NAMES))


def here(walk):
    return walk.here and walk.here[4]


def test_the_walk_goes_round_and_round_both_ways():
    walk = Walk()
    walk_on(walk, "i1.score", "i2.score", "i3.score")
    assert [walk.step(1)[4] for _ in range(4)] == ["i1.score", "i2.score", "i3.score", "i1.score"]
    assert [walk.step(-1)[4] for _ in range(2)] == ["i3.score", "i2.score"]
    assert walk.number == "2 / 3"


def test_backwards_from_the_beginning_is_the_last():
    walk = Walk()
    walk_on(walk, "i1.score", "i2.score")
    assert walk.step(-1)[4] == "i2.score"


@pytest.mark.parametrize(("by", "then"), [(1, "i3.score"), (-1, "i1.score")])
def test_when_the_marked_one_is_mended_the_next_is_not_taken_but_is_near(by, then):
    walk = Walk()
    walk_on(walk, "i1.score", "i2.score", "i3.score")
    walk.step(1)
    walk.step(1)
    walk_on(walk, "i1.score", "i3.score")
    assert here(walk) is None
    assert walk.step(by)[4] == then


def test_the_same_finding_that_becomes_more_severe_stays_marked():
    walk = Walk()
    walk_on(walk, "i1.score", state="warning")
    walk.step(1)
    walk_on(walk, "i1.score")
    assert here(walk) == "i1.score"


def test_what_is_answered_is_passed_over():
    walk = Walk()
    findings = [
        found("met-but-cut", "d", "i1.score", "warning"),
        found("met-but-cut", "d", "i2.score", "warning", answer="上级追加了任务"),
    ]
    walk.follow(arrange(forms("d"), findings, "d", "", NAMES))
    assert [walk.step(1)[4] for _ in range(2)] == ["i1.score", "i1.score"]


def test_gaps_are_walked_through_last_and_counted_apart():
    walk = Walk()
    findings = [
        found("required-missing", "d", "unit_name"),
        found("total-mismatch", "d", "total"),
        found("required-missing", "p1", "unit_name"),
        found("met-but-cut", "p1", "i1.score", "warning"),
    ]
    walk.follow(arrange(forms("d", "p1"), findings, "d", "", NAMES))
    seen = [(walk.step(1)[3:5], walk.number) for _ in range(4)]
    assert seen == [
        (("d", "total"), "1 / 2"),
        (("p1", "i1.score"), "2 / 2"),
        (("d", "unit_name"), "1 / 2"),
        (("p1", "unit_name"), "2 / 2"),
    ]


def test_an_empty_list_leads_nowhere():
    assert Walk().step(1) is None


# --- places and gaps


@pytest.mark.parametrize(
    ("cell", "tab"),
    [
        ("total", "自评结论"),
        ("title", "基本情况"),
        ("unit", "基本情况"),
        ("unit_name", "基本情况"),
        ("block_label", "绩效目标与指标"),
        ("g1.label", "绩效目标与指标"),
        ("g1.points", "绩效目标与指标"),
        ("i1.reason", "绩效目标与指标"),
        ("funds.total.rate", "预算执行情况"),
        ("basic", "预算执行情况"),
        ("improvement", "问题与改进"),
    ],
)
def test_every_cell_stands_on_a_tab(cell, tab):
    form = filled(WUHAN, row("10个", "10个", goal=1), goals=["50"])
    assert Places(form).tab(cell) == tab


def test_the_next_gap_lies_behind_the_cursor_then_in_the_other_forms_then_at_the_beginning():
    texts = {"unit_name": "示例单位", "filled_on": "2026年", "basic": "1", "project": "1", "g1.text": "目标"}
    first, second = (
        filled(WUHAN, row("10个", "", "50", goal=1), goals=["50"], cells=texts | more)
        for more in ({"unit_name": ""}, {"improvement": "措施"})
    )
    reading = read(shipped(), Answers({"p1": first.answers, "p2": second.answers}))
    lacking = [form.at(cell) for form in reading.forms for cell in completeness(form).missing]
    seen = [("p1", "funds.total.budget")]
    for _ in range(5):
        seen.append(next_empty(reading, lacking, seen[-1]))
    assert seen[1:] == [
        ("p1", "i1.actual"),
        ("p1", "improvement"),
        ("p2", "i1.actual"),
        ("p1", "unit_name"),
        ("p1", "i1.actual"),
    ]


def test_where_nothing_is_missing_there_is_no_gap():
    reading = read(shipped(), Answers({}))
    assert next_empty(reading, (), ("d", "")) is None
