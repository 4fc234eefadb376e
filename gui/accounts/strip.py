"""The strip above the final accounts: what must agree, at every key, and what is open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from gui.base import theme
from gui.base.plain import Label
from gui.session.accounts_places import figure_text
from gui.session.marks import NOTHING
from gui.session.session import Session
from model.accounts.accounts import Accounts
from model.document.answers import ACCOUNTS

INCOME, SPENDING = "t1.in.total", "t1.out.total"
BASIC, PROJECT = "t3.all.basic", "t3.all.project"


class AccountsStrip(QFrame):
    """`preview_wanted`, `export_wanted` and `findings_wanted` are its buttons."""

    preview_wanted = Signal()
    export_wanted = Signal()
    findings_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._session = session
        self._row = QHBoxLayout(self)
        self._row.setSpacing(theme.px(16))
        self.balance, self.parts = Label(), Label()
        self.balance.setFont(theme.font(22, 600))
        self.parts.setFont(theme.font(theme.BODY, 600))
        self._captions = [Label(objectName="caption"), Label("基本＋项目", objectName="caption")]
        self._under(self._captions[0], self.balance)
        self._row.addWidget(QFrame(objectName="separator"))
        self._under(self._captions[1], self.parts)
        self._row.addWidget(QFrame(objectName="separator"))
        self._captions.append(Label("问题", objectName="caption"))
        self.findings = QPushButton(objectName="link", autoDefault=False)
        self.findings.clicked.connect(self.findings_wanted)
        self._under(self._captions[2], self.findings)
        self._row.addStretch()
        self.preview = QPushButton(theme.icon("preview", "text"), " 预览")
        self.export = QPushButton(theme.icon("export", "on_accent"), " 导出…", objectName="primary")
        self.preview.clicked.connect(self.preview_wanted)
        self.export.clicked.connect(self.export_wanted)
        self._row.addWidget(self.preview)
        self._row.addWidget(self.export)
        self.set_compact(False)
        self.refresh()

    def _under(self, caption: Label, widget: Label | QPushButton) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addStretch()
        column.addWidget(caption)
        column.addWidget(widget)
        column.addStretch()
        self._row.addLayout(column)

    def set_compact(self, compact: bool) -> None:
        """In a very narrow window the strip is one line without captions and 预览."""
        self.setFixedHeight(theme.px(48 if compact else 84))
        margin = theme.px(5 if compact else 12)
        self._row.setContentsMargins(theme.px(20), margin, theme.px(20), margin)
        for caption in self._captions:
            caption.setVisible(not compact)
        self.preview.setVisible(not compact)

    def refresh(self) -> None:
        """Show the figures as they are now."""
        accounts = self._session.snapshot.reading.accounts
        if accounts is None:
            return
        self._captions[0].setText(f"收入总计＝支出总计（{accounts.unit}）")
        self._show_balance(accounts)
        both = [figure_text(accounts, name) or "0" for name in (BASIC, PROJECT)]
        self.parts.setText(" ＋ ".join(both))
        counts = self._session.snapshot.counts.get(ACCOUNTS, NOTHING)
        self.findings.setText(counts.text or "没有问题")

    def _show_balance(self, accounts: Accounts) -> None:
        texts = [figure_text(accounts, name) or "0" for name in (INCOME, SPENDING)]
        is_even = accounts.amount(INCOME) == accounts.amount(SPENDING)
        self.balance.setText(f" {'＝' if is_even else '≠'} ".join(texts))
        name = "" if is_even else "error"
        if self.balance.objectName() != name:
            self.balance.setObjectName(name)
            theme.polish(self.balance)
