"""A document on screen for tests of the window: real widgets on the shipped example or published forms."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

import resources
from gui.base import theme
from gui.session.session import Session
from model.document import store
from model.document.document import Document
from model.exchange.exchange import decode, read_exchange
from model.exchange.gather import gather
from model.forms.loader import Library, shipped

EXAMPLE = tuple(sorted(resources.path("example").glob("*.json")))
PUBLISHED = Path(__file__).parent / "data" / "published" / "forms"
YUEYANG = tuple(sorted(PUBLISHED.glob("yueyang*.json")))


def open_session(
    folder: Path,
    files: Sequence[Path] = EXAMPLE,
    local_folder: Path | None = None,
    library: Library | None = None,
) -> Session:
    """Write a document of some exchange files and open it as the window does."""
    dressed()
    library = library or shipped()
    forms = [(path.name, read_exchange(decode(path.read_bytes()), library)) for path in files]
    path = folder / "test.zpb"
    store.create(path, gather(forms, library).answers)
    stored = store.open_document(path)
    return Session(library, Document(stored.answers), path, stored, local_folder)


def open_window(qtbot, path: Path, width: int = 1366):
    """Start the program on a document, in a window so wide."""
    from export import WINDOW_FORMATS, pdf_bytes
    from export.batch import export_forms
    from gui.base.settings import Settings
    from gui.paper.doors import Doors
    from gui.window import Window

    dressed()
    window = Window(shipped(), Settings(), Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
    qtbot.addWidget(window)
    window.resize(width, 768)
    window.show()
    qtbot.waitExposed(window)
    assert window.commands.files.open_path(path)
    QApplication.processEvents()
    return window


def answering(kind: type[QDialog], action: Callable[[Any], object]) -> None:
    """Do something with the next dialog of a kind as soon as it is there; then it goes."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            action(dialog)
            if dialog.isVisible():
                dialog.reject()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)


def write(widget: QWidget, text: str) -> None:
    """Type into a widget: ASCII by keys, the rest as an input method commits it."""
    for char in text:
        if char == "\n":
            QTest.keyClick(widget, Qt.Key.Key_Return)
        elif char.isascii():
            QTest.keyClick(widget, char)
        else:
            event = QInputMethodEvent()
            event.setCommitString(char)
            QApplication.sendEvent(widget, event)


def dressed() -> None:
    """Give the application of the test its look."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    theme.apply(app, "light")
