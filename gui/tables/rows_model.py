"""A table whose rows the clerk adds, as Qt sees it; it holds no data."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.editors.cell_marks import mark_at, origin_at
from gui.session.marks import Mark, meaning_of
from gui.session.session import Session
from model.document.answers import FormKey
from model.document.document import Change
from model.forms.definition import RowsBlock

Index = QModelIndex | QPersistentModelIndex
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_SIDES = {
    "money": Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
    "text": Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
}


class RowsTableModel(QAbstractTableModel):
    """Asks the session for every text and passes every edit on."""

    def __init__(
        self, session: Session, key: FormKey, block: RowsBlock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self.key, self.block = session, key, block
        self.rows = self.rows_now()
        self._marks = self._marks_now()
        session.changed.connect(self._changed)

    def rows_now(self) -> tuple[str, ...]:
        """Return the ids of the rows as the document has them."""
        return self.session.form(self.key).answers.rows.get(self.block.id, ())

    @property
    def is_gone(self) -> bool:
        """Whether the form was deleted; its page will be in a moment."""
        return self.key not in self.session.snapshot.forms

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell now."""
        return mark_at(self.session, (self.key, self.cell_at(index)))

    def origin_at(self, index: Index) -> str:
        """Return where the text of a cell comes from, "" where it was typed."""
        return origin_at(self.session, (self.key, self.cell_at(index)))

    def _marks_now(self) -> list[list[Mark]]:
        columns = self.block.columns
        cells = [[(self.key, f"{row}.{column.key}") for column in columns] for row in self.rows]
        return [[mark_at(self.session, cell) for cell in row] for row in cells]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows that the clerk added."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of the form."""
        return 0 if parent.isValid() else len(self.block.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The captions of the form, and the numbers of the rows."""
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        column = self.block.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.caption
        return _SIDES[column.kind] if role == Qt.ItemDataRole.TextAlignmentRole else None

    def cell_at(self, index: Index) -> str:
        """Return the cell of the form at an index."""
        return f"{self.rows[index.row()]}.{self.block.columns[index.column()].key}"

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a cell of the form stands, an invalid index where it does not."""
        row, _, key = cell.rpartition(".")
        keys = [column.key for column in self.block.columns]
        found = row in self.rows and key in keys
        return self.index(self.rows.index(row), keys.index(key)) if found else QModelIndex()

    def text(self, index: Index) -> str:
        """Return the text at an index as typed."""
        return self.session.form(self.key).answers.text(self.cell_at(index))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts as typed."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.text(index)
        column = self.block.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _SIDES[column.kind]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.mark_at(index).text or meaning_of(self.origin_at(index))
        return f"{column.caption} {self.text(index)}" if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be typed into, unless the document is only to be read."""
        return _READ if self.session.read_only else _READ | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Pass a text on."""
        if role != Qt.ItemDataRole.EditRole or self.session.read_only:
            return False
        self.type_into(index, value, None)
        return True

    def type_into(self, index: Index, text: str, by: QObject | None) -> None:
        """Pass a text on as typed by a widget."""
        self.session.set_text((self.key, self.cell_at(index)), text, by)

    def _changed(self, change: Change, by: QObject | None) -> None:
        if self.is_gone:
            return
        before, self._marks = self._marks, self._marks_now()
        if (self.key, self.block.id) in change.rows:
            self.beginResetModel()
            self.rows = self.rows_now()
            self._marks = self._marks_now()
            self.endResetModel()
            return
        touched = {cell.rpartition(".")[0] for key, cell in change.cells if key == self.key}
        for n, row in enumerate(self.rows):
            if row in touched or self._marks[n] != before[n]:
                self.dataChanged.emit(self.index(n, 0), self.index(n, self.columnCount() - 1))
