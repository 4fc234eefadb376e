"""Checks of one indicator: per row only the first that finds something speaks; a few may stand beside it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from model.basics import number
from model.basics.quantity import Quantity, comparable, describe, one_number_in, phrase
from model.checks.finding import Finding, Severity, cut
from model.checks.residue import is_residue, is_residue_of_name
from model.document.answers import FormKey
from model.forms.definition import Regulation, bare
from model.forms.rules import names_nothing
from model.reading.reading import ColumnPlaces, Form
from model.reading.reasons import has_reason, is_explained
from model.reading.scoring import Indicator, is_filled

_NOT_FINAL = re.compile("等待.*数据|待统计|尚未(?!发生|发现|出现)")
_PROSE = ("prose", "date")
_BASIS = ("name", "weight", "target", "actual", "score", "direction", "level")


class Said(NamedTuple):
    """What a check says of a row: a finding without its form; `column` is the cell it stands at."""

    code: str
    severity: Severity
    column: str
    message: str


@dataclass(frozen=True)
class Row:
    """An indicator, and what several checks want to know of it."""

    row: Indicator
    regulation: Regulation
    explained: bool  # the form as a whole gives a reason

    def text(self, column: str) -> str:
        """Return what is typed in a column."""
        return self.row.text(column)

    @cached_property
    def has_reason(self) -> bool:
        """Whether a loss of points is explained."""
        return has_reason(self.row, self.explained)

    @property
    def points(self) -> Decimal | None:
        """The points that the row carries: its score, else its weight; None where neither is above 0."""
        found = [value for value in (self.row.score, self.row.weight) if value is not None and value > 0]
        return found[0] if found else None

    @property
    def lost(self) -> Decimal | None:
        """How many points are lost; None where none are, or where that is unknown."""
        score, weight = self.row.score, self.row.weight
        return weight - score if score is not None and weight is not None and score < weight else None

    @property
    def both(self) -> str:
        """Target and result as a message quotes them."""
        return f"目标“{cut(self.text('target'))}”，完成“{cut(self.text('actual'))}”"


RowCheck = Callable[[Row], Said | None]


def weight_and_score_are_numbers(at: Row) -> Said | None:
    """Weight and score are numbers, a weight not below 0."""
    row = at.row
    if row.has_unread_weight:
        weight = number.parse_points(at.text("weight"))
        if weight is not None:
            return Said(
                "not-a-number", "computed", "weight", f"“{number.plain(weight)}”：分值不能小于 0，请核对。"
            )
        return Said("not-a-number", "computed", "weight", _no_number(at.text("weight")))
    if row.has_score_text and row.typed_score is None:
        return Said("not-a-number", "computed", "score", _no_number(at.text("score")))
    return None


def _no_number(text: str) -> str:
    return f"不是数字：“{cut(text)}”，请填如 9.5。"


def score_stays_within_weight(at: Row) -> Said | None:
    """A score is neither above its weight nor below 0 (Wuhan 2022, note 2)."""
    score, weight = at.row.typed_score, at.row.weight
    if score is None:
        return None
    if score < 0:
        message = f"得分 {number.show(score)} 小于 0，最低为 0 分：请核对。"
    elif weight is not None and score > weight:
        over = number.show(score - weight)
        message = f"得分 {number.show(score)} 超过分值 {number.show(weight)}，多 {over} 分：请核对。"
    else:
        return None
    return Said("score-above-weight", "computed", "score", message)


def score_has_a_result(at: Row) -> Said | None:
    """A row with a score has a result."""
    if not at.row.is_scored or is_filled(at.text("actual")):
        return None
    score = number.show(at.row.score) if at.row.score is not None else at.text("score")
    return Said(
        "actual-missing", "computed", "actual", f"得分 {score} 分，没有完成值：请填写实际完成值，或清除得分。"
    )


def points_have_a_name(at: Row) -> Said | None:
    """A row with weight or score has a name; 无 is the business of another check."""
    if is_filled(at.row.name) or not (at.row.has_weight_text or at.row.is_scored):
        return None
    return Said("indicator-name-missing", "judged", "name", f"{_points(at)}，没有指标名称：请填写三级指标。")


def points_have_a_target(at: Row) -> Said | None:
    """A row with weight or score has a target."""
    if is_filled(at.text("target")) or not (at.row.has_weight_text or at.row.is_scored):
        return None
    if names_nothing(at.row.name):
        return None
    return Said("target-missing", "judged", "target", f"{_points(at)}，没有目标值：请填写目标值。")


def _points(at: Row) -> str:
    """Weight and score in words."""
    parts = [("分值", at.row.weight), ("得分", at.row.score)]
    said = [f"{name} {number.show(value)} 分" for name, value in parts if value is not None]
    return "、".join(said) or "填了分"


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
        "indicator-none", "judged", "name", f"指标为“无”，却有{_points(at)}：请填写指标，或清除分值和得分。"
    )


def missed_is_not_full(at: Row) -> Said | None:
    """A missed target does not earn the full score."""
    row = at.row
    if row.met is not False or row.typed_score is None or not row.weight or row.typed_score < row.weight:
        return None
    rule = f"，按规则 {number.show(row.outcome.score)} 分" if row.outcome.score is not None else ""
    message = f"{at.both}，未完成却得满分 {number.show(row.weight)} 分{rule}：请核减，或说明理由。"
    return Said("missed-but-full", "judged", "score", message)


def met_is_not_cut(at: Row) -> Said | None:
    """A reached target earns the full score, or there is a reason."""
    if at.lost is None or at.has_reason or not _is_met(at):
        return None
    message = f"{at.both}，目标已完成，{_loss(at)}：请写明原因，或改为满分。"
    return Said("met-but-cut", "warning", "score", message)


def _is_met(at: Row) -> bool:
    """A number reaches its target; prose repeats it, and its score lies below the top band."""
    row = at.row
    if row.target.kind not in _PROSE:
        return row.met is True
    return bare(at.text("target")) == bare(at.text("actual")) and not _in_top_band(at)


def _in_top_band(at: Row) -> bool:
    top = at.regulation.scheme.bands[0]
    row = at.row
    return row.score is not None and row.weight is not None and row.score >= row.weight * top.low


def _loss(at: Row) -> str:
    row = at.row
    if row.score is None or row.weight is None or at.lost is None:
        return ""
    return f"得 {number.show(row.score)} 分，分值 {number.show(row.weight)} 分，少 {number.show(at.lost)} 分"


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
    if target == "number" and actual in _PROSE:
        return Said("type-mismatch", "warning", "actual", f"{at.both}：目标是数，请填实际完成的数。")
    if target in _PROSE and actual == "number":
        return Said("type-mismatch", "warning", "actual", f"{at.both}：目标是文字，请写明实际完成情况。")
    return None


def result_is_measured(at: Row) -> Said | None:
    """A result is what was measured, not a comparator: 96.2%, not ≥95%."""
    if not any(part.comparator not in ("", "=") for part in at.row.actual.parts):
        return None
    actual = cut(at.text("actual"))
    copied = bare(at.text("actual")) == bare(at.text("target"))
    what = f"照抄了目标值“{actual}”" if copied else f"完成值“{actual}”不是实际数"
    example = "，如“96.2%”" if at.row.actual.parts[0].comparator in ("≥", ">") else ""
    return Said("actual-has-comparator", "warning", "actual", f"{what}：请填实际数{example}。")


def score_lies_in_its_band(at: Row) -> Said | None:
    """A qualitative score lies in the band of its level (Wuhan 2022, note 3)."""
    row = at.row
    band = at.regulation.scheme.band(row.level) if row.target.kind in _PROSE else None
    if (
        band is None
        or row.weight is None
        or row.typed_score is None
        or band.holds(row.typed_score, row.weight)
    ):
        return None
    low, high = map(number.show, band.ends(row.weight))
    message = (
        f"得 {number.show(row.typed_score)} 分，“{row.level}”档应在 {low}–{high} 分之间"
        f"（分值 {number.show(row.weight)} 分）：请核对等次和得分。"
    )
    return Said("qualitative-band", "judged", "score", message)


def score_follows_the_rule(at: Row) -> Said | None:
    """A typed score is the rule's, or there is a reason."""
    typed, rule = at.row.typed_score, at.row.outcome.score
    if typed is None or rule is None or at.has_reason:
        return None
    if abs(typed - rule) <= at.regulation.limits.score_tolerance:
        return None
    scores = f"填报 {number.show(typed)} 分，测算 {number.show(rule)} 分"
    message = f"{scores}（{at.row.outcome.explanation}）：请核对，或写明原因。"
    return Said("score-not-by-rule", "judged", "score", message)


