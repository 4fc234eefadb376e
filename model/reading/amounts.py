"""Rows of amounts of a form or report: those of the form and those added to it, as read, sums computed."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount, read_amount, total
from model.document.answers import CellId, FormAnswers
from model.forms.definition import AmountRow, FormDefinition, FundsBlock
from model.forms.rules import execution_rate

LABEL, UNDER = "label", "under"  # of an added row: its name, and the key of the form's row it stands below


class AmountLine(NamedTuple):
    """A row with its amounts by column; None is unknown. Those of a sum can't be typed."""

    row: AmountRow
    amounts: Mapping[str, Amount | None]

    def cell(self, column: str) -> CellId:
        """Return the cell of a column."""
        return self.row.cell(column)


class FundLine(NamedTuple):
    """A row of the execution of a budget; `base` is the column that it is measured by."""

    row: AmountRow
    amounts: Mapping[str, Amount | None]
    base: str = "budget"

    @property
    def initial(self) -> Amount | None:
        """The budget at the beginning of the year."""
        return self.amounts.get("initial")

    @property
    def budget(self) -> Amount | None:
        """What the execution is measured by: the adjusted budget; where a form has none the initial one
        with its adjustment."""
        base = self.amounts.get(self.base)
        adjustment = self.amounts.get("adjustment") if self.base == "initial" else None
        return base + adjustment if base is not None and adjustment is not None else base

    @property
    def executed(self) -> Amount | None:
        """What was spent."""
        return self.amounts.get("executed")

    @property
    def rate(self) -> Fraction | None:
        """How much of it was spent, exactly."""
        return execution_rate(self.executed, self.budget)

    def cell(self, column: str) -> CellId:
        """Return the cell of a column; that of the budget is what the execution is measured by."""
        return self.row.cell(self.base if column == "budget" else column)


NO_FUNDS = FundLine(AmountRow("", "", at="funds"), {})  # of a form without money


def rows_of(block: FundsBlock, answers: FormAnswers) -> tuple[AmountRow, ...]:
    """Return the rows of a block in the order of paper: an added one stands below the one it is under.

    A sum adds up what is added below its rows too.
    """
    added = answers.rows.get(block.id, ())
    if not added:
        return block.rows
    below: dict[str, list[str]] = {}
    keys = [row.key for row in block.rows]
    for name in added:
        under = answers.text(f"{name}.{UNDER}")
        below.setdefault(under if under in keys else keys[-1], []).append(name)
    return tuple(_with_added(block, below, answers))


def _with_added(
    block: FundsBlock, below: Mapping[str, list[str]], answers: FormAnswers
) -> Iterator[AmountRow]:
    for row in block.rows:
        yield row._replace(sums=(*row.sums, *(name for key in row.sums for name in below.get(key, ()))))
        for name in below.get(row.key, ()):
            yield AmountRow(name, answers.text(f"{name}.{LABEL}"), row.group, at=name, is_added=True)


def lines_of(
    rows: Sequence[AmountRow],
    columns: Iterable[str],
    answers: FormAnswers,
    unit: str,
    known: Mapping[CellId, Amount] = MappingProxyType({}),
    signed: Container[str] = (),
) -> tuple[AmountLine, ...]:
    """Return the rows with their amounts, typed in `unit`; where nothing is typed `known` amounts hold.

    Those in `signed` columns may be below 0.
    A sum is that of what is filled in; it is unknown while nothing is, or something can't be read.
    """
    columns = tuple(columns)
    reader = _Reader({row.key: row for row in rows}, answers, unit, known, signed)
    return tuple(AmountLine(row, {c: reader.amount(row, c) for c in columns}) for row in rows)


class _Reader(NamedTuple):
    rows: Mapping[str, AmountRow]
    answers: FormAnswers
    unit: str
    known: Mapping[CellId, Amount]
    signed: Container[str]

    def amount(self, row: AmountRow, column: str) -> Amount | None:
        """What is typed in a cell or known of it; of a sum what its rows make."""
        cell = row.cell(column)
        if not row.sums:
            text = self.answers.text(cell)
            return self._typed(text, column) if text else self.known.get(cell)
        leaves = list(self._leaves(row))
        if cell in self.known and not any(self.answers.text(leaf.cell(column)) for leaf in leaves):
            return self.known[cell]
        return self._sum(leaves, column)

    def _typed(self, text: str, column: str) -> Amount | None:
        found = read_amount(text, self.unit)
        is_signed = column in self.signed
        return None if found is None or (abs(found) if is_signed else found).is_absurd else found

    def _sum(self, leaves: Sequence[AmountRow], column: str) -> Amount | None:
        found = [self.amount(leaf, column) for leaf in leaves]
        amounts = [amount for amount in found if amount is not None]
        texts = [self.answers.text(leaf.cell(column)) for leaf in leaves]
        lacking = any(
            amount is None and not number.is_nothing(text) for amount, text in zip(found, texts, strict=True)
        )
        return total(amounts, amounts[0].unit) if amounts and not lacking else None

    def _leaves(self, row: AmountRow) -> Iterator[AmountRow]:
        """Yield the typed rows at the bottom that make a sum."""
        for part in (self.rows[key] for key in row.sums):
            yield from self._leaves(part) if part.sums else (part,)


def fund_lines(form: FormDefinition, answers: FormAnswers) -> tuple[FundLine, ...]:
    """Return the rows of the execution; what the form does not print is read too. None in a form without."""
    return block_lines(form, form.funds, answers) if form.funds else ()


def block_lines(form: FormDefinition, block: FundsBlock, answers: FormAnswers) -> tuple[FundLine, ...]:
    """Return the rows of any table of money."""
    columns = [column for column in form.money_columns(block).values() if column.kind == "money"]
    signed = [column.key for column in columns if column.is_signed]
    keys = [column.key for column in columns]
    lines = lines_of(rows_of(block, answers), keys, answers, form.money_unit, signed=signed)
    return tuple(FundLine(line.row, line.amounts, block.rate_of) for line in lines)


def computed_cells(form: FormDefinition, answers: FormAnswers) -> Iterator[CellId]:
    """Yield the cells of amounts that the program computes: shares, sums, points, rate and score."""
    for block in form.money_blocks:
        columns = form.money_columns(block).values()
        for row in rows_of(block, answers):
            yield from (row.cell(column.key) for column in columns if block.computes(row, column))
