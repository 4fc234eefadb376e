"""Tick boxes and radio buttons in the colours of the window, which Qt does not draw in the dark."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy

from gui.base import theme
from gui.base.plain import tip

_BOX, _GAP, _TICK, _DOT = 18, 11, 14, 8


if TYPE_CHECKING:
    _Button = QCheckBox  # or QRadioButton
else:
    _Button = object


class _Box(_Button):
    """A box and its text, which ends in … where there is no room; stands before the Qt class."""

    _radius = 4

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setShortcut(QKeySequence())  # the text may hold an &, which is no key
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        text = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(theme.px(_BOX + _GAP) + text + 2, theme.px(26))

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        return QSize(min(self.sizeHint().width(), theme.px(120)), theme.px(26))

    def hitButton(self, point: QPoint) -> bool:
        """The whole line can be clicked."""
        return self.rect().contains(point)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_box(painter)
        room = self.rect().adjusted(theme.px(_BOX + _GAP), 0, 0, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(tip(self.text() if shown != self.text() else ""))
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
        radius = theme.px(self._radius)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
        if self.isChecked():
            self._draw_mark(painter, box.center())

    def _draw_mark(self, painter: QPainter, centre: QPointF) -> None:
        raise NotImplementedError


class TickBox(_Box, QCheckBox):
    """Real in all but its look: keys, clicks and screen readers find a QCheckBox."""

    def _draw_mark(self, painter: QPainter, centre: QPointF) -> None:
        tick = theme.icon_pixmap("check", "on_accent", _TICK)
        size = tick.deviceIndependentSize()
        painter.drawPixmap(centre - QPointF(size.width() / 2, size.height() / 2), tick)


class RadioBox(_Box, QRadioButton):
    """One of several; round, with a dot in it."""

    _radius = _BOX // 2

    def _draw_mark(self, painter: QPainter, centre: QPointF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("on_accent"))
        painter.drawEllipse(centre, theme.px(_DOT) / 2, theme.px(_DOT) / 2)
