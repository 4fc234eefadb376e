"""The line of something open while the reason is written that sets it aside."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from gui.base import theme
from gui.base.parts import Elided
from gui.base.plain import Label
from gui.session.marks import ICONS, STATES
from model.checks.finding import SHORTEST_REPLY, is_reply
from model.checks.open_items import Open

ABOUT = "搁置的仍列在“已搁置”里，导出时说明写进文件清单。"
TOO_SHORT = f"请至少写 {SHORTEST_REPLY} 个字，说明为什么可以不处理。"


class ReasonRow(QFrame):
    """`written(reason)` is a reason that is long enough; `left` says that the clerk gave up."""

    written = Signal(str)
    left = Signal()

    def __init__(self, item: Open, text: str) -> None:
        super().__init__()
        self.setObjectName("reasonRow")
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(6), theme.px(12), theme.px(6))
        column.setSpacing(theme.px(3))
        head = QHBoxLayout()
        head.setSpacing(theme.px(14))
        icon = Label()
        icon.setPixmap(theme.icon_pixmap(ICONS[item.severity], STATES[item.severity][1], 16))
        head.addWidget(icon)
        head.addWidget(Elided(item.sentence), stretch=1)
        column.addLayout(head)
        self.text = _Line(text or item.finding.lapsed)
        self.text.setAccessibleName("搁置的说明")
        self.text.setPlaceholderText("为什么可以不处理")
        self.save, self.cancel = QPushButton("搁置"), QPushButton("取消", objectName="link")
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(30), 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.text, stretch=1)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.hint = Label(ABOUT, objectName="caption")
        self.hint.setContentsMargins(theme.px(30), 0, 0, 0)
        column.addWidget(self.hint)
        self.save.clicked.connect(self._save)
        self.text.finished.connect(self._save)
        self.cancel.clicked.connect(self.left)
        self.text.given_up.connect(self.left)
        self.setFocusProxy(self.text)

    def _save(self) -> None:
        reason = self.text.text().strip()
        if is_reply(reason):
            self.written.emit(reason)
        else:
            self.hint.setText(TOO_SHORT)
            self.text.setFocus()


class _Line(QLineEdit):
    """Enter is done, Esc gives up; neither goes on to the list."""

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
