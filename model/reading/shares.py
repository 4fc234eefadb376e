"""What the money of a form is made of (资金构成): amounts as read, and what follows from them by side."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from model.basics import number
from model.basics.amount import Amount, sound_amount, total
from model.document.answers import CellId, FormAnswers
from model.forms.definition import SHARE_AMOUNTS, FormDefinition, ShareSide

CURRENT = SHARE_AMOUNTS[0]  # the column that the shares are of


class Part(NamedTuple):
    """A row: its amounts by column, None where nothing or no amount stands.

    `exact` is its part of the side as a fraction, `share` the same in % as printed; `given_share` is what
    a read file had printed.
    """

    key: str
    caption: str
    amounts: Mapping[str, Amount | None]
    exact: Fraction | None
    share: Decimal | None
    given_share: str

    def cell(self, column: str) -> CellId:
        """Return the cell of a column: an amount or `share`."""
        return share_cell(self.key, column)


class Side(NamedTuple):
    """A side with its rows; `sums` by column are None where nothing is filled in or one can't be read.

    `given` is what a read file had printed in the row of the total, by column, `share` included.
    """

    name: str  # 收入构成
    key: str  # of the total, as its caption
    caption: str
    parts: tuple[Part, ...]
    sums: Mapping[str, Amount | None]
    given: Mapping[str, str]

    @property
    def share(self) -> Decimal | None:
        """The share of the total in %: 100 where there are shares."""
        return Decimal("100.00") if any(part.share is not None for part in self.parts) else None

    def cell(self, column: str) -> CellId:
        """Return the cell of the total in a column."""
        return share_cell(self.key, column)


def share_cell(row: str, column: str) -> CellId:
    """Return the cell of a row and column."""
    return f"shares.{row}.{column}"


def sides(form: FormDefinition, answers: FormAnswers) -> tuple[Side, ...]:
    """Return the sides of a form in order; none in a form without."""
    block = form.shares
    return tuple(_side(side, form, answers) for side in block.sides) if block else ()


def computed_cells(form: FormDefinition) -> Iterator[CellId]:
    """Yield the cells that are computed: the share of each row, and all of a total."""
    for side in form.shares.sides if form.shares else ():
        yield from (share_cell(row.key, "share") for row in side.rows)
        yield from (share_cell(side.total.key, column) for column in (*SHARE_AMOUNTS, "share"))


def _side(side: ShareSide, form: FormDefinition, answers: FormAnswers) -> Side:
    amounts = [
        {
            column: sound_amount(answers.text(share_cell(row.key, column)), form.money_unit)
            for column in SHARE_AMOUNTS
        }
        for row in side.rows
    ]
    cells = {column: [share_cell(row.key, column) for row in side.rows] for column in SHARE_AMOUNTS}
    sums = {
        column: sum_of_filled([row[column] for row in amounts], [answers.text(c) for c in cells[column]])
        for column in SHARE_AMOUNTS
    }
    exact, shares = _shares([row[CURRENT] for row in amounts], sums[CURRENT])
    given = answers.given.get
    parts = tuple(
        Part(row.key, row.caption, amount, part, share, given(share_cell(row.key, "share"), ""))
        for row, amount, part, share in zip(side.rows, amounts, exact, shares, strict=True)
    )
    columns = (*SHARE_AMOUNTS, "share")
    given_total = {column: given(share_cell(side.total.key, column), "") for column in columns}
    return Side(side.caption, side.total.key, side.total.caption, parts, sums, given_total)


def sum_of_filled(amounts: Sequence[Amount | None], texts: Sequence[str]) -> Amount | None:
    """Return the sum of what is filled in; None while nothing is, or something there is no amount."""
    known = [amount for amount in amounts if amount is not None]
    filled = sum(not number.is_nothing(text) for text in texts)
    return total(known, known[0].unit) if known and len(known) == filled else None


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
