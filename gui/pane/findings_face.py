"""The face 问题 of the pane: all findings of the document, where to go and what can be done about each."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.pane.finding_list import Entry, EntryId, Walk, arrange
from gui.pane.findings_model import FindingsModel
from gui.pane.findings_view import FindingsView
from gui.pane.reply_editor import ReplyEditor
from gui.session.names import COMPUTED_HOLDS, form_name
from gui.session.session import Session
from model.checks import Finding
from model.document.answers import Address, FormKey
from model.document.signing import last_signer, signature
from model.forms.definition import TABS

SOON_MS = 50  # after a key; while keys come faster the list waits
NOTHING = "没有问题。可以预览、导出。"


class FindingsFace(QWidget):
    """`jump_wanted(finding)` says where the clerk wants to go.

    The order begins with the form and tab that the clerk has chosen; jumps do not change it, so the walk
    through the list ends where it began.
    """

    jump_wanted = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._chosen: tuple[FormKey, str] = ("", TABS[0])
        self._walk = Walk()
        self._is_stale = True
        self._cell: Address | None = None  # under the cursor, while the list is stale and not in sight
        self._replying: EntryId | None = None
        self._drafts: dict[EntryId, str] = {}
        self.model = FindingsModel(self)
        self.list = FindingsView(self.model, bool(session.read_only))
        self.reply = ReplyEditor()
        self.reply.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.nothing = _nothing()
        column.addWidget(self.nothing)
        column.addWidget(self.list, stretch=1)
        column.addWidget(self.reply)
        self._rest = QWidget()
        column.addWidget(self._rest, stretch=1)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        self.list.marked.connect(self._walk.mark)
        self.list.jump_wanted.connect(self.jump_wanted)
        self.list.link_wanted.connect(self.act)
        self.reply.written.connect(self._written)
        self.reply.left.connect(self._leave_reply)

    # --- what is shown

    def choose(self, key: FormKey, tab: str) -> None:
        """Begin with another form or tab: the clerk's own choice. In another form nothing is marked yet."""
        if (key, tab) != self._chosen:
            is_other, self._chosen = key != self._chosen[0], (key, tab)
            self._is_stale = True
            self._look()
            if is_other:
                self._cell = None
                self._mark(None)

    def document_changed(self) -> None:
        """Show it when keys rest."""
        self._is_stale = True
        self._soon.start()

    def _look(self) -> None:
        """Show it when all that is open is known; nobody walks through a list that is not in sight yet."""
        self._soon.stop()
        if self.isVisible():
            self._session.looking.ask(self.refresh)

    def refresh(self) -> None:
        """Show the findings as they are now; the walk knows them even while the pane is closed."""
        self._soon.stop()
        self._is_stale = False
        snapshot = self._session.snapshot
        names = {form.key: form_name(form) for form in snapshot.reading.forms}
        reading, library = snapshot.reading, self._session.library
        entries = arrange(reading.forms, snapshot.listed, *self._chosen, names, library, reading.accounts)
        self._walk.follow(entries)
        if self.isVisible():
            self.list.show_entries(entries, self._walk.here)
            self.nothing.setVisible(not snapshot.open)
            self.list.setVisible(bool(entries))
            self._rest.setVisible(not entries)
            self._keep_replying()
        if self._cell is not None:
            cell, self._cell = self._cell, None
            self.mark_cell(cell)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the list was hidden is shown now."""
        super().showEvent(event)
        self._look()
        self.list.mark(self._walk.here)

    # --- the walk

    def step(self, by: int) -> Finding | None:
        """Mark the next finding (1) or the one before (-1), round and round, and return it."""
        self.refresh()
        return self._mark(self._walk.step(by))

    def mark(self, finding: Finding) -> None:
        """Mark a finding that the clerk has gone to in another way."""
        if self._is_stale:
            self.refresh()
        self._mark(self._walk.find((finding.code,), finding.address))

    def first_of(self, codes: tuple[str, ...]) -> Finding | None:
        """Mark the first finding with one of some codes, and return it."""
        self.refresh()
        return self._mark(self._walk.find(codes))

    def mark_cell(self, address: Address) -> None:
        """Mark a finding of the cell under the cursor, unless one of them is marked."""
        if self._is_stale and not self.isVisible():
            self._cell = address  # marked when the list is made
            return
        here = self._walk.here
        mark = self._session.snapshot.marks.at(address)
        if mark.findings and (here is None or here[3:5] != address):
            codes = tuple(finding.code for finding in mark.findings)
            self._mark(self._walk.find(codes, address))

    @property
    def number(self) -> str:
        """Which of how many findings is marked: 2 / 15."""
        return self._walk.number

    def _mark(self, id: EntryId | None) -> Finding | None:
        self.list.mark(id)
        return self._walk.mark(id)

    # --- what is done

    def act(self, name: str, entry: Entry) -> None:
        """Do what a link says: reply, accept, take what is offered, change, withdraw."""
        if name in ("reply", "aside", "change"):
            self._begin_reply(entry)
        elif name == "accept":
            self._accept(entry)
        elif name == "offer":
            self._take(entry)
        elif name == "withdraw":
            self._answer(entry, "", "撤回说明")

    def reply_to_marked(self) -> bool:
        """Begin to answer the marked finding; return whether it can be answered."""
        entry = self.list.current_entry()
        name = next(
            (name for name in ("reply", "aside", "change") if entry and name in self.list.links(entry)), ""
        )
        if name and entry:
            self.act(name, entry)
        return bool(name)

    def _accept(self, entry: Entry) -> None:
        assert entry.finding
        address = entry.finding.address
        self._session.edit(COMPUTED_HOLDS, lambda edit: edit.clear_given(address))
        self.refresh()

    def _take(self, entry: Entry) -> None:
        finding = entry.finding
        assert finding
        self._session.edit("采用合计", lambda edit: edit.set_text(finding.address, finding.offer))
        self.refresh()

    def _answer(self, entry: Entry, text: str, label: str, signed: str = "") -> None:
        finding = entry.finding
        assert finding
        self._session.edit(
            label, lambda edit: edit.set_reply(finding.address, finding.code, text, finding.found, signed)
        )
        self.refresh()

    def _begin_reply(self, entry: Entry) -> None:
        self._keep_draft()
        assert entry.finding
        self._replying = entry.id
        self.reply.ask(entry.finding, self._drafts.pop(entry.id, ""), last_signer(self._session.answers))
        self.list.mark(entry.id)

    def _keep_draft(self) -> None:
        """What was begun for another finding is there when she comes back to it."""
        if self._replying is not None and not self.reply.isHidden():
            self._drafts[self._replying] = self.reply.text.toPlainText()

    def _keep_replying(self) -> None:
        """An answer to a finding that is gone has nowhere to go."""
        if self._replying is not None and self.model.row_of(self._replying) < 0:
            self._leave_reply()

    def _written(self, text: str, name: str) -> None:
        row = self.model.row_of(self._replying)
        self._leave_reply()
        if row >= 0:
            self._answer(self.model.entries[row], text, "写说明", signature(name, datetime.now()))

    def _leave_reply(self) -> None:
        self._replying = None
        self.reply.hide()
        if self.isVisible():
            self.list.setFocus()


def _nothing() -> QWidget:
    """The sentence that stands where nothing is open."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(theme.px(20), theme.px(16), theme.px(16), theme.px(12))
    row.setSpacing(theme.px(8))
    icon = Label()
    icon.setPixmap(theme.icon_pixmap("complete", "ok"))
    row.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(NOTHING, wordWrap=True), stretch=1)
    return line
