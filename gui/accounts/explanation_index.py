"""The index beside the explanation: its entries with their numbers and how each stands."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.accounts.explanation_states import STATES
from gui.base import theme
from gui.base.plain import tip
from gui.base.qt import Index, rect_of, state_of

LINE = Qt.ItemDataRole.UserRole
_HEIGHT, _NUMERAL, _SIDE = 30, 44, 12


class Line(NamedTuple):
    """What the index shows of an entry."""

    id: str
    numeral: str
    name: str
    state: str


class ExplanationIndex(QListWidget):
    """`chosen(id)` says which entry the clerk wants."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("explanationIndex")
        self.setAccessibleName("情况说明目录")
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines: tuple[Line, ...] = ()
        self.currentRowChanged.connect(self._chosen)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the entries as they are now; the one in hand stays."""
        if lines == self.lines:
            return
        self.blockSignals(True)
        if [line.id for line in lines] != [line.id for line in self.lines]:
            here = self.current()
            self.clear()
            for line in lines:
                self.addItem(QListWidgetItem(f"{line.numeral} {line.name}".strip()))
            ids = [line.id for line in lines]
            self.setCurrentRow(ids.index(here) if here in ids else 0)
        self.lines = lines
        for n, line in enumerate(lines):
            meaning = STATES[line.state][2]
            self.item(n).setData(LINE, line)
            self.item(n).setToolTip(tip(meaning))
            self.item(n).setData(Qt.ItemDataRole.AccessibleTextRole, f"{self.item(n).text()}，{meaning}")
        self.blockSignals(False)

    def current(self) -> str:
        """Return the entry in hand."""
        return self.lines[self.currentRow()].id if 0 <= self.currentRow() < len(self.lines) else ""

    def mark(self, entry: str) -> None:
        """Show which entry is in hand, without going there."""
        ids = [line.id for line in self.lines]
        if entry in ids and entry != self.current():
            self.blockSignals(True)
            self.setCurrentRow(ids.index(entry))
            self.blockSignals(False)

    def step(self, by: int) -> None:
        """Go to the next entry (1) or the one before (-1)."""
        self.setCurrentRow(min(max(self.currentRow() + by, 0), self.count() - 1))

    def _chosen(self, row: int) -> None:
        if 0 <= row < len(self.lines):
            self.chosen.emit(self.lines[row].id)


class _Delegate(QStyledItemDelegate):
    """Draws numeral, name and sign."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One height for all."""
        return QSize(theme.px(100), theme.px(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one line."""
        line: Line | None = index.data(LINE)
        if line is None:
            return
        rect, state = rect_of(option), state_of(option)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("accent_soft" if is_chosen else "raised"))
        side, edge = theme.px(_SIDE), theme.px(16)
        middle = Qt.AlignmentFlag.AlignVCenter
        box = rect.adjusted(side, 0, -side, 0)
        painter.setFont(theme.font(theme.CAPTION + 1, 600 if is_chosen else 400))
        painter.setPen(theme.colour("text2"))
        painter.drawText(box, middle, line.numeral)
        painter.setPen(theme.colour("text"))
        left = theme.px(_NUMERAL) if line.numeral else 0
        name = QRect(box.left() + left, box.top(), box.width() - left - edge - theme.px(6), box.height())
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(name, middle, painter.fontMetrics().elidedText(line.name, mode, name.width()))
        self._paint_sign(painter, box, line.state)
        painter.restore()

    def _paint_sign(self, painter: QPainter, box: QRect, state: str) -> None:
        icon, colour, meaning = STATES[state]
        edge = theme.px(16)
        if icon:
            top = box.top() + (box.height() - edge) // 2
            painter.drawPixmap(box.right() - edge, top, theme.icon_pixmap(icon, colour))
        else:
            painter.setPen(theme.colour("text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, meaning)
