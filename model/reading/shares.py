"""What the money of a form is made of (资金构成): amounts as read, and what follows from them by side."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount
from model.document.answers import CellId, FormAnswers
from model.forms.definition import SHARE, AmountRow, FormDefinition
from model.reading.amounts import AmountLine, lines_of, rows_of

CURRENT = "amount"  # the column that the shares are of


class Part(NamedTuple):
    """A row: its amounts by column, None where nothing or no amount stands.

    `exact` is its part of the side as a fraction, `share` the same in % as printed; `given_share` is what
    a read file had printed.
    """

    row: AmountRow
    amounts: Mapping[str, Amount | None]
    exact: Fraction | None
    share: Decimal | None
    given_share: str

    @property
    def caption(self) -> str:
        """How the row is called."""
        return self.row.caption

    def cell(self, column: str) -> CellId:
        """Return the cell of a column: an amount or `share`."""
        return self.row.cell(column)


class Side(NamedTuple):
    """A side with its rows; `sums` by column are None where nothing is filled in or one can't be read.

    `given` is what a read file had printed in the row of the total, by column, `share` included.
    """

    row: AmountRow  # of the total
    parts: tuple[Part, ...]
    sums: Mapping[str, Amount | None]
    given: Mapping[str, str]

    @property
    def name(self) -> str:
        """How the side is called: 收入构成."""
        return self.row.group

    @property
    def caption(self) -> str:
        """How its total is called."""
        return self.row.caption

    @property
    def share(self) -> Decimal | None:
        """The share of the total in %: 100 where there are shares."""
        return Decimal("100.00") if any(part.share is not None for part in self.parts) else None

    def cell(self, column: str) -> CellId:
        """Return the cell of the total in a column."""
        return self.row.cell(column)


def sides(form: FormDefinition, answers: FormAnswers) -> tuple[Side, ...]:
    """Return the sides of a form in order; none in a form without."""
    block = form.shares
    if block is None:
        return ()
    lines = lines_of(rows_of(block, answers), block.amounts, answers, form.money_unit)
    groups = [list(group) for _, group in groupby(lines, key=lambda line: line.row.group)]
    return tuple(_side(group, answers) for group in groups if any(line.row.sums for line in group))


def shares_by_row(form: FormDefinition, answers: FormAnswers) -> dict[CellId, Decimal | None]:
    """Return the share of each row of its side in % as printed, by where its cells are."""
    found: dict[CellId, Decimal | None] = {}
    for side in sides(form, answers):
        found |= {part.row.at: part.share for part in side.parts} | {side.row.at: side.share}
    return found


def _side(lines: list[AmountLine], answers: FormAnswers) -> Side:
    whole = next(line for line in lines if line.row.sums)
    rows = [line for line in lines if line is not whole]
    exact, shares = _shares([line.amounts[CURRENT] for line in rows], whole.amounts[CURRENT])
    given = answers.given.get
    parts = tuple(
        Part(line.row, line.amounts, part, share, given(line.cell(SHARE), ""))
        for line, part, share in zip(rows, exact, shares, strict=True)
    )
    columns = (*whole.amounts, SHARE)
    printed = {column: given(whole.cell(column), "") for column in columns}
    return Side(whole.row, parts, whole.amounts, printed)


def _shares(
    amounts: list[Amount | None], whole: Amount | None
) -> tuple[list[Fraction | None], list[Decimal | None]]:
    """The exact and the printed share of each amount; all unknown where their sum is or where it is 0."""
    if not whole:
        return [None] * len(amounts), [None] * len(amounts)
    printed = number.shares([amount.to(whole.unit).number if amount else Decimal(0) for amount in amounts])
    if printed is None:
        return [None] * len(amounts), [None] * len(amounts)
    exact = [None if amount is None else amount / whole for amount in amounts]
    return exact, [None if one is None else share for one, share in zip(exact, printed, strict=True)]
