"""A declaration on screen for tests: the window with a document, and how to find and type into its parts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from export import WINDOW_FORMATS, pdf_bytes
from export.batch import export_forms
from gui.base import settings as settings_store
from gui.base.settings import Settings
from gui.editors.cells import LineCell, TextCell
from gui.paper.doors import Doors
from gui.window import Window
from model.document.answers import FormAnswers
from model.forms.definition import TABS
from model.forms.loader import shipped
from tests.desk import PUBLISHED, dressed, open_session

DECLARATION = (PUBLISHED / "hanyang_2024_target_declaration.json",)


def opened_window(qtbot, tmp_path: Path, monkeypatch, files: Sequence[Path] = DECLARATION) -> Window:  # type: ignore[no-untyped-def]
    """Return the window with a document of some files, if not said of the published declaration alone."""
    monkeypatch.setattr(settings_store, "config_folder", lambda program=None: tmp_path / "config")
    dressed()
    window = Window(shipped(), Settings(), Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    assert window.commands.files.open_path(open_session(tmp_path, files).path)
    return window


def tab(window: Window, name: str) -> QWidget:
    """Go to a tab and return its page."""
    assert window.view is not None
    window.view.tabs.choose(TABS.index(name))
    QApplication.processEvents()
    return window.view.stack.currentWidget()


def texts(window: Window) -> FormAnswers:
    """Return the declaration as it is now."""
    assert window.session is not None
    return window.session.answers.forms["t"]


def editor(page: QWidget, cell: str) -> QWidget:
    """Return the field of a cell."""
    return next(w for w in page.findChildren(LineCell) + page.findChildren(TextCell) if w.address[1] == cell)


def key(
    widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press keys."""
    for one in keys:
        QTest.keyClick(widget, one, modifier)


def focused() -> QWidget:
    """Return what has the focus."""
    return QApplication.focusWidget()
