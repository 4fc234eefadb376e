"""The list of the indicator library: a line for each entry, which can be ticked; its target at the right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.base import theme
from gui.base.plain import tip
from gui.base.qt import Index, rect_of, state_of
from model.filling.indicator_search import target_of
from model.forms.indicator_library import LibraryIndicator

ROW, _BOX, _SIDE = 36, 18, 10  # px at 100 %
_NOWHERE = QModelIndex()


class EntryModel(QAbstractListModel):
    """The entries found; those that are ticked stay ticked while others are looked for."""

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[LibraryIndicator] = ()
        self._ticked: dict[str, LibraryIndicator] = {}

    @property
    def ticked(self) -> tuple[LibraryIndicator, ...]:
        """The ticked entries, in the order of ticking."""
        return tuple(self._ticked.values())

    def show(self, entries: Sequence[LibraryIndicator]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def toggle(self, index: Index) -> None:
        """Tick an entry, or take its tick away."""
        if not index.isValid():
            return
        entry = self.entries[index.row()]
        if self._ticked.pop(entry.id, None) is None:
            self._ticked[entry.id] = entry
        at = self.index(index.row())
        self.dataChanged.emit(at, at)
        self.ticks_changed.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One line an entry."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name; what a screen reader says of it; its tick."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            ticked = ("已勾选",) if entry.id in self._ticked else ()
            return "，".join((*ticked, entry.name, entry.level2, target_of(entry)))
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if entry.id in self._ticked else Qt.CheckState.Unchecked
        return tip(f"{entry.name}\n{entry.topic}") if role == Qt.ItemDataRole.ToolTipRole else None


class EntryList(QListView):
    """The space bar and a click on the box tick; the current line is always in sight."""

    def __init__(self, model: EntryModel) -> None:
        super().__init__()
        self._entries = model
        self.setModel(model)
        self.setItemDelegate(_EntryDelegate(self))
        self.setObjectName("files")  # a framed list
        self.setAccessibleName("可选的指标")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The space bar ticks."""
        if event.key() == Qt.Key.Key_Space:
            self._entries.toggle(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        """Letters are for the search line alone."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the box ticks."""
        super().mousePressEvent(event)
        self._tick_at(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on the box tick and take the tick away."""
        if not self._tick_at(event):
            super().mouseDoubleClickEvent(event)

    def _tick_at(self, event: QMouseEvent) -> bool:
        index = self.indexAt(event.position().toPoint())
        is_box = index.isValid() and event.position().x() < _name_left(self.visualRect(index))
        if is_box and event.button() == Qt.MouseButton.LeftButton:
            self._entries.toggle(index)
        return is_box


def _name_left(line: QRect) -> int:
    return line.left() + theme.px(_SIDE + _BOX + _SIDE)


class _EntryDelegate(QStyledItemDelegate):
    """Box, name, target."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line of text."""
        return QSize(theme.px(200), theme.px(ROW))

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Any) -> bool:
        """The list ticks itself."""
        return False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line; the current one has a ground."""
        painter.save()
        line = rect_of(option)
        if state_of(option) & QStyle.StateFlag.State_Selected:
            painter.fillRect(line, theme.colour("accent_soft"))
        self._paint_box(painter, line, index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)
        entry = _entry_at(index)
        painter.setFont(theme.font(theme.CAPTION))
        room = line.adjusted(0, 0, -theme.px(_SIDE), 0)
        target = target_of(entry)
        width = painter.fontMetrics().horizontalAdvance(target)
        painter.setPen(theme.colour("text2"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, target)
        painter.setFont(theme.font())
        painter.setPen(theme.colour("text"))
        room.setLeft(_name_left(line))
        room.setRight(room.right() - width - theme.px(_SIDE))
        name = painter.fontMetrics().elidedText(entry.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

    def _paint_box(self, painter: QPainter, line: QRect, is_ticked: bool) -> None:
        edge = theme.px(_BOX)
        box = QRect(line.left() + theme.px(_SIDE), line.top() + (line.height() - edge) // 2, edge, edge)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("accent" if is_ticked else "edge"))
        painter.setBrush(theme.colour("accent" if is_ticked else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if is_ticked:
            tick = theme.icon_pixmap("check", "on_accent", 14)
            painter.drawPixmap(box.left() + theme.px(2), box.top() + theme.px(2), tick)


def _entry_at(index: Index) -> LibraryIndicator:
    model = index.model()
    assert isinstance(model, EntryModel)
    return model.entries[index.row()]
