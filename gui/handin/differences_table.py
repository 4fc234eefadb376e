"""A table of what differs: texts that wrap, rows as high as their texts whatever width the columns have."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from gui.base import theme
from gui.base.plain import tip
from gui.base.qt import Index

PADDING = 6, 8  # px at 100 % above and beside a text, as the style sheet has them
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class DifferencesTable(QTableWidget):
    """The first columns have the widths that are given, in px at 100 %; the others share what is left."""

    def __init__(self, captions: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__(0, len(captions))
        self.setObjectName("differences")
        self.setHorizontalHeaderLabels(list(captions))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setDefaultAlignment(_LEFT)
        self.setItemDelegate(_Wrapping(self))
        self._fit = QTimer(self, singleShot=True, interval=0)  # when all columns have their widths
        self._fit.timeout.connect(self.resizeRowsToContents)
        header.sectionResized.connect(lambda *_: self._fit.start())
        for n in range(len(captions)):
            if n < len(widths):
                self.setColumnWidth(n, theme.px(widths[n]))
            else:
                header.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.setRowCount(len(rows))
        for n, row in enumerate(rows):
            for column, text in enumerate(row):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_LEFT)
                item.setToolTip(tip(text))
                self.setItem(n, column, item)
        self.resizeRowsToContents()


class _Wrapping(QStyledItemDelegate):
    """Knows how high a text is in its column; Qt forgets the room that the style sheet leaves beside it."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the column, as high as its lines."""
        above, beside = (theme.px(edge) for edge in PADDING)
        width = self._table.columnWidth(index.column())
        icon = theme.px(24) if index.data(Qt.ItemDataRole.DecorationRole) is not None else 0
        room = QRect(0, 0, max(width - 2 * beside - icon - theme.px(6), 1), 1 << 20)
        text = str(index.data() or "")
        height = self._table.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
        return QSize(width, height + 2 * above + theme.px(4))
