"""The form that forms of many units add up to, with what is open and how each figure came about."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from model.aggregation.lines import Decisions, Line, lines_of
from model.aggregation.parts import Part, Sorted, sort_parts
from model.aggregation.questions import Question
from model.basics import number
from model.basics.amount import Amount
from model.document.answers import INDICATORS, CellId, FormAnswers
from model.forms.definition import FormDefinition

AMOUNTS = ("initial", "budget", "executed")
_COLUMNS = ("level1", "level2", "name", "weight", "target", "actual", "score", "direction", "level")


class FundSum(NamedTuple):
    """An amount of the result: its cell, its sum, the units that gave none, how it came about, what each
    unit gave.
    """

    cell: CellId
    amount: Decimal
    without: tuple[str, ...]
    step: str
    given: tuple[tuple[str, Decimal], ...] = ()


class Aggregate(NamedTuple):
    """What the forms add up to. While `questions` are open nothing is to be written into a document."""

    sorted: Sorted
    lines: tuple[Line, ...]
    funds: tuple[FundSum, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """What the clerk has still to answer, in the order of the indicators."""
        return tuple(question for line in self.lines for question in line.questions)


def aggregate(
    parts: Sequence[Part],
    definition: FormDefinition,
    year: str,
    decisions: Decisions | None = None,
    left_out: Sequence[str] = (),
) -> Aggregate:
    """Add forms up by the footnotes; pure, so that each answer shows its effect at once."""
    found = sort_parts(parts, definition.id, year, left_out)
    lines = lines_of(found.counted, decisions or {}) if found.counted else ()
    return Aggregate(found, lines, tuple(_fund_sums(found.counted, definition)))


def _fund_sums(parts: Sequence[Part], definition: FormDefinition) -> Iterator[FundSum]:
    """Yield the sum of every amount of the funds that any form gives, in the unit of the definition."""
    for row in definition.funds.rows if parts and definition.funds else ():
        for column in AMOUNTS:
            amounts = [(part, _amount(part, row.key, column, definition.money_unit)) for part in parts]
            known = [(part, amount) for part, amount in amounts if amount is not None]
            if known:
                total = sum((amount for _, amount in known), Decimal(0))
                without = tuple(part.name for part, amount in amounts if amount is None)
                step = "＋".join(number.plain(amount) for _, amount in known)
                given = tuple((part.name, amount) for part, amount in known)
                yield FundSum(row.cell(column), total, without, f"{step}＝{number.plain(total)}", given)


def _amount(part: Part, row: str, column: str, unit: str) -> Decimal | None:
    funds = next((found for found in part.form.sheet.funds if found.row.key == row), None)
    amount: Amount | None = getattr(funds, column) if funds else None
    return None if amount is None else amount.to(unit).number


def texts_of(result: Aggregate, goal: str = "") -> tuple[tuple[str, ...], dict[CellId, str]]:
    """Return ids and texts of the indicator rows and the texts of the funds of the result."""
    rows = tuple(f"i{n}" for n, line in enumerate(result.lines, start=1) if line.contributions)
    texts: dict[CellId, str] = {sum_.cell: number.plain(sum_.amount) for sum_ in result.funds}
    counted = [line for line in result.lines if line.contributions]
    for row, line in zip(rows, counted, strict=False):
        texts |= {f"{row}.{column}": getattr(line, column) for column in _COLUMNS}
        texts[f"{row}.goal"] = goal
    return rows, {cell: text for cell, text in texts.items() if text}


def filled(form: FormAnswers, result: Aggregate, before: Aggregate | None = None) -> FormAnswers:
    """Return a form with the result put in. With what stood there after the last adding up (`before`) only
    texts that are still as they were then are replaced: what the clerk wrote meanwhile stays.
    """
    if result.questions:
        raise ValueError("questions are open")
    goal = form.goals[0] if form.goals else ""
    old = _by_name(texts_of(before, goal)[1]) if before else {}
    counted = [line for line in result.lines if line.contributions]
    rows = {_name_of(form, row): row for row in form.indicators if _name_of(form, row)[1]}
    if not before and not rows:
        form = form.with_rows(INDICATORS, ())
    ids = list(form.indicators)
    changes: dict[CellId, str] = {}
    for line in counted:
        row = rows.get((line.level2, line.name))
        if row is None:
            row = _new_id(ids)
            ids.append(row)
            changes[f"{row}.goal"] = goal
        for column in _COLUMNS:
            cell = f"{row}.{column}"
            was = old.get((line.level2, line.name), {}).get(column, "")
            if form.text(cell) in ("", was):
                changes[cell] = getattr(line, column)
    return form.with_rows(INDICATORS, ids).with_texts({**changes, **_fund_changes(form, result, before)})


def _fund_changes(form: FormAnswers, result: Aggregate, before: Aggregate | None) -> Mapping[CellId, str]:
    old = {sum_.cell: number.plain(sum_.amount) for sum_ in before.funds} if before else {}
    return {
        sum_.cell: number.plain(sum_.amount)
        for sum_ in result.funds
        if form.text(sum_.cell) in ("", old.get(sum_.cell, ""))
    }


def _name_of(form: FormAnswers, row: str) -> tuple[str, str]:
    return form.text(f"{row}.level2"), form.text(f"{row}.name")


def _by_name(texts: Mapping[CellId, str]) -> dict[tuple[str, str], dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for cell, text in texts.items():
        row, _, column = cell.partition(".")
        rows.setdefault(row, {})[column] = text
    return {(row.get("level2", ""), row.get("name", "")): row for row in rows.values()}


def _new_id(ids: Sequence[str]) -> str:
    return f"i{1 + max((int(name[1:]) for name in ids if name[1:].isdecimal()), default=0)}"
