"""After a program that ended unexpectedly: open what was open, offer what could not be saved."""

import os
from datetime import date, datetime
from pathlib import Path

from gui.base import ask, waiting
from gui.base import settings as settings_store
from gui.base.bar import Bar
from gui.base.dates import minute
from gui.base.waiting import Cancelled
from gui.commands.file_commands import FileCommands
from gui.commands.workbench import Workbench
from gui.session.recovery import OPEN, RESCUE, OpenNote, left_behind, open_at_the_end
from model.basics.errors import UserError
from model.document import rescue, store
from model.document.rescue import Rescued


class Recovery:
    """Notes what is open for the next start; `offer` is the line about what could not be saved."""

    def __init__(self, bench: Workbench, files: FileCommands) -> None:
        self._bench, self._files = bench, files
        self.offer = Bar()
        self._open_note = OpenNote(settings_store.config_folder() / OPEN)
        self._is_recovering = False
        self._recovered: Path | None = None  # is noted as open only when it is edited
        bench.lies_at.connect(self._lies_at)
        bench.changed.connect(self._changed)
        bench.closed.connect(self.forget)

    def recover(self, path: Path | None = None) -> None:
        """At the start open `path`, else what was open when the program last ended unexpectedly."""
        last = open_at_the_end(settings_store.config_folder() / OPEN)
        if last is not None and (path is None or _same(path, last)) and self._is_there(last):
            self._reopen(last)
        elif path is not None:
            self._files.open_path(path)
        self._offer_rescued()

    def _is_there(self, path: Path) -> bool:
        """It may have lain on a stick that was pulled, or on a drive that does not answer."""
        try:
            return waiting.do(self._bench.window, f"正在打开“{path.name}”…", lambda *_: os.path.isfile(path))
        except Cancelled:
            return False

    def _reopen(self, path: Path) -> None:
        """Open it with its newest state.

        A document that ends the program as soon as it is shown would do so at every start, so it is noted
        as open only when it is edited.
        """
        self._is_recovering = True
        is_open = self._files.open_path(path)
        self._is_recovering = False
        if is_open:
            self._recovered = path
            moment = self._take_rescued_back(path) or _saved_at(path)
            said = f"已恢复到 {minute(moment, date.today())} 的内容。" if moment else ""
            self._bench.view.show_notice(said)

    def _take_rescued_back(self, path: Path) -> datetime | None:
        """What the program could not save before it ended belongs to the newest state; return its time."""
        for rescued in left_behind(settings_store.config_folder() / RESCUE):
            if rescue.origin(rescued.path) == path.absolute():
                moment = _saved_at(rescued.path)
                return moment if self._take_back(rescued) else None
        return None

    # --- what is open

    def _lies_at(self, path: Path) -> None:
        if not self._is_recovering:
            self._open_note.write(path)

    def _changed(self) -> None:
        if self._recovered is not None and self._bench.is_open and self._bench.session.is_dirty:
            self._recovered = None
            self._open_note.write(self._bench.session.path)

    def forget(self) -> None:
        """Nothing is open any more, and the next start has nothing to recover."""
        self._recovered = None
        self._open_note.remove()

    # --- what could not be saved

    def _offer_rescued(self) -> None:
        """Offer what a program before could not save, one after the other."""
        rescued = next(left_behind(settings_store.config_folder() / RESCUE), None)
        if rescued is None:
            self.offer.hide()
            return
        moment = minute(_saved_at(rescued.path) or rescued.time, date.today())
        self.offer.say(
            f"“{rescued.stem}”上次有内容没能存进文件，程序在 {moment} 另存了一份。",
            (("打开", lambda: self._open_rescued(rescued)), ("忽略", lambda: self._ignore(rescued))),
        )

    def _ignore(self, rescued: Rescued) -> None:
        """It is not offered again; for a month the file is still there."""
        rescue.finish(rescued.path)
        self._offer_rescued()

    def _open_rescued(self, rescued: Rescued) -> None:
        """Put it back into its document, if that is as it was; else make it a document of its own."""
        document = rescue.origin(rescued.path)
        if document is not None:
            done = self._files.open_path(document) and self._take_back(rescued)
        else:
            done = self._open_apart(rescued)
        if done:
            self._offer_rescued()

    def _take_back(self, rescued: Rescued) -> bool:
        kept = self._files.read(rescued.path)
        if kept is None:
            return False
        try:
            self._bench.session.take_back(kept.answers, "恢复没有存上的内容")
        except UserError as error:
            ask.tell_error(self._bench.window, error)
            return False
        self._bench.session.save()
        rescue.finish(rescued.path)
        return True

    def _open_apart(self, rescued: Rescued) -> bool:
        suggestion = self._bench.preferences.now.start_folder() / f"{rescued.stem} 恢复{store.SUFFIX}"
        target = ask.save_copy_name(self._bench.window, suggestion)
        kept = self._files.read(rescued.path) if target is not None else None
        if target is None or kept is None:
            return False
        try:
            store.create(target, kept.answers, replace=True)
        except UserError as error:
            ask.tell_error(self._bench.window, error)
            return False
        rescue.finish(rescued.path)
        return self._files.open_path(target)


def _saved_at(path: Path) -> datetime | None:
    save = store.last_save(path)
    return save.moment if save is not None else None


def _same(one: Path, other: Path) -> bool:
    return os.path.normcase(os.path.abspath(one)) == os.path.normcase(os.path.abspath(other))
