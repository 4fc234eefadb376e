"""The final accounts as read: the figures of all tables, where each comes from and what it is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from model.accounts import figures
from model.accounts.definition import ALL, LEVELS, LIST, AccountsDefinition, CellRule, Term, fixed_cells
from model.accounts.figures import UNKNOWN
from model.accounts.items import EXPENSES, Item
from model.accounts.subjects import Subjects, class_name
from model.basics.memory import once
from model.document.answers import CellId, FormAnswers

# where a figure comes from; given: a file has it printed, and what it is made of is not known
Origin = Literal["typed", "computed", "follows", "given", "blank", "unknown"]
BUDGETS = ("budget", "full")  # columns of the list that stand in no table: 年初预算, 全年预算
NAME = "name"
GENERAL_BUDGET = "general_budget"  # 年初预算 in all, typed where the items were rounded one by one


class Figure(NamedTuple):
    """A cell of a table: its value in the unit of the accounts (None: blank or unknown), its text on paper.

    `cells` are where it is typed, none for a sum. `given` is what a file had printed there, None if none had.
    """

    name: str
    value: Decimal | None
    text: str
    origin: Origin
    given: str | None
    cells: tuple[CellId, ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Accounts:
    """The final accounts as read. Amounts are in `unit`, exact; a text of a table is in 万元.

    `columns` holds the amounts of tables by subjects, by "t3.basic" and code ("all" is 合计), `fixed` those
    of the other tables by name. What is not there is blank, or unknown if it is in `unknown`.
    """

    key: str
    definition: AccountsDefinition
    subjects: Subjects
    answers: FormAnswers
    unit: str
    items: tuple[Item, ...]
    leaves: Mapping[str, tuple[str, ...]]  # rows of the list that count, by code
    typed_names: Mapping[str, str]  # by code
    columns: Mapping[str, Mapping[str, Decimal]]
    fixed: Mapping[str, Decimal]
    unknown: frozenset[str]
    missing: frozenset[str]  # tables that the file that was read does not have
    rows: Mapping[str, tuple[str, ...]]  # codes of the printed rows by table, without 合计
    children: Mapping[str, Mapping[str, tuple[str, ...]]]  # of them, the codes one level below each

    @property
    def year(self) -> str:
        """The year of the accounts, as four digits."""
        return self.answers.year

    @property
    def name(self) -> str:
        """The unit that they are of."""
        return self.answers.unit

    @property
    def expenses(self) -> tuple[str, ...]:
        """The rows of what project money was spent on."""
        return self.answers.rows.get(EXPENSES, ())

    def value(self, name: str) -> Decimal | None:
        """Return the amount of a cell; None where it is blank or unknown."""
        return value_of(self.columns, self.fixed, name)

    @property
    def general_budget(self) -> Decimal | None:
        """The budgets of the list added up (五（三）), but for subjects that other money pays for: those that
        stand in 表3, 表7 or 表8 and not in 表5. None where no budget is typed."""
        total = self.value("s.all.budget")
        if total is None:
            return None
        other = {code for table in ("t3", "t7", "t8") for code in self.rows.get(table, ())}
        other -= set(self.rows.get("t5", ()))
        found = (self.value(f"s.{code}.budget") for code in other if code in self.leaves)
        return total - sum((value for value in found if value is not None), Decimal(0))

    def amount(self, name: str) -> Decimal | None:
        """Return the amount of a cell, 0 where it is blank; None where it is unknown."""
        found = self.value(name)
        return found if found is not None else None if self.is_unknown(name) else Decimal(0)

    def is_unknown(self, name: str) -> bool:
        """Whether nobody knows what stands in a cell: it, or what it is made of, is missing in a file."""
        return name in self.unknown or name.partition(".")[0] in self.missing

    def text(self, name: str) -> str:
        """Return a cell as it is printed."""
        definition = self.definition
        zeros = definition.zeros and not self.is_unknown(name)
        return figures.show(self.value(name), self.unit, commas=definition.commas, zeros=zeros)

    def given(self, name: str) -> str | None:
        """Return what a file that was read had printed in a cell, None if it had none."""
        found = self.answers.given.get(name)
        return None if found == UNKNOWN else found

    def printed(self, name: str) -> Decimal | None:
        """Return what a cell says on the paper that was read, else here: blank is 0, None is not known."""
        given = self.given(name)
        if given is not None:
            return figures.read_amount(given, self.unit).value or Decimal(0)
        return self.amount(name)

    def figure(self, name: str) -> Figure:
        """Return all that is to know of a cell."""
        cells = self.cells(name)
        value = self.value(name)
        return Figure(name, value, self.text(name), self._origin(name, value, cells), self.given(name), cells)

    def _origin(self, name: str, value: Decimal | None, cells: tuple[CellId, ...]) -> Origin:
        if value is None:
            return "unknown" if self.is_unknown(name) else "blank"
        terms = self.terms(name)
        if any(self.answers.text(cell) for cell in cells) and not self._is_followed(name, terms):
            return "typed"
        if not terms or any(self.is_unknown(other) for _, other in terms):
            return "given"
        own = name.partition(".")[0] + "."
        return "computed" if any(other.startswith(own) for _, other in terms) else "follows"

    def _is_followed(self, name: str, terms: tuple[Term, ...]) -> bool:
        rule = self.rule(name)
        follows = rule is not None and rule.mode == "follows"
        return follows and any(self.value(other) is not None for _, other in terms)

    def cells(self, name: str) -> tuple[CellId, ...]:
        """Return the cells in which a figure is typed or may be typed over; none for a plain sum."""
        table, _, rest = name.partition(".")
        code, _, column = rest.partition(".")
        if table == LIST or table in self.definition.subject_tables:
            path = column if table == LIST else f"{table}.{column}"
            ids = self.leaves.get(code, ()) if self._is_typed(table, column) else ()
            return tuple(f"{item}.{path}" for item in ids)
        rule = self.rule(name)
        return (name,) if rule is not None and rule.mode != "computed" else ()

    def _is_typed(self, table: str, column: str) -> bool:
        columns = () if table == LIST else self.definition.subject_tables[table].columns
        return table == LIST or any(one.key == column and one.mode != "computed" for one in columns)

    def rule(self, name: str) -> CellRule | None:
        """Return what makes a cell with a fixed name; None for one of a table by subjects."""
        return self.definition.made.get(name)

    def terms(self, name: str) -> tuple[Term, ...]:
        """Return the signed names of what a figure is made of, as it is computed; none for a typed one.

        The sums by 款, 类 and in all are made of the rows one level below.
        """
        if (rule := self.rule(name)) is not None:
            return rule.terms
        table, code, key = name.split(".")
        below = self.below(table, code)
        if below or table == LIST:
            return tuple((1, f"{table}.{other}.{key}") for other in below)
        column = self.definition.subject_tables[table].column(key)
        return tuple((sign, cell_of_row(table, code, other)) for sign, other in column.terms)

    def below(self, table: str, code: str) -> tuple[str, ...]:
        """Return the codes of a table one level below one of them, those of 合计 are the classes."""
        return self.children.get(table, {}).get(code, ())

    def field(self, field_id: str) -> str:
        """Return what is typed beside the tables, its default where nothing is."""
        text = self.answers.text(field_id)
        known = self.definition.fields.get(field_id)
        return text or (known.default if known else "")

    def field_amount(self, field_id: str) -> Decimal | None:
        """Return an amount typed beside the tables; None where there is none."""
        return figures.read_amount(self.field(field_id), self.unit).value

    def subject_name(self, code: str) -> str:
        """Return the name of a subject: as typed, else by the list of the year, else by the class; or ""."""
        typed = self.typed_names.get(code) or self.answers.text(f"{NAME}.{code}")
        caption = self.definition.classes.get(code, "")
        return typed or self.subjects.functional.get(code, "") or class_name(caption)

    def names(self) -> Iterator[str]:
        """Yield the names of all cells that are printed, table by table in the order of paper."""
        for table in self.definition.tables:
            body = self.definition.subject_tables.get(table.id)
            if body is None:
                yield from (rule.name for rule in fixed_cells(table))
            else:
                codes = (ALL, *self.rows[table.id])
                yield from (f"{table.id}.{code}.{column.key}" for code in codes for column in body.columns)

    def is_empty(self, table: str) -> bool:
        """Whether no amount other than 0 stands in a table; so too where the edition has no such table."""
        if table in self.rows:
            return not self.rows[table]
        return not any(self.fixed.get(rule.name) for rule in self.definition.fixed.get(table, ()))


@once
def rows_of(accounts: Accounts) -> Mapping[str, Item]:
    """Return the rows of the list by id."""
    return {item.id: item for item in accounts.items}


# --- names


def value_of(
    columns: Mapping[str, Mapping[str, Decimal]], fixed: Mapping[str, Decimal], name: str
) -> Decimal | None:
    found = fixed.get(name)
    if found is None:
        column, code = _column_and_code(name)
        values = columns.get(column)
        found = values.get(code) if values is not None else None
    return found


@lru_cache(maxsize=20_000)
def _column_and_code(name: str) -> tuple[str, str]:
    table, _, rest = name.partition(".")
    code, _, key = rest.partition(".")
    return f"{table}.{key}", code


@lru_cache(maxsize=20_000)
def parent_of(code: str) -> str:
    """The code one level above; "" above 合计."""
    if code == ALL:
        return ""
    return code[:-2] if len(code) > min(LEVELS) else ALL


def cell_of_row(table: str, code: str, term: str) -> str:
    """The cell of a row that a term of a column means: of its own table, or of another (t3.basic)."""
    other, _, key = term.rpartition(".")
    return f"{other or table}.{code}.{key}"
