"""An earlier version of a document in a window of its own: to look at, export and print, not to change."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow

from gui.base import theme
from gui.base.dates import minute
from gui.base.preferences import Preferences
from gui.base.settings import Settings
from gui.commands.groups import VersionWindowCommands
from gui.commands.menus import Menus
from gui.commands.workbench import Workbench
from gui.paper.doors import Doors
from gui.session.session import Session
from model.document import store
from model.document.backups import Backup
from model.document.document import Document
from model.forms.loader import Library
from model.handin.versions import Version


class VersionWindow(QMainWindow):
    """It remembers nothing, and its document is read-only; `closed(window)` says that it goes.

    What comes out of a locked version are its own files.
    """

    closed = Signal(object)

    def __init__(
        self,
        library: Library,
        settings: Settings,
        doors: Doors,
        backup: Backup,
        stored: store.Stored,
        version: Version | None = None,
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowIcon(theme.icon("app"))
        self.moment = minute(backup.time, date.today())
        if not backup.title:
            stored = stored._replace(read_only=f"这是 {self.moment} 的版本，只能查看、导出和打印。")
        self.session = Session(library, Document(stored.answers), backup.path, stored)
        self.session.version = version
        bench = Workbench(self, library, Preferences(settings, is_kept=False), doors)
        self.commands = VersionWindowCommands(bench, self.close)
        self.menus = Menus(self, bench, vars(self.commands).values(), only_versions=True)
        bench.status.add_hints(self.menus.hints(), settings.zoom)
        bench.show(self.session)
        self.view = bench.view
        bench.status.show_state(self.session)
        self.setCentralWidget(bench.stack)
        answers = self.session.answers
        unit = answers.unit or "未填单位"
        called = f"{backup.title}（{self.moment}）" if backup.title else f"{self.moment} 的版本"
        self.setWindowTitle(f"{called} － {unit} {answers.year} 年度 － 自评簿")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing else wants it, closes the window, as Ctrl+W does."""
        with_control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape or (event.key() == Qt.Key.Key_W and with_control):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """There is nothing to save."""
        self.view.shut()
        self.closed.emit(self)
        event.accept()
