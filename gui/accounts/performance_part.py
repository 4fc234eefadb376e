"""Section 十三 of the explanation, as the self-evaluation says it: to read here, to write there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.report.sentence_box import SentenceBox
from gui.session.session import Session
from model.document.answers import ACCOUNTS, CellId
from model.explanation.explanation import Passage
from model.forms.loader import metrics
from model.report.narrative import report_cell
from model.report.prose import Heading, Paragraph
from model.report.report import compose
from model.report.teller import statement_home, statement_teller

NO_PROJECT = "还没有项目自评表；没有自评表的单位可以自己写这一节。"
HERE = "取自自评表里写的“预算绩效情况说明”，在那里改写，这里随之更新。"


class PerformancePart(QWidget):
    """`cell_wanted(key, cell)` goes to where it is written."""

    cell_wanted = Signal(str, str)

    def __init__(self, session: Session, passage: Passage) -> None:
        super().__init__()
        self.own = SentenceBox(session, (ACCOUNTS, passage.sentence.cell), "预算绩效情况")
        self._session = session
        self._lines: tuple[str, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.said = Label(HERE, objectName="quiet", wordWrap=True)
        self.go = QPushButton("去改写", objectName="smallLink", autoDefault=False)
        self.go.setCursor(Qt.CursorShape.PointingHandCursor)
        self.go.clicked.connect(self._go)
        self.box = QFrame(objectName="box")
        self.text = Label(wordWrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner = QVBoxLayout(self.box)
        inner.setContentsMargins(theme.px(18), theme.px(12), theme.px(18), theme.px(12))
        inner.addWidget(self.text)
        for widget in (self.box, self.own, self.said, self.go):
            column.addWidget(widget)

    def show_passage(self, passage: Passage) -> None:
        """Show what is said now; without forms the clerk may write it here."""
        reading = self._session.snapshot.reading
        tells = statement_teller(reading, reading.library) if reading.library else None
        parts = compose(tells, metrics()).parts if tells else ()
        text = "\n".join(part.text for part in parts if isinstance(part, Heading | Paragraph))
        self.box.setVisible(bool(text))
        self.go.setVisible(tells is not None)
        self.said.setText(HERE)
        self.said.setVisible(tells is not None)
        self.own.setVisible(tells is None)
        if tells is None:
            self.own.show_sentence(passage.sentence, NO_PROJECT)
        self.text.setText(text)

    def show_cell(self, cell: CellId) -> QWidget | None:
        """Give the focus to where it is written, if that is here."""
        if cell != self.own.at[1] or self.own.isHidden():
            return None
        self.own.take_focus()
        return self

    def _go(self) -> None:
        reading = self._session.snapshot.reading
        home = statement_home(reading)
        tells = statement_teller(reading, reading.library) if reading.library else None
        if home is not None and tells is not None:
            first = next(part for section in tells.sections() for part in section.parts)
            self.cell_wanted.emit(home.key, report_cell(first))
