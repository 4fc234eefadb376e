"""The one place where the document meets signals: edits go in, changes come out, work saves itself."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from gui.base.file_work import FileWork
from gui.session.earlier import Earlier
from gui.session.looking import Looking
from gui.session.recovery import RESCUE, RecoveryCopy
from gui.session.snapshot import Snapshot
from model.basics.errors import UserError
from model.basics.texts import said_of_removed
from model.document import backups, store
from model.document.answers import ACCOUNTS, Address, Answers, CellId, FormKey
from model.document.carrying import carrying
from model.document.cleaning import clean_answers
from model.document.document import Change, Document, Edit, difference
from model.exchange.older_documents import open_document
from model.forms.loader import Library
from model.handin.versions import Version
from model.reading.evidence import following
from model.reading.reading import REPORT, Form, read
from model.report.captions import report_caption

QUIET_MS = 500  # saved after so much quiet …
STEADY_MS = 700  # … and as often in steady typing: no more than a second is ever lost
NO_ANSWER = "磁盘或网络没有回应。", "请查看网络或 U 盘是否连着，稍后再试。"


class _Written(NamedTuple):
    """What became of a save: the answers that the file now has, or why not, and who was there before; and
    whether a backup was made."""

    answers: Answers
    revision: int = 0
    error: UserError | None = None
    other_save: store.Save | None = None
    is_backed_up: bool = False


def _written(
    path: Path, stored: store.Stored, answers: Answers, back_up: Callable[[], object] | None
) -> _Written:
    """Write what differs, in a thread. Where there is no room for a backup what is typed matters more."""
    is_backed_up = False
    if back_up is not None:
        with suppress(UserError):
            back_up()
            is_backed_up = True
    made, in_file = _Written(answers, is_backed_up=is_backed_up), stored.in_file or stored.answers
    try:
        return made._replace(revision=store.save(path, stored.revision, in_file, answers))
    except store.ChangedElsewhere as error:
        return made._replace(error=error, other_save=store.last_save(path))
    except UserError as error:
        return made._replace(error=error)


class _Seen(NamedTuple):
    """What another program has saved meanwhile, if it has; or why that can't be told."""

    stored: store.Stored | None = None
    save: store.Save | None = None
    error: UserError | None = None


def _seen(path: Path, revision: int, library: Library) -> _Seen:
    """Look at the file, in a thread."""
    try:
        if store.saved_revision(path) == revision:
            return _Seen()
        return _Seen(open_document(path, library), store.last_save(path))
    except UserError as error:
        return _Seen(error=error)


