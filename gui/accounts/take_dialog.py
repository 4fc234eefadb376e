"""What the forms would take over from the final accounts: where, what stands there now, what would."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.accounts.edition_dialog import buttons
from gui.base import theme
from gui.base.plain import Label
from model.filling.accounts import Taken

CAPTIONS = ("位置", "现在", "取数后")
EMPTY, LEFT_TO_ACCOUNTS = "（空）", "（空，用部门决算的数）"
_FIGURE = 180


class TakeDialog(QDialog):
    """Nothing is changed before 取数; all of it is one step of undo."""

    def __init__(self, changes: Sequence[Taken], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("从部门决算取数")
        self.resize(theme.px(760), theme.px(420))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(28), theme.px(20), theme.px(28), theme.px(20))
        column.setSpacing(theme.px(12))
        column.addWidget(
            Label(f"自评表里有 {len(changes)} 处金额与部门决算不同，取数后改为：", wordWrap=True)
        )
        self.table = _table(changes)
        column.addWidget(self.table, stretch=1)
        column.addLayout(buttons(self, f"改 {len(changes)} 处"))


def _table(changes: Sequence[Taken]) -> QTableWidget:
    table = QTableWidget(len(changes), len(CAPTIONS))
    table.setAccessibleName("取数前后")
    table.setHorizontalHeaderLabels(CAPTIONS)
    table.verticalHeader().hide()
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    for n in (1, 2):
        table.setColumnWidth(n, theme.px(_FIGURE))
    for line, change in enumerate(changes):
        texts = (change.place, change.before or EMPTY, change.after or LEFT_TO_ACCOUNTS)
        for n, text in enumerate(texts):
            item = QTableWidgetItem(text)
            side = Qt.AlignmentFlag.AlignRight if n else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            table.setItem(line, n, item)
    return table
