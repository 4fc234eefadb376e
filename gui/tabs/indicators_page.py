"""The tab of goals and indicators: the goals above the table, the report's texts below it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.base import theme
from gui.editors.cells import refresh_below
from gui.handin.evidence_adding import add_evidence
from gui.handin.evidence_dropping import EvidenceDropping
from gui.report.report_drawer import ReportDrawer
from gui.report.report_tabs import has_texts, is_report_cell
from gui.session.places import INDICATORS
from gui.session.session import Session
from gui.tables.indicator_model import IndicatorTableModel
from gui.tabs.goals_panel import GoalsPanel
from gui.tabs.indicator_panel import IndicatorPanel
from gui.tabs.tab_page import FieldsPanel, rows_of
from model.document.answers import INDICATORS as INDICATOR_ROWS
from model.document.answers import CellId, FormKey
from model.document.document import Change
from model.forms.definition import FormDefinition, GoalsBlock


def has_goal_panel(definition: FormDefinition) -> bool:
    """Whether the goals are written above the table of indicators."""
    return any(isinstance(block, GoalsBlock) for block in definition.blocks) or definition.indicators.per_goal


class IndicatorsPage(QWidget):
    """Goals, table, and a line at the foot that opens the texts of the report."""

    cell_wanted = Signal(str, str)
    cell_entered = Signal(str)

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        self.key = key
        self.model = IndicatorTableModel(session, key, self)
        upper = QWidget()
        column = QVBoxLayout(upper)
        margin = theme.px(20)
        column.setContentsMargins(margin, theme.px(8), margin, theme.px(12))
        column.setSpacing(theme.px(8))
        self.panel = IndicatorPanel(self.model)
        definition = session.form(key).definition
        self.goals = GoalsPanel(session, key) if has_goal_panel(definition) else None
        rows = rows_of(definition, INDICATORS)
        self.fields = FieldsPanel(session, key, rows) if rows else None
        self.panel.set_goals(self.goals, self.fields)
        column.addWidget(self.panel)
        self.drawer = self._drawer(session, upper)
        if definition.is_scored:
            EvidenceDropping(self.panel.view, self._row_at, self._add_evidence)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drawer or upper)

    def _row_at(self, point: QPoint) -> str | None:
        """The indicator at a point of the table; its line alone takes files."""
        index = self.panel.view.indexAt(point)
        row = self.model.cell_at(index).rpartition(".")[0] if index.isValid() else ""
        return row if row in self.model.session.rows(self.key, INDICATOR_ROWS) else None

    def _add_evidence(self, paths: Sequence[Path], row: str) -> None:
        """Keep files as evidence of an indicator, and say so above the table."""
        session = self.model.session
        problems = add_evidence(session, self.key, paths, row, self.window())
        kept = len(paths) - len(problems)
        name = " ".join(session.text((self.key, f"{row}.name")).split())
        said = [f"{kept} 个文件放进了“佐证材料”，用于“{name}”。"] if kept else []
        session.noticed.emit("\n".join((*said, *problems)))

    def _drawer(self, session: Session, table: QWidget) -> ReportDrawer | None:
        """What opens the texts of the report, where there are any."""
        if not has_texts(session, self.key, INDICATORS):
            return None
        drawer = ReportDrawer(session, self.key, INDICATORS, table)
        drawer.cell_wanted.connect(self.cell_wanted)
        drawer.cell_entered.connect(self.cell_entered)
        drawer.line.toggled.connect(lambda is_open: self.panel.fold_goals() if is_open else None)
        return drawer

    def document_changed(self, change: Change, by: QObject | None) -> None:
        """Let the table follow the document, then what stands above and below it."""
        if self.key not in self.model.session.snapshot.forms:
            return
        self.model.document_changed(change, by)
        if self.goals is not None:
            self.goals.catch_up(by)
            if self.fields is not None:
                refresh_below(self.fields, by)
        if self.drawer is not None:
            self.drawer.document_changed(change, by)

    def subject(self) -> CellId:
        """Return the cell that the pane speaks of when one comes here: that of the cursor."""
        self.panel.view.place_cursor()
        index = self.panel.view.currentIndex()
        return self.model.cell_at(index) if index.isValid() else ""

    def take_focus(self) -> None:
        """Be ready to type into the table."""
        self.panel.view.place_cursor()
        self.panel.view.setFocus()

    def show_cell(self, cell: str) -> bool:
        """Put the cursor on a cell of the table, the focus on a field of a goal or a text of the report."""
        if self.drawer is not None and is_report_cell(cell) and self.drawer.show_cell((self.key, cell)):
            return True
        if self.drawer is not None:
            self.drawer.give_way()
        return self.panel.show_cell(cell)
