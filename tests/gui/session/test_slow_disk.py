"""A disk or network drive that does not answer: one goes on typing, nothing is lost, and one may leave.

1. while a save hangs, what is typed is kept in the user's own folder, and saved when the disk answers
2. who closes need not wait; what was not saved is kept
3. coming back to the window does not wait for the file either
4. the program ends though a disk still does not answer
"""

import os
import subprocess
import sys
from threading import Event

import pytest

from gui.base import ask, waiting
from gui.base.file_work import SAVING
from gui.session.recovery import RESCUE
from model.document import rescue, store
from tests.desk import open_session
from tests.processes import ROOT
from tests.stored import opened

CELL = ("d", "improvement")
LONG_S = 30


@pytest.fixture
def disk(monkeypatch):
    """A disk that answers when it is told to."""
    answers = Event()
    for name in ("save", "saved_revision"):
        real = getattr(store, name)
        monkeypatch.setattr(store, name, lambda *given, real=real: answers.wait(LONG_S) and real(*given))
    yield answers
    answers.set()


@pytest.fixture
def session(qtbot, tmp_path, disk):
    """A document on that disk, and a folder of the user's own."""
    made = open_session(tmp_path, local_folder=tmp_path / "own")
    yield made
    disk.set()
    qtbot.waitUntil(lambda: not made._work.is_busy)


def kept(session):
    """What is kept in the user's own folder."""
    rescued = rescue.found(session.local_folder / RESCUE)
    return [opened(kept.path).forms["d"].text("improvement") for kept in rescued]


def test_1_one_types_on_and_the_newest_is_kept(qtbot, session):
    session.set_text(CELL, "一")
    session._quiet.timeout.emit()
    session.set_text(CELL, "一二")
    qtbot.waitUntil(lambda: kept(session) == ["一二"])
    assert session.state == "保存较慢，内容已先在本机另存一份。"
    session.set_text(CELL, "一二三")
    qtbot.waitUntil(lambda: kept(session) == ["一二三"])


def test_1_all_of_it_is_saved_when_the_disk_answers(qtbot, session, disk):
    session.set_text(CELL, "一")
    session._quiet.timeout.emit()
    session.set_text(CELL, "一二")
    qtbot.waitUntil(lambda: kept(session) == ["一二"])
    disk.set()
    qtbot.waitUntil(lambda: not session.is_dirty)
    assert opened(session.path).forms["d"].text("improvement") == "一二"
    assert kept(session) == []
    assert session.state.startswith("已自动保存")


def test_2_who_closes_may_give_up_waiting(monkeypatch, session):
    given_up = []
    monkeypatch.setattr(waiting, "PATIENCE_MS", 0)
    monkeypatch.setattr(
        waiting.WaitingDialog, "exec", lambda dialog: given_up.append(dialog.what.text()) or 0
    )
    session.set_text(CELL, "一")
    assert not session.save()
    assert given_up == [SAVING]
    assert session.state == "未能保存：磁盘或网络没有回应。请查看网络或 U 盘是否连着，稍后再试。"
    assert kept(session) == ["一"]


def test_2_what_was_given_up_may_still_be_saved(qtbot, monkeypatch, session, disk):
    monkeypatch.setattr(waiting, "PATIENCE_MS", 0)
    monkeypatch.setattr(waiting.WaitingDialog, "exec", lambda _: 0)
    session.set_text(CELL, "一")
    session.save()
    disk.set()
    qtbot.waitUntil(lambda: not session.is_dirty)
    assert session.state.startswith("已自动保存")
    assert kept(session) == []


def test_3_looking_at_the_file_stops_nobody(qtbot, session, disk):
    session.look_at_file()
    session.set_text(CELL, "一")
    qtbot.waitUntil(lambda: kept(session) == ["一"])
    disk.set()
    qtbot.waitUntil(lambda: not session.is_dirty)
    assert opened(session.path).forms["d"].text("improvement") == "一"


def test_3_what_was_kept_and_then_taken_back_is_not_offered_later(qtbot, session, disk):
    session.look_at_file()
    session.set_text(CELL, "一")
    qtbot.waitUntil(lambda: kept(session) == ["一"])
    session.undo()
    qtbot.waitUntil(lambda: kept(session) == [])
    assert session.state == "已保存"


def test_3_with_nothing_to_save_one_leaves_at_once(start, disk, monkeypatch):
    monkeypatch.setattr(ask, "confirm", lambda *_: pytest.fail("nothing is to be asked"))
    window = start()
    window._look_at_file()
    assert window.commands.saves.may_leave()


HUNG = """
import time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import main
from gui import app
from gui.base import waiting

qt = QApplication([])
waiting.Running(lambda *_: time.sleep(600)).worker.start()
QTimer.singleShot(200, qt.quit)
raise SystemExit(app.run(main.doors()))
"""


def test_4_the_program_ends_though_a_job_hangs(tmp_path):
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", HUNG],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=LONG_S,
        text=True,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
