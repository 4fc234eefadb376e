"""Saving, or printing, in the middle of a cell: the next key goes where the last one went."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.base.parts import commit_input
from tests.desk import EXAMPLE, write


@pytest.fixture
def window(start):
    return start(EXAMPLE)


def text(window, cell):
    return window.session.text(("d", cell))


def test_in_a_table_the_keys_go_to_the_table(window):
    window.view.show_cell("d", "i1.actual")
    table = window.view.indicators.panel.view
    QTest.keyClick(QApplication.focusWidget(), "7")
    assert QApplication.focusWidget() is not table  # an editor is open
    window.commands.saves.keep_point()
    assert text(window, "i1.actual") == "7"
    assert QApplication.focusWidget() is table
    write(QApplication.focusWidget(), "8")
    assert text(window, "i1.actual") == "8"


@pytest.mark.parametrize("cell", ["unit", "improvement"])
def test_in_a_field_the_caret_stays(window, qtbot, cell):
    window.view.show_cell("d", cell)
    field = QApplication.focusWidget()
    QTest.keyClick(field, Qt.Key.Key_Home)
    write(field, "甲")
    window.commands.saves.save_now()
    qtbot.wait(1)
    assert QApplication.focusWidget() is field
    write(field, "乙")
    assert window.session.text(field.address).startswith("甲乙")


def test_what_goes_with_its_words_takes_no_focus(window):
    window.view.show_cell("d", "unit")
    field = QApplication.focusWidget()
    field.hide()
    commit_input()
    assert QApplication.focusWidget() is not field
