"""What was written in words last year, cell by cell, as a start for this year's texts."""

from collections.abc import Iterator
from typing import NamedTuple

from model.document.answers import DEPARTMENT, LAST, Answers, CellId, FormAnswers, FormKey
from model.forms.loader import Library
from model.reading.reading import Form
from model.report.captions import report_caption
from model.report.narrative import FROM

_OPTION = "report.option."


class LastText(NamedTuple):
    """A cell of this year's form, what it is called, and what stood there last year."""

    cell: CellId
    caption: str
    text: str


def form_of_last_year(last: Answers, form: Form, key: FormKey) -> FormAnswers | None:
    """Return the form of last year that one goes on with: the department's, or that of the same name."""
    if key == DEPARTMENT:
        return last.forms.get(key)
    name = form.project.strip()
    same = (found for _, found in last if name and found.text("project_name").strip() == name)
    return next(same, None)


def texts_of_last_year(last: FormAnswers, form: Form, library: Library) -> Iterator[LastText]:
    """Yield the long texts of the form, then those of its report, in the order in which they stand there."""
    for field in form.definition.fields.values():
        if field.kind == "long" and (text := last.text(field.id).strip()):
            yield LastText(field.id, field.caption, text)
    for cell, text in last.texts.items():
        is_own = cell.startswith("report.") and not cell.startswith((f"report.{LAST}", _OPTION))
        caption = report_caption(form, library, cell) if is_own and not cell.endswith(FROM) else ""
        if caption and text.strip():
            yield LastText(cell, caption, text.strip())
