"""The line above the explanation about a text that came with a file: it is held against the tables."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from gui.base import theme
from gui.base.plain import Label
from gui.session.session import Session
from model.accounts.extra import NARRATIVE, read_narrative
from model.document.answers import ACCOUNTS

SAID = "文件里带来了公开过的说明（{count} 段），只用来与表核对，不印出。不同的地方列在“问题”里。"
DROP = "不再核对"


class NarrativeBar(QFrame):
    """There is none without such a text."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("bar")
        self._session = session
        self.said = Label(wordWrap=True)
        self.drop = QPushButton(DROP, objectName="link", autoDefault=False)
        self.drop.setToolTip("删去带来的说明，可以撤销。")
        self.drop.setEnabled(not session.read_only)
        self.drop.clicked.connect(self._drop)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        row.addWidget(self.said, stretch=1)
        row.addWidget(self.drop)
        self.hide()

    def show_now(self) -> None:
        """Show whether there is such a text."""
        accounts = self._session.snapshot.reading.accounts
        count = len(read_narrative(accounts.answers)) if accounts else 0
        self.setVisible(bool(count))
        self.said.setText(SAID.format(count=count))

    def _drop(self) -> None:
        self._session.edit("不再核对带来的说明", lambda edit: edit.clear_given((ACCOUNTS, NARRATIVE)))
