"""Checks of cost indicators: what was spent stays within the limits that the cost rows name."""

from collections.abc import Iterator

from model.basics import number
from model.basics.amount import Amount, total
from model.basics.number import MONEY_POWERS
from model.basics.quantity import Quantity, comparable, phrase
from model.checks.finding import Finding, cut, finding, money
from model.reading.reading import Form
from model.reading.scoring import Indicator

_BY_PIECE = ("人均", "单位", "每", "单价")


def costs_stay_within_limits(form: Form) -> Iterator[Finding]:
    """No result of a cost row exceeds its limit, and the limits together allow for what was executed."""
    rows = [row for row in form.sheet.indicators if row.counted and "成本" in row.level2]
    for row in rows:
        yield from _result_above_limit(form, row)
    yield from _limits_below_execution(form, rows)


def _result_above_limit(form: Form, row: Indicator) -> Iterator[Finding]:
    limit, actual = row.target.parts, row.actual.parts
    if len(limit) != 1 or len(actual) != 1 or _is_floor(row):
        return
    most = limit[0]._replace(number=limit[0].ceiling, most=None)
    pair = comparable(most, actual[0])
    if pair is None or pair[1] <= pair[0]:
        return
    over = phrase(Quantity("", pair[1] - pair[0], most.unit))
    message = f"控制数 {phrase(limit[0])}，实际 {phrase(actual[0])}，超出 {over}：请核对，或说明原因。"
    basis = tuple(form.answers.text(f"{row.id}.{column}") for column in ("name", "target", "actual"))
    yield finding(form, "cost-over-limit", "warning", f"{row.id}.actual", message, basis=basis)


def _limits_below_execution(form: Form, rows: list[Indicator]) -> Iterator[Finding]:
    whole = [row for row in rows if not _is_by_piece(row)]
    limits = [_limit(form, row) for row in whole if not _is_other_unit(row)]
    executed = form.sheet.whole.executed
    known = [limit for limit in limits if limit is not None]
    if executed is None or not known or len(known) < len(limits):
        return
    row, together = whole[0], total(known, executed.unit)
    if together >= executed:
        return
    said = " ＋ ".join(map(money, known)) + (f" ＝ {money(together)}" if len(known) > 1 else "")
    over = money(executed - together)
    message = f"成本控制数合计 {said}，执行数 {money(executed)}，超出 {over}：请核对，或说明原因。"
    basis = tuple(number.plain(amount.number) for amount in (*known, executed))
    place = f"成本指标 · {cut(row.name)}" if row.name else "成本指标"
    yield finding(form, "cost-over-limit", "warning", f"{row.id}.target", message, basis=basis, place=place)


def _is_floor(row: Indicator) -> bool:
    """Whether the target is the least, not the most that may be."""
    limit = row.target.parts[0]
    return (row.direction or limit.comparator) in ("≥", ">") and limit.most is None


def _is_by_piece(row: Indicator) -> bool:
    """Whether a row limits the cost of a head or a piece, not an amount as a whole."""
    per = any("/" in part.unit for part in row.target.parts)
    return per or any(word in row.name for word in _BY_PIECE)


def _is_other_unit(row: Indicator) -> bool:
    """Whether the limit is a number that is no amount: 成本控制率 ≤100%."""
    return bool(row.target.parts) and row.target.parts[0].unit not in ("", *MONEY_POWERS)


def _limit(form: Form, row: Indicator) -> Amount | None:
    """The limit in the form's money unit; None where the target is no amount."""
    parts = row.target.parts
    if len(parts) != 1 or parts[0].unit not in MONEY_POWERS or _is_floor(row):
        return None
    return Amount(parts[0].ceiling, parts[0].unit).to(form.definition.money_unit)
