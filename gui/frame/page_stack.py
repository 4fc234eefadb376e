"""The pages of the tabs of all forms, each made when it is first wanted; one of them is in sight."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from gui.session.places import INDICATORS
from gui.session.session import Session
from gui.tabs.indicators_page import IndicatorsPage
from gui.tabs.tab_page import Page
from model.document.answers import CellId, FormKey
from model.document.document import Change


class PageStack(QStackedWidget):
    """`cursor_moved(key, cell)` says where the cursor of a table stands, `how_wanted(key, cell)` asks how a
    figure came about, `cell_wanted(key, cell)` goes to a cell elsewhere, `column_dragged(column, px)` is the
    new width of a column of the indicators, `library_wanted` asks for the indicator library."""

    cursor_moved = Signal(str, str)
    how_wanted = Signal(str, str)
    cell_wanted = Signal(str, str)
    column_dragged = Signal(str, int)
    library_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._pages: dict[tuple[FormKey, str], Page | IndicatorsPage] = {}
        self._versions: dict[FormKey, str] = {}  # of the forms that have pages

    def page(self, key: FormKey, tab: str) -> Page | IndicatorsPage:
        """Return the page of a tab, made when it is first wanted."""
        if (key, tab) not in self._pages:
            page = self._table(key) if tab == INDICATORS else self._plain(key, tab)
            page.cell_entered.connect(partial(self._moved, key))
            page.cell_wanted.connect(self.cell_wanted)
            self._pages[key, tab] = page
            self._versions[key] = self._version(key)
            self.addWidget(page)
        return self._pages[key, tab]

    def _table(self, key: FormKey) -> IndicatorsPage:
        page = IndicatorsPage(self._session, key)
        page.panel.view.cell_entered.connect(partial(self._moved, key))
        page.panel.view.how_wanted.connect(partial(self._asked, key))
        page.panel.view.column_dragged.connect(self.column_dragged)
        page.panel.library_wanted.connect(self.library_wanted)
        return page

    def _plain(self, key: FormKey, tab: str) -> Page:
        page = Page(self._session, key, tab)
        page.how_wanted.connect(partial(self._asked, key))
        return page

    def _moved(self, key: FormKey, cell: CellId) -> None:
        self.cursor_moved.emit(key, cell)

    def _asked(self, key: FormKey, cell: CellId) -> None:
        self.how_wanted.emit(key, cell)

    def _version(self, key: FormKey) -> str:
        """What tells apart the versions of a form that its pages are made by."""
        name = self._session.answers.forms[key].definition
        own = self._session.library.own.get(name)
        return f"{name} {own.digest if own else ''}"

    def document_changed(self, change: Change, by: QObject | None) -> bool:
        """The pages of forms that are no longer there go, and those of another version of a form; the others
        follow the document. Return whether the one in sight is gone."""
        shown = self.currentWidget()
        gone = set(self._versions) - set(self._session.snapshot.forms)
        if change.forms:
            gone |= {k for k in self._versions if k not in gone and self._version(k) != self._versions[k]}
        for key, tab in tuple(self._pages):
            if key not in gone:
                self._pages[key, tab].document_changed(change, by)
                continue
            page = self._pages.pop((key, tab))
            self.removeWidget(page)
            page.deleteLater()
        for key in gone:
            del self._versions[key]
        return shown is not self.currentWidget()
