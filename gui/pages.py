"""The page of a tab: the blocks of the form that belong to it, one below the other, with their editors."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui import theme
from gui.cells import ChoiceCell, LineCell, TextCell
from gui.conclusion import Conclusion
from gui.funds import FundsPanel
from gui.goals import GoalsPanel
from gui.reasons import ReasonsPanel
from gui.session import Session
from model.answers import FormKey
from model.definition import (
    TABS,
    CellRow,
    Field,
    FieldsBlock,
    FormDefinition,
    FundsBlock,
    GoalsBlock,
    NotesBlock,
)
from model.document import Change

CONCLUSION, BASICS, BUDGET, INDICATORS, PROBLEMS = TABS[:5]
NOTHING = "本表样没有这一部分。"


class Page(QScrollArea):
    """One tab of one form; built when it is first shown."""

    def __init__(self, session: Session, key: FormKey, tab: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.session, self.key, self.tab = session, key, tab
        body = QWidget(objectName="page")
        self._column = QVBoxLayout(body)
        margin = theme.px(28)
        self._column.setContentsMargins(margin, theme.px(20), margin, theme.px(28))
        self._column.setSpacing(theme.px(16))
        self._build()
        self._column.addStretch()
        self.setWidget(body)
        session.changed.connect(self._changed)

    def _build(self) -> None:
        definition = self.session.form(self.key).definition
        parts = list(self._parts(definition))
        for part in parts:
            self._column.addWidget(part)
        if not parts:
            self._column.addWidget(QLabel(NOTHING, objectName="quiet"))

    def _parts(self, definition: FormDefinition) -> Iterable[QWidget]:
        if self.tab == CONCLUSION:
            yield Conclusion(self.session, self.key)
        if self.tab == BUDGET:
            yield FundsPanel(self.session, self.key)
        fields = list(_fields_of(definition, self.tab))
        if fields:
            yield FieldsPanel(self.session, self.key, fields)
        if self.tab == PROBLEMS:
            yield ReasonsPanel(self.session, self.key)
        for block in definition.blocks:
            if isinstance(block, NotesBlock) and self.tab == BASICS:
                yield _notes(block)

    def _changed(self, change: Change, by: QObject | None) -> None:
        if self.key not in self.session.view.forms or not self.isVisible():
            return
        refresh(self.widget(), by)

    def showEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        """What changed while the page was hidden is shown now."""
        super().showEvent(event)
        if self.key in self.session.view.forms:
            refresh(self.widget(), None)

    def show_cell(self, cell: str) -> bool:
        """Give the focus to the editor of a cell; return whether the page has it."""
        for editor in self.widget().findChildren(QWidget):
            if getattr(editor, "address", None) == (self.key, cell):
                editor.setFocus()
                self.ensureWidgetVisible(editor, 0, theme.px(120))
                return True
        return False


def refresh(widget: QWidget, by: QObject | None) -> None:
    """Let every editor below a widget show what the document has, but the one that made the change."""
    for child in widget.findChildren(QWidget):
        show_again = getattr(child, "refresh", None)
        if show_again is not None and child is not by:
            show_again()


class FieldsPanel(QWidget):
    """Fields with their captions: short ones beside each other, long texts below."""

    def __init__(self, session: Session, key: FormKey, fields: Iterable[Field]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(14))
        grid.setColumnStretch(1, 1)
        for row, field in enumerate(fields):
            self._add(grid, row, session, key, field)

    def _add(self, grid: QGridLayout, row: int, session: Session, key: FormKey, field: Field) -> None:
        name = field.caption or "其他"
        caption = QLabel(name + (f"（{field.suffix}）" if field.suffix else ""))
        address = (key, field.id)
        if field.kind == "long":
            grid.addWidget(caption, 2 * row, 0, 1, 2)
            text = TextCell(session, address, name, lines=5)
            caption.setBuddy(text)
            grid.addWidget(text, 2 * row + 1, 0, 1, 2)
            return
        editor: QWidget
        if field.kind == "choice":
            editor = ChoiceCell(session, address, field)
        else:
            editor = LineCell(session, address, name, number=field.kind == "money")
            editor.setMaximumWidth(theme.px(220 if field.kind in ("money", "date") else 560))
            caption.setBuddy(editor)
        caption.setMinimumHeight(theme.px(36))
        grid.addWidget(caption, 2 * row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(editor, 2 * row, 1)


def _fields_of(definition: FormDefinition, tab: str) -> Iterable[Field]:
    """Yield the fields of a tab in the order of paper."""
    for block in definition.blocks:
        if block.tab != tab:
            continue
        rows: tuple[CellRow, ...] = ()
        if isinstance(block, FieldsBlock):
            rows = block.rows
        elif isinstance(block, FundsBlock):
            rows = block.more
        for row in rows:
            for cell in row:
                for name in (*cell.inline, cell.field):
                    if name:
                        yield definition.fields[name]


def _notes(block: NotesBlock) -> QWidget:
    text = "\n".join(line for line in (block.title, *block.lines) if line)
    label = QLabel(text, objectName="caption")
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def has_goal_panel(definition: FormDefinition) -> bool:
    """Whether the goals are written above the table of indicators."""
    return any(isinstance(block, GoalsBlock) for block in definition.blocks) or definition.indicators.per_goal


class IndicatorsPage(QWidget):
    """The tab of goals and indicators: the goals above, the table below."""

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        from gui.indicator_model import IndicatorTableModel
        from gui.indicator_panel import IndicatorPanel

        self.key = key
        self.model = IndicatorTableModel(session, key, self)
        column = QVBoxLayout(self)
        margin = theme.px(20)
        column.setContentsMargins(margin, theme.px(8), margin, theme.px(12))
        column.setSpacing(theme.px(8))
        self.panel = IndicatorPanel(self.model)
        self.goals = GoalsPanel(session, key) if has_goal_panel(session.form(key).definition) else None
        self.panel.set_goals(self.goals)
        column.addWidget(self.panel)
        session.changed.connect(self._changed)

    def _changed(self, change: Change, by: QObject | None) -> None:
        if self.goals is not None and self.key in self.model.session.view.forms:
            self.goals.refresh()
            refresh(self.goals, by)

    def show_cell(self, cell: str) -> bool:
        """Put the cursor on a cell of the table, or the focus on a field of a goal."""
        return self.panel.show_cell(cell)
