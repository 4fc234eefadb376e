"""What the menus do about findings and gaps: the next one, the list, an answer; and the help beside."""

from PySide6.QtWidgets import QApplication, QMainWindow

from gui.base.parts import Elided
from gui.frame.document_view import DocumentView
from gui.pane.findings_face import NOTHING
from gui.pane.pane import FINDINGS, HELP, HOW
from gui.session.marks import STATES
from gui.session.places import next_empty
from gui.session.session import Session
from model.checks import Finding

ALL_FILLED = "必填项都已填写。"


class CheckCommands(QMainWindow):
    """The part of the window that leads from one problem to the next, and says in its status line which."""

    session: Session | None
    view: DocumentView | None
    _tip: Elided
    _said: Finding | None = None  # the finding that the status line speaks of

    def _commit_input(self) -> None:
        raise NotImplementedError

    # --- gaps

    def next_missing(self) -> None:
        """Go to the next required cell that is empty."""
        if self.session is None or self.view is None:
            return
        snapshot = self.session.snapshot
        forms, cursor = snapshot.reading.forms, self.view.cursor
        found = next_empty(forms, snapshot.completeness, cursor, self.session.library)
        if found is None:
            self.say(ALL_FILLED)
            return
        self._commit_input()
        self.say("")
        self.view.show_cell(*found)

    # --- findings

    def next_finding(self) -> None:
        """Go to the next finding of the list."""
        self._step(1)

    def previous_finding(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if self.view is None:
            return
        self._commit_input()
        found = self.view.step(by)
        if found is None:
            self.say(NOTHING)
        elif self.view.pane.isHidden():
            self._tell(found)

    def show_findings(self) -> None:
        """Open the list of findings and go into it; from there, fold it away."""
        if self.view is None:
            return
        findings = self.view.pane.findings
        if findings.isVisible() and findings.isAncestorOf(QApplication.focusWidget()):
            self.view.toggle_pane()
            self.view.stack.currentWidget().setFocus()
        else:
            self.view.open_pane(FINDINGS)
            findings.list.setFocus()

    def show_how(self) -> None:
        """Say how the figure under the cursor came about."""
        if self.view is not None:
            self.view.open_pane(HOW)

    def show_help(self) -> None:
        """Say how to fill in the cell under the cursor."""
        if self.view is not None:
            if self.view.is_previewing:
                self.view.show_form(self.view.key)
            self.view.open_pane(HELP)

    def reply_to_finding(self) -> None:
        """Write why the marked finding is as it is."""
        if self.view is not None:
            self.view.open_pane(FINDINGS)
            if not self.view.pane.findings.reply_to_marked():
                self.say("请先在问题列表里选一条可以说明的错误或提醒。")

    # --- the status line

    def say(self, text: str) -> None:
        """Say something short in the status line; it stays until something else is said or done."""
        self._said = None
        self._tip.show_text(text)
        self._tip.setToolTip(text)

    def _tell(self, finding: Finding) -> None:
        number = self.view.pane.findings.number if self.view else ""
        state = STATES[finding.state][0]
        self.say(f"{state} {number}　{finding.title}：{finding.message}")
        self._said = finding

    def _tell_again(self) -> None:
        """A finding that was mended is no longer spoken of; one that reads differently now is."""
        said, session = self._said, self.session
        if said is None or session is None:
            self.say("")
            return
        same = (f for f in session.snapshot.findings if (f.code, f.address) == (said.code, said.address))
        now = next(same, None)
        if now is None:
            self.say("")
        elif now != said:
            self._tell(now)
