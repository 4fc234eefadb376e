"""Where the text of a cell comes from, if it was not simply typed: from last year, or typed over a rule."""

from collections.abc import Iterator, Mapping
from typing import Literal

from model.answers import LAST, CellId
from model.memory import once
from model.reading import Form
from model.scoring import Indicator

Origin = Literal["last", "own"]  # taken over from last year and not edited · a score other than the rule's
CARRIED_OF_ROW, CARRIED_OF_GOAL = ("name", "target"), ("text", "expected")


@once
def origins(form: Form) -> Mapping[CellId, Origin]:
    """Return the cells of a form whose text is still last year's, or a score other than the rule's."""
    return dict(_origins(form))


def _origins(form: Form) -> Iterator[tuple[CellId, Origin]]:
    for row in form.sheet.indicators:
        yield from _carried(form, row.id, CARRIED_OF_ROW)
        if is_typed_over(row):
            yield f"{row.id}.score", "own"
    for goal in form.answers.goals:
        yield from _carried(form, goal, CARRIED_OF_GOAL)


def _carried(form: Form, row: str, columns: tuple[str, ...]) -> Iterator[tuple[CellId, Origin]]:
    text = form.answers.texts.get
    for column in columns:
        last = text(f"{row}.{LAST}{column}")
        if last and last == text(f"{row}.{column}"):
            yield f"{row}.{column}", "last"


def is_typed_over(row: Indicator) -> bool:
    """Whether the clerk gave a row another score than the rule does."""
    computed = row.outcome.score
    return row.typed_score is not None and computed is not None and row.typed_score != computed
