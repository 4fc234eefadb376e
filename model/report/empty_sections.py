"""Which sections of a report would print their heading and nothing below it."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from model.document.answers import CellId
from model.forms.definition import bare
from model.forms.outline import ReportPart, ReportSection
from model.reading.outturn import COLUMNS
from model.reading.scoring import is_filled
from model.reading.summary import score_by_block
from model.report.narrative import report_cell
from model.report.teller import Teller

_WRITTEN_FIRST = ("text", "field", "table", "sentence")  # where a clerk begins to fill a section


class EmptySection(NamedTuple):
    """A heading without anything, and the cell where something may be written."""

    heading: str
    cell: CellId


def empty_sections(tells: Teller) -> Iterator[EmptySection]:
    """Yield the sections that print nothing; one with sections below it is no more than their heading."""
    numbered = list(tells.numbered())
    levels = [section.level for section, _ in numbered] + [0]
    for (section, heading), (level, next_level) in zip(numbered, pairwise(levels), strict=True):
        if next_level <= level and not any(_says_something(tells, part) for part in section.parts):
            yield EmptySection(heading, _begin(tells, section))


def _says_something(tells: Teller, part: ReportPart) -> bool:
    """Whether a part prints anything; what is cheap to know is looked at alone."""
    form = tells.form
    if part.kind == "text":
        return is_filled(tells.text(part))
    if part.kind == "field":
        return is_filled(form.answers.text(part.field))
    if part.kind == "table":
        return _has_rows(tells, part)
    if part.kind == "sentence":
        return bool(form.answers.text(report_cell(part)) or tells.generated(part).text)
    if part.kind == "indicators":
        return any(True for _ in tells.rows(part))
    if part.kind == "projects":
        return bool(tells.reading.projects)
    return part.kind == "bars" and any(block.score is not None for block in score_by_block(form))


def _has_rows(tells: Teller, part: ReportPart) -> bool:
    table, answers = tells.outline.table(part.table), tells.form.answers
    if not table.rows:
        return bool(answers.rows.get(table.id))
    return any(cell.startswith("outturn.") for cell in answers.texts)


def _begin(tells: Teller, section: ReportSection) -> CellId:
    """The cell of the first part that can be written in; of sentences of indicators a row of the form."""
    parts = {kind: part for kind in _WRITTEN_FIRST for part in section.parts if part.kind == kind}
    part = next((parts[kind] for kind in _WRITTEN_FIRST if kind in parts), None)
    if part is None:
        return _row_of(tells, section)
    if part.kind == "field":
        return part.field
    table = tells.outline.table(part.table) if part.kind == "table" else None
    if table is not None and table.rows:
        row = next(row for row in table.rows if not row.sums)
        return row.cell(next(iter(COLUMNS)))
    return report_cell(part)


def _row_of(tells: Teller, section: ReportSection) -> CellId:
    """The name of the first row of the block that a section tells of, else of the first row of all."""
    wanted = {bare(part.level1) for part in section.parts}
    rows = tells.form.sheet.indicators
    row = next((row for row in rows if bare(row.level1) in wanted), next(iter(rows), None))
    return f"{row.id}.name" if row else "unit"
