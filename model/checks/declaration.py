"""Checks of a goal declaration (附表4-11): its sums and shares, and that its projects have forms."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from model.basics import number
from model.basics.amount import read_amount
from model.basics.names import plain_name
from model.checks.finding import Finding, finding, money
from model.reading.reading import Form, Reading
from model.reading.scoring import is_filled
from model.reading.shares import CURRENT, Side, sides

_HUNDREDTH = Decimal("0.01")
_WHOLE = Decimal(100)


def totals_of_sides_are_sums(form: Form) -> Iterator[Finding]:
    """A given 合计 is the sum of the rows above it, column by column.

    A column in which a row is blank although it has an amount of this year is not compared.
    """
    for side in sides(form.definition, form.answers):
        for column, found in side.sums.items():
            given = side.given[column]
            printed = read_amount(given, form.definition.money_unit)
            blank = any(part.amounts[CURRENT] and part.amounts[column] is None for part in side.parts)
            if number.is_nothing(given) or found is None or blank or printed == found:
                continue
            off = f"，相差 {money(abs(printed - found))}" if printed is not None else ""
            amounts = " ＋ ".join(money(part.amounts[column]) for part in side.parts if part.amounts[column])
            message = f"原表合计 {given.strip()}，各行合计 {amounts} ＝ {money(found)}{off}：请核对。"
            yield finding(form, "fund-rows-sum", "computed", side.cell(column), message)


def shares_are_right(form: Form) -> Iterator[Finding]:
    """Given shares differ from the exact ones by less than 0.01 and add up to exactly 100.00."""
    for side in sides(form.definition, form.answers):
        wrong = list(_wrong_shares(form, side))
        yield from wrong or _wrong_sum(form, side)


def _wrong_shares(form: Form, side: Side) -> Iterator[Finding]:
    for part in side.parts:
        given = _percent(part.given_share)
        if number.is_nothing(part.given_share) or part.exact is None or part.share is None:
            continue
        if given is not None and abs(Fraction(given) - part.exact * 100) < _HUNDREDTH:
            continue
        current = f"{money(part.amounts[CURRENT])} ÷ {money(side.sums[CURRENT])}"
        message = f"原表占比 {part.given_share.strip()}，按 {current} 应为 {part.share}%：请核对。"
        yield finding(form, "share-sum", "computed", part.cell("share"), message)


def _wrong_sum(form: Form, side: Side) -> Iterator[Finding]:
    given = [_percent(part.given_share) for part in side.parts]
    known = [share for share in given if share is not None]
    found, total = sum(known, Decimal(0)), _percent(side.given["share"])
    if known and len(known) == len(given) and found != _WHOLE:
        message = f"原表各行占比合计 {number.show(found)}%，应为 100.00%：请核对。"
        yield finding(form, "share-sum", "computed", side.cell("share"), message)
    elif total is not None and total != _WHOLE and side.share is not None:
        message = f"原表合计占比 {side.given['share'].strip()}，应为 100.00%：请核对。"
        yield finding(form, "share-sum", "computed", side.cell("share"), message)


def _percent(text: str) -> Decimal | None:
    """A given share in %: 92.47% and 92.47 are the same."""
    return number.parse_number(text.strip().rstrip("%％"))


def declared_projects_have_forms(reading: Reading) -> Iterator[Finding]:
    """A project of the declaration has a self-evaluation form, once the document has any such form."""
    form = reading.declaration
    if form is None or len(reading.forms) == 1:
        return
    named = {plain_name(project.project) for project in reading.projects}
    for block in form.definition.row_blocks:
        for row in form.answers.rows.get(block.id, ()):
            name = form.answers.text(f"{row}.name")
            if is_filled(name) and plain_name(name) not in named:
                message = f"申报表里的项目“{name.strip()}”没有项目自评表：请添加，或核对名称。"
                cell = f"{row}.name"
                yield finding(form, "project-without-form", "warning", cell, message, between=True)
