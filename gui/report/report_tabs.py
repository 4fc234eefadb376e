"""Which texts of a report are written in a form, and on which of its tabs; known without any widget."""

from gui.session.session import Session
from model.document.answers import CellId, FormKey
from model.forms.outline import Outline
from model.report.teller import statement_home


def outlines_of(session: Session, key: FormKey) -> list[Outline]:
    """Return the outlines whose texts are kept in a form: its report, and what is said of all projects."""
    library, form = session.library, session.form(key)
    if not form.definition.is_scored:
        return []
    home = statement_home(session.snapshot.reading)
    statement = library.statement() if home is not None and home.key == key else None
    return [outline for outline in (library.outline(form.definition.id), statement) if outline]


def has_texts(session: Session, key: FormKey, tab: str) -> bool:
    """Whether anything of a report is written on a tab."""
    return any(s.tab == tab for outline in outlines_of(session, key) for s in outline.sections)


def is_report_cell(cell: CellId) -> bool:
    """Whether a cell is written in a report and nowhere else; the rows of its tables are not told here."""
    return cell.startswith(("report.", "outturn.")) or cell.endswith(".sentence")
