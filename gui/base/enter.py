"""Enter presses the button that has the focus, everywhere, as the space bar does."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton, QWidget


class EnterPresses(QObject):
    """Looks at the keys of one widget alone, the button in hand: other keys cost nothing."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QPushButton | QToolButton | None = None
        app.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if isinstance(old, QPushButton | QToolButton):
            old.removeEventFilter(self)
        self._watched = now if isinstance(now, QPushButton | QToolButton) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Press, once, also while the key is held down."""
        if event.type() != QEvent.Type.KeyPress or watched is not self._watched:
            return False
        if not isinstance(event, QKeyEvent) or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if not event.isAutoRepeat() and isinstance(watched, QPushButton | QToolButton):
            watched.click()
        return True
