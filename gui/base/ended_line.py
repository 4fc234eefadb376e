"""Lines that Enter or Esc ends, and nobody around them hears these keys: a reason, and who wrote it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from model.document.signing import LONGEST_NAME

SIGNED_BY = "署名（可不填）"


class EndedLine(QLineEdit):
    """Enter is done, Esc gives up; neither goes on to what is around the line."""

    given_up = Signal()
    finished = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys that end it."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class NameField(EndedLine):
    """Who writes a reason; it begins with who wrote the last one, who may be somebody else by now."""

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.setMaxLength(LONGEST_NAME)
        self.setAccessibleName("署名")
        self.setPlaceholderText(SIGNED_BY)
