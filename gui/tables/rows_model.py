"""A table whose rows the clerk adds, as Qt sees it."""

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.base.qt import Index
from gui.editors.cell_marks import mark_at, origin_at
from gui.session.marks import Mark
from gui.session.session import Session
from gui.tables.sheet_model import LEFT, RIGHT, SheetModel
from model.document.answers import ACCOUNTS, FormKey
from model.document.document import Change
from model.forms.definition import RowsBlock


class RowsTableModel(SheetModel):
    """Each line is a row, each cell one that can be typed into."""

    def __init__(
        self, session: Session, key: FormKey, block: RowsBlock, parent: QObject | None = None
    ) -> None:
        self.block = block
        super().__init__(session, key, parent)

    @property
    def unit(self) -> str:
        """The unit of money of the form, or of the final accounts."""
        accounts = self.session.snapshot.reading.accounts
        if self.key == ACCOUNTS and accounts is not None:
            return accounts.unit
        return self.session.form(self.key).definition.money_unit

    def take_lines(self) -> None:
        """Take the rows over from the document, and what stands against their cells."""
        self.rows = self.session.rows(self.key, self.block.id)
        self._marks = self._marks_now()

    def _marks_now(self) -> list[list[Mark]]:
        columns = self.block.columns
        cells = [[(self.key, f"{row}.{column.key}") for column in columns] for row in self.rows]
        return [[mark_at(self.session, cell) for cell in row] for row in cells]

    def is_reshaped(self, change: Change) -> bool:
        """Whether rows came, went or moved."""
        return (self.key, self.block.id) in change.rows

    def notify(self, change: Change) -> None:
        """Tell which rows have other texts, or something else standing against them."""
        before, self._marks = self._marks, self._marks_now()
        touched = {cell.rpartition(".")[0] for key, cell in change.cells if key == self.key}
        for n, row in enumerate(self.rows):
            if row in touched or self._marks[n] != before[n]:
                self.dataChanged.emit(self.index(n, 0), self.index(n, self.columnCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows that the clerk added."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of the form."""
        return 0 if parent.isValid() else len(self.block.columns)

    def caption(self, column: int) -> str:
        """Return what the form calls a column."""
        return self.block.columns[column].caption

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Amounts stand at the right."""
        return RIGHT if self.block.columns[column].kind == "money" else LEFT

    def choices_at(self, index: Index) -> list[tuple[str, str]]:
        """Return what a column offers."""
        offered = self.block.columns[index.column()].choices
        return [("", "未选"), *((choice, choice) for choice in offered)] if offered else []

    def row_at(self, line: int) -> str:
        """Return the row of a line."""
        return self.rows[line]

    def cell_at(self, index: Index) -> str:
        """Return the cell of the form at an index."""
        return f"{self.rows[index.row()]}.{self.block.columns[index.column()].key}"

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a cell of the form stands, an invalid index where it does not."""
        row, _, key = cell.rpartition(".")
        keys = [column.key for column in self.block.columns]
        found = row in self.rows and key in keys
        return self.index(self.rows.index(row), keys.index(key)) if found else QModelIndex()

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell now."""
        return mark_at(self.session, (self.key, self.cell_at(index)))

    def origin_at(self, index: Index) -> str:
        """Return where the text of a cell comes from, "" where it was typed."""
        return origin_at(self.session, (self.key, self.cell_at(index)))
