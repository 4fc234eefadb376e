"""What the menus do to find a text: open the finder, go from hit to hit, come back to the cell."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from gui.commands.check_commands import CheckCommands
from gui.tabs.indicators_page import IndicatorsPage
from model.filling.find import NAME, Hit

_LONGEST = 40  # characters of a selection that is taken over as what to search


class FindCommands(CheckCommands):
    """The part of the window that finds; the finder stands in the place of the pane."""

    _left: QWidget | None = None  # what had the focus before
    _selected: QLineEdit | None = None  # in which the last hit is selected

    def find(self) -> None:
        """Open the finder, with the selected text if there is one; again: begin with another text."""
        if self.view is None:
            return
        left = QApplication.focusWidget()
        text = _selection(left)
        self._commit_input()
        if self.view.is_previewing:
            self.view.show_form(self.view.key)
        if not self.view.pane.is_finding:
            self._left = left
            self.view.lend_pane(True)
        self.view.pane.open_finder(self.view.key, text)

    def find_next(self) -> None:
        """Go to the next hit."""
        self._find(1)

    def find_previous(self) -> None:
        """Go to the one before."""
        self._find(-1)

    def _find(self, by: int) -> None:
        if self.view is None:
            return
        finder = self.view.pane.finder
        if not finder.wanted:
            self.find()
            return
        self._commit_input()
        finder.refresh()
        if finder.step(by, stays=finder.isAncestorOf(QApplication.focusWidget())) is None:
            self.say(finder.hint.text())

    def _show_hit(self, hit: Hit, stays: bool) -> None:
        """Go to the cell of a hit and select what was found; the focus goes there or stays in the finder."""
        if self.view is None:
            return
        self._unselect()
        key, cell = hit.address
        if cell == NAME:
            self.view.show_form(key)
        else:
            self.view.show_cell(key, cell)
            self._select(hit)
        self.say(f"查找“{self.view.pane.finder.wanted}”：{self.view.pane.finder.count.text()}")
        if stays:  # as for a popup: for any other reason a line gives up its selection
            self.view.pane.finder.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _close_finder(self) -> None:
        """Go back to the cell of the last hit, else to where the finder was opened."""
        if self.view is None:
            return
        hit = self.view.pane.finder.current
        self.view.pane.close_finder()
        self.view.lend_pane(False)
        self.say("")
        if hit is not None:
            self._show_hit(hit, stays=False)
            self.say("")
        else:
            self._back()

    def _back(self) -> None:
        page = self.view.stack.currentWidget() if self.view else None
        if isinstance(page, IndicatorsPage):
            page.panel.view.take_cursor()
        elif self._left is not None and shiboken6.isValid(self._left) and self._left.isVisible():
            self._left.setFocus()
        elif page is not None:
            page.setFocus()

    # --- what is selected

    def _select(self, hit: Hit) -> None:
        editor = QApplication.focusWidget()
        if getattr(editor, "address", None) != hit.address:
            return
        start, length = hit.spans[0]
        if isinstance(editor, QLineEdit):
            first = _units(hit.text, start)
            editor.setSelection(first, _units(hit.text, start + length) - first)
            self._selected = editor
        elif isinstance(editor, QPlainTextEdit):
            cursor = editor.textCursor()
            cursor.setPosition(_units(hit.text, start))
            cursor.setPosition(_units(hit.text, start + length), QTextCursor.MoveMode.KeepAnchor)
            editor.setTextCursor(cursor)

    def _unselect(self) -> None:
        if self._selected is not None and shiboken6.isValid(self._selected):
            self._selected.deselect()
        self._selected = None


def _units(text: str, at: int) -> int:
    """Return a place in a text as Qt counts: letters beyond the first plane are two units there."""
    return len(text[:at].encode("utf-16-le")) // 2


def _selection(widget: QWidget | None) -> str:
    """Return what is selected in an editor, where it can be something to search."""
    text = ""
    if isinstance(widget, QLineEdit):
        text = widget.selectedText()
    elif isinstance(widget, QPlainTextEdit):
        text = widget.textCursor().selectedText()
    return text if len(text) <= _LONGEST and "\u2029" not in text else ""
