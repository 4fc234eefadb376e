"""Errors that nobody caught.

1. a bug: logged, what is open saved at once, one dialog
2. one dialog at a time, and none without end
3. where saving fails: a copy of what is typed, else what to do
4. expected errors are said as such
5. errors of threads, of the start, of Qt
6. the log: UTF-8, five files at most; a folder that can't be written
7. the dialog: details folded and copyable, 继续 and 退出程序
"""

import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer, qWarning
from PySide6.QtGui import QGuiApplication

from gui.base import ask
from gui.session.recovery import RESCUE
from gui.session.session import Session
from gui.support import crash
from gui.support.crash import CrashDialog, Saved
from gui.support.program import LOG_FILES, LOG_NAME
from model.basics.errors import UserError
from model.document import rescue, store
from tests.desk import dressed, open_session

ROOT = Path(__file__).parents[3]


class Program:
    """A program with a document open and the guard behind it; dialogs are noted instead of shown."""

    def __init__(self, folder, monkeypatch):
        self.session = open_session(folder)
        self.log_folder = folder / "log"
        self.shown, self.said = [], []
        self.answer = CrashDialog.CONTINUE
        monkeypatch.setattr(crash, "show", self.show)
        monkeypatch.setattr(ask, "tell", lambda parent, message, hint="": self.said.append((message, hint)))
        self.guard = crash.install(self.log_folder, lambda: self.session)

    def show(self, error, saved):
        self.shown.append((error, saved))
        return self.answer

    def type(self, text):
        self.session.set_text(("d", "i1.actual"), text)

    @property
    def log(self):
        path = self.log_folder / LOG_NAME
        return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.fixture
def program(qtbot, tmp_path, monkeypatch):
    found = Program(tmp_path, monkeypatch)
    yield found
    found.guard.remove()


def fails(error):
    def action():
        raise error

    return action


def happen(qtbot, action, done):
    """Let something happen in a slot, as in the running program."""
    QTimer.singleShot(0, action)
    qtbot.waitUntil(lambda: bool(done()))


def saved_text(program):
    return store.open_document(program.session.path).answers.forms["d"].text("i1.actual")


# --- 1


def test_1_a_bug_is_logged_saved_and_said_once(program, qtbot):
    program.type("还没有保存")
    happen(qtbot, fails(ValueError("坏了")), lambda: program.shown)
    [(error, saved)] = program.shown
    assert (str(error), saved) == ("坏了", Saved(True, "已填内容已经保存。"))
    assert saved_text(program) == "还没有保存"
    assert "CRITICAL" in program.log
    assert "Traceback" in program.log
    assert "ValueError: 坏了" in program.log


def test_1_what_is_typed_is_safe_before_the_dialog_comes(program, qtbot):
    program.type("还没有保存")

    def action():
        QTimer.singleShot(0, lambda: seen.append(saved_text(program)))
        raise ValueError

    seen = []
    happen(qtbot, action, lambda: program.shown)
    assert seen == ["还没有保存"]


def test_1_nothing_open_is_nothing_to_save(program, qtbot):
    program.session = None
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    assert program.shown[0][1] == Saved(True, "没有打开的自评簿。")


def test_1_quit_ends_the_program(program, qtbot, monkeypatch):
    ended = []
    monkeypatch.setattr(QCoreApplication, "exit", ended.append)
    program.answer = CrashDialog.QUIT
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    assert ended == [1]


# --- 2


def test_2_an_error_while_the_dialog_is_open_is_only_logged(program, qtbot, monkeypatch):
    def show(error, saved):
        program.shown.append(error)
        QTimer.singleShot(0, fails(KeyError("second")))
        qtbot.waitUntil(lambda: "second" in program.log)
        return CrashDialog.CONTINUE

    monkeypatch.setattr(crash, "show", show)
    happen(qtbot, fails(ValueError("first")), lambda: program.shown)
    qtbot.wait(20)
    assert [str(error) for error in program.shown] == ["first"]


def test_2_an_error_of_the_saving_itself_goes_round_in_no_circle(program, qtbot):
    program.session.state_changed.connect(fails(KeyError("while saving")))
    program.session.document.set_text(("d", "i1.actual"), "还没有保存", "")
    happen(qtbot, fails(ValueError("first")), lambda: program.shown)
    assert [str(error) for error, _ in program.shown] == ["first"]
    assert "while saving" in program.log


def test_2_the_same_error_again_at_once_is_only_logged_another_one_is_said(program, qtbot):
    again = fails(ValueError("first"))
    happen(qtbot, again, lambda: len(program.shown) == 1)
    QTimer.singleShot(0, again)
    happen(qtbot, lambda: {}["second"], lambda: len(program.shown) == 2)
    assert [type(error) for error, _ in program.shown] == [ValueError, KeyError]
    assert program.log.count("ValueError: first") == 2


