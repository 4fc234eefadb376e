"""Checks of how an indicator is worded; they stand beside what follows from its figures, never instead."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from model.basics import number
from model.basics.quantity import Quantity, comparable, describe, one_number_in, phrase
from model.basics.units import agree
from model.checks.finding import cut
from model.checks.row import PROSE, Row, RowCheck, Said, points
from model.forms.definition import bare
from model.forms.rules import names_nothing
from model.reading.scoring import is_filled

_NOT_FINAL = re.compile("等待.*数据|待统计|尚未(?!发生|发现|出现)")


def points_have_a_name(at: Row) -> Said | None:
    """A row with weight or score has a name; 无 is the business of another check."""
    if is_filled(at.row.name) or not (at.row.has_weight_text or at.row.is_scored):
        return None
    return Said("indicator-name-missing", "judged", "name", f"{points(at)}，没有指标名称：请填写三级指标。")


def points_have_a_target(at: Row) -> Said | None:
    """A row with weight or score has a target."""
    if is_filled(at.text("target")) or not (at.row.has_weight_text or at.row.is_scored):
        return None
    if names_nothing(at.row.name):
        return None
    return Said("target-missing", "judged", "target", f"{points(at)}，没有目标值：请填写目标值。")


def result_is_known(at: Row) -> Said | None:
    """Points are not given before the result is known."""
    if at.points is None or not _NOT_FINAL.search(at.text("actual")):
        return None
    actual, points = cut(at.text("actual")), number.show(at.points)
    message = f"完成值“{actual}”还没有结果，却有 {points} 分：请填写实际数，或先不计分。"
    return Said("actual-not-final", "judged", "actual", message)


def nothing_carries_no_points(at: Row) -> Said | None:
    """An indicator named 无 carries no points."""
    if at.points is None or not names_nothing(at.row.name):
        return None
    return Said(
        "indicator-none",
        "judged",
        "name",
        f"指标为“{cut(at.row.name)}”，却有{points(at)}：请填写指标，或清除分值和得分。",
    )


def units_agree(at: Row) -> Said | None:
    """Target and result are counted in the same unit: 450人 is not answered by 100%."""
    target, actual = at.row.target, at.row.actual
    if not target.parts or not actual.parts or _in_units(target.parts, actual.parts):
        return None
    unit = target.parts[0].unit
    wanted = f"如“{number.plain(target.parts[0].number)}{unit}”" if unit else "不填百分比"
    message = f"{at.both}，单位不同，不能比较：请按目标的单位填实际数，{wanted}。"
    return Said("unit-mismatch", "warning", "actual", message)


def _in_units(target: Sequence[Quantity], actual: Sequence[Quantity]) -> bool:
    """Whether each part can be compared; of another number of parts, whether any can."""
    if len(target) == len(actual):
        return all(comparable(*pair) for pair in zip(target, actual, strict=True))
    return any(comparable(one, other) for one in target for other in actual)


def kinds_agree(at: Row) -> Said | None:
    """A number answers a number, prose answers prose."""
    target, actual = at.row.target.kind, at.row.actual.kind
    if not is_filled(at.text("target")) or not is_filled(at.text("actual")):
        return None
    if target == "number" and actual in PROSE:
        return Said("type-mismatch", "warning", "actual", f"{at.both}：目标是数，请填实际完成的数。")
    if target in PROSE and actual == "number":
        return Said("type-mismatch", "warning", "actual", f"{at.both}：目标是文字，请写明实际完成情况。")
    return None


def result_is_measured(at: Row) -> Said | None:
    """A result is what was measured, not a comparator: 96.2%, not ≥95%, nor 2–4场.

    A number that is not exact (近200人) is doubted only where it leaves open whether the target is met.
    """
    parts = at.row.actual.parts
    vague = at.row.actual.is_range or at.row.outcome.why == "inexact"
    if not vague and not any(part.comparator not in ("", "=") for part in parts):
        return None
    actual = cut(at.text("actual"))
    copied = bare(at.text("actual")) == bare(at.text("target"))
    what = f"照抄了目标值“{actual}”" if copied else f"完成值“{actual}”不是实际数"
    example = "，如“96.2%”" if parts[0].comparator in ("≥", ">") else ""
    return Said("actual-has-comparator", "warning", "actual", f"{what}：请填实际数{example}。")


WORDING: tuple[RowCheck, ...] = (  # of these too only the first speaks
    points_have_a_name,
    points_have_a_target,
    result_is_known,
    nothing_carries_no_points,
    units_agree,
    kinds_agree,
    result_is_measured,
)


# --- what may stand beside it


def result_is_not_far_above(at: Row) -> Said | None:
    """A result far above its target has a reason; with = any excess is far."""
    row = at.row
    direction = row.direction or (row.target.parts[0].comparator if row.target.parts else "")
    if direction in ("≤", "<") or row.is_direction_open or row.met is False or at.has_reason:
        return None
    if len(row.target.parts) != len(row.actual.parts):
        return None
    most = Decimal(1) if direction == "=" else at.regulation.limits.over_achieved
    for target, actual in zip(row.target.parts, row.actual.parts, strict=True):
        pair = comparable(target._replace(number=target.ceiling, most=None), actual)
        if pair and pair[0] > 0 and _is_far_above(*pair, most):
            percent = number.show(pair[1] / pair[0] * 100, 0)
            message = f"目标 {phrase(target)}，完成 {phrase(actual)}，是目标的 {percent}%：请说明原因。"
            return Said("over-achieved", "warning", "actual", message)
    return None


def _is_far_above(target: Decimal, actual: Decimal, most: Decimal) -> bool:
    return actual > target if most == 1 else actual >= target * most


def direction_is_said(at: Row) -> Said | None:
    """A limit without comparator whose name does not tell whether more is better is left to the clerk."""
    if not at.row.is_direction_open:
        return None
    message = f"{at.both}：没有写明 ≥ 或 ≤，看不出完成值高好还是低好，暂不按规则计分。请选择方向。"
    return Said("no-comparator", "note", "target", message)


def numbers_are_clear(at: Row) -> Iterator[Said]:
    """A text like 1.3次 may be 1. 3次: no rule is applied until it is written otherwise."""
    for column, value in (("target", at.row.target), ("actual", at.row.actual)):
        if value.kind == "ambiguous":
            message = f"“{cut(at.text(column))}”{describe(value)}，暂不按规则计分：请改成一种读法。"
            yield Said("ambiguous-number", "note", column, message)


def direction_fits_the_name(at: Row) -> Said | None:
    """What must not happen has no least number: 投诉率 ≥90% or 事故数 =1起 is a slip."""
    if not at.regulation.scheme.is_adverse(at.row.name) or not any(
        map(partial(_is_floor, at), at.row.target.parts)
    ):
        return None
    message = f"“{cut(at.row.name)}”是不应发生的事，目标值是“{cut(at.text('target'))}”：请核对是否应为 ≤。"
    return Said("adverse-direction", "warning", "target", message)


def _is_floor(at: Row, target: Quantity) -> bool:
    direction = target.comparator or at.row.direction
    return direction in ("≥", ">") or (direction == "=" and target.number > 0)


def name_and_target_agree(at: Row) -> Said | None:
    """A number in the name is the number of the target; a target without unit has the name's."""
    named, wanted = one_number_in(at.row.name), _one_number_of(at)
    if named is None or wanted is None or wanted.most is not None:
        return None
    is_counted = agree(named.unit, wanted.unit) or (named.number > 0 and wanted.number > 0)
    pair = comparable(named, wanted) if is_counted else None
    if pair is None or pair[0] == pair[1]:
        return None
    message = f"名称里是 {phrase(named)}，目标值是 {phrase(wanted)}：请核对。"
    return Said("name-target-differ", "warning", "target", message)


def _one_number_of(at: Row) -> Quantity | None:
    """The one number of the target, also of one inside a sentence."""
    parts = at.row.target.parts
    return parts[0]._replace(comparator="") if len(parts) == 1 else one_number_in(at.text("target"))


BESIDE: tuple[RowCheck, ...] = (
    result_is_not_far_above,
    direction_is_said,
    direction_fits_the_name,
    name_and_target_agree,
)
