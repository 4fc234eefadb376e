"""检查文件夹: the forms of a folder are looked at in a window of their own."""

from pathlib import Path

from gui.base import ask
from gui.base.settings import config_folder
from gui.commands.command import CHECK, always, command
from gui.commands.import_commands import ImportCommands
from gui.commands.workbench import Workbench


class AuditCommands:
    """Nothing of an open document is touched, unless a file is opened from there."""

    def __init__(self, bench: Workbench, imports: ImportCommands) -> None:
        self._bench, self._imports = bench, imports

    @command(CHECK, 310, "检查文件夹…", when=always)
    def audit_folder(self) -> None:
        """Ask for a folder and look at all that is in it."""
        bench = self._bench
        if bench.doors.audits is None:
            return
        folder = ask.folder_name(bench.window, bench.preferences.now.start_folder(), "检查哪个文件夹")
        if folder is not None:
            self.show(folder)

    def show(self, folder: Path) -> None:
        """Look at a folder."""
        from gui.audit.audit_window import AuditWindow
        from gui.audit.kept import kept

        audits = self._bench.doors.audits
        assert audits is not None
        self.window = AuditWindow(folder, kept(config_folder(), folder), audits())
        self.window.opened.connect(lambda path: self._imports.import_paths([path]))
        self._bench.window.destroyed.connect(self.window.close)
        self.window.start()
