"""What is said before the first window is there looks like the program too."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.base import ask, theme


@pytest.fixture
def undressed(qapp):
    before = qapp.styleSheet()
    theme.prepare(qapp, "light")
    qapp.setStyleSheet("")
    yield qapp
    qapp.setStyleSheet(before)


def test_a_message_while_the_program_starts_is_dressed(undressed):
    seen = []

    def look():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(QApplication.instance().styleSheet())
        box.buttons()[0].click()

    QTimer.singleShot(50, look)
    ask.inform(None, "文件打不开。")
    assert seen
    assert seen[0]
