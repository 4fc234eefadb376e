"""The pages of the tabs of the final accounts, each made when it is first wanted; one of them is in sight."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from gui.accounts.figures_page import FiguresPage
from gui.accounts.subjects_page import SubjectsPage
from gui.session.accounts_places import SUBJECTS, rank, tab_of
from gui.session.session import Session
from model.accounts.accounts import Accounts
from model.document.answers import CellId
from model.document.document import Change


class AccountsPages(QStackedWidget):
    """`cell_entered(cell)` says where the cursor stands, `how_wanted(cell)` asks of what a figure is made."""

    cell_entered = Signal(str)
    how_wanted = Signal(str)

    def __init__(self, session: Session, accounts: Accounts) -> None:
        super().__init__()
        self._session, self.definition = session, accounts.definition
        self._pages: dict[int, SubjectsPage | FiguresPage] = {}

    def page(self, tab: int) -> SubjectsPage | FiguresPage:
        """Return the page of a tab."""
        if tab not in self._pages:
            made = self._subjects() if tab == SUBJECTS else self._figures(tab)
            self._pages[tab] = made
            self.addWidget(made)
        return self._pages[tab]

    def _subjects(self) -> SubjectsPage:
        page = SubjectsPage(self._session)
        page.view.cell_entered.connect(self.cell_entered)
        page.view.how_wanted.connect(self.how_wanted)
        return page

    def _figures(self, tab: int) -> FiguresPage:
        page = FiguresPage(self._session, self.definition, tab)
        page.cell_entered.connect(self.cell_entered)
        page.how_wanted.connect(self.how_wanted)
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
        return min(cells, key=lambda cell: rank(accounts, cell)) if accounts else next(iter(cells))

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let all pages follow the document."""
        for page in self._pages.values():
            page.document_changed(change, by)
