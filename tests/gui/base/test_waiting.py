"""Work that may take long is done in a thread; a dialog comes only when it does take long, and may be left.

No test waits for a time: jobs end when the test lets them.
"""

from pathlib import Path
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.base import ask, waiting
from gui.base.waiting import Cancelled, WaitingDialog
from gui.commands import import_commands
from gui.incoming.import_dialog import ImportDialog
from model.basics.errors import UserError
from model.document import store
from tests.desk import EXAMPLE, dressed

PATIENCE_S = 20


@pytest.fixture(autouse=True)
def _look(qtbot):
    dressed()


def in_dialog(act, kind=WaitingDialog):
    """Act in the waiting dialog, or another, as soon as it is open."""

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            act(dialog)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(5, look)


def test_what_is_quick_comes_back_at_once_without_a_dialog():
    threads = []
    assert waiting.do(None, "…", lambda *_: threads.append(current_thread()) or 7) == 7
    assert threads != [main_thread()]


def test_an_error_of_the_job_is_an_error_here():
    def job(*_):
        raise UserError("打不开。", "请重试。")

    with pytest.raises(UserError, match="打不开。"):
        waiting.do(None, "…", job)


def test_what_takes_long_shows_what_is_done_and_how_far_it_is(monkeypatch, qtbot):
    monkeypatch.setattr(waiting, "PATIENCE_MS", 0)
    go_on, seen = Event(), []

    def job(progress, cancelled):
        progress(2, 5)
        assert go_on.wait(PATIENCE_S)
        return "done"

    def look(dialog):
        qtbot.waitUntil(lambda: dialog.bar.maximum() == 5)
        seen.append((dialog.what.text(), dialog.bar.value(), dialog.bar.accessibleName()))
        go_on.set()

    in_dialog(look)
    assert waiting.do(None, "正在打开…", job) == "done"
    assert seen == [("正在打开…", 2, "正在打开…")]


def test_one_need_not_wait_for_a_disk_that_does_not_answer(monkeypatch):
    monkeypatch.setattr(waiting, "PATIENCE_MS", 0)
    answer, heard = Event(), []

    def job(progress, cancelled):
        assert answer.wait(PATIENCE_S)
        heard.append(cancelled())

    in_dialog(lambda dialog: dialog.cancel.click())
    with pytest.raises(Cancelled):
        waiting.do(None, "…", job)
    answer.set()
    for worker in list(waiting._running):
        assert worker.wait(PATIENCE_S * 1000)
    assert heard == [True]


def test_giving_up_leaves_what_was_open(start, monkeypatch, tmp_path):
    window = start()
    before, answer = window.session, Event()
    monkeypatch.setattr(waiting, "PATIENCE_MS", 0)
    monkeypatch.setattr(store, "open_document", lambda path: answer.wait(PATIENCE_S))
    in_dialog(lambda dialog: dialog.cancel.click())
    assert not window.commands.files.open_path(tmp_path / "慢.zpb")
    answer.set()
    assert window.session is before


def test_an_import_of_slow_files_is_left_by_its_own_dialog(start, monkeypatch):
    window = start()
    before = window.session
    monkeypatch.setattr(import_commands, "AT_ONCE_MS", 0)
    monkeypatch.setattr(ask, "import_file_names", lambda *_: EXAMPLE)
    go_on, read = Event(), Path.read_bytes

    def slow(path):
        assert path not in EXAMPLE or go_on.wait(PATIENCE_S)
        return read(path)

    monkeypatch.setattr(type(EXAMPLE[0]), "read_bytes", slow)
    in_dialog(lambda dialog: dialog.cancel.click(), ImportDialog)
    window.commands.imports.import_files()
    go_on.set()
    assert window.session is before


def test_a_copy_to_a_slow_disk_is_a_whole_copy(qtbot, start, monkeypatch, tmp_path):
    window = start()
    target = tmp_path / "U盘" / "副本.zpb"
    monkeypatch.setattr(ask, "save_copy_name", lambda *_: target)
    window.commands.saves.save_copy()
    assert store.open_document(target).answers == window.session.answers
