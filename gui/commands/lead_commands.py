"""One line at the foot of the window that says the next step and goes there; who needs none hides it."""

from PySide6.QtCore import QTimer

from gui.base.parts import commit_input
from gui.base.settings import LEAD
from gui.commands.command import CHECK, VIEW, always, command, while_editing
from gui.commands.workbench import Workbench
from gui.session.next_step import Step, next_step

SOON_MS = 400  # after the last key: what is open is looked for when the clerk rests


class LeadCommands:
    """Nothing is looked for at a key."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._step: Step | None = None
        self._soon = QTimer(bench, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.refresh)
        bench.changed.connect(self._soon.start)
        bench.closed.connect(self.refresh)
        bench.status.lead.clicked.connect(self.go_on)

    @command(CHECK, 140, "做下一步", key="F7", when=while_editing)
    def go_on(self) -> None:
        """Go where the next step is done."""
        commit_input()
        self.refresh()
        step, view = self._step or next_step(self._bench.session), self._bench.view
        self._bench.status.say("")
        if step.address is None:
            view.show_handin()
        else:
            view.show_cell(*step.address)

    @command(VIEW, 120, "提示下一步", when=always, is_on=lambda bench: bench.preferences.now.wants(LEAD))
    def toggle(self) -> None:
        """Show the line, or hide it for good."""
        preferences = self._bench.preferences
        preferences.keep(preferences.now.wanting(LEAD, not preferences.now.wants(LEAD)))
        self.refresh()

    def refresh(self) -> None:
        """Say the next step of now, where that is wanted."""
        bench = self._bench
        is_wanted = bench.preferences.now.wants(LEAD) and while_editing(bench)
        self._step = next_step(bench.session) if is_wanted else None
        bench.status.show_lead(self._step.said if self._step else "")
