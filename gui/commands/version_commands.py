"""What the menus do with earlier versions of the open document: list them, look at one, go back to it."""

from datetime import date
from typing import Protocol

from PySide6.QtWidgets import QWidget

from gui.base.dates import minute
from gui.commands.command import FILE, command
from gui.commands.file_commands import FileCommands
from gui.commands.save_commands import SaveCommands
from gui.commands.workbench import Workbench
from model.document import store
from model.document.backups import Backup
from model.handin.versions import Version


class ShowVersion(Protocol):
    """Makes the window that shows an earlier version, perhaps a locked one."""

    def __call__(self, backup: Backup, stored: store.Stored, version: Version | None = None) -> QWidget: ...


class VersionCommands:
    """`show_version` makes the window that shows one."""

    def __init__(
        self, bench: Workbench, saves: SaveCommands, files: FileCommands, show_version: ShowVersion
    ) -> None:
        self._bench, self._saves, self._files, self._show_version = bench, saves, files, show_version

    @command(FILE, 150, "打开以前的版本…", icon="clock")
    def earlier_versions(self) -> None:
        """List the backups of the open document; view one, or go back to it."""
        from gui.files.versions_dialog import VersionsDialog

        self._saves.save_now()
        dialog = VersionsDialog(self._bench.session, self._bench.window)
        dialog.exec()
        chosen, is_to_be_restored = dialog.chosen, dialog.is_to_be_restored
        dialog.deleteLater()
        if chosen is not None:
            (self.restore_version if is_to_be_restored else self.view_version)(chosen)

    def view_version(self, backup: Backup) -> None:
        """Show a backup in a window of its own, where nothing can be changed."""
        stored = self._files.read(backup.path)
        if stored is not None:
            self._bench.attempt(lambda: self._show_version(backup, stored))

    def restore_version(self, backup: Backup) -> None:
        """Make a backup the content of the document; undo takes that back."""
        stored = self._files.read(backup.path)
        if stored is None:
            return
        moment, session = minute(backup.time, date.today()), self._bench.session

        def restore() -> bool:
            session.take_back(stored.answers, f"恢复为 {moment} 的版本")
            return True

        if self._bench.attempt(restore):
            self._bench.status.say(f"已恢复为 {moment} 的版本，可以撤销；恢复以前的内容也留了一份。")
