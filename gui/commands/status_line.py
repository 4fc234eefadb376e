"""The line at the foot of the window: whether all is saved, what was last said, three keys, the zoom."""

from collections.abc import Iterable

from PySide6.QtWidgets import QPushButton, QStatusBar

from gui.base import theme
from gui.base.parts import Elided
from gui.base.plain import Label, tip
from gui.session.marks import STATES
from gui.session.session import Session
from model.checks import Finding

OFFLINE = "内容只保存在本机，程序不联网。"


class StatusLine:
    """What is said stays until something else is said or done."""

    def __init__(self, bar: QStatusBar) -> None:
        self._bar = bar
        self._state, self._icon = Label(objectName="state"), Label(objectName="stateIcon")
        self._zoom = Label()
        self.tip = Elided("", "tip")
        self.lead = QPushButton(objectName="smallLink", autoDefault=False, visible=False)
        self.lead.setAccessibleName("下一步")
        self.lead.setToolTip(tip("去做下一步（F7）。可在“视图”里关掉。"))
        self._said: Finding | None = None  # the finding that it speaks of
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._icon)
        bar.addWidget(self._state)
        bar.addWidget(self.tip, 3)

    def add_hints(self, hints: Iterable[str], zoom: int) -> None:
        """Put keys at the right, and the zoom behind them."""
        self._bar.addPermanentWidget(self.lead)
        for hint in hints:
            self._bar.addPermanentWidget(Label(hint))
        self._bar.addPermanentWidget(self._zoom)
        self.show_zoom(zoom)

    def show_zoom(self, zoom: int) -> None:
        """Say how large everything is."""
        self._zoom.setText(f"{zoom}%")

    def show_state(self, session: Session | None) -> None:
        """Say whether everything is saved; without a document there is no line."""
        self._state.setText(session.state if session else OFFLINE)
        problem = session is not None and not session.is_well
        name, token = (
            ("warning", "warn_icon") if problem else ("check", "text2") if session else ("lock", "text2")
        )
        self._bar.setVisible(session is not None)
        self._icon.setPixmap(theme.icon_pixmap(name, token, 14))

    def show_lead(self, text: str) -> None:
        """Say the next step; "" for none."""
        if text != self.lead.text():
            self.lead.setText(text)
        self.lead.setVisible(bool(text))

    def show_for_a_while(self, text: str) -> None:
        """Say something over all of the line, for eight seconds."""
        self._bar.showMessage(text, 8000)

    def say(self, text: str) -> None:
        """Say something short."""
        self._said = None
        self.tip.show_text(text)
        self.tip.setToolTip(tip(text))

    def say_finding(self, finding: Finding, number: str) -> None:
        """Say what a finding says, with its number among all."""
        state = STATES[finding.state][0]
        self.say(f"{state} {number}　{finding.title}：{finding.message}")
        self._said = finding

    def follow(self, findings: Iterable[Finding], number: str) -> None:
        """A finding that was mended is no longer spoken of; one that reads differently now is."""
        said = self._said
        if said is None:
            self.say("")
            return
        same = (f for f in findings if (f.code, f.address) == (said.code, said.address))
        now = next(same, None)
        if now is None:
            self.say("")
        elif now != said:
            self.say_finding(now, number)
