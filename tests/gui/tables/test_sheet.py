"""What all tables have in common, on the table of indicators and on one of added rows: real keys, an input
method, Esc, rows that go while the cursor is anywhere in them."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from gui.session.places import INDICATORS
from gui.tables.indicator_model import IndicatorTableModel
from gui.tables.rows_view import RowsPanel
from gui.tables.sheet_delegate import TextEditor
from gui.tabs.indicator_panel import IndicatorPanel
from model.reading.reading import Form
from tests.declared import DECLARATION, opened_window, tab
from tests.desk import EXAMPLE, open_session, write


def indicators(session):
    key = next(iter(session.snapshot.forms))
    return IndicatorPanel(IndicatorTableModel(session, key))


def added_rows(session):
    [block] = session.form("t").definition.row_blocks
    return RowsPanel(session, "t", block)


KINDS = {  # what is built, from which files, a cell of three rows one below the other
    "indicators": (indicators, EXAMPLE, ("i1.name", "i2.name", "i3.name")),
    "indicators of a declaration": (indicators, DECLARATION, ("i1.name", "i2.name", "i3.name")),
    "added rows": (added_rows, DECLARATION, ("p1.name", "p2.name", "p3.name")),
}


@pytest.fixture(params=KINDS)
def table(request, qtbot, tmp_path):
    build, files, cells = KINDS[request.param]
    session = open_session(tmp_path, files)
    panel = build(session)
    session.changed.connect(panel.model.document_changed)
    panel.resize(1100, 700)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    panel.view.panel, panel.view.cells = panel, cells
    panel.view.setFocus()
    return panel.view


def form_of(table) -> Form:
    return table.model_.session.form(table.model_.key)


def text(table, cell):
    return form_of(table).answers.text(cell)


def press(table, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or table, key, modifier)


def commit(text, widget=None):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget or QApplication.focusWidget(), event)


def here(table):
    return table.model_.cell_at(table.currentIndex())


def test_what_an_input_method_commits_at_once_stands_in_the_cell(table):
    cell = table.cells[1]
    table.show_cell(cell)
    commit("成本控制率")
    assert text(table, cell) == "成本控制率"
    commit("再来")
    assert text(table, cell) == "成本控制率再来"
    table.model_.session.undo()
    assert text(table, cell) not in ("", "成本控制率")


def test_what_is_composed_first_stands_in_the_cell_once(table):
    cell = table.cells[1]
    table.show_cell(cell)
    QApplication.sendEvent(table, QInputMethodEvent("cheng", []))
    commit("成本")
    assert text(table, cell) == "成本"


@pytest.mark.parametrize("opened_by", [None, Qt.Key.Key_F2])
def test_esc_takes_back_what_was_typed_and_redo_brings_it_again(table, opened_by):
    cell = table.cells[1]
    table.show_cell(cell)
    before = text(table, cell)
    if opened_by:
        press(table, opened_by)
    write(QApplication.focusWidget(), "a")
    write(QApplication.focusWidget(), "bc")
    assert text(table, cell) == (before if opened_by else "") + "abc"
    press(table, Qt.Key.Key_Escape)
    assert text(table, cell) == before
    assert (table.hasFocus(), here(table)) == (True, cell)
    assert table.model_.session.document.undo_label == ""
    table.model_.session.redo()
    assert text(table, cell).endswith("abc")


def test_esc_leaves_what_was_typed_before_the_cell_was_opened(table):
    cell = table.cells[1]
    table.show_cell(cell)
    commit("甲")
    press(table, Qt.Key.Key_Return)
    table.show_cell(cell)
    press(table, Qt.Key.Key_F2)
    press(table, Qt.Key.Key_Escape)
    assert text(table, cell) == "甲"


def test_a_row_goes_while_the_cursor_is_in_any_of_its_columns(table):
    model, session = table.model_, table.model_.session
    row, below = (cell.rpartition(".")[0] for cell in table.cells[1:])
    line = model.index_of(table.cells[1]).row()
    for column in range(model.columnCount()):
        table.setCurrentIndex(model.index(line, column))
        table.remove_selected()
        assert row not in [model.row_at(n) for n in range(model.rowCount())]
        assert model.row_at(table.currentIndex().row()) == below  # what has come to its place
        session.undo()
        assert model.row_at(line) == row


def test_the_last_rows_go_and_the_cursor_stays_in_the_table(table):
    table.selectAll()
    table.remove_selected()
    assert table.selected_rows() == []
    table.add_row()
    assert len(table.selected_rows()) == 1


def test_a_row_is_moved_with_its_cursor(table):
    cell = table.cells[1]
    table.show_cell(cell)
    press(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert here(table) == cell
    assert table.model_.index_of(cell).row() < table.model_.index_of(table.cells[0]).row()


def test_a_lone_quote_before_a_long_text_is_pasted(table):
    cell = table.cells[1]
    table.show_cell(cell)
    QGuiApplication.clipboard().setText('"' + "字" * 131_072)
    press(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert text(table, cell) == '"' + "字" * 131_072


@pytest.mark.parametrize("written", ["一\n2", '"三公"', '"甲"', "a\tb"])
def test_a_copied_cell_is_pasted_as_it_was(table, written):
    one, other, _ = table.cells
    session, key = table.model_.session, table.model_.key
    session.set_text((key, one), written)
    table.show_cell(one)
    table.copy()
    table.show_cell(other)
    table.paste()
    assert text(table, other) == written


def test_keys_and_commits_on_a_computed_cell_say_why_nothing_happens(qtbot, tmp_path):
    panel = indicators(open_session(tmp_path, EXAMPLE))
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    table, model = panel.view, panel.model
    at = next(n for n in range(model.columnCount()) if model.columns[n].key == "computed")
    index = model.index(model.index_of("i2.name").row(), at)
    table.setCurrentIndex(index)
    table.setFocus()
    for typed in (lambda: QTest.keyClick(table, "5"), lambda: commit("五", table)):
        QToolTip.hideText()
        typed()
        assert table.currentIndex() == index
        assert QToolTip.text() == "这一格由程序计算，不用填写。"


def test_no_editor_stays_open_over_a_row_that_is_gone(table):
    table.show_cell(table.cells[1])
    press(table, Qt.Key.Key_F2)
    model = table.model_
    table.edits.remove_rows([table.cells[1].rpartition(".")[0]])
    QApplication.processEvents()
    assert [w for w in table.findChildren(TextEditor) if w.isVisible()] == []
    assert model.index_of(table.cells[1]).isValid() is False


@pytest.mark.parametrize("ending", ["\n", ""])
def test_a_form_goes_while_a_cell_of_it_is_open(qtbot, tmp_path, monkeypatch, ending):
    window = opened_window(qtbot, tmp_path, monkeypatch, EXAMPLE)
    window.view.show_form("p1")
    view = tab(window, INDICATORS).panel.view
    view.setFocus()
    view.show_cell("i1.actual")
    write(view, "5")
    write(QApplication.focusWidget(), ending)
    window.commands.forms.delete_current()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QApplication.processEvents()
    assert list(window.session.answers.forms) == ["d"]
    window.commands.edits.undo()
    assert window.session.form("p1").answers.text("i1.actual") == "5"


def test_pasting_while_nothing_was_ever_copied_does_nothing(table, monkeypatch):
    before = form_of(table).answers
    monkeypatch.setattr(QClipboard, "mimeData", lambda *_: None)
    table.show_cell(table.cells[0])
    press(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert form_of(table).answers is before