def losses_have_a_reason(at: Row) -> Said | None:
    """Lost points are explained; inside the top band of a qualitative row it is only a note."""
    if at.lost is None or at.has_reason:
        return None
    severity: Severity = "warning"
    if at.row.target.kind == "number":
        severity = "judged"
    elif at.row.target.kind in _PROSE and _in_top_band(at):
        severity = "note"
    return Said("reason-missing", severity, "reason", f"{_loss(at)}，没有写原因：请写明扣分原因。")


FIRST_OF: tuple[RowCheck, ...] = (
    weight_and_score_are_numbers,
    score_stays_within_weight,
    score_has_a_result,
    points_have_a_name,
    points_have_a_target,
    result_is_known,
    nothing_carries_no_points,
    missed_is_not_full,
    met_is_not_cut,
    units_agree,
    kinds_agree,
    result_is_measured,
    score_lies_in_its_band,
    score_follows_the_rule,
    losses_have_a_reason,
)
COMPUTED = FIRST_OF[:3]  # what follows from figures alone is said even of a row that was not filled in


# --- what may stand beside it


def result_is_not_far_above(at: Row) -> Said | None:
    """A result far above its target has a reason; with = any excess is far."""
    row = at.row
    direction = row.direction or (row.target.parts[0].comparator if row.target.parts else "")
    if direction in ("≤", "<") or row.is_direction_open or at.has_reason:
        return None
    if len(row.target.parts) != len(row.actual.parts):
        return None
    most = Decimal(1) if direction == "=" else at.regulation.limits.over_achieved
    for target, actual in zip(row.target.parts, row.actual.parts, strict=True):
        pair = comparable(target, actual)
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


