"""Dialogs are never larger than the screen, and the import keeps its buttons in sight at 150 %."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

import gui.incoming.import_dialog as import_dialog
from gui.base import theme
from gui.base.parts import size_on_screen
from gui.files.versions_dialog import SIZE as VERSIONS
from model.forms.loader import shipped


class Small(QWidget):
    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.room = QSize(width, height)

    def screen(self):
        return self

    def availableSize(self) -> QSize:
        return self.room


def test_a_window_is_as_large_as_wanted_or_as_there_is_room(qtbot):
    for room, size in (((1366, 728), VERSIONS), ((911, 485), (VERSIONS[0], 485 - 64))):
        window = Small(*room)
        qtbot.addWidget(window)
        assert size_on_screen(window, VERSIONS).toTuple() == size


def test_the_list_of_files_is_narrow_on_a_narrow_screen(qtbot, monkeypatch):
    for width, expected in ((1366, import_dialog.TREE_WIDTH), (911, import_dialog.NARROW_TREE)):
        small = Small(width, 485)
        qtbot.addWidget(small)
        monkeypatch.setattr(import_dialog.ImportDialog, "screen", lambda _, small=small: small)
        dialog = import_dialog.ImportDialog((), shipped(), None, None)
        qtbot.addWidget(dialog)
        assert dialog.tree.maximumWidth() == theme.px(expected)
