"""逐格选: the cells in which the document and the file say something else, both texts side by side."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gui.base import theme
from gui.base.plain import tip
from model.document.answers import Address
from model.recognition.incoming import Place

CAPTIONS = ("项目", "现在的", "文件的")
PART_WIDTH = 190  # px at 100 %
MINE, THEIRS = 1, 2


class Choice(NamedTuple):
    """A cell, what it is called, both texts, and where the file's stands, if that is known."""

    address: Address
    name: str
    mine: str
    theirs: str
    place: Place | None = None


class MeetingTable(QTableWidget):
    """A click or the space bar on a text takes it; `chosen` comes with every change, `place_chosen` on going
    to a line."""

    chosen = Signal()
    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(0, len(CAPTIONS))
        self.setObjectName("differences")
        self.setAccessibleName("两处不同的内容")
        self.setHorizontalHeaderLabels(list(CAPTIONS))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (MINE, THEIRS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(0, theme.px(PART_WIDTH))
        self._choices: tuple[Choice, ...] = ()
        self._taken: set[Address] = set()
        self._items: dict[tuple[int, int], QTableWidgetItem] = {}
        self.cellClicked.connect(self._take)
        self.itemChanged.connect(self._ticked)
        self.currentCellChanged.connect(self._gone_to)

    def show_choices(self, choices: Iterable[Choice], taken: Iterable[Address]) -> None:
        """Show cells; of those in `taken` the file's text holds."""
        self._choices, self._taken = tuple(choices), set(taken)
        self.blockSignals(True)
        self.setRowCount(len(self._choices))
        for row, one in enumerate(self._choices):
            for column, text in enumerate((one.name, one.mine, one.theirs)):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(text))
                self.setItem(row, column, item)
                self._items[row, column] = item
            self._show(row)
        self.blockSignals(False)
        self.resizeRowsToContents()

    @property
    def taken(self) -> frozenset[Address]:
        """The cells in which the file's text holds."""
        return frozenset(self._taken)

    def _show(self, row: int) -> None:
        is_theirs = self._choices[row].address in self._taken
        for column in (MINE, THEIRS):
            item = self._items[row, column]
            holds = (column == THEIRS) == is_theirs
            item.setCheckState(Qt.CheckState.Checked if holds else Qt.CheckState.Unchecked)
            item.setBackground(theme.colour("accent_soft" if holds else "surface"))
            item.setForeground(theme.colour("text" if holds else "text2"))

    def _take(self, row: int, column: int) -> None:
        if column in (MINE, THEIRS):
            self._choose(row, column == THEIRS)

    def _ticked(self, item: QTableWidgetItem) -> None:
        is_on = item.checkState() == Qt.CheckState.Checked
        self._choose(item.row(), is_on == (item.column() == THEIRS))

    def _choose(self, row: int, theirs: bool) -> None:
        address = self._choices[row].address
        self._taken = self._taken | {address} if theirs else self._taken - {address}
        self.blockSignals(True)
        self._show(row)
        self.blockSignals(False)
        self.chosen.emit()

    def _gone_to(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._choices) and self._choices[row].place:
            self.place_chosen.emit(self._choices[row].place)
