"""How cells of the final accounts are drawn: typed ones on white, computed ones on grey, in one line."""

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QTableView

from gui.base import theme
from gui.base.qt import Index, rect_of, state_of
from gui.session.marks import Mark
from gui.tables.cell_drawing import MARK_GROUNDS, SIDE, paint_mark
from gui.tables.sheet_delegate import SheetDelegate
from gui.tables.sheet_model import SheetModel

LINE = 36  # px at 100 %: the height of every line


class Greyed(Protocol):
    """What a model tells of its cells besides their texts."""

    def is_grey(self, index: Index) -> bool: ...
    def is_quiet(self, index: Index) -> bool: ...
    def is_strong(self, index: Index) -> bool: ...
    def mark_at(self, index: Index) -> Mark: ...


class GreyDelegate(SheetDelegate):
    """One line a cell, cut with … where it is too long; all of it is in the open cell."""

    def __init__(self, view: QTableView, model: SheetModel, greyed: Greyed) -> None:
        super().__init__(view, model)
        self._greyed = greyed

    def height(self, line: int) -> int:
        """Every line is as high as the other."""
        return theme.px(LINE)

    def paint_cell(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        greyed, rect = self._greyed, rect_of(option)
        chosen = bool(state_of(option) & QStyle.StateFlag.State_Selected)
        state = greyed.mark_at(index).state
        plain = "raised" if greyed.is_grey(index) else "surface"
        painter.fillRect(rect, theme.colour("accent_soft" if chosen else MARK_GROUNDS.get(state, plain)))
        box = rect.adjusted(theme.px(SIDE), 0, -theme.px(SIDE), 0)
        if state:
            box = paint_mark(painter, box, state)
        is_strong = greyed.is_strong(index)
        painter.setFont(theme.font(theme.BODY, 600 if is_strong else 400))
        is_second = not is_strong and (greyed.is_grey(index) or greyed.is_quiet(index))
        painter.setPen(theme.colour("text2" if is_second else "text"))
        text = str(index.data() or "").replace("\n", " ")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(self._model.side(index.column())), shown)
