"""What stands in an entry of the explanation: a sentence with the texts it waits for, a typed text."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.accounts.chart_view import ChartPart
from gui.accounts.explanation_states import Explanation
from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import TextCell
from gui.report.sentence_box import SentenceBox
from gui.session.accounts_places import called
from gui.session.marks import COUNTED, STATES, in_words
from gui.session.session import Session
from model.document.answers import ACCOUNTS, CellId
from model.explanation.explanation import Passage
from model.explanation.lacking import lacking
from model.explanation.slots import REASONS
from model.explanation.values import Values

_WIDE = 540  # px at 100 %: from there a picture stands beside its sentence
_ANYWHERE = Qt.AlignmentFlag(0)
NOTHING_YET = "填好科目和金额后自动生成。"
NO_SENTENCE = "现在没有可以生成的内容。"
_WANTED = {  # by what a text says: its caption, what is asked for where it is wanted
    "reason": ("主要原因", "两数不同，请写主要原因。"),
    "use": ("主要用途", "请写主要用于什么。"),
    "result": ("主要成效", "请写主要成效。"),
}


class SentencePart(QWidget):
    """A sentence, generated or in the clerk's words, and below it the texts that it waits for.

    `cell_wanted(cell)` goes to what a sentence that is not there yet lacks.
    """

    cell_wanted = Signal(str)

    def __init__(self, session: Session, passage: Passage) -> None:
        super().__init__()
        self._session = session
        is_one_of_many = passage.part.kind in ("classes", "items", "projects")
        address = (ACCOUNTS, passage.sentence.cell)
        self.box = SentenceBox(session, address, "这一句", compact=is_one_of_many)
        self.fields: dict[CellId, ReasonField] = {}
        self.said = Label(wordWrap=True, objectName="warn")
        self.said.hide()
        self.go = QPushButton("去填写", objectName="smallLink", autoDefault=False, visible=False)
        self.go.setCursor(Qt.CursorShape.PointingHandCursor)
        self.go.clicked.connect(lambda: self.cell_wanted.emit(self._lacks[0]))
        self._lacks: tuple[CellId, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.px(12))
        self._row.addWidget(self.box, stretch=1)
        self._column.addLayout(self._row)
        for widget in (self.go, self.said):
            self._column.addWidget(widget)
        self.picture: ChartPart | None = None

    def put_beside(self, picture: ChartPart) -> None:
        """Put a picture to the right of the sentence; below it where there is no room."""
        if picture is not self.picture:
            self.picture = picture
            self._row.addWidget(picture)
            picture.redrawn.connect(self._fit)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture follows the width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.picture is None:
            return
        is_wide = self.width() >= theme.px(_WIDE) and self.picture.fits_beside
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        for widget in (self.box, self.picture):
            self._row.setAlignment(widget, Qt.AlignmentFlag.AlignTop if is_wide else _ANYWHERE)
        self.picture.make_small(is_wide)

    def show_passage(self, passage: Passage, values: Values) -> None:
        """Show the sentence as it is now."""
        self._lacks = lacking(passage, values)
        self.box.show_sentence(passage.sentence, self._in_words(values))
        self.go.setVisible(bool(self._lacks) and not self.box.is_own)
        self._show_fields(passage, values)
        self._show_findings(passage.sentence.cell)

    def _in_words(self, values: Values) -> str:
        if not values.is_filled:
            return NOTHING_YET
        names = "、".join(dict.fromkeys(called(values.accounts, cell) for cell in self._lacks))
        return f"填好{names}后自动生成。" if names else NO_SENTENCE

    def _show_fields(self, passage: Passage, values: Values) -> None:
        wanted = () if passage.sentence.typed else passage.reasons
        for gone in [cell for cell in self.fields if cell not in wanted]:
            field = self.fields.pop(gone)
            field.hide()
            field.deleteLater()
        for n, cell in enumerate(wanted):
            if cell not in self.fields:
                self.fields[cell] = ReasonField(self._session, cell)
                self._column.insertWidget(2 + n, self.fields[cell])
            self.fields[cell].show_hint(cell in passage.wanted, values)

    def _show_findings(self, cell: CellId) -> None:
        """What is found at a generated sentence: one's own words carry the mark themselves."""
        mark = self._session.snapshot.marks.at((ACCOUNTS, cell))
        found = [one for one in mark.findings if one.state in COUNTED and not self.box.is_own]
        self.said.setText("\n".join(f"{STATES[one.state][0]}：{in_words(one)}" for one in found))
        self.said.setVisible(bool(found))

    def show_cell(self, cell: CellId) -> QWidget | None:
        """Give the focus to what a cell is written in."""
        if cell == self.box.at[1]:
            self.box.take_focus()
            return self
        if cell in self.fields:
            self.fields[cell].editor.setFocus()
            return self.fields[cell]
        return None


