"""Findings on screen: the list, the way to the cell, the answers."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.pane.findings_face import NOTHING
from gui.pane.findings_model import ENTRY
from gui.pane.pane import FINDINGS, HOW
from gui.pane.reply_editor import HINT
from model.checks.finding import EMPTY
from model.forms.definition import TABS
from tests.desk import write
from tests.finding_desk import DEPARTMENT_AND_ONE, always, at, click, lines, marked, settle, until_good

# --- the list


def test_all_findings_of_the_document_are_listed_and_counted(start):
    window = start(DEPARTMENT_AND_ONE)
    found = window.session.snapshot.findings
    listed = [e.finding for e in window.view.pane.findings.model.entries if e.finding]
    empty = [item.finding for item in window.session.snapshot.open if item.kind in EMPTY]
    assert sorted(listed, key=str) == sorted((*found, *empty), key=str)
    assert empty
    count = sum(f.is_open_error or f.is_open_warning for f in found)
    assert window.view.pane.tabs.tabText(FINDINGS) == f"问题 {count}"


def test_a_mended_finding_goes_at_once_and_the_others_stay_where_they_are(start, checks):
    checks(until_good("unit_name", "improvement", "deviation"))
    window = start()
    assert lines(window)[1:] == ["错误 3", "unit_name", "deviation", "improvement"]
    click(window, "unit_name")
    QApplication.focusWidget().selectAll()
    write(QApplication.focusWidget(), "好")
    assert window.view.pane.tabs.tabText(FINDINGS) == "问题 2"  # at the key
    settle(window)
    assert lines(window)[1:] == ["错误 2", "deviation", "improvement"]
    assert marked(window) is None  # the next one is not opened


def test_what_is_marked_and_read_stays_under_the_eyes(start, checks):
    cells = tuple(f"i{n}.score" for n in range(1, 17))
    checks(until_good("i1.target"), always(*cells))
    window = start()
    click(window, "i15.score")
    view = window.view.pane.findings.list
    where = view.visualRect(at(window, "i15.score")).top()
    window.session.set_text(("d", "i1.target"), "好")  # a line above goes
    settle(window)
    assert marked(window) == ("d", "i15.score")
    assert view.visualRect(at(window, "i15.score")).top() == where


def test_where_nothing_is_wrong_the_list_says_so(start, checks):
    window = start()
    face = window.view.pane.findings
    assert face.nothing.isVisible()
    assert not face.list.isVisible()
    assert window.view.pane.tabs.tabText(FINDINGS) == "问题"
    window.commands.checks.next_finding()
    assert window.bench.status.tip.whole == NOTHING


# --- the way to the cell


def test_a_click_goes_to_the_cell(start, checks):
    checks(always("improvement", "i16.actual"))
    window = start()
    click(window, "improvement")
    assert window.view.tabs.current() == TABS.index("问题与改进")
    assert QApplication.focusWidget().address == ("d", "improvement")
    click(window, "i16.actual")
    table = window.view.indicators.panel.view
    assert table.hasFocus()
    assert table.model_.cell_at(table.currentIndex()) == "i16.actual"


def test_enter_in_the_list_goes_to_the_cell(start, checks):
    checks(always("improvement"))
    window = start()
    window.commands.checks.show_findings()
    QTest.keyClick(window.view.pane.findings.list, Qt.Key.Key_Down)
    QTest.keyClick(window.view.pane.findings.list, Qt.Key.Key_Return)
    assert QApplication.focusWidget().address == ("d", "improvement")


def test_f8_walks_through_the_list_and_round_and_shift_f8_back(start, checks):
    checks(always("i2.score", "improvement"), always("total", key="p1"))
    window = start()
    visited = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F8)
        visited.append(marked(window))
    assert visited == [("d", "i2.score"), ("d", "improvement"), ("p1", "total"), ("d", "i2.score")]
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert marked(window) == ("p1", "total")
    assert window.view.key == "p1"


def test_f8_goes_on_from_the_cell_under_the_cursor(start, checks):
    checks(always("i2.score", "i5.score", "i9.score"))
    window = start()
    window.view.indicators.panel.view.show_cell("i5.score")
    assert marked(window) == ("d", "i5.score")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert marked(window) == ("d", "i9.score")


def test_f8_leaves_an_open_cell_with_what_was_typed_in_it(start, checks):
    checks(always("improvement"))
    window = start()
    table = window.view.indicators.panel.view
    table.show_cell("i2.score")
    QTest.keyClick(table, "3")
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.session.form("d").answers.text("i2.score") == "3"
    assert QApplication.focusWidget().address == ("d", "improvement")


def test_with_the_pane_folded_away_the_status_line_tells_what_is_wrong(start, checks):
    checks(until_good("improvement"))
    window = start()
    window.commands.views.toggle_pane()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.bench.status.tip.whole == "错误 1 / 1　得分超出分值范围：请核对。"
    window.session.set_text(("d", "improvement"), "好")
    assert window.bench.status.tip.whole == ""  # mended


def test_what_was_marked_while_the_list_was_folded_away_is_in_sight_when_it_opens(start, checks):
    checks(always(*(f"i{n}.score" for n in range(1, 17))))
    window = start()
    window.commands.views.toggle_pane()
    for _ in range(12):
        QTest.keyClick(window, Qt.Key.Key_F8)
    window.commands.views.toggle_pane()
    view = window.view.pane.findings.list
    assert marked(window) == ("d", "i12.score")
    assert view.viewport().rect().contains(view.visualRect(at(window, "i12.score")))


@pytest.mark.parametrize(
    ("cell", "tab"),
    [
        ("total", "自评结论"),
        ("title", "基本情况"),
        ("unit", "基本情况"),
        ("unit_name", "基本情况"),
        ("block_label", "绩效目标与指标"),
        ("g1.label", "绩效目标与指标"),
        ("g1.points", "绩效目标与指标"),
        ("g2.text", "绩效目标与指标"),
        ("i3.goal", "绩效目标与指标"),
        ("i3.reason", "绩效目标与指标"),
        ("i3.level2", "绩效目标与指标"),
        ("i3.level", "绩效目标与指标"),
        ("funds.total.rate", "预算执行情况"),
        ("funds.total.weight", "预算执行情况"),
        ("funds.total.executed", "预算执行情况"),
        ("basic", "预算执行情况"),
        ("deviation", "问题与改进"),
    ],
)
def test_every_cell_that_a_finding_names_can_be_gone_to(start, checks, cell, tab):
    checks(always(cell))
    window = start()
    window.view.tabs.choose(TABS.index("上年结果应用"))
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert TABS[window.view.tabs.current()] == tab
    assert window.view.stack.currentWidget().isAncestorOf(QApplication.focusWidget())
    assert marked(window) == ("d", cell)


def test_the_cell_gone_to_stands_in_the_middle_of_the_table(start, checks):
    checks(always("i9.actual"))
    window = start()
    QTest.keyClick(window, Qt.Key.Key_F8)
    table = window.view.indicators.panel.view
    middle = table.visualRect(table.currentIndex()).center().y()
    third = table.viewport().height() / 3
    assert third <= middle <= 2 * third


def test_f4_opens_the_list_and_goes_into_it_and_folds_it_away_from_there(start, checks):
    checks(always("i2.score"))
    window = start()
    window.view.pane.show_face(HOW)
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert window.view.pane.findings.list.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert window.view.pane.isHidden()


def test_entering_the_list_marks_nothing_until_one_goes_there(start, checks):
    checks(always("i2.score", "i3.score"))
    window = start()
    window.view.open_pane(FINDINGS)
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert marked(window) is None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert marked(window) == ("d", "i2.score")


def test_in_another_form_f8_begins_with_its_first(start, checks):
    checks(always("i2.score", "i3.score"), always("i4.score", "i5.score", key="p1"))
    window = start(DEPARTMENT_AND_ONE)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert marked(window) == ("d", "i2.score")
    window.view.show_form("p1")
    assert marked(window) is None
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert marked(window) == ("p1", "i4.score")


def test_f8_from_the_list_begins_with_the_first(start, checks):
    checks(always("i2.score", "i3.score"))
    window = start()
    QTest.keyClick(window, Qt.Key.Key_F4)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F8)
    assert marked(window) == ("d", "i2.score")


# --- answers


@pytest.fixture
def warned(start, checks):
    """A document with two warnings, the first of which is marked."""
    checks(always("i2.actual", "i5.actual", code="over-achieved", severity="warning"))
    window = start()
    QTest.keyClick(window, Qt.Key.Key_F8)
    return window


def answer(window, text):
    field = window.view.pane.findings.reply.text
    field.selectAll()
    write(field, text)
    QTest.mouseClick(window.view.pane.findings.reply.save, Qt.MouseButton.LeftButton)


def test_a_warning_is_answered_in_writing_and_moves_to_what_is_answered(warned):
    click(warned, "i2.actual", "reply")
    answer(warned, "上级追加了培训任务")
    assert lines(warned)[1:] == ["提醒 1", "i5.actual", "已说明 1", "i2.actual"]
    assert warned.view.pane.tabs.tabText(FINDINGS) == "问题 1"
    assert not warned.view.pane.findings.reply.isVisible()
    spoken = at(warned, "i2.actual").data(Qt.ItemDataRole.AccessibleTextRole)
    assert "说明：上级追加了培训任务　20" in spoken  # … and when


def test_an_answer_that_says_nothing_is_politely_refused(warned):
    click(warned, "i2.actual", "reply")
    answer(warned, "正常")
    reply = warned.view.pane.findings.reply
    assert reply.isVisible()
    assert (reply.hint.text(), reply.hint.objectName()) == (HINT, "warn")
    assert warned.session.form("d").answers.replies == {}
    write(reply.text, "，因追加任务")
    assert reply.hint.objectName() == "caption"
    QTest.keyClick(reply.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [r.text for r in warned.session.form("d").answers.replies.values()] == ["正常，因追加任务"]


def test_an_answer_is_changed_withdrawn_and_undone(warned):
    click(warned, "i2.actual", "reply")
    answer(warned, "上级追加了培训任务")
    click(warned, "i2.actual", "change")
    assert warned.view.pane.findings.reply.text.toPlainText() == "上级追加了培训任务"
    answer(warned, "上级追加了两次培训")
    click(warned, "i2.actual", "withdraw")
    assert "已说明 1" not in lines(warned)
    warned.commands.edits.undo()
    settle(warned)
    assert [r.text for r in warned.session.form("d").answers.replies.values()] == ["上级追加了两次培训"]
    assert "已说明 1" in lines(warned)


def test_an_answer_to_other_figures_is_offered_as_a_beginning(warned):
    click(warned, "i2.actual", "reply")
    answer(warned, "上级追加了培训任务")
    warned.session.set_text(("d", "i2.actual"), "999 人次")
    settle(warned)
    assert "已说明 1" not in lines(warned)
    click(warned, "i2.actual", "reply")
    reply = warned.view.pane.findings.reply
    assert reply.again.isVisible()
    assert reply.again.text() == "原说明（数据已改，需重新确认）"
    assert reply.text.toPlainText() == "上级追加了培训任务"


def test_what_was_begun_for_one_finding_is_there_when_one_comes_back(warned):
    click(warned, "i2.actual", "reply")
    write(warned.view.pane.findings.reply.text, "上级追加")
    click(warned, "i5.actual", "reply")
    assert warned.view.pane.findings.reply.text.toPlainText() == ""
    click(warned, "i2.actual", "reply")
    assert warned.view.pane.findings.reply.text.toPlainText() == "上级追加"
    QTest.keyClick(warned.view.pane.findings.reply.text, Qt.Key.Key_Escape)
    assert not warned.view.pane.findings.reply.isVisible()


def test_what_follows_from_figures_alone_can_not_be_answered(start, checks):
    checks(always("i2.score"))
    window = start()
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.view.pane.findings.list.links(at(window, "i2.score").data(ENTRY)) == ()
    window.commands.checks.reply_to_finding()
    assert not window.view.pane.findings.reply.isVisible()


def test_the_computed_value_may_hold_in_place_of_the_printed_one(start):
    window = start(DEPARTMENT_AND_ONE)
    window.view.show_form("p1")
    click(window, "total", "accept")
    assert "total" not in window.session.form("p1").answers.given
    assert "total" not in lines(window)
    window.commands.edits.undo()
    settle(window)
    assert "total" in lines(window)
