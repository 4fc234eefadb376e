"""What brings back what was there: earlier versions, the state before a crash, what could not be saved."""

import os
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.base import ask, waiting
from gui.base import settings as settings_store
from gui.base.bar import Bar
from gui.base.dates import minute
from gui.base.waiting import Cancelled
from gui.commands.file_commands import FileCommands
from gui.session.recovery import OPEN, RESCUE, OpenNote, left_behind, open_at_the_end
from model.basics.errors import UserError
from model.document import rescue, store
from model.document.backups import Backup
from model.document.rescue import Rescued


class SafetyCommands(FileCommands):
    """The part of the window that notes what is open, and offers what was not saved or is older."""

    _is_recovering = False

    def _put_in_place(self) -> None:
        """The pages of the window, and above them room for one line of offers."""
        self.offer = Bar()
        self._open_note = OpenNote(settings_store.config_folder() / OPEN)
        self._versions: list[QWidget] = []
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.offer)
        column.addWidget(self._stack, stretch=1)
        self.setCentralWidget(body)

    # --- after a program that ended unexpectedly

    def recover(self, path: Path | None = None) -> None:
        """At the start open `path`, else what was open when the program last ended unexpectedly."""
        folder = settings_store.config_folder()
        last = open_at_the_end(folder / OPEN)
        if last is not None and (path is None or _same(path, last)) and self._is_there(last):
            self._reopen(last)
        elif path is not None:
            self.open_path(path)
        self._offer_rescued()

    def _is_there(self, path: Path) -> bool:
        """It may have lain on a stick that was pulled, or on a drive that does not answer."""
        try:
            return bool(waiting.do(self, f"正在打开“{path.name}”…", lambda *_: os.path.isfile(path)))
        except Cancelled:
            return False

    def _reopen(self, path: Path) -> None:
        """Open it with its newest state. It is noted as open only when it is edited.

        A document that ends the program as soon as it is shown would do so at every start.
        """
        self._is_recovering = True
        is_open = self.open_path(path)
        self._is_recovering = False
        if not is_open or self.session is None or self.view is None:
            return
        self.session.changed.connect(self._note_recovered)
        moment = self._take_rescued_back(path) or _saved_at(path)
        self.view.show_notice(f"已恢复到 {minute(moment, date.today())} 的内容。" if moment else "")

    def _take_rescued_back(self, path: Path) -> datetime | None:
        """What the program could not save before it ended belongs to the newest state; return its time."""
        for rescued in left_behind(settings_store.config_folder() / RESCUE):
            if rescue.origin(rescued.path) == path.absolute():
                moment = _saved_at(rescued.path)
                return moment if self._take_back(rescued) else None
        return None

    def _note_recovered(self) -> None:
        assert self.session is not None
        self._open_note.write(self.session.path)
        self.session.changed.disconnect(self._note_recovered)

    def _remember(self, path: Path) -> None:
        super()._remember(path)
        if not self._is_recovering:
            self._open_note.write(path)

    def close_document(self) -> bool:
        """Nothing is open then, and the next start has nothing to recover."""
        if not super().close_document():
            return False
        self._open_note.remove()
        return True

    def _leave(self) -> None:
        """The window closes as it should, and with it those that show its earlier versions."""
        self._open_note.remove()
        for window in self._versions:
            window.close()

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
            done = self.open_path(document) and self._take_back(rescued)
        else:
            done = self._open_apart(rescued)
        if done:
            self._offer_rescued()

    def _take_back(self, rescued: Rescued) -> bool:
        assert self.session is not None
        try:
            self.session.take_back(self._read(rescued.path).answers, "恢复没有存上的内容")
        except (UserError, Cancelled) as error:
            self._tell_unless_cancelled(error)
            return False
        self.session.save()
        rescue.finish(rescued.path)
        return True

    def _open_apart(self, rescued: Rescued) -> bool:
        suggestion = self.settings.start_folder() / f"{rescued.stem} 恢复{store.SUFFIX}"
        target = ask.save_copy_name(self, suggestion)
        if target is None:
            return False
        try:
            store.create(target, self._read(rescued.path).answers, replace=True)
        except (UserError, Cancelled) as error:
            self._tell_unless_cancelled(error)
            return False
        rescue.finish(rescued.path)
        return self.open_path(target)

    def _tell_unless_cancelled(self, error: Exception) -> None:
        if isinstance(error, UserError):
            ask.tell_error(self, error)

    # --- earlier versions

    def earlier_versions(self) -> None:
        """List the backups of the open document; view one, or go back to it."""
        if self.session is None:
            return
        from gui.files.versions_dialog import VersionsDialog

        self.save_now()
        dialog = VersionsDialog(self.session, self)
        dialog.exec()
        chosen, is_to_be_restored = dialog.chosen, dialog.is_to_be_restored
        dialog.deleteLater()
        if chosen is not None:
            (self.restore_version if is_to_be_restored else self.view_version)(chosen)

    def view_version(self, backup: Backup) -> None:
        """Show a backup in a window of its own, where nothing can be changed."""
        from gui.version_window import VersionWindow

        try:
            stored = self._read(backup.path)
            window = VersionWindow(self, backup, stored)
        except (UserError, Cancelled) as error:
            self._tell_unless_cancelled(error)
            return
        self._versions = [one for one in self._versions if one.isVisible()] + [window]
        window.show()

    def restore_version(self, backup: Backup) -> None:
        """Make a backup the content of the document; undo takes that back."""
        assert self.session is not None
        moment = minute(backup.time, date.today())
        try:
            self.session.take_back(self._read(backup.path).answers, f"恢复为 {moment} 的版本")
        except (UserError, Cancelled) as error:
            self._tell_unless_cancelled(error)
            return
        self.say(f"已恢复为 {moment} 的版本，可以撤销；恢复以前的内容也留了一份。")

    # --- help

    def save_diagnosis(self) -> None:
        """Put what a maintainer needs into one file."""
        from gui.support.diagnosis_dialog import DiagnosisDialog

        document = self.session.path if self.session is not None else None
        if document is not None:
            self.save_now()
        dialog = DiagnosisDialog(document, self)
        if dialog.exec():
            self.statusBar().showMessage(f"诊断包已保存到 {dialog.saved_to}", 8000)
        dialog.deleteLater()


def _saved_at(path: Path) -> datetime | None:
    save = store.last_save(path)
    return save.moment if save is not None else None


def _same(one: Path, other: Path) -> bool:
    return os.path.normcase(os.path.abspath(one)) == os.path.normcase(os.path.abspath(other))
