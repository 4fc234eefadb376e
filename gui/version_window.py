"""An earlier version of a document in a window of its own: to look at, export and print, not to change."""

from datetime import date
from pathlib import Path

from PySide6.QtGui import QCloseEvent

from gui.base.dates import minute
from gui.base.settings import Settings
from gui.session.session import Session
from gui.window import Window
from model.document import store
from model.document.backups import Backup
from model.document.document import Document

OFFERED = frozenset(
    "save_copy export preview print close next_missing next_finding previous_finding show_findings show_how "
    "toggle_pane show_keys show_about".split()
)
STEP = 32  # px that the window stands lower and further right than that of the document


class VersionWindow(Window):
    """It remembers nothing, and offers nothing that opens, makes or changes documents."""

    def __init__(self, main: Window, backup: Backup, stored: store.Stored) -> None:
        self._moment = minute(backup.time, date.today())
        super().__init__(main.library, main.settings, main.doors)
        for slot, (action, _) in self._actions.items():
            if slot not in OFFERED:
                action.setVisible(False)
                action.setShortcuts([])
        self._recent_menu.menuAction().setVisible(False)
        for menu in self.menuBar().actions():
            menu.setVisible(any(a.isVisible() and not a.isSeparator() for a in menu.menu().actions()))
        why = f"这是 {self._moment} 的版本，只能查看、导出和打印。"
        stored = stored._replace(read_only=why)
        self.show_session(Session(main.library, Document(stored.answers), backup.path, stored))
        self.resize(main.size())
        self.move(main.x() + STEP, main.y() + STEP)

    def _show_title(self) -> None:
        super()._show_title()
        if self.session is not None:
            answers = self.session.answers
            self.setWindowTitle(f"{self._moment} 的版本 － {answers.unit} {answers.year} 年度 － 自评簿")

    def _keep(self, settings: Settings) -> None:
        self.settings = settings

    def _remember(self, path: Path) -> None:
        """A backup is no document that the clerk works on."""

    def _look_at_file(self) -> None:
        """Nobody saves a backup."""

    def closeEvent(self, event: QCloseEvent) -> None:
        """There is nothing to save."""
        event.accept()
