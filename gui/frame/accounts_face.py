"""The final accounts in the middle of the window: their strip, their tabs, their pages."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.accounts.pages import AccountsPages
from gui.accounts.strip import AccountsStrip
from gui.frame.tab_strip import TabStrip
from gui.session.accounts_places import ACCOUNTS_TABS, OTHERS, TEXTS
from gui.session.marks import COUNTED, count
from gui.session.session import Session
from model.accounts.accounts import Accounts
from model.checks import Finding
from model.document.answers import ACCOUNTS, CellId
from model.document.document import Change


class AccountsFace(QObject):
    """Three widgets that stand where those of a form do; `cursor_moved`, `how_wanted` and
    `cell_wanted` as for a form."""

    cursor_moved = Signal(str, str)
    how_wanted = Signal(str, str)
    cell_wanted = Signal(str, str)

    def __init__(self, session: Session, accounts: Accounts) -> None:
        super().__init__()
        self._session = session
        self.strip = AccountsStrip(session)
        self.tabs = TabStrip(ACCOUNTS_TABS)
        self.pages = AccountsPages(session, accounts)
        self.pages.cell_entered.connect(lambda cell: self.cursor_moved.emit(ACCOUNTS, cell))
        self.pages.cursor_moved.connect(self.cursor_moved)
        self.pages.cell_wanted.connect(self.cell_wanted)
        self.pages.how_wanted.connect(lambda cell: self.how_wanted.emit(ACCOUNTS, cell))
        self.tabs.chosen.connect(self._show_page)
        self.hide()

    def is_of(self, accounts: Accounts | None) -> bool:
        """Whether it can show some accounts: those of its edition."""
        return accounts is not None and accounts.definition is self.pages.definition

    def stand_in(self, above: QWidget, beside: QWidget) -> None:
        """Stand at the top of the columns that hold the strip and the tabs of a form."""
        for widget, column in ((self.strip, above.layout()), (self.tabs, beside.layout())):
            assert isinstance(column, QVBoxLayout)
            column.insertWidget(0, widget)

    def show(self, is_shown: bool = True) -> None:
        """Be in sight, or give room to a form."""
        self.strip.setVisible(is_shown)
        self.tabs.setVisible(is_shown)

    def hide(self) -> None:
        """Give room to a form."""
        self.show(False)

    def go(self) -> None:
        """Go for good: the accounts were deleted, or are of another edition."""
        for widget in (self.strip, self.tabs, self.pages):
            widget.setParent(None)
            widget.deleteLater()
        self.deleteLater()

    # --- tabs and pages

    def show_tab(self, tab: int | None) -> None:
        """Show a tab, else the one in hand."""
        if tab is not None and tab in range(len(ACCOUNTS_TABS)):
            self.tabs.choose(tab)
        self._show_page(self.tabs.current())

    def _show_page(self, tab: int) -> None:
        walks = self.tabs.bar.hasFocus()  # along the tabs with the arrow keys
        self.pages.show_tab(tab)
        if not walks and self.pages.isVisible():
            self.take_focus()

    def take_focus(self) -> None:
        """Be ready to type."""
        self.pages.page(self.tabs.current()).take_focus()

    def show_cell(self, cell: CellId) -> None:
        """Go to a cell or a figure; what no sentence of the explanation holds stands beside the tables."""
        tab = self.pages.tab_of(cell)
        self.show_tab(tab)
        is_there = self.pages.page(tab).show_cell(cell)
        if tab == TEXTS and not is_there and self.pages.page(OTHERS).show_cell(cell):
            self.show_tab(OTHERS)
            self.pages.page(OTHERS).show_cell(cell)

    # --- what changed

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Follow the document."""
        self.pages.document_changed(change, by)
        self.strip.refresh()

    def show_counts(self) -> None:
        """Show on the tabs what is open on each."""
        by_tab: dict[str, list[Finding]] = {}
        for finding in self._session.snapshot.by_form.get(ACCOUNTS, ()):
            if finding.state in COUNTED:
                tab = ACCOUNTS_TABS[self.pages.tab_of(finding.address[1])]
                by_tab.setdefault(tab, []).append(finding)
        self.tabs.show_counts({tab: count(found) for tab, found in by_tab.items()})