def name_and_target_agree(at: Row) -> Said | None:
    """A number in the name is the number of the target."""
    named, wanted = one_number_in(at.row.name), one_number_in(at.text("target"))
    if named is None or wanted is None or named.unit != wanted.unit or named.number == wanted.number:
        return None
    message = f"名称里是 {phrase(named)}，目标值是 {phrase(wanted)}：请核对。"
    return Said("name-target-differ", "warning", "target", message)


BESIDE: tuple[RowCheck, ...] = (
    result_is_not_far_above,
    direction_is_said,
    name_and_target_agree,
)


def said_of(row: Indicator, regulation: Regulation, explained: bool) -> tuple[Said, ...]:
    """Return what is to be said of one row: the first check that speaks, and what stands beside it."""
    at = Row(row, regulation, explained)
    blank = is_residue_of_name(row.name) or any(map(is_residue, map(at.text, ("target", "actual"))))
    first = next((said for check in (COMPUTED if blank else FIRST_OF) if (said := check(at))), None)
    beside = () if blank else (*(check(at) for check in BESIDE), *numbers_are_clear(at))
    return tuple(said for said in (first, *beside) if said is not None)


def clear_of(row: Indicator, regulation: Regulation, explained: bool) -> tuple[Said, ...]:
    """Return what is to be said of one row without scores: is its target clear, and as its name says?"""
    at = Row(row, regulation, explained)
    found = (name_and_target_agree(at), *numbers_are_clear(at))
    clear = (said for said in found if said is not None)
    return tuple(said._replace(message=said.message.replace("，暂不按规则计分", "")) for said in clear)


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _found_of(
    row: Indicator, regulation: Regulation, explained: bool, key: FormKey, places: ColumnPlaces
) -> tuple[Finding, ...]:
    """Return the findings of one row; what it says follows from the row, where it stands from the form."""
    if not row.counted:
        return ()
    speak = said_of if places.definition.is_scored else clear_of
    return tuple(_finding(key, places, row, said) for said in speak(row, regulation, explained))


def _by_row(form: Form) -> Iterator[tuple[Indicator, tuple[Finding, ...]]]:
    """Yield the rows of which anything is found."""
    explained, regulation, key = is_explained(form), form.regulation, form.key
    places = {goal: form.column_places(goal) for goal in {row.goal for row in form.sheet.indicators}}
    for row in form.sheet.indicators:
        if found := _found_of(row, regulation, explained, key, places[row.goal]):
            yield row, found


def rows_are_sound(form: Form) -> Iterator[Finding]:
    """Yield the findings of the counted rows, row by row; many losses in top bands are one note."""
    notes: list[tuple[Indicator, Finding]] = []
    for row, findings in _by_row(form):
        for finding in findings:
            if finding.code == "reason-missing" and finding.severity == "note":
                notes.append((row, finding))
            else:
                yield finding
    if notes:
        yield _together(notes)


def targets_are_clear(form: Form) -> Iterator[Finding]:
    """Of a form without scores only the targets are read."""
    return (finding for _, findings in _by_row(form) for finding in findings)


def _finding(key: FormKey, places: ColumnPlaces, row: Indicator, said: Said) -> Finding:
    """An answer to it holds while the row stays as it is."""
    basis = tuple(row.text(column).strip() for column in _BASIS)
    place = places.of(row, said.column)
    return Finding(said.code, said.severity, (key, f"{row.id}.{said.column}"), place, said.message, basis)


def _together(notes: list[tuple[Indicator, Finding]]) -> Finding:
    """Sixty small losses are one note."""
    if len(notes) == 1:
        return notes[0][1]
    rows = [row for row, _ in notes]
    lost = sum(((row.weight or Decimal(0)) - (row.score or Decimal(0)) for row in rows), Decimal(0))
    names = "、".join(cut(row.name, 12) for row in rows[:3]) + ("等" if len(rows) > 3 else "")
    said = f"{len(rows)} 行定性指标在最高档内共少 {number.show(lost)} 分，没有写原因"
    return replace(notes[0][1], message=f"{said}：{names}。可写明扣分原因。")
