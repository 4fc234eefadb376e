"""The list of subjects on screen: widths, what stays in sight, what a paste says."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from gui.accounts.grey_delegate import LINE
from gui.accounts.list_columns import CODE, NAME, RATE
from gui.accounts.pinned import PinnedColumns, PinnedTotal
from gui.accounts.subjects_delegate import SubjectsDelegate
from gui.accounts.subjects_edits import SubjectsEdits
from gui.accounts.subjects_model import FROZEN, SubjectsModel
from gui.base import theme
from gui.base.qt import Index
from gui.tables.sheet_view import SheetView

_WIDTHS = {CODE: 108, NAME: 170, RATE: 80, "use": 220}
_AMOUNT, _ROUND = 96, 26  # of amounts, and of what stands around one
_HEAD = 44  # captions of two lines


class SubjectsView(SheetView):
    """`said(text)` is what there is to say of a block that was pasted."""

    model_: SubjectsModel
    total: PinnedTotal | None = None  # made when the table is
    said = Signal(str)

    def __init__(self, model: SubjectsModel) -> None:
        self.list_edits = SubjectsEdits(model)
        super().__init__(model, self.list_edits)
        self.setAccessibleName("科目")
        self.verticalHeader().setDefaultSectionSize(theme.px(LINE))
        self.horizontalHeader().setFixedHeight(theme.px(_HEAD))
        self.columns_ = PinnedColumns(self, self.delegate, FROZEN)
        self.total = PinnedTotal(self, self.delegate, FROZEN)
        self.columns_.chosen.connect(self._go_to)
        self.total.chosen.connect(lambda line, column: self._ask_how(model.index(line, column)))
        self._follow_the_table()
        self._set_widths()
        self.restructure()

    def _follow_the_table(self) -> None:
        model = self.model_
        for signal in (
            model.dataChanged,
            model.rowsInserted,
            model.rowsRemoved,
            self.verticalScrollBar().valueChanged,
            self.verticalScrollBar().rangeChanged,
            self.horizontalScrollBar().valueChanged,
            self.horizontalScrollBar().rangeChanged,
        ):
            signal.connect(self._follow)
        model.modelReset.connect(self._set_widths)
        self.selectionModel().selectionChanged.connect(self._follow)

    def make_delegate(self) -> SubjectsDelegate:
        """Return what draws and edits the cells."""
        return SubjectsDelegate(self, self.model_)

    def _data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Only a reason can need another height, and a sum another width."""
        kind = self.model_.lines[first.row()].kind
        if kind == "reason":
            super()._data_changed(first, last)
        elif kind == "total":
            self._set_widths()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The names take the room that is left."""
        super().resizeEvent(event)
        self._set_widths()

    def _set_widths(self) -> None:
        columns = self.model_.columns
        widths = [theme.px(_WIDTHS.get(column.path, _AMOUNT)) for column in columns]
        for n, column in enumerate(columns):
            if column.is_amount and column.path not in _WIDTHS:
                widths[n] = max(widths[n], self._widest_sum(n))
        widths[1] += max(0, self.viewport().width() - sum(widths))
        for n, width in enumerate(widths):
            if self.columnWidth(n) != width:
                self.setColumnWidth(n, width)
        self._follow()

    def _widest_sum(self, column: int) -> int:
        """The room that the sum of a column needs; it is the longest of its amounts, and bold."""
        text = self.model_.shown(self.model_.index(self.model_.rowCount() - 1, column), False)
        bold = QFont(self.font())
        bold.setBold(True)
        return QFontMetrics(bold).horizontalAdvance(text) + theme.px(_ROUND)

    # --- what stays in sight

    def _follow(self) -> None:
        if self.total is not None and not self.model_.is_gone:
            self.columns_.follow()
            self.total.follow()

    def _go_to(self, line: int, column: int) -> None:
        self.setCurrentIndex(self.model_.index(line, column))
        self.setFocus()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell in sight, out from under what stays there."""
        super().scrollTo(index, hint)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        frozen = sum(self.columnWidth(n) for n in range(FROZEN))
        left = self.columnViewportPosition(index.column())
        if index.isValid() and self.model_.lines[index.row()].kind == "reason":
            across.setValue(0)  # it begins beside the code
        if index.column() >= FROZEN and across.value() and left < frozen:
            across.setValue(across.value() - (frozen - left))
        covered = self.total.height_in_sight if self.total is not None else 0
        bottom = self.rowViewportPosition(index.row()) + self.rowHeight(index.row())
        hidden = bottom - (self.viewport().height() - covered)
        if covered and hidden > 0 and index.row() < self.model_.rowCount() - 1:
            down.setValue(down.value() + hidden)

    def paste(self) -> None:
        """Paste a block, and tell what became of it."""
        cell = self.list_edits.paste(self.currentIndex(), QGuiApplication.clipboard().text())
        self.show_cell(cell)
        self.said.emit(self.list_edits.said)
