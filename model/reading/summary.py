"""A form at a glance: its score by block, and the indicators done and not done."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from model.basics import number
from model.basics.memory import once
from model.forms.definition import bare
from model.reading.reading import Form, goal_name
from model.reading.scoring import Indicator

BEST_LEVEL = "达成"


class BlockScore(NamedTuple):
    """What a part of the form reached of its points; None is unknown, `weights` sums up its rows."""

    name: str
    score: Decimal | None
    points: Decimal | None
    weights: Decimal | None = None

    @property
    def is_off(self) -> bool:
        """Whether more points are reached than there are, or the weights do not add up to the points."""
        over = self.score is not None and self.points is not None and self.score > self.points
        return over or (self.weights is not None and self.points is not None and self.weights != self.points)


@once
def score_by_block(form: Form) -> tuple[BlockScore, ...]:
    """Return the score of execution and of each goal, or of each level-1 block where goals have no points.

    A form without scores has none.
    """
    if not form.definition.is_scored:
        return ()
    execution = BlockScore("预算执行", form.sheet.execution.score, form.definition.execution_points)
    parts = _by_goal(form) if form.definition.goal_points and form.answers.goals else _by_level1(form)
    return (execution, *parts) if form.definition.execution_points else tuple(parts)


def _by_goal(form: Form) -> Iterator[BlockScore]:
    for goal in form.answers.goals:
        rows = [row for row in form.sheet.indicators if row.goal == goal]
        yield _block(goal_name(form, goal), rows, number.parse_points(form.answers.text(f"{goal}.points")))


def _by_level1(form: Form) -> Iterator[BlockScore]:
    names = [block.name for block in form.definition.level1]
    by_name: dict[str, list[Indicator]] = {bare(name): [] for name in names}
    for row in form.sheet.indicators:
        if (name := bare(row.level1)) not in by_name:
            by_name[name] = []
            names.append(row.level1)
        by_name[name].append(row)
    for name in names:
        rows = by_name[bare(name)]
        yield _block(name.removesuffix("指标") or name or "绩效指标", rows, form.definition.points_of(name))


def _block(name: str, rows: Iterable[Indicator], points: Decimal | None) -> BlockScore:
    counted = [row for row in rows if row.counted]
    scores = [row.score for row in counted if row.score is not None]
    weights = [row.weight for row in counted if row.weight is not None]
    known = len(weights) == sum(row.is_scored or row.has_weight_text for row in counted) and bool(weights)
    total = sum(weights, Decimal(0)) if known else None
    score = sum(scores, Decimal(0)) if scores else None
    return BlockScore(name, score, points if points is not None else total, total)


def why_capped(form: Form) -> str:
    """Return why the total is less than the sum of the scores; "" where it is not."""
    cap, rate = form.sheet.cap, form.sheet.execution_rate
    if cap is None or rate is None or form.sheet.sum_of_scores is None:
        return ""
    below, shown = (number.show_rate(one)[0] for one in (cap.below, rate))
    found, most = number.show(form.sheet.sum_of_scores), number.show(cap.most)
    return f"执行率 {shown} 低于 {below}，总分最高 {most} 分，各项合计 {found} 分按 {most} 分计"


def done(row: Indicator) -> bool | None:
    """Return whether an indicator reached its target; None where that can't be told from what is filled in.

    Numbers are compared as the rule does. Prose counts as done when it repeats its target, was judged 达成,
    or scores its full weight, and as not done when it was judged otherwise or points are lost.
    """
    if row.target.parts and len(row.target.parts) == len(row.actual.parts):
        return row.met
    target, actual = (bare(row.text(cell)) for cell in ("target", "actual"))
    if actual and target == actual:
        return True
    if row.level:
        return row.level == BEST_LEVEL
    if row.score is None or row.weight is None:
        return None
    return row.score >= row.weight
