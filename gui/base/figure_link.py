"""A figure that one can click, or reach with Tab and press: it tells how it came about."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

HOW = "怎么算的"


class FigureLink(QPushButton):
    """Looks like the figure it is; underlined under the mouse, ringed with the focus."""

    def __init__(self, text: str = "", name: str = "figure") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(HOW)

    def say(self, caption: str, text: str) -> None:
        """Show another figure; screen readers hear its caption and what a click does."""
        if text != self.text():
            self.setText(text)
        name = f"{caption} {text}，{HOW}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
