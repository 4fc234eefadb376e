"""A session: edits announced once, saved by themselves, backed up, and nobody's work overwritten."""

import pytest
from PySide6.QtCore import QObject

from gui.session.session import QUIET_MS, STEADY_MS
from model.document import store
from tests.desk import open_session


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


def saved_text(session, cell, key="d"):
    return store.open_document(session.path).answers.forms[key].text(cell)


def test_an_edit_is_announced_once_with_who_made_it(session):
    heard = []
    session.changed.connect(lambda change, by: heard.append((set(change.cells), by)))
    me = QObject()
    session.set_text(("d", "improvement"), "改", by=me)
    assert heard == [({("d", "improvement")}, me)]


def test_what_is_already_there_is_no_edit(session):
    heard = []
    session.changed.connect(lambda *_: heard.append(1))
    session.set_text(("d", "i1.weight"), "8")
    assert heard == []
    assert not session.is_dirty


def test_edits_save_themselves_after_some_quiet(qtbot, session):
    session.set_text(("d", "improvement"), "自动保存")
    assert session.is_dirty
    assert session.state == "正在保存…"
    qtbot.waitUntil(lambda: not session.is_dirty, timeout=QUIET_MS * 5)
    assert saved_text(session, "improvement") == "自动保存"
    assert session.state.startswith("已自动保存 ")


def test_steady_typing_is_saved_so_often_that_no_more_than_a_second_is_lost(qtbot, session):
    assert (QUIET_MS, STEADY_MS) == (500, 700)
    session.set_text(("d", "improvement"), "一")
    left = session._steady.remainingTime()
    session.set_text(
        ("d", "improvement"), "一二"
    )  # the quiet begins anew, the time between two saves does not
    assert session._steady.remainingTime() <= left
    session._steady.timeout.emit()
    qtbot.waitUntil(lambda: not session.is_dirty)
    assert saved_text(session, "improvement") == "一二"


def test_the_first_change_of_a_session_leaves_a_dated_backup(session):
    session.set_text(("d", "improvement"), "第一次改动")
    session.save()
    session.set_text(("d", "improvement"), "第二次改动")
    session.save()
    (copy,) = (session.path.parent / store.BACKUPS).glob("*.zpb")
    assert store.open_document(copy).answers.forms["d"].text("improvement").startswith("一是提前")


def test_undo_and_redo_run_over_everything(session):
    session.set_text(("d", "improvement"), "甲")
    session.pause()
    session.edit("删除表", lambda edit: edit.remove_form("p1"))
    session.undo()
    session.undo()
    assert "p1" in session.snapshot.forms
    assert session.form("d").answers.text("improvement").startswith("一是提前")
    session.redo()
    assert session.form("d").answers.text("improvement") == "甲"


def test_undo_names_the_cell_it_takes_back(session):
    session.set_text(("d", "i1.actual"), "9 间")
    assert session.document.undo_label == "修改“实际完成值”"


def test_two_programs_on_one_file_notice_each_other(session):
    other = open_again(session)
    other.set_text(("d", "improvement"), "另一个程序写的")
    assert other.save()
    session.set_text(("d", "deviation"), "这里写的")
    assert not session.save()
    assert session.is_contested
    assert saved_text(session, "improvement") == "另一个程序写的"  # nothing was overwritten
    assert session.form("d").answers.text("deviation") == "这里写的"  # and nothing typed is lost
    session.move_to(session.path.with_name("另存.zpb"))
    assert saved_text(session, "deviation") == "这里写的"
    assert not session.is_contested


def open_again(session):
    from gui.session.session import Session
    from model.document.document import Document
    from model.forms.loader import shipped

    stored = store.open_document(session.path)
    return Session(shipped(), Document(stored.answers), session.path, stored)


def test_a_save_on_the_heels_of_a_look_overwrites_nothing_either(session):
    other = open_again(session)
    other.set_text(("d", "improvement"), "另一个程序写的")
    assert other.save()
    session.look_at_file()
    session.set_text(("d", "deviation"), "这里写的")
    assert not session.save()
    assert session.is_contested
    assert saved_text(session, "improvement") == "另一个程序写的"


def test_without_edits_of_its_own_a_session_takes_over_what_another_saved(qtbot, session):
    other = open_again(session)
    other.set_text(("d", "improvement"), "新内容")
    other.save()
    session.look_at_file()
    qtbot.waitUntil(lambda: session.form("d").answers.text("improvement") == "新内容")
    assert not session.is_dirty


def test_a_save_that_fails_says_why_and_keeps_everything(session, monkeypatch):
    from model.basics.errors import UserError

    def full(*_):
        raise UserError("磁盘已满。", "请清理后再试。")

    monkeypatch.setattr(store, "save", full)
    session.set_text(("d", "improvement"), "不能丢")
    assert not session.save()
    assert session.state == "未能保存：磁盘已满。请清理后再试。"
    monkeypatch.undo()
    assert session.save()
    assert saved_text(session, "improvement") == "不能丢"


def test_a_read_only_document_takes_no_edit(session):
    session._stored = store.Stored(session._stored.answers, session._stored.revision, "文件来自更新的版本。")
    session.set_text(("d", "improvement"), "写不进去")
    session.edit("删除", lambda edit: edit.remove_form("p1"))
    assert not session.is_dirty
    assert session.state == "只读"


def test_a_run_of_keys_is_taken_back_and_a_step_before_it_is_not(session):
    address = ("d", "i2.actual")
    session.edit("一步", lambda edit: edit.set_text(address, "一"))
    session.set_text(address, "一二")
    session.cancel_typing(address)
    assert session.form("d").answers.text("i2.actual") == "一"
    session.cancel_typing(address)
    assert session.form("d").answers.text("i2.actual") == "一"
    assert session.redo().cells == {address}
    assert session.form("d").answers.text("i2.actual") == "一二"
