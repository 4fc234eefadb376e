"""The main window: menus, one line of offers, start page or document, status line."""

from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.frame import FRAME, place
from gui.base.preferences import Preferences
from gui.base.settings import Settings
from gui.commands.dropping import Dropping
from gui.commands.groups import Commands
from gui.commands.menus import Menus
from gui.commands.recovery import Recovery
from gui.commands.workbench import Workbench
from gui.frame.document_view import DocumentView
from gui.paper.doors import Doors
from gui.session.session import Session
from gui.support.crash import Guard
from gui.version_window import VersionWindow
from model.document import store
from model.document.backups import Backup
from model.forms.loader import Library
from model.forms.zpf import SUFFIX as FORM_SUFFIX
from model.handin.versions import Version

SMALLEST = (900, 430)
STEP = 32  # px that an earlier version stands lower and further right


class Window(QMainWindow):
    """One window, at most one document; what can be done with it is in `commands`."""

    def __init__(self, library: Library, settings: Settings, doors: Doors) -> None:
        super().__init__()
        self.setWindowIcon(theme.icon("app"))
        least = QSize(theme.px(SMALLEST[0]), theme.px(SMALLEST[1]))
        self.setMinimumSize(least.boundedTo(self.screen().availableSize() - FRAME))
        self.bench = Workbench(self, library, Preferences(settings), doors)
        self.commands = Commands(self.bench, self._show_version, self.close)
        self.recovery = Recovery(self.bench, self.commands.files)
        Dropping(self, self._open_path, self.commands.imports.import_paths)
        self.versions: list[VersionWindow] = []
        self.guard: Guard | None = None  # stands behind errors as long as the window is there
        self._put_in_place()
        self.menus = Menus(self, self.bench, vars(self.commands).values())
        self.bench.status.add_hints(self.menus.hints(), settings.zoom)
        self.bench.changed.connect(self._show_title)
        self.bench.state_changed.connect(self._show_state)
        self._show_title()

    def _open_path(self, path: Path) -> None:
        """A document is opened, the file of a form added to the forms."""
        is_form = path.suffix.lower() == FORM_SUFFIX
        (self.commands.bureaus.add_path if is_form else self.commands.files.open_path)(path)

    def _put_in_place(self) -> None:
        """The pages of the window, and above them room for one line of offers."""
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.recovery.offer)
        column.addWidget(self.bench.stack, stretch=1)
        self.setCentralWidget(body)

    @property
    def session(self) -> Session | None:
        """The open document, if one is."""
        return self.bench.session if self.bench.is_open else None

    @property
    def view(self) -> DocumentView | None:
        """The open document as it is shown."""
        return self.bench.view if self.bench.is_open else None

    # --- what is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Without a document the start page stands in the window."""
        super().showEvent(event)
        if not self.bench.is_open:
            self.commands.files.show_start()
            self._show_state()

    def _show_title(self) -> None:
        if not self.bench.is_open:
            self.setWindowTitle("自评簿")
        else:
            answers = self.bench.session.answers
            self.setWindowTitle(f"{answers.unit or '未填单位'} {answers.year} 年度 － 自评簿")

    def _show_state(self) -> None:
        self.bench.status.show_state(self.session)

    def _show_version(
        self, backup: Backup, stored: store.Stored, version: Version | None = None
    ) -> VersionWindow:
        """Show an earlier version in a window of its own, a little aside."""
        bench = self.bench
        window = VersionWindow(bench.library, bench.preferences.now, bench.doors, backup, stored, version)
        place(window, self.size(), self.screen().availableGeometry(), self.pos() + QPoint(STEP, STEP))
        self.versions.append(window)
        window.closed.connect(self._version_closed)
        window.show()
        return window

    def _version_closed(self, window: VersionWindow) -> None:
        self.versions.remove(window)

    # --- coming back, and the end

    def changeEvent(self, event: QEvent) -> None:
        """Coming back to the window, look whether another has saved the file, or added a form."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            QTimer.singleShot(0, self, self._look_at_file)
            QTimer.singleShot(0, self, self.commands.bureaus.look_at_folder)

    def _look_at_file(self) -> None:
        if self.bench.is_open:
            self.bench.session.look_at_file()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save before the window closes; if that fails, the clerk decides."""
        if not self.commands.saves.may_leave():
            event.ignore()
            return
        self.bench.preferences.set(geometry=bytes(self.saveGeometry().toHex().data()).decode())
        self.recovery.forget()
        for window in tuple(self.versions):
            window.close()
        event.accept()
