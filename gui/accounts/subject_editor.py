"""The open cell of a code: what is typed finds subjects by code, words or initials; a list offers them."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.base import theme
from gui.base.qt import Index
from gui.tables.sheet_delegate import TextEditor
from model.accounts.subject_search import Subject, find_subjects
from model.accounts.subjects import Subjects, code_of

_MOST, _WIDTH, _LINE = 8, 520, 22
_CODE = Qt.ItemDataRole.UserRole


class SubjectEditor(TextEditor):
    """Down and up choose in the list, Enter and Tab take what is chosen; `taken` came by the mouse."""

    taken = Signal()

    def __init__(self, parent: QWidget, index: Index, subjects: Subjects) -> None:
        super().__init__(parent, index)
        self._subjects = subjects
        self.offers = QListWidget(parent)
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.setAccessibleName("找到的科目")
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        surface, line = (theme.colour(token).name() for token in ("surface", "line2"))
        self.offers.setStyleSheet(f"QListWidget {{ background: {surface}; border: 1px solid {line}; }}")
        self.offers.hide()
        self.offers.itemClicked.connect(self._clicked)
        self.textChanged.connect(self._offer)

    def _offer(self) -> None:
        """Show what is found; words and initials mean the first of it, a code only what is chosen."""
        if self.is_filling:
            return
        text = self.toPlainText()
        found = find_subjects(self._subjects, text, _MOST)
        is_whole = len(found) == 1 and found[0].code == code_of(text)
        self.offers.clear()
        for subject in found:
            item = QListWidgetItem(_in_words(subject))
            item.setData(_CODE, subject.code)
            self.offers.addItem(item)
        if found and not code_of(text).isdecimal():
            self.offers.setCurrentRow(0)
        self.offers.setVisible(bool(found) and not is_whole)
        self._place()

    def _place(self) -> None:
        """Below the cell, above it where there is no room."""
        parent = self.parentWidget()
        assert parent is not None
        line = max(self.offers.sizeHintForRow(0), theme.px(_LINE))
        height = self.offers.count() * line + 2 * self.offers.frameWidth()
        below = self.geometry().bottomLeft() + QPoint(0, 2)
        if below.y() + height > parent.height() and self.y() > height:
            below = QPoint(self.x(), self.y() - height - 2)
        self.offers.setGeometry(below.x(), below.y(), theme.px(_WIDTH), height)
        self.offers.raise_()

    def walks(self, event: QKeyEvent) -> bool:
        """Go along the list with a key; return whether it was one for the list."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None or self.offers.isHidden():
            return False
        row = self.offers.currentRow() + step
        self.offers.setCurrentRow(max(0, min(row, self.offers.count() - 1)))
        return True

    def take(self) -> None:
        """Put the code that is chosen in the place of what was typed."""
        item = self.offers.currentItem()
        if item is not None and not self.offers.isHidden():
            self.fill(item.data(_CODE), replaces=False)
            self.offers.hide()

    def _clicked(self, item: QListWidgetItem) -> None:
        self.offers.setCurrentItem(item)
        self.take()
        self.taken.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the cell."""
        super().hideEvent(event)
        self.offers.hide()
        self.offers.deleteLater()


def _in_words(subject: Subject) -> str:
    above = " › ".join(name for name in subject.above if name)
    return f"{subject.code}  {subject.name}" + (f"（{above}）" if above else "")
