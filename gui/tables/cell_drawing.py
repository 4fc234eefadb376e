"""How the cells of tables are measured and drawn: sizes, wrapped texts, icons of findings, the cursor."""

from functools import cache

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap

from gui.base import theme
from gui.base.breaking import broken
from gui.session.marks import icon_of

SIDE, TOP = 11, 8
ROW, BAND = 40, 58
MARK = 20  # room for an icon at the end of a cell
CORNER = 10  # a small icon at the side of a cell, where no text stands
MARK_GROUNDS = {"error": "error_soft", "warning": "warn_soft"}


def text_height(text: str, width: int) -> int:
    """Return how high a text is in a cell of this width; 0 without any."""
    return broken(text, max(width, 20)).height if text else 0


def fits(text: str, width: int) -> bool:
    """Whether a text stands on one line of this width."""
    return _metrics().horizontalAdvance(text) <= width


def _metrics() -> QFontMetrics:
    return _metrics_of(theme.px(theme.BODY))


@cache
def _metrics_of(pixels: int) -> QFontMetrics:
    """Measuring begins with finding the font: once for each size."""
    return QFontMetrics(theme.font())


def mark_icon(state: str) -> QPixmap:
    """Return the icon of what stands against a cell."""
    return theme.icon_pixmap(*icon_of(state), 14)


def paint_mark(painter: QPainter, box: QRect, state: str) -> QRect:
    """Draw the icon at the end of a cell; return the room that is left for the text."""
    edge = theme.px(14)
    painter.drawPixmap(box.right() - edge, box.center().y() - edge // 2, mark_icon(state))
    return box.adjusted(0, 0, -theme.px(MARK), 0)


def paint_corner(painter: QPainter, rect: QRect, sign: str) -> None:
    """A small icon beside the text's right edge takes no room from the text."""
    at = QPoint(rect.right() - theme.px(CORNER + 1), rect.top() + theme.px(2))
    painter.drawPixmap(at, theme.icon_pixmap(*icon_of(sign), CORNER))


def ring(painter: QPainter, rect: QRect, token: str) -> None:
    """Draw where the cursor is, in a colour that tells whether keys arrive there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(token), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -2, -2), 3, 3)
