"""Layouts that are made up, as other provinces print them: other captions, orders, merges, lines and columns.

Every value is read right, or it is marked; a figure is never wrong under ✓.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.forms.loader import shipped
from model.recognition.found import Found
from model.recognition.loader import vocabulary
from model.recognition.recognise import Recogniser
from tests import judge
from tests.recognition.mutations import HARMFUL, HARMLESS
from tests.recognition.printed import CAPTIONS, COLUMNS, FUND_COLUMNS, Layout, printed

PUBLISHED = Path(__file__).parent.parent / "data" / "published" / "forms"
RECOGNISER = Recogniser(shipped().forms)


def form(name: str) -> dict[str, Any]:
    """A published form of a project, its fields under our own keys."""
    found: dict[str, Any] = json.loads((PUBLISHED / f"{name}.json").read_text("utf-8"))
    fields = found["fields"]
    found["fields"] = {
        "project": fields["项目支出名称"],
        "authority": fields["主管部门"],
        "implementer": fields["实施单位"],
    }
    for row in found["indicators"]:
        row["target_parts"] = ("", row["target"], "")
    return found


FORMS = [form(path.stem) for path in sorted(PUBLISHED.glob("yueyang_2023_project_*.json"))]


def read(made: Mapping[str, Any], layout: Layout) -> Found:
    """The only form on the sheet that a layout makes."""
    found = list(RECOGNISER.forms([printed(made, layout)]))
    assert len(found) == 1
    return found[0]


def wanted_of(made: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
    """The money, the goals, the indicators and the total that a layout prints."""
    rows = [_indicator(row, layout) for row in _shown_rows(made["indicators"], layout)]
    return {
        "funds": [{key: row[key] for key in ("label", *_fund_keys(layout))} for row in made["funds"]],
        "goals": [{key: goal[key] for key in ("expected", "actual")} for goal in made["goals"]],
        "indicators": _merged(rows, layout),
        "total": made["total"],
    }


def verdict(found: Found, wanted: Mapping[str, Any]) -> judge.Verdict:
    """What became of the parts of a form."""
    parts = {key: found.data[key] for key in wanted}
    parts["goals"] = [{key: goal.get(key) for key in ("expected", "actual")} for goal in parts["goals"]]
    return judge.judge(parts, wanted, {path: mark.sign for path, mark in found.marks.items()})


def _fund_keys(layout: Layout) -> list[str]:
    return [key.removeprefix("fund_") for key in layout.funds]


def _indicator(row: Mapping[str, Any], layout: Layout) -> dict[str, Any]:
    keys = [key for key in layout.columns if key in row]
    found = {key: row[key] for key in keys} | dict(layout.more)
    if "{points}" in layout.points:
        found["level1_weight"] = row["level1_weight"]
    return found


def _merged(rows: list[dict[str, Any]], layout: Layout) -> list[dict[str, Any]]:
    """A weight or score that is one cell over two rows belongs to the first."""
    if layout.merges_scores and not layout.remark and len(rows) > 1:
        rows[1] = {key: "" if key in ("weight", "score") else text for key, text in rows[1].items()}
    return rows


def _shown_rows(rows: list[dict[str, Any]], layout: Layout) -> list[dict[str, Any]]:
    """Rows that say something: one without any text, whose levels go on from above, is no row."""
    keys = [key for key in layout.columns if key not in ("level1", "level2")]
    shown = []
    for number, row in enumerate(rows):
        before = rows[number - 1] if number else {}
        begins = (row["level1"], row["level2"]) != (before.get("level1"), before.get("level2"))
        if begins or layout.repeats or any(row.get(key) for key in keys) or layout.more:
            shown.append(row)
    return shown


# --- captions in any dress

SYNONYMS = {
    "target": ("indicators", "target"),
    "actual": ("indicators", "actual"),
    "weight": ("indicators", "weight"),
    "score": ("indicators", "score"),
    "reason": ("indicators", "reason"),
    "name": ("indicators", "name"),
    "initial": ("funds", "initial"),
    "budget": ("funds", "budget"),
    "executed": ("funds", "executed"),
    "rate": ("funds", "rate"),
    "fund_weight": ("funds", "weight"),
    "fund_score": ("funds", "score"),
    "expected": ("goals", "expected"),
    "goal_actual": ("goals", "actual"),
    "project": ("fields", "project_name"),
    "authority": ("fields", "authority"),
    "implementer": ("fields", "implementer"),
    "total": ("totals", "total"),
}


@st.composite
def dressed(draw: st.DrawFn, caption: str) -> str:
    """A caption with blanks, line breaks, brackets, a number or a colon."""
    between = draw(st.sampled_from(["", "", " ", "　", "\n"]))
    text = between.join(caption) if len(caption) < 8 else caption
    before = draw(st.sampled_from(["", "", "", "1.", "（一）", "三、"]))
    return before + text + draw(st.sampled_from(["", "", "", "（A）", "\n（分）", "：", " "]))


@st.composite
def captions(draw: st.DrawFn) -> dict[str, str]:
    """A caption for each part: the usual one or one that means the same, in any dress."""
    words = vocabulary().groups
    found = {}
    for key, (group, meaning) in SYNONYMS.items():
        known = st.sampled_from(words[group][meaning])
        found[key] = draw(dressed(draw(st.just(CAPTIONS[key]) | known)))
    return found


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Any layout: some columns are lacking, some mean nothing of ours, in any order behind the name."""
    behind = [key for key in COLUMNS[3:] if key in ("target", "actual", "score") or draw(st.booleans())]
    more = draw(st.sampled_from([{}, {}, {"评价标准": "完成得满分"}, {"复核得分": "1", "备注": "x"}]))
    funds = [key for key in FUND_COLUMNS if key in ("budget", "executed") or draw(st.booleans())]
    is_merged = draw(st.booleans())
    return Layout(
        captions=draw(captions()),
        columns=(*COLUMNS[:3], *draw(st.permutations(behind))),
        funds=draw(st.permutations(funds)),
        more=more,
        is_merged=is_merged,
        repeats=draw(st.booleans()) and not is_merged,
        labels=draw(st.booleans()),
        points=draw(st.sampled_from(["{name}（{points}分）", "{name}\n({points} 分)", "{name}"])),
        title=draw(
            st.sampled_from(
                [("{year}年度项目支出绩效自评表",), ("附件2", "项目支出绩效自评表", "（{year}年度）")]
            )
        ),
        as_lines=draw(st.booleans()),
        two_rows=draw(st.booleans()),
        remark=draw(st.sampled_from(["", "（以下由业务科室填写，注意核对佐证材料）"])),
        merges_scores=draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FORMS), layouts())
