"""Starts the window: one application, its look, Chinese buttons, the crash dialog."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QByteArray, QLibraryInfo, QLocale, QSize, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from gui.base import ask, theme, waiting
from gui.base import settings as settings_store
from gui.base.enter import EnterPresses
from gui.base.frame import place
from gui.base.garbage import Garbage
from gui.paper.doors import Doors
from gui.support import crash
from gui.window import Window
from model.basics.errors import UserError
from model.forms.loader import Library, shipped, with_files, with_folder
from model.forms.zpf import SUFFIX as FORM_SUFFIX

VERSION = "0.2.0"


def run(doors: Doors, path: Path | None = None, example: bool = False) -> int:
    """Open the window, on a document if one is given; return the exit code when it closes."""
    window = start(doors)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    is_form = path is not None and path.suffix.lower() == FORM_SUFFIX
    if example:
        window.commands.files.open_example()
    elif is_form:
        window.recovery.recover(None)
    else:
        window.recovery.recover(path)
    theme.dress(app)
    window.show()
    Garbage(app)  # from now on: while the window is made nothing is garbage
    QTimer.singleShot(0, doors.warm_up)
    if is_form and path is not None:
        QTimer.singleShot(0, lambda: window.commands.bureaus.add_path(path))
    code = app.exec()
    if waiting.is_left():
        os._exit(code)  # a disk that does not answer keeps nobody here
    return code


def start(doors: Doors) -> Window:
    """Make the application and its window, not yet shown."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("自评簿")
    app.setApplicationVersion(VERSION)
    app.setStyle("Fusion")
    app.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, False)
    _speak_chinese(app)
    EnterPresses(app)
    settings = settings_store.load()
    theme.prepare(app, theme.look_for(settings.theme), settings.zoom)
    library, problem = _library()
    window = Window(library, settings, doors)
    if problem is not None:
        QTimer.singleShot(0, lambda: ask.tell_error(window, problem))
    window.guard = crash.install(settings_store.log_folder(), lambda: window.session)
    room = app.primaryScreen().availableGeometry()
    place(window, QSize(theme.px(1366), theme.px(768)), room)
    if settings.geometry:
        window.restoreGeometry(QByteArray.fromHex(settings.geometry.encode()))
    return window


def _library() -> tuple[Library, UserError | None]:
    """The shipped forms with the user's own; a mistake in one of those is said and the others serve."""
    folder = settings_store.forms_folder()
    if not folder.is_dir():
        return shipped(), None
    base, problem = shipped(), None
    if any(folder.rglob("*.toml")):  # its subfolders alone count: indicators, help, reports
        try:
            base = with_folder(folder, files=False)
        except UserError as error:
            problem = error
    library, problems = with_files(base, folder)
    return library, next(iter(problems), problem)


def _speak_chinese(app: QApplication) -> None:
    """Qt's own buttons and menus in Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)
