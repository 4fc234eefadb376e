"""One look at a whole document: every form with its definition, its texts and its score sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakValueDictionary

from model.basics.amount import Amount, sound_amount
from model.basics.memory import once
from model.document.answers import (
    ACCOUNTS,
    INDICATORS,
    LAST,
    MONEY_UNIT,
    Address,
    Answers,
    CellId,
    FormAnswers,
    FormKey,
)
from model.forms.columns import FUND_COLUMNS, ROW_COLUMNS, Column, ColumnKind, short
from model.forms.definition import (
    AmountRow,
    Field,
    FormDefinition,
    FundsBlock,
    IndicatorsBlock,
    Regulation,
    RowsBlock,
)
from model.forms.loader import Library
from model.forms.months import MONTHS, in_months
from model.forms.units import in_unit
from model.reading.amounts import rows_of
from model.reading.scoring import Indicator, ScoreSheet, evaluate
from model.reading.terms import label_of, term_of

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

_BESIDE_ROWS = {  # cells of a row beside its columns
    "level1_weight": "一级指标分值",
    f"{LAST}actual": "上年完成值",
    f"{LAST}score": "上年得分",
    "sentence": "报告中的句子",
}
_ROW = re.compile("(?:^|(?<= · ))第[0-9]+行")
_LONGEST_NAME = 20  # characters of a name in a place
REPORT = "自评报告"  # where a cell of what is written about a form stands
_OTHER_NAMES = {
    "total": "总分",
    "title": "标题",
    "unit": "单位名称",
    "year": "年度",
    "block_label": "指标部分标题",
    MONEY_UNIT: "金额单位",
}


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)  # as itself: the same answers give the same
class Form:
    """A filled-in form as read."""

    key: FormKey
    definition: FormDefinition
    regulation: Regulation
    answers: FormAnswers
    sheet: ScoreSheet

    @property
    def project(self) -> str:
        """The name of the project; "" for a department form."""
        return self.answers.text("project_name")

    @property
    def name(self) -> str:
        """The project, else the unit."""
        return self.project or self.answers.unit

    @property
    def title(self) -> tuple[str, ...]:
        """The lines of the printed title."""
        return tuple(self.filled(line) for line in self.definition.title)

    def filled(self, pattern: str) -> str:
        """Return a pattern of the definition with year, unit and project put in."""
        year = self.answers.year
        before = [str(int(year) - n) if year.isdecimal() else "" for n in (2, 1)]
        return pattern.format(
            year=year,
            two_years_before=before[0],
            year_before=before[1],
            unit=self.answers.unit,
            project=self.project,
        )

    def indicators_of(self, goal: str) -> IndicatorsBlock:
        """Return the block in which the rows of a goal stand."""
        return self.definition.indicators_of(term_of(self.definition, self.answers, goal))

    def table_of(self, row: str) -> RowsBlock | None:
        """Return the table to which a row was added, None for any other row."""
        blocks = self.definition.row_blocks
        return next((block for block in blocks if row in self.answers.rows.get(block.id, ())), None)

    def amount_cells(self) -> Iterator[CellId]:
        """Yield every cell in which an amount is typed."""
        definition = self.definition
        yield from (field.id for field in definition.fields.values() if field.kind == "money")
        for block in definition.money_blocks:
            for row in rows_of(block, self.answers):
                yield from (row.cell(column) for column in block.amounts if not row.sums)
        yield from self.cells_of_kind("money")

    def cells_of_kind(self, kind: ColumnKind) -> Iterator[CellId]:
        """Yield the cells of rows in columns of a kind that no rule knows; a rule looks at its own itself."""
        own = [column for key, column in self.definition.row_columns.items() if key not in ROW_COLUMNS]
        tables = {INDICATORS: own} | {block.id: block.columns for block in self.definition.row_blocks}
        for name, columns in tables.items():
            keys = [column.key for column in columns if column.kind == kind]
            for row in self.answers.rows.get(name, ()) if keys else ():
                yield from (f"{row}.{key}" for key in keys)
        for block in self.definition.money_blocks if kind != "money" else ():
            keys = [
                column.key
                for column in block.columns
                if column.kind == kind and column.key not in FUND_COLUMNS
            ]
            for line in rows_of(block, self.answers) if keys else ():
                yield from (line.cell(key) for key in keys)

    def column_of(self, cell: CellId) -> Column | None:
        """Return the column of a cell of a table, None for any other cell."""
        row, _, key = cell.rpartition(".")
        if row in self.answers.indicators:
            return self.definition.row_columns.get(key)
        if row in self.answers.goals:
            return self.definition.goal_columns.get(key)
        money = self.money_row(row)
        block = money[0] if money else self.table_of(row)
        return next((column for column in block.columns if column.key == key), None) if block else None

    def amount(self, cell: CellId) -> Amount | None:
        """Return the amount typed in a cell, in the form's unit; None where none or an absurd one stands."""
        return sound_amount(self.answers.text(cell), self.definition.money_unit)

    def money_row(self, at: CellId) -> tuple[FundsBlock, AmountRow] | None:
        """Return the row of amounts whose cells begin so, with its block; None for anything else."""
        return _money_rows(self).get(at)

    def at(self, cell: CellId) -> Address:
        """Return the address of a cell of this form."""
        return self.key, cell

    def place(self, cell: CellId) -> str:
        """Return where a cell stands as the clerk sees it: "产出指标 · 数量指标 · 第2行 · 得分"."""
        return " · ".join(part for part in _place(self, cell) if part)

    def where(self, cell: CellId) -> str:
        """Return the place of a cell with the name of its indicator: "… · 第2行“培训教师” · 得分"."""
        return with_name(self.place(cell), self.subject(cell))

    def subject(self, cell: CellId) -> str:
        """Return the name of the indicator in whose row a cell stands; "" elsewhere."""
        row = cell.rpartition(".")[0]
        return self.answers.text(f"{row}.name") if row in self.answers.indicators else ""

    def column_places(self, goal: str) -> "ColumnPlaces":
        """Return how the columns of the rows of a goal are called."""
        has_name = goal in self.answers.goals and (
            len(self.answers.goals) > 1 or bool(self.definition.goal_terms)
        )
        term = term_of(self.definition, self.answers, goal)
        return ColumnPlaces(self.definition, term, goal_name(self, goal) if has_name else "")


