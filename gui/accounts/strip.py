"""The strip above the final accounts: what must agree, at every key, and what is open."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label, tip
from gui.session.accounts_places import figure_text
from gui.session.marks import COUNTED, NOTHING, how_complete, icon_of
from gui.session.session import Session
from model.accounts.accounts import Accounts
from model.checks.accounts_agreement import agreement
from model.document.answers import ACCOUNTS

INCOME, SPENDING = "t1.in.total", "t1.out.total"
BASIC, PROJECT = "t3.all.basic", "t3.all.project"
NO_FORM, NO_FINDING, NO_ERROR = "没有可比的数", "没有问题", "没有错误"
_NARROW = 880  # px at 100 %: below, what is open stands on the tabs and in the list alone
_ICON = 16


class AccountsStrip(QFrame):
    """`preview_wanted`, `export_wanted` and `findings_wanted` are its buttons; `missing_wanted` asks for the
    next gap, `finding_wanted(finding)` for the first figure of a form that differs."""

    preview_wanted = Signal()
    export_wanted = Signal()
    findings_wanted = Signal()
    missing_wanted = Signal()
    finding_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._session = session
        self._is_compact = False
        self._row = QHBoxLayout(self)
        self._row.setSpacing(theme.px(16))
        self.balance, self.parts = Label(), Label()
        self.balance.setFont(theme.font(22, 600))
        self.parts.setFont(theme.font(theme.BODY, 600))
        self.forms, self.findings, self.required = (
            QPushButton(objectName="link", autoDefault=False) for _ in range(3)
        )
        for link in (self.forms, self.findings, self.required):
            link.setIconSize(QSize(theme.px(_ICON), theme.px(_ICON)))
        self._captions: list[Label] = []
        self._groups = [
            self._under("", self.balance),
            self._under("基本＋项目", self.parts),
            self._under("与自评表核对", self.forms),
            self._under("问题", self.findings),
            self._under("必填项", self.required),
        ]
        self._row.addStretch()
        self.preview = QPushButton(theme.icon("preview", "text"), " 预览")
        self.export = QPushButton(theme.icon("export", "on_accent"), " 导出…", objectName="primary")
        self._row.addWidget(self.preview)
        self._row.addWidget(self.export)
        self._connect()
        self.set_compact(False)
        self.refresh()

    def _connect(self) -> None:
        self.forms.clicked.connect(self._show_difference)
        self.findings.clicked.connect(self.findings_wanted)
        self.required.clicked.connect(self.missing_wanted)
        self.preview.clicked.connect(self.preview_wanted)
        self.export.clicked.connect(self.export_wanted)

    def _under(self, caption: str, widget: Label | QPushButton) -> QWidget:
        """A figure under its caption, with a line before it unless it is the first."""
        group = QWidget()
        row = QHBoxLayout(group)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(16))
        if self._captions:
            row.addWidget(QFrame(objectName="separator"))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        self._captions.append(Label(caption, objectName="caption"))
        widget.setProperty("caption", caption)
        column.addStretch()
        column.addWidget(self._captions[-1])
        column.addWidget(widget)
        column.addStretch()
        row.addLayout(column)
        self._row.addWidget(group)
        return group

    def set_compact(self, compact: bool) -> None:
        """In a very narrow window the strip is one line without captions and 预览."""
        self._is_compact = compact
        self.setFixedHeight(theme.px(48 if compact else 84))
        margin = theme.px(5 if compact else 12)
        self._row.setContentsMargins(theme.px(20), margin, theme.px(20), margin)
        for caption in self._captions:
            caption.setVisible(not compact)
        self.preview.setVisible(not compact)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow strip keeps what must agree."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_wide = self.width() >= theme.px(_NARROW) and not self._is_compact
        for group in self._groups[3:]:
            group.setVisible(is_wide)
        self._groups[2].setVisible(not self._is_compact)
        for group in reversed(self._groups[2:]):  # long figures need the room of what also stands elsewhere
            if self._row.minimumSize().width() > self.width():
                group.hide()

    # --- what it shows

    def refresh(self) -> None:
        """Show the figures as they are now."""
        accounts = self._session.snapshot.reading.accounts
        if accounts is None:
            return
        self._captions[0].setText(f"收入总计＝支出总计（{accounts.unit}）")
        self._show_balance(accounts)
        both = [figure_text(accounts, name) or "0" for name in (BASIC, PROJECT)]
        self.parts.setText(" ＋ ".join(both))
        self._show_forms()
        counts = self._session.snapshot.counts.get(ACCOUNTS, NOTHING)
        found = self._session.snapshot.completeness[ACCOUNTS]
        sound = NO_ERROR if found.missing else NO_FINDING  # of what is not filled in nothing is known yet
        _say(self.findings, counts.text or sound, counts.worst)
        words = "点这里去下一处没有填的地方" if found.missing else how_complete(found)
        _say(self.required, f"{found.filled} / {found.required}", "gap" if found.missing else "", words)
        self._fit()

    def _show_balance(self, accounts: Accounts) -> None:
        texts = [figure_text(accounts, name) or "0" for name in (INCOME, SPENDING)]
        is_even = accounts.amount(INCOME) == accounts.amount(SPENDING)
        self.balance.setText(f" {'＝' if is_even else '≠'} ".join(texts))
        name = "" if is_even else "error"
        if self.balance.objectName() != name:
            self.balance.setObjectName(name)
            theme.polish(self.balance)

    def _show_forms(self) -> None:
        snapshot = self._session.snapshot
        found = agreement(snapshot.reading, snapshot.findings)
        self.forms.setEnabled(bool(found.compared))
        wrong = found.compared - found.agreeing
        text = f"{found.agreeing} / {found.compared}" if found.compared else NO_FORM
        worst = next((state for state in COUNTED if any(f.state == state for f in found.differing)), "")
        words = f"{wrong} 处与自评表不同，点这里去看。" if wrong else ""
        _say(self.forms, text, worst if wrong else "" if found.compared else None, words)

    def _show_difference(self) -> None:
        snapshot = self._session.snapshot
        found = agreement(snapshot.reading, snapshot.findings)
        if found.differing:
            self.finding_wanted.emit(found.differing[0])


def _say(link: QPushButton, text: str, state: str | None, words: str = "") -> None:
    """Show a figure with the icon of what is open, a tick where nothing is, none for None."""
    if link.text().strip() != text:
        link.setText(f" {text}")
        link.setAccessibleName(f"{link.property('caption')} {text}")
    name, token = ("complete", "ok") if state == "" else icon_of(state) if state else ("", "")
    if link.property("state") != name + token:
        link.setProperty("state", name + token)
        link.setIcon(theme.icon(name, token) if name else QIcon())
    link.setToolTip(tip(words))
