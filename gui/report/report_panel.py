"""The texts of a report that belong to a tab: sections with their numbers, and what is written in each."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.base.qt import children_of
from gui.base.tick_box import TickBox
from gui.editors.cells import address_of, refresh_below
from gui.report.outturn_grid import OutturnGrid
from gui.report.report_parts import BarsPart, FieldPart, ProjectsPart, TextPart, ValuePart
from gui.report.report_tabs import outlines_of
from gui.report.report_words import lacks
from gui.report.sentence_box import SentenceBox
from gui.report.sentence_group import SentenceGroup
from gui.session.places import CONCLUSION
from gui.session.session import Session
from model.document.answers import Address, FormKey
from model.document.document import Change
from model.forms.columns import Column
from model.forms.definition import RowsBlock
from model.forms.outline import Option, Outline, ReportPart, ReportSection, ReportTable
from model.report.narrative import report_cell
from model.report.teller import OPTION, Teller, statement_home, statement_teller, teller

if TYPE_CHECKING:
    from gui.tables.rows_view import RowsPanel

SOON_MS = 50  # after a key; while keys come faster the sentences wait
STATEMENT = "部门决算“预算绩效情况说明”"
_HEADINGS = {1: (theme.HEADING, 600), 2: (theme.BODY, 600)}  # by level; deeper ones are plain


class ReportPanel(QWidget):
    """`cell_wanted(key, cell)` goes to a cell elsewhere; `cell_entered(cell)` names that of a table.

    What is typed in a form is shown 50 ms later, and only where it is in sight; what is undone at once.
    """

    cell_wanted = Signal(str, str)
    cell_entered = Signal(str)

    def __init__(self, session: Session, key: FormKey, tab: str, is_headed: bool = True) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(20))
        self.parts: list[_Report] = []
        for outline in outlines_of(session, key):
            if any(section.tab == tab for section in outline.sections):
                part = _Report(session, key, tab, outline, is_headed)
                part.cell_wanted.connect(self.cell_wanted)
                part.cell_entered.connect(self.cell_entered)
                self.parts.append(part)
                self._column.addWidget(part)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.show_now)
        self.show_now()

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let tables follow the document, and sentences while they are in sight."""
        for part in self.parts:
            part.document_changed(change, by)
        if not self.isVisible():
            return
        if by is None:
            self.show_now()
        else:
            self._soon.start()

    def catch_up(self, by: QObject | None) -> None:
        """Let the editors show what the document has, of hundreds of widgets only those."""
        for kind in (QPlainTextEdit, QLineEdit, OutturnGrid):
            refresh_below(self, by, kind)

    def show_now(self) -> None:
        """Show what follows from the form as it is now."""
        self._soon.stop()
        snapshot = self._session.snapshot
        if self._key in snapshot.forms:
            for part in self.parts:
                part.show_now()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the texts were hidden is shown now."""
        super().showEvent(event)
        self.show_now()

    def show_cell(self, address: Address) -> QWidget | None:
        """Give the focus to what a cell of the report is written in, and return it; None for another cell."""
        for part in self.parts:
            if (found := part.show_cell(address)) is not None:
                return found
        return None


class _Report(QWidget):
    """The sections of one outline on a tab."""

    cell_wanted = Signal(str, str)
    cell_entered = Signal(str)

    def __init__(
        self, session: Session, key: FormKey, tab: str, outline: Outline, is_headed: bool = True
    ) -> None:
        super().__init__()
        self._session, self._key, self._outline = session, key, outline
        self._is_statement = outline.scope == "document"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        self.rule = QFrame(objectName="rule")
        if is_headed:
            column.addWidget(self.rule)
            column.addWidget(Label(STATEMENT if self._is_statement else outline.name, objectName="quiet"))
        for option in outline.options if tab == CONCLUSION else ():
            column.addWidget(OptionBox(session, key, option))
        self.sections: list[tuple[int, _Section]] = []  # by place: another library reads outlines anew
        for at, section in enumerate(outline.sections):
            if section.tab == tab:
                shown = _Section(session, key, outline, section)
                shown.cell_wanted.connect(self.cell_wanted)
                shown.cell_entered.connect(self.cell_entered)
                self.sections.append((at, shown))
                column.addWidget(shown)

    def _teller(self) -> Teller | None:
        session = self._session
        reading = session.snapshot.reading
        if not self._is_statement:
            return teller(session.form(self._key), reading, session.library)
        home = statement_home(reading)
        is_here = home is not None and home.key == self._key
        return statement_teller(reading, session.library) if is_here else None

    def show_now(self) -> None:
        """Show the sections that stand, with their numbers; without a project nothing is said of any."""
        tells = self._teller()
        self.setVisible(tells is not None)
        if tells is None:
            return
        places = {id(section): at for at, section in enumerate(tells.outline.sections)}
        headings = {places[id(section)]: heading for section, heading in tells.numbered()}
        for at, shown in self.sections:
            heading = headings.get(at)
            shown.setVisible(heading is not None)
            if heading is not None:
                shown.show_teller(tells, heading)

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let the tables follow the document."""
        for _, shown in self.sections:
            for table in shown.tables:
                table.model.document_changed(change, by)

    def show_cell(self, address: Address) -> QWidget | None:
        """Give the focus to what a cell is written in."""
        for _, shown in self.sections:
            if not shown.isHidden() and (found := shown.show_cell(address)) is not None:
                return found
        return None


