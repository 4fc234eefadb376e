"""A sheet of a foreign file as it looks, on paper in every look: its texts with their merges, what was read
is marked by ground and sign."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.base import theme
from gui.base.plain import tip
from gui.incoming.lines import LEFT, SIGNS, TO_CHECK, Line
from model.recognition.found import KNOWN
from model.recognition.incoming import Place, SeenCell, SeenSheet

Index = QModelIndex | QPersistentModelIndex
LEAST, MOST, A_CHARACTER = 46, 260, 15  # px at 100 %: width of a column
SIGN = Qt.ItemDataRole.UserRole
FEW = 400  # rows whose heights are made to fit
ROOT = QModelIndex()


class SourceModel(QAbstractTableModel):
    """A sheet as Qt wants it; `lines` are what was read from its places."""

    def __init__(self, sheet: SeenSheet, lines: Mapping[Place, Line], parent: QWidget) -> None:
        super().__init__(parent)
        self.cells = {(cell.place.row - 1, cell.place.column - 1): cell for cell in sheet.cells}
        self._lines = lines
        self._rows = max((row + cell.rows for (row, _), cell in self.cells.items()), default=0)
        self._columns = max((column + cell.columns for (_, column), cell in self.cells.items()), default=0)
        self._is_sheet = sheet.kind == "sheet"

    def rowCount(self, parent: Index = ROOT) -> int:
        """Down to the last cell with a text."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: Index = ROOT) -> int:
        """As far as the last cell with a text."""
        return 0 if parent.isValid() else self._columns

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """A, B, C … of a spreadsheet, else numbers."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        is_letter = orientation == Qt.Orientation.Horizontal and self._is_sheet
        return _letters(section + 1) if is_letter else str(section + 1)

    def data(self, index: Index, role: int = 0) -> Any:
        """The text of a cell as the file shows it; its ground says how it was read."""
        cell = self.cells.get((index.row(), index.column()))
        if cell is None:
            return None
        line = self._lines.get(cell.place)
        if role == SIGN:
            return line.sign if line else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return tip(_said(cell, line))
            case Qt.ItemDataRole.BackgroundRole if line is not None:
                return theme.on_paper(_ground(line.sign))
            case Qt.ItemDataRole.ForegroundRole:
                return theme.on_paper("text")
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignVCenter | self._side(cell)
        return None

    def _side(self, cell: SeenCell) -> Qt.AlignmentFlag:
        """A title over the whole sheet stands in the middle; readers do not say how a cell is aligned."""
        is_wide = cell.columns >= max(self._columns, 2)
        is_title = (
            is_wide and "：" not in cell.text and not cell.text.startswith("附") and len(cell.text) < 40
        )
        return Qt.AlignmentFlag.AlignHCenter if is_title else Qt.AlignmentFlag.AlignLeft


def _ground(sign: str) -> str:
    if sign in TO_CHECK:
        return "warn_soft" if sign == "!" else "error_soft"
    return "raised" if sign == LEFT else "ok_soft"


def _said(cell: SeenCell, line: Line | None) -> str:
    said = f"{SIGNS[line.sign][0]}：{line.part or '没有对应的栏目'}" if line else ""
    reason = line.reason if line else ""
    exact = f"存的值：{cell.exact}" if cell.exact and cell.exact != cell.text else ""
    return "\n".join(filter(None, (cell.text, exact, said, reason)))


def _letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


class _Signs(QStyledItemDelegate):
    """Puts the sign of what is to be looked at to the right of a text, and a line around the current cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell, then its sign."""
        super().paint(painter, option, index)
        box: QRect = option.rect  # type: ignore[attr-defined]
        sign = index.data(SIGN)
        painter.save()
        if sign and sign != KNOWN:
            painter.setFont(theme.font(theme.CAPTION, 600))
            painter.setPen(theme.on_paper(SIGNS[sign][1]))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(0, 0, -theme.px(4), 0), side, sign)
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(QPen(theme.on_paper("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()


def narrowed(wanted: Mapping[int, int], room: int, least: int) -> dict[int, int]:
    """Return widths that fit into some room, the widest ones narrowed first, none below the least."""
    found = dict(wanted)
    while sum(found.values()) > room and max(found.values(), default=0) > least:
        widest = max(found.values())
        next_one = max((width for width in found.values() if width < widest), default=least)
        wide = [column for column, width in found.items() if width == widest]
        over = sum(found.values()) - room
        to = max(next_one, least, widest - -(-over // len(wide)))
        found |= dict.fromkeys(wide, to)
    return found


class SourceTable(QTableView):
    """The sheet; `place_chosen(place)` says that the line of one is to be shown. With `fits` columns are as
    narrow as it takes to see all of them, as far as their texts can be read."""

    place_chosen = Signal(object)

    def __init__(self, fits: bool = False) -> None:
        super().__init__()
        self._fits = fits
        self.setObjectName("source")
        self.setAccessibleName("原文件")
        self.setItemDelegate(_Signs(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setFont(theme.font(theme.CAPTION))
        self.clicked.connect(self._clicked)
        self._shown: SourceModel | None = None
        self.part = ""  # the name of the sheet or table in sight

    def show_sheet(self, sheet: SeenSheet, lines: Mapping[Place, Line]) -> None:
        """Show a sheet, with what was read from its places."""
        self.clearSpans()
        model = SourceModel(sheet, lines, self)
        self._shown, self.part = model, sheet.name
        self.setModel(model)
        for (row, column), cell in model.cells.items():
            if cell.rows > 1 or cell.columns > 1:
                self.setSpan(row, column, cell.rows, cell.columns)
        self._set_widths()

    def _set_widths(self) -> None:
        if self._shown is None:
            return
        wanted = {column: theme.px(width) for column, width in self._widths(self._shown).items()}
        room = self.viewport().width() if self._fits else 0
        for column, width in (narrowed(wanted, room, theme.px(LEAST)) if room else wanted).items():
            self.setColumnWidth(column, width)
        if self._shown.rowCount() <= FEW:
            self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the room there is now."""
        super().resizeEvent(event)
        if self._fits and event.size().width() != event.oldSize().width():
            self._set_widths()

    def _widths(self, model: SourceModel) -> dict[int, int]:
        """A column is as wide as the longest of its texts that stand in it alone, within limits."""
        widths = dict.fromkeys(range(model.columnCount()), LEAST)
        for (_, column), cell in model.cells.items():
            if cell.columns == 1:
                longest = max(map(len, cell.text.split("\n")), default=0)
                widths[column] = min(MOST, max(widths[column], A_CHARACTER * longest + 24))
        return widths

    def _clicked(self, index: Index) -> None:
        cell = self._shown.cells.get((index.row(), index.column())) if self._shown else None
        if cell is not None:
            self.place_chosen.emit(cell.place)

    def show_place(self, place: Place) -> None:
        """Mark a place and bring it into sight."""
        if self._shown is not None and place.column and place.part == self.part:
            index = self._shown.index(place.row - 1, place.column - 1)
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
