"""The sentences of the indicators of a block, one below the other, folded away until they are wanted."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.report.report_words import ROW_LACKS
from gui.report.sentence_box import SentenceBox
from gui.session.session import Session
from model.document.answers import CellId, FormKey
from model.forms.outline import ReportPart
from model.report.narrative import Sentence
from model.report.teller import Teller

_FEW = 6  # sentences that need no folding


class SentenceGroup(QWidget):
    """Head with the count, and below it a box a row, made when the group is first unfolded."""

    def __init__(self, session: Session, key: FormKey, part: ReportPart) -> None:
        super().__init__()
        self._session, self._key, self._part = session, key, part
        self._sentences: list[Sentence] = []
        self.boxes: dict[CellId, SentenceBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.fold = QToolButton(objectName="fold", checkable=True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.toggled.connect(self._show_rows)
        self._is_new = True
        self.stale = Label(objectName="warn")
        head = QHBoxLayout()
        head.addWidget(self.fold)
        head.addWidget(self.stale)
        head.addStretch()
        column.addLayout(head)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._body.hide()
        column.addWidget(self._body)

    def show_teller(self, tells: Teller) -> None:
        """Show the sentences as the form is now."""
        self._sentences = list(tells.indicators(self._part))
        if self._is_new:
            self._is_new = False
            self.fold.setChecked(0 < len(self._sentences) <= _FEW)
        own = sum(bool(found.typed) for found in self._sentences)
        stale = sum(found.is_stale for found in self._sentences)
        text = f"{self._part.caption} {len(self._sentences)} 句" + (f"，自己写的 {own} 句" if own else "")
        if text != self.fold.text():
            self.fold.setText(text)
        self.stale.setText(f"{stale} 句的数据已变" if stale else "")
        self._show_rows()

    def _show_rows(self) -> None:
        is_open = self.fold.isChecked()
        self.fold.setIcon(theme.icon("down" if is_open else "right", "accent"))
        if is_open and [found.cell for found in self._sentences] != list(self.boxes):
            self._body.hide()  # hundreds of boxes are laid out once, not one by one
            self._arrange()
        for found in self._sentences if is_open else ():
            self.boxes[found.cell].show_sentence(found, ROW_LACKS)
        self._body.setVisible(is_open)

    def _arrange(self) -> None:
        """Make boxes for new rows, take away those of rows that are gone, put all in their order."""
        before = self.boxes
        self.boxes = {}
        for n, found in enumerate(self._sentences):
            box = before.pop(found.cell, None)
            if box is None:
                name = f"{self._part.caption} 第 {n + 1} 句"
                box = SentenceBox(self._session, (self._key, found.cell), name, compact=True)
            self.boxes[found.cell] = box
            if self._column.indexOf(box) != n:
                self._column.insertWidget(n, box)
        for gone in before.values():
            self._column.removeWidget(gone)
            gone.deleteLater()

    def box_of(self, cell: CellId) -> SentenceBox | None:
        """Return the box of a sentence, unfolded; None where it is not one of this group."""
        if cell not in [found.cell for found in self._sentences]:
            return None
        self.fold.setChecked(True)
        return self.boxes[cell]
