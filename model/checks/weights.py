"""Checks of points: weights of rows, blocks and goals, and the sum of the scores."""

from collections.abc import Iterator
from decimal import Decimal

from model import number
from model.checks.finding import Finding, Severity, finding, money, more_or_less
from model.reading import Form, goal_name
from model.scoring import Indicator, is_filled, sum_of_weights, weights_by_block

HUNDRED = Decimal(100)

# --- weights


def weights_make_a_hundred(form: Form) -> Iterator[Finding]:
    """All weights, execution included, add up to 100."""
    total = form.sheet.weights_total
    if total is None or total == HUNDRED:
        return
    execution = form.definition.execution_points
    yield finding(
        form,
        "weights-not-100",
        "computed",
        next(f"{row.id}.weight" for row in form.sheet.indicators if row.counted),
        f"预算执行 {number.show(execution)} 分与各行分值 {number.show(total - execution)} 分合计 "
        f"{number.show(total)} 分，"
        f"应为 100 分，{more_or_less(total, HUNDRED)}：请核对各行的分值。",
        place="各行分值",
    )


def blocks_have_their_points(form: Form) -> Iterator[Finding]:
    """The rows of a level-1 block add up to its points; only a warning when all weights together are 100."""
    severity: Severity = "warning" if form.sheet.weights_total == HUNDRED else "computed"
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


def scores_stay_within_weights(form: Form) -> Iterator[Finding]:
    """A score is neither above its weight nor below 0 (Wuhan 2022, note 2)."""
    for row in form.sheet.indicators:
        if row.typed_score is None or row.has_unread_weight:  # then another check speaks
            continue
        if row.typed_score < 0:
            message = f"得分 {number.show(row.typed_score)} 小于 0，请核对。"
        elif row.weight is not None and row.typed_score > row.weight:
            message = f"得分 {number.show(row.typed_score)} 超过分值 {number.show(row.weight)}，请核对。"
        else:
            continue
        yield finding(form, "score-above-weight", "computed", f"{row.id}.score", message)


def given_total_is_the_sum(form: Form) -> Iterator[Finding]:
    """A given total is the sum of execution and row scores; silent while a weighted row has none."""
    given, total = form.answers.given.get("total", ""), form.sheet.total
    unscored = any(row.has_weight_text and row.score is None for row in form.sheet.indicators)
    if not is_filled(given) or total is None or unscored or number.parse_points(given) == total:
        return
    execution = form.sheet.execution.score
    rows = total - (execution or 0)
    yield finding(
        form,
        "total-mismatch",
        "computed",
        "total",
        f"原表总分 {given.strip()}，预算执行得分 {money(execution)} 与各行得分 {number.show(rows)} 合计 "
        f"{number.show(total)}：请核对。",
    )
