"""The list of subjects as Qt sees it: a line for each 项, the columns of one table, 合计 at the foot."""

from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.base.qt import Index
from gui.editors.cell_marks import mark_at
from gui.session.accounts_places import figure_text, row_of
from gui.session.marks import NO_MARK, Mark
from gui.session.session import Session
from gui.tables.sheet_model import LEFT, RIGHT, SheetModel
from model.accounts.accounts import Accounts
from model.accounts.definition import ALL, LIST, AccountsDefinition
from model.accounts.items import ITEMS, Item
from model.document.answers import ACCOUNTS
from model.document.document import Change

CODE, NAME = "code", "name"
SPENDING = "t3"  # beside its columns stand the budget and the reasons
TOTAL = "合计"


class ListColumn(NamedTuple):
    """A column: what stands behind the row in its cells, and whether it is an amount and is computed."""

    path: str
    caption: str
    is_amount: bool = False
    is_computed: bool = False

    def figure(self, code: str) -> str:
        """Return the figure of a code in this column, "" where it has none."""
        if not self.is_amount or not code:
            return ""
        table, _, key = self.path.rpartition(".")
        return f"{table or LIST}.{code}.{key}"


_FIRST = (ListColumn(CODE, "科目编码"), ListColumn(NAME, "科目名称"))
_USUAL = ("basic", "project", "total")  # what every unit has
_BESIDE = (
    ListColumn("budget", "年初预算数", True),
    ListColumn("full", "全年预算数", True),
    ListColumn("use", "主要用途"),
    ListColumn("reason", "原因"),
)


def columns_of(definition: AccountsDefinition, table: str) -> tuple[ListColumn, ...]:
    """Return the columns with which the list is shown for a table."""
    body = definition.subject_tables[table]
    own = {c.key: ListColumn(f"{table}.{c.key}", c.caption, True, c.mode == "computed") for c in body.columns}
    if table != SPENDING:
        return (*_FIRST, *own.values())
    usual = tuple(own.pop(key) for key in _USUAL if key in own)
    return (*_FIRST, *usual, *_BESIDE, *own.values())


class SubjectsModel(SheetModel):
    """Each row can be typed into but for what follows from it; the last line is computed."""

    def __init__(self, session: Session, table: str, parent: QObject | None = None) -> None:
        self.table = table
        super().__init__(session, ACCOUNTS, parent)

    @property
    def accounts(self) -> Accounts:
        """The final accounts as they are now."""
        accounts = self.session.snapshot.reading.accounts
        assert accounts is not None
        return accounts

    def show_table(self, table: str) -> None:
        """Show the columns of another table."""
        self.beginResetModel()
        self.table = table
        self.take_lines()
        self.endResetModel()

    def take_lines(self) -> None:
        """Take the rows over from the document."""
        self.columns = columns_of(self.accounts.definition, self.table)
        self.rows = self.session.rows(self.key, ITEMS)
        self._take_items()

    def _take_items(self) -> None:
        self._items = {item.id: item for item in self.accounts.items}

    def is_reshaped(self, change: Change) -> bool:
        """Whether rows came, went or moved."""
        return (self.key, ITEMS) in change.rows or change.forms

    def tell(self, change: Change) -> None:
        """A key may change any figure; only what is in sight is drawn again."""
        self._take_items()
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows of the list and 合计."""
        return 0 if parent.isValid() else len(self.rows) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Code, name and the columns of the table in hand."""
        return 0 if parent.isValid() else len(self.columns)

    def caption(self, column: int) -> str:
        """Return what a column is called."""
        return self.columns[column].caption

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Amounts stand at the right."""
        return RIGHT if self.columns[column].is_amount else LEFT

    def is_row(self, line: int) -> bool:
        """合计 is no row."""
        return line < len(self.rows)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """合计 has no number."""
        is_total = orientation == Qt.Orientation.Vertical and not self.is_row(section)
        return None if is_total else super().headerData(section, orientation, role)

    def row_at(self, line: int) -> str:
        """Return the row of a line, "" for 合计."""
        return self.rows[line] if self.is_row(line) else ""

    def item(self, row: str) -> Item | None:
        """Return what is typed in a row as read."""
        return self._items.get(row)

    def cell_at(self, index: Index) -> str:
        """Return the cell that is typed at an index."""
        column = self.columns[index.column()]
        if not self.is_row(index.row()) or column.is_computed:
            return ""
        return f"{self.rows[index.row()]}.{column.path}"

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a typed cell or a figure stands among the columns in hand, else its row."""
        row = row_of(self.accounts, cell)
        line = self.rows.index(row) if row in self.rows else len(self.rows)
        return self.index(line, self._column_of(cell, row)) if row or self.is_figure(cell) else QModelIndex()

    def is_figure(self, cell: str) -> bool:
        """Whether a name is that of a figure of the table in hand, or of the list."""
        return cell.partition(".")[0] in (self.table, LIST)

    def _column_of(self, cell: str, row: str) -> int:
        """The column of sN.t3.basic, of t3.2050199.basic, else the first."""
        first, _, rest = cell.partition(".")
        key = rest.partition(".")[2]
        own = key if first == LIST else f"{first}.{key}"
        path = rest if first == row else own
        return next((n for n, column in enumerate(self.columns) if column.path == path), 0)

    def figure_name(self, index: Index) -> str:
        """Return the figure that an index shows, "" where it shows none: a code counts once."""
        column = self.columns[index.column()]
        if not self.is_row(index.row()):
            return column.figure(ALL)
        item = self._items.get(self.rows[index.row()])
        is_first = item is not None and self.accounts.leaves.get(item.code, ("",))[0] == item.id
        return column.figure(item.code) if item is not None and is_first else ""

    def figure_at(self, index: Index) -> str:
        """Return the computed figure at an index."""
        return "" if self.cell_at(index) else self.figure_name(index)

    def shown(self, index: Index, editing: bool) -> str:
        """Return what was typed, else the figure or the name that follows."""
        cell = self.cell_at(index)
        typed = self.typed(cell) if cell else ""
        if typed or editing:
            return typed
        if self.columns[index.column()].path == NAME:
            return self._name(index.row())
        name = self.figure_name(index)
        return figure_text(self.accounts, name) if name else ""

    def _name(self, line: int) -> str:
        if not self.is_row(line):
            return TOTAL
        item = self._items.get(self.rows[line])
        return self.accounts.subject_name(item.code) if item is not None and item.code else ""

    def is_grey(self, index: Index) -> bool:
        """Whether a cell is computed and never typed."""
        return not self.cell_at(index)

    def is_quiet(self, index: Index) -> bool:
        """Whether what stands in a cell follows from something else."""
        cell = self.cell_at(index)
        return bool(cell) and not self.typed(cell)

    def is_strong(self, index: Index) -> bool:
        """合计 is bold."""
        return not self.is_row(index.row())

    def is_typed_whole(self, index: Index) -> bool:
        """A code is passed on when its cell closes: what is typed may be a word that finds it."""
        return self.columns[index.column()].path == CODE

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell or the figure in it."""
        cell, name = self.cell_at(index), self.figure_name(index)
        found = mark_at(self.session, (self.key, cell)) if cell else NO_MARK
        more = mark_at(self.session, (self.key, name)) if name else NO_MARK
        if not more.findings:
            return found
        return found.with_more(more) if found.findings else more

    def origin_at(self, index: Index) -> str:
        """Nothing is said of where a text comes from."""
        return ""
