"""The face 填写说明 of the pane: how to fill in the cell under the cursor, with an example and its source."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.pane.how_parts import Face, say, scrolling
from gui.pane.legend import Legend
from gui.session.session import Session
from model.document.answers import ACCOUNTS, Address, CellId, FormKey
from model.filling import guidance
from model.forms.advice import Advice
from model.reading.origin import source_of
from model.reading.reading import Form
from model.report.captions import place_of

SETTLE_MS = 300  # the cursor rests so long in a cell before its text is shown
NO_CELL = "把光标放到要填的格里，这里就有它的填写说明。"


class HelpFace(QWidget):
    """Follows the cursor; what it says is read when it is first in sight."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.at: Address = ("", "")
        self._shown = self.at
        self.text = _Text()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(self.text, "填写说明")
        column.addWidget(self._area)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self.refresh)

    def follow(self, key: FormKey, cell: CellId) -> None:
        """Show what belongs to a cell, once the cursor rests there."""
        if (key, cell) != self.at:
            self.at = key, cell
            self._wait()

    def document_changed(self) -> None:
        """Show it when keys rest."""
        self._wait()

    def _wait(self) -> None:
        if self.isVisible():
            self._soon.start()

    def refresh(self) -> None:
        """Show what belongs to the cell under the cursor now, if it can be seen."""
        self._soon.stop()
        key, cell = self.at
        form = self._session.snapshot.forms.get(key)
        if self.isVisible() and key == ACCOUNTS:
            self._show_accounts(cell)
        elif self.isVisible():
            found = guidance.advice(self._session.library, form, cell) if form and cell else None
            place = place_of(form, self._session.library, cell) if form and found else ""
            self.text.show_cell(form if found else None, cell, found, place)
            self._shown_now()

    def _show_accounts(self, cell: CellId) -> None:
        """The final accounts are no form: their texts are found by the kind of a cell."""
        from gui.session.accounts_places import accounts_place  # late: most documents have no accounts
        from model.filling.accounts_guidance import advice_of_accounts

        reading = self._session.snapshot.reading
        found = None
        if reading.accounts is not None and cell:
            found = advice_of_accounts(self._session.library, reading.accounts, cell)
        self.text.show_advice(found, accounts_place(reading, cell) if found else "")
        self._shown_now()

    def _shown_now(self) -> None:
        key, cell = self.at
        self.text.file.say(source_of(self._session.answers.forms.get(key), cell))
        self._area.setAccessibleDescription(self.text.in_words())
        if self.at != self._shown:
            self._shown = self.at
            self._area.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the face was hidden is shown now."""
        super().showEvent(event)
        self.refresh()


class _Text(Face):
    """Name and place of a cell, then a heading with a text for each part that there is; the legend."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.place = self.add("heading"), self.add("caption")
        self.how, self.example = _Part("怎么填"), _Part("例")
        self.mistakes, self.last = _Lines("常见错误"), _Part("上年同项")
        self.source, self.note = _Part("依据", "caption"), _Note()
        self.file = _Part("来源")
        self._parts = (self.how, self.example, self.mistakes, self.last, self.file, self.source)
        for part in (*self._parts, self.note):
            self.column.addWidget(part)
        self.column.addStretch()
        self.column.addWidget(Legend())

    def show_cell(self, form: Form | None, cell: CellId, found: Advice | None, place: str) -> None:
        """Show another cell; without a form, that the cursor stands in none."""
        if form is None or found is None:
            self.show_advice(None, place, guidance.last_year(form, cell) if form else "")
            return
        whole = found._replace(how=guidance.how(form, found), source=guidance.source(form, found))
        self.show_advice(whole, place, guidance.last_year(form, cell), guidance.note(form, found))

    def show_advice(self, found: Advice | None, place: str, last: str = "", note: str = "") -> None:
        """Show what is said of a cell, all names in it filled in."""
        before, _, name = place.rpartition(" · ")
        say(self.name, name or "填写说明")
        say(self.place, before)
        self.how.say(found.how if found else NO_CELL)
        self.example.say(found.example if found else "")
        self.mistakes.say("\n".join(found.mistakes) if found else "")
        self.source.say(found.source if found else "")
        self.last.say(last)
        self.note.say(note)

    def in_words(self) -> str:
        """All of it for screen readers."""
        parts = [part.in_words() for part in self._parts if not part.isHidden()]
        return "\n".join((self.name.text(), *parts, *([self.note.text.text()] * (not self.note.isHidden()))))


class _Part(QWidget):
    """A heading with its text below; without a text it is not there."""

    def __init__(self, heading: str, name: str = "") -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(2))
        self.heading, self.text = Label(heading, objectName="caption"), _readable(name)
        self.heading.setFont(theme.font(theme.CAPTION, 600))
        self.column.addWidget(self.heading)
        self.column.addWidget(self.text)

    def say(self, text: str) -> None:
        """Show another text."""
        say(self.text, text, keep=True)
        self.setVisible(bool(text))

    def in_words(self) -> str:
        """Heading and text."""
        return f"{self.heading.text()}：{self.text.text()}"


class _Lines(_Part):
    """A heading with lines below, each behind a dot; the label of `_Part` keeps them for screen readers."""

    def __init__(self, heading: str) -> None:
        super().__init__(heading)
        self.text.hide()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(2))
        self._grid.setColumnStretch(1, 1)
        self.column.addLayout(self._grid)
        self.lines: list[tuple[QLabel, QLabel]] = []

    def say(self, text: str) -> None:
        """Show other lines."""
        lines = text.splitlines()
        while len(self.lines) < len(lines):
            pair = Label("·", objectName="quiet"), _readable()
            for n, label in enumerate(pair):
                self._grid.addWidget(label, len(self.lines), n, Qt.AlignmentFlag.AlignTop)
            self.lines.append(pair)
        for n, (dot, label) in enumerate(self.lines):
            dot.setVisible(n < len(lines))
            say(label, lines[n] if n < len(lines) else "")
        say(self.text, text, keep=True)
        self.setVisible(bool(text))


class _Note(QFrame):
    """A printed footnote, word for word, in a box of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("box")
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        self.text = _readable("caption")
        column.addWidget(self.text)

    def say(self, text: str) -> None:
        """Show another footnote."""
        say(self.text, f"表后备注：“{text}”" if text else "", keep=True)
        self.setVisible(bool(text))


def _readable(name: str = "") -> QLabel:
    label = Label(objectName=name, wordWrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