class _Section(QWidget):
    """A heading and its parts."""

    cell_wanted = Signal(str, str)
    cell_entered = Signal(str)

    def __init__(self, session: Session, key: FormKey, outline: Outline, section: ReportSection) -> None:
        super().__init__()
        self._session, self._key, self._outline, self._section = session, key, outline, section
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.heading = Label(wordWrap=True)
        self.heading.setFont(theme.font(*_HEADINGS.get(section.level, (theme.BODY, 400))))
        column.addWidget(self.heading)
        self._shown: list[tuple[ReportPart, Callable[[Teller], None]]] = []
        self.tables: list[RowsPanel] = []
        for part in section.parts:
            for widget in self._widgets(part):
                column.addWidget(widget)

    def show_teller(self, tells: Teller, heading: str) -> None:
        """Show what follows from the form as it is now."""
        if heading != self.heading.text():
            self.heading.setText(heading)
        for _, show in self._shown:
            show(tells)

    # --- making the parts

    def _widgets(self, part: ReportPart) -> Iterator[QWidget]:
        """Yield what a part is written in, below its caption where the heading does not say the same."""
        widget = self._widget(part)
        has_own = part.kind in ("text", "value", "indicators", "field", "table")
        if not has_own and self._has_caption(part):
            yield Label(part.caption, objectName="caption")
        yield widget

    def _has_caption(self, part: ReportPart) -> bool:
        return part.caption not in self._section.title

    def _widget(self, part: ReportPart) -> QWidget:
        session, address = self._session, (self._key, report_cell(part))
        if part.kind == "sentence":
            return self._sentence(part)
        if part.kind == "table":
            return self._table(self._outline.table(part.table))
        widget: QWidget
        if part.kind == "text":
            widget = TextPart(session, address, part, self._has_caption(part))
        elif part.kind == "value":
            widget = ValuePart(session, address, part)
        elif part.kind == "indicators":
            widget = SentenceGroup(session, self._key, part)
        elif part.kind == "bars":
            widget = BarsPart(part.caption)
        elif part.kind == "projects":
            widget = ProjectsPart(session, part)
        else:
            widget = FieldPart(session, self._key, part)
            widget.cell_wanted.connect(self.cell_wanted)
        self._shown.append((part, widget.show_teller))
        return widget

    def _sentence(self, part: ReportPart) -> SentenceBox:
        box = SentenceBox(self._session, (self._key, report_cell(part)), part.caption)

        def show(tells: Teller) -> None:
            box.show_sentence(tells.generated(part), lacks(part.patterns, tells.values))

        self._shown.append((part, show))
        return box

    def _table(self, table: ReportTable) -> QWidget:
        if table.rows:
            return OutturnGrid(self._session, self._key, table)
        from gui.tables.rows_view import RowsPanel

        title = self._session.form(self._key).filled(table.title)
        block = rows_block(table, self._section.tab, title)
        panel = RowsPanel(self._session, self._key, block, is_headed=table.title != self._section.title)
        panel.view.cell_entered.connect(self.cell_entered)
        self.tables.append(panel)
        return panel

    # --- going to a cell

    def show_cell(self, address: Address) -> QWidget | None:
        """Give the focus to what a cell is written in."""
        for table in self.tables:
            if table.model.key == address[0] and table.view.show_cell(address[1]):
                return table.view
        for group in children_of(self, SentenceGroup) if address[0] == self._key else ():
            if (box := group.box_of(address[1])) is not None:
                box.take_focus()
                return box
        for box in children_of(self, SentenceBox):
            if box.at == address:
                box.take_focus()
                return box
        for editor in children_of(self, QWidget):
            if address_of(editor) == address:
                editor.setFocus()
                return editor
        return None


def rows_block(table: ReportTable, tab: str, label: str) -> RowsBlock:
    """Return a table of a report as the editor of added rows knows it."""
    columns = tuple(
        Column(one.key, one.caption, kind="choice" if one.choices else "text", choices=one.choices)
        for one in table.text_columns
    )
    widths = tuple(column.width_mm for column in table.text_columns)
    return RowsBlock(tab=tab, widths_mm=widths, id=table.id, label=label, label_span=0, columns=columns)


class OptionBox(TickBox):
    """A choice of the unit: whether a section stands."""

    def __init__(self, session: Session, key: FormKey, option: Option) -> None:
        super().__init__(option.caption)
        self._session, self.address = session, (key, OPTION + option.id)
        self.setEnabled(not session.read_only)
        self.clicked.connect(self._choose)
        self.refresh()

    def _choose(self, chosen: bool) -> None:
        label = f"{'增加' if chosen else '去掉'}一节"
        self._session.edit(label, lambda edit: edit.set_text(self.address, "true" if chosen else ""))

    def refresh(self) -> None:
        """Show what the document has."""
        key, cell = self.address
        self.setChecked(bool(self._session.form(key).answers.text(cell)))
