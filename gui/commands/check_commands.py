"""What the menus do about gaps and findings: the next one, the list, an answer."""

from PySide6.QtWidgets import QApplication

from gui.base.parts import commit_input, is_inside
from gui.commands.command import CHECK, command, while_editing
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from gui.pane.findings_face import NOTHING
from gui.pane.pane import FINDINGS, HOW
from gui.session.places import next_empty

ALL_FILLED = "必填项都已填写。"


class CheckCommands:
    """Leads from one problem to the next, and says in the status line which."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        bench.view_made.connect(self._view_made)
        bench.changed.connect(self._changed)

    def _view_made(self, view: DocumentView) -> None:
        view.missing_wanted.connect(self.next_missing)
        view.pane_opened.connect(self._pane_opened)

    def _pane_opened(self) -> None:
        """What is said of a finding stands in the list now."""
        self._bench.status.say("")

    def _changed(self) -> None:
        if self._bench.is_open:
            findings = self._bench.session.snapshot.findings
            self._bench.status.follow(findings, self._bench.view.pane.findings.number)

    # --- gaps

    @command(CHECK, 110, "下一处未填", key="F6", with_versions=True, is_hinted=True)
    def next_missing(self) -> None:
        """Go to the next required cell that is empty."""
        session, view = self._bench.session, self._bench.view
        snapshot = session.snapshot
        missing = [item.address for item in snapshot.open if item.severity == "gap"]
        found = next_empty(snapshot.reading, missing, view.cursor_cell, session.library)
        if found is None:
            self._bench.status.say(ALL_FILLED)
            return
        commit_input()
        self._bench.status.say("")
        view.show_cell(*found)

    # --- findings

    @command(CHECK, 120, "下一个问题", key="F8", icon="down", with_versions=True, is_hinted=True)
    def next_finding(self) -> None:
        """Go to the next finding of the list."""
        self._step(1)

    @command(CHECK, 130, "上一个问题", key="Shift+F8", icon="up", with_versions=True)
    def previous_finding(self) -> None:
        """Go to the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        commit_input()
        view, status = self._bench.view, self._bench.status
        finding = view.step(by)
        if finding is None:
            status.say(NOTHING)
        elif view.pane.isHidden():
            status.say_finding(finding, view.pane.findings.number)

    @command(CHECK, 210, "问题列表", key="F4", icon="warning", with_versions=True)
    def show_findings(self) -> None:
        """Open the list of findings and go into it; from there, fold it away."""
        view = self._bench.view
        findings = view.pane.findings
        if findings.isVisible() and is_inside(findings, QApplication.focusWidget()):
            view.toggle_pane()
            view.take_focus()
        else:
            view.open_pane(FINDINGS)
            findings.list.setFocus()

    @command(CHECK, 220, "写说明…", when=while_editing)
    def reply_to_finding(self) -> None:
        """Write why the marked finding is as it is."""
        view = self._bench.view
        view.open_pane(FINDINGS)
        if not view.pane.findings.reply_to_marked():
            self._bench.status.say("请先在问题列表里选一条可以说明的错误或提醒。")

    @command(CHECK, 410, "交稿…", key="F9", icon="check", with_versions=True)
    def show_handin(self) -> None:
        """Show all that is open before the document can be handed in, or go back to filling it in."""
        view = self._bench.view
        if view.whole.is_handing_in:
            view.show_form(view.key)
        else:
            commit_input()
            view.show_handin()

    @command(CHECK, 230, "怎么算的", key="Shift+F4", with_versions=True)
    def show_how(self) -> None:
        """Say how the figure under the cursor came about."""
        self._bench.view.open_pane(HOW)
