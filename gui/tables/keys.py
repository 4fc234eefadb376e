"""What opens a cell of a table, and where Enter and Tab go, in the table and in an open cell alike."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

TRIGGERS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)
_STEPS = {Qt.Key.Key_Tab: "next", Qt.Key.Key_Backtab: "previous"}


def step_of(event: QKeyEvent) -> str:
    """Return where Enter and Tab move the cursor: next, previous, down, up, new; "" for another key."""
    key, modifiers = Qt.Key(event.key()), event.modifiers()
    if key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return _STEPS.get(key, "")
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return "new"
    return "up" if modifiers & Qt.KeyboardModifier.ShiftModifier else "down"
