"""What of the list of subjects stays in sight: code and name at the left, 合计 at the foot."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyleOptionViewItem, QTableView, QWidget

from gui.base import theme
from gui.tables.sheet_delegate import SheetDelegate


class Pinned(QWidget):
    """A picture of some cells of a table over its edge; `chosen(line, column)` says which was clicked.

    It takes no keys: who goes to one of its cells goes to that of the table.
    """

    chosen = Signal(int, int)

    def __init__(self, view: QTableView, delegate: SheetDelegate) -> None:
        super().__init__(view)
        self._view, self._delegate = view, delegate
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def cells(self) -> Iterator[tuple[int, int, QRect]]:
        """Yield line and column of each cell that is drawn, and where."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells as the table does, with its lines between them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        for line, column, rect in self.cells():
            option = QStyleOptionViewItem()
            option.rect = rect.adjusted(0, 0, -1, -1)  # type: ignore[attr-defined]
            index = self._view.model().index(line, column)
            painter.save()
            painter.setClipRect(rect)
            self._delegate.paint_cell(painter, option, index)
            painter.restore()
            painter.setPen(theme.colour("line"))
            if rect.right() <= self.width():  # else it goes on in the table
                painter.drawLine(rect.topRight(), rect.bottomRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say which cell was clicked."""
        at = event.position().toPoint()
        found = next(((line, column) for line, column, rect in self.cells() if rect.contains(at)), None)
        if found is not None:
            self.chosen.emit(*found)


class PinnedColumns(Pinned):
    """The first columns, with their captions, at the left edge."""

    def __init__(self, view: QTableView, delegate: SheetDelegate, count: int) -> None:
        super().__init__(view, delegate)
        self._count = count
        self._head = QHeaderView(Qt.Orientation.Horizontal, self)
        self._head.setModel(view.model())
        self._head.setSectionsClickable(False)

    def follow(self) -> None:
        """Stand over the left edge where the table is scrolled sideways."""
        view, head = self._view, self._view.horizontalHeader()
        width = sum(view.columnWidth(n) for n in range(self._count))
        corner = view.viewport().geometry().topLeft() - QPoint(0, head.height())
        self.setGeometry(QRect(corner.x(), corner.y(), width, head.height() + view.viewport().height()))
        for n in range(self._count):
            self._head.resizeSection(n, view.columnWidth(n))
        self._head.setGeometry(0, 0, width, head.height())
        self.setVisible(view.horizontalScrollBar().value() > 0)
        self.raise_()
        self.update()

    def cells(self) -> Iterator[tuple[int, int, QRect]]:
        """Of each line in sight the first cells, all of those that are shown as one."""
        view, above = self._view, self._view.horizontalHeader().height()
        line = view.rowAt(0)
        while 0 <= line < view.model().rowCount():
            top, height = view.rowViewportPosition(line), view.rowHeight(line)
            if top > view.viewport().height():
                return
            left, column = 0, 0
            while column < self._count:
                span = view.columnSpan(line, column)
                width = sum(view.columnWidth(n) for n in range(column, column + span))
                yield line, column, QRect(left, above + top, width, height)
                left, column = left + width, column + span
            line += 1


class PinnedTotal(Pinned):
    """The last line at the foot, while it is further down."""

    def __init__(self, view: QTableView, delegate: SheetDelegate, frozen: int) -> None:
        super().__init__(view, delegate)
        self._frozen = frozen

    @property
    def height_in_sight(self) -> int:
        """How much of the table it covers."""
        return 0 if self.isHidden() else self.height()

    def follow(self) -> None:
        """Stand at the foot where the last line is not in sight."""
        view, last = self._view, self._view.model().rowCount() - 1
        seen, height = view.viewport().geometry(), view.rowHeight(last)
        numbers = view.verticalHeader().width()
        self.setGeometry(
            QRect(seen.left() - numbers, seen.bottom() - height, seen.width() + numbers, height + 1)
        )
        is_below = view.rowViewportPosition(last) + height > view.viewport().height()
        self.setVisible(is_below and view.viewport().height() > 3 * height)
        self.raise_()
        self.update()

    def cells(self) -> Iterator[tuple[int, int, QRect]]:
        """All columns of the last line; the first ones stay at the left."""
        view, line = self._view, self._view.model().rowCount() - 1
        numbers, height = view.verticalHeader().width(), self.height()
        for column in range(self._frozen, view.model().columnCount()):
            left = view.columnViewportPosition(column)
            yield line, column, QRect(numbers + left, 0, view.columnWidth(column), height)
        width = sum(view.columnWidth(n) for n in range(self._frozen))
        yield line, 0, QRect(numbers, 0, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A stronger line parts it from what moves behind it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.colour("line2"))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())
