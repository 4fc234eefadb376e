"""Names that are longer than their place: what tells them from others stays in sight."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QListWidget,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gui.editors.cells import LineCell
from gui.frame.list_items import FormItem, OutputItem
from tests.desk import open_session

LONG = "义务教育学校校舍安全保障长效机制建设及教学设备购置项目"


@pytest.fixture(params=[FormItem, OutputItem])
def drawn(request, qtbot):
    """How a name looks in the list at the left."""
    names = QListWidget()
    qtbot.addWidget(names)
    delegate = request.param(names)

    def draw(name):
        names.clear()
        names.addItem(name)
        option = QStyleOptionViewItem()
        option.rect = QRect(0, 0, 232, 54)
        option.state = QStyle.StateFlag.State_Enabled
        picture = QPixmap(232, 54)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        delegate.paint(painter, option, names.model().index(0, 0))
        painter.end()
        return picture.toImage()

    return draw


def test_a_copy_can_be_told_from_its_original(drawn):
    assert drawn(LONG) != drawn(f"{LONG}（副本）")
    assert drawn(f"{LONG}（副本）") != drawn(f"{LONG}（副本2）")


def test_the_same_name_looks_the_same(drawn):
    assert drawn(LONG) == drawn(LONG)


def test_a_field_that_is_too_narrow_shows_how_its_text_begins(qtbot, tmp_path):
    session = open_session(tmp_path)
    box = QWidget()
    qtbot.addWidget(box)
    column = QVBoxLayout(box)
    field, other = LineCell(session, ("d", "unit"), "单位"), QLineEdit()
    column.addWidget(field)
    column.addWidget(other)
    session.set_text(("d", "unit"), LONG)
    field.refresh()
    assert field.cursorPosition() == 0
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClicks(field, "2")
    assert field.cursorPosition() == len(LONG) + 1
    field.refresh()
    assert field.cursorPosition() == len(LONG) + 1  # while one types it stays where it is
    other.setFocus()
    QApplication.processEvents()
    assert field.cursorPosition() == 0
    field.setFocus()
    assert field.cursorPosition() == len(LONG) + 1  # F6 and F8 come back to where one was
