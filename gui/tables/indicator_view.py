"""The indicator table on screen: merged labels, and keys as in a spreadsheet."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from gui.base import theme
from gui.tables.indicator_delegate import IndicatorDelegate
from gui.tables.indicator_edits import (
    clear_cells,
    copy_cells,
    copy_from_above,
    insert_row,
    move_row,
    paste_block,
    remove_rows,
)
from gui.tables.indicator_model import LABELS, IndicatorTableModel

_WIDTHS = {
    "level1": 60,
    "level2": 90,
    "target": 110,
    "actual": 110,
    "judged": 60,
    "weight": 46,
    "computed": 64,
    "score": 54,
    "two_years_before": 110,
    "year_before": 110,
    "basis": 120,
}
_WIDE = {"level2": 112, "target": 150, "actual": 150, "judged": 76, "weight": 56, "computed": 80, "score": 66}
_WIDE_FROM = 1000  # px of the table
# where there are no scores; the target has a caption of two terms
_PLAIN = {"two_years_before": 80, "year_before": 80, "target": 168, "basis": 116}
_PLAIN_WIDE = {"target": 178}
_NAME_MIN = 140
TRIGGERS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)


class IndicatorView(QTableView):
    """`cell_entered(cell)` names the cell of the form that the cursor stands on, `how_wanted(cell)` a score
    whose computed one was clicked, or asked for by the space bar, `column_dragged(key, width)` a column that
    the clerk made wider or narrower."""

    cell_entered = Signal(str)
    how_wanted = Signal(str)
    column_dragged = Signal(str, int)

    def __init__(self, model: IndicatorTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_ = model
        self._is_scored = model.form.definition.is_scored
        self.setModel(model)
        self.delegate = IndicatorDelegate(self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName("绩效指标表")
        self.setEditTriggers(TRIGGERS)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.px(24))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(theme.px(40))
        header.setFixedHeight(theme.px(38))
        header.sectionResized.connect(self._section_resized)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.setMouseTracking(True)
        self.clicked.connect(self._ask_how)
        self.entered.connect(self._show_hand)
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self._fit_again)
        self._stays = False  # the row in hand, in sight
        self._wanted: QPersistentModelIndex | None = None
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(lambda *_: self._restructure())
        model.rowsRemoved.connect(lambda *_: self._restructure())
        model.dataChanged.connect(self._data_changed)
        self._cursor_cell = ""
        self._is_setting_widths = False
        self._dragged: dict[str, int] = {}  # widths at 100 % that the clerk has chosen, by column
        self._restructure()

    # --- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """三级指标 takes what the other columns leave; the row in hand stays in sight."""
        current = self.currentIndex()
        was_seen = current.isValid() and 0 <= self.visualRect(current).top() < event.oldSize().height()
        self._stays = self._stays or was_seen
        super().resizeEvent(event)
        self._set_widths()
        self._refit.start()

    def _set_widths(self) -> None:
        self._is_setting_widths = True
        is_wide = self.viewport().width() >= theme.px(_WIDE_FROM)
        plain = {} if self._is_scored else _PLAIN_WIDE if is_wide else _PLAIN
        widths = _WIDTHS | (_WIDE if is_wide else {}) | plain
        keys = [column.key for column in self.model_.columns]
        others = [(n, key) for n, key in enumerate(keys) if key != "name"]
        widths |= self._dragged
        for n, key in others:
            self.setColumnWidth(n, theme.px(widths[key]))
        room = self.viewport().width() - sum(self.columnWidth(n) for n, _ in others)
        self.setColumnWidth(keys.index("name"), max(room, theme.px(_NAME_MIN)))
        self._is_setting_widths = False

    def _section_resized(self, n: int) -> None:
        if not self._is_setting_widths:
            key, width = self.model_.columns[n].key, self.columnWidth(n)
            self._dragged[key] = theme.unzoomed(width)
            self.column_dragged.emit(key, width)
        self._refit.start()

    def take_widths(self, widths: Mapping[str, int]) -> None:
        """Make columns as wide as the clerk left them, here or in another form; in px at 100 %."""
        if widths != self._dragged:
            self._dragged = dict(widths)
            self._set_widths()

    def fit_all(self) -> None:
        """Give every line the height of its texts."""
        if self.model_.is_gone:
            return
        for row in range(self.model_.rowCount()):
            self.fit_row(row)

    def _fit_again(self) -> None:
        self.fit_all()
        if self._stays and not self.model_.is_gone:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        self._stays = False

    def fit_row(self, row: int) -> None:
        """Give a line the height of its texts, or of the editor open in it."""
        height = self.delegate.height(self.model_, row)
        if height != self.rowHeight(row):
            self.setRowHeight(row, height)

    def _restructure(self) -> None:
        self._merge()
        self.fit_all()

    def _merge(self) -> None:
        """Merge equal labels, bands over all columns, reasons over the columns behind the labels."""
        self.clearSpans()
        model = self.model_
        first_free, count = model.first_free, len(model.columns)
        for at, line in enumerate(model.lines):
            if line.kind == "band":
                self.setSpan(at, 0, 1, count)
            elif line.kind == "reason" and count - first_free > 1:
                self.setSpan(at, first_free, 1, count - first_free)
        for n, column in enumerate(model.columns):
            if column.key in LABELS:
                self._merge_labels(n)

    def _merge_labels(self, column: int) -> None:
        model = self.model_
        at = 0
        while at < len(model.lines):
            if model.lines[at].kind != "row":
                at += 1
                continue
            rows = set(model.group(model.index(at, column)))
            end = at
            while (
                end + 1 < len(model.lines)
                and model.lines[end + 1].kind != "band"
                and model.lines[end + 1].id in rows
            ):
                end += 1
            if end > at:
                self.setSpan(at, column, end - at + 1, 1)
            at = end + 1

    def _data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            self.fit_row(row)
        self._labels_changed.start() if hasattr(self, "_labels_changed") else None

    def _remember(self) -> None:
        self._cursor_cell = self.model_.cell_at(self.currentIndex()) if self.currentIndex().isValid() else ""

    def _reset(self) -> None:
        self._restructure()
        self.show_cell(self._cursor_cell)

    def show_cell(self, cell: str) -> None:
        """Put the cursor on a cell of the form, scrolled to the middle."""
        index = self.model_.index_of(cell) if cell else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def bring(self, cell: str) -> bool:
        """Put the cursor on a cell, or what comes nearest, in the middle third of the table."""
        index = self.model_.nearest(cell)
        if not index.isValid():
            return False
        self.setCurrentIndex(index)
        third, middle = self.viewport().height() // 3, self.visualRect(index).center().y()
        if not third <= middle <= 2 * third:
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.setFocus()
        return True

    # --- the cursor

    def take_cursor(self) -> None:
        """Be ready to type: the cursor stands on the first result, unless it stands somewhere.

        Without results it stands on the first name.
        """
        if not self.currentIndex().isValid() and self.model_.form.answers.indicators:
            key = "actual" if any(column.key == "actual" for column in self.model_.columns) else "name"
            self.show_cell(f"{self.model_.form.answers.indicators[0]}.{key}")
        self.setFocus()

    def _ask_how(self, index: QModelIndex) -> bool:
        """A computed score is a link; return whether one stands at an index."""
        line = self.model_.lines[index.row()] if index.isValid() else None
        is_computed = line is not None and line.kind == "row" and self.model_.key_at(index) == "computed"
        if line is not None and is_computed:
            self.how_wanted.emit(f"{line.id}.score")
        return is_computed

    def _show_hand(self, index: QModelIndex) -> None:
        is_computed = self.model_.lines[index.row()].kind == "row" and self.model_.key_at(index) == "computed"
        shape = Qt.CursorShape.PointingHandCursor if is_computed else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Another cell: typing there is another step, and the pane follows."""
        super().currentChanged(current, previous)
        self.model_.session.pause()
        for index in (current, previous):
            if index.isValid():
                for column in range(self.model_.columnCount()):
                    self.update(self.model_.index(index.row(), column))
        if current.isValid():
            line = self.model_.lines[current.row()]
            cell = self.model_.cell_at(current) or f"{line.id}.score"
            self.cell_entered.emit(cell)

    def go(self, step: str) -> None:
        """Move the cursor: next, previous, up, down, or new for a row below."""
        if step == "new":
            self.add_row()
        elif step in ("up", "down"):
            self._go_vertically(-1 if step == "up" else 1)
        else:
            self._go_along(1 if step == "next" else -1)

    def _go_vertically(self, by: int) -> None:
        index = self.currentIndex()
        row = index.row() + by
        while 0 <= row < self.model_.rowCount():
            if self.model_.lines[row].kind == "row":
                self.setCurrentIndex(self.model_.index(row, index.column()))
                return
            row += by

    def _go_along(self, by: int) -> None:
        count = self.model_.columnCount()
        at = self.currentIndex().row() * count + self.currentIndex().column() + by
        while 0 <= at < self.model_.rowCount() * count:
            index = self.model_.index(at // count, at % count)
            line, key = self.model_.lines[index.row()], self.model_.key_at(index)
            types = line.kind == "row" and key not in (*LABELS, "computed", "judged")
            types = types and not self.model_.is_unused(index)
            if types or (line.kind == "reason" and index.column() == self.model_.first_free):
                self.setCurrentIndex(index)
                return
            at += by

    def edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:  # type: ignore[override]
        """Open the editor of a cell; a key that opens it takes the place of what stands there."""
        self.delegate.replaces = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    # --- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in a spreadsheet; the rest opens the editor."""
        if self._is_done_by_key(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _is_done_by_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            clear_cells(self)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go("new" if control else "up" if shift else "down")
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.go("previous" if key == Qt.Key.Key_Backtab else "next")
        elif key == Qt.Key.Key_Delete and not control:
            clear_cells(self)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_F2) and self._ask_how(self.currentIndex()):
            pass
        elif key == Qt.Key.Key_D and control:
            copy_from_above(self)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            move_row(self, -1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A composition begins: open the editor so that nothing of it is lost."""
        super().inputMethodEvent(event)

    # --- edits

    def add_row(self) -> None:
        """Add a row below the cursor, with the same labels, and go to its name."""
        insert_row(self)

    def remove_selected(self) -> None:
        """Delete the rows of the selection."""
        remove_rows(self)

    def copy(self) -> None:
        """Copy the selection as spreadsheets do."""
        QGuiApplication.clipboard().setText(copy_cells(self))

    def paste(self) -> None:
        """Paste a block at the cursor; rows are added where it is longer."""
        paste_block(self, QGuiApplication.clipboard().text())

    def selected_rows(self) -> list[str]:
        """Return the indicators that the selection touches, in order."""
        rows = sorted({index.row() for index in self.selectedIndexes()} or {self.currentIndex().row()})
        lines = [self.model_.lines[row] for row in rows if row >= 0]
        return list(dict.fromkeys(line.id for line in lines if line.kind != "band"))

    def _menu(self, point) -> None:  # type: ignore[no-untyped-def]
        menu = QMenu(self)
        editable = not self.model_.session.read_only
        menu.addAction(theme.icon("plus"), "在下方加一行\tCtrl+Enter", self.add_row).setEnabled(editable)
        menu.addAction(theme.icon("delete"), "删除选中的行", self.remove_selected).setEnabled(editable)
        menu.addAction(theme.icon("up"), "上移\tAlt+↑", lambda: move_row(self, -1)).setEnabled(editable)
        menu.addAction(theme.icon("down"), "下移\tAlt+↓", lambda: move_row(self, 1)).setEnabled(editable)
        menu.addSeparator()
        menu.addAction(theme.icon("copy"), "复制\tCtrl+C", self.copy)
        menu.addAction(theme.icon("paste"), "粘贴\tCtrl+V", self.paste).setEnabled(editable)
        menu.addAction("与上一行相同\tCtrl+D", lambda: copy_from_above(self)).setEnabled(editable)
        menu.popup(self.viewport().mapToGlobal(point))
