"""The line of something open while the reason is written that sets it aside."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.base import theme
from gui.base.ended_line import EndedLine, NameField
from gui.base.parts import Elided
from gui.base.plain import Label
from gui.session.marks import ICONS, STATES
from model.checks.finding import SHORTEST_REPLY, is_reply
from model.checks.open_items import Open

ABOUT = "搁置的仍列在“已搁置”里，导出时说明写进文件清单。"
NAME_WIDTH = 132
TOO_SHORT = f"请至少写 {SHORTEST_REPLY} 个字，说明为什么可以不处理。"


class ReasonRow(QFrame):
    """`written(reason, name)` is a reason that is long enough, and who wrote it; `left` says that the clerk
    gave up."""

    written = Signal(str, str)
    left = Signal()

    def __init__(self, item: Open, text: str, name: str) -> None:
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
        self.text = EndedLine(text or item.finding.lapsed)
        self.text.setAccessibleName("搁置的说明")
        self.text.setPlaceholderText("为什么可以不处理")
        self.name = NameField(name)
        self.name.setFixedWidth(theme.px(NAME_WIDTH))
        self.save, self.cancel = QPushButton("搁置"), QPushButton("取消", objectName="link")
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(30), 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.text, stretch=1)
        row.addWidget(self.name)
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.hint = Label(ABOUT, objectName="caption")
        self.hint.setContentsMargins(theme.px(30), 0, 0, 0)
        column.addWidget(self.hint)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        for line in (self.text, self.name):
            line.finished.connect(self._save)
            line.given_up.connect(self.left)
        self.setFocusProxy(self.text)

    def _save(self) -> None:
        reason = self.text.text().strip()
        if is_reply(reason):
            self.written.emit(reason, self.name.text())
        else:
            self.hint.setText(TOO_SHORT)
            self.text.setFocus()
