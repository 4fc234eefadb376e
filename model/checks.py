"""Checks of one form: small pure functions that read it and yield findings; none changes anything.

The catalogue with codes and severities is data of the project's design; a code never changes its meaning.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from model import number
from model.answers import Address, CellId
from model.loader import covers
from model.reading import Form, Reading, goal_name
from model.scoring import Indicator, is_absurd, is_filled, sum_of_weights, weights_by_block

Severity = Literal["computed", "judged", "warning", "note"]
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a stable code, how grave it is, where, and in Chinese what to do about what."""

    code: str
    severity: Severity
    address: Address
    place: str
    message: str

    @property
    def is_open_error(self) -> bool:
        """Whether it keeps the form a draft."""
        return self.severity in ("computed", "judged")


Check = Callable[[Form], Iterable[Finding]]


def _finding(
    form: Form, code: str, severity: Severity, cell: CellId, message: str, place: str = ""
) -> Finding:
    return Finding(code, severity, form.at(cell), place or form.place(cell), message)


def _too_much_or_little(found: Decimal, wanted: Decimal) -> str:
    return f"{'多' if found > wanted else '少'} {number.show(abs(found - wanted))} 分"


# --- figures that are none


def amounts_are_numbers(form: Form) -> Iterator[Finding]:
    """Amounts are numbers from 0 to 10^10 万元."""
    for cell in form.amount_cells():
        text = form.answers.text(cell)
        if not is_filled(text):
            continue
        amount = number.parse_amount(text, form.definition.money_unit)
        if amount is None:
            yield _not_a_number(form, cell, text, "请填如 1074.56")
        elif is_absurd(amount, form.definition):
            why = "金额不能小于 0" if amount < 0 else "金额过大"
            yield _finding(form, "not-a-number", "computed", cell, f"“{_cut(text)}”：{why}，请核对。")


def points_are_numbers(form: Form) -> Iterator[Finding]:
    """Points of goals, weights and scores are numbers; a negative score is the business of another check."""
    cells = [f"{goal}.points" for goal in form.answers.goals if form.definition.goal_points]
    for row in form.sheet.indicators:
        if row.has_unread_weight:
            cells.append(f"{row.id}.weight")
        if row.has_score_text and row.typed_score is None:
            cells.append(f"{row.id}.score")
    for cell in cells:
        text = form.answers.text(cell)
        if is_filled(text):
            yield from _points_finding(form, cell, text)


def _points_finding(form: Form, cell: CellId, text: str) -> Iterator[Finding]:
    points = number.parse_points(text)
    if points is None:
        yield _not_a_number(form, cell, text, "请填如 9.5")
    elif points < 0 and not cell.endswith(".score"):
        yield _finding(form, "not-a-number", "computed", cell, f"“{_cut(text)}”：分值不能小于 0，请核对。")


def _not_a_number(form: Form, cell: CellId, text: str, example: str) -> Finding:
    return _finding(form, "not-a-number", "computed", cell, f"不是数字：“{_cut(text)}”，{example}。")


