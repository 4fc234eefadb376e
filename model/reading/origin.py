"""Where the text of a cell comes from, if it was not just typed: last year, a file, or typed over a rule."""

from typing import Literal

from model.document.answers import LAST, CellId, FormAnswers
from model.reading.reading import Form
from model.reading.scoring import Indicator

# Last year's or an imported file's, and not edited since · a score other than the rule's · none of them.
Origin = Literal["last", "imported", "own", ""]


def origin(form: Form, cell: CellId) -> Origin:
    """Return where the text of a cell comes from; asked cell by cell, as only those in sight are shown."""
    row, _, column = cell.rpartition(".")
    if column == "score" and any(one.id == row and is_typed_over(one) for one in form.sheet.indicators):
        return "own"
    return text_origin(form, cell)


def text_origin(form: Form, cell: CellId) -> Origin:
    """Return where the text of a cell comes from, whatever a rule says."""
    row, _, column = cell.rpartition(".")
    if _is_carried(form, row, column):
        return "last"
    return "imported" if is_imported(form, cell) else ""


def is_imported(form: Form, cell: CellId) -> bool:
    """Whether the text of a cell is still what an imported file had there."""
    text = form.answers.text(cell)
    return bool(text) and form.answers.imported.get(cell) == text


def source_of(answers: FormAnswers | None, cell: CellId) -> str:
    """Return file and place that a text was imported from (表.xlsx › 高三教研 D14), "" once edited; of a
    figure that the program computes, where the one stood that the file had printed."""
    if answers is None:
        return ""
    text = answers.text(cell)
    holds = answers.imported.get(cell) == text if text else bool(answers.given.get(cell))
    return answers.sources.get(cell, "") if holds else ""


def _is_carried(form: Form, row: str, column: str) -> bool:
    last = form.answers.text(f"{row}.{LAST}{column}")
    return bool(last) and last == form.answers.text(f"{row}.{column}")


def is_typed_over(row: Indicator) -> bool:
    """Whether the clerk gave a row another score than the rule does."""
    computed = row.outcome.score
    return row.typed_score is not None and computed is not None and row.typed_score != computed
