"""What a set of final accounts (部门决算公开表) is: its tables, their cells, and what makes each of them.

Every figure has a name: `t1.in.year`, `t4.out.205.fund`, `t3.2050199.basic`, `t3.all.total`, `t6.30101`,
`t9.final.reception`. A formula is a list of signed names; there is no expression language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Term = tuple[int, str]  # a sign and the name of a cell
# typed: only the clerk knows it; default: computed unless typed; follows: from another table, typed while
# that has nothing; computed: never typed.
Mode = Literal["typed", "default", "follows", "computed"]
Kind = Literal["ledger", "subjects", "economic", "single"]
FieldKind = Literal["money", "count", "text", "long"]

ALL = "all"  # instead of a code: the row 合计
LIST = "s"  # the list of subjects as a table of its own: what of it stands in no table (年初预算)
LEVELS = {3: "类", 5: "款", 7: "项"}  # digits of a functional code


class HeaderCell(NamedTuple):
    """A cell of the heading of a table; row and column count from 0."""

    text: str
    row: int
    col: int
    rowspan: int
    colspan: int


class Header(NamedTuple):
    """The heading of a table: its rows and their cells; what is blank is a cell too."""

    rows: int
    cells: tuple[HeaderCell, ...]


class CellRule(NamedTuple):
    """A cell with a fixed name and what makes it; `negative` says that an amount below 0 may stand in it."""

    name: str
    mode: Mode
    terms: tuple[Term, ...] = ()
    negative: bool = False
    carried: str = ""  # the cell of last year's document that it begins with


class Line(NamedTuple):
    """A line of one side of a ledger: its number as printed (行次), caption and cells, none when blank."""

    no: str
    caption: str
    key: str
    cells: tuple[CellRule, ...]
    is_total: bool


class Ledger(NamedTuple):
    """Two sides with lines beside each other (表1, 表4); `columns` has the captions of their amounts."""

    sides: tuple[tuple[Line, ...], ...]
    columns: tuple[tuple[str, ...], ...]


class Column(NamedTuple):
    """A column of a table by subjects; its terms are columns of the same row, of other tables with their id.

    A default does not hold where the sum of one of `unless` is above 0.
    """

    key: str
    caption: str
    mode: Mode
    terms: tuple[Term, ...] = ()
    unless: tuple[tuple[Term, ...], ...] = ()
    negative: bool = False


class SubjectTable(NamedTuple):
    """A table with a row a subject and sums by 款, 类 and in all (表2, 3, 5, 7, 8)."""

    columns: tuple[Column, ...]
    total_first: bool = True
    code_cells: int = 1  # 3: the code is cut into 类, 款 and 项
    codes_over_total: bool = False  # the last captions above the codes also cover the row 合计

    def column(self, key: str) -> Column:
        """Return a column; there is one."""
        return next(column for column in self.columns if column.key == key)


class EconomicRow(NamedTuple):
    """A row of 表6; one of three digits is the sum of those below it that begin with its code."""

    code: str
    name: str
    rule: CellRule


class EconomicTotal(NamedTuple):
    """A sum at the foot of 表6, printed over some columns."""

    caption: str
    rule: CellRule
    first_col: int
    last_col: int
    value_col: int


class EconomicTable(NamedTuple):
    """Blocks of economic subjects beside each other (表6)."""

    blocks: tuple[tuple[EconomicRow, ...], ...]
    totals: tuple[EconomicTotal, ...]

    @property
    def rows(self) -> Iterator[EconomicRow]:
        """All rows, block after block."""
        for block in self.blocks:
            yield from block


class SingleColumn(NamedTuple):
    """A column of a table of one row, with the captions above it."""

    rule: CellRule
    caption: str


class SingleRow(NamedTuple):
    """A table with one row of amounts (表9)."""

    columns: tuple[SingleColumn, ...]


Body = Ledger | SubjectTable | EconomicTable | SingleRow


class Table(NamedTuple):
    """One of the printed tables; `no` is its number in this edition (表9), `id` what it is in all of them."""

    id: str
    no: str
    kind: Kind
    title: str
    landscape: bool
    widths_mm: tuple[float, ...]
    header: Header
    notes: tuple[str, ...]
    empty_note: str
    body: Body


class Field(NamedTuple):
    """Something typed beside the tables: an amount, a number of things, a text."""

    id: str
    caption: str
    kind: FieldKind
    carried: str = ""  # what of last year's document it begins with: a cell, or "=" for the same field
    default: str = ""


class FieldGroup(NamedTuple):
    """Fields under one heading; `is_told`: they are typed where the explanation is written."""

    title: str
    fields: tuple[Field, ...]
    is_told: bool = False


@dataclass(frozen=True, eq=False)  # as itself: it is remembered by
class AccountsDefinition:
    """An edition of the final accounts of a region: what is printed, and how each cell comes about."""

    id: str
    name: str
    region: str
    year: str  # the first that it is for
    source: str
    outline: str
    money_unit: str
    zeros: bool  # 0.00 where nothing is; else blank
    commas: bool
    unit_line: tuple[str, str]
    classes: Mapping[str, str]  # caption of each class by code, in the order of paper
    tables: tuple[Table, ...]  # in the order of paper
    order: tuple[str, ...]  # of tables, as they are computed
    groups: tuple[FieldGroup, ...]

    def table(self, table_id: str) -> Table:
        """Return a table; there is one."""
        return self._tables[table_id]

    @cached_property
    def _tables(self) -> Mapping[str, Table]:
        return {table.id: table for table in self.tables}

    @cached_property
    def subject_tables(self) -> Mapping[str, SubjectTable]:
        """The tables by subjects by id, in the order they are computed."""
        bodies = {name: self.table(name).body for name in self.order}
        return {name: body for name, body in bodies.items() if isinstance(body, SubjectTable)}

    @cached_property
    def fixed(self) -> Mapping[str, tuple[CellRule, ...]]:
        """The cells with fixed names by table, in the order they are computed."""
        return {
            table.id: tuple(in_order(table))
            for table in self.tables
            if not isinstance(table.body, SubjectTable)
        }

    @cached_property
    def typed_columns(self) -> dict[str, bool]:
        """The columns of tables by subjects in which a clerk may type (t3.basic), and where below 0."""
        return {
            f"{table}.{column.key}": column.negative
            for table, body in self.subject_tables.items()
            for column in body.columns
            if column.mode != "computed"
        }

    @cached_property
    def made(self) -> Mapping[str, CellRule]:
        """What makes each cell with a fixed name."""
        return {rule.name: rule for table in self.tables for rule in fixed_cells(table)}

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """What is typed beside the tables, by id."""
        return {field.id: field for group in self.groups for field in group.fields}


def fixed_cells(table: Table) -> Iterator[CellRule]:
    """Yield the cells with fixed names of a table in the order of paper."""
    body = table.body
    if isinstance(body, Ledger):
        for side in body.sides:
            for line in side:
                yield from line.cells
    elif isinstance(body, EconomicTable):
        yield from (row.rule for row in body.rows)
        yield from (total.rule for total in body.totals)
    elif isinstance(body, SingleRow):
        yield from (column.rule for column in body.columns)


def in_order(table: Table) -> list[CellRule]:
    """Return the cells with fixed names as they are computed: each after those of its table it is made of.

    Raises ValueError with the name of a cell that is made of itself.
    """
    waiting = sorted(fixed_cells(table), key=lambda rule: rule.mode != "typed")
    open_names = {rule.name for rule in waiting}
    found: list[CellRule] = []
    while waiting:
        ready = [rule for rule in waiting if not any(name in open_names for _, name in rule.terms)]
        if not ready:
            raise ValueError(waiting[0].name)
        found += ready
        open_names -= {rule.name for rule in ready}
        waiting = [rule for rule in waiting if rule.name in open_names]
    return found
