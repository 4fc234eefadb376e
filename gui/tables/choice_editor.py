"""The choices of a direction or a level, in the cell of the table."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from gui.tables.indicator_model import IndicatorTableModel

DIRECTIONS = (("", "按目标值"), ("≥", "≥ 越多越好"), ("≤", "≤ 越少越好"), ("=", "= 正好"))


class ChoiceEditor(QComboBox):
    """Direction of a number, or level of prose."""

    def __init__(
        self, parent: QWidget, delegate: QStyledItemDelegate, model: IndicatorTableModel, index: QModelIndex
    ) -> None:
        super().__init__(parent)
        row = model.lines[index.row()].id
        if model.is_prose(row):
            self._values = ["", *(band.level for band in model.form.regulation.scheme.bands)]
            self.addItems(["未选", *self._values[1:]])
        else:
            self._values = [value for value, _ in DIRECTIONS]
            self.addItems([text for _, text in DIRECTIONS])
        self.setAccessibleName("方向或档次")
        self.activated.connect(lambda n: self._chosen(delegate, model, QModelIndex(index), n))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the table and never changes a value."""
        event.ignore()

    def choose(self, value: str) -> None:
        """Show what the document has."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def _chosen(
        self, delegate: QStyledItemDelegate, model: IndicatorTableModel, index: QModelIndex, n: int
    ) -> None:
        model.type_into(index, self._values[n], None)
        delegate.closeEditor.emit(self)
