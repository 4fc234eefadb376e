"""Cut, copy, paste and filling by key and menu; 分值 from 得分 and the reverse; the calendar beside a date.

Requirements, each test names its own:
 1. the lines of the menu press the keys of what is in hand: of a table, of a field
 2. Ctrl+D and Ctrl+R fill as in a spreadsheet: several cells with the first of them, one with its neighbour
 3. 得分 from 分值 and 分值 from 得分 for the chosen rows, one step of undo
 4. a calendar types the day that is chosen, as the form writes it; Tab passes its button by
"""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton

from gui.base import theme
from gui.commands.edit_commands import NO_TABLE, EditCommands
from gui.commands.groups import all_keys
from gui.editors.date_picker import DatePicker, date_text, day_in, place_beside

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(start):
    return start()


@pytest.fixture
def table(window):
    window.view.show_cell("d", "i1.target")
    return window.view.indicators.panel.view


def typed(window, cell):
    return window.session.text(("d", cell))


def choose(window, line):
    window.menus.action(line).trigger()


# -- 1 ----------------------------------------------------------------------------------------------


def test_1_the_menu_cuts_copies_and_pastes_cells(window, table):
    before = typed(window, "i1.target")
    choose(window, EditCommands.copy)
    assert QGuiApplication.clipboard().text() == before
    choose(window, EditCommands.cut)
    assert typed(window, "i1.target") == ""
    table.show_cell("i2.target")
    choose(window, EditCommands.paste)
    assert typed(window, "i2.target") == before


def test_1_the_menu_pastes_into_a_field(window):
    window.view.show_cell("d", "funds.total.budget")
    QGuiApplication.clipboard().setText("321.5")
    QApplication.focusWidget().selectAll()
    choose(window, EditCommands.paste)
    assert typed(window, "funds.total.budget") == "321.5"


def test_1_keys_and_names_of_the_lines_are_in_the_overview():
    said = {(key.key, key.what) for key in all_keys()}
    assert {("Ctrl+X", "剪切"), ("Ctrl+D", "向下填充"), ("Ctrl+R", "向右填充")} <= said


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_one_cell_takes_the_text_above_it_or_at_its_left(window, table):
    table.show_cell("i3.target")
    QTest.keyClick(table, Qt.Key.Key_D, CONTROL)
    assert typed(window, "i3.target") == typed(window, "i2.target")
    table.show_cell("i3.actual")
    QTest.keyClick(table, Qt.Key.Key_R, CONTROL)
    assert typed(window, "i3.actual") == typed(window, "i3.target")


def test_2_several_cells_take_the_first_of_them_in_one_step(window, table):
    first, others = typed(window, "i1.target"), [typed(window, f"i{n}.target") for n in (2, 3)]
    _choose_rows(table, 3)
    QTest.keyClick(table, Qt.Key.Key_D, CONTROL)
    assert [typed(window, f"i{n}.target") for n in (1, 2, 3)] == [first] * 3
    window.commands.edits.undo()
    assert [typed(window, f"i{n}.target") for n in (2, 3)] == others


def test_2_a_reason_between_the_rows_widens_nothing(window, table):
    window.session.edit("试", lambda edit: edit.set_texts({("d", "i1.reason"): "甲"}))
    table.show_cell("i1.target")
    names = [typed(window, f"i{n}.name") for n in (1, 2, 3)]
    while table.model_.row_at(table.currentIndex().row()) != "i3":
        QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(table, Qt.Key.Key_D, CONTROL)
    assert len({typed(window, f"i{n}.target") for n in (1, 2, 3)}) == 1
    assert [typed(window, f"i{n}.name") for n in (1, 2, 3)] == names


def _choose_rows(table, count):
    table.show_cell("i1.target")
    selection = table.selectionModel()
    cells = [table.model_.index_of(f"i{n}.target") for n in range(1, count + 1)]
    for cell in cells:
        selection.select(cell, selection.SelectionFlag.Select)


def test_2_several_columns_take_the_first_of_their_row(window, table):
    for column in ("target", "actual"):
        index = table.model_.index_of(f"i2.{column}")
        table.selectionModel().select(index, table.selectionModel().SelectionFlag.Select)
    table.selectionModel().select(
        table.model_.index_of("i1.target"), table.selectionModel().SelectionFlag.Deselect
    )
    choose(window, EditCommands.fill_right)
    assert typed(window, "i2.actual") == typed(window, "i2.target") != ""


