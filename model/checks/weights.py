"""Checks of points: weights of rows, blocks and goals, and the sum of the scores."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.checks.finding import Finding, Severity, finding, more_or_less
from model.document.answers import CellId
from model.reading.reading import Form, goal_name
from model.reading.scoring import Indicator, sum_of_weights, weights_by_block
from model.reading.summary import why_capped

# --- weights


def weights_make_a_hundred(form: Form) -> Iterator[Finding]:
    """All weights, execution included, add up to the full marks of the form, 100 in nearly all."""
    total, full = form.sheet.weights_total, form.definition.full_marks
    if total is None or total == full:
        return
    execution = form.definition.execution_points
    yield finding(
        form,
        "weights-not-100",
        "computed",
        next(f"{row.id}.weight" for row in form.sheet.indicators if row.counted),
        f"预算执行 {number.show(execution)} 分与各行分值 {number.show(total - execution)} 分合计 "
        f"{number.show(total)} 分，"
        f"应为 {number.show(full)} 分，{more_or_less(total, full)}：请核对各行的分值。",
        place="各行分值",
    )


def blocks_have_their_points(form: Form) -> Iterator[Finding]:
    """The rows of a level-1 block add up to its points; only a warning when all weights together are 100."""
    is_whole = form.sheet.weights_total == form.definition.full_marks
    severity: Severity = "warning" if is_whole else "computed"
    for rows in weights_by_block(form.sheet.indicators).values():
        points, found = form.definition.points_of(rows[0].level1), sum_of_weights(rows)
        if points is None or found is None or found == points:
            continue
        name = rows[0].level1
        yield finding(
            form,
            "block-weights",
            severity,
            f"{rows[0].id}.weight",
            f"{name}各行分值合计 {number.show(found)} 分，应为 {number.show(points)} 分，"
            f"{more_or_less(found, points)}：请核对 {_weighted(rows)} 行的分值。",
            place=name,
        )


def _weighted(rows: list[Indicator]) -> int:
    return sum(row.weight is not None for row in rows)


def goals_have_their_points(form: Form) -> Iterator[Finding]:
    """The rows of an annual goal add up to its points."""
    for goal in form.answers.goals if form.definition.goal_points else ():
        points = number.parse_points(form.answers.text(f"{goal}.points"))
        rows = [row for row in form.sheet.indicators if row.goal == goal and row.counted]
        found = sum_of_weights(rows)
        if points is None or points < 0 or found is None or found == points:
            continue
        name = goal_name(form, goal)
        yield finding(
            form,
            "goal-points",
            "computed",
            f"{goal}.points",
            f"{name}各行分值合计 {number.show(found)} 分，应为 {number.show(points)} 分，"
            f"{more_or_less(found, points)}：请核对 {_weighted(rows)} 行的分值。",
            place=name,
        )


# --- scores


def given_total_is_the_sum(form: Form) -> Iterator[Finding]:
    """A given total is the sum of execution and row scores; silent while a weighted row has none."""
    given, total = form.answers.given.get("total", ""), form.sheet.total
    unscored = any(row.has_weight_text and row.score is None for row in form.sheet.indicators)
    if number.is_nothing(given) or total is None or unscored or number.parse_points(given) == total:
        return
    execution = form.sheet.execution.score
    rows = (form.sheet.sum_of_scores or total) - (execution or 0)
    rated = number.grouped(execution) if execution is not None else "—"
    yield finding(
        form,
        "total-mismatch",
        "computed",
        "total",
        f"原表总分 {given.strip()}，预算执行得分 {rated} 与各行得分 {number.show(rows)} 合计 "
        f"{number.show(form.sheet.sum_of_scores or total)}{_capped(form)}：请核对。",
    )


def _capped(form: Form) -> str:
    said = why_capped(form)
    return f"；{said}" if said else ""


# --- weights that lack, points in labels


def scored_rows_have_weights(form: Form) -> Iterator[Finding]:
    """A scored row has a weight; where the form prints none and no row has one, a note says so."""
    rows = [row for row in form.sheet.indicators if row.counted]
    lacking = [row for row in rows if row.is_scored and not row.has_weight_text]
    if not lacking:
        return
    if form.definition.prints_weights or any(row.has_weight_text for row in rows):
        for row in lacking:
            message = f"得分 {_score(form, row)} 分，没有分值：请填写这一行的分值。"
            yield finding(form, "weight-missing", "warning", f"{row.id}.weight", message)
    else:
        message = f"各行分值未填（{len(lacking)} 行有得分），不能按规则核分：可在屏幕上填写，不会印出。"
        yield finding(form, "weight-missing", "note", f"{lacking[0].id}.weight", message, place="各行分值")


def _score(form: Form, row: Indicator) -> str:
    return number.show(row.score) if row.score is not None else form.answers.text(f"{row.id}.score")


def labels_say_the_points(form: Form) -> Iterator[Finding]:
    """Points that a read file had printed in the label of a block or goal are the form's."""
    for cell, wanted in _labelled(form):
        printed = _points_in(form.answers.given.get(cell, ""))
        if printed is None or wanted is None or printed == wanted:
            continue
        label = form.answers.given[cell].strip()
        message = f"原表印着“{label}”，应为 {number.show(wanted)} 分：请核对。"
        yield finding(form, "block-label-points", "judged", cell, message, basis=(label, number.show(wanted)))


def _labelled(form: Form) -> Iterator[tuple[CellId, Decimal | None]]:
    """Yield the cells of printed labels with the points that belong there."""
    yield "block_label", form.definition.full_marks - form.definition.execution_points
    for goal in form.answers.goals if form.definition.goal_points else ():
        yield f"{goal}.label", number.parse_points(form.answers.text(f"{goal}.points"))
    for rows in weights_by_block(form.sheet.indicators).values():
        yield f"{rows[0].id}.level1_weight", form.definition.points_of(rows[0].level1)


def _points_in(label: str) -> Decimal | None:
    """The points that a label names: 绩效目标 (80 分), or the bare figure of a block."""
    found = _IN_BRACKETS.search(number.half_width(label))
    return number.parse_points(found[1] if found else label)


_IN_BRACKETS = re.compile(r"\(\s*([0-9.]+)\s*分\s*\)")
