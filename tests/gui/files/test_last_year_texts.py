"""上年的文字…: what was written last year stands beside this year's form, a start that overwrites nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.base import ask
from gui.base.plain import Label
from gui.files.last_year_dialog import NOTHING, LastYearDialog
from gui.tables.choice_editor import ChoiceEditor
from model.document import store
from model.document.answers import Answers

LAST = {
    "improvement": "上年的改进措施：按季度通报。",
    "report.problems": "上年的问题：执行偏慢。",
    "report.last_total": "88",
    "report.problems.from": "x",
}


@pytest.fixture
def window(start, tmp_path):
    """This year's document is open, last year's lies among the recent ones."""
    found = start()
    answers, path = found.session.answers, tmp_path / "上年.zpb"
    form = answers.forms["d"].with_texts(LAST)
    store.create(path, Answers({"d": form}, answers.unit, str(int(answers.year) - 1)))
    found.bench.preferences.remember(path)
    empty = {("d", cell): "" for cell in ("improvement", "report.problems")}
    found.session.edit("试", lambda edit: edit.set_texts(empty))
    found.view.show_form("d")
    return found


def opened(window):
    window.commands.last_year.show_texts()
    (dialog,) = window.findChildren(LastYearDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    return dialog


def test_a_text_becomes_the_start_of_this_years_and_undo_takes_it_back(window):
    dialog = opened(window)
    assert str(int(window.session.answers.year) - 1) in dialog.windowTitle()
    QTest.mouseClick(dialog.buttons["improvement"], Qt.MouseButton.LeftButton)
    assert window.session.text(("d", "improvement")) == LAST["improvement"]
    assert not dialog.buttons["improvement"].isEnabled()
    window.commands.edits.undo()
    assert window.session.text(("d", "improvement")) == ""
    assert dialog.buttons["improvement"].isEnabled()


def test_what_is_written_this_year_is_not_overwritten(window):
    window.session.set_text(("d", "report.problems"), "今年的")
    assert not opened(window).buttons["report.problems"].isEnabled()


def test_only_what_was_written_by_hand_is_shown(window):
    dialog = opened(window)
    assert {"improvement", "report.problems"} <= set(dialog.buttons)
    assert not {"report.last_total", "report.problems.from"} & set(dialog.buttons)


def test_a_project_without_one_of_its_name_is_said(window, monkeypatch):
    said = []
    monkeypatch.setattr(ask, "inform", lambda _, message, details="": said.append(message))
    window.view.show_form("p1")
    window.commands.last_year.show_texts()
    assert said == ["上年的自评簿里没有这张表。"]
    assert not window.findChildren(LastYearDialog)


def test_where_none_is_among_the_recent_ones_it_is_asked_for(window, monkeypatch):
    asked = []
    monkeypatch.setattr(ask, "open_file_name", lambda *_: asked.append(1))
    window.bench.preferences.set(recent=())
    window.commands.last_year.show_texts()
    assert asked == [1]


def test_a_form_without_texts_says_so(qtbot, window):
    dialog = LastYearDialog(window.session, "d", "x", (), window)
    assert NOTHING in [label.text() for label in dialog.findChildren(Label)]


def test_last_years_measures_are_listed_once_and_their_states_chosen(window, qtbot):
    session = window.session
    dialog = opened(window)
    QTest.mouseClick(dialog.list_measures, Qt.MouseButton.LeftButton)
    (row,) = session.rows("d", "last_measures")
    assert session.text(("d", f"{row}.measure")) == "上年的改进措施：按季度通报。"
    assert not dialog.list_measures.isEnabled()
    assert window.view.cursor_cell == ("d", f"{row}.state")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    table = QApplication.focusWidget()
    QTest.keyClick(table, Qt.Key.Key_F2)
    choices = table.findChild(ChoiceEditor)
    assert [choices.itemText(n) for n in range(choices.count())] == [
        "未选",
        "已落实",
        "部分落实",
        "未落实",
        "不再需要",
    ]
    for _ in range(2):
        QTest.keyClick(choices.view(), Qt.Key.Key_Down)
    QTest.keyClick(choices.view(), Qt.Key.Key_Return)
    assert session.text(("d", f"{row}.state")) == "部分落实"
    window.commands.edits.undo()
    window.commands.edits.undo()
    assert session.rows("d", "last_measures") == ()
    assert dialog.list_measures.isEnabled()
