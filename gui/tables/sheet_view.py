"""A table of a form on screen, as in a spreadsheet: cursor, keys, clipboard, merged cells, heights."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QIcon,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QToolTip

from gui.base import theme
from gui.base.qt import Index
from gui.tables.keys import TRIGGERS, step_of
from gui.tables.sheet_delegate import SheetDelegate
from gui.tables.sheet_edits import SheetEdits
from gui.tables.sheet_model import SheetModel, Span

if TYPE_CHECKING:  # loaded when something is pasted
    from model.recognition.block import BlockReading


class SheetView(QTableView):
    """A subclass names its columns' widths and what draws its cells; everything else is here.

    `cell_entered(cell)` names the cell of the form that the cursor stands on, `how_wanted(cell)` a figure
    that was clicked, or asked for by the space bar."""

    cell_entered = Signal(str)
    how_wanted = Signal(str)

    def __init__(self, model: SheetModel, edits: SheetEdits) -> None:
        super().__init__()
        self.model_, self.edits = model, edits
        self._cursor: tuple[str, int, int] | None = None  # cell, line and column
        self._spans: tuple[Span, ...] = ()
        self._stays = False  # the row in hand, in sight
        self.setModel(model)
        self.delegate = self.make_delegate()
        self.delegate.step_wanted.connect(self.go)
        self.setItemDelegate(self.delegate)
        self.setEditTriggers(TRIGGERS)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setMinimumSectionSize(theme.px(24))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(theme.px(38))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.setMouseTracking(True)
        self.clicked.connect(self._ask_how)
        self.entered.connect(self._show_hand)
        self.refit = QTimer(self, singleShot=True, interval=0)
        self.refit.timeout.connect(self._fit_again)
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self.restructure)
        model.rowsRemoved.connect(self.restructure)
        model.merged_anew.connect(self.restructure)
        model.dataChanged.connect(self._data_changed)

    def make_delegate(self) -> SheetDelegate:
        """Return what draws and edits the cells."""
        raise NotImplementedError

    # --- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew; the row in hand stays in sight."""
        current = self.currentIndex()
        was_seen = current.isValid() and 0 <= self.visualRect(current).top() < event.oldSize().height()
        self._stays = self._stays or was_seen
        super().resizeEvent(event)
        self.refit.start()

    def fit_all(self) -> None:
        """Give every line the height of its texts."""
        if not self.model_.is_gone:
            self.fit(range(self.model_.rowCount()))

    def fit(self, lines: Iterable[int]) -> None:
        """Give some lines the height of their texts; the last of merged ones, what is left for these."""
        wanted = set(lines)
        tall = [span for span in self._spans if span.rows > 1]
        wanted |= {span.last for span in tall if not wanted.isdisjoint(range(span.row, span.last))}
        ends = {line: [span for span in tall if span.last == line] for line in wanted} if tall else {}
        for line in sorted(wanted):
            height = max(self.delegate.height(line), *map(self._left_for, ends.get(line, ())), 0)
            if height != self.rowHeight(line):
                self.setRowHeight(line, height)

    def _left_for(self, span: Span) -> int:
        """What the last line has to give to the text of merged cells, which is never clipped."""
        lines = self.verticalHeader()
        return self.delegate.span_height(span) - (
            lines.sectionPosition(span.last) - lines.sectionPosition(span.row)
        )

    def _fit_again(self) -> None:
        self.fit_all()
        if self._stays and not self.model_.is_gone:
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)
        self._stays = False

    def restructure(self) -> None:
        """Show as one what belongs together now."""
        self._spans = tuple(self.model_.spans())
        self.clearSpans()
        for span in self._spans:
            self.setSpan(*span)
        self.fit_all()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Draw a changed line anew cell by cell: of them all together Qt draws the next line, too."""
        if first.row() != last.row():
            super().dataChanged(first, last)
            return
        for column in range(first.column(), last.column() + 1):
            index = self.model_.index(first.row(), column)
            super().dataChanged(index, index)

    def _data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self.fit(range(first.row(), last.row() + 1))

    def _reset(self) -> None:
        """The cursor stands on its cell again; where that is gone, on what has come to its place."""
        self.restructure()
        if self._cursor is None:
            return
        cell, line, column = self._cursor
        index = self.model_.index_of(cell) if cell else QModelIndex()
        if not index.isValid():
            index = self.model_.index(min(line, self.model_.rowCount() - 1), column)
        if index.isValid():
            self.setCurrentIndex(index)

    # --- the cursor

    def show_cell(self, cell: str) -> bool:
        """Put the cursor and the focus on a cell of the form; return whether it is one of the table."""
        index = self.model_.index_of(cell) if cell else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
            self.setFocus()
        return index.isValid()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Another cell: typing there is another step, and the pane follows."""
        super().currentChanged(current, previous)
        self.model_.session.pause()
        for index in (current, previous):
            if index.isValid():
                for column in range(self.model_.columnCount()):
                    self.update(index.sibling(index.row(), column))
        self._notify_cursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming back, the cursor stands where it stood."""
        super().focusInEvent(event)
        self._notify_cursor()

    def _notify_cursor(self) -> None:
        index = self.currentIndex()
        if index.isValid() and not self.model_.is_gone:
            cell = self.model_.cell_at(index) or self.model_.figure_at(index)
            self._cursor = cell, index.row(), index.column()
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
        """Go to the next row; from a line between rows to the first cell of it that can be typed into."""
        at, model = self.currentIndex(), self.model_
        merged = next((span for span in self._spans if span.holds(at.row(), at.column())), None)
        first, last = (merged.row, merged.row + merged.rows - 1) if merged else (at.row(), at.row())
        line = last + 1 if by > 0 else first - 1
        while 0 <= line < model.rowCount() and not model.is_row(line):
            line += by
        if 0 <= line < model.rowCount():
            columns = range(model.columnCount())
            stops = (n for n in columns if model.is_stop(model.index(line, n)))
            column = at.column() if model.is_row(at.row()) else next(stops, at.column())
            self.setCurrentIndex(model.index(line, column))

    def _go_along(self, by: int) -> None:
        model, count = self.model_, self.model_.columnCount()
        at = self.currentIndex().row() * count + self.currentIndex().column() + by
        while 0 <= at < model.rowCount() * count:
            index = model.index(at // count, at % count)
            if model.is_stop(index):
                self.setCurrentIndex(index)
                return
            at += by

    # --- how a figure came about

    def _ask_how(self, index: QModelIndex) -> bool:
        """A computed figure is a link; return whether one stands at an index."""
        cell = self.model_.figure_at(index) if index.isValid() else ""
        if cell:
            self.how_wanted.emit(cell)
        return bool(cell)

    def _show_hand(self, index: QModelIndex) -> None:
        is_link = bool(self.model_.figure_at(index))
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    # --- keys

    def edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:  # type: ignore[override]
        """Open the editor of a cell; a key that opens it takes the place of what stands there."""
        self.delegate.replaces = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in a spreadsheet; the rest opens the editor."""
        if self._is_clipboard(event) or self._is_command(event):
            event.accept()
        elif step := step_of(event):
            self.go(step)
            event.accept()
        else:
            super().keyPressEvent(event)
            self._refuse(event.text())

    def keyboardSearch(self, text: str) -> None:
        """A key that can't be typed into a cell takes the cursor nowhere else."""

    def _refuse(self, text: str) -> None:
        """Say why a cell does not take what is typed."""
        index = self.currentIndex()
        refusal = self.model_.refusal(index) if text.isprintable() and index.isValid() else ""
        if text and refusal:
            box = self.visualRect(index)
            QToolTip.showText(self.viewport().mapToGlobal(box.bottomLeft()), refusal, self.viewport(), box)

    def _is_clipboard(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            self.clear()
        else:
            return False
        return True

    def _is_command(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Delete and not control:
            self.clear()
        elif key == Qt.Key.Key_D and control:
            self.fill_down()
        elif key == Qt.Key.Key_R and control:
            self.fill_right()
        elif modifiers & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_row(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_F2):
            return self._ask_how(self.currentIndex())
        else:
            return False
        return True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A composition opens the editor; what an input method commits without one goes into it as well."""
        was_open = self.state() == QAbstractItemView.State.EditingState
        super().inputMethodEvent(event)
        if event.commitString() and not was_open:
            editor = self.indexWidget(self.currentIndex())
            if editor is not None:
                QCoreApplication.sendEvent(editor, event)
            self._refuse(event.commitString())

    # --- edits

    def add_row(self) -> None:
        """Add a row below the cursor and go to it."""
        self.show_cell(self.edits.add_row(self.currentIndex()))

    def remove_selected(self) -> None:
        """Delete the rows of the selection."""
        self.edits.remove_rows(self.selected_rows())

    def move_row(self, by: int) -> None:
        """Move the row of the cursor up (-1) or down (1)."""
        self.show_cell(self.edits.move_row(self.currentIndex(), by))

    def clear(self) -> None:
        """Empty the selected cells."""
        self.edits.clear(self._chosen())

    def fill_down(self) -> None:
        """Fill the selected cells with the first row of them; one row, with what stands above it."""
        self.edits.fill_down(self._chosen())

    def fill_right(self) -> None:
        """Fill the selected cells with the first column of them; one column, with what stands at its left."""
        self.edits.fill_right(self._chosen())

    def copy(self) -> None:
        """Copy the selection as spreadsheets do."""
        from gui.tables import clipboard

        if indexes := self._chosen():
            clipboard.put(self.edits.copied(indexes))

    def paste(self) -> None:
        """Paste what is on the clipboard at the cursor; in doubt the clerk is asked which column is which."""
        from gui.tables import clipboard
        from gui.tables.paste_dialog import Places

        at = self.currentIndex()
        if self.model_.session.read_only:
            return
        if not self.edits.takes_block(at):
            self.model_.type_into(at, clipboard.text().rstrip("\r\n"), None)
        elif block := clipboard.read(lambda scope: self.edits.where(at, scope)):
            places = Places(self.edits.spots(), self.currentIndex(), self.setCurrentIndex)
            clipboard.agreed(self, block, self._effect, self._take, places)

    def _effect(self, block: "BlockReading") -> str:
        typed = self.model_.session.answers.forms[self.model_.key].texts
        return self.edits.plan(self.currentIndex(), block).effect(typed)

    def _take(self, block: "BlockReading") -> None:
        from gui.tables.clipboard import say_remarks

        self.show_cell(self.edits.take(self.currentIndex(), block))
        box = self.visualRect(self.currentIndex())
        say_remarks(block, self.viewport(), box)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """A band that is crossed, as that of a reason, does not widen a choice to all of its columns."""
        left, right = sorted((self.columnAt(rect.left()), self.columnAt(rect.right())))
        top, bottom = sorted((self.rowAt(rect.top()), self.rowAt(rect.bottom())))
        is_merged = any(span.rows > 1 and left <= span.column <= right for span in self._spans)
        if top in (-1, bottom) or left == -1 or is_merged:
            super().setSelection(rect, command)
            return
        corners = self.model_.index(top, left), self.model_.index(bottom, right)
        self.selectionModel().select(QItemSelection(*corners), command)

    def _chosen(self) -> list[QModelIndex]:
        """The selection, or the cell of the cursor."""
        return self.selectedIndexes() or [index for index in [self.currentIndex()] if index.isValid()]

    def selected_rows(self) -> list[str]:
        """Return the rows that the selection touches, in order."""
        lines = sorted({index.row() for index in self._chosen()})
        return list(dict.fromkeys(row for row in map(self.model_.row_at, lines) if row))

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for icon, text, action in (
            ("plus", "在下方加一行\tCtrl+Enter", self.add_row),
            ("delete", "删除选中的行", self.remove_selected),
            ("up", "上移\tAlt+↑", lambda: self.move_row(-1)),
            ("down", "下移\tAlt+↓", lambda: self.move_row(1)),
            ("copy", "复制\tCtrl+C", self.copy),
            ("paste", "粘贴\tCtrl+V", self.paste),
            ("", "向下填充\tCtrl+D", self.fill_down),
            ("", "向右填充\tCtrl+R", self.fill_right),
        ):
            entry = menu.addAction(theme.icon(icon) if icon else QIcon(), text, action)
            entry.setEnabled(icon == "copy" or not self.model_.session.read_only)
        menu.popup(self.viewport().mapToGlobal(point))
