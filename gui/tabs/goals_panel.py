"""The goals of a form: their points and texts, added and deleted."""

from itertools import pairwise

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from gui.base.qt import children_of
from gui.editors.cells import LineCell, TextCell, editors_below, refresh_below
from gui.session.session import Session
from model.document.answers import FormKey
from model.reading.reading import goal_name

_TEXT = "目标内容"  # where a goal is one text


class GoalsPanel(QWidget):
    """A block a goal; built again when goals come or go."""

    delete_wanted = Signal(str)

    def __init__(self, session: Session, key: FormKey) -> None:
        super().__init__()
        self._session, self._key = session, key
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(10))
        self._shown: tuple[str, ...] | None = None
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the goals were folded away is shown now."""
        super().showEvent(event)
        if self._key in self._session.snapshot.forms:
            self.catch_up(None)

    def catch_up(self, by: QObject | None) -> None:
        """Show what the document has, where the goals are in sight; `by` has shown its own change."""
        if self.isVisible():
            self.refresh()
            refresh_below(self, by)

    def refresh(self) -> None:
        """Show the goals as they are now."""
        goals = self._session.form(self._key).answers.goals
        if goals == self._shown:
            return
        self._shown = goals
        while item := self._column.takeAt(0):
            if item.widget():
                item.widget().deleteLater()
        for goal in goals:
            self._column.addWidget(self._goal(goal))
        self._order_stops()
        if not goals:
            self._column.addWidget(Label("还没有目标。点“目标”添加。", objectName="quiet"))

    def _order_stops(self) -> None:
        """Tab goes from cell to cell; the buttons that delete come behind all of them."""
        cells = [editor for _, editor in editors_below(self)]
        stops = [*cells, *children_of(self, QToolButton)]
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _goal(self, goal: str) -> QWidget:
        form = self._session.form(self._key)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(self._head(goal))
        texts = QHBoxLayout()
        texts.setSpacing(theme.px(16))
        for part in form.definition.goal_parts:
            side = QVBoxLayout()
            side.setSpacing(theme.px(4))
            name = _TEXT if part == "text" else form.definition.goal_columns[part].called
            if len(form.definition.goal_parts) > 1:
                side.addWidget(Label(name, objectName="caption"))
            side.addWidget(
                TextCell(self._session, (self._key, f"{goal}.{part}"), f"{goal_name(form, goal)} {name}")
            )
            side.addStretch()
            texts.addLayout(side)
        column.addLayout(texts)
        return box

    def _head(self, goal: str) -> QHBoxLayout:
        form = self._session.form(self._key)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        name = Label(goal_name(form, goal))
        name.setFont(theme.font(theme.BODY, 600))
        head.addWidget(name)
        if form.definition.goal_points:
            points = LineCell(
                self._session, (self._key, f"{goal}.points"), f"{goal_name(form, goal)} 分值", number=True
            )
            points.setFixedWidth(theme.px(72))
            head.addSpacing(theme.px(8))
            head.addWidget(Label("分值", objectName="caption"))
            head.addWidget(points)
        head.addStretch()
        if not self._session.read_only:
            delete = QToolButton(icon=theme.icon("delete"), text="删除目标")
            delete.setToolTip("删除这个目标和它的指标，可以撤销。")
            delete.setAccessibleName(f"删除{goal_name(form, goal)}")
            delete.clicked.connect(lambda: self.delete_wanted.emit(goal))
            head.addWidget(delete)
        return head