class Session(QObject):
    """An open document.

    `changed(change, by)` is emitted after every edit, `by` being the widget that made it (it need not show
    its own text again). `state_changed` says that the line about saving reads differently,
    `taken_over(save)` that what another program saved stands here now, `cleaned(sentence)` that characters
    which no file can hold were taken out of what came in, `noticed(sentence)` what else is to be known.
    What can't be kept beside the document goes into the local folder, which is the user's own.
    """

    changed = Signal(object, object)
    state_changed = Signal()
    taken_over = Signal(object)
    cleaned = Signal(str)
    noticed = Signal(str)

    def __init__(
        self,
        library: Library,
        document: Document,
        path: Path,
        stored: store.Stored,
        local_folder: Path | None = None,
    ) -> None:
        super().__init__()
        self.library, self.document, self.path = library.carrying(document.answers.carried), document, path
        document.follow = following
        self.local_folder = local_folder
        self._stored = stored
        self._backed_up: datetime | None = None
        self._tried: datetime | None = None  # to back it up
        self._point = stored.answers  # what the clerk has kept a version of, or found
        self._recovery = RecoveryCopy(local_folder / RESCUE) if local_folder else None
        self.version: Version | None = None  # the locked one that this is: its own files are what comes out
        self.unreachable = ""  # why the last look at the file failed: nothing was to be saved
        self.problem = ""  # why the last save failed …
        self.is_kept = False  # … and what was to be saved is in the local folder
        self.is_contested = False  # another program has saved the file meanwhile …
        self.other_save: store.Save | None = None  # … and this is known of it
        self.saved_at: datetime | None = None
        self.snapshot = Snapshot(read(library, document.answers))
        self.looking = Looking(self, lambda: self.snapshot)
        self.earlier = Earlier(self)
        self._work = FileWork(self)
        self._quiet = self._timer(QUIET_MS)
        self._steady = self._timer(STEADY_MS)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(self._save_itself)
        return timer

    # --- reading

    @property
    def answers(self) -> Answers:
        """What is typed now."""
        return self.document.answers

    @property
    def revision(self) -> int:
        """The revision of the file that the answers follow on."""
        return self._stored.revision

    @property
    def read_only(self) -> str:
        """Why nothing can be changed; "" where everything can."""
        return self._stored.read_only

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that the file does not have."""
        return self.document.answers is not self._stored.answers

    def form(self, key: FormKey) -> Form:
        """Return a form as read now."""
        return self.snapshot.forms[key]

    def text(self, address: Address) -> str:
        """Return what is typed in a cell of a form or of the final accounts."""
        key, cell = address
        return self.answers.forms[key].text(cell)

    def rows(self, key: FormKey, block: str) -> tuple[str, ...]:
        """Return the rows of a block of a form or of the final accounts."""
        return self.answers.forms[key].rows.get(block, ())

    # --- editing

    def set_text(self, address: Address, text: str, by: QObject | None = None) -> None:
        """Take over what was typed into a cell. Raises UserError for a text that is too long: every view,
        also `by`, then shows what was there before, as it does where characters were taken out.
        """
        if self.read_only:
            return
        label = self._typing_label(address)
        try:
            change = self.document.set_text(address, text, label)
        except UserError:
            self.changed.emit(Change(label, frozenset({address})), None)
            raise
        self._announce(change, None if change.removed else by)

    def clean(self) -> None:
        """Take out of the whole document what no file can hold; undo brings it back."""
        answers, removed = clean_answers(self.answers)
        if removed and not self.read_only:
            self.edit("去掉控制字符", lambda edit: edit.take_all(answers))
            self.cleaned.emit(said_of_removed(removed))

    def edit(self, label: str, action: Callable[[Edit], object], by: QObject | None = None) -> None:
        """Make one step of all that an action does and tell everybody what it changed."""
        if self.read_only:
            return
        with self.document.edit(label) as edit:
            action(edit)
            edit.answers = carrying(self.library, edit.answers)
        self._announce(edit.change, by)

    def undo(self) -> Change:
        """Take the last step back; return what that made different."""
        return self._take(self.document.undo)

    def redo(self) -> Change:
        """Take the last undone step again; return what that made different."""
        return self._take(self.document.redo)

    def cancel_typing(self, address: Address) -> None:
        """Take back what is being typed into a cell."""
        self._take(partial(self.document.cancel_typing, address))

    def _take(self, step: Callable[[], Change]) -> Change:
        change = Change("") if self.read_only else step()
        self._announce(change, None)
        return change

    def use(self, library: Library) -> None:
        """Go on with another library: a form was added to it, or taken out of it."""
        self.library = library.carrying(self.document.answers.carried)

    def pause(self) -> None:
        """End the run of typing that undo takes back at once."""
        self.document.pause()

    def _typing_label(self, address: Address) -> str:
        key, cell = address
        if key == ACCOUNTS:
            return f"修改“{self._place_in_accounts(cell)}”"
        form = self.form(key)
        name = form.place(cell).rpartition(" · ")[2]
        if name == REPORT:
            name = report_caption(form, self.library, cell) or name
        return f"修改“{name}”"

    def _place_in_accounts(self, cell: CellId) -> str:
        from model.accounts.places import place  # late: most documents have no accounts

        accounts = self.snapshot.reading.accounts
        return place(accounts, cell).rpartition(" · ")[2] if accounts else ""

    def _announce(self, change: Change, by: QObject | None) -> None:
        if change.removed:
            self.cleaned.emit(said_of_removed(change.removed))
        if not change:
            return
        if change.forms:  # a form may be there in another version
            self.library = self.library.carrying(self.document.answers.carried)
        self.snapshot = Snapshot(read(self.library, self.document.answers), self.snapshot)
        self._quiet.start()
        if not self._steady.isActive():
            self._steady.start()
        self.changed.emit(change, by)
        self.state_changed.emit()

    # --- saving

    def save(self) -> bool:
        """Save what differs and wait for it; return whether the file now has everything.

        A failure is said in `problem`.
        """
        ended = not self.is_dirty or self._work.finish()
        if ended and self.is_dirty:
            if not self._work.is_busy:  # what has just ended may have begun it
                self._begin_saving()
            ended = self._work.finish()
        if not ended:
            self.problem = "".join(NO_ANSWER)
            self._keep()
            self.state_changed.emit()
        return not self.is_dirty

    def _save_itself(self) -> None:
        """Save while the clerk goes on; what is typed while a save hangs is kept in the local folder."""
        if not self.is_dirty:  # what was kept is taken back, or saved by now
            self._all_is_well()
        elif self._work.is_busy:
            self._keep()
            self._quiet.start()
        else:
            self._begin_saving()
        self.state_changed.emit()

    def _begin_saving(self) -> None:
        self._steady.stop()
        self._quiet.start()  # by then it should have ended
        now = datetime.now()
        is_due = backups.is_due(self._backed_up, now) and backups.may_try(self._tried, now)
        self._tried = now if is_due else self._tried
        back_up = self._back_up if is_due else None
        job = partial(_written, self.path, self._stored, self.document.answers, back_up)
        self._work.start(job, self._saved)

    def _saved(self, written: _Written) -> None:
        if written.is_backed_up:
            self._backed_up = self._tried
        if written.error is not None:
            self._quiet.stop()
            self._could_not_save(written.error, written.other_save)
        else:
            self._stored = store.Stored(written.answers, written.revision, "")
            self._all_is_well()
            self.saved_at = datetime.now()
            if not self.is_dirty:
                self._quiet.stop()
        self.state_changed.emit()

    def look_at_file(self) -> None:
        """Notice that another program has saved the file: take that over, or say so if both have edits."""
        if not self._work.is_busy:  # a save notices it too
            self._work.start(partial(_seen, self.path, self.revision, self.library), self._looked)

    def _looked(self, seen: _Seen) -> None:
        unreachable = "" if seen.error is None else str(seen.error)
        if unreachable != self.unreachable:
            self.unreachable = unreachable
            self.state_changed.emit()
        if seen.stored is None:
            return
        if self.is_dirty:
            self._begin_saving()
        else:
            self._show_stored(seen.stored)
            self.taken_over.emit(seen.save)

    def reload(self) -> None:
        """Show what the file has; edits that are not saved are given up, and undo begins anew."""
        try:
            self._show_stored(open_document(self.path, self.library))
        except UserError as error:
            self.problem = str(error)
            self.state_changed.emit()

    def _show_stored(self, stored: store.Stored) -> None:
        self._stored = stored
        change = difference("重新打开", self.document.answers, self._stored.answers)
        self.document = Document(self._stored.answers)
        self.document.follow = following
        self._all_is_well()
        self.library = self.library.carrying(self.document.answers.carried)
        self.snapshot = Snapshot(read(self.library, self.document.answers))
        self.changed.emit(change, None)
        self.state_changed.emit()

    def move_to(self, path: Path) -> None:
        """Go on in another file, which gets all that is typed; raises UserError if it can't be written."""
        if not self._work.finish():
            raise UserError(*NO_ANSWER)
        revision = store.save_as(self.path, path, self.document.answers)
        self.path, self._stored = path, store.Stored(self.document.answers, revision)
        self._all_is_well()
        self._backed_up = self.saved_at = datetime.now()
        self.state_changed.emit()

    def take_back(self, answers: Answers, label: str) -> None:
        """Make an earlier state the content, as one step; what is there now is saved and backed up before.

        Raises UserError, and changes nothing, where that fails.
        """
        read(self.library, answers)
        if not self.save():
            raise UserError(f"现在的内容没有保存，所以没有恢复：{self.problem}")
        self._back_up()
        self.edit(label, lambda edit: edit.take_all(answers))

    def keep_point(self, name: str = "") -> Callable[[], object] | None:
        """Return what keeps a version, in a thread; None where nothing changed and it gets no name."""
        if self.is_dirty or self.read_only or (self._point is self.answers and not name):
            return None
        self._point = self.answers
        return partial(self._back_up, name)

    def _back_up(self, name: str = "") -> None:
        """The first change of a session, and one in every while of work, leave a copy of the file."""
        local = self.local_folder / backups.FOLDER if self.local_folder else None
        backups.make(self.path, local, name=name)

    def _could_not_save(self, error: UserError, other_save: store.Save | None) -> None:
        """Say why, and bring what is typed into safety."""
        self.problem, self.is_contested = str(error), isinstance(error, store.ChangedElsewhere)
        self.other_save = other_save
        self._keep()

    def _keep(self) -> None:
        """What can't be saved now is kept elsewhere."""
        if self._recovery is not None:
            self.is_kept = self._recovery.keep(self.path, self.revision, self.document.answers)

    def _all_is_well(self) -> None:
        """The file has everything, and nothing need be kept elsewhere."""
        self.unreachable = ""
        self.problem, self.is_contested, self.other_save, self.is_kept = "", False, None, False
        if self._recovery is not None:
            self._recovery.clear()

    @property
    def is_well(self) -> bool:
        """Whether the file can be read and written, and has what it should."""
        return not (self.problem or self.unreachable or self.read_only or self.is_kept)

    @property
    def state(self) -> str:
        """The line about saving."""
        if self.read_only:
            return "只读"
        if self.problem:
            return f"未能保存：{self.problem}"
        if self.unreachable and not self.is_dirty:
            return f"文件现在读不到：{self.unreachable}"
        if self.is_dirty:
            return "保存较慢，内容已先在本机另存一份。" if self.is_kept else "正在保存…"
        return f"已自动保存 {self.saved_at:%H:%M}" if self.saved_at else "已保存"