def test_2_later_it_is_said_again(program, qtbot, monkeypatch):
    monkeypatch.setattr(crash, "CALM_S", 0.0)
    again = fails(ValueError("first"))
    happen(qtbot, again, lambda: len(program.shown) == 1)
    happen(qtbot, again, lambda: len(program.shown) == 2)


# --- 3


def full_disk(*args, **kwargs):
    raise UserError("无法保存“test.zpb”：磁盘空间不足。", "请清理磁盘，或换一个位置。")


def test_3_what_can_not_be_saved_goes_into_a_copy(program, qtbot, monkeypatch):
    monkeypatch.setattr(store, "save", full_disk)
    program.type("还没有保存")
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    saved = program.shown[0][1]
    [copy] = program.log_folder.glob("*.zpb")
    assert not saved.is_safe
    assert saved.sentence == (
        "没有存进原文件：无法保存“test.zpb”：磁盘空间不足。请清理磁盘，或换一个位置。"
        f"已填内容另存在：\n{copy}"
    )
    assert rescue.found(program.log_folder)[0].stem == "test"
    assert store.open_document(copy).answers == program.session.answers


def test_3_a_bug_in_saving_leads_to_a_copy_too(program, qtbot, monkeypatch):
    monkeypatch.setattr(store, "save", fails(KeyError("in save")))
    program.type("还没有保存")
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    assert program.shown[0][1].sentence.startswith("没有存进原文件：原文件没有写成。已填内容另存在")
    assert len(list(program.log_folder.glob("*.zpb"))) == 1


def test_3_where_nothing_can_be_written_the_clerk_is_said_what_to_do(program, qtbot, monkeypatch):
    monkeypatch.setattr(store, "save", full_disk)
    monkeypatch.setattr(store, "create", full_disk)
    program.type("还没有保存")
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    saved = program.shown[0][1]
    assert not saved.is_safe
    assert saved.sentence.startswith("最近填的内容没有保存：无法保存“test.zpb”：磁盘空间不足。")
    assert saved.sentence.endswith("请点“继续”，再点提示条里的“另存为”存到别处；在此之前不要退出。")


def test_3_a_copy_in_the_local_folder_is_enough_and_is_offered_later(program, qtbot, monkeypatch, tmp_path):
    session = program.session
    program.session = Session(
        session.library, session.document, session.path, session._stored, tmp_path / "local_folder"
    )
    monkeypatch.setattr(store, "save", full_disk)
    program.type("还没有保存")
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    assert program.shown[0][1].sentence.endswith(crash.KEPT)
    [kept] = rescue.found(tmp_path / "local_folder" / RESCUE)
    assert store.open_document(kept.path).answers == program.session.answers
    assert not list(program.log_folder.glob("*.zpb"))


def test_3_a_session_that_can_not_be_found_is_no_second_error(qtbot, tmp_path, monkeypatch):
    program = Program(tmp_path, monkeypatch)
    program.guard.remove()
    guard = crash.install(tmp_path, fails(AttributeError("session")))
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    guard.remove()
    assert program.shown[0][1] == Saved(False, "最近填的内容没有保存：原文件没有写成。")


# --- 4


def test_4_an_expected_error_is_said_without_alarm(program, qtbot):
    happen(qtbot, fails(UserError("打不开“a.zpb”。", "请重试。")), lambda: program.said)
    assert program.said == [("打不开“a.zpb”。", "请重试。")]
    assert program.shown == []
    assert "CRITICAL" not in program.log
    assert "INFO 打不开“…”。请重试。" in program.log  # no names of files


# --- 5


def test_5_an_error_of_a_thread_is_said_in_the_main_one(program, qtbot, monkeypatch):
    where = []
    monkeypatch.setattr(crash, "show", lambda error, saved: where.append(threading.current_thread()))
    program.type("还没有保存")
    threading.Thread(target=fails(ValueError("in a thread"))).start()
    qtbot.waitUntil(lambda: bool(where))
    assert where == [threading.main_thread()]
    assert saved_text(program) == "还没有保存"


def test_5_before_the_program_runs_the_dialog_comes_at_once(program):
    error = ValueError("at the start")
    sys.excepthook(ValueError, error, None)
    assert [shown for shown, _ in program.shown] == [error]


def test_5_ctrl_c_is_no_error(program):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (program.shown, program.log) == ([], "")


def test_5_what_qt_says_is_logged(program):
    qWarning("something of Qt")
    assert "WARNING Qt: something of Qt" in program.log


