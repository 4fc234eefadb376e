"""The tab 情况说明: the index of its entries, and beside it all of them, folded where nothing is open."""

from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.accounts.entry_box import EntryBox, FoldBox
from gui.accounts.explanation_index import ExplanationIndex, Line
from gui.accounts.explanation_states import OPEN, Explanation, explanation_of
from gui.accounts.narrative_bar import NarrativeBar
from gui.accounts.other_boxes import TERMS, WORKS, TermsBox, WorksBox
from gui.base import theme
from gui.base.parts import ChoiceBox, to_middle
from gui.base.plain import Label
from gui.editors.cells import refresh_below
from gui.report.sentence_box import SentenceBox
from gui.session.accounts_places import ACCOUNTS_TABS, TEXTS
from gui.session.session import Session
from model.document.answers import ACCOUNTS, CellId
from model.document.document import Change

SOON_MS = 50  # after a key; while keys come faster the sentences wait
NO_OUTLINE = "这种决算表样没有情况说明的文本。"
EXPLANATION_KEYS = (  # what the overview of keys says of them
    ("Alt+PgUp / Alt+PgDown", "上一节 / 下一节"),
    ("Ctrl+Shift+E", "全部展开，再按一次全部收起"),
    ("Alt+Enter", "自己写的句子里只换成新的数字"),
)
_INDEX, _NARROW = 176, 640  # px at 100 %


