"""The table 年度预算收支情况 of a report: what was budgeted and spent, typed once, its sums computed."""

from collections.abc import Mapping
from typing import NamedTuple

from model.basics.amount import Amount, sound_amount
from model.document.answers import CellId, FormAnswers
from model.forms.outline import ReportTable, SumRow
from model.reading.shares import sum_of_filled

CHANGE = "change"  # computed: adjusted − initial
COLUMNS = {"initial": "年初预算数", CHANGE: "年中追加调整", "adjusted": "调整后预算数", "final": "决算数"}
TYPED = ("initial", "adjusted", "final")


class OutturnRow(NamedTuple):
    """A row with its amounts by column; None is unknown. A sum can't be typed."""

    row: SumRow
    amounts: Mapping[str, Amount | None]

    @property
    def is_sum(self) -> bool:
        """Whether the row adds up others."""
        return bool(self.row.sums)

    def cell(self, column: str) -> CellId:
        """Return the cell of a column."""
        return outturn_cell(self.row.key, column)


def outturn_cell(row: str, column: str) -> CellId:
    """Return the cell of a row and column."""
    return f"outturn.{row}.{column}"


def outturn(table: ReportTable, answers: FormAnswers, unit: str) -> tuple[OutturnRow, ...]:
    """Return the rows in order, sums and the change of the year computed; amounts are typed in `unit`.

    A sum is that of what is filled in; it is unknown while nothing is, or something can't be read.
    """
    typed = {
        row.key: {c: sound_amount(answers.text(outturn_cell(row.key, c)), unit) for c in TYPED}
        for row in table.rows
        if not row.sums
    }
    return tuple(OutturnRow(row, _with_change(_amounts(table, row, typed, answers))) for row in table.rows)


def _amounts(
    table: ReportTable, row: SumRow, typed: Mapping[str, Mapping[str, Amount | None]], answers: FormAnswers
) -> dict[str, Amount | None]:
    if not row.sums:
        return dict(typed[row.key])
    leaves = _leaves(table, row)
    return {column: _sum(leaves, column, typed, answers) for column in TYPED}


def _leaves(table: ReportTable, row: SumRow) -> list[str]:
    """The rows at the bottom that make a sum."""
    parts = [table.row(key) for key in row.sums]
    return [leaf for part in parts for leaf in (_leaves(table, part) if part.sums else [part.key])]


def _sum(
    leaves: list[str], column: str, typed: Mapping[str, Mapping[str, Amount | None]], answers: FormAnswers
) -> Amount | None:
    texts = [answers.text(outturn_cell(key, column)) for key in leaves]
    return sum_of_filled([typed[key][column] for key in leaves], texts)


def _with_change(amounts: dict[str, Amount | None]) -> dict[str, Amount | None]:
    initial, adjusted = amounts["initial"], amounts["adjusted"]
    change = adjusted - initial if initial is not None and adjusted is not None else None
    return {**amounts, CHANGE: change}
