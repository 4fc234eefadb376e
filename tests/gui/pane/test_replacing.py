"""Ctrl+H: what is found is replaced, one by one, in the form or in the document, as one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.pane.replacer import ALL, FORM, ONE
from model.filling.find import Hit
from model.filling.replace import replaced
from tests.desk import write

TEXTS = {("d", "unit_line"): "旧名和旧名", ("d", "filled_on"): "旧名", ("p1", "authority"): "甲旧名乙"}


@pytest.fixture
def window(start, checks):
    made = start()
    made.activateWindow()
    made.session.edit("试", lambda edit: edit.set_texts(TEXTS))
    return made


def opened(window, wanted, new):
    """Press Ctrl+H and type both texts."""
    focus = QApplication.focusWidget() or window
    QTest.keyClick(focus, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    finder = window.view.pane.finder
    assert finder.replacer.isVisible()
    write(finder.field, wanted)
    write(finder.replacer.field, new)
    return finder


def now(window):
    return [window.session.text(address) for address in TEXTS]


def press(finder, scope):
    QTest.mouseClick(finder.replacer.buttons[scope], Qt.MouseButton.LeftButton)


def test_all_of_the_document_in_one_step(window):
    finder = opened(window, "旧名", "新名称")
    press(finder, ALL)
    assert now(window) == ["新名称和新名称", "新名称", "甲新名称乙"]
    assert finder.model.hits == []
    window.commands.edits.undo()
    assert now(window) == list(TEXTS.values())


def test_only_the_form_in_hand(window):
    press(opened(window, "旧名", "新"), FORM)
    assert now(window) == ["新和新", "新", "甲旧名乙"]


def test_one_by_one_going_on_to_the_next(window):
    finder = opened(window, "旧名", "新")
    press(finder, ONE)  # goes to the first
    press(finder, ONE)
    assert now(window) == ["新和新", "旧名", "甲旧名乙"]
    assert finder.current.address == ("d", "filled_on")
    press(finder, ONE)
    assert now(window) == ["新和新", "新", "甲旧名乙"]


def test_with_nothing_the_text_is_taken_out(window):
    press(opened(window, "旧名", ""), ALL)
    assert now(window) == ["和", "", "甲乙"]


def test_computed_figures_and_sentences_stay_and_that_is_said(window):
    hits = [
        Hit(("d", "total"), "旧名", ((0, 2),)),
        Hit(("d", "filled_on"), "旧名", ((0, 2),), is_generated=True),
    ]
    assert replaced(window.session.answers, hits, "旧名", "新") == {}
    opened(window, "旧名", "新")
    window.commands.finding._replace(hits, "新")
    assert now(window) == list(TEXTS.values())


def test_a_label_that_stands_for_rows_is_replaced_in_all_of_them(window):
    rows = window.session.form("d").answers.indicators
    before = [row for row in rows if window.session.text(("d", f"{row}.level2")) == "数量指标"]
    assert len(before) > 1
    press(opened(window, "数量指标", "产出数量"), FORM)
    assert {window.session.text(("d", f"{row}.level2")) for row in before} == {"产出数量"}


def test_without_ctrl_h_there_is_no_second_field(window):
    QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.view.pane.finder.replacer.isHidden()


def test_tab_goes_from_what_is_searched_to_what_takes_its_place(window):
    finder = opened(window, "旧名", "新")
    finder.field.setFocus()
    places = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        places.append(QApplication.focusWidget())
    assert places == [finder.replacer.field, *finder.replacer.buttons.values()]


def test_one_by_one_a_label_is_replaced_where_it_was_found_and_not_under_other_goals(window):
    rows = window.session.form("d").answers.indicators
    goals = {row: window.session.text(("d", f"{row}.goal")) for row in rows}
    before = [row for row in rows if window.session.text(("d", f"{row}.level2")) == "数量指标"]
    first = [row for row in before if goals[row] == goals[before[0]]]
    assert 1 < len(first) < len(before)
    finder = opened(window, "数量指标", "产出数量")
    press(finder, ONE)  # goes to the first
    press(finder, ONE)
    after = [row for row in rows if window.session.text(("d", f"{row}.level2")) == "产出数量"]
    assert after == first
    assert finder.current.address == ("d", f"{before[len(first)]}.level2")


def test_enter_goes_to_the_first_hit_then_replaces_it_and_the_next(window):
    finder = opened(window, "旧名", "新")
    finder.replacer.field.setFocus()
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert now(window) == ["新和新", "新", "甲旧名乙"]


def test_undo_pressed_where_the_other_text_stands_takes_the_replacement_back(window):
    finder = opened(window, "旧名", "新")
    finder.replacer.field.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert now(window) == ["新和新", "新", "甲新乙"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert now(window) == list(TEXTS.values())
    assert finder.replacer.field.text() == "新"
