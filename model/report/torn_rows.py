"""Rows in the tables of a report that no page holds: they are printed on several, cut inside a text."""

from collections.abc import Iterator
from typing import NamedTuple

from model.basics.metrics import Metrics
from model.document.answers import CellId
from model.forms.outline import ReportTable
from model.report.prose_pages import PAPER
from model.report.report_tables import rows_grid
from model.report.teller import Teller

_SHORT = 300  # characters that any column of a table has room for on a page


class TornRow(NamedTuple):
    """The table, and of the row the longest cell with its caption."""

    table: str
    caption: str
    cell: CellId


def torn_rows(tells: Teller, metrics: Metrics) -> Iterator[TornRow]:
    """Yield the rows that are higher than a page below its heading."""
    parts = (part for section, _ in tells.numbered() for part in section.parts if part.kind == "table")
    for part in parts:
        table = tells.outline.table(part.table)
        if table.text_columns:
            yield from _torn(tells, table, metrics)


def _torn(tells: Teller, table: ReportTable, metrics: Metrics) -> Iterator[TornRow]:
    answers, title = tells.form.answers, tells.form.filled(table.title)
    longest = {
        row: max((f"{row}.{column.key}" for column in table.text_columns), key=lambda c: len(answers.text(c)))
        for row in answers.rows.get(table.id, ())
    }
    if all(len(answers.text(cell)) <= _SHORT for cell in longest.values()):
        return
    head, *heights = rows_grid(answers, title, table, metrics).heights_mm
    captions = {column.key: column.caption for column in table.text_columns}
    for cell, height in zip(longest.values(), heights, strict=True):
        if head + height > PAPER.height - PAPER.top - PAPER.bottom:
            yield TornRow(title, captions[cell.rpartition(".")[2]], cell)