class ReasonField(QWidget):
    """A text that a sentence holds: why, what for, with which result; amber while it is wanted."""

    def __init__(self, session: Session, cell: CellId) -> None:
        super().__init__()
        self.cell = cell
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(18), 0, 0, 0)
        row.setSpacing(theme.px(10))
        accounts = session.snapshot.reading.accounts
        place = called(accounts, cell) if accounts else ""
        caption = Label(_words(cell)[0], objectName="caption")
        self.editor = _Wanted(session, (ACCOUNTS, cell), place, lines=1)
        caption.setBuddy(self.editor)
        row.addWidget(caption)
        row.addWidget(self.editor, stretch=1)

    def show_hint(self, is_wanted: bool, values: Values) -> None:
        """Show whether the text is wanted, or which other one serves."""
        served = values.reason(REASONS[self.cell]) if REASONS.get(self.cell) else None
        hint = _words(self.cell)[1] if is_wanted else f"不另写时同前：{served}" if served else ""
        if hint != self.editor.placeholderText():
            self.editor.setPlaceholderText(hint)
            self.editor.updateGeometry()
        self.editor.show_wanted(is_wanted)


def _words(cell: CellId) -> tuple[str, str]:
    end = cell.rpartition(".")[2] if cell.rpartition(".")[2].isalpha() else cell.partition(".")[0]
    return next((words for name, words in _WANTED.items() if end.endswith(name)), _WANTED["use"])


class _Wanted(TextCell):
    """A text that is amber while a sentence waits for it."""

    _is_wanted = False

    def show_wanted(self, is_wanted: bool) -> None:
        """Be wanted, or not."""
        if is_wanted != self._is_wanted:
            self._is_wanted = is_wanted
            self.show_mark()

    def show_mark(self) -> None:
        """A finding is shown before the wish."""
        super().show_mark()
        state = self._mark.state or ("warning" if self._is_wanted else "")
        if state != (self.property("state") or ""):
            self._show_icon(state)
            self.setProperty("state", state)
            theme.polish(self)


class TextPart(QWidget):
    """A text that the clerk types, with its caption where no heading says it."""

    def __init__(self, session: Session, cell: CellId, caption: str, is_headed: bool = False) -> None:
        super().__init__()
        self.editor = TextCell(session, (ACCOUNTS, cell), caption, lines=2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        if is_headed:
            label = Label(caption, objectName="caption", wordWrap=True)
            label.setBuddy(self.editor)
            column.addWidget(label)
        column.addWidget(self.editor)

    def show_passage(self, passage: Passage) -> None:
        """Show what is printed while nothing is typed."""
        self.show_default(passage.sentence.generated)

    def show_default(self, text: str) -> None:
        """Show another default."""
        if text != self.editor.placeholderText():
            self.editor.setPlaceholderText(text)
            self.editor.updateGeometry()

    def show_cell(self, cell: CellId) -> QWidget | None:
        """Give the focus to the text, if it is that cell's."""
        if cell != self.editor.address[1]:
            return None
        self.editor.setFocus()
        return self


def summary(passages: Sequence[Passage], explanation: Explanation) -> str:
    """Return in a few words what an entry holds: 3 句，原因同“一”."""
    sentences = sum(bool(one.sentence.text) for one in passages if one.part.kind not in ("chart", "outline"))
    own = sum(bool(one.sentence.typed) for one in passages if one.part.kind != "text")
    served = {
        other for one in passages for cell in one.reasons if (other := _server(cell, explanation.values))
    }
    there = [
        entry.numeral for entry in explanation.entries for one in entry.passages if served & {*one.reasons}
    ]
    parts = [f"{sentences} 句"] * bool(sentences)
    parts += [f"自己写的 {own} 句"] * bool(own)
    parts += [f"原因同“{numeral}”" for numeral in there[:1]]
    return "，".join(parts)


def _server(cell: CellId, values: Values) -> CellId:
    """The reason that serves for one that is not typed, "" where it has its own."""
    while REASONS.get(cell) and not values.accounts.field(cell).strip():
        cell = REASONS[cell]
        if values.accounts.field(cell).strip():
            return cell
    return ""
