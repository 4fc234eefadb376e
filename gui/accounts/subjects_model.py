"""The list of subjects as Qt sees it: bands, a line for each 项, reasons, 合计; the columns of one table."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.accounts.list_columns import CODE, NAME, RATE, SPENDING, columns_of
from gui.accounts.subject_lines import Line, joined_groups, lines_of
from gui.accounts.subjects_changes import Seen, changed_in
from gui.base.breaking import WORDS
from gui.base.qt import Index
from gui.editors.cell_marks import mark_at
from gui.session.accounts_places import figure_text, row_of
from gui.session.marks import NO_MARK, Mark
from gui.session.session import Session
from gui.tables.sheet_model import COMPUTED, LEFT, RIGHT, SheetModel, Span
from model.accounts.accounts import Accounts
from model.accounts.definition import ALL, LIST
from model.accounts.items import ITEMS, Item
from model.accounts.rates import completion
from model.document.answers import ACCOUNTS
from model.document.document import Change

REASON = "reason"
TOTAL = "合计"
_WHOLE = Decimal(100)
FROZEN = 2  # code and name stay in sight


class SubjectsModel(SheetModel):
    """Each row can be typed into but for what follows from it; bands and the last line are computed."""

    def __init__(self, session: Session, table: str, parent: QObject | None = None) -> None:
        self.table, self.with_sources = table, False
        super().__init__(session, ACCOUNTS, parent)

    @property
    def accounts(self) -> Accounts:
        """The final accounts as they are now."""
        accounts = self.session.snapshot.reading.accounts
        assert accounts is not None
        return accounts

    # --- lines

    def show_table(self, table: str) -> None:
        """Show the columns of another table."""
        self._show(table, self.with_sources)

    def show_sources(self, is_shown: bool) -> None:
        """Unfold the sources of income beside the spending, or fold them."""
        self._show(self.table, is_shown)

    def _show(self, table: str, with_sources: bool) -> None:
        self.beginResetModel()
        self.table, self.with_sources = table, with_sources
        self.take_lines()
        self.endResetModel()

    def take_lines(self) -> None:
        """Take the rows over from the document."""
        self.columns = columns_of(self.accounts, self.table, self.with_sources)
        self.rows = self.session.rows(self.key, ITEMS)
        self.lines: list[Line] = self._lines_now()
        self._seen = Seen(self.accounts, self.session.snapshot.marks.of(ACCOUNTS))
        self._take_items()

    def _lines_now(self) -> list[Line]:
        return lines_of(self.accounts, self.rows, with_reasons=self.table == SPENDING)

    def _take_items(self) -> None:
        self._items = {item.id: item for item in self.accounts.items}
        self._joined = joined_groups(self.accounts)
        rows = (n for n, line in enumerate(self.lines) if line.kind == "row")
        self._numbers = {n: str(number) for number, n in enumerate(rows, start=1)}

    def is_reshaped(self, change: Change) -> bool:
        """Whether rows came, went or moved."""
        return (self.key, ITEMS) in change.rows or change.forms

    def notify(self, change: Change) -> None:
        """Tell the lines in which another text, figure or mark stands."""
        self._sync_lines()
        self._take_items()
        before, self._seen = self._seen, Seen(self.accounts, self.session.snapshot.marks.of(ACCOUNTS))
        changed = changed_in(before, self._seen, self._own(change), self._watched())
        last = self.columnCount() - 1
        for n, line in enumerate(self.lines):
            if changed is None or line.id in changed or self.code_at(n) in changed:
                self.dataChanged.emit(self.index(n, 0), self.index(n, last))

    def _own(self, change: Change) -> list[str]:
        return [cell for key, cell in change.cells if key == self.key]

    def _watched(self) -> list[str]:
        """The columns of figures that are shown, and what the rate is made of."""
        figures = [column.figure(ALL).replace(f".{ALL}.", ".") for column in self.columns]
        return [*filter(None, figures), "t5.total"]

    def _sync_lines(self) -> None:
        """Let bands and reasons come and go without disturbing an open editor; the rows stay."""
        wanted, at = self._lines_now(), 0
        while at < len(wanted):
            mine = self.lines[at]
            if mine == wanted[at]:
                at += 1
            elif mine.kind in ("band", "reason"):
                self.beginRemoveRows(QModelIndex(), at, at)
                del self.lines[at]
                self.endRemoveRows()
            else:
                self.beginInsertRows(QModelIndex(), at, at)
                self.lines.insert(at, wanted[at])
                self.endInsertRows()

    def spans(self) -> Iterator[Span]:
        """Bands and 合计 are named over the first columns, reasons stand beside the code."""
        for at, line in enumerate(self.lines):
            if line.kind == "reason":
                yield Span(at, 1, 1, len(self.columns) - 1)
            elif line.kind != "row":
                yield Span(at, 0, 1, FROZEN)

    def is_row(self, line: int) -> bool:
        """Whether a line is one of the list: not a band, a reason or 合计."""
        return self.lines[line].kind == "row"

    def row_at(self, line: int) -> str:
        """Return the row of a line and of the reason below it, "" for others."""
        return self.lines[line].id if self.lines[line].kind in ("row", "reason") else ""

    def place_of(self, index: Index) -> int:
        """Return which row of the list an index is on, or comes before; their number behind all of them."""
        behind = self.lines[index.row() :] if index.isValid() else []
        row = next((line.id for line in behind if line.kind in ("row", "reason")), "")
        return self.rows.index(row) if row else len(self.rows)

    def line_of(self, row: str) -> int:
        """Return the line of a row, that of 合计 for none."""
        wanted = Line("row", row)
        return self.lines.index(wanted) if wanted in self.lines else len(self.lines) - 1

    def item(self, row: str) -> Item | None:
        """Return what is typed in a row as read."""
        return self._items.get(row)

    # --- for Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Bands, rows, reasons and 合计."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Code, name and the columns of the table in hand."""
        return 0 if parent.isValid() else len(self.columns)

    def caption(self, column: int) -> str:
        """Return what a column is called."""
        return self.columns[column].caption

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Amounts stand at the right."""
        return RIGHT if self.columns[column].is_amount else LEFT

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Only rows have a number; captions are broken where they are long."""
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return self._numbers.get(section)
        found = super().headerData(section, orientation, role)
        is_side = role == Qt.ItemDataRole.TextAlignmentRole and found is not None
        return int(found) | WORDS if is_side else found

    # --- cells and figures

    def cell_at(self, index: Index) -> str:
        """Return the cell that is typed at an index."""
        line, column = self.lines[index.row()], self.columns[index.column()]
        if line.kind == "reason":
            return f"{line.id}.{REASON}" if index.column() else ""
        return "" if line.kind != "row" or column.is_computed else f"{line.id}.{column.path}"

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a typed cell or a figure stands among the columns in hand, else its row."""
        row = row_of(self.accounts, cell)
        if cell == f"{row}.{REASON}" and (reason := Line("reason", row)) in self.lines:
            return self.index(self.lines.index(reason), 1)
        if not row and not self.is_figure(cell):
            return QModelIndex()
        line = self._band_of(cell) if cell.partition(".")[0] != row else -1
        at = line if line >= 0 else self.line_of(row)
        return self.index(at, self._column_of(cell, row))

    def _band_of(self, figure: str) -> int:
        """The line of a sum by 类 or 款, -1 for any other figure."""
        code = figure.split(".")[1] if figure.count(".") == 2 else ""
        joined = next((group for group in self._joined if group[:3] == code), code)
        bands = (n for n, line in enumerate(self.lines) if line.kind == "band" and line.id == joined)
        return next(bands, -1)

    def is_figure(self, cell: str) -> bool:
        """Whether a name is that of a figure of the table in hand, or of the list."""
        first = cell.partition(".")[0]
        return first in (self.table, LIST) or any(c.path.startswith(f"{first}.") for c in self.columns)

    def _column_of(self, cell: str, row: str) -> int:
        """The column of sN.t3.basic, of t3.2050199.basic, else the first."""
        first, _, rest = cell.partition(".")
        key = rest.partition(".")[2]
        own = key if first == LIST else f"{first}.{key}"
        path = rest if first == row else own
        return next((n for n, column in enumerate(self.columns) if column.path == path), 0)

    def figure_name(self, index: Index) -> str:
        """Return the figure that an index shows, "" where it shows none: a code counts once."""
        return self.columns[index.column()].figure(self.code_at(index.row()))

    def code_at(self, line: int) -> str:
        """Return the code whose figures a line shows; "" for a reason, and for a code that stood before."""
        kind, name, is_again = self.lines[line]
        if kind != "row":
            return "" if kind == "reason" or is_again else name
        item = self._items.get(name)
        is_first = item is not None and self.accounts.leaves.get(item.code, ("",))[0] == item.id
        return item.code if item is not None and is_first else ""

    def figure_at(self, index: Index) -> str:
        """Return the computed figure at an index."""
        return "" if self.cell_at(index) else self.figure_name(index)

    def refusal(self, index: Index) -> str:
        """Why nothing can be typed: all that is no cell here is computed."""
        return COMPUTED if not self.session.read_only and not self.cell_at(index) else ""

    def shown(self, index: Index, editing: bool) -> str:
        """Return what was typed, else the figure or the name that follows."""
        cell = self.cell_at(index)
        typed = self.typed(cell) if cell else ""
        if typed or editing:
            return typed
        column, line = self.columns[index.column()], self.lines[index.row()]
        if line.kind == "reason":
            return ""
        if index.column() < FROZEN:
            return self._named(line, column.path)
        if column.path == RATE:
            return self._rate(self.code_at(index.row()))
        name = self.figure_name(index)
        return figure_text(self.accounts, name) if name else ""

    def _named(self, line: Line, path: str) -> str:
        """The name that follows from a code; bands and 合计 are named in their first cell."""
        if line.kind == "total":
            return TOTAL
        if line.kind == "band":
            return " ".join(filter(None, self.band_texts(line.id)))
        item = self._items.get(line.id)
        has_name = path == NAME and item is not None and item.code
        return self.accounts.subject_name(item.code) if has_name and item is not None else ""

    def band_texts(self, code: str) -> tuple[str, str, str]:
        """Return what a band says: its codes, its name, and what stands quietly behind it."""
        name = self.accounts.subject_name
        if code in self._joined:
            return f"{code[:3]} · {code}", name(code[:3]), f"› {name(code)}"
        return code, name(code), ""

    def is_over(self, line: int) -> str:
        """Return in words how what was spent of the row of a reason differs from its budget."""
        item = self._items.get(self.lines[line].id)
        rate = completion(self.accounts, item.code) if item is not None else None
        return "决算小于" if rate is not None and rate <= _WHOLE else "决算大于"

    def _rate(self, code: str) -> str:
        rate = completion(self.accounts, code) if code else None
        return f"{rate}%" if rate is not None else ""

    # --- how they look

    def is_grey(self, index: Index) -> bool:
        """Whether a cell is computed and never typed."""
        return not self.cell_at(index) and self.lines[index.row()].kind != "reason"

    def is_quiet(self, index: Index) -> bool:
        """Whether what stands in a cell follows from something else."""
        cell = self.cell_at(index)
        return bool(cell) and not self.typed(cell)

    def is_strong(self, index: Index) -> bool:
        """合计 and the sums of bands are bold."""
        return self.lines[index.row()].kind in ("band", "total")

    def is_typed_whole(self, index: Index) -> bool:
        """A code is passed on when its cell closes: what is typed may be a word that finds it."""
        return self.is_row(index.row()) and self.columns[index.column()].path == CODE

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a cell or the figure in it."""
        cell, name = self.cell_at(index), self.figure_name(index)
        found = mark_at(self.session, (self.key, cell)) if cell else NO_MARK
        more = mark_at(self.session, (self.key, name)) if name else NO_MARK
        if not more.findings:
            return found
        return found.with_more(more) if found.findings else more

    def words(self, index: Index) -> str:
        """What is wrong in a cell, else a name that may be longer than its cell."""
        is_name = index.column() < FROZEN and self.columns[index.column()].path != CODE
        is_band = self.lines[index.row()].kind == "band"
        return super().words(index) or (self.shown(index, False) if is_name or is_band else "")

    def origin_at(self, index: Index) -> str:
        """Nothing is said of where a text comes from."""
        return ""
