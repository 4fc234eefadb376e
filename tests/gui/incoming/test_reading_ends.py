"""A reader that says that it has ended before the dialog listens does not keep the dialog waiting."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from gui.base.waiting import WaitingDialog
from gui.incoming.import_dialog import ImportDialog
from model.forms.loader import shipped


class Ending(QObject):
    """A thread that said that it ends, and has not ended yet when it is asked for the first time."""

    progressed = Signal(int, int)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def isFinished(self) -> bool:
        self.asked += 1
        return self.asked > 1

    def cancel(self) -> None:
        pass


@pytest.mark.parametrize("has_failed", [False, True])
def test_the_end_is_seen_though_nobody_says_so(qtbot, has_failed):
    dialog = ImportDialog((), shipped(), None, None)
    qtbot.addWidget(dialog)
    running = SimpleNamespace(worker=Ending(), has_failed=has_failed)
    dialog.follow(running, SimpleNamespace(paths=(), files=[]))
    assert not dialog.is_read
    qtbot.waitUntil(lambda: dialog.is_read)
    assert dialog.stop.isHidden()


def test_nor_does_any_other_work(qtbot):
    dialog = WaitingDialog("正在读…", Ending())
    qtbot.addWidget(dialog)
    assert not dialog.result()
    qtbot.waitUntil(lambda: dialog.result() == QDialog.DialogCode.Accepted)
