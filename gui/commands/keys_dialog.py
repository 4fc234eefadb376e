"""快捷键: every key of the program in one list that can be searched."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.plain import Label
from gui.base.qt import Index
from gui.commands.command import Key
from model.filling.find import folded

WIDTH, HEIGHT = 620, 560
NOTHING = "没有这样的快捷键。"
_HEADS = ("在哪里", "做什么", "按键")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TO_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class KeysDialog(QDialog):
    """A field to search with, and the keys that fit what is typed."""

    def __init__(self, keys: Sequence[Key], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        column = QVBoxLayout(self)
        margin = theme.px(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.px(12))
        self.field = QLineEdit(placeholderText="查找：做什么，或按键")
        self.field.setAccessibleName("查找快捷键")
        self.field.addAction(theme.icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.model = _KeysModel(keys, self)
        self.table = _table(self.model)
        self.nothing = Label(NOTHING, objectName="quiet")
        column.addWidget(self.field)
        column.addWidget(self.nothing)
        column.addWidget(self.table, stretch=1)
        column.addLayout(self._foot())
        self.field.textChanged.connect(self._search)
        self._search("")

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        self.close_button = QPushButton("关闭")
        self.close_button.clicked.connect(self.accept)
        foot.addStretch()
        foot.addWidget(self.close_button)
        return foot

    def _search(self, wanted: str) -> None:
        self.model.search(wanted)
        self.nothing.setVisible(not self.model.keys)

    def showEvent(self, event: QShowEvent) -> None:
        """No larger than the screen; ready to type."""
        room = self.screen().availableSize()
        self.resize(self.size().boundedTo(room))
        super().showEvent(event)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From the field the arrows go into the list; Enter there closes nothing."""
        if event.key() in _TO_LIST and self.field.hasFocus():
            self.table.setFocus()
            if self.model.keys and not self.table.currentIndex().isValid():
                self.table.selectRow(0)
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class _KeysModel(QAbstractTableModel):
    """The keys that fit what is searched."""

    def __init__(self, keys: Sequence[Key], parent: QDialog) -> None:
        super().__init__(parent)
        self._all = keys
        self.keys = keys

    def search(self, wanted: str) -> None:
        """Keep the keys in which all words stand, whatever width and case."""
        words = folded(wanted).split()
        self.beginResetModel()
        self.keys = tuple(key for key in self._all if all(word in folded(" ".join(key)) for word in words))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A line a key."""
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Where, what, key."""
        return len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        """Captions at the left."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return _LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts; what a key does stands out, where it holds is quiet."""
        key = self.keys[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (key.where, key.what, key.key)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0:
            return theme.colour("text2")
        return f"{key.what}：{key.key}" if role == Qt.ItemDataRole.AccessibleTextRole else None


def _table(model: _KeysModel) -> QTableView:
    table = QTableView(objectName="keys")
    table.setModel(model)
    table.setAccessibleName("快捷键")
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.px(32))
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    table.setColumnWidth(0, theme.px(110))
    table.setColumnWidth(2, theme.px(200))
    return table
