"""What opens a cell of a table, and where Enter and Tab go, in the table and in an open cell alike."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

TRIGGERS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)
TABLE_KEYS = (  # what the overview of keys says of tables
    ("Enter / Shift+Enter", "下一行 / 上一行"),
    ("Tab / Shift+Tab", "下一格 / 上一格"),
    ("F2", "改写这一格或目标内容"),
    ("Ctrl+Enter", "在下方加一行"),
    ("Alt+Enter", "在格内换行"),
    ("Esc", "不要这一格刚输入的内容"),
    ("Ctrl+D / Ctrl+R", "向下填充 / 向右填充"),
    ("Alt+↑ / Alt+↓", "这一行上移 / 下移"),
    ("Ctrl+C / Ctrl+V", "复制 / 从 Excel 粘贴"),
    ("Delete", "清除内容"),
    ("空格", "在测算分上：怎么算的"),
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
