"""F6 goes to a sentence that nothing can be generated for: a field is open, and one types."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.report.sentence_box import SentenceBox
from tests.desk import PUBLISHED, write

CELL = ("d", "report.undone")


@pytest.fixture
def window(start):
    """A department of which nobody can say whether all was done: it has no weights."""
    found = start([PUBLISHED / "qiaokou_xinxi_2022_department.json"])
    found.view.show_form("d", 1)
    found.commands.checks.next_missing()
    return found


def box(window):
    return next(one for one in window.findChildren(SentenceBox) if one.at == CELL)


def test_a_field_is_open_and_one_types(window, qtbot):
    sentence = box(window)
    assert not sentence.found.generated
    assert QApplication.focusWidget() is sentence.own
    assert window.session.text(CELL) == ""
    write(sentence.own, "无。")
    assert window.session.text(CELL) == "无。"
    window.commands.checks.next_missing()
    window.view.show_form("d", 0)
    qtbot.waitUntil(lambda: sentence.is_own and sentence.own.isVisible())


def test_left_empty_it_goes_and_nothing_was_changed(window):
    before = window.session.answers
    assert box(window).is_own
    window.commands.checks.next_missing()
    assert not box(window).is_own
    assert window.session.answers == before
    assert not window.session.document.undo_label


def test_a_sentence_that_is_there_is_only_gone_to(window):
    ready = next(one for one in window.findChildren(SentenceBox) if one.found and one.found.generated)
    ready.take_focus()
    assert not ready.is_own
    assert ready.own is None or ready.own.isHidden()
    QTest.keyClick(ready.generated.edit, Qt.Key.Key_Space)  # the link is pressed as ever
    assert ready.is_own