def test_5_a_fatal_error_of_qt_saves_first(tmp_path):
    code = f"""
import sys
from pathlib import Path
from PySide6.QtCore import qFatal
from PySide6.QtWidgets import QApplication
app = QApplication([])
from gui.support import crash
from tests.desk import open_session
session = open_session(Path({str(tmp_path)!r}))
crash.install(Path({str(tmp_path)!r}), lambda: session)
session.set_text(("d", "i1.actual"), "还没有保存")
qFatal("the end")
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True)
    assert run.returncode != 0
    assert store.open_document(tmp_path / "test.zpb").answers.forms["d"].text("i1.actual") == "还没有保存"
    assert "CRITICAL Qt: " in (tmp_path / LOG_NAME).read_text(encoding="utf-8")


def test_5_removed_it_leaves_everything_as_it_was(qtbot, tmp_path, monkeypatch):
    before = sys.excepthook, threading.excepthook
    handlers = list(logging.getLogger("ziping").handlers)
    Program(tmp_path, monkeypatch).guard.remove()
    assert (sys.excepthook, threading.excepthook) == before
    assert logging.getLogger("ziping").handlers == handlers


# --- 6


def test_6_the_log_keeps_five_files(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(crash, "LOG_BYTES", 2000)
    program = Program(tmp_path, monkeypatch)
    for n in range(400):
        crash._log.warning("第 %d 行：自评簿", n)
    program.guard.remove()
    files = sorted(program.log_folder.iterdir())
    assert len(files) == LOG_FILES == 5
    assert all(path.stat().st_size <= 2000 for path in files)
    assert "第 399 行：自评簿" in program.log


def test_6_a_folder_that_can_not_be_written_keeps_no_error_from_the_clerk(qtbot, tmp_path, monkeypatch):
    program = Program(tmp_path, monkeypatch)
    program.guard.remove()
    (tmp_path / "file").touch()
    guard = crash.install(tmp_path / "file" / "log", lambda: program.session)
    happen(qtbot, fails(ValueError()), lambda: program.shown)
    guard.remove()
    assert program.shown[0][1].is_safe


def test_6_the_user_s_own_folder_is_not_named(program, monkeypatch):
    monkeypatch.setenv("HOME", "/home/张三")
    monkeypatch.setenv("USERPROFILE", "/home/张三")
    crash._log.warning("Qt: cannot read /home/张三/桌面/x.png")
    assert "cannot read ~/桌面/x.png" in program.log
    assert "张三" not in program.log


# --- 7


@pytest.fixture
def dialog(qtbot):
    dressed()
    try:
        fails(ValueError("no such cell"))()
    except ValueError as error:
        found = CrashDialog(error, Saved(True, "已填内容已经保存。"))
    qtbot.addWidget(found)
    found.show()
    return found


def test_7_it_says_what_happened_and_that_the_work_is_safe(dialog):
    assert dialog.title.text() == "程序遇到一个没有料到的问题"
    assert dialog.sentence.text() == "已填内容已经保存。"
    assert dialog.details.isHidden()
    assert dialog.copy.isHidden()


def test_7_details_unfold_and_fold_again(dialog, qtbot):
    low = dialog.height()
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    assert dialog.details.isVisible()
    assert dialog.unfold.text() == "收起详细信息"
    qtbot.waitUntil(lambda: dialog.height() > low)
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.height() == low)


def test_7_details_are_copied_with_versions_and_traceback(dialog, qtbot):
    qtbot.mouseClick(dialog.unfold, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "PySide6 6." in copied
    assert "Traceback" in copied
    assert "ValueError: no such cell" in copied
    assert dialog.copy.text() == "已复制"


@pytest.mark.parametrize(("key", "answer"), [(Qt.Key.Key_Return, 0), (Qt.Key.Key_Escape, 0)])
def test_7_enter_and_escape_go_on(dialog, qtbot, key, answer):
    qtbot.keyClick(dialog, key)
    assert not dialog.isVisible()
    assert dialog.result() == answer == CrashDialog.CONTINUE


def test_7_only_its_button_quits(dialog, qtbot):
    qtbot.mouseClick(dialog.quit, Qt.MouseButton.LeftButton)
    assert dialog.result() == CrashDialog.QUIT


def test_7_the_dialog_is_really_shown(qtbot):
    dressed()

    def go_on():
        found = QGuiApplication.focusWindow() is not None
        shown.append(found)
        crash.QApplication.activeModalWidget().go_on.click()

    shown = []
    QTimer.singleShot(50, go_on)
    assert crash.show(ValueError(), Saved(True, "")) == CrashDialog.CONTINUE
    assert shown
