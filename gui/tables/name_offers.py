"""Names of indicators offered below the open cell while one types, one's own first; the clerk takes one."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTableView

from gui.base import theme
from gui.files.written_before import written_here
from gui.tables.indicator_model import IndicatorTableModel
from gui.tables.sheet_delegate import TextEditor
from model.filling.indicator_rows import texts_for
from model.filling.indicator_search import offered, target_of
from model.filling.own_indicators import own_library
from model.forms.columns import LABELS
from model.forms.indicator_library import LibraryIndicator, joined

PAUSE_MS = 250  # typing goes on as fast as before: one looks when it rests
MOST, ROW, WIDTH = 6, 32, 380  # lines; px at 100 %


class NameOffers(QListWidget):
    """Down and Enter, or a click, take a name; Esc puts the list away, any other key goes on typing."""

    def __init__(self, view: QTableView, model: IndicatorTableModel) -> None:
        super().__init__(view.viewport())
        self._model, self._view = model, view
        self._editor: TextEditor | None = None
        self._entries: tuple[LibraryIndicator, ...] = ()
        self.setObjectName("files")  # a framed list
        self.setAccessibleName("可选用的指标")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cell stays open
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._offer)
        self.itemClicked.connect(lambda item: self._take(self.row(item)))

    def attend(self, editor: TextEditor) -> None:
        """Offer names for what is typed into an open cell."""
        self._editor = editor
        editor.installEventFilter(self)
        editor.textChanged.connect(self._typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """With the cell the list goes, and with the focus."""
        if watched is self._editor and event.type() in (QEvent.Type.Hide, QEvent.Type.FocusOut):
            self._put_away()
        return super().eventFilter(watched, event)

    def _put_away(self) -> None:
        self._pause.stop()
        self.hide()

    # --- offering

    def _typed(self) -> None:
        self._put_away()
        if self._editor is not None and not self._editor.is_filling:
            self._pause.start()

    def _offer(self) -> None:
        editor = self._editor
        if editor is None or not shiboken6.isValid(editor) or not editor.cell.isValid():
            return
        model, row = self._model, self._model.lines[editor.cell.row()].id
        library = model.session.library.indicators
        written = (*written_here(model.session, model.key), *model.session.earlier.ask(self._offer_more))
        here = own_library(library, written)
        level2 = model.typed(f"{row}.level2")
        found = offered(joined([library, here]), editor.toPlainText(), level2)
        there = {model.typed(f"{one}.name").strip() for one in model.form.answers.indicators if one != row}
        self._entries = tuple(entry for entry in found if entry.name not in there)[:MOST]
        self.clear()
        for entry in self._entries:
            target = target_of(entry)
            item = QListWidgetItem(f"{entry.name}　{target}" if target else entry.name)
            item.setSizeHint(QSize(0, theme.px(ROW)))
            self.addItem(item)
        if self._entries:
            self._place(editor)
            self.show()
            self.raise_()

    def _offer_more(self) -> None:
        """Those of earlier years are known now; who has chosen already is left alone."""
        editor = self._editor
        is_typing = editor is not None and shiboken6.isValid(editor) and editor.hasFocus()
        if is_typing and self.currentRow() < 0 and not self._pause.isActive():
            self._offer()

    def _place(self, editor: TextEditor) -> None:
        """Below the cell, above it where there is no room."""
        margin = 2 * self.frameWidth() + 2
        height = sum(self.sizeHintForRow(n) for n in range(self.count())) + margin
        viewport, box = self._view.viewport(), editor.geometry()
        fits = box.bottom() + height <= viewport.height()
        top = box.bottom() + 1 if fits else max(box.top() - height, 0)
        width = min(max(theme.px(WIDTH), box.width()), viewport.width() - box.left())
        self.move(QPoint(box.left(), top))
        self.resize(width, height)

    # --- taking

    def takes_key(self, event: QKeyEvent) -> bool:
        """Return whether a key was for the list."""
        if not self.isVisible() or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key, at = event.key(), self.currentRow()
        if key == Qt.Key.Key_Escape:
            self._put_away()
        elif key == Qt.Key.Key_Down:
            self.setCurrentRow(min(at + 1, self.count() - 1))
        elif key == Qt.Key.Key_Up and at >= 0:
            self.setCurrentRow(at - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at >= 0:
            self._take(at)
        else:
            return False
        return True

    def _take(self, at: int) -> None:
        """Write a name into the open cell; into a row without a target what belongs to it as well."""
        editor, entry, model = self._editor, self._entries[at], self._model
        self._put_away()
        if editor is None or not editor.cell.isValid():
            return
        row = model.lines[editor.cell.row()].id
        goal = model.typed(f"{row}.goal")
        wanted = texts_for(model.form, model.session.library.indicators, entry, goal).texts
        is_open = not model.typed(f"{row}.target").strip()
        texts = {
            (model.key, f"{row}.{key}"): text
            for key, text in wanted.items()
            if key == "name" or (is_open and key not in LABELS and not model.typed(f"{row}.{key}").strip())
        }
        model.session.pause()
        model.session.edit(f"选用指标“{entry.name}”", lambda edit: edit.set_texts(texts))
