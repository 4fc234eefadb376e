"""Where the text of a cell comes from, if it was not simply typed: from last year, or typed over a rule."""

from typing import Literal

from model.answers import LAST, CellId
from model.reading import Form
from model.scoring import Indicator

# Taken over from last year and not edited since · a score other than the rule's · neither.
Origin = Literal["last", "own", ""]
CARRIED_OF_ROW, CARRIED_OF_GOAL = ("name", "target"), ("text", "expected")
_CARRIED = (*CARRIED_OF_ROW, *CARRIED_OF_GOAL)


def origin(form: Form, cell: CellId) -> Origin:
    """Return where the text of a cell comes from; asked cell by cell, as only those in sight are shown."""
    row, _, column = cell.rpartition(".")
    if column in _CARRIED:
        return "last" if _is_carried(form, row, column) else ""
    if column == "score":
        found = next((one for one in form.sheet.indicators if one.id == row), None)
        return "own" if found and is_typed_over(found) else ""
    return ""


def _is_carried(form: Form, row: str, column: str) -> bool:
    last = form.answers.text(f"{row}.{LAST}{column}")
    return bool(last) and last == form.answers.text(f"{row}.{column}")


def is_typed_over(row: Indicator) -> bool:
    """Whether the clerk gave a row another score than the rule does."""
    computed = row.outcome.score
    return row.typed_score is not None and computed is not None and row.typed_score != computed
