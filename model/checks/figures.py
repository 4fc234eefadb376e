"""Checks of amounts: numbers that are none, the budget, the execution and what a read file had printed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount, read_amount, total
from model.checks.finding import Finding, cut, finding, money
from model.document.answers import CellId
from model.forms.definition import bare
from model.reading.amounts import FundLine
from model.reading.reading import Form, field_name
from model.reading.reasons import is_explained

# --- figures that are none


def amounts_are_numbers(form: Form) -> Iterator[Finding]:
    """Amounts are numbers from 0 to 10^10 万元."""
    for cell in form.amount_cells():
        text = form.answers.text(cell)
        if number.is_nothing(text):
            continue
        amount = read_amount(text, form.definition.money_unit)
        if amount is None:
            yield _not_a_number(form, cell, text, "请填如 1074.56")
        elif (abs(amount) if _is_signed(form, cell) else amount).is_absurd:
            why = "金额不能小于 0" if amount.number < 0 else "金额过大"
            yield finding(form, "not-a-number", "computed", cell, f"“{cut(text)}”：{why}，请核对。")


def _is_signed(form: Form, cell: CellId) -> bool:
    column = form.column_of(cell)
    return column is not None and column.is_signed


def points_are_numbers(form: Form) -> Iterator[Finding]:
    """Points of goals, and in columns of the form's own, are numbers not below 0."""
    goals = form.answers.goals if form.definition.goal_points else ()
    for cell in (*(f"{goal}.points" for goal in goals), *form.cells_of_kind("points")):
        text = form.answers.text(cell)
        points = number.parse_points(text)
        if points is None and not number.is_nothing(text):
            yield _not_a_number(form, cell, text, "请填如 9.5")
        elif points is not None and points < 0:
            yield finding(form, "not-a-number", "computed", cell, f"“{cut(text)}”：分值不能小于 0，请核对。")


def _not_a_number(form: Form, cell: CellId, text: str, example: str) -> Finding:
    return finding(form, "not-a-number", "computed", cell, f"不是数字：“{cut(text)}”，{example}。")


# --- funds


def money_needs_a_budget(form: Form) -> Iterator[Finding]:
    """Without an adjusted budget nothing can have been spent and no points be claimed."""
    first = form.sheet.whole
    cell = first.cell("budget")
    if first.budget or (first.budget is None and not number.is_nothing(form.answers.text(cell))):
        return
    if first.executed:
        amount = money(first.executed)
        yield finding(
            form, "no-budget", "computed", cell, f"预算数为 0 或未填，执行数却有 {amount}：请补填预算数。"
        )
    elif (number.parse_points(form.answers.given.get(first.cell("score"), "")) or 0) > 0:
        yield finding(
            form, "no-budget", "computed", cell, "预算数为 0 或未填，原表却给了执行率得分：请补填预算数。"
        )


def given_rate_is_right(form: Form) -> Iterator[Finding]:
    """A given rate is executed ÷ adjusted budget, rounded half up to as many decimals as it shows."""
    cell = form.sheet.whole.cell("rate")
    given, exact = form.answers.given.get(cell, ""), form.sheet.execution_rate
    if exact is None or number.is_nothing(given) or _rate_follows(given, exact):
        return
    first = form.sheet.whole
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
    cell = form.sheet.whole.cell("score")
    given, exact = form.answers.given.get(cell, ""), form.sheet.execution_rate
    if exact is None or form.sheet.execution.score is None or number.is_nothing(given):
        return
    if number.parse_points(given) in _acceptable_scores(form, exact):
        return
    yield finding(
        form,
        "execution-score",
        "computed",
        cell,
        f"原表得分 {given.strip()}，应为 {form.sheet.execution.explanation.removesuffix('。')}：请核对。",
    )


def _acceptable_scores(form: Form, exact: Fraction) -> set[Decimal]:
    points = form.definition.execution_points
    given = form.answers.given.get(form.sheet.whole.cell("rate"), "")
    shown = [number.parse_percent(number.show_rate(exact)[0]), *_readings(given)]
    rates = [
        exact,
        *(Fraction(rate) for rate, places in filter(None, shown) if _is_rounded(rate, places, exact)),
    ]
    return {number.rounded(min(Fraction(points) * rate, Fraction(points)), 2) for rate in rates}


def given_execution_weight_is_right(form: Form) -> Iterator[Finding]:
    """A given weight of the execution is the form's."""
    cell = form.sheet.whole.cell("weight")
    given, points = number.parse_points(form.answers.given.get(cell, "")), form.definition.execution_points
    if given is not None and given != points:
        message = f"原表预算执行分值 {number.show(given)} 分，应为 {number.show(points)} 分：请核对。"
        yield finding(form, "execution-weight", "computed", cell, message)


