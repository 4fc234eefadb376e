"""What of a form must be filled in, and what of it still is not: the marks 完整 and 缺 n 项."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from model.basics import number
from model.basics.memory import once
from model.document.answers import CellId
from model.forms.definition import GoalsBlock
from model.reading.reading import Form
from model.reading.scoring import Indicator, is_filled


class Completeness(NamedTuple):
    """How many cells must be filled, and those that are empty, in the order of the form."""

    required: int
    missing: tuple[CellId, ...]

    @property
    def filled(self) -> int:
        """How many of the required cells hold something."""
        return self.required - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing; this says nothing of right or wrong."""
        return not self.missing

    @property
    def why_no_grade(self) -> str:
        """What stands beside a total that leaves something out: cells are empty, or can't be read."""
        return "待改正" if self.is_complete else "未填完"


@once
def completeness(form: Form) -> Completeness:
    """Return what a form requires and lacks: required fields, budget and execution, printed goal texts,
    of each counted row name, target, result and score (typed or computed), and the improvement.

    A form without scores has no budget of its own, results and scores.
    """
    row_cells = _ROW_CELLS if form.definition.is_scored else _ROW_CELLS[:2]
    before, after = tuple(_before_rows(form)), tuple(_after_rows(form))
    rows = [row for row in form.sheet.indicators if row.counted]
    missing = [
        *(cell for cell in before if not holds(form, cell)),
        *(cell for row in rows for cell in _missing_of(row) if cell.rpartition(".")[2] in row_cells),
        *(f"{row}.{key}" for row in form.answers.indicators[:1] if not rows for key in row_cells),
        *(cell for cell in after if not holds(form, cell)),
    ]
    count = len(rows) or len(form.answers.indicators[:1])
    return Completeness(len(before) + len(after) + count * len(row_cells), tuple(missing))


def holds(form: Form, cell: CellId) -> bool:
    """Whether a required cell holds something; an amount that is crossed out (/, 无) is nothing."""
    field = form.definition.fields.get(cell)
    is_amount = cell.startswith("funds.") or (field is not None and field.kind == "money")
    text = form.answers.text(cell)
    return not number.is_nothing(text) if is_amount else is_filled(text)


_ROW_CELLS = ("name", "target", "actual", "score")


def _before_rows(form: Form) -> Iterator[CellId]:
    yield from (field.id for field in form.definition.fields.values() if field.required)
    if form.definition.is_scored and form.sheet.funds:
        yield from (form.sheet.whole.cell("budget"), form.sheet.whole.cell("executed"))
    for goal in form.answers.goals:
        yield from (f"{goal}.{part}" for part in _printed_goal_parts(form))


def _after_rows(form: Form) -> Iterator[CellId]:
    yield from (field.id for field in form.definition.fields.values() if field.at == "improvement")


def _printed_goal_parts(form: Form) -> tuple[str, ...]:
    blocks = form.definition.blocks
    printed = form.definition.indicators.goal_text or any(isinstance(block, GoalsBlock) for block in blocks)
    return form.definition.goal_parts if printed else ()


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _missing_of(row: Indicator) -> tuple[CellId, ...]:
    lacking = {
        "name": not row.name.strip(),
        "target": row.target.kind == "empty" and not row.is_execution,
        "actual": row.actual.kind == "empty" and not row.is_execution,
        "score": row.score is None and not row.has_score_text and not row.is_below,
    }
    return tuple(f"{row.id}.{key}" for key, lacks in lacking.items() if lacks)
