"""Commands: each is declared in one place, and menus, keys and rules follow from that alone.

1. a group of commands is a plain class; what it declares becomes lines of menus that do it
2. every line has a place and a key of its own; a rule is drawn between the hundreds
3. a line is enabled as its rule says: at any time, with a document, where it may be changed; what is
   switched or chosen has a tick
"""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QMenu

from gui.base.preferences import Preferences
from gui.base.settings import Settings
from gui.commands.command import (
    CHECK,
    FILE,
    VIEW,
    Key,
    always,
    command,
    lines_of,
    numbered,
    submenu,
    while_editing,
)
from gui.commands.edit_commands import EditCommands
from gui.commands.file_commands import FileCommands
from gui.commands.groups import GROUPS
from gui.commands.lead_commands import LeadCommands
from gui.commands.menus import Menus
from gui.commands.paper_commands import PaperCommands
from gui.commands.save_commands import SaveCommands
from gui.commands.view_commands import ViewCommands
from gui.commands.workbench import Workbench
from gui.paper.doors import Doors
from model.document import store
from model.forms.loader import shipped

LINES = [line for group in GROUPS for line in lines_of(group)]
CELL = ("d", "improvement")


class Toys:
    """A group as another file would bring it."""

    def __init__(self):
        self.done = []
        self.is_allowed = False

    @command(FILE, 220, "做一做…", key="Ctrl+J", when=always)
    def do(self):
        """Note that it was done."""
        self.done.append("do")

    @command(FILE, 110, "先做", when=while_editing, with_versions=True)
    def do_first(self):
        """Note that it was done."""
        self.done.append("first")

    @submenu(CHECK, 110, "多个")
    def fill(self, menu):
        """A line of what is known only now."""
        menu.addAction("甲")

    @numbered([Key("各处", "Alt+8", "八"), Key("各处", "Alt+9", "九")])
    def number(self, n):
        """Note the number."""
        self.done.append(n)


@pytest.fixture
def toys():
    return Toys()


@pytest.fixture
def toy_window(qtbot, toys):
    window = QMainWindow()
    qtbot.addWidget(window)
    bench = Workbench(window, shipped(), Preferences(Settings(), is_kept=False), Doors(bytes, (), None))
    window.menus = Menus(window, bench, [toys])
    window.show()
    qtbot.waitExposed(window)
    return window


def texts(menu):
    return [None if action.isSeparator() else action.text() for action in menu.actions()]


# -- 1 ----------------------------------------------------------------------------------------------


def test_1_what_a_group_declares_stands_in_the_menus(toy_window):
    titles = [action.text() for action in toy_window.menuBar().actions()]
    assert titles == [FILE, CHECK]
    assert texts(toy_window.menuBar().findChildren(QMenu)[0]) == ["先做", None, "做一做…"]


def test_1_line_key_and_number_do_it(toy_window, toys):
    toy_window.menus.action(Toys.do).trigger()
    QTest.keySequence(toy_window, "Ctrl+J")
    QTest.keySequence(toy_window, "Alt+9")
    toys.do()
    assert toys.done == ["do", "do", 1, "do"]


def test_1_a_submenu_is_filled_when_it_opens(toy_window):
    menu = toy_window.menus.action(Toys.fill).menu()
    for _ in range(2):
        menu.aboutToShow.emit()
        assert texts(menu) == ["甲"]


def test_1_beside_an_earlier_version_stands_only_what_is_said_to(qtbot, toys, toy_window):
    window = QMainWindow()
    qtbot.addWidget(window)
    bench = Workbench(window, shipped(), Preferences(Settings(), is_kept=False), Doors(bytes, (), None))
    menus = Menus(window, bench, [toys], only_versions=True)
    assert [entry.text for entry, _ in menus.entries()] == ["先做"]


@pytest.mark.parametrize("group", GROUPS)
def test_1_no_group_inherits_from_another(group):
    assert group.__bases__ == (object,)


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_no_two_lines_have_the_same_place_or_key():
    places = [(line.entry.menu, line.entry.at) for line in LINES]
    keys = [key for line in LINES for key in line.entry.keys]
    assert len(places) == len(set(places))
    assert len(keys) == len(set(keys))


def test_2_the_menu_of_files_is_as_it_was_designed(start):
    window = start()
    menu = window.menuBar().findChild(QMenu)  # asking an action for its menu would end the menu with the test
    assert texts(menu) == [
        *("新建自评簿…", "沿用上年新建…", "打开…", "最近打开", "打开以前的版本…", "导入…"),
        *("汇总下级单位…", "自评结果汇总表…", "添加表样…", "自己的表样…", None),
        *("立即保存", "保存并起名…", "另存副本…", None),
        *("导出…", "填入财政局原表…", "发给同事填写…", "收回…", "预览", "打印…", "打印多份…", None),
        *("关闭自评簿", "退出"),
    ]


# -- 3 ----------------------------------------------------------------------------------------------


def enabled(window):
    return {line for line in LINES if window.menus.action(line).isEnabled()}


def test_3_without_a_document_only_what_needs_none(start):
    window = start()
    window.commands.files.close_document()
    assert enabled(window) == {line for line in LINES if line.entry.when is always}
    assert FileCommands.open_document in enabled(window)
    assert PaperCommands.export not in enabled(window)


def test_3_a_read_only_document_can_be_looked_at(start):
    window = start()
    stored = window.session._stored
    window.session._stored = store.Stored(stored.answers, stored.revision, "文件是只读的。")
    window.session.state_changed.emit()
    assert SaveCommands.keep_point not in enabled(window)
    assert {SaveCommands.save_copy, PaperCommands.export, PaperCommands.print_pages} <= enabled(window)


def test_3_undo_names_the_step_and_rests_where_there_is_none(start):
    window = start()
    undo = window.menus.action(EditCommands.undo)
    assert (undo.text(), undo.isEnabled()) == ("撤销", False)
    window.session.set_text(CELL, "改进")
    assert undo.text().startswith("撤销：修改“")
    assert undo.isEnabled()
    undo.trigger()
    assert (undo.text(), undo.isEnabled()) == ("撤销", False)
    assert window.menus.action(EditCommands.redo).isEnabled()


def ticked(menu):
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isChecked()]


def test_3_the_menu_of_views_ticks_what_is_so_now(start):
    window = start()
    [menu] = [menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == VIEW]
    assert ticked(menu) == ["右侧栏", "提示下一步", "跟随系统"]
    window.menus.action(ViewCommands.toggle_pane).trigger()
    window.menus.action(LeadCommands.toggle).trigger()
    window.menus.action(ViewCommands.theme_light).trigger()
    assert ticked(menu) == ["浅色"]
    window.menus.action(ViewCommands.theme_light).trigger()
    assert ticked(menu) == ["浅色"]