# --- amounts that do not fit each other


def rows_of_funds_add_up(form: Form) -> Iterator[Finding]:
    """The first row of the funds is the sum of its sub-rows, column by column.

    A column in which a sub-row with a budget is blank, or none has anything, is not compared. A row that was
    added to the form may be a detail of the one above it, which then counts alone.
    """
    first, *rows = form.sheet.funds
    for column in first.amounts:
        whole, parts = first.amounts[column], [row.amounts[column] for row in rows]
        known = [part for part in parts if part is not None]
        blank = any(row.budget and row.amounts[column] is None for row in rows)
        unread = any(
            row.amounts[column] is None and not number.is_nothing(form.answers.text(row.row.cell(column)))
            for row in rows
        )
        if whole is None or not known or blank or unread or (found := total(known, whole.unit)) == whole:
            continue
        if any(row.row.is_added for row in rows) and _may_make(whole, _parts(rows, column)):
            continue
        message = (
            f"{first.row.caption} {money(whole)}，"
            f"明细合计 {' ＋ '.join(map(money, known))} ＝ {money(found)}，"
            f"相差 {money(abs(whole - found))}：请核对。"
        )
        yield finding(form, "fund-rows-sum", "computed", first.row.cell(column), message)


class _Part(NamedTuple):
    """An amount that adds to a sum; it may be a part of the one above it (其中) if it is not the form's."""

    amount: Amount
    is_of_which: bool


_MOST_DETAILS = 6  # rows that are looked at as details of one
_MOST_ROWS = 100  # of which one can still tell details from sums
_MOST_SUMS = 500  # that rows may make; more tell nothing


def _parts(rows: Iterable[FundLine], column: str) -> list[_Part]:
    found = ((row.row, row.amounts[column]) for row in rows)
    return [
        _Part(amount, row.is_added and bare(row.caption).startswith("其中"))
        for row, amount in found
        if amount is not None
    ]


def _may_make(whole: Amount, parts: Sequence[_Part]) -> bool:
    """Whether rows make a sum if some of them are details of the row above: all of it, or 其中 some of it.

    From the last row up: the sums that the rows from there on may make. Of too many nobody can say.
    """
    if len(parts) > _MOST_ROWS:
        return True
    sums: list[frozenset[Amount]] = [frozenset((whole - whole,))]  # … from the row after the last
    for at in range(len(parts) - 1, -1, -1):
        head = parts[at].amount
        ends = range(at + 1, min(at + 1 + _MOST_DETAILS, len(parts)) + 1)
        details = (end for end in ends if _are_details(head, parts[at + 1 : end]))
        sums.append(frozenset(head + rest for end in details for rest in sums[len(parts) - end]))
        if len(sums[-1]) > _MOST_SUMS:
            return True
    return whole in sums[-1]


def _are_details(head: Amount, parts: Sequence[_Part]) -> bool:
    found = total((part.amount for part in parts), head.unit)
    return not parts or found == head or (parts[0].is_of_which and found < head)


def only_the_first_row_is_scored(form: Form) -> Iterator[Finding]:
    """Weights and scores stand in the first row of the funds alone."""
    for row in form.sheet.funds[1:]:
        texts = {name: form.answers.text(row.cell(name)) for name in ("weight", "score")}
        filled = {
            name: text
            for name, text in texts.items()
            if not number.is_nothing(text) and number.parse_points(text) != 0
        }
        if filled:
            said = "、".join(f"{_POINT_NAMES[name]} {text.strip()}" for name, text in filled.items())
            message = f"这一行填了{said}，分值和得分只填在第一行，不重复计分：请清除。"
            cell = row.cell(next(iter(filled)))
            yield finding(form, "sub-row-scored", "warning", cell, message, basis=tuple(texts.values()))


_POINT_NAMES = {"weight": "分值", "score": "得分"}


def execution_stays_within_the_budget(form: Form) -> Iterator[Finding]:
    """No more is spent than the adjusted budget allows."""
    first = form.sheet.whole
    budget, executed = first.budget, first.executed
    if not budget or executed is None or executed <= budget or units_differ(executed, budget):
        return
    over = money(executed - budget)
    message = f"执行数 {money(executed)} 大于预算数 {money(budget)}，多 {over}：请核对，或加以说明。"
    yield finding(form, "budget-exceeded", "judged", first.cell("executed"), message)


