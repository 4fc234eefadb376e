"""The tab 科目: tools, which table's columns are in hand, the unit of money, and the list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.accounts.list_columns import INCOME, SPENDING, has_other_sources
from gui.accounts.subjects_model import SubjectsModel
from gui.accounts.subjects_view import SubjectsView
from gui.base import theme
from gui.base.parts import ChoiceBox
from gui.base.plain import Label, tip
from gui.session.accounts_places import table_name
from gui.session.session import Session
from model.document.answers import ACCOUNTS, MONEY_UNIT, CellId
from model.document.document import Change

UNITS = ("万元", "元")
_WIDEST, _NARROW = 216, 780


class SubjectsPage(QWidget):
    """A page with one table that scrolls by itself; `carry_wanted` asks for last year's document."""

    carry_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self.model = SubjectsModel(session, SPENDING, self)
        self.view = SubjectsView(self.model)
        self.view.said.connect(self._say)
        self._tables = tuple(self.model.accounts.definition.subject_tables)
        self.said = Label(objectName="caption", wordWrap=True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addLayout(self._tools())
        column.addWidget(self.said)
        column.addWidget(self.view, stretch=1)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        self.add_row = self._tool("plus", "科目", "在光标下方加一行（Ctrl+Enter）", self.view.add_row)
        self.delete_row = self._tool(
            "delete", "删除行", "删除选中的行，可以撤销。", self.view.remove_selected
        )
        self.paste = self._tool("paste", "从 Excel 粘贴", "从光标处粘贴（Ctrl+V）", self.view.paste)
        words = "从上年的自评簿带入上年数、科目和用途，不改已填的。"
        self.carry = self._tool("clock", "带入上年", words, self.carry_wanted.emit)
        self.sources = self._sources()
        self.sources.setChecked(has_other_sources(self.model.accounts))
        for tool in (self.add_row, self.delete_row, self.paste, self.carry, self.sources):
            row.addWidget(tool)
        row.addStretch()
        self.tables = self._choice("栏目", self._names())
        self.tables.setCurrentIndex(self._ordered().index(self.model.table))
        self.tables.activated.connect(lambda n: self.show_table(self._ordered()[n]))
        self.units = self._choice("金额单位", UNITS)
        self.units.setEnabled(not self._session.read_only)
        self.units.activated.connect(self._take_unit)
        self._show_unit()
        row.addWidget(self.tables)
        row.addWidget(self.units)
        return row

    def _tool(self, icon: str, text: str, words: str, slot: Callable[[], None]) -> QToolButton:
        tool = QToolButton(icon=theme.icon(icon, "accent"), text=f" {text}", toolTip=tip(words))
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tool.setAccessibleName(text)
        tool.setEnabled(not self._session.read_only)
        tool.clicked.connect(slot)
        return tool

    def _sources(self) -> QToolButton:
        """What unfolds the columns of income; it is unfolded where a unit has other sources than grants."""
        words = "展开或收起财政拨款、事业收入等各栏和上缴、经营、补助支出"
        tool = QToolButton(text=" 收入来源", toolTip=tip(words), checkable=True)
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tool.setAccessibleName("收入来源")
        tool.setIcon(theme.icon("down", "accent"))
        tool.toggled.connect(self._unfold)
        return tool

    def _unfold(self, is_shown: bool) -> None:
        self.sources.setIcon(theme.icon("up" if is_shown else "down", "accent"))
        self.model.show_sources(is_shown)

    def _choice(self, name: str, texts: Sequence[str]) -> ChoiceBox:
        box = ChoiceBox()
        box.addItems(list(texts))
        box.setAccessibleName(name)
        box.setToolTip(tip(name))
        box.setMaximumWidth(theme.px(_WIDEST))
        return box

    def _ordered(self) -> list[str]:
        """The tables by subjects in the order of paper."""
        return [table.id for table in self.model.accounts.definition.tables if table.id in self._tables]

    def _names(self) -> list[str]:
        definition = self.model.accounts.definition
        return [table_name(definition.table(name)) for name in self._ordered()]

    def show_table(self, table: str) -> None:
        """Show the columns of another table."""
        if table != self.model.table:
            self.model.show_table(table)
        self.sources.setVisible(table == SPENDING)
        self.tables.setCurrentIndex(self._ordered().index(table))

    def _take_unit(self, n: int) -> None:
        if UNITS[n] != self.model.accounts.unit:
            self._session.edit(
                "改变金额单位", lambda edit: edit.set_text((ACCOUNTS, MONEY_UNIT), UNITS[n]), self
            )

    def _show_unit(self) -> None:
        self.units.setCurrentIndex(UNITS.index(self.model.accounts.unit))

    def _say(self, text: str) -> None:
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, tools that are seldom used are icons alone."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme.px(_NARROW)
        style = (
            Qt.ToolButtonStyle.ToolButtonIconOnly
            if is_narrow
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for tool in (self.delete_row, self.carry, self.sources):
            tool.setToolButtonStyle(style)

    # --- as every page

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Follow the document."""
        self.model.document_changed(change, by)
        self._show_unit()

    def show_cell(self, cell: CellId) -> bool:
        """Go to a cell or a figure, with the columns of its table; return whether there is any."""
        table = self._table_of(cell)
        if table == INCOME and self.model.table == SPENDING:
            self.sources.setChecked(True)
        elif table:
            self.show_table(table)
        return self.view.show_cell(cell)

    def _table_of(self, cell: CellId) -> str:
        """The table of t3.2050199.basic and of s1.t2.fiscal; budgets and reasons stand beside 表3."""
        parts = cell.split(".")
        named = next((part for part in parts[:2] if part in self._tables), "")
        is_of_list = parts[-1] not in ("code", "name")
        return named or (SPENDING if is_of_list else "")

    def take_focus(self) -> None:
        """Be ready to type."""
        if not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.index(0, 0))
        self.view.setFocus()