class ExplanationPage(QWidget):
    """`cell_wanted(key, cell)` goes to a cell elsewhere, `cell_entered(key, cell)` names that of a table.

    What is typed elsewhere is shown 50 ms later, and only while the page is in sight; what is undone at once.
    """

    cell_wanted = Signal(str, str)
    cell_entered = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("page")
        self._session = session
        self.boxes: dict[str, FoldBox] = {}
        self._is_new = True
        self.index, self.choice = ExplanationIndex(), ChoiceBox()
        self.choice.setAccessibleName("情况说明目录")
        self.narrative = NarrativeBar(session)
        self._lay_out()
        self.index.chosen.connect(self.go_to)
        self.choice.activated.connect(lambda n: self.go_to(self.index.lines[n].id))
        self.area.verticalScrollBar().valueChanged.connect(self._follow_scroll)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.show_now)
        for key, slot in (
            ("Alt+PgUp", lambda: self.step(-1)),
            ("Alt+PgDown", lambda: self.step(1)),
            ("Ctrl+Shift+E", self.unfold_all),
            ("Alt+Return", self.take_new_figures),
            ("Alt+Enter", self.take_new_figures),
        ):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _lay_out(self) -> None:
        self.index.setFixedWidth(theme.px(_INDEX))
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(ACCOUNTS_TABS[TEXTS])
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget(objectName="page")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(theme.px(16), theme.px(10), theme.px(20), theme.px(24))
        self._column.setSpacing(theme.px(2))
        self.lacking = Label(NO_OUTLINE, objectName="quiet", wordWrap=True)
        self.lacking.hide()
        self._column.addWidget(self.lacking)
        self._column.addStretch()
        self.area.setWidget(body)
        right = QVBoxLayout()
        right.setSpacing(0)
        for widget in (self.narrative, self.choice, self.area):
            right.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.index)
        row.addLayout(right)

    # --- what is shown

    def show_now(self) -> None:
        """Show what follows from the document as it is now."""
        self._soon.stop()
        found = explanation_of(self._session) if ACCOUNTS in self._session.answers.forms else None
        self.lacking.setVisible(found is None)
        if found is None:
            return
        self._arrange(found)
        states = {name: self._show_box(name, found) for name in self.boxes}
        if self._is_new:
            self._is_new = False
            self._unfold_open(states)
        self.index.show_lines(tuple(self._line(name, states[name]) for name in self.boxes))
        self._fill_choice()
        self.narrative.show_now()

    def _show_box(self, name: str, found: Explanation) -> str:
        box = self.boxes[name]
        if isinstance(box, EntryBox):
            return box.show_entry(next(one for one in found.entries if one.id == name), found)
        assert isinstance(box, WorksBox | TermsBox)
        return box.show_explanation(found)

    def _unfold_open(self, states: dict[str, str]) -> None:
        """What is open unfolds at first, and what one comes upon first."""
        for n, (name, state) in enumerate(states.items()):
            if n == 0 or (state in OPEN and isinstance(self.boxes[name], EntryBox)):
                self.boxes[name].open()

    def _line(self, name: str, state: str) -> Line:
        box = self.boxes[name]
        if isinstance(box, EntryBox):
            return Line(name, box.entry.numeral, box.entry.short, state)
        return Line(name, "", name, state)

    def _arrange(self, found: Explanation) -> None:
        """The boxes of the entries, then those behind them; another edition has other ones."""
        wanted = [*(entry.id for entry in found.entries), WORKS, TERMS]
        if list(self.boxes) == wanted:
            return
        before, self.boxes = self.boxes, {}
        entries = {entry.id: entry for entry in found.entries}
        for n, name in enumerate(wanted):
            box = before.pop(name, None)
            if box is None:
                box = self._made(name) if name not in entries else EntryBox(self._session, entries[name])
                box.unfolded.connect(self.show_now)
                if isinstance(box, EntryBox):
                    box.cell_wanted.connect(self.cell_wanted)
            self.boxes[name] = box
            self._column.insertWidget(n, box)
        for gone in before.values():
            gone.hide()
            gone.deleteLater()

    def _made(self, name: str) -> FoldBox:
        if name == TERMS:
            return TermsBox(self._session)
        works = WorksBox(self._session)
        works.cell_entered.connect(self.cell_entered)
        return works

    def _fill_choice(self) -> None:
        names = [f"{line.numeral}　{line.name}".strip() for line in self.index.lines]
        if names != [self.choice.itemText(n) for n in range(self.choice.count())]:
            self.choice.clear()
            self.choice.addItems(names)
        self.choice.setCurrentIndex(self.index.currentRow())

    # --- going about

    def go_to(self, name: str) -> None:
        """Unfold an entry and bring its head to the top."""
        box = self.boxes[name]
        box.open()
        QApplication.sendPostedEvents(None, 0)
        self.area.widget().adjustSize()
        self.area.verticalScrollBar().setValue(box.y())
        self.index.mark(name)
        self.choice.setCurrentIndex(self.index.currentRow())

    def step(self, by: int) -> None:
        """Go to the next entry (1) or the one before (-1)."""
        self.index.step(by)

    def unfold_all(self) -> None:
        """Unfold every entry; where all are, fold them."""
        is_all = all(box.is_open for box in self.boxes.values())
        for box in self.boxes.values():
            box.fold.setChecked(not is_all)

    def take_new_figures(self) -> None:
        """In the sentence with the cursor, take the figures of now."""
        widget = QApplication.focusWidget()
        while widget is not None and not isinstance(widget, SentenceBox):
            widget = widget.parentWidget()
        if widget is not None and widget.own is not None and widget.stale.isVisible():
            widget.stale.take.click()

    def _follow_scroll(self, at: int) -> None:
        """The index shows which entry is at the top."""
        above = [name for name, box in self.boxes.items() if box.y() <= at + theme.px(40)]
        if above:
            self.index.mark(above[-1])
            self.choice.setCurrentIndex(self.index.currentRow())

    def show_cell(self, cell: CellId) -> bool:
        """Go to what a cell is written in; return whether it is written here."""
        self.show_now()
        for box in self.boxes.values():
            if isinstance(box, EntryBox):
                if not box.knows(cell):
                    continue
                box.open()
                found = box.show_cell(cell)
            else:
                assert isinstance(box, WorksBox | TermsBox)
                found = self._in_other(box, cell)
            if found is not None:
                QApplication.sendPostedEvents(None, 0)
                to_middle(self.area, found)
                QTimer.singleShot(0, found, partial(to_middle, self.area, found))
                return True
        return False

    def _in_other(self, box: WorksBox | TermsBox, cell: CellId) -> QWidget | None:
        was_open = box.is_open
        box.open()
        found = box.show_cell((ACCOUNTS, cell))
        if found is None and not was_open:
            box.fold.setChecked(False)
        return found

    def take_focus(self) -> None:
        """Be ready to go through the index, else to type where one was."""
        if self.isAncestorOf(self.focusWidget() or self):
            return
        (self.index if self.index.isVisible() else self.choice).setFocus()

    # --- as every page

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Follow the document while the page is in sight."""
        works = self.boxes.get(WORKS)
        if isinstance(works, WorksBox) and works.table is not None:
            works.table.model.document_changed(change, by)
        if not self.isVisible():
            return
        for kind in (QPlainTextEdit, QLineEdit):
            refresh_below(self.area.widget(), by, kind)
        if by is None:
            self.show_now()
        else:
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden is shown now."""
        super().showEvent(event)
        if ACCOUNTS in self._session.answers.forms:
            refresh_below(self.area.widget(), None)
        self.show_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the index is a drop-down over the text."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < theme.px(_NARROW)
        self.index.setVisible(not is_narrow)
        self.choice.setVisible(is_narrow)
