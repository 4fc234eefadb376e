"""Where the cells of a form and of its report stand, in words."""

from model.document.answers import CellId
from model.forms.loader import Library
from model.reading.reading import REPORT, Form
from model.report.narrative import report_cell


def place_of(form: Form, library: Library, cell: CellId) -> str:
    """Return where a cell stands as the clerk sees it, one of a report by its caption."""
    place = form.place(cell)
    caption = report_caption(form, library, cell) if place == REPORT else ""
    return f"{place} · {caption}" if caption else place


def report_caption(form: Form, library: Library, cell: CellId) -> str:
    """Return how a cell of a report is called; "" for any other."""
    row, _, column = cell.rpartition(".")
    for outline in filter(None, (library.outline(form.definition.id), library.statement())):
        for _, part in outline.parts():
            if part.kind != "table" and report_cell(part) == cell:
                return part.caption
        for table in outline.tables:
            if table.rows and cell.startswith("outturn."):
                return form.filled(table.title)
            if row in form.answers.rows.get(table.id, ()):
                return next((c.caption for c in table.text_columns if c.key == column), "")
    return ""
