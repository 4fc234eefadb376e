"""An entry of the explanation (三、支出决算情况说明): its head, and below it all that stands in it."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.accounts.chart_view import ChartPart
from gui.accounts.entry_parts import SentencePart, TextPart, summary
from gui.accounts.explanation_states import STATES, Explanation, state_of_entry
from gui.base import theme
from gui.base.plain import Label
from gui.session.session import Session
from model.document.answers import CellId
from model.explanation.charts import chart
from model.explanation.contents import Entry
from model.explanation.explanation import Passage
from model.report.chart import Pie

_HEIGHT = 34
_LEVELS = {1: (theme.HEADING, 600), 2: (theme.BODY, 600)}


class FoldBox(QFrame):
    """A head that folds its body; the body is made when it is first unfolded. `unfolded` says that it is."""

    unfolded = Signal()

    def __init__(self, heading: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        self.fold = QToolButton(objectName="fold", checkable=True, text=heading)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._show_head(False)
        self.fold.toggled.connect(self._show_body)
        self.said = Label(objectName="caption")
        self.sign = Label()
        head = QHBoxLayout()
        head.addWidget(self.fold)
        head.addStretch()
        head.addWidget(self.said)
        head.addWidget(self.sign)
        column.addLayout(head)
        self.fold.setMinimumHeight(theme.px(_HEIGHT))
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, theme.px(10))
        self.column.setSpacing(theme.px(8))
        self.body.hide()
        column.addWidget(self.body)

    @property
    def is_open(self) -> bool:
        """Whether its body is in sight."""
        return self.fold.isChecked()

    def open(self) -> None:
        """Unfold it."""
        self.fold.setChecked(True)

    def _show_body(self, is_open: bool) -> None:
        self._show_head(is_open)
        if is_open:
            self.unfolded.emit()
        self.body.setVisible(is_open)

    def _show_head(self, is_open: bool) -> None:
        """A folded entry is one quiet line."""
        self.fold.setIcon(theme.icon("down" if is_open else "right", "accent"))
        self.fold.setFont(theme.font(theme.HEADING, 600) if is_open else theme.font())

    def show_state(self, state: str, said: str) -> None:
        """Show in the head how it stands."""
        icon, colour, meaning = STATES[state]
        if icon:
            self.sign.setPixmap(theme.icon_pixmap(icon, colour))
        else:
            self.sign.setText(meaning)
        self.said.setText(said)
        self.fold.setAccessibleName(f"{self.fold.text()}，{meaning}")


class EntryBox(FoldBox):
    """`cell_wanted(key, cell)` goes to a cell elsewhere."""

    cell_wanted = Signal(str, str)

    def __init__(self, session: Session, entry: Entry) -> None:
        super().__init__(entry.heading)
        self._session = session
        self.entry = entry
        self.parts: dict[str, QWidget] = {}
        self._pies: set[str] = set()  # they stand beside the sentence before them

    def show_entry(self, entry: Entry, explanation: Explanation) -> str:
        """Show the entry as it is now, its body only where it is unfolded; return its state."""
        self.entry = entry
        state = state_of_entry(self._session, entry, explanation.values)
        self.show_state(state, summary(tuple(entry.passages), explanation))
        if self.is_open:
            self._show_parts(explanation)
        return state

    def _show_parts(self, explanation: Explanation) -> None:
        plan = self._plan(explanation)
        if list(self.parts) != [name for name, _, _ in plan]:
            self._arrange(plan)
        for name, _, show in plan:
            show(self.parts[name])

    def _plan(self, explanation: Explanation) -> list["_Planned"]:
        """What stands in the body: its name, how it is made, how it is shown."""
        plan: list[_Planned] = []
        for section in self.entry.sections:
            headings = [one for one in section.section.headings if one != self.entry.heading]
            plan += [(f"heading {one}", partial(_heading, one), _nothing) for one in headings]
            plan += [self._planned(one, explanation) for one in section.passages]
        return plan

    def _planned(self, passage: Passage, explanation: Explanation) -> "_Planned":
        session, values = self._session, explanation.values
        match passage.part.kind:
            case "chart":
                drawn = chart(passage.part, values)
                if isinstance(drawn.figure, Pie):
                    self._pies.add(passage.part.id)
                return passage.part.id, ChartPart, lambda widget: widget.show_chart(drawn)
            case "outline":
                name = passage.sentence.cell
                return name, partial(self._performance, passage), lambda widget: widget.show_passage(passage)
            case "text":
                cell = passage.sentence.cell
                caption = values.accounts.definition.fields[cell].caption
                return (
                    cell,
                    lambda: TextPart(session, cell, caption),
                    lambda widget: widget.show_passage(passage),
                )
        return (
            passage.sentence.cell,
            lambda: self._sentence_part(passage),
            lambda widget: widget.show_passage(passage, values),
        )

    def _sentence_part(self, passage: Passage) -> SentencePart:
        made = SentencePart(self._session, passage)
        made.cell_wanted.connect(lambda cell: self.cell_wanted.emit("a", cell))
        return made

    def _performance(self, passage: Passage) -> QWidget:
        from gui.accounts.performance_part import PerformancePart

        made = PerformancePart(self._session, passage)
        made.cell_wanted.connect(self.cell_wanted)
        return made

    def _arrange(self, plan: Sequence["_Planned"]) -> None:
        """Make what is new, take away what is gone, put all in order, laid out once."""
        before, self.parts = self.parts, {}
        self.body.setUpdatesEnabled(False)
        at, last = 0, None
        for name, make, _ in plan:
            widget = before.pop(name, None) or make()
            self.parts[name] = widget
            if name in self._pies and isinstance(widget, ChartPart) and isinstance(last, SentencePart):
                last.put_beside(widget)
                continue
            if self.column.indexOf(widget) != at:
                self.column.insertWidget(at, widget)
            at, last = at + 1, widget
        for gone in before.values():
            self.column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.body.setUpdatesEnabled(True)

    def knows(self, cell: CellId) -> bool:
        """Whether a cell is written in it."""
        return any(cell in (one.sentence.cell, *one.reasons) for one in self.entry.passages)

    def show_cell(self, cell: CellId) -> QWidget | None:
        """Give the focus to what a cell is written in."""
        writable = (part for part in self.parts.values() if hasattr(part, "show_cell"))
        found = (part.show_cell(cell) for part in writable)
        return next((widget for widget in found if widget is not None), None)

    def take_focus(self) -> None:
        """Be ready to type in the first sentence."""
        first = next(
            (part for part in self.parts.values() if isinstance(part, SentencePart | TextPart)), None
        )
        if isinstance(first, SentencePart):
            first.box.take_focus()
        elif first is not None:
            first.editor.setFocus()
        else:
            self.fold.setFocus()


_Planned = tuple[str, Callable[[], QWidget], Callable[..., None]]


def _heading(text: str) -> Label:
    label = Label(text, wordWrap=True)
    label.setFont(theme.font(*_LEVELS[2 if text[:1] in "（(" else 1]))
    return label


def _nothing(widget: QWidget) -> None:
    """A heading stays as it is."""
