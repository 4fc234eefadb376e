"""Ctrl+F: live results by form, Enter and F3 from hit to hit, Esc back to the cell; nothing is a popup."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from gui.pane.finder import HINT, NOTHING
from gui.pane.finder_list import ENTRY, MOST, Head
from gui.pane.pane import FINDINGS, HELP
from model.filling.find import Hit
from model.forms.definition import TABS
from tests.desk import YUEYANG, write


@pytest.fixture
def window(start, checks):
    made = start()
    made.activateWindow()
    own = {at: f"独有的{n}" for n, at in enumerate(LINES)}
    made.session.edit("试", lambda edit: edit.set_texts(own))
    return made


LINES = (("d", "unit_line"), ("d", "filled_on"), ("p1", "authority"), ("p1", "implementer"))


def keys(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or window, key, modifiers)
    QApplication.processEvents()


def search(window, text):
    """Press Ctrl+F and type."""
    keys(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    finder = window.view.pane.finder
    assert QApplication.focusWidget() is finder.field
    write(finder.field, text)
    return finder


def listed(finder):
    """The list as one reads it."""
    return [
        (entry.text, entry.count) if isinstance(entry, Head) else entry.address
        for entry in finder.model.entries
    ]


def here(window):
    """The cell under the cursor."""
    return window.view.cursor_cell


def test_results_come_as_one_types_form_by_form_in_the_order_of_the_screen(window):
    finder = search(window, "独有的")
    assert listed(finder) == [("部门整体", 2), *LINES[:2], ("教育信息化运行维护", 2), *LINES[2:]]
    assert finder.count.text() == "共 4 处"


def test_the_form_in_hand_comes_first(window):
    window.view.show_form("p1")
    assert listed(search(window, "独有的"))[0] == ("教育信息化运行维护", 2)


def test_enter_walks_and_the_field_keeps_the_focus(window):
    finder = search(window, "独有的")
    keys(window, Qt.Key.Key_Return)
    assert here(window) == ("d", "unit_line")
    assert QApplication.focusWidget() is finder.field
    assert finder.count.text() == "第 1 处，共 4 处"
    for _ in range(2):
        keys(window, Qt.Key.Key_Return)
    assert here(window) == ("p1", "authority")
    assert window.view.key == "p1"
    keys(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert here(window) == ("d", "filled_on")
    keys(window, Qt.Key.Key_Down)
    assert here(window) == ("p1", "authority")


def test_what_is_found_is_selected_in_its_line(window):
    search(window, "独有的")
    keys(window, Qt.Key.Key_Return)
    (line,) = [w for w in window.view.stack.currentWidget().findChildren(QLineEdit) if w.selectedText()]
    assert line.address == ("d", "unit_line")
    assert line.selectedText() == "独有的"
    keys(window, Qt.Key.Key_Return)
    assert line.selectedText() == ""


def test_what_is_found_is_selected_in_a_long_text_even_behind_rare_letters(window):
    window.session.set_text(("d", "improvement"), "𬭊𬭊落实改进")
    search(window, "落实改进")
    keys(window, Qt.Key.Key_Return)
    (text,) = [
        w
        for w in window.view.stack.currentWidget().findChildren(QPlainTextEdit)
        if w.textCursor().selectedText()
    ]
    assert text.textCursor().selectedText() == "落实改进"


def test_f3_goes_on_with_the_finder_closed_and_from_the_cell(window):
    search(window, "独有的")
    keys(window, Qt.Key.Key_Return)
    keys(window, Qt.Key.Key_Escape)
    assert not window.view.pane.is_finding
    assert QApplication.focusWidget().address == ("d", "unit_line")
    keys(window, Qt.Key.Key_F3)
    assert QApplication.focusWidget().address == ("d", "filled_on")
    keys(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget().address == ("d", "unit_line")
    assert window.bench.status.tip.whole == "查找“独有的”：第 1 处，共 4 处"


def test_f3_before_anything_was_searched_opens_the_finder(window):
    keys(window, Qt.Key.Key_F3)
    assert window.view.pane.is_finding
    assert window.view.pane.finder.hint.text() == HINT


def test_escape_without_a_jump_goes_back_to_where_one_was(window):
    window.view.show_cell("d", "improvement")
    before = QApplication.focusWidget()
    search(window, "没有这样的字")
    assert window.view.pane.finder.hint.text() == NOTHING
    keys(window, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before


def test_escape_goes_back_to_the_cell_of_the_table(window):
    window.view.show_cell("d", "i2.actual")
    search(window, "没有这样的字")
    keys(window, Qt.Key.Key_Escape)
    table = window.view.indicators.panel.view
    assert QApplication.focusWidget() is table
    assert table.model_.cell_at(table.currentIndex()) == "i2.actual"


def test_a_hit_in_the_table_puts_the_cursor_there(window):
    search(window, "素养实践")
    keys(window, Qt.Key.Key_Return)
    table = window.view.indicators.panel.view
    assert table.model_.cell_at(table.currentIndex()) == "i3.name"
    assert window.view.tabs.current() == TABS.index("绩效目标与指标")


def test_a_click_goes_to_the_cell_and_leaves_the_focus_there(window):
    finder = search(window, "独有的")
    index = finder.model.index(2)
    point = finder.list.visualRect(index).center()
    QTest.mouseClick(finder.list.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert QApplication.focusWidget().address == ("d", "filled_on")
    assert window.view.pane.is_finding


def test_the_name_of_a_form_leads_to_the_form(window):
    window.view.show_form("p1")
    search(window, "部门整体")
    keys(window, Qt.Key.Key_Return)
    assert window.view.key == "d"


def test_the_texts_of_the_report_are_found_and_gone_to(window):
    window.session.set_text(("d", "report.problems"), "独特的问题")
    finder = search(window, "独特的问题")
    assert listed(finder)[:2] == [("部门整体", 1), ("d", "report.problems")]
    assert finder.model.data(finder.model.index(1), Qt.ItemDataRole.ToolTipRole) == (
        "自评报告 · 存在的问题和原因"
    )
    keys(window, Qt.Key.Key_Return)
    keys(window, Qt.Key.Key_Escape)
    editor = QApplication.focusWidget()
    assert editor.address == ("d", "report.problems")
    assert editor.textCursor().selectedText() == "独特的问题"


def test_an_input_method_may_compose_in_the_field(window):
    finder = search(window, "")
    QApplication.sendEvent(finder.field, QInputMethodEvent("xin", []))
    assert finder.model.entries == ()
    event = QInputMethodEvent()
    event.setCommitString("信息")
    QApplication.sendEvent(finder.field, event)
    assert finder.model.entries
    assert finder.field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert finder.window() is window
    assert finder.windowType() != Qt.WindowType.Popup


def test_what_is_edited_meanwhile_is_found(window):
    finder = search(window, "全新的说法")
    assert finder.hint.text() == NOTHING
    window.session.set_text(("d", "improvement"), "全新的说法")
    finder._soon.timeout.emit()
    assert listed(finder) == [("部门整体", 1), ("d", "improvement")]
    window.commands.edits.undo()
    finder._soon.timeout.emit()
    assert listed(finder) == []


def test_the_marked_cell_stays_marked_when_the_list_is_another_one(window):
    finder = search(window, "独有的")
    keys(window, Qt.Key.Key_Return)
    keys(window, Qt.Key.Key_Return)
    window.session.set_text(("d", "unit_line"), "别的单位")
    finder._soon.timeout.emit()
    assert finder.current.address == ("d", "filled_on")
    assert finder.count.text() == "第 1 处，共 3 处"


def test_a_selected_text_is_searched(window):
    window.view.show_cell("d", "unit_name")
    QApplication.focusWidget().setSelection(0, 3)
    keys(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.view.pane.finder.field.text() == "武汉市"
    assert window.view.pane.finder.field.selectedText() == "武汉市"


def test_the_pane_comes_back_with_its_face_and_a_folded_one_folds_again(window):
    window.commands.help.show_help()
    search(window, "x")
    keys(window, Qt.Key.Key_Escape)
    assert window.view.pane.face == HELP
    assert window.view.pane.help.isVisible()
    window.commands.views.toggle_pane()
    kept = window.bench.preferences.now
    search(window, "x")
    assert window.view.pane.isVisible()
    keys(window, Qt.Key.Key_Escape)
    assert window.view.pane.isHidden()
    assert window.bench.preferences.now == kept


def test_who_wants_a_face_searches_no_more(window):
    search(window, "信息")
    keys(window, Qt.Key.Key_F4)
    assert not window.view.pane.is_finding
    assert window.view.pane.face == FINDINGS


def test_from_the_preview_one_comes_back_to_the_form(window):
    window.commands.papers.preview()
    window.commands.finding.find()
    assert not window.view.is_previewing
    assert window.view.pane.finder.isVisible()


def test_long_lists_are_cut_and_say_so(start, checks):
    window = start(YUEYANG)
    finder = search(window, "0")
    assert len(finder.model.hits) <= MOST
    if len(finder.model.hits) == MOST:
        assert "只列出前" in finder.count.text()


def test_screen_readers_hear_place_and_text(window):
    finder = search(window, "素养实践")
    (row,) = finder.model.hits[:1]
    index = finder.model.index(row)
    assert isinstance(index.data(ENTRY), Hit)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "年度目标 1 · 产出指标 · 数量指标 · 第3行 · 三级指标：学生信息素养实践活动"
    )
    finder.list.grab()  # heads, marked pieces and cut texts are drawn


def test_a_deleted_form_is_found_no_more(window):
    finder = search(window, "独有的")
    window.session.edit("删除", lambda edit: edit.remove_form("p1"))
    finder.list.grab()
    finder._soon.timeout.emit()
    assert ("p1", "authority") not in listed(finder)