def _cut(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"


# --- funds


def money_needs_a_budget(form: Form) -> Iterator[Finding]:
    """Without an adjusted budget nothing can have been spent and no points be claimed."""
    first = form.sheet.funds[0]
    cell = f"funds.{first.key}.budget"
    if first.budget or (first.budget is None and is_filled(form.answers.text(cell))):
        return
    if first.executed:
        amount = number.grouped(first.executed)
        yield _finding(
            form, "no-budget", "computed", cell, f"预算数为 0 或未填，执行数却有 {amount}：请补填预算数。"
        )
    elif (number.parse_points(form.answers.given.get(f"funds.{first.key}.score", "")) or 0) > 0:
        yield _finding(
            form, "no-budget", "computed", cell, "预算数为 0 或未填，原表却给了执行率得分：请补填预算数。"
        )


def given_rate_is_right(form: Form) -> Iterator[Finding]:
    """A given rate is executed ÷ adjusted budget, rounded half up to as many decimals as it shows."""
    cell = f"funds.{form.sheet.funds[0].key}.rate"
    given, exact = form.answers.given.get(cell, ""), form.sheet.execution_rate
    if exact is None or not is_filled(given) or _rate_follows(given, exact):
        return
    first = form.sheet.funds[0]
    shown = number.show_rate(exact)[0]
    yield _finding(
        form,
        "execution-rate",
        "computed",
        cell,
        f"原表执行率 {given.strip()}，按 {_amount(first.executed)} ÷ {_amount(first.budget)} "
        f"应为 {shown}：请核对。",
    )


def _rate_follows(given: str, exact: Fraction) -> bool:
    return any(_is_rounded(rate, places, exact) for rate, places in _readings(given))


def _readings(given: str) -> list[tuple[Decimal, int]]:
    """A given rate as fraction, and the decimals of its percentage; without % it may be 99.83 or 0.9983."""
    if read := number.parse_percent(given):
        return [read]
    as_percent, as_fraction = number.parse_percent(given + "%"), number.parse_number(given)
    fraction = [(as_fraction, max(number.decimals(as_fraction) - 2, 0))] if as_fraction is not None else []
    return ([as_percent] if as_percent else []) + fraction


def _is_rounded(rate: Decimal, places: int, exact: Fraction) -> bool:
    """A rate of 100 % without decimals is right only if it is exactly 100 %."""
    return exact == 1 if rate == 1 and places == 0 else number.rounded(exact, places + 2) == rate


def _amount(value: Decimal | None) -> str:
    return number.grouped(value) if value is not None else "—"


def given_execution_score_is_right(form: Form) -> Iterator[Finding]:
    """A given execution score follows from the exact rate or from the shown one, capped at the points."""
    cell = f"funds.{form.sheet.funds[0].key}.score"
    given, exact = form.answers.given.get(cell, ""), form.sheet.execution_rate
    if exact is None or form.sheet.execution.score is None or not is_filled(given):
        return
    if number.parse_points(given) in _acceptable_scores(form, exact):
        return
    yield _finding(
        form,
        "execution-score",
        "computed",
        cell,
        f"原表得分 {given.strip()}，应为 {form.sheet.execution.explanation}：请核对。",
    )


def _acceptable_scores(form: Form, exact: Fraction) -> set[Decimal]:
    points = form.definition.execution_points
    given = form.answers.given.get(f"funds.{form.sheet.funds[0].key}.rate", "")
    shown = [number.parse_percent(number.show_rate(exact)[0]), *_readings(given)]
    rates = [
        exact,
        *(Fraction(rate) for rate, places in filter(None, shown) if _is_rounded(rate, places, exact)),
    ]
    return {number.rounded(min(Fraction(points) * rate, Fraction(points)), 2) for rate in rates}


# --- weights


def weights_make_a_hundred(form: Form) -> Iterator[Finding]:
    """All weights, execution included, add up to 100."""
    total = form.sheet.weights_total
    if total is None or total == HUNDRED:
        return
    execution = form.definition.execution_points
    yield _finding(
        form,
        "weights-not-100",
        "computed",
        next(f"{row.id}.weight" for row in form.sheet.indicators if row.counted),
        f"预算执行 {number.show(execution)} 分与各行分值 {number.show(total - execution)} 分合计 "
        f"{number.show(total)} 分，"
        f"应为 100 分，{_too_much_or_little(total, HUNDRED)}：请核对各行的分值。",
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
        yield _finding(
            form,
            "block-weights",
            severity,
            f"{rows[0].id}.weight",
            f"{name}各行分值合计 {number.show(found)} 分，应为 {number.show(points)} 分，"
            f"{_too_much_or_little(found, points)}：请核对 {_weighted(rows)} 行的分值。",
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
        yield _finding(
            form,
            "goal-points",
            "computed",
            f"{goal}.points",
            f"{name}各行分值合计 {number.show(found)} 分，应为 {number.show(points)} 分，"
            f"{_too_much_or_little(found, points)}：请核对 {_weighted(rows)} 行的分值。",
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
        yield _finding(form, "score-above-weight", "computed", f"{row.id}.score", message)


def given_total_is_the_sum(form: Form) -> Iterator[Finding]:
    """A given total is the sum of execution and row scores; silent while a weighted row has none."""
    given, total = form.answers.given.get("total", ""), form.sheet.total
    unscored = any(row.has_weight_text and row.score is None for row in form.sheet.indicators)
    if not is_filled(given) or total is None or unscored or number.parse_points(given) == total:
        return
    execution = form.sheet.execution.score
    rows = total - (execution or 0)
    yield _finding(
        form,
        "total-mismatch",
        "computed",
        "total",
        f"原表总分 {given.strip()}，预算执行得分 {_amount(execution)} 与各行得分 {number.show(rows)} 合计 "
        f"{number.show(total)}：请核对。",
    )


# --- characters


def characters_can_be_printed(form: Form) -> Iterator[Finding]:
    """Every character has a glyph in the shipped fonts."""
    for cell, text in form.answers.texts.items():
        if lacking := _lacking(text):
            chars = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:5])
            yield _finding(form, "missing-glyph", "computed", cell, f"{chars}无法打印，请换字。")


@lru_cache(maxsize=20_000)
def _lacking(text: str) -> tuple[str, ...]:
    printable = covers()
    return tuple(sorted({char for char in text if not char.isspace() and not printable(char)}))


FORM_CHECKS: tuple[Check, ...] = (
    amounts_are_numbers,
    points_are_numbers,
    money_needs_a_budget,
    given_rate_is_right,
    given_execution_score_is_right,
    weights_make_a_hundred,
    blocks_have_their_points,
    goals_have_their_points,
    scores_stay_within_weights,
    given_total_is_the_sum,
    characters_can_be_printed,
)


UNSCORED_CHECKS: tuple[Check, ...] = (amounts_are_numbers, characters_can_be_printed)


def check_form(form: Form) -> tuple[Finding, ...]:
    """Return all findings of one form, in the order of the checks."""
    checks = FORM_CHECKS if form.definition.is_scored else UNSCORED_CHECKS
    return tuple(finding for check in checks for finding in check(form))


def run_checks(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of all forms of a document."""
    return tuple(finding for form in reading.forms for finding in check_form(form))
