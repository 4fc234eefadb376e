"""The open cell of a table: its editor, what of it reaches the document when, and how it is left."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from gui.base import theme
from gui.base.qt import Index, rect_of
from gui.editors.cells import RoomOfCell, UndoOfWindow
from gui.tables.cell_drawing import ROW, ring
from gui.tables.choice_editor import ChoiceEditor
from gui.tables.keys import step_of
from gui.tables.sheet_model import SheetModel, Span


class SheetDelegate(QStyledItemDelegate):
    """`step_wanted(step)` says where an open cell is left for. A subclass measures and draws the cells."""

    step_wanted = Signal(str)

    def __init__(self, view: QTableView, model: SheetModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.replaces = False  # whether the key that opens an editor takes the place of the text

    # --- what each table defines

    def height(self, line: int) -> int:
        """Return how high a line has to be for its texts."""
        raise NotImplementedError

    def span_height(self, span: Span) -> int:
        """Return how high cells that are shown as one have to be for their text."""
        return 0

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell, without the cursor."""
        raise NotImplementedError

    def editor_rect(self, index: Index, cell: QRect) -> QRect:
        """Return what of a cell its editor covers."""
        return cell

    # --- drawing

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The view sets heights itself."""
        return QSize(theme.px(60), theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell, and the cursor on it."""
        painter.save()
        self.paint_cell(painter, option, index)
        if index == self._view.currentIndex():
            ring(painter, rect_of(option), "accent" if self._view.hasFocus() else "line2")
        painter.restore()

    # --- the editor

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A text field that grows and types into the document at every key, or whole; or a list."""
        if self._model.has_choices(index):
            return ChoiceEditor(parent, self, self._model, index)
        editor = TextEditor(parent, index)
        editor.setAccessibleName(self._model.caption(index.column()))
        if not self._model.is_typed_whole(index):
            editor.textChanged.connect(lambda: self._typed(editor))
        return editor

    def _typed(self, editor: "TextEditor") -> None:
        if not editor.is_filling and editor.cell.isValid():
            self._model.type_into(editor.cell, editor.toPlainText(), editor)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show what the document has, unless it is what the editor itself has typed."""
        if isinstance(editor, ChoiceEditor):
            editor.choose(index.data(Qt.ItemDataRole.EditRole) or "")
        elif isinstance(editor, TextEditor):
            editor.fill(index.data(Qt.ItemDataRole.EditRole) or "", self.replaces)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Cells typed whole are taken over when their editor closes; others have been at every key."""
        if isinstance(editor, TextEditor) and editor.toPlainText() != (
            index.data(Qt.ItemDataRole.EditRole) or ""
        ):
            model.setData(index, editor.toPlainText())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The editor covers its cell."""
        editor.setGeometry(self.editor_rect(index, QRect(rect_of(option))))

    def eventFilter(self, editor: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Enter and Tab move on as in a spreadsheet; Alt+Enter breaks the line; Esc takes back."""
        is_pressed = event.type() == QEvent.Type.KeyPress
        if is_pressed and isinstance(event, QKeyEvent) and isinstance(editor, TextEditor):
            return self._is_left(editor, event) or super().eventFilter(editor, event)
        return super().eventFilter(editor, event)

    def _is_left(self, editor: "TextEditor", event: QKeyEvent) -> bool:
        step = step_of(event)
        if event.key() == Qt.Key.Key_Escape:
            self._cancel(editor)
            return True
        if step in ("down", "up") and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            editor.insertPlainText("\n")
        elif step:
            self.commitData.emit(editor)
            self.closeEditor.emit(editor)
            self.step_wanted.emit(step)
        return bool(step)

    def _cancel(self, editor: "TextEditor") -> None:
        model, cell = self._model, editor.cell
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.RevertModelCache)
        if cell.isValid() and not model.is_typed_whole(cell):
            model.session.cancel_typing((model.key, model.cell_at(cell)))


class TextEditor(UndoOfWindow, RoomOfCell, QPlainTextEdit):
    """A cell in the making: plain text, undo left to the window."""

    def __init__(self, parent: QWidget, index: Index) -> None:
        super().__init__(parent)
        self.cell = QPersistentModelIndex(index)  # lines for reasons come and go above it
        self.is_filling = False
        self.setUndoRedoEnabled(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(theme.font())
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setStyleSheet(
            f"QPlainTextEdit {{ border: 2px solid {theme.colour('accent').name()}; border-radius: 4px; "
            f"padding: {theme.px(3)}px {theme.px(5)}px; background: {theme.colour('surface').name()}; }}"
        )
        self.document().setDocumentMargin(theme.px(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A cell that has grown shows its first line again."""
        super().resizeEvent(event)
        self.verticalScrollBar().setValue(0)
        self.ensureCursorVisible()

    def fill(self, text: str, replaces: bool) -> None:
        """Put the text of the document in, if it differs; the next key goes on with it or replaces it."""
        if text != self.toPlainText():
            self.is_filling = True
            self.setPlainText(text)
            if replaces:
                self.selectAll()
            else:
                self.moveCursor(QTextCursor.MoveOperation.End)
            self.is_filling = False
