"""A table of rows that the clerk adds: on screen, with its tool row."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.breaking import draw
from gui.base.plain import Label, tip
from gui.base.qt import Index, rect_of, state_of
from gui.session.session import Session
from gui.tables.cell_drawing import (
    MARK,
    MARK_GROUNDS,
    ROW,
    SIDE,
    TOP,
    paint_corner,
    paint_mark,
    text_height,
)
from gui.tables.rows_edits import RowsEdits
from gui.tables.rows_model import RowsTableModel
from gui.tables.sheet_delegate import SheetDelegate
from gui.tables.sheet_view import SheetView
from model.document.answers import FormKey
from model.forms.definition import RowsBlock

_HIGHEST = 460  # px; a longer table scrolls
_MONEY, _CHOICE = 130, 110


class RowsPanel(QWidget):
    """Caption, unless a heading above says the same; tools, table."""

    def __init__(self, session: Session, key: FormKey, block: RowsBlock, is_headed: bool = True) -> None:
        super().__init__()
        self.model = RowsTableModel(session, key, block, self)
        self.view = RowsView(self.model)
        self.view.setAccessibleName(block.label)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(6))
        if is_headed:
            tools.addWidget(Label(block.label, objectName="heading"))
            tools.addSpacing(theme.px(12))
        self.add_row = self._tool("plus", "加一行", "在光标下方加一行（Ctrl+Enter）", self.view.add_row)
        self.delete_row = self._tool(
            "delete", "删除行", "删除选中的行，可以撤销。", self.view.remove_selected
        )
        self.paste = self._tool("paste", "从 Excel 粘贴", "从光标处粘贴（Ctrl+V）", self.view.paste)
        for tool in (self.add_row, self.delete_row, self.paste):
            tool.setEnabled(not session.read_only)
            tools.addWidget(tool)
        tools.addStretch()
        if any(one.kind == "money" for one in block.columns):
            tools.addWidget(Label(self.model.unit, objectName="caption"))
        column.addLayout(tools)
        column.addWidget(self.view)

    def _tool(self, icon: str, text: str, words: str, slot: Callable[[], None]) -> QToolButton:
        tool = QToolButton(icon=theme.icon(icon, "accent"), text=f" {text}", toolTip=tip(words))
        tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        tool.clicked.connect(slot)
        return tool


class RowsView(SheetView):
    """The table; as high as its rows up to a height."""

    model_: RowsTableModel

    def __init__(self, model: RowsTableModel) -> None:
        super().__init__(model, RowsEdits(model))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        header = self.horizontalHeader()
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for n, column in enumerate(model.block.columns):
            if column.kind in ("money", "choice"):
                header.setSectionResizeMode(n, QHeaderView.ResizeMode.Fixed)
                self.setColumnWidth(n, theme.px(_MONEY if column.kind == "money" else _CHOICE))
        header.sectionResized.connect(lambda *_: self.refit.start())  # also where columns come later
        self.fit_all()

    def make_delegate(self) -> "_Delegate":
        """Return what draws and edits the cells."""
        return _Delegate(self, self.model_)

    def fit(self, lines: Iterable[int]) -> None:
        """Give rows the height of their texts, and the table that of its rows."""
        super().fit(lines)
        high = self.verticalHeader().length() + self.horizontalHeader().height() + 2
        self.setFixedHeight(min(high, theme.px(_HIGHEST)))


class _Delegate(SheetDelegate):
    """Wrapped texts with what stands against them."""

    def height(self, line: int) -> int:
        """Return how high a row has to be for its texts."""
        model, heights = self._model, []
        for n in range(model.columnCount()):
            index = model.index(line, n)
            taken = 2 * SIDE + (MARK if model.mark_at(index).state else 0)
            heights.append(text_height(index.data(), self._view.columnWidth(n) - theme.px(taken)))
        return max(theme.px(ROW), max(heights) + theme.px(2 * TOP))

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        state = self._model.mark_at(index).state
        ground = MARK_GROUNDS.get(state, "accent_soft" if chosen else "surface")
        painter.fillRect(rect_of(option), theme.colour(ground))
        painter.setFont(theme.font())
        box = rect_of(option).adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        if state:
            box = paint_mark(painter, box, state)
        elif sign := self._model.origin_at(index):
            paint_corner(painter, rect_of(option), sign)
        painter.setPen(theme.colour("text"))
        text, side = index.data() or "", int(index.data(Qt.ItemDataRole.TextAlignmentRole))
        draw(painter, box, side, text)
