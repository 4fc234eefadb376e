"""Rows of amounts on a sheet: the execution of a budget, or what the money is made of."""

from collections.abc import Sequence
from itertools import groupby

from model.basics import number
from model.basics.amount import Amount
from model.forms.columns import Column
from model.forms.definition import SHARE, FundsBlock
from model.paper.grid import Style
from model.paper.sheet import (
    RANK,
    Figure,
    Sheet,
    amount_figure,
    edges_of,
    points_figure,
    rate_figure,
    score_figure,
    share_figure,
)
from model.paper.tables import Place, placed, put_heading
from model.reading.amounts import FundLine, block_lines
from model.reading.shares import shares_by_row

_SIDE = "side"  # the column of what rows share


def put_amounts(sheet: Sheet, block: FundsBlock) -> tuple[int, int]:
    """Put heading and rows of a block; return the first and the last row of the heading."""
    return _Amounts(sheet, block).put()


class _Amounts:
    """The rows of a block on their way to the sheet."""

    def __init__(self, sheet: Sheet, block: FundsBlock) -> None:
        self._sheet, self._block, self._form = sheet, block, sheet.form
        self._places = list(placed(block.columns, edges_of(block.widths_mm), block.label_span))
        definition, answers = self._form.definition, self._form.answers
        self._lines = block_lines(definition, block, answers)
        self._shares = shares_by_row(definition, answers) if block.has(SHARE) else {}

    def put(self) -> tuple[int, int]:
        heading = put_heading(self._sheet, self._places, RANK.GOAL if self._block.has_groups else None)
        groups = groupby(self._lines, key=lambda line: line.row.group)
        for n, (group, lines) in enumerate(groups):
            self._put_group(group, list(lines), RANK.LEVEL1 if n else None)
        return heading

    def _put_group(self, group: str, lines: Sequence[FundLine], rank: int | None) -> None:
        """Rows that share a caption; a page may begin before each but the first of a block."""
        sheet, first = self._sheet, len(self._sheet.minimum)
        for n, line in enumerate(lines):
            inside = RANK.LEVEL2 if n else rank
            row = sheet.row(sheet.look.row_mm, inside if group else None)
            for place in self._places:
                if place.column.key != _SIDE:
                    self._put_cell(row, place, line)
        for _, start, end in (place for place in self._places if place.column.key == _SIDE):
            rows = len(sheet.minimum) - first
            sheet.put(first, start, end, group, sheet.centred, label=True, rowspan=rows, cut="mark")

    def _put_cell(self, row: int, place: Place, line: FundLine) -> None:
        (column, start, end), sheet = place, self._sheet
        if column.key == "label":
            sheet.put(row, start, end, line.row.caption, self._label_style(line), label=True)
            return
        if column.kind in ("text", "choice") and column.key not in line.row.fixed:
            cell = line.row.cell(column.key)
            sheet.value(row, start, end, self._form.answers.text(cell), cell, column.align or None)
            return
        figure = self._figure(line, column)
        sheet.put(
            row, start, end, figure.text, sheet.centred, figure=figure, source=line.row.cell(column.key)
        )

    def _label_style(self, line: FundLine) -> Style:
        if line.row.group:
            return self._sheet.centred
        return self._sheet.head if len(self._lines) == 1 else self._sheet.body

    def _figure(self, line: FundLine, column: Column) -> Figure:
        if column.key in line.row.fixed:
            return Figure(line.row.fixed[column.key])
        if self._block.computes(line.row, column):
            return self._computed(line, column)
        text = self._form.answers.text(line.row.cell(column.key))
        if column.kind == "points":
            return points_figure(text)
        return amount_figure(text, self._form) if column.kind == "money" else Figure(text)

    def _computed(self, line: FundLine, column: Column) -> Figure:
        scores = self._form.sheet
        if column.kind == "money":
            return self._sum(line.amounts[column.key])
        if column.key == SHARE:
            return share_figure(self._shares.get(line.row.at))
        if column.key == "rate":
            return rate_figure(line.rate)
        is_score = column.key == "score"
        return score_figure(scores.execution.score if is_score else self._form.definition.execution_points)

    def _sum(self, amount: Amount | None) -> Figure:
        if amount is None:
            return Figure("")
        text, number_format = number.show_amount(amount.number, commas=self._sheet.look.commas)
        return Figure(text, amount.number, number_format)
