"""The forms of an audit as a table: whose and where, totals, errors and warnings, what changed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.audit.form_rows import Row
from gui.base import theme
from gui.base.plain import tip
from gui.base.qt import Index, rect_of, state_of
from model.basics import number

CAPTIONS = ("单位和表", "印的总分", "算的总分", "错误", "提醒", "与上次比")
WIDTHS = (0, 86, 86, 64, 64, 150)  # px at 100 %; 0 takes what is left
ROW_HEIGHT = 52
ROW_ROLE = Qt.ItemDataRole.UserRole
ROOT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FormModel(QAbstractTableModel):
    """Rows as Qt wants them."""

    def __init__(self, rows: Sequence[Row], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = tuple(rows)

    def rowCount(self, parent: Index = ROOT) -> int:
        """As many as there are forms."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """See the captions."""
        return 0 if parent.isValid() else len(CAPTIONS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """The captions."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in (1, 2) else _LEFT
        return CAPTIONS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = 0) -> Any:
        """What is shown in a cell, and how it looks."""
        row, column = self.rows[index.row()], index.column()
        form = row.form
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _texts(row)[column]
            case Qt.ItemDataRole.ToolTipRole:
                return tip("\n".join(_names(row)))
            case Qt.ItemDataRole.TextAlignmentRole if column in (1, 2):
                return _RIGHT
            case Qt.ItemDataRole.DecorationRole if column == 3 and form.count("error"):
                return theme.icon("error", "error")
            case Qt.ItemDataRole.DecorationRole if column == 4 and form.count("warning"):
                return theme.icon("warning", "warn_icon")
            case Qt.ItemDataRole.ForegroundRole if _is_bad(row, column):
                return theme.colour("error")
            case _ if role == ROW_ROLE:
                return row
        return None


def _texts(row: Row) -> tuple[str, ...]:
    form = row.form
    counts = (str(form.count(state) or "") for state in ("error", "warning"))
    return ("\n".join(_names(row)), form.printed or "—", form.computed or "—", *counts, row.since.text)


def _names(row: Row) -> tuple[str, str]:
    form = row.form
    name = "　".join(filter(None, (form.unit or "未写单位", form.project or form.name)))
    return name, f"{form.file} › {form.sheet}" if form.sheet else form.file


def _is_bad(row: Row, column: int) -> bool:
    """Whether a printed total is not the computed one, or something is new."""
    if column == 1:
        printed, computed = (number.parse_points(text) for text in (row.form.printed, row.form.computed))
        return printed is not None and computed is not None and printed != computed
    return column == len(CAPTIONS) - 1 and bool(row.since.new)


class _TwoLines(QStyledItemDelegate):
    """Whose form it is, and smaller below it where it stands."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw both lines, each ending in … where there is no room."""
        rect = rect_of(option)
        painter.save()
        if state_of(option) & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        room = rect.adjusted(theme.px(10), theme.px(6), -theme.px(6), -theme.px(6))
        first, second = _names(index.data(ROW_ROLE))
        half = room.height() // 2
        for text, size, token, top in (
            (first, theme.BODY, "text", 0),
            (second, theme.CAPTION, "text2", half),
        ):
            painter.setFont(theme.font(size))
            painter.setPen(theme.colour(token))
            line = QRect(room.left(), room.top() + top, room.width(), half)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class FormTable(QTableView):
    """The forms; the one that was marked stays marked when others come in."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("表")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFont(theme.font())
        self.setItemDelegateForColumn(0, _TwoLines(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.show_rows(())

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        model = self.model()
        return model.rows if isinstance(model, FormModel) else ()

    @property
    def row(self) -> Row | None:
        """The marked form."""
        at = self.currentIndex().row()
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other forms; the marked one stays, else the first is marked."""
        marked, before, old = self.row, self.verticalScrollBar().value(), self.model()
        self.setModel(FormModel(rows, self))
        if old is not None:
            old.deleteLater()
        for column, width in enumerate(WIDTHS):
            if width:
                self.setColumnWidth(column, theme.px(width))
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        at = next((n for n, row in enumerate(rows) if row == marked), 0)
        if rows:
            self.setCurrentIndex(self.model().index(at, 0))
        self.verticalScrollBar().setValue(before)

    def go(self, by: int) -> bool:
        """Mark the form so many further on; False where there is none."""
        at = self.currentIndex().row() + by
        if not 0 <= at < len(self.rows):
            return False
        self.setCurrentIndex(self.model().index(at, 0))
        return True
