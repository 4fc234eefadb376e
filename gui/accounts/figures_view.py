"""A table of fixed cells on screen, as high as its lines, under its heading."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.accounts.figures_edits import FiguresEdits
from gui.accounts.figures_model import FiguresModel, FigureTable
from gui.accounts.grey_delegate import LINE, GreyDelegate
from gui.base import theme
from gui.base.plain import Label
from gui.base.tick_box import TickBox
from gui.session.session import Session
from gui.tables.sheet_view import SheetView

_NUMBER, _AMOUNT, _CAPTION, _WIDEST = 96, 150, 200, 420


class FiguresView(SheetView):
    """No line of it scrolls: the page does."""

    model_: FiguresModel

    def __init__(self, model: FiguresModel) -> None:
        self._block_edits = FiguresEdits(model)
        super().__init__(model, self._block_edits)
        self.setAccessibleName(model.table.heading)
        self.verticalHeader().setDefaultSectionSize(theme.px(LINE))
        self.verticalHeader().hide()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_height()
        model.modelReset.connect(self._fit_height)

    def make_delegate(self) -> GreyDelegate:
        """Return what draws and edits the cells."""
        return GreyDelegate(self, self.model_, self.model_)

    def fit(self, lines: Iterable[int]) -> None:
        """Every line is as high as the other."""

    def paste(self) -> None:
        """Paste a block where its codes say, else down from the cursor."""
        self.show_cell(self._block_edits.paste(self.currentIndex(), QGuiApplication.clipboard().text()))

    def _fit_height(self) -> None:
        lines = self.model_.rowCount() * theme.px(LINE)
        self.setFixedHeight(lines + self.horizontalHeader().height() + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The captions take the room that is left."""
        super().resizeEvent(event)
        amounts = self.model_.columnCount() - 2
        rest = self.viewport().width() - theme.px(_NUMBER) - amounts * theme.px(_AMOUNT)
        self.setColumnWidth(0, theme.px(_NUMBER))
        self.setColumnWidth(1, max(theme.px(_CAPTION), rest))
        for n in range(amounts):
            self.setColumnWidth(n + 2, theme.px(_AMOUNT))


class FiguresPanel(QWidget):
    """Heading, a tick for the lines that are left out, table."""

    def __init__(self, session: Session, table: FigureTable) -> None:
        super().__init__()
        self.model = FiguresModel(session, table, self)
        self.view = FiguresView(self.model)
        self.all = TickBox("显示全部行")
        self.all.clicked.connect(self.model.show_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        head.addWidget(Label(table.heading, objectName="heading"))
        head.addStretch()
        head.addWidget(self.all)
        self.unit = Label(objectName="caption")
        head.addWidget(self.unit)
        column.addLayout(head)
        column.addWidget(self.view)
        self.all.setVisible(self.model.is_shortened)  # not before it has its place: it would be a window
        self.show_unit()

    def show_unit(self) -> None:
        """Say in which unit is typed."""
        self.unit.setText(f"单位：{self.model.accounts.unit}")

    def show_cell(self, cell: str) -> bool:
        """Go to a figure, also one that stands on a line left out; return whether it is one of the table."""
        is_known = any(rule.name == cell for line in self.model.table.lines for rule in line.rules)
        if is_known and not self.model.index_of(cell).isValid():
            self.all.setChecked(True)
            self.model.show_all(True)
        return is_known and self.view.show_cell(cell)
