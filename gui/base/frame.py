"""Where a window stands on the screen: with its frame, which Qt does not count, never beyond it."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

FRAME = QSize(16, 40)  # px that Windows puts around a window: borders, and the line of the title


def place(window: QWidget, size: QSize, screen: QRect, at: QPoint | None = None) -> None:
    """Make a window so large as there is room for with its frame; at a point, else in the middle."""
    window.resize(size.boundedTo(screen.size() - FRAME))
    whole = window.size() + FRAME
    rest = QPoint(max(screen.width() - whole.width(), 0), max(screen.height() - whole.height(), 0))
    wanted = at - screen.topLeft() if at is not None else QPoint(rest.x() // 2, rest.y() // 2)
    inside = QPoint(min(max(wanted.x(), 0), rest.x()), min(max(wanted.y(), 0), rest.y()))
    window.move(screen.topLeft() + inside)
