"""The pages of the tabs of the final accounts, each made when it is first wanted; one of them is in sight."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from gui.accounts.figures_page import FiguresPage
from gui.accounts.subjects_page import SubjectsPage
from gui.session.accounts_places import SUBJECTS, TEXTS, rank, tab_of
from gui.session.session import Session
from model.accounts.accounts import Accounts
from model.document.answers import CellId
from model.document.document import Change

if TYPE_CHECKING:
    from gui.accounts.explanation_page import ExplanationPage

    AccountsPage = SubjectsPage | FiguresPage | ExplanationPage


class AccountsPages(QStackedWidget):
    """`cell_entered(cell)` says where the cursor stands, `how_wanted(cell)` asks of what a figure is made;
    from the texts `cell_wanted(key, cell)` goes elsewhere, `cursor_moved(key, cell)` names all forms."""

    cell_entered = Signal(str)
    how_wanted = Signal(str)
    cell_wanted = Signal(str, str)
    cursor_moved = Signal(str, str)
    carry_wanted = Signal()

    def __init__(self, session: Session, accounts: Accounts) -> None:
        super().__init__()
        self._session, self.definition = session, accounts.definition
        self._pages: dict[int, AccountsPage] = {}

    def page(self, tab: int) -> "AccountsPage":
        """Return the page of a tab."""
        if tab not in self._pages:
            made = self._made(tab)
            self._pages[tab] = made
            self.addWidget(made)
        return self._pages[tab]

    def _made(self, tab: int) -> "AccountsPage":
        if tab == SUBJECTS:
            return self._subjects()
        return self._texts() if tab == TEXTS else self._figures(tab)

    def _subjects(self) -> SubjectsPage:
        page = SubjectsPage(self._session)
        page.carry_wanted.connect(self.carry_wanted)
        page.view.cell_entered.connect(self.cell_entered)
        page.view.how_wanted.connect(self.how_wanted)
        return page

    def _figures(self, tab: int) -> FiguresPage:
        page = FiguresPage(self._session, self.definition, tab)
        page.cell_entered.connect(self.cell_entered)
        page.how_wanted.connect(self.how_wanted)
        return page

    def _texts(self) -> "ExplanationPage":
        from gui.accounts.explanation_page import ExplanationPage  # not before it is wanted

        page = ExplanationPage(self._session)
        page.cell_wanted.connect(self.cell_wanted)
        page.cell_entered.connect(self.cursor_moved)
        return page

    def show_tab(self, tab: int) -> None:
        """Show the page of a tab."""
        self.setCurrentWidget(self.page(tab))

    def tab_of(self, cell: CellId) -> int:
        """Return the tab of a cell."""
        accounts = self._session.snapshot.reading.accounts
        return tab_of(accounts, cell) if accounts else SUBJECTS

    def first_of(self, cells: Iterable[CellId]) -> CellId:
        """Return the first of some cells in the order of the screen; there is one."""
        accounts = self._session.snapshot.reading.accounts
        library = self._session.library
        return min(cells, key=lambda cell: rank(accounts, cell, library)) if accounts else next(iter(cells))

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let all pages follow the document."""
        for page in self._pages.values():
            page.document_changed(change, by)