class ColumnPlaces(NamedTuple):
    """What the places of all rows of a goal have in common; compared at once, so it can be remembered by."""

    definition: FormDefinition
    term: str
    goal: str  # its name, where there are several

    def of(self, row: Indicator, column: str) -> str:
        """Return where a cell of a row stands, as `Form.place` does."""
        level2 = "" if row.level2 == row.level1 else row.level2
        name = _column_name(self.definition, self.term, column)
        parts = (self.goal, row.level1, level2, f"第{row.position}行", name)
        return " · ".join(part for part in parts if part)


class Reading(NamedTuple):
    """All forms of a document in order, its final accounts, the unit and the year of the document."""

    forms: tuple[Form, ...]
    unit: str = ""
    year: str = ""
    library: Library | None = None
    accounts: "Accounts | None" = None

    @property
    def department(self) -> Form | None:
        """The form of the whole department, if the document has one."""
        return next((f for f in self.forms if f.definition.kind == "department"), None)

    @property
    def declaration(self) -> Form | None:
        """The declaration of goals (目标申报表), if the document has one."""
        return next((f for f in self.forms if f.definition.kind == "declaration"), None)

    @property
    def projects(self) -> tuple[Form, ...]:
        """The forms of the projects in order."""
        return tuple(f for f in self.forms if f.definition.kind == "project")


def read(library: Library, answers: Answers) -> Reading:
    """Return all forms of a document, read and scored, by the definitions that it carries before those of
    the library; raises UserError for an unknown definition."""
    library = library.carrying(answers.carried)
    forms = tuple(_form(library, key, form) for key, form in answers if key != ACCOUNTS)
    accounts = _accounts(library, answers.forms.get(ACCOUNTS))
    return Reading(forms, answers.unit, answers.year, library, accounts)


def _accounts(library: Library, answers: FormAnswers | None) -> "Accounts | None":
    if answers is None:
        return None
    from model.accounts.loader import edition, subjects_of  # late: most documents have no accounts
    from model.accounts.reading import read_accounts

    return read_accounts(edition(library, answers.definition), subjects_of(library, answers.year), answers)


