"""Where keys arrive: after opening, with Alt+1…7, for a new goal; undo and redo go to what they change."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

import gui
from gui.base.tick_box import TickBox
from gui.editors.cells import LineCell, TextCell
from gui.tables.indicator_view import IndicatorView
from gui.tables.sheet_delegate import TextEditor
from model.forms.definition import TABS
from tests.declared import opened_window, tab
from tests.desk import EXAMPLE, write

BASICS, BUDGET, INDICATORS = (TABS.index(name) for name in ("基本情况", "预算执行情况", "绩效目标与指标"))
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    return opened_window(qtbot, tmp_path, monkeypatch, EXAMPLE)


def focused() -> QWidget:
    return QApplication.focusWidget()


def text(window, cell, key="d"):
    return window.session.form(key).answers.text(cell)


def table_of(window):
    return window.view.indicators.panel.view


def test_after_opening_one_can_type_into_the_cell_that_shows_the_cursor(window):
    table = table_of(window)
    assert focused() is table
    cell = table.model_.cell_at(table.currentIndex())
    write(focused(), "7")
    assert text(window, cell) == "7"


@pytest.mark.parametrize("n", range(len(TABS)))
@pytest.mark.parametrize("start", ["page", "tab"])
def test_alt_and_a_figure_goes_to_a_tab_and_into_its_page(window, n, start):
    other = BASICS if n != BASICS else BUDGET
    tab(window, TABS[other])
    if start == "tab":
        window.view.tabs.bar.setFocus()
    QTest.keyClick(focused(), Qt.Key(Qt.Key.Key_1 + n), ALT)
    page = window.view.stack.currentWidget()
    assert window.view.tabs.current() == n
    if page.findChildren(LineCell):
        assert isinstance(focused(), LineCell | IndicatorView | TextCell | TickBox)
    assert page is focused() or page.isAncestorOf(focused())


def test_alt_and_a_figure_comes_back_to_where_one_was(window):
    page = tab(window, TABS[BUDGET])
    cell = page.findChildren(LineCell)[2]
    cell.setFocus()
    for n in (BASICS, BUDGET):
        QTest.keyClick(focused(), Qt.Key(Qt.Key.Key_1 + n), ALT)
    assert focused() is cell


def test_going_to_a_page_without_fields_takes_nothing_of_the_window_along(qtbot, tmp_path, monkeypatch):
    """PySide lets what nextInFocusChain() returns end with the widget that was asked: here an open cell."""
    window = opened_window(qtbot, tmp_path, monkeypatch)
    for _ in range(2):
        table = tab(window, TABS[INDICATORS]).panel.view
        table.setFocus()
        table.show_cell("i1.name")
        QTest.keyClick(table, Qt.Key.Key_F2)
        assert table.findChild(TextEditor) is not None
        QTest.keyClick(window, Qt.Key.Key_7, ALT)
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert all(map(isValid, (window, window.statusBar(), *window.actions())))
    sources = (path.read_text("utf-8") for path in Path(gui.__file__).parent.rglob("*.py"))
    assert not any(".nextInFocusChain(" in source for source in sources)


def test_the_arrow_keys_walk_along_the_tabs(window):
    window.view.tabs.choose(BASICS)
    window.view.tabs.bar.setFocus()
    for n in (BASICS + 1, BASICS + 2, BASICS + 3):
        QTest.keyClick(focused(), Qt.Key.Key_Right)
        assert (window.view.tabs.current(), focused()) == (n, window.view.tabs.bar)


@pytest.mark.parametrize("by", ["button", "menu"])
def test_a_new_goal_is_in_sight_and_ready_to_be_written(window, qtbot, by):
    panel = window.view.indicators.panel
    panel.add_goals[0].click() if by == "button" else window.commands.forms.add_goal()
    goal = window.session.form("d").answers.goals[-1]
    write(focused(), "建成")
    assert text(window, f"{goal}.text") == "建成"
    area, editor, table = panel._area, focused(), panel.view
    qtbot.waitUntil(
        lambda: area.viewport().rect().contains(editor.mapTo(area.viewport(), editor.rect().center()))
    )
    band = table.model_.index_of(f"{goal}.text")
    qtbot.waitUntil(lambda: table.viewport().rect().contains(table.visualRect(band).center()))


def paste(widget, clipboard):
    QGuiApplication.clipboard().setText(clipboard)
    QTest.keyClick(widget, Qt.Key.Key_V, CONTROL)


def test_undo_and_redo_go_to_what_they_change_and_say_it(window):
    table = table_of(window)
    table.show_cell("i2.name")
    paste(table, "\n".join(f"名称{n}" for n in range(3)))
    window.view.show_form("p1", BUDGET)
    for step, said in (
        (window.commands.edits.undo, "撤销：粘贴 3 行"),
        (window.commands.edits.redo, "重做：粘贴 3 行"),
    ):
        window.view.show_form("p1", BUDGET)
        step()
        assert (window.view.key, window.view.tabs.current()) == ("d", INDICATORS)
        assert table.model_.cell_at(table.currentIndex()) == "i2.name"
        assert window.bench.status.tip.whole == said


def test_undo_goes_to_a_field_on_another_tab(window):
    cell = next(w for w in tab(window, TABS[BUDGET]).findChildren(LineCell) if "executed" in w.address[1])
    cell.setFocus()
    write(cell, "1")
    QTest.keyClick(focused(), Qt.Key(Qt.Key.Key_1 + BASICS), ALT)
    window.commands.edits.undo()
    assert window.view.tabs.current() == BUDGET
    assert focused() is cell


@pytest.mark.parametrize(
    "cell", ["g1.points", "g1.text", "funds.total.executed", "i1.reason", "i1.weight", "i2.score"]
)
def test_undo_goes_to_the_cell_itself(window, cell):
    window.session.set_text(("d", "i1.score"), "0.5")  # a line for the reason opens
    window.view.show_cell("d", cell)
    window.session.pause()
    write(focused(), "7")
    assert window.session.document.undo_label.startswith("修改")
    window.view.show_form("d", BASICS)
    window.commands.edits.undo()
    assert window.view.cursor_cell == ("d", cell)


def test_undo_of_a_reason_whose_line_goes_ends_at_the_score(window):
    table = table_of(window)
    window.session.set_text(("d", "i2.score"), window.session.text(("d", "i2.weight")))
    window.session.edit("粘贴", lambda edit: edit.set_text(("d", "i2.reason"), "原因"))
    table.show_cell("i4.name")
    window.commands.edits.undo()
    assert window.view.cursor_cell == ("d", "i2.score")


def test_undo_goes_to_the_tab_where_rows_came_or_went(window):
    table = table_of(window)
    table.show_cell("i2.name")
    table.add_row()
    table.show_cell("i3.name")
    table.remove_selected()
    for now in (
        window.commands.edits.undo,
        window.commands.edits.undo,
        window.commands.edits.redo,
        window.commands.edits.redo,
    ):
        window.view.show_form("d", BASICS)
        now()
        assert window.view.tabs.current() == INDICATORS


def test_undo_of_keys_in_an_open_cell_leaves_it_open(window):
    table = table_of(window)
    table.show_cell("i2.name")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = focused()
    write(editor, "x")
    QTest.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert focused() is editor
    assert not editor.toPlainText().endswith("x")


def test_with_nothing_to_undo_nothing_is_said(window):
    window.commands.edits.undo()
    assert window.bench.status.tip.whole == ""


def test_a_finding_that_asks_for_the_direction_leads_to_it(window):
    window.session.edit(
        "", lambda edit: edit.set_texts({("d", "i2.target"): "5分钟", ("d", "i2.actual"): "2分钟",
                                         ("d", "i2.name"): "系统故障响应时间"})
    )  # fmt: skip
    [finding] = [f for f in window.session.snapshot.findings if f.code == "no-comparator"]
    window.view.show_form("d", BASICS)
    window.view.jump(finding)
    table = table_of(window)
    assert table.model_.cell_at(table.currentIndex()) == "i2.direction"
