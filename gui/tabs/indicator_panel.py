"""The table of indicators with its tool row, and the goals above it."""

from collections.abc import Callable
from itertools import islice

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.parts import Hint
from gui.base.plain import tip
from gui.base.qt import children_of
from gui.editors.cells import TextCell, editors_below
from gui.tables.indicator_edits import add_goal, remove_goal
from gui.tables.indicator_model import IndicatorTableModel
from gui.tables.indicator_view import IndicatorView
from gui.tabs.goals_panel import GoalsPanel
from model.reading.reading import Form

LOW = 150  # px at 100 %: so much of the table is in sight when a tab is shown
ROOM = 200  # px at 100 %: the goals leave the table so much when one goes to a cell of it


class IndicatorPanel(QWidget):
    """Tool row, goals (which can be folded), table; `library_wanted` asks for the indicator library."""

    library_wanted = Signal()

    def __init__(self, model: IndicatorTableModel) -> None:
        super().__init__()
        self.model = model
        self.view = IndicatorView(model)
        self.goals: GoalsPanel | None = None
        self._is_seen = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(6))
        self.add_row = self._tool("plus", "指标", "在光标下方加一行（Ctrl+Enter）", self.view.add_row)
        self.insert = self._tool(
            "search", "指标库", "从常用指标库里选，插入指标（Ctrl+I）。", self.library_wanted.emit
        )
        self.add_goals = [
            self._tool(
                "plus", term or "目标", f"加一个{term or '目标'}", lambda _=False, t=term: self.add_goal(t)
            )
            for term in model.form.definition.goal_terms or ("",)
        ]
        self.delete_row = self._tool(
            "delete", "删除行", "删除选中的行，可以撤销。", self.view.remove_selected
        )
        self.paste = self._tool("paste", "从 Excel 粘贴", "从光标处粘贴（Ctrl+V）", self.view.paste)
        self.fold = self._tool("down", "目标内容", "展开或收起目标的文字", self._fold)
        self.fold.setCheckable(True)
        for tool in (self.add_row, self.insert, *self.add_goals, self.delete_row, self.paste, self.fold):
            tools.addWidget(tool)
        hint = Hint("Ctrl+Enter 加一行", "caption")  # gives way to the buttons
        hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        tools.addWidget(hint, stretch=1)
        column.addLayout(tools)
        self._area = QScrollArea(widgetResizable=True)
        self._area.setMaximumHeight(theme.px(220))
        self._area.setAccessibleName("目标内容")
        self._area.verticalScrollBar().rangeChanged.connect(self._show_focused)
        column.addWidget(self._area)
        column.addWidget(self.view, stretch=1)
        for tool in (self.add_row, self.insert, *self.add_goals, self.delete_row, self.paste):
            tool.setEnabled(not model.session.read_only)

    def _tool(self, icon: str, text: str, words: str, slot: Callable[..., object]) -> QToolButton:
        tool = QToolButton(icon=theme.icon(icon, "accent"), text=f" {text}", toolTip=tip(words))
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tool.clicked.connect(slot)
        return tool

    def set_goals(self, goals: GoalsPanel | None, fields: QWidget | None = None) -> None:
        """Put the goals, below their fields, above the table; without any there is nothing to fold."""
        self.goals = goals
        self._area.setVisible(False)
        self.fold.setVisible(goals is not None)
        for tool in self.add_goals:
            tool.setVisible(goals is not None)
        if goals is not None:
            goals.delete_wanted.connect(lambda goal: remove_goal(self.model, goal))
            self._area.setWidget(_below(fields, goals) if fields is not None else goals)
            form = self.model.form
            shows_texts = form.definition.indicators.per_goal
            lacks = fields is not None and not all(map(form.answers.text, _fields_at(form)))
            self._show_goals(not shows_texts or lacks)

    def showEvent(self, event: QShowEvent) -> None:
        """In a low window goals that are written leave the room to the table, until they are asked for."""
        super().showEvent(event)
        layout = self.layout()
        if self._is_seen or layout is None:
            return
        self._is_seen = True
        layout.activate()
        answers = self.model.form.answers
        is_written = all(
            any(answers.text(f"{goal}.{cell}") for cell in ("text", "expected")) for goal in answers.goals
        )
        if is_written and self.view.height() < theme.px(LOW):
            self._show_goals(False)

    def add_goal(self, term: str = "") -> None:
        """Add a goal, and be ready to write its text."""
        goal = add_goal(self.model, term)
        if not goal or self.goals is None:
            return
        self.view.setCurrentIndex(self.model.index_of(f"{goal}.text"))  # stays in sight
        self._show_goals(True)
        texts = (w for w in children_of(self._area, TextCell) if w.address[1].startswith(f"{goal}."))
        for editor in islice(texts, 1):
            self._go_to(editor)

    def fold_goals(self) -> None:
        """Leave the room to the table."""
        self._show_goals(False)

    def fold_like(self, other: "IndicatorPanel") -> None:
        """Show the goals, or do not, as in another look; the cell under the cursor stays in sight."""
        self._is_seen = True
        self._show_goals(other.fold.isChecked())
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.view.scrollTo(self.view.currentIndex())

    def _fold(self) -> None:
        self._show_goals(self.fold.isChecked())

    def _show_goals(self, shown: bool) -> None:
        self.fold.setChecked(shown)
        self._area.setVisible(shown)

    def show_cell(self, cell: str) -> bool:
        """Put the cursor on a cell of the table, or the focus on a field of a goal, or go near it."""
        row = cell.rpartition(".")[0]
        above = row in self.model.form.answers.goals or cell in self.model.form.definition.fields
        if above and self._show_above(cell, row):
            return True
        if self.view.viewport().height() < theme.px(ROOM):
            self._show_goals(False)
            layout = self.layout()
            assert layout is not None
            layout.activate()
        return self.view.bring(cell)

    def _show_above(self, cell: str, goal: str) -> bool:
        """Give the focus to a field above the table; what a goal has only in its band is not there."""
        if self.goals is None:
            return False
        editors = {cell: editor for (_, cell), editor in editors_below(self._area)}
        of_goal = (w for name, w in editors.items() if goal and name.startswith(f"{goal}."))
        has_band = self.model.index_of(f"{goal}.text").isValid()
        editor = editors.get(cell) or (None if has_band else next(of_goal, None))
        if editor is None:
            return False
        self._show_goals(True)
        self._go_to(editor)
        return True

    def _go_to(self, editor: QWidget) -> None:
        """Give the focus to a field above the table, all of it in sight when it is laid out."""
        editor.setFocus()
        self._show_focused()

    def _show_focused(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and self._area.isAncestorOf(focused):
            self._area.ensureWidgetVisible(focused)


def _fields_at(form: Form) -> list[str]:
    """The long texts that stand above the goals."""
    return [field.id for field in form.definition.fields_at("overall_goals")]


def _below(fields: QWidget, goals: QWidget) -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, theme.px(8), 0)
    column.setSpacing(theme.px(16))
    column.addWidget(fields)
    column.addWidget(goals)
    return body
