"""Where an open document goes by itself: to what changed, and back to what was in sight in another look."""

from typing import TYPE_CHECKING

from gui.session.places import INDICATORS, first_changed
from model.document.answers import ACCOUNTS
from model.document.document import Change
from model.forms.definition import TABS

if TYPE_CHECKING:  # which knows this
    from gui.frame.document_view import DocumentView


def take_place_of(view: "DocumentView", before: "DocumentView") -> None:
    """Show what a view in another look has shown: form, tab, goals, pages, face of the pane, cursor."""
    view.show_form(before.key, before.tab)
    view.pane.show_face(before.pane.face)
    if before.whole.is_handing_in:
        view.show_handin()
    elif before.whole.is_previewing:
        view.show_preview(before.output)
    else:
        view.cursor_cell = before.cursor_cell
        view.go_back()
    if before.key in before.session.snapshot.forms and TABS[before.tab] == INDICATORS:
        view.indicators.panel.fold_like(before.indicators.panel)


def show_change(view: "DocumentView", change: Change) -> None:
    """Go to the first place that an undo or a redo made different."""
    session = view.session
    found = first_changed(change, session.snapshot.reading.forms, session.library)
    if found is None or view.is_previewing:
        _show_change_of_accounts(view, change)
        return
    key, tab, cell = found
    if not cell:
        view.show_form(key, TABS.index(tab))
    elif (key, cell) != view.cursor_cell:
        view.show_cell(key, cell)


def _show_change_of_accounts(view: "DocumentView", change: Change) -> None:
    cells = [cell for key, cell in change.cells if key == ACCOUNTS]
    if view.accounts is not None and cells and not view.is_previewing:
        view.show_cell(ACCOUNTS, view.accounts.pages.first_of(cells))