def test_any_layout_is_read_right(made, layout):
    found = verdict(read(made, layout), wanted_of(made, layout))
    assert found.silent_figures == []
    assert found.share >= 0.99, found.faults[:8]


# --- sheets that something happened to

PLAIN = st.builds(
    Layout,
    columns=st.permutations(COLUMNS[3:]).map(lambda behind: (*COLUMNS[:3], *behind)),
    is_merged=st.booleans(),
    labels=st.booleans(),
    two_rows=st.booleans(),
)


def mutated(made, layout, mutation, seed):
    return list(RECOGNISER.forms([mutation(printed(made, layout), Random(seed))]))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FORMS), PLAIN, st.sampled_from(HARMLESS), st.integers(0, 999))
def test_columns_put_in_and_merges_undone_change_nothing(made, layout, mutation, seed):
    (found,) = mutated(made, layout, mutation, seed)
    wanted = wanted_of(made, layout)
    faults = [fault for fault in verdict(found, wanted).faults if fault.kind != "extra"]
    assert faults == []


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FORMS), PLAIN, st.sampled_from(HARMFUL), st.integers(0, 999))
def test_what_is_spoilt_is_missing_or_marked_but_never_wrong_in_silence(made, layout, mutation, seed):
    wanted = wanted_of(made, layout)
    for found in mutated(made, layout, mutation, seed):
        if len(found.data["indicators"]) == len(wanted["indicators"]):
            assert verdict(found, wanted).silent_figures == []
