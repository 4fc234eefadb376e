"""What the menus do to find a text: open the finder, go from hit to hit, come back to the cell."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from gui.base.parts import commit_input, is_inside
from gui.commands.command import EDIT, command, while_editing
from gui.commands.workbench import Workbench
from gui.editors.cells import address_of
from gui.frame.document_view import DocumentView
from gui.tabs.indicators_page import IndicatorsPage

if TYPE_CHECKING:
    from model.filling.find import Hit

NOTHING_TO_REPLACE = "没有可以替换的：算出的数和自动生成的句子不替换。"
_LONGEST = 40  # characters of a selection that is taken over as what to search


class FindCommands:
    """The finder stands in the place of the pane."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._left: QWidget | None = None  # what had the focus before
        self._selected: QLineEdit | None = None  # in which the last hit is selected
        bench.view_made.connect(self._view_made)

    def _view_made(self, view: DocumentView) -> None:
        view.pane.hit_wanted.connect(self._show_hit)
        view.pane.find_closed.connect(self._close_finder)
        view.pane.replace_wanted.connect(self._replace)

    @command(EDIT, 210, "查找…", key="Ctrl+F", icon="search")
    def find(self) -> None:
        """Open the finder, with the selected text if there is one; again: begin with another text."""
        self._open(replaces=False)

    @command(EDIT, 240, "替换…", key="Ctrl+H", when=while_editing)
    def replace(self) -> None:
        """Open the finder with a second field: what stands there takes the place of what is found."""
        self._open(replaces=True)

    def _open(self, replaces: bool) -> None:
        view, left = self._bench.view, QApplication.focusWidget()
        text = _selection(left)
        commit_input()
        if view.is_previewing:
            view.show_form(view.key)
        if not view.pane.is_finding:
            self._left = left
            view.lend_pane(True)
        view.pane.open_finder(view.key, text, replaces)

    def _replace(self, hits: "Sequence[Hit]", new: str) -> None:
        """Replace in all cells of some hits as one step, and say in how many."""
        from model.filling.replace import replaced

        bench = self._bench
        finder, session = bench.view.pane.finder, bench.session
        texts = replaced(session.answers, hits, finder.wanted, new)
        label = f"替换“{finder.wanted}”为“{new}”"
        if texts:
            bench.attempt(lambda: session.edit(label, lambda edit: edit.set_texts(texts)))
        finder.refresh()
        bench.status.say(f"已替换 {len(texts)} 格，可以撤销。" if texts else NOTHING_TO_REPLACE)

    @command(EDIT, 220, "查找下一处", key="F3", icon="down")
    def find_next(self) -> None:
        """Go to the next hit."""
        self._find(1)

    @command(EDIT, 230, "查找上一处", key="Shift+F3", icon="up")
    def find_previous(self) -> None:
        """Go to the one before."""
        self._find(-1)

    def _find(self, by: int) -> None:
        finder = self._bench.view.pane.finder
        if not finder.wanted:
            self.find()
            return
        commit_input()
        finder.refresh()
        if finder.step(by, stays=is_inside(finder, QApplication.focusWidget())) is None:
            self._bench.status.say(finder.hint.text())

    def _show_hit(self, hit: "Hit", stays: bool) -> None:
        """Go to the cell of a hit and select what was found; the focus goes there or stays in the finder."""
        from model.filling.find import NAME

        self._unselect()
        view, (key, cell) = self._bench.view, hit.address
        finder = view.pane.finder
        if cell == NAME:
            view.show_form(key)
        else:
            view.show_cell(key, cell)
            self._select(hit)
        self._bench.status.say(f"查找“{finder.wanted}”：{finder.count.text()}")
        if stays:  # as for a popup: for any other reason a line gives up its selection
            finder.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _close_finder(self) -> None:
        """Go back to the cell of the last hit, else to where the finder was opened."""
        view = self._bench.view
        hit = view.pane.finder.current
        view.pane.close_finder()
        view.lend_pane(False)
        self._bench.status.say("")
        if hit is not None:
            self._show_hit(hit, stays=False)
            self._bench.status.say("")
        else:
            self._back()

    def _back(self) -> None:
        page = self._bench.view.stack.currentWidget()
        if isinstance(page, IndicatorsPage):
            page.take_focus()
        elif self._left is not None and shiboken6.isValid(self._left) and self._left.isVisible():
            self._left.setFocus()
        else:
            page.setFocus()

    # --- what is selected

    def _select(self, hit: "Hit") -> None:
        editor = QApplication.focusWidget()
        if address_of(editor) != hit.address:
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
