"""A table of what differs: texts that wrap, rows as high as their texts whatever width the columns have."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gui.base import theme
from gui.base.plain import tip

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
