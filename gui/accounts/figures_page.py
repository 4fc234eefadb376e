"""The tabs of the final accounts beside the list: tables with fixed cells, rows of uses, fields."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from gui.accounts.fields import FieldsGroup
from gui.accounts.figures_model import FigureTable, tables_of
from gui.accounts.figures_view import FiguresPanel
from gui.accounts.names_table import NamesPanel
from gui.base import theme
from gui.base.parts import to_middle
from gui.editors.cells import editors_below, refresh_below
from gui.session.accounts_places import ACCOUNTS_TABS, OTHERS, TAB_OF_KIND, table_name
from gui.session.session import Session
from gui.tables.rows_view import RowsPanel
from model.accounts.definition import AccountsDefinition
from model.accounts.items import EXPENSES
from model.document.answers import ACCOUNTS, CellId
from model.document.document import Change
from model.forms.columns import Column
from model.forms.definition import RowsBlock

USES = RowsBlock(
    tab="",
    widths_mm=(60, 30, 90),
    id=EXPENSES,
    label="项目支出主要用途",
    label_span=0,
    columns=(
        Column("name", "名称"),
        Column("amount", "金额", kind="money"),
        Column("result", "主要成效"),
    ),
)


class FiguresPage(QScrollArea):
    """One tab; `cell_entered(cell)` says where the cursor of a table stands, `how_wanted(cell)` asks of what
    a figure is made."""

    cell_entered = Signal(str)
    how_wanted = Signal(str)

    def __init__(self, session: Session, definition: AccountsDefinition, tab: int) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(ACCOUNTS_TABS[tab])
        self._session = session
        self.tables = [FiguresPanel(session, shown) for shown in _tables(definition, tab)]
        self.uses: RowsPanel | None = None
        self.names: NamesPanel | None = None
        self._behind: Change | None = None  # the last change that the tables have not followed
        body = QWidget(objectName="page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(24))
        self._column.setSpacing(theme.px(20))
        for panel in self.tables:
            self._column.addWidget(panel)
            panel.view.cell_entered.connect(self.cell_entered)
            panel.view.how_wanted.connect(self.how_wanted)
        if tab == OTHERS:
            self._add_others(definition)
        self._column.addStretch()
        self.setWidget(body)

    def _add_others(self, definition: AccountsDefinition) -> None:
        self.uses = RowsPanel(self._session, ACCOUNTS, USES)
        self.uses.view.cell_entered.connect(self.cell_entered)
        self._column.addWidget(self.uses)
        for group in (group for group in definition.groups if not group.is_told):
            self._column.addWidget(FieldsGroup(self._session, group))
        self.names = NamesPanel(self._session)
        self.names.view.cell_entered.connect(self.cell_entered)
        self._column.addWidget(self.names)

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let rows follow the document; the figures of a page that is not in sight wait until it is."""
        if self.uses is not None:
            self.uses.model.document_changed(change, by)
        self._behind = change
        if self.isVisible():
            self._catch_up(by)
            refresh_below(self.widget(), by)

    def _catch_up(self, by: QObject | None = None) -> None:
        """Let the tables show the figures of now."""
        change, self._behind = self._behind, None
        if change is not None and ACCOUNTS in self._session.answers.forms:
            for panel in self.tables:
                panel.model.document_changed(change, by)
                panel.show_unit()
            if self.names is not None:
                self.names.model.document_changed(change, by)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden is shown now."""
        super().showEvent(event)
        self._catch_up()
        if ACCOUNTS in self._session.answers.forms:
            refresh_below(self.widget(), None)

    def show_cell(self, cell: CellId) -> bool:
        """Go to a figure or a field; return whether there is any."""
        self._catch_up()
        for panel in self.tables:
            if panel.show_cell(cell):
                self._to_line(panel)
                return True
        for rows in (self.uses, self.names):
            if rows is not None and rows.view.show_cell(cell):
                to_middle(self, rows.view)
                return True
        editors = {of: editor for (_, of), editor in editors_below(self.widget())}
        if cell in editors:
            editors[cell].setFocus()
            to_middle(self, editors[cell])
        return cell in editors

    def _to_line(self, panel: FiguresPanel) -> None:
        """Scroll to the line in hand of a table that may be higher than the page."""
        view = panel.view
        place = view.viewport().mapTo(self.widget(), view.visualRect(view.currentIndex()).center())
        self.ensureVisible(place.x(), place.y(), 0, self.viewport().height() // 3)

    def take_focus(self) -> None:
        """Be ready to type in the first table, else in the first field."""
        if self.isAncestorOf(self.focusWidget() or self):
            return
        if self.tables and self.tables[0].model.lines:
            view = self.tables[0].view
            if not view.currentIndex().isValid():
                view.go("next")
            view.setFocus()
        else:
            next((editor for _, editor in editors_below(self.widget())), self).setFocus()


def _tables(definition: AccountsDefinition, tab: int) -> Iterator[FigureTable]:
    for table in definition.tables:
        if TAB_OF_KIND[table.kind] == tab:
            yield from tables_of(table, table_name(table))
