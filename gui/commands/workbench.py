"""What every command may use of its window: the open document and how it is shown, settings, status line."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from gui.base import ask
from gui.base.panel_widths import Sides, parse_widths
from gui.base.preferences import Preferences
from gui.base.settings import PANE
from gui.base.waiting import Cancelled
from gui.commands.status_line import StatusLine
from gui.frame.document_view import DocumentView
from gui.frame.going import take_place_of
from gui.paper.doors import Doors
from gui.session.session import Session
from model.basics.errors import UserError
from model.forms.loader import Library

Made = TypeVar("Made")


class Workbench(QObject):
    """At most one document, on a page of `stack`; what it says goes on to all commands.

    `lies_at(path)` says that a document was opened or goes on in another file, `view_made(view)` that it is
    shown, also anew in another look, which `look_changed` announces. `changed` comes after every edit,
    `state_changed` where something else can be said or done, `closed` when no document is open any more.
    """

    lies_at = Signal(object)
    view_made = Signal(object)
    look_changed = Signal()
    changed = Signal()
    state_changed = Signal()
    closed = Signal()

    def __init__(self, window: QMainWindow, library: Library, preferences: Preferences, doors: Doors) -> None:
        super().__init__(window)
        self.window, self.library, self.preferences, self.doors = window, library, preferences, doors
        self.stack = QStackedWidget()
        self.status = StatusLine(window.statusBar())
        self._open: tuple[Session, DocumentView] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a document is open."""
        return self._open is not None

    @property
    def session(self) -> Session:
        """The open document."""
        assert self._open is not None
        return self._open[0]

    @property
    def view(self) -> DocumentView:
        """The open document as it is shown."""
        assert self._open is not None
        return self._open[1]

    def use_library(self, library: Library) -> None:
        """Go on with another library: a form was added to it, or taken out."""
        self.library = library
        if self.is_open:
            self.session.use(library)
        self.state_changed.emit()

    # --- opening and closing

    def show(self, session: Session) -> None:
        """Show a document; none may be open."""
        self._show(session)
        self.lies_at.emit(session.path)
        self.notify()
        self.view.take_focus()

    def _show(self, session: Session) -> None:
        assert self._open is None
        kept = self.preferences.now
        sides = Sides(kept.wants(PANE), parse_widths(kept.widths))
        view = DocumentView(session, self.doors.pdf_bytes, sides, self.doors.reports)
        self._open = session, view
        view.changed.connect(self.changed)
        view.state_changed.connect(self.state_changed)
        self.stack.addWidget(view)
        self.stack.setCurrentWidget(view)
        self.view_made.emit(view)

    def _take_away(self) -> Session:
        """The view goes, what is open stays with whoever asked."""
        session, view = self.session, self.view
        self.stack.removeWidget(view)
        view.shut()
        self._open = None
        return session

    def close(self) -> None:
        """Show the document no longer; whether it is saved is the caller's care."""
        self._take_away().deleteLater()
        self.closed.emit()
        self.notify()

    def build_anew(self) -> None:
        """Make everything on screen anew, in the look of now; what was in sight stays, and the cursor.

        Whoever asks dresses the program and tells.
        """
        self.look_changed.emit()
        if self.is_open:
            before = self.view
            self._show(self._take_away())
            take_place_of(self.view, before)

    def notify(self) -> None:
        """What is open, or what it looks like, is another: everybody looks again."""
        self.changed.emit()
        self.state_changed.emit()

    # --- what all commands do

    def attempt(self, action: Callable[[], Made]) -> Made | None:
        """Do something; what the clerk can mend is said, and the result is None, as when she gives up."""
        try:
            return action()
        except Cancelled:
            return None
        except UserError as error:
            ask.tell_error(self.window, error)
            return None
