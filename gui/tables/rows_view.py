"""A table of rows that the clerk adds: on screen, with its tool row; keys as in a spreadsheet."""

from PySide6.QtCore import QEvent, QModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.session.session import Session
from gui.tables.indicator_delegate import (
    MARK,
    MARK_GROUNDS,
    ROW,
    SIDE,
    TOP,
    WRAP,
    TextEditor,
    paint_corner,
    paint_mark,
    ring,
    text_height,
)
from gui.tables.indicator_view import TRIGGERS
from gui.tables.rows_edits import (
    clear_cells,
    copy_cells,
    copy_from_above,
    insert_row,
    move_row,
    paste_block,
    remove_rows,
)
from gui.tables.rows_model import RowsTableModel
from model.document.answers import FormKey
from model.forms.definition import RowsBlock

_HIGHEST = 460  # px; a longer table scrolls
_MONEY = 130
_STEPS = {Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "previous"}


class RowsPanel(QWidget):
    """Caption, unless a heading above says the same; tools, table."""

    def __init__(self, session: Session, key: FormKey, block: RowsBlock, is_headed: bool = True) -> None:
        super().__init__()
        self.model = RowsTableModel(session, key, block, self)
        self.view = RowsView(self.model)
        self.view.setAccessibleName(block.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(6))
        if is_headed:
            tools.addWidget(QLabel(block.label, objectName="heading"))
            tools.addSpacing(theme.px(12))
        self.add_row = self._tool("plus", "加一行", "在光标下方加一行（Ctrl+Enter）", self.view.add_row)
        self.delete_row = self._tool("delete", "删除行", "删除选中的行，可以撤销", self.view.remove_selected)
        self.paste = self._tool("paste", "从 Excel 粘贴", "从光标处粘贴（Ctrl+V）", self.view.paste)
        for tool in (self.add_row, self.delete_row, self.paste):
            tool.setEnabled(not session.read_only)
            tools.addWidget(tool)
        tools.addStretch()
        if any(one.kind == "money" for one in block.columns):
            tools.addWidget(QLabel(session.form(key).definition.money_unit, objectName="caption"))
        column.addLayout(tools)
        column.addWidget(self.view)

    def _tool(self, icon: str, text: str, tip: str, slot) -> QToolButton:  # type: ignore[no-untyped-def]
        tool = QToolButton(icon=theme.icon(icon, "accent"), text=f" {text}", toolTip=tip)
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tool.clicked.connect(slot)
        return tool


class RowsView(QTableView):
    """The table; as high as its rows up to a height. `cell_entered(cell)` names the cell under the cursor."""

    cell_entered = Signal(str)

    def __init__(self, model: RowsTableModel) -> None:
        super().__init__()
        self.model_ = model
        self.setModel(model)
        self.delegate = _Delegate(self)
        self.setItemDelegate(self.delegate)
        self.setEditTriggers(TRIGGERS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setMinimumSectionSize(theme.px(24))
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setFixedHeight(theme.px(38))
        for n, column in enumerate(model.block.columns):
            if column.kind == "money":
                self.horizontalHeader().setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(n, theme.px(_MONEY))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self._refit = QTimer(self, singleShot=True, interval=0)
        self._refit.timeout.connect(self.fit_all)
        self._cursor_cell = ""
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._reset)
        model.dataChanged.connect(lambda first, last: self._fit_rows(range(first.row(), last.row() + 1)))
        self.fit_all()

    # --- geometry

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew."""
        super().resizeEvent(event)
        self._refit.start()

    def fit_all(self) -> None:
        """Give every row the height of its texts."""
        if not self.model_.is_gone:
            self._fit_rows(range(len(self.model_.rows)))

    def _fit_rows(self, rows: range) -> None:
        for row in rows:
            height = self.delegate.height(row)
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)
        high = self.verticalHeader().length() + self.horizontalHeader().height() + 2
        self.setFixedHeight(min(high, theme.px(_HIGHEST)))

    def _remember(self) -> None:
        index = self.currentIndex()
        self._cursor_cell = self.model_.cell_at(index) if index.isValid() else ""

    def _reset(self) -> None:
        self.fit_all()
        index = self.model_.index_of(self._cursor_cell)
        if index.isValid():
            self.setCurrentIndex(index)

    # --- the cursor

    def show_cell(self, cell: str) -> bool:
        """Put the cursor on a cell of the form; return whether it is one of the table."""
        index = self.model_.index_of(cell)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus()
        return index.isValid()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Another cell: typing there is another step."""
        super().currentChanged(current, previous)
        self.model_.session.pause()
        self._tell_cursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming back, the cursor stands where it stood."""
        super().focusInEvent(event)
        self._tell_cursor()

    def _tell_cursor(self) -> None:
        if self.currentIndex().isValid():
            self.cell_entered.emit(self.model_.cell_at(self.currentIndex()))

    def go(self, step: str) -> None:
        """Move the cursor: next, previous, up, down, or new for a row below."""
        if step == "new":
            self.add_row()
            return
        index, columns = self.currentIndex(), self.model_.columnCount()
        by = {"next": 1, "previous": -1, "down": columns, "up": -columns}[step]
        at = index.row() * columns + index.column() + by
        if 0 <= at < self.model_.rowCount() * columns:
            self.setCurrentIndex(self.model_.index(at // columns, at % columns))

    def edit(self, index: QModelIndex, trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:  # type: ignore[override]
        """Open the editor of a cell; a key that opens it takes the place of what stands there."""
        self.delegate.replaces = trigger == QAbstractItemView.EditTrigger.AnyKeyPressed
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in a spreadsheet; the rest opens the editor."""
        if self._is_done_by_key(event):
            event.accept()
            return
        super().keyPressEvent(event)

    def _is_done_by_key(self, event: QKeyEvent) -> bool:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Cut):
            self.copy()
            clear_cells(self)
        elif step := step_of(key, modifiers):
            self.go(step)
        elif key == Qt.Key.Key_Delete and not control:
            clear_cells(self)
        elif key == Qt.Key.Key_D and control:
            copy_from_above(self)
        elif modifiers & Qt.KeyboardModifier.AltModifier and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            move_row(self, -1 if key == Qt.Key.Key_Up else 1)
        else:
            return False
        return True

    # --- edits

    def add_row(self) -> None:
        """Add a row below the cursor and go to its first cell."""
        insert_row(self)

    def remove_selected(self) -> None:
        """Delete the rows of the selection."""
        remove_rows(self)

    def copy(self) -> None:
        """Copy the selection as spreadsheets do."""
        if self.selectedIndexes():
            QGuiApplication.clipboard().setText(copy_cells(self))

    def paste(self) -> None:
        """Paste a block at the cursor; rows are added where it is longer."""
        paste_block(self, QGuiApplication.clipboard().text())

    def selected_rows(self) -> list[str]:
        """Return the rows that the selection touches, in order."""
        return [self.model_.rows[row] for row in sorted({index.row() for index in self.selectedIndexes()})]

    def _menu(self, point) -> None:  # type: ignore[no-untyped-def]
        menu = QMenu(self)
        for icon, text, action in (
            ("plus", "在下方加一行\tCtrl+Enter", self.add_row),
            ("delete", "删除选中的行", self.remove_selected),
            ("up", "上移\tAlt+↑", lambda: move_row(self, -1)),
            ("down", "下移\tAlt+↓", lambda: move_row(self, 1)),
            ("copy", "复制\tCtrl+C", self.copy),
            ("paste", "粘贴\tCtrl+V", self.paste),
        ):
            entry = menu.addAction(theme.icon(icon), text, action)
            entry.setEnabled(icon == "copy" or not self.model_.session.read_only)
        menu.popup(self.viewport().mapToGlobal(point))


