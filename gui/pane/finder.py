"""查找 in the place of the pane: a field to type into, and what is found as one types, form by form."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.plain import Label, tip
from gui.pane.finder_list import ENTRY, MOST, FoundDelegate, FoundModel, every_hit, search
from gui.pane.replacer import FORM, ONE, Replacer
from gui.session.session import Session
from model.document.answers import FormKey
from model.filling.find import Hit

SOON_MS = 50  # after an edit; while keys come faster the list waits
HINT = "在所有表和报告里查找，不分全角半角、大小写。\nEnter 下一处，Shift+Enter 上一处，Esc 回到表格。"
NOTHING = "没有找到。"
FINDER_KEYS = (("Enter / Shift+Enter", "下一处 / 上一处"), ("Esc", "回到表格"))  # for the overview of keys


class Finder(QWidget):
    """`jump_wanted(hit, stays)` asks to go to a cell, the focus staying here or not; `closed` to go back,
    `replace_wanted(hits, text)` to put another text in the place of what is searched.

    It is an ordinary widget and no popup, so input methods work everywhere.
    """

    jump_wanted = Signal(object, bool)
    replace_wanted = Signal(object, str)
    closed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self._first: FormKey = ""
        self.model = FoundModel(session, self)
        self.list = _FoundView(self.model)
        self.count = Label(objectName="caption")
        self.hint = Label(HINT, objectName="quiet", wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        self.replacer = Replacer()
        self.replacer.hide()
        self.replacer.wanted.connect(self._replace)
        column.addWidget(self.replacer)
        column.addWidget(self._below(), stretch=1)
        self._order_tabs()
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._catch_up)
        self.field.textChanged.connect(lambda _: self.refresh())
        self.list.chosen.connect(lambda hit: self._go(hit, stays=False))
        self.refresh()

    def _head(self) -> QFrame:
        head = QFrame(objectName="tabs")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4) + 1)
        row.setSpacing(theme.px(4))
        self.field = QLineEdit(placeholderText="查找")
        self.field.setAccessibleName("查找")
        icon = theme.icon("search")
        self.field.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
        self.up = _button("up", "上一处（Shift+F3）", lambda: self.step(-1))
        self.down = _button("down", "下一处（F3）", lambda: self.step(1))
        self._small = (self.up, self.down, _button("close", "回到表格（Esc）", self.closed.emit))
        row.addWidget(self.field, stretch=1)
        for button in self._small:
            row.addWidget(button)
        return head

    def _below(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.count.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self.hint.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.addWidget(self.count)
        column.addWidget(self.hint)
        column.addWidget(self.list, stretch=1)
        column.addStretch()
        return body

    def _order_tabs(self) -> None:
        """Tab goes from what is searched to what takes its place, then down; the small buttons come last."""
        order = [self.field, self.replacer.field, *self.replacer.buttons.values(), self.list, *self._small]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    # --- what is shown

    @property
    def wanted(self) -> str:
        """What is searched."""
        return self.field.text().strip()

    @property
    def current(self) -> Hit | None:
        """The hit that was gone to last, if it is still there."""
        index = self.list.currentIndex()
        return index.data(ENTRY) if index.isValid() else None

    def begin(self, first: FormKey, text: str = "", replaces: bool = False) -> None:
        """Search from a form on; with a text for that, else for what was searched before."""
        self._first = first
        self.replacer.setVisible(replaces and not self._session.read_only)
        if text:
            self.field.setText(text)
        self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def document_changed(self) -> None:
        """Show it when keys rest."""
        self._soon.start()

    def _catch_up(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show what is found now; the cell that was gone to stays marked."""
        self._soon.stop()
        before = self.current
        self.model.show(search(self._session, self.wanted, self._first))
        self.list.mark(self.model.row_of(before))
        found = bool(self.model.entries)
        self.hint.setText(NOTHING if self.wanted else HINT)
        self.hint.setVisible(not found)
        self.list.setVisible(found)
        for button in (self.up, self.down):
            button.setEnabled(found)
        self.replacer.enable(found)
        self._show_count()

    def _show_count(self) -> None:
        hits, at = self.model.hits, self.list.currentIndex().row()
        number = f"第 {hits.index(at) + 1} 处，" if at in hits else ""
        total = f"只列出前 {MOST} 处" if len(hits) == MOST else f"共 {len(hits)} 处"
        self.count.setText(f"{number}{total}")
        self.count.setVisible(bool(hits))
        self.list.setAccessibleDescription(self.count.text())

    # --- replacing

    def _replace(self, scope: str) -> None:
        """Ask for the replacement of the hit in hand, of the form's or of all hits."""
        hit, forms = self.current, [self._first] if scope == FORM else list(self._session.answers.forms)
        if scope != ONE:
            self.replace_wanted.emit(every_hit(self._session, self.wanted, forms), self.replacer.field.text())
        elif hit is None:
            self.step(1)
            self.replacer.take_focus()
        else:
            row = self.list.currentIndex().row()
            self.replace_wanted.emit([hit], self.replacer.field.text())
            self._go_on_from(row)

    def _go_on_from(self, row: int) -> None:
        """Go to the hit that has come to the place of the one that was replaced, or follows it."""
        later = [at for at in self.model.hits if at >= row] or self.model.hits[:1]
        for at in later[:1]:
            self._go(self.model.index(at).data(ENTRY), stays=True)
            self.replacer.take_focus()

    # --- the walk

    def step(self, by: int, stays: bool = True) -> Hit | None:
        """Go to the next hit (1) or the one before (-1), round and round, and return it."""
        hits = self.model.hits
        if not hits:
            return None
        at = self.list.currentIndex().row()
        n = hits.index(at) + by if at in hits else min(by - 1, 0)
        hit: Hit = self.model.index(hits[n % len(hits)]).data(ENTRY)
        self._go(hit, stays)
        return hit

    def _go(self, hit: Hit, stays: bool) -> None:
        self.list.mark(self.model.row_of(hit))
        self._show_count()
        self.jump_wanted.emit(hit, stays)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows walk, Esc goes back."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)


class _FoundView(QListView):
    """The list; `chosen(hit)` by a click or Enter."""

    chosen = Signal(object)

    def __init__(self, model: FoundModel) -> None:
        super().__init__()
        self.setObjectName("findings")
        self.setModel(model)
        self.setItemDelegate(FoundDelegate(self))
        self.setAccessibleName("查找结果")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def mark(self, row: int) -> None:
        """Mark a line and bring it into sight; -1 marks none."""
        index = self.model().index(row, 0) if row >= 0 else QModelIndex()
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes to the cell."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and isinstance(index.data(ENTRY), Hit):
            self.chosen.emit(index.data(ENTRY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the cell; other keys walk along the list as everywhere."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.chosen.emit(index.data(ENTRY))
        else:
            super().keyPressEvent(event)


def _button(icon: str, text: str, slot: Callable[[], object]) -> QToolButton:
    button = QToolButton(icon=theme.icon(icon), toolTip=tip(text))
    button.setAccessibleName(text)
    button.clicked.connect(slot)
    return button
