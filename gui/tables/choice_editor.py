"""The choices of a cell, such as a direction or a level: a list that opens below it at once."""

from PySide6.QtCore import QEvent, QObject, QPersistentModelIndex, QRect, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from gui.base import theme
from gui.base.qt import Index
from gui.tables.cell_drawing import SIDE, ring
from gui.tables.sheet_model import SheetModel

_BESIDE = 40  # px at 100 %: what the style gives a line of the list beside its text


class ChoiceEditor(QComboBox):
    """Direction of a number, level of prose, or what a column offers. The cell closes with its list."""

    def __init__(
        self, parent: QWidget, delegate: QStyledItemDelegate, model: SheetModel, index: Index
    ) -> None:
        super().__init__(parent)
        self._delegate, self._model, self._cell = delegate, model, QPersistentModelIndex(index)
        choices = model.choices_at(index)
        self._values = [value for value, _ in choices]
        self.addItems([text for _, text in choices])
        self.setAccessibleName(model.name_of(index.column()))
        self.setItemDelegate(QStyledItemDelegate(self))  # Qt's own knows nothing of the style sheet
        widest = max(self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count()))
        self.view().setMinimumWidth(widest + theme.px(_BESIDE))
        self.view().installEventFilter(self)
        self.activated.connect(self._choose)
        self._leave = QTimer(
            self, singleShot=True, interval=0, timeout=lambda: delegate.closeEditor.emit(self)
        )
        self._is_opened = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list opens with the cell."""
        super().focusInEvent(event)
        if not self._is_opened:
            self._is_opened = True
            self.showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cell closes with the list, whether something was chosen or not."""
        if event.type() == QEvent.Type.Hide:
            self._leave.start()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cell is too narrow for a box: it shows what stands in it, and the cursor."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("text"))
        box = QRect(self.rect()).adjusted(theme.px(SIDE - 3), 0, -theme.px(2), 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._model.shown(self._cell, editing=False))
        ring(painter, self.rect(), "accent")
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the table and never changes a value."""
        event.ignore()

    def choose(self, value: str) -> None:
        """Show what the document has."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def _close(self) -> None:
        self._delegate.closeEditor.emit(self)

    def _choose(self, n: int) -> None:
        if self._cell.isValid():
            self._model.type_into(self._cell, self._values[n], None)
        self.hidePopup()