def definition_of(library: Library, answers: FormAnswers) -> FormDefinition:
    """Return the definition of a form, in the unit of money that the form is filled in."""
    definition = library.form(answers.definition)
    found = in_unit(definition, answers.text(MONEY_UNIT) or definition.money_unit)
    return in_months(found, answers.text(MONTHS))


def _form(library: Library, key: FormKey, answers: FormAnswers) -> Form:
    definition = definition_of(library, answers)
    regulation = library.regulation(definition)
    known = _KNOWN.get((key, id(answers)))
    if known is not None and known.answers is answers and known.definition is definition:
        return known
    found = form_of(key, definition, regulation, answers)
    _KNOWN[key, id(answers)] = found
    return found


def form_of(key: FormKey, definition: FormDefinition, regulation: Regulation, answers: FormAnswers) -> Form:
    """Return a form as its definition, in the unit of its money, and its regulation read it."""
    return Form(key, definition, regulation, answers, evaluate(definition, regulation, answers))


_KNOWN: WeakValueDictionary[tuple[FormKey, int], Form] = WeakValueDictionary()  # a key changes one form


def _place(form: Form, cell: CellId) -> Iterator[str]:
    row, _, column = cell.rpartition(".")
    if found := _indicators(form).get(row):
        yield form.column_places(found.goal).of(found, column)
    elif row in form.answers.goals:
        yield goal_name(form, row)
        yield "标题" if column == "label" else form.definition.goal_columns[column].name
    elif money := form.money_row(row):
        yield from _money_place(form, *money, column)
    elif block := form.table_of(row):
        yield from _table_place(form, block, row, column)
    elif cell in form.definition.fields:
        yield field_name(form.definition.fields[cell])
    else:
        yield _OTHER_NAMES.get(cell) or REPORT


@once
def _indicators(form: Form) -> dict[CellId, Indicator]:
    """The rows of indicators by their ids: places are asked for row by row, at every key."""
    return {row.id: row for row in form.sheet.indicators}


@once
def _money_rows(form: Form) -> dict[CellId, tuple[FundsBlock, AmountRow]]:
    """The rows of amounts by how their cells begin."""
    blocks = reversed(form.definition.money_blocks)  # the first counts
    return {row.at: (block, row) for block in blocks for row in reversed(rows_of(block, form.answers))}


def with_name(place: str, name: str) -> str:
    """Return a place of a row that names what it is about; a row is not known by its number alone."""
    said = " ".join(name.split())
    short = said if len(said) <= _LONGEST_NAME else said[: _LONGEST_NAME - 1] + "…"
    return _ROW.sub(lambda found: f"{found[0]}“{short}”", place, count=1) if short else place


def field_name(field: Field) -> str:
    """Return how window and messages call a field: two of one caption are told apart by their keys."""
    if field.caption and field.key.startswith(field.caption) and "{" not in field.key:
        return field.key.replace("(", "（").replace(")", "）")
    return field.caption or "其他"


def goal_name(form: Form, goal: str) -> str:
    """Return how a goal is called in messages: 年度目标 2; without a number where there is one goal.

    A form with terms calls it as it labels it: 长期目标1.
    """
    if form.definition.goal_terms:
        return label_of(form.definition, form.answers, goal)
    goals = form.answers.goals
    return f"年度目标 {goals.index(goal) + 1}" if len(goals) > 1 else "年度目标"


def _column_name(form: FormDefinition, term: str, key: str) -> str:
    own = next((column for column in form.indicators_of(term).columns if column.key == key), None)
    column = own or form.row_columns.get(key)
    return column.called if column else _BESIDE_ROWS[key]


def _money_place(form: Form, block: FundsBlock, row: AmountRow, key: str) -> Iterator[str]:
    yield row.group or short(block.label)
    yield "".join(row.caption.split()) or f"第{rows_of(block, form.answers).index(row) + 1}行"
    known = {**FUND_COLUMNS, **form.definition.money_columns(block)}
    yield form.filled(known[key].called) if key in known else key


def _table_place(form: Form, block: RowsBlock, row: str, column: str) -> Iterator[str]:
    yield block.label
    yield f"第{form.answers.rows[block.id].index(row) + 1}行"
    yield next((c.caption for c in block.columns if c.key == column), column)
