"""Where the clerk writes why a finding is as it is (出错说明): below the list, in the window itself, so that
every input method works."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.ended_line import NameField
from gui.base.plain import Label
from gui.editors.cells import RoomOfCell, UndoOfWindow
from gui.pane.findings_delegate import AGAIN
from model.checks import Finding
from model.checks.finding import SHORTEST_REPLY, is_reply

HINT = f"请至少写 {SHORTEST_REPLY} 个字，说明原因。"


class ReplyEditor(QFrame):
    """`written(text, name)` is an answer that is long enough, and who wrote it; `left` says that the clerk
    gave up."""

    written = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reply")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        column.setSpacing(theme.px(6))
        self.title, self.message = Label(wordWrap=True), Label(objectName="quiet", wordWrap=True)
        self.title.setFont(theme.font(theme.BODY, 600))
        self.again = Label(AGAIN, objectName="caption", wordWrap=True)
        self.text = _Text()
        self.text.setAccessibleName("出错说明")
        self.name = NameField()
        self.hint = Label(HINT, objectName="caption", wordWrap=True)
        for widget in (self.title, self.message, self.again, self.text, self.name, self.hint):
            column.addWidget(widget)
        self.save, self.cancel = QPushButton("保存说明", objectName="primary"), QPushButton("取消")
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch()
        row.addWidget(self.save)
        row.addWidget(self.cancel)
        column.addLayout(row)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.left)
        for line in (self.text, self.name):
            line.finished.connect(self._save)
            line.given_up.connect(self.left)
        self.text.textChanged.connect(lambda: self._warn(False))

    def ask(self, finding: Finding, draft: str = "", name: str = "") -> None:
        """Begin with the answer that holds or held, or with what was begun before, and a name."""
        self.name.setText(name)
        self.title.setText(finding.title)
        self.message.setText(finding.message)
        self.again.setVisible(bool(finding.lapsed) and not draft)
        self.text.setPlainText(draft or finding.answer or finding.lapsed)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self._warn(False)
        self.show()
        self.text.setFocus()

    def _save(self) -> None:
        text = self.text.toPlainText().strip()
        if is_reply(text):
            self.written.emit(text, self.name.text())
        else:
            self._warn(True)
            self.text.setFocus()

    def _warn(self, is_short: bool) -> None:
        """Say in another colour and with a border what is lacking."""
        _restyle(self.hint, "warn" if is_short else "caption", "")
        _restyle(self.text, "", "warning" if is_short else "")


def _restyle(widget: QWidget, name: str, state: str) -> None:
    if (widget.objectName(), widget.property("state") or "") != (name, state):
        widget.setObjectName(name)
        widget.setProperty("state", state)
        theme.polish(widget)


class _Text(UndoOfWindow, RoomOfCell, QPlainTextEdit):
    """Enter begins a line, Ctrl+Enter is done, Esc gives up."""

    finished = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(92))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys that end it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
