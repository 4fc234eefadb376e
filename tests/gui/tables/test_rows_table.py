"""The table whose rows the clerk adds (项目支出情况), with real keys: typing, an input method, Enter and Tab,
rows added, moved, deleted, pasted; every edit is a step of undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHeaderView

from gui.tables.paste_dialog import PasteDialog
from gui.tables.rows_view import RowsPanel, RowsView
from gui.tables.sheet_delegate import TextEditor
from tests.declared import focused, key, opened_window, tab, texts
from tests.desk import EXAMPLE, write

BUDGET = "预算执行情况"


@pytest.fixture
def declared(qtbot, tmp_path, monkeypatch):
    return opened_window(qtbot, tmp_path, monkeypatch)


def table(window) -> RowsView:
    view = tab(window, BUDGET).findChild(RowsView)
    view.setFocus()
    return view


def test_a_key_opens_a_cell_and_takes_the_place_of_its_text(declared):
    view = table(declared)
    view.show_cell("p2.category")
    QTest.keyClick(view, "x")
    assert isinstance(focused(), TextEditor)
    write(focused(), "y类")
    assert texts(declared).text("p2.category") == "xy类"
    declared.commands.edits.undo()
    assert texts(declared).text("p2.category") == "特定目标"


def test_an_input_method_loses_nothing(declared):
    view = table(declared)
    view.show_cell("p1.use")
    write(view, "机")
    assert isinstance(focused(), TextEditor)
    write(focused(), "关运行")
    key(focused(), Qt.Key.Key_Return)
    assert texts(declared).text("p1.use").endswith("关运行")
    assert view.model_.cell_at(view.currentIndex()) == "p2.use"


def test_enter_and_tab_move_as_in_a_spreadsheet(declared):
    view = table(declared)
    view.show_cell("p1.name")
    where = []
    for one, modifier in (
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier),  # the first cell is the end
    ):
        key(view, one, modifier=modifier)
        where.append(view.model_.cell_at(view.currentIndex()))
    assert where == ["p1.category", "p2.category", "p2.name", "p1.name", "p1.name"]


def test_tab_goes_on_from_an_open_cell_and_alt_enter_breaks_the_line(declared):
    view = table(declared)
    view.show_cell("p1.use")
    QTest.keyClick(view, "a")
    key(focused(), Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.AltModifier)
    write(focused(), "b")
    key(focused(), Qt.Key.Key_Tab)
    assert texts(declared).text("p1.use") == "a\nb"
    assert view.model_.cell_at(view.currentIndex()) == "p2.name"
    assert view.rowHeight(0) > view.rowHeight(1)


def test_a_cell_that_grows_shows_all_its_lines(declared):
    view = table(declared)
    view.show_cell("p3.category")
    QTest.keyClick(view, "a")
    write(focused(), "用工类支出，包括编外教师、保安、保洁和食堂人员的工资与社会保险")
    assert view.rowHeight(2) > view.rowHeight(1)
    assert focused().height() >= view.rowHeight(2) - 1
    assert focused().verticalScrollBar().value() == 0


def test_a_row_is_added_below_the_cursor_and_rows_are_deleted(declared):
    view = table(declared)
    view.show_cell("p2.category")
    key(view, Qt.Key.Key_Return, modifier=Qt.KeyboardModifier.ControlModifier)
    assert texts(declared).rows["projects"] == ("p1", "p2", "p6", "p3", "p4", "p5")
    assert view.model_.cell_at(view.currentIndex()) == "p6.name"
    panel = tab(declared, BUDGET).findChild(RowsPanel)
    panel.delete_row.click()
    assert texts(declared).rows["projects"] == ("p1", "p2", "p3", "p4", "p5")
    view.selectAll()
    panel.delete_row.click()
    assert "projects" not in texts(declared).rows
    assert "p1.name" not in texts(declared).texts
    panel.add_row.click()
    assert len(view.model_.rows) == 1
    for _ in range(3):
        declared.commands.edits.undo()
    assert texts(declared).text("p5.name") == "专项业务类项目"


def test_a_row_is_moved(declared):
    view = table(declared)
    view.show_cell("p1.use")
    key(view, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.AltModifier)
    assert view.model_.rows[:2] == ("p2", "p1")
    assert view.model_.cell_at(view.currentIndex()) == "p1.use"
    key(view, Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    key(view, Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.AltModifier)
    assert view.model_.rows[:2] == ("p1", "p2")


def test_a_block_from_a_spreadsheet_grows_the_table_in_one_step(declared):
    view = table(declared)
    view.show_cell("p5.name")
    lines = [f'项目{n}\t特定目标\t{n}\t{n}\t"两行\n用途"\t多的一格' for n in range(3)]
    QGuiApplication.clipboard().setText("\n".join(lines))
    key(view, Qt.Key.Key_V, modifier=Qt.KeyboardModifier.ControlModifier)
    (asked,) = view.findChildren(PasteDialog)  # one column too many
    key(asked, Qt.Key.Key_Return)
    answers = texts(declared)
    assert [answers.text(f"{row}.name") for row in answers.rows["projects"][4:]] == [
        "项目0",
        "项目1",
        "项目2",
    ]
    assert answers.text("p7.use") == "两行\n用途"
    declared.commands.edits.undo()
    assert texts(declared).rows["projects"][4:] == ("p5",)


def test_a_block_is_copied_cut_and_filled_down(declared):
    view = table(declared)
    view.show_cell("p2.use")
    key(view, Qt.Key.Key_D, modifier=Qt.KeyboardModifier.ControlModifier)
    assert texts(declared).text("p2.use") == "机构运转"
    view.selectAll()
    key(view, Qt.Key.Key_C, modifier=Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1].split("\t")[-1] == "机构运转"
    view.show_cell("p1.name")
    key(view, Qt.Key.Key_X, modifier=Qt.KeyboardModifier.ControlModifier)
    assert (texts(declared).text("p1.name"), QGuiApplication.clipboard().text()) == ("", "机构运转类项目")
    key(view, Qt.Key.Key_Delete)


def test_three_hundred_rows_are_pasted_shown_and_typed_into(qtbot, tmp_path, monkeypatch):
    opened = opened_window(qtbot, tmp_path, monkeypatch, EXAMPLE)
    opened.commands.forms.add_declaration()
    view = table(opened)
    view.show_cell("p1.name")
    QGuiApplication.clipboard().setText("\n".join(f"项目{n}" for n in range(300)))
    view.paste()
    assert view.model_.rowCount() == 300
    assert view.height() < 500
    opened.view.show_cell("t", "p300.use")
    QTest.keyClick(view, "a")
    write(focused(), "硚〇䶮𬭊")
    assert texts(opened).text("p300.use") == "a硚〇䶮𬭊"


def test_in_a_read_only_document_nothing_can_be_changed(declared, monkeypatch):
    monkeypatch.setattr(type(declared.session), "read_only", "只读")
    view = table(declared)
    view.show_cell("p1.name")
    QTest.keyClick(view, "x")
    QGuiApplication.clipboard().setText("甲")
    view.paste()
    assert texts(declared).text("p1.name") == "机构运转类项目"


def test_rows_are_as_high_as_their_texts_at_every_width_of_a_column(declared, qtbot):
    view = table(declared)
    name = view.model_.index_of("p1.use").column()
    view.show_cell("p1.use")
    qtbot.wait(50)
    before = view.rowHeight(0)
    view.horizontalHeader().setSectionResizeMode(name, QHeaderView.ResizeMode.Fixed)
    view.setColumnWidth(name, 60)
    qtbot.waitUntil(lambda: view.rowHeight(0) > before)
    view.horizontalHeader().setSectionResizeMode(name, QHeaderView.ResizeMode.Stretch)
    qtbot.waitUntil(lambda: view.rowHeight(0) == before)
