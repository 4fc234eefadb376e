"""What stands behind the explanation: 重点工作, and 名词解释 with the telephone number below it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.accounts.entry_box import FoldBox
from gui.accounts.entry_parts import TextPart
from gui.accounts.explanation_states import Explanation, state_of_terms
from gui.base import theme
from gui.base.plain import Label
from gui.editors.cells import LineCell, editors_below
from gui.report.report_panel import rows_block
from gui.report.report_parts import TextPart as ReportTextPart
from gui.session.session import Session
from gui.tables.rows_view import RowsPanel
from model.document.answers import ACCOUNTS, Address, CellId, FormKey
from model.explanation.glossary import Explained
from model.explanation.works import NOTE, OWN, ROWS, home_of_works
from model.forms.outline import ReportTable
from model.report.narrative import report_cell

WORKS, TERMS = "重点工作", "名词解释"
HINT = "简要概述当年上级布置的和本单位确定的重点工作。"
NO_TEXT = "这个科目还没有说明，请填写。"
_LINE = 220


class WorksBox(FoldBox):
    """A text and a table: those of the department's report where it has them. `cell_entered(key, cell)`
    says where the cursor of the table stands."""

    cell_entered = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__(WORKS)
        self._session = session
        self.key: FormKey | None = None  # where it is written; None before it is unfolded
        self.note: ReportTextPart | TextPart | None = None
        self.table: RowsPanel | None = None

    def show_explanation(self, explanation: Explanation) -> str:
        """Show it as it is now; return its state."""
        home = home_of_works(self._session.snapshot.reading)
        key = home.teller.form.key if home else ACCOUNTS
        answers = self._session.answers.forms[key]
        note = answers.text(f"report.{NOTE}" if home else NOTE).strip()
        rows = len(answers.rows.get(ROWS, ()))
        state = "ok" if note or rows else "gap"
        self.show_state(state, f"{rows} 项" if rows else "")
        if self.is_open and key != self.key:
            self._make(key)
        return state

    def _make(self, key: FormKey) -> None:
        self.key = key
        while item := self.column.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.note = self.table = None
        home = home_of_works(self._session.snapshot.reading)
        if home is None:
            self.note = TextPart(self._session, NOTE, "重点工作概述", is_headed=True)
            self.note.show_default(HINT)
            self.column.addWidget(self.note)
            self._add_table(OWN, OWN.title.format(year=self._session.answers.year))
        for part in home.parts if home else ():
            if part.id == NOTE and home:
                self.note = ReportTextPart(self._session, (key, report_cell(part)), part, has_caption=True)
                self.note.show_teller(home.teller)
                self.column.addWidget(self.note)
            elif home:
                table = home.teller.outline.table(part.table)
                self._add_table(table, home.teller.form.filled(table.title))

    def _add_table(self, table: ReportTable, title: str) -> None:
        assert self.key is not None
        self.table = RowsPanel(self._session, self.key, rows_block(table, "", title))
        key = self.key
        self.table.view.cell_entered.connect(lambda cell: self.cell_entered.emit(key, cell))
        self.column.addWidget(self.table)

    def show_cell(self, address: Address) -> QWidget | None:
        """Give the focus to what a cell is written in."""
        if self.table is not None and address[0] == self.key and self.table.view.show_cell(address[1]):
            return self.table
        if self.note is not None and address == self.note.editor.address:
            self.note.editor.setFocus()
            return self.note
        return None


class TermsBox(FoldBox):
    """The terms of the level; a subject's explanation is typed once and kept."""

    def __init__(self, session: Session) -> None:
        super().__init__(TERMS)
        self._session = session
        self.fields: dict[CellId, TextPart] = {}
        self._lines: list[QWidget] = []
        self._shown: list[tuple[str, str]] = []
        self.level: LineCell | None = None
        self.phone: LineCell | None = None

    def show_explanation(self, explanation: Explanation) -> str:
        """Show the terms as they are now; return their state."""
        subjects = [one for one in explanation.terms if one.cell]
        empty = sum(not one.text for one in subjects)
        state = state_of_terms(self._session, explanation.terms)
        self.show_state(state, f"{len(subjects)} 个科目" + (f"，{empty} 个待写" if empty else ""))
        if self.is_open:
            self._show_terms(explanation)
        return state

    def _show_terms(self, explanation: Explanation) -> None:
        if self.level is None:
            self.level = self._line("level", explanation)
            self.phone = self._line("phone", explanation)
        shown = [(one.cell, "" if one.cell else one.line) for one in explanation.terms]
        if shown != self._shown:
            self._shown = shown
            self._arrange(explanation.terms)
        for one in explanation.terms:
            if one.cell:
                self.fields[one.cell].show_default(self._default(explanation, one))

    def _default(self, explanation: Explanation, one: Explained) -> str:
        code = one.cell.partition(".")[2]
        return explanation.values.outline.explanations.get(code, "") or NO_TEXT

    def _arrange(self, terms: tuple[Explained, ...]) -> None:
        """Lines that are fixed, fields of the subjects in their place."""
        before, self.fields = self.fields, {}
        for line in self._lines:
            self.column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        for n, one in enumerate(terms):
            if one.cell:
                name = f"{one.number}{one.name}"
                field = before.pop(one.cell, None) or TextPart(self._session, one.cell, name, is_headed=True)
                self.fields[one.cell] = field
                widget: QWidget = field
            else:
                widget = Label(one.line, objectName="quiet", wordWrap=True)
                self._lines.append(widget)
            self.column.insertWidget(n + 1, widget)  # below the line of the level
        for gone in before.values():
            self.column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()

    def _line(self, cell: CellId, explanation: Explanation) -> LineCell | None:
        field = explanation.values.accounts.definition.fields.get(cell)
        if field is None:
            return None
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        editor = LineCell(self._session, (ACCOUNTS, cell), field.caption)
        editor.setPlaceholderText(field.default)
        editor.setFixedWidth(theme.px(_LINE))
        caption = Label(field.caption)
        caption.setBuddy(editor)
        row.addWidget(caption)
        row.addWidget(editor)
        row.addStretch()
        self.column.addWidget(line)
        return editor

    def show_cell(self, address: Address) -> QWidget | None:
        """Give the focus to what a cell is written in."""
        for at, editor in editors_below(self.body):
            if at == address:
                editor.setFocus()
                return editor
        return None
