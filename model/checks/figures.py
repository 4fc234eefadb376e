"""Checks of amounts: numbers that are none, the budget, the execution and what a read file had printed."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from model import number
from model.answers import CellId
from model.checks.finding import Finding, cut, finding, money
from model.reading import Form
from model.scoring import is_absurd, is_filled

# --- figures that are none


def amounts_are_numbers(form: Form) -> Iterator[Finding]:
    """Amounts are numbers from 0 to 10^10 万元."""
    for cell in _amount_cells(form):
        text = form.answers.text(cell)
        if not is_filled(text):
            continue
        amount = number.parse_amount(text, form.definition.money_unit)
        if amount is None:
            yield _not_a_number(form, cell, text, "请填如 1074.56")
        elif is_absurd(amount, form.definition):
            why = "金额不能小于 0" if amount < 0 else "金额过大"
            yield finding(form, "not-a-number", "computed", cell, f"“{cut(text)}”：{why}，请核对。")


def _amount_cells(form: Form) -> Iterator[CellId]:
    yield from (field.id for field in form.definition.fields.values() if field.kind == "money")
    columns = [c.key for c in form.definition.funds.columns if c.key in ("initial", "budget", "executed")]
    for row in form.definition.funds.rows:
        yield from (f"funds.{row.key}.{column}" for column in columns)


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
        yield finding(form, "not-a-number", "computed", cell, f"“{cut(text)}”：分值不能小于 0，请核对。")


def _not_a_number(form: Form, cell: CellId, text: str, example: str) -> Finding:
    return finding(form, "not-a-number", "computed", cell, f"不是数字：“{cut(text)}”，{example}。")


# --- funds


def money_needs_a_budget(form: Form) -> Iterator[Finding]:
    """Without an adjusted budget nothing can have been spent and no points be claimed."""
    first = form.sheet.funds[0]
    cell = f"funds.{first.key}.budget"
    if first.budget or (first.budget is None and is_filled(form.answers.text(cell))):
        return
    if first.executed:
        amount = money(first.executed)
        yield finding(
            form, "no-budget", "computed", cell, f"预算数为 0 或未填，执行数却有 {amount}：请补填预算数。"
        )
    elif (number.parse_points(form.answers.given.get(f"funds.{first.key}.score", "")) or 0) > 0:
        yield finding(
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
    yield finding(
        form,
        "execution-rate",
        "computed",
        cell,
        f"原表执行率 {given.strip()}，按 {money(first.executed)} ÷ {money(first.budget)} "
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


def given_execution_score_is_right(form: Form) -> Iterator[Finding]:
    """A given execution score follows from the exact rate or from the shown one, capped at the points."""
    cell = f"funds.{form.sheet.funds[0].key}.score"
    given, exact = form.answers.given.get(cell, ""), form.sheet.execution_rate
    if exact is None or form.sheet.execution.score is None or not is_filled(given):
        return
    if number.parse_points(given) in _acceptable_scores(form, exact):
        return
    yield finding(
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