def test_2_the_first_row_has_nothing_above_and_a_direction_is_no_text(window, table):
    before = typed(window, "i1.target")
    table.show_cell("i1.target")
    QTest.keyClick(table, Qt.Key.Key_D, CONTROL)
    assert typed(window, "i1.target") == before
    table.show_cell("i1.direction")
    QTest.keyClick(table, Qt.Key.Key_R, CONTROL)
    assert typed(window, "i1.direction") in ("", "≥", "≤", "=")


def test_2_the_menu_fills_boxes_of_money_and_says_where_there_is_no_table(window):
    window.view.show_cell("d", "funds.total.executed")
    choose(window, EditCommands.fill_right)
    assert typed(window, "funds.total.executed") == typed(window, "funds.total.budget") != ""
    window.view.show_cell("d", "filled_on")
    choose(window, EditCommands.fill_down)
    assert window.bench.status.tip.whole == NO_TABLE


def test_2_the_menu_pastes_a_block_into_boxes_of_money(window):
    window.view.show_cell("d", "funds.total.budget")
    QGuiApplication.clipboard().setText("预算数\t执行数\n500\t400")
    choose(window, EditCommands.paste)
    assert [typed(window, f"funds.total.{column}") for column in ("budget", "executed")] == ["500", "400"]


def test_2_an_open_cell_is_filled_too(window, table):
    table.show_cell("i3.target")
    QTest.keyClick(table, "9")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_D, CONTROL)
    assert typed(window, "i3.target") == typed(window, "i2.target")


# -- 3 ----------------------------------------------------------------------------------------------


def test_3_points_go_from_one_column_to_the_other(window, table):
    _choose_rows(table, 2)
    choose(window, EditCommands.scores_from_weights)
    assert [typed(window, f"i{n}.score") for n in (1, 2)] == [typed(window, f"i{n}.weight") for n in (1, 2)]
    window.session.set_text(("d", "i2.score"), "3.5")
    choose(window, EditCommands.weights_from_scores)
    assert typed(window, "i2.weight") == "3.5"
    window.commands.edits.undo()
    assert typed(window, "i2.weight") != "3.5"


def test_3_both_have_a_key(window, table):
    shift = CONTROL | Qt.KeyboardModifier.ShiftModifier
    _choose_rows(table, 2)
    QTest.keyClick(table, Qt.Key.Key_D, shift)
    assert typed(window, "i2.score") == typed(window, "i2.weight")
    window.session.set_text(("d", "i2.score"), "3.5")
    QTest.keyClick(table, Qt.Key.Key_R, shift)
    assert typed(window, "i2.weight") == "3.5"


# -- 4 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年1月16日", date(2024, 1, 16)),
        ("2023 年 5 月", date(2023, 5, 1)),
        ("2024-02-30", date(2026, 11, 30)),
        ("", date(2026, 11, 30)),
    ],
)
def test_4_the_calendar_opens_at_the_day_of_the_text(text, day):
    assert day_in(text, date(2026, 11, 30)) == day


def test_4_a_day_is_written_as_the_text_before():
    assert date_text(date(2024, 1, 6), "") == "2024年1月6日"
    assert date_text(date(2024, 1, 6), "2023 年 5 月") == "2024 年 1 月 6 日"


def test_4_alt_down_opens_it_and_enter_takes_the_day(window, qtbot):
    window.view.show_cell("d", "filled_on")
    cell = QApplication.focusWidget()
    QTest.keyClick(cell, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    picker = next(one for one in window.view.findChildren(DatePicker) if one.calendar is not None)
    turning = [b for b in picker.calendar.findChildren(QToolButton) if "month" in b.objectName()]
    drawn = [theme.icon(name, "text").pixmap(14).toImage() for name in ("left", "right")]
    assert [b.icon().pixmap(14).toImage() for b in turning if "button" not in b.objectName()] == drawn
    picker.calendar.setSelectedDate(QDate(2024, 3, 8))
    picker.calendar.activated.emit(picker.calendar.selectedDate())
    assert typed(window, "filled_on").replace(" ", "") == "2024年3月8日"
    assert picker.focusPolicy() == Qt.FocusPolicy.NoFocus


@pytest.mark.parametrize(
    ("cell", "at"),
    [
        ((100, 100), (100, 130)),
        ((700, 100), (680, 130)),  # no room at the right
        ((100, 300), (100, 330)),
        ((100, 301), (100, 31)),  # nor below
        ((680, 590), (680, 320)),
    ],
)
def test_a_calendar_is_all_on_the_screen(cell, at):
    place = place_beside(QRect(*cell, 80, 30), QSize(320, 270), QRect(0, 0, 1000, 600))
    assert (place.x(), place.y()) == at
