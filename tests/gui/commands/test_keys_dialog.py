"""快捷键: one list of every key, from the table of the menus, that can be searched."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.commands.groups import all_keys
from gui.commands.help_commands import HelpCommands
from gui.commands.keys_dialog import NOTHING, KeysDialog
from tests.desk import dressed, write


@pytest.fixture
def dialog(qtbot):
    dressed()
    made = KeysDialog(all_keys())
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def lines(dialog):
    return [tuple(dialog.model.index(n, c).data() for c in (1, 2)) for n in range(dialog.model.rowCount())]


def test_ctrl_f1_opens_it_and_it_has_a_line_in_the_menu(start, checks, monkeypatch):
    window = start()
    opened = []
    monkeypatch.setattr(KeysDialog, "exec", lambda self: opened.append(self))
    QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    window.menus.action(HelpCommands.show_keys).trigger()
    assert len(opened) == 2


def test_every_key_of_the_window_is_in_it(start, checks):
    window = start()
    actions = window.findChildren(QAction)
    used = {sequence.toString() for action in actions for sequence in action.shortcuts()}
    listed = {
        QKeySequence(part).toString() for key in all_keys() for part in key.key.split(" / ") if part != "/"
    }
    assert "Ctrl+F" in used
    assert used - {""} <= listed


def test_no_two_lines_of_a_place_have_the_same_key():
    keys = [(key.where, key.key) for key in all_keys()]
    assert len(keys) == len(set(keys))
    menus = [part for key in all_keys() if "里" not in key.where for part in key.key.split(" / ")]
    assert "F1" in menus


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("粘贴", ("复制 / 从 Excel 粘贴", "Ctrl+C / Ctrl+V")),
        ("ctrl+e", ("导出", "Ctrl+E")),
        ("ＣＴＲＬ＋Ｅ", ("导出", "Ctrl+E")),
        ("帮助 f1", ("填写说明", "F1")),
        ("alt+4", ("转到“绩效目标与指标”", "Alt+4")),
    ],
)
def test_it_is_searched_by_what_a_key_does_or_by_the_key(dialog, typed, expected):
    write(dialog.field, typed)
    assert expected in lines(dialog)
    assert len(lines(dialog)) < len(all_keys())


def test_it_says_where_nothing_fits(dialog):
    write(dialog.field, "没有这样的")
    assert lines(dialog) == []
    assert dialog.nothing.isVisible()
    assert dialog.nothing.text() == NOTHING


def test_the_arrows_go_from_the_field_into_the_list_and_escape_closes(dialog):
    assert QApplication.focusWidget() is dialog.field
    QTest.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.table.hasFocus()
    assert dialog.table.currentIndex().row() == 0
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.table, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
