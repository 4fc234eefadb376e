"""Small parts of the faces of the pane: a column of labels, lines of a sum, a list of rows."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.breaking import ZERO_WIDTH, breakable
from gui.base.figure_link import HOW, FigureLink
from gui.base.plain import Label, tip
from gui.base.qt import Index

COPIED, NOT_COPIED = Qt.TextInteractionFlag.TextSelectableByMouse, Qt.TextInteractionFlag.NoTextInteraction
_MANY = 12  # rows that are shown without scrolling


class Face(QWidget):
    """A column of labels."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.column = QVBoxLayout(self)
        margin = theme.px(20)
        self.column.setContentsMargins(margin, theme.px(16), theme.px(16), margin)
        self.column.setSpacing(theme.px(12))

    def add(self, name: str = "") -> QLabel:
        """Add a label that can be read and copied."""
        label = Label(objectName=name, wordWrap=True)
        label.setTextInteractionFlags(COPIED)
        self.column.addWidget(label)
        return label


class Terms(QFrame):
    """Lines of name and figure; `chosen(n)` says which figure the clerk wants to know more about."""

    chosen = Signal(int)

    def __init__(self, tip: str = HOW) -> None:
        super().__init__()
        self.setObjectName("box")
        self._tip = tip
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnStretch(0, 1)
        self.lines: list[tuple[QLabel, FigureLink]] = []

    def show_terms(self, terms: Sequence[tuple[str, str]]) -> None:
        """Show other names and figures."""
        while len(self.lines) > len(terms):
            for widget in self.lines.pop():
                widget.deleteLater()
        while len(self.lines) < len(terms):
            self._add(len(self.lines))
        for (name, figure), (caption, text) in zip(self.lines, terms, strict=True):
            say(name, caption, keep=True)
            figure.say(caption, text)

    def _add(self, n: int) -> None:
        name, figure = Label(objectName="quiet", wordWrap=True), FigureLink()
        figure.setToolTip(tip(self._tip))
        figure.clicked.connect(lambda: self.chosen.emit(n))
        self._grid.addWidget(name, n, 0)
        self._grid.addWidget(figure, n, 1, Qt.AlignmentFlag.AlignRight)
        self.lines.append((name, figure))


class Rows(QTableView):
    """The rows of a part, a line each: name and points; `chosen(id)` says which one to go to."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rows")
        self.model_ = _RowsModel(self)
        self.setModel(self.model_)
        self.setAccessibleName("各行得分")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(1, theme.px(84))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(self.model_.rows[index.row()][0]))

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show other rows, as high as they are up to a dozen."""
        self.model_.show_rows(rows)
        self.setFixedHeight(min(len(rows), _MANY) * self.verticalHeader().defaultSectionSize() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does."""
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.model_.rows[index.row()][0])
        else:
            super().keyPressEvent(event)


class _RowsModel(QAbstractTableModel):
    """Id, name and figure of each row."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.rows: Sequence[tuple[str, str, str]] = ()

    def show_rows(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Show other rows."""
        if rows == self.rows:
            return
        same = [row[0] for row in rows] == [row[0] for row in self.rows]
        if same:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """A line a row."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name and figure."""
        return 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names at the left, figures at the right."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self.rows[index.row()][index.column() + 1]
            return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = "AlignRight" if index.column() else "AlignLeft"
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag[side]
        return None


def scrolling(face: Face, name: str) -> QScrollArea:
    """Return a face that scrolls where it is higher than the pane; screen readers hear its name."""
    area = QScrollArea(widgetResizable=True)
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(face)
    return area


def say(label: QLabel, text: str, keep: bool = False) -> None:
    """Change a label only where it reads differently; an empty one takes no room, a long word no width: there
    are marks in it where it may be cut, and so it is not copied."""
    shown, before = breakable(text), label.text()
    if before != shown:
        label.setText(shown)
        if shown != text:
            label.setTextInteractionFlags(NOT_COPIED)
        elif ZERO_WIDTH in before:
            label.setTextInteractionFlags(COPIED)
    if not keep and label.isHidden() == bool(text):
        label.setVisible(bool(text))
