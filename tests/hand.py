"""A clerk's hand for tests of whole days: keys where the focus is, each counted, and what Excel copies."""

from html import escape
from itertools import takewhile

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from gui.tables.paste_dialog import PasteDialog
from tests.desk import write

NONE, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)
_BEFORE = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head>"
    "<style>.xl65{mso-number-format:\\@;}</style></head><body><!--StartFragment--><table border=0>"
)


class Hand:
    """Presses keys where the focus is, and counts them; one with Ctrl or Alt is one press.

    A Chinese character counts as one, though an input method wants more.
    """

    def __init__(self, window):
        self.window, self.presses = window, 0

    def press(self, key, modifiers=NONE):
        self.presses += 1
        QTest.keyClick(self._focus(), key, modifiers)
        QApplication.processEvents()

    def _focus(self):
        target = QApplication.activeModalWidget() or QApplication.focusWidget() or self.window
        return (target.focusWidget() if target.isWindow() else target) or target

    def write(self, text):
        for char in text:
            self.presses += 1
            write(self._focus(), char)
        QApplication.processEvents()

    def press_in_popup(self, key):
        self.presses += 1
        calendar = QApplication.activePopupWidget().calendar
        QTest.keyClick(calendar.focusProxy() or calendar, key)

    def answer(self, open_it, *keys):
        """Open a dialog, then press keys in it; a text is written, Enter at the end is a key too."""

        def press_all():
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QDialog)
            dialog.activateWindow()  # without a window manager nobody else does
            QTest.qWaitForWindowActive(dialog)
            for key in keys:
                self.write(key) if isinstance(key, str) else self.press(key)
            if dialog.isVisible():
                dialog.reject()  # what came wrong is seen behind it

        QTimer.singleShot(0, press_all)
        open_it()
        self.window.activateWindow()
        QTest.qWaitForWindowActive(self.window)

    def paste(self, text):
        """Paste what was copied in another program; where the window asks, Enter agrees."""
        QGuiApplication.clipboard().setText(text)
        self.paste_now()

    def paste_now(self):
        self.press(Qt.Key.Key_V, CONTROL)
        if isinstance(QApplication.activeModalWidget(), PasteDialog):
            self.press(Qt.Key.Key_Return)


def copy_in_excel(rows, merged=()):
    """Put cells on the clipboard as Excel does: as text, and as a page of its own with merged cells.

    In the columns `merged` a text stands for the equal ones below it too.
    """
    data, lines, plain = QMimeData(), [], []
    for at, row in enumerate(rows):
        hidden = {n for n in merged if at > 1 and rows[at - 1][: n + 1] == row[: n + 1]}
        plain.append(["" if n in hidden else text for n, text in enumerate(row)])
        cells = []
        for n, text in enumerate(row):
            alike = takewhile(lambda one: one[: n + 1] == row[: n + 1], rows[at:])  # noqa: B023
            high = len(list(alike)) if n in merged and at else 1
            if n not in hidden:
                cells.append(f"<td rowspan={high} class=xl65 style='height:14.25pt'>{_html(text)}</td>")
        lines.append(f"<tr height=19>{''.join(cells)}</tr>")
    data.setText("".join("\t".join(map(_plain, row)) + "\n" for row in plain))
    data.setHtml(f"{_BEFORE}{''.join(lines)}</table><!--EndFragment--></body></html>")
    QGuiApplication.clipboard().setMimeData(data)


def _html(text):
    return escape(text, quote=False).replace("\n", "<br>")


def _plain(text):
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if "\n" in text or '"' in text else text