def step_of(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str:
    """Return where Enter and Tab move the cursor; "" for another key."""
    if key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return _STEPS.get(key, "")
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return "new"
    return "up" if modifiers & Qt.KeyboardModifier.ShiftModifier else "down"


class _Delegate(QStyledItemDelegate):
    """Wrapped texts, and an editor that types into the document at every key."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view
        self.replaces = False

    def height(self, row: int) -> int:
        """Return how high a row has to be for its texts."""
        model = self._view.model_
        heights = []
        for n in range(model.columnCount()):
            index = model.index(row, n)
            taken = 2 * SIDE + (MARK if model.mark_at(index).state else 0)
            heights.append(text_height(model.text(index), self._view.columnWidth(n) - theme.px(taken)))
        return max(theme.px(ROW), max(heights) + theme.px(2 * TOP))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """The view sets heights itself."""
        return QSize(theme.px(60), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Draw one cell."""
        painter.save()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        state = self._view.model_.mark_at(index).state
        ground = MARK_GROUNDS.get(state, "accent_soft" if chosen else "surface")
        painter.fillRect(option.rect, theme.colour(ground))
        painter.setFont(theme.font())
        box = option.rect.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        if state:
            box = paint_mark(painter, box, state)
        elif sign := self._view.model_.origin_at(index):
            paint_corner(painter, option.rect, sign)
        painter.setPen(theme.colour("text"))
        painter.drawText(box, int(index.data(Qt.ItemDataRole.TextAlignmentRole) | WRAP), index.data() or "")
        if index == self._view.currentIndex():
            ring(painter, option.rect)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget:
        """A text field that types at every key."""
        editor = TextEditor(parent, self)
        editor.setAccessibleName(self._view.model_.block.columns[index.column()].caption)
        cell = QModelIndex(index)
        editor.textChanged.connect(lambda: self._typed(editor, cell))
        return editor

    def _typed(self, editor: TextEditor, index: QModelIndex) -> None:
        if not editor.is_filling:
            self._view.model_.type_into(index, editor.toPlainText(), editor)

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        """Show what the document has, unless it is what the editor itself has typed."""
        assert isinstance(editor, TextEditor)
        editor.fill(index.data(Qt.ItemDataRole.EditRole) or "", self.replaces)

    def setModelData(self, editor: QWidget, model: RowsTableModel, index: QModelIndex) -> None:  # type: ignore[override]
        """Every key has been passed on; only what an input method has just committed is not yet."""
        assert isinstance(editor, TextEditor)
        if editor.toPlainText() != model.text(index):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """The editor covers its cell."""
        editor.setGeometry(QRect(option.rect))

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Enter and Tab move on as in a spreadsheet; Alt+Enter breaks the line; Esc closes."""
        if isinstance(event, QKeyEvent) and isinstance(editor, TextEditor):
            pressed = event.type() == QEvent.Type.KeyPress
            return (pressed and self._moves(editor, event)) or super().eventFilter(editor, event)
        return super().eventFilter(editor, event)

    def _moves(self, editor: TextEditor, event: QKeyEvent) -> bool:
        step = step_of(Qt.Key(event.key()), event.modifiers())
        if step in ("down", "up") and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            editor.insertPlainText("\n")
            return True
        if not step:
            return False
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        self._view.go(step)
        return True
