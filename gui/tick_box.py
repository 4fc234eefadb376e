"""A tick box in the colours of the window, which no system draws in the dark; long texts end in …."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from gui import theme

_BOX, _GAP, _TICK = 18, 11, 14


class TickBox(QCheckBox):
    """Real in all but its look: keys, clicks and screen readers find a QCheckBox."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        text = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(theme.px(_BOX + _GAP) + text + 2, theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        return QSize(min(self.sizeHint().width(), theme.px(120)), theme.px(26))

    def hitButton(self, point) -> bool:  # type: ignore[no-untyped-def]
        """The whole line can be clicked."""
        return self.rect().contains(point)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_box(painter)
        room = self.rect().adjusted(theme.px(_BOX + _GAP), 0, 0, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(theme.colour("text" if self.isEnabled() else "dis"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _draw_box(self, painter: QPainter) -> None:
        edge = theme.px(_BOX)
        line = 2 if self.hasFocus() else 1
        box = QRectF(0, (self.height() - edge) // 2, edge, edge)
        token = "accent" if self.isEnabled() else "dis"
        border = token if self.isChecked() or self.hasFocus() else "edge" if self.isEnabled() else "line2"
        if self.hasFocus() and self.isChecked():
            border = "text"
        painter.setPen(QPen(theme.colour(border), line))
        painter.setBrush(theme.colour(token if self.isChecked() else "surface"))
        inset = line / 2
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), theme.px(4), theme.px(4))
        if self.isChecked():
            tick = theme.icon_pixmap("check", "on_accent", _TICK)
            half = tick.deviceIndependentSize() / 2
            painter.drawPixmap(box.center() - QPointF(half.width(), half.height()), tick)
