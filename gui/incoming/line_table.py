"""The lines that were read, to look over: what is to be checked stands out, F8 goes through it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.base import theme
from gui.base.plain import tip
from gui.incoming.lines import SIGNS, TO_CHECK, Line
from model.recognition.incoming import Place
from model.recognition.places import called

Index = QModelIndex | QPersistentModelIndex
CAPTIONS = ("", "项目", "内容")
SIGN_WIDTH, PART_WIDTH = 36, 190  # px at 100 %
ROOT = QModelIndex()


class LineModel(QAbstractTableModel):
    """Lines as Qt wants them."""

    def __init__(self, lines: Sequence[Line], parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = tuple(lines)

    def rowCount(self, parent: Index = ROOT) -> int:
        """As many as there are lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Sign, part, value."""
        return 0 if parent.isValid() else len(CAPTIONS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The captions."""
        is_caption = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return CAPTIONS[section] if is_caption else None

    def data(self, index: Index, role: int = 0) -> Any:
        """What is shown in a cell, said about it, and how it looks."""
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return (line.sign, line.part or SIGNS[line.sign][0], line.value)[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return tip(self._said(line))
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return SIGNS[line.sign][0]
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == 0:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.ForegroundRole if index.column() == 0:
                return theme.colour(SIGNS[line.sign][1])
            case Qt.ItemDataRole.BackgroundRole if line.sign in TO_CHECK:
                return theme.colour("warn_soft" if line.sign == "!" else "error_soft")
        return None

    def _said(self, line: Line) -> str:
        where = f"原文件：{called(line.place)}" if line.place else ""
        said = f"{SIGNS[line.sign][0]}：{line.reason}" if line.reason else SIGNS[line.sign][0]
        return "\n".join(filter(None, (said, where, line.value)))


class LineTable(QTableView):
    """The lines; `place_chosen(place)` says that the place of one is to be shown."""

    place_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("读到的内容")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.setFont(theme.font())
        self.lines: tuple[Line, ...] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self.lines = tuple(lines)
        self.setModel(LineModel(lines, self))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setColumnWidth(0, theme.px(SIGN_WIDTH))
        self.setColumnWidth(1, theme.px(PART_WIDTH))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.selectionModel().currentRowChanged.connect(self._row_changed)

    def _row_changed(self, index: Index, _before: Index) -> None:
        if index.isValid() and self.lines[index.row()].place:
            self.place_chosen.emit(self.lines[index.row()].place)

    def show_place(self, place: Place) -> None:
        """Go to the line that was read from a place, if one was."""
        row = next((n for n, line in enumerate(self.lines) if line.place == place), None)
        if row is not None:
            self.go_to(row)

    def go_to(self, row: int) -> None:
        """Mark a line and bring it into sight."""
        index = self.model().index(row, 2)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def next_to_check(self) -> bool:
        """Go to the next line to check, from the last on to the first; False where there is none."""
        here = self.currentIndex().row()
        rows = [n for n, line in enumerate(self.lines) if line.sign in TO_CHECK]
        if not rows:
            return False
        self.go_to(next((row for row in rows if row > here), rows[0]))
        return True
