"""Opening again what is open, and looking at a file that is not there for a while."""

import pytest
from PySide6.QtTest import QTest

from gui.base import ask
from model.basics.errors import UserError
from model.document import store

CELL = ("d", "improvement")


def type_into(window, text):
    window.view.show_cell(*CELL)
    field = window.focusWidget()
    field.selectAll()
    QTest.keyClicks(field, text)


def test_the_open_file_opened_again_shows_what_was_just_typed(start, monkeypatch):
    monkeypatch.setattr(ask, "confirm", lambda *_: pytest.fail("nothing is to be asked"))
    window = start()
    path = window.session.path
    type_into(window, "typed just now")
    assert window.session.is_dirty
    assert window.commands.files.open_path(path)
    assert window.session.form("d").answers.text("improvement") == "typed just now"
    type_into(window, "and after")
    assert window.session.save()
    assert not window.session.is_contested
    assert store.open_document(path).answers.forms["d"].text("improvement") == "and after"


def test_what_can_not_be_saved_is_asked_about_once(start, monkeypatch):
    window = start()
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda _, sentence, *__: asked.append(sentence))
    window.session.set_text(CELL, "不能丢")

    def full(*_):
        raise UserError("磁盘已满。", "请清理后再试。")

    monkeypatch.setattr(store, "save", full)
    assert not window.commands.files.open_path(window.session.path)
    assert len(asked) == 1
    assert window.session.form("d").answers.text("improvement") == "不能丢"


def test_a_file_that_could_not_be_seen_for_a_while_is_not_called_unsaved(qtbot, start, monkeypatch):
    window = start()
    session = window.session

    def gone(*_):
        raise UserError("找不到这个文件。", "请插好 U 盘。")

    monkeypatch.setattr(store, "saved_revision", gone)
    session.look_at_file()
    qtbot.waitUntil(lambda: bool(session.unreachable))
    assert session.state == "文件现在读不到：找不到这个文件。请插好 U 盘。"
    assert session.problem == ""
    assert not session.is_well
    assert window.view.bar.isVisible()
    monkeypatch.undo()
    session.look_at_file()
    qtbot.waitUntil(lambda: not session.unreachable)
    assert session.is_well
    assert session.state == "已保存"
    assert not window.view.bar.isVisible()


def test_a_save_that_works_ends_it_too(start, monkeypatch, qtbot):
    window = start()
    session = window.session
    monkeypatch.setattr(store, "saved_revision", lambda *_: (_ for _ in ()).throw(UserError("x", "y")))
    session.look_at_file()
    qtbot.waitUntil(lambda: bool(session.unreachable))
    session.set_text(CELL, "新内容")
    assert session.save()
    assert session.state.startswith("已自动保存")
