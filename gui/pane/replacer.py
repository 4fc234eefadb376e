"""替换 below the field of 查找: another text, for the hit in hand, for the form or for the whole document."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from gui.base import theme
from gui.base.plain import tip
from gui.editors.cells import UndoOfWindow

ONE, FORM, ALL = "one", "form", "all"
_BUTTONS = (
    (ONE, "替换", "替换选中的这一处，转到下一处（Enter）。"),
    (FORM, "本表", "替换手头这张表里的每一处，可以撤销。"),
    (ALL, "全部", "替换所有表和报告里的每一处，可以撤销（Ctrl+Enter）。"),
)


class _Field(UndoOfWindow, QLineEdit):
    """Ctrl+Z takes back what was replaced, which the status line has just promised."""


class Replacer(QFrame):
    """`wanted(scope)` says what to replace: one, form or all."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tabs")
        column = QVBoxLayout(self)
        margin = theme.px(12)
        column.setContentsMargins(margin, theme.px(6), margin, theme.px(8))
        column.setSpacing(theme.px(6))
        self.field = _Field(placeholderText="替换为")
        self.field.setAccessibleName("替换为")
        column.addWidget(self.field)
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        self.buttons: dict[str, QPushButton] = {}
        for scope, text, words in _BUTTONS:
            button = QPushButton(text, toolTip=tip(words), autoDefault=False)
            button.setAccessibleName(words.partition("，")[0])
            button.clicked.connect(lambda _=False, scope=scope: self.wanted.emit(scope))
            self.buttons[scope] = button
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)

    def take_focus(self) -> None:
        """Go on where the other text is typed; the hit in hand stays selected, as behind a popup."""
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def enable(self, is_found: bool) -> None:
        """Offer it where something is found."""
        for button in self.buttons.values():
            button.setEnabled(is_found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field replaces the hit in hand, with Ctrl all; the rest goes on to the finder."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self.field.hasFocus() and self.buttons[ONE].isEnabled():
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.wanted.emit(ALL if with_control else ONE)
        elif not is_enter:
            super().keyPressEvent(event)
