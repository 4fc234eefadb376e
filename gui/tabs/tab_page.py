"""The page of a tab: the blocks of the form that belong to it, one below the other, with their editors."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import to_middle
from gui.base.plain import Label
from gui.editors.cells import ChoiceCell, LineCell, TextCell, editors_below, refresh_below
from gui.report.report_tabs import has_texts
from gui.session.places import BASICS, CONCLUSION, PROBLEMS
from gui.session.session import Session
from gui.tabs.conclusion import Conclusion
from gui.tabs.funds_panel import FundsPanel
from gui.tabs.reasons_panel import ReasonsPanel
from model.document.answers import CellId, FormKey
from model.document.document import Change
from model.forms.definition import (
    SHARE,
    TABS,
    CellRow,
    Field,
    FieldsBlock,
    FormDefinition,
    FundsBlock,
    NotesBlock,
    RowsBlock,
)
from model.forms.toml_table import names_in
from model.reading.reading import field_name

if TYPE_CHECKING:
    from gui.handin.evidence_panel import EvidencePanel
    from gui.report.report_panel import ReportPanel
    from gui.tables.rows_view import RowsPanel

EVIDENCE = TABS[-1]
NOTHING = "本表样没有这一部分。"


class Page(QScrollArea):
    """One tab of one form; built when it is first shown.

    `how_wanted(cell)` asks how a figure came about, `cell_entered(cell)` says where the cursor of a table
    stands, `cell_wanted(key, cell)` goes to a cell elsewhere.
    """

    how_wanted = Signal(str)
    cell_entered = Signal(str)
    cell_wanted = Signal(str, str)

    def __init__(self, session: Session, key: FormKey, tab: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.session, self.key, self.tab = session, key, tab
        self.setAccessibleName(tab)
        self.report: ReportPanel | None = None
        self.evidence: EvidencePanel | None = None
        self._row_tables: list[RowsPanel] = []
        body = QWidget(objectName="page")
        self._column = QVBoxLayout(body)
        margin = theme.px(28)
        self._column.setContentsMargins(margin, theme.px(20), margin, theme.px(28))
        self._column.setSpacing(theme.px(16))
        self._build()
        self._column.addStretch()
        self.setWidget(body)

    def _build(self) -> None:
        definition = self.session.form(self.key).definition
        has_report = has_texts(self.session, self.key, self.tab)
        parts = list(self._parts(definition))
        if self.tab == EVIDENCE and definition.is_scored:
            parts.append(self._evidence())
        for part in parts:
            self._column.addWidget(part)
        if has_report:
            self._add_report(is_first=not parts)
        if self.tab == CONCLUSION and definition.is_scored:
            self._add_conclusion(is_brief=has_report)
        if not self._column.count():
            self._column.addWidget(Label(NOTHING, objectName="quiet"))

    def _evidence(self) -> QWidget:
        from gui.handin.evidence_panel import EvidencePanel

        self.evidence = EvidencePanel(self.session, self.key)
        return self.evidence

    def _add_report(self, is_first: bool) -> None:
        from gui.report.report_panel import ReportPanel

        self.report = ReportPanel(self.session, self.key, self.tab)
        if is_first:  # nothing stands above
            self.report.parts[0].rule.hide()
        else:
            self._column.addSpacing(theme.px(8))
        self.report.cell_wanted.connect(self.cell_wanted)
        self.report.cell_entered.connect(self.cell_entered)
        self._column.addWidget(self.report)

    def _add_conclusion(self, is_brief: bool) -> None:
        if is_brief:
            self._column.addWidget(QFrame(objectName="rule"))
        conclusion = Conclusion(self.session, self.key, is_brief)
        conclusion.how_wanted.connect(self.how_wanted)
        self._column.addWidget(conclusion)

    def _parts(self, definition: FormDefinition) -> Iterable[QWidget]:
        for money in definition.money_blocks:
            if money.tab == self.tab and not money.has(SHARE):
                yield FundsPanel(self.session, self.key, money)
        if rows := rows_of(definition, self.tab):
            yield FieldsPanel(self.session, self.key, rows)
        yield from self._tables(definition)
        if self.tab == PROBLEMS and definition.is_scored:
            yield ReasonsPanel(self.session, self.key)
        for block in definition.blocks:
            if isinstance(block, NotesBlock) and self.tab == BASICS:
                yield _notes(block)

    def _tables(self, definition: FormDefinition) -> Iterable[QWidget]:
        for block in definition.blocks:
            if block.tab != self.tab:
                continue
            if isinstance(block, FundsBlock) and block.has(SHARE):
                from gui.tabs.shares_panel import SharesPanel

                yield SharesPanel(self.session, self.key, block)
            elif isinstance(block, RowsBlock):
                from gui.tables.rows_view import RowsPanel

                panel = RowsPanel(self.session, self.key, block)
                panel.view.cell_entered.connect(self.cell_entered)
                self._row_tables.append(panel)
                yield panel

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let tables follow the document, and editors while they are in sight."""
        if self.key not in self.session.snapshot.forms:
            return
        for table in self._row_tables:
            table.model.document_changed(change, by)
        if self.evidence is not None:
            self.evidence.refresh()
        if self.report is not None:
            self.report.document_changed(change, by)
        if self.isVisible():
            refresh_below(self.widget(), by)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the page was hidden is shown now."""
        super().showEvent(event)
        if self.key in self.session.snapshot.forms:
            refresh_below(self.widget(), None)

    def subject(self) -> CellId:
        """Return the cell that the pane speaks of when one comes here: the execution rate, else the total."""
        definition = self.session.form(self.key).definition
        block = definition.funds
        return block.rows[0].cell("rate") if block is not None and self.tab == block.tab else "total"

    def take_focus(self) -> None:
        """Be ready to type where the clerk was on this page, at first in its first field."""
        before = self.focusWidget()  # the page itself where Qt has put the focus there
        (before if before not in (None, self) else self._first_stop() or self).setFocus()

    def _first_stop(self) -> QWidget | None:
        """The first widget of the page at which Tab stops.

        nextInFocusChain() is no way to find it: to PySide what it returns belongs to the widget it was asked
        of, and goes with that, in the end the whole window.
        """
        return next(filter(self._is_stop, self.widget().findChildren(QWidget)), None)

    def _is_stop(self, widget: QWidget) -> bool:
        stops = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled()
        return stops and widget.isVisibleTo(self)

    def show_cell(self, cell: str) -> bool:
        """Give the focus to the editor of a cell, or to what comes nearest; return whether there is any."""
        if self.report is not None and (found := self.report.show_cell((self.key, cell))) is not None:
            to_middle(self, found)
            return True
        for table in self._row_tables:
            if table.view.show_cell(cell):
                to_middle(self, table.view)
                return True
        editor = self._editor_of(cell)
        if editor is None:
            self.verticalScrollBar().setValue(0)
            return False
        editor.setFocus()
        to_middle(self, editor)
        return True

    def _editor_of(self, cell: str) -> QWidget | None:
        """Return the editor of a cell, else one of its row, else the first of the page."""
        found = editors_below(self.widget())
        editors = {cell: w for (key, cell), w in found if key == self.key and w.isVisibleTo(self)}
        row = cell.rpartition(".")[0]
        of_row = [w for name, w in editors.items() if row and name.startswith(f"{row}.")]
        return editors.get(cell) or next(iter((*of_row, *editors.values())), None)


class FieldsPanel(QWidget):
    """Rows of fields as on paper: up to two beside each other, long texts below their captions."""

    def __init__(self, session: Session, key: FormKey, rows: Sequence[Sequence[Field | str]]) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(12))
        in_pairs = any(len(row) > 1 for row in rows)
        for column, stretch in enumerate((0, 1, 0, 1) if in_pairs else (0, 1)):
            self._grid.setColumnStretch(column, stretch)
        for row in rows:
            self._add_row(row, in_pairs)

    def _add_row(self, row: Sequence[Field | str], in_pairs: bool) -> None:
        at = self._grid.rowCount()
        for n, item in enumerate(row):
            alone = len(row) == 1
            span = 3 if alone and in_pairs else 1
            if isinstance(item, str):
                self._grid.addWidget(Label(item, objectName="caption"), at, 2 * n, 1, 2)
            elif item.kind == "long":
                self._add_long(at, 2 * n, -1 if alone else 2, item)
            else:
                self._add_field(at, 2 * n, span, item)

    def _add_long(self, at: int, column: int, span: int, field: Field) -> None:
        caption = Label(field.caption)
        text = TextCell(self._session, (self._key, field.id), field.caption, lines=5 if span < 0 else 3)
        caption.setBuddy(text)
        self._grid.addWidget(caption, at, column, 1, span)
        self._grid.addWidget(text, at + 1, column, 1, span, Qt.AlignmentFlag.AlignTop)

    def _add_field(self, at: int, column: int, span: int, field: Field) -> None:
        name = field_name(field)
        caption = Label(name + (f"（{field.suffix}）" if field.suffix else ""))
        caption.setMinimumHeight(theme.px(36))
        address = (self._key, field.id)
        editor: QWidget
        if field.kind == "choice":
            editor = ChoiceCell(self._session, address, field)
        else:
            editor = LineCell(self._session, address, name, number=field.kind == "money")
            editor.setMaximumWidth(theme.px(_WIDTHS.get(field.kind, 560)))
            caption.setBuddy(editor)
        self._grid.addWidget(caption, at, column)
        line = QHBoxLayout()  # a column is as wide as there is room, an editor as its content may need
        line.addWidget(editor, stretch=1)
        if field.kind == "date" and isinstance(editor, LineCell):
            from gui.editors.date_picker import DatePicker  # with the first date that is shown

            line.addWidget(DatePicker(editor))
        line.addStretch()
        self._grid.addLayout(line, at, column + 1, 1, span)


_WIDTHS = {"money": 220, "date": 220}


def rows_of(definition: FormDefinition, tab: str) -> list[list[Field | str]]:
    """Return the rows of fields of a tab in the order of paper, at most two fields a row."""
    found: list[list[Field | str]] = []
    for block in definition.blocks:
        if block.tab == tab:
            rows = block.rows if isinstance(block, FieldsBlock) else ()
            rows = block.more if isinstance(block, FundsBlock) else rows
            for row in rows:
                found += _in_pairs(_items(definition, row))
    return found


def _items(definition: FormDefinition, row: CellRow) -> list[Field | str]:
    """Return what can be typed in a printed row, and its headings where it has nothing else."""
    fields: list[Field | str] = [
        definition.fields[name]
        for cell in row
        for name in (*cell.inline, cell.field, *names_in(cell.pattern))
        if name
    ]
    is_total = any(cell.computed for cell in row)
    return fields or ([] if is_total else [cell.text for cell in row if cell.text])


def _in_pairs(items: list[Field | str]) -> list[list[Field | str]]:
    return [items[n : n + 2] for n in range(0, len(items), 2)]


def _notes(block: NotesBlock) -> QWidget:
    text = "\n".join(line for line in (block.title, *block.lines) if line)
    label = Label(text, objectName="caption")
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
