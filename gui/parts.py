"""Small parts that several pages are made of: named widgets, two lines, buttons that look like rows."""

from typing import TypeVar, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui import theme

Named = TypeVar("Named", bound=QWidget)


def named(widget: Named, name: str) -> Named:
    """Return a widget with the name by which the style sheet knows its kind."""
    widget.setObjectName(name)
    return widget


class Elided(QLabel):
    """A line that ends in … where there is no room; it never makes its row wider."""

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.whole = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.whole = text
        self._fit()

    def _fit(self) -> None:
        mode = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self.whole, mode, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shows more or less."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font does too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


def two_lines(first: QLabel, second: QLabel) -> QVBoxLayout:
    """Return one label below the other, in the middle of the height there is."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch()
    column.addWidget(first)
    column.addWidget(second)
    column.addStretch()
    return column


def let_clicks_through(button: QPushButton) -> None:
    """Make the button take the clicks on everything that lies on it."""
    for child in cast(list[QWidget], button.findChildren(QWidget)):
        child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def row_style() -> str:
    """Return the style of buttons that look like lines of a list."""
    names = ("line", "raised", "accent", "accent_soft")
    line, raised, accent, soft = (theme.colour(name).name() for name in names)
    return f"""
        QPushButton#recent, QPushButton#choice {{ background: transparent; border: none; border-radius: 0; }}
        QPushButton#recent {{ border-bottom: 1px solid {line}; }}
        QPushButton#recent:hover {{ background: {raised}; }}
        QPushButton#recent:focus {{ background: {soft}; border: 2px solid {accent}; }}
        QPushButton#choice {{ border-radius: 6px; }}
        QPushButton#choice:hover {{ background: {line}; }}
        QPushButton#choice:focus {{ border: 2px solid {accent}; }}
    """