def low_execution_is_explained(form: Form) -> Iterator[Finding]:
    """An execution below the limit has a reason."""
    rate, limit = form.sheet.execution_rate, form.regulation.limits.low_rate
    if rate is None or rate >= limit or is_explained(form) or _amounts_in_other_units(form):
        return
    first = form.sheet.whole
    message = (
        f"执行率 {number.show_rate(rate)[0]}（{money(first.executed)} ÷ {money(first.budget)}），"
        f"低于 {number.show_rate(limit)[0]}：请说明原因。"
    )
    yield finding(form, "low-execution", "warning", first.cell("executed"), message)


def a_changed_budget_is_explained(form: Form) -> Iterator[Finding]:
    """An adjusted budget far from the initial one has a reason."""
    first = form.sheet.whole
    initial, budget = first.initial, first.budget
    if initial is None or budget is None or is_explained(form) or units_differ(initial, budget):
        return
    if abs(budget - initial) <= initial * form.regulation.limits.budget_change:
        return
    change = f"{'增加' if budget > initial else '减少'} {money(abs(budget - initial))}"
    message = f"年初预算数 {money(initial)}，调整后 {money(budget)}，{change}：可说明调整原因。"
    yield finding(form, "budget-changed", "note", first.cell("budget"), message)


def amounts_are_in_one_unit(form: Form) -> Iterator[Finding]:
    """Initial budget, adjusted budget and execution do not differ by a factor of 10,000."""
    first = form.sheet.whole
    names = {"initial": "年初预算数", "executed": "执行数"}
    for column, name in names.items():
        value = getattr(first, column)
        if value is None or first.budget is None or not units_differ(value, first.budget):
            continue
        cell = first.cell(column)
        yield finding(
            form, "unit-of-money", "judged", cell, in_other_units(name, value, "预算数", first.budget)
        )


def _amounts_in_other_units(form: Form) -> bool:
    first = form.sheet.whole
    return (
        first.executed is not None and first.budget is not None and units_differ(first.executed, first.budget)
    )


def units_differ(one: Amount, other: Amount) -> bool:
    """Whether two amounts that should agree differ by a factor of 10,000, give or take 1 %."""
    low, high = sorted((one, other))
    return low.number > 0 and 9900 <= high / low <= 10100


def in_other_units(name: str, value: Amount, other_name: str, other: Amount) -> str:
    """Return the message about two amounts of which one seems to be typed in another unit."""
    slip = "把万元填成了元" if value.unit == "元" else "把元填成了万元"
    return f"{name} {money(value)}，{other_name} {money(other)}，相差约一万倍：请核对是不是{slip}。"


# --- parts of the whole


def parts_make_the_whole(form: Form) -> Iterator[Finding]:
    """基本支出 and 项目支出, and a split by income or expenditure, make the total of the funds."""
    for cells in parts_of_the_total(form):
        values = {cell: form.amount(cell) for cell in cells}
        known = {cell: value for cell, value in values.items() if value is not None}
        if len(known) == sum(not number.is_nothing(form.answers.text(cell)) for cell in cells) > 0:
            yield from _compared_with_total(form, known)


def parts_of_the_total(form: Form) -> Iterator[tuple[CellId, ...]]:
    """Yield the fields that together make the total of the funds, as the definition has them."""
    fields = form.definition.fields.values()
    heads = tuple(f.id for f in fields if f.kind == "money" and f.at == "fields")
    sides = [tuple(f.id for f in fields if f.kind == "money" and f.at.endswith(side)) for side in _SIDES]
    if len(heads) > 1 and not any(number.is_nothing(form.answers.text(cell)) for cell in heads):
        yield heads
    yield from (side for side in sides if side)


_SIDES = ("by_income", "by_expenditure")


def _compared_with_total(form: Form, known: dict[CellId, Amount]) -> Iterator[Finding]:
    first = form.sheet.whole
    wholes = [value for value in (first.initial, first.budget, first.executed) if value is not None]
    found = total(known.values(), form.definition.money_unit)
    if not wholes or found in wholes:
        return
    whole = min(wholes, key=lambda value: abs(value - found))
    cell = next(iter(known))
    names = [f"{_part_name(form, cell)} {money(value)}" for cell, value in known.items() if value]
    if units_differ(found, whole):
        yield finding(
            form, "unit-of-money", "judged", cell, in_other_units("各部分合计", found, "总额", whole)
        )
        return
    off = abs(found - whole)
    message = f"{' ＋ '.join(names)} ＝ {money(found)}，总额 {money(whole)}，相差 {money(off)}：请核对。"
    small = off <= form.regulation.limits.rounding * len(names)
    yield finding(form, "parts-sum", "note" if small else "judged", cell, message)


def _part_name(form: Form, cell: CellId) -> str:
    return field_name(form.definition.fields[cell]).removeprefix("其中：")
