"""A table of cells with fixed names as Qt sees it: one side of a ledger, 表6, or a table of one row."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt

from gui.base.qt import Index
from gui.editors.cell_marks import mark_at
from gui.session.accounts_places import figure_text
from gui.session.marks import NO_MARK, Mark
from gui.session.session import Session
from gui.tables.sheet_model import LEFT, RIGHT, SheetModel
from model.accounts.accounts import Accounts
from model.accounts.definition import CellRule, EconomicTable, Ledger, SingleRow, Table
from model.accounts.places import captions_over
from model.document.answers import ACCOUNTS
from model.document.document import Change


class FigureLine(NamedTuple):
    """A line: its number or code, its caption, its cells, and whether it is a sum."""

    no: str
    caption: str
    rules: tuple[CellRule, ...]
    is_total: bool = False


class FigureTable(NamedTuple):
    """What is shown as one table: its heading, the captions of all columns, its lines."""

    heading: str
    captions: tuple[str, ...]
    lines: tuple[FigureLine, ...]


def tables_of(table: Table, heading: str) -> Iterator[FigureTable]:
    """Yield what is shown of a table: a ledger in its two sides."""
    body = table.body
    if isinstance(body, Ledger):
        for name, side, captions in zip(("收入", "支出"), body.sides, body.columns, strict=False):
            lines = tuple(FigureLine(line.no, line.caption, line.cells, line.is_total) for line in side)
            yield FigureTable(f"{heading} · {name}", ("行次", "项目", *captions), lines)
    elif isinstance(body, EconomicTable):
        lines = tuple(FigureLine(row.code, row.name, (row.rule,), len(row.code) == 3) for row in body.rows)
        sums = tuple(FigureLine("", total.caption, (total.rule,), True) for total in body.totals)
        yield FigureTable(heading, ("科目编码", "科目名称", "金额"), lines + sums)
    elif isinstance(body, SingleRow):
        lines = tuple(
            FigureLine(str(n + 1), captions_over(table, n), (column.rule,))
            for n, column in enumerate(body.columns)
        )
        yield FigureTable(heading, ("栏次", "项目", "金额"), lines)


class FiguresModel(SheetModel):
    """Lines in which nothing stands and nothing can be typed while the list has figures are left out."""

    def __init__(self, session: Session, table: FigureTable, parent: QObject | None = None) -> None:
        self.table = table
        self.shows_all = False
        super().__init__(session, ACCOUNTS, parent)

    @property
    def accounts(self) -> Accounts:
        """The final accounts as they are now."""
        accounts = self.session.snapshot.reading.accounts
        assert accounts is not None
        return accounts

    def take_lines(self) -> None:
        """Take the lines that have something to show."""
        self.lines = self._lines_now()

    def _lines_now(self) -> tuple[FigureLine, ...]:
        accounts = self.accounts
        return tuple(line for line in self.table.lines if self.shows_all or _is_wanted(accounts, line))

    def show_all(self, shows_all: bool) -> None:
        """Show every printed line, or only those with something in them."""
        self.beginResetModel()
        self.shows_all = shows_all
        self.take_lines()
        self.endResetModel()

    @property
    def is_shortened(self) -> bool:
        """Whether there are lines that can be left out."""
        return any(not _is_wanted(self.accounts, line) for line in self.table.lines)

    def is_reshaped(self, change: Change) -> bool:
        """Whether other lines have something to show."""
        return self._lines_now() != self.lines

    def notify(self, change: Change) -> None:
        """A key may change any figure; only what is in sight is drawn again."""
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The lines in sight."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number, caption, amounts."""
        return 0 if parent.isValid() else len(self.table.captions)

    def caption(self, column: int) -> str:
        """Return what a column is called."""
        return self.table.captions[column]

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Amounts stand at the right."""
        return RIGHT if column > 1 else LEFT

    def row_at(self, line: int) -> str:
        """No line can be added or deleted."""
        return ""

    def _rule(self, index: Index) -> CellRule | None:
        rules, n = self.lines[index.row()].rules, index.column() - 2
        return rules[n] if 0 <= n < len(rules) else None

    def cell_at(self, index: Index) -> str:
        """Return the cell that is typed at an index: not a sum, and not what another table says."""
        rule = self._rule(index)
        return rule.name if rule is not None and is_open(self.accounts, rule) else ""

    def figure_at(self, index: Index) -> str:
        """Return the computed figure at an index."""
        rule = self._rule(index)
        return rule.name if rule is not None and not self.cell_at(index) else ""

    def index_of(self, cell: str) -> QModelIndex:
        """Return where a figure stands."""
        for row, line in enumerate(self.lines):
            for n, rule in enumerate(line.rules):
                if rule.name == cell:
                    return self.index(row, n + 2)
        return QModelIndex()

    def shown(self, index: Index, editing: bool) -> str:
        """Return what was typed, else the figure."""
        line, rule = self.lines[index.row()], self._rule(index)
        if index.column() < 2:
            return line.caption if index.column() else line.no
        if rule is None:
            return ""
        cell = self.cell_at(index)
        typed = self.typed(cell) if cell else ""
        return typed if typed or editing else figure_text(self.accounts, rule.name)

    def is_stop(self, index: Index) -> bool:
        """Whether Tab stops at a cell."""
        return bool(self.cell_at(index))

    def is_grey(self, index: Index) -> bool:
        """Whether a cell is never typed."""
        return not self.cell_at(index)

    def is_quiet(self, index: Index) -> bool:
        """Whether what stands in a cell follows from something else."""
        cell = self.cell_at(index)
        return bool(cell) and not self.typed(cell)

    def is_strong(self, index: Index) -> bool:
        """Sums are bold."""
        return self.lines[index.row()].is_total

    def mark_at(self, index: Index) -> Mark:
        """Return what stands against a figure."""
        rule = self._rule(index)
        return mark_at(self.session, (self.key, rule.name)) if rule is not None else NO_MARK

    def origin_at(self, index: Index) -> str:
        """Nothing is said of where a text comes from."""
        return ""


def is_open(accounts: Accounts, rule: CellRule) -> bool:
    """Whether a cell can be typed: one that follows another table only while that has nothing."""
    if rule.mode == "follows":
        return all(accounts.value(name) is None for _, name in rule.terms)
    return rule.mode != "computed"


def _is_wanted(accounts: Accounts, line: FigureLine) -> bool:
    """Whether a line has something to show or asks to be typed; captions without cells go with none."""
    return line.is_total or any(
        rule.mode in ("typed", "default") or accounts.value(rule.name) or accounts.answers.text(rule.name)
        for rule in line.rules
    )
