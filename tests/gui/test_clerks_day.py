"""A clerk's second year with real keys: a form of 28 rows from last year's file, every press counted."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.base import ask
from gui.files.carry_dialog import CarryDialog
from gui.tables.paste_dialog import PasteDialog
from model.document import store
from model.document.answers import Answers
from tests.published import published

MOST = 60
UNIT = "硚口区教育局信息技术中心"
NONE, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hand:
    """Presses keys where the focus is, and counts them; one with Ctrl or Alt is one press."""

    def __init__(self, window):
        self.window, self.presses = window, 0

    def press(self, key, modifiers=NONE):
        self.presses += 1
        target = QApplication.activeModalWidget() or QApplication.focusWidget() or self.window
        focus = target.focusWidget() if target.isWindow() else target
        QTest.keyClick(focus or target, key, modifiers)
        QApplication.processEvents()

    def write(self, text):
        for char in text:
            self.presses += 1
            QTest.keyClick(QApplication.focusWidget(), char)

    def press_in_popup(self, key):
        self.presses += 1
        calendar = QApplication.activePopupWidget().calendar
        QTest.keyClick(calendar.focusProxy() or calendar, key)

    def paste(self, text):
        """Paste what was copied in another program; where the window asks, Enter agrees."""
        QGuiApplication.clipboard().setText(text)
        self.press(Qt.Key.Key_V, CONTROL)
        if isinstance(QApplication.activeModalWidget(), PasteDialog):
            self.press(Qt.Key.Key_Return)


def test_a_department_form_of_28_rows_from_last_years_file(start, tmp_path, monkeypatch, qtbot):
    last = published("qiaokou_xinxi_2022_department").answers
    rows = last.indicators
    assert len(rows) == 28
    path = tmp_path / "去年.zpb"
    store.create(path, Answers({"d": last}, UNIT, "2022"))
    window = start()
    hand = Hand(window)
    monkeypatch.setattr(ask, "open_file_name", lambda *_: path)
    hand.presses += 4  # the menu, its line, the file in the system's dialog, Enter there

    def agree():
        assert isinstance(QApplication.activeModalWidget(), CarryDialog)
        hand.press(Qt.Key.Key_Return)

    QTimer.singleShot(0, agree)
    window.commands.files.carry_over()
    window.activateWindow()  # without a window manager nobody else does
    qtbot.waitUntil(window.isActiveWindow)
    assert window.session.answers.year == "2023"
    first = [row for row in rows if last.text(f"{row}.goal") == last.goals[0]]
    hand.paste(copied(last, first))
    hand.press(Qt.Key.Key_F6)  # the next gap is the first result of the second goal
    hand.paste(copied(last, rows[len(first) :]))
    hand.press(Qt.Key.Key_F6)
    hand.paste("加强预算管理，按季度通报执行进度。")
    hand.press(Qt.Key.Key_2, ALT)  # the tab of the head of the form
    hand.press(Qt.Key.Key_F6)
    hand.press(Qt.Key.Key_Down, ALT)  # the calendar, at today
    hand.press_in_popup(Qt.Key.Key_Return)
    assert window.session.text(("d", "filled_on"))
    for figure in ("836.79", "310.5", "1147.29", "1100"):
        hand.press(Qt.Key.Key_F6)
        hand.write(figure)
    assert window.session.snapshot.completeness["d"].missing == ()
    assert hand.presses < MOST
    assert [window.session.text(("d", f"{row}.actual")) for row in rows] == [
        last.text(f"{row}.actual") for row in rows
    ]
    assert window.session.form("d").sheet.total is not None


def copied(form, rows):
    """Results and scores as they are copied out of a spreadsheet."""
    return "\n".join(f"{form.text(f'{row}.actual')}\t{form.text(f'{row}.score')}" for row in rows)
