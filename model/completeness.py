"""What of a form must be filled in, and what of it still is not: the marks 完整 and 缺 n 项."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.answers import CellId
from model.definition import GoalsBlock
from model.reading import Form


@dataclass(frozen=True, slots=True)
class Completeness:
    """The cells that count, in the order of the form, and those of them that are empty."""

    required: tuple[CellId, ...]
    missing: tuple[CellId, ...]

    @property
    def filled(self) -> int:
        """How many of the required cells hold something."""
        return len(self.required) - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing; this says nothing of right or wrong."""
        return not self.missing


def completeness(form: Form) -> Completeness:
    """Return what a form requires: required fields, budget and execution, printed goal texts, improvement,
    and of each counted row name, target, result and score (typed or computed)."""
    required = tuple(_required(form))
    scored = {f"{row.id}.score" for row in form.sheet.indicators if row.score is not None}
    return Completeness(
        required, tuple(cell for cell in required if cell not in scored and not _filled(form, cell))
    )


def _required(form: Form) -> Iterator[CellId]:
    fields = form.definition.fields.values()
    yield from (field.id for field in fields if field.required)
    first = form.definition.funds.rows[0].key
    yield from (f"funds.{first}.budget", f"funds.{first}.executed")
    for goal in form.answers.goals:
        yield from (f"{goal}.{part}" for part in _printed_goal_parts(form))
    yield from _required_rows(form)
    yield from (field.id for field in fields if field.at == "improvement")


def _printed_goal_parts(form: Form) -> tuple[str, ...]:
    blocks = form.definition.blocks
    printed = form.definition.indicators.goal_text or any(isinstance(block, GoalsBlock) for block in blocks)
    return form.definition.goal_parts if printed else ()


def _required_rows(form: Form) -> Iterator[CellId]:
    counted = [row.id for row in form.sheet.indicators if row.counted]
    for row in counted or form.answers.indicators[:1]:
        yield from (f"{row}.{key}" for key in ("name", "target", "actual", "score"))


def _filled(form: Form, cell: CellId) -> bool:
    return bool(form.answers.text(cell).strip())
