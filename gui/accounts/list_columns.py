"""The columns of the list of subjects: those of a table; beside the spending the budget and the income."""

from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.accounts.definition import LIST, AccountsDefinition

CODE, NAME, RATE = "code", "name", "rate"
SPENDING = "t3"  # beside its columns stand the budget and the reasons
INCOME = "t2"  # its columns are unfolded beside those of the spending


class ListColumn(NamedTuple):
    """A column: what stands behind the row in its cells, and whether it is an amount and is computed."""

    path: str
    caption: str
    is_amount: bool = False
    is_computed: bool = False

    def figure(self, code: str) -> str:
        """Return the figure of a code in this column, "" where it has none."""
        if not self.is_amount or not code or self.path == RATE:
            return ""
        table, _, key = self.path.rpartition(".")
        return f"{table or LIST}.{code}.{key}"


_FIRST = (ListColumn(CODE, "科目编码"), ListColumn(NAME, "科目名称"))
_USUAL = ("basic", "project", "total")  # what every unit has
_BUDGET = (ListColumn("budget", "年初预算", True), ListColumn(RATE, "完成率", True, True))
_BESIDE = (ListColumn("full", "全年预算", True), ListColumn("use", "主要用途"))


def columns_of(accounts: Accounts, table: str, with_sources: bool) -> tuple[ListColumn, ...]:
    """Return the columns with which the list is shown for a table.

    Beside the spending those of its income can be unfolded, and what few units spend otherwise; folded, only
    what of that has an amount is shown.
    """
    own = _of_table(accounts.definition, table)
    if table != SPENDING:
        return (*_FIRST, *own.values())
    usual = tuple(own.pop(key) for key in _USUAL if key in own)
    income = tuple(_of_table(accounts.definition, INCOME).values()) if with_sources else ()
    seldom = tuple(column for column in own.values() if with_sources or has_amount(accounts, column.path))
    return (*_FIRST, *usual, *income, *seldom, *_BUDGET, *_BESIDE)


def _of_table(definition: AccountsDefinition, table: str) -> dict[str, ListColumn]:
    body = definition.subject_tables.get(table)
    return {
        c.key: ListColumn(f"{table}.{c.key}", c.caption.removeprefix("本年"), True, c.mode == "computed")
        for c in (body.columns if body else ())
    }


def has_other_sources(accounts: Accounts) -> bool:
    """Whether a unit has income beside the grants, or grants that are not what was spent."""
    body = accounts.definition.subject_tables.get(INCOME)
    columns = [column for column in body.columns if column.mode == "typed"] if body else []
    typed = any(accounts.answers.text(f"{item.id}.{INCOME}.fiscal") for item in accounts.items)
    return typed or any(has_amount(accounts, f"{INCOME}.{column.key}") for column in columns)


def has_amount(accounts: Accounts, path: str) -> bool:
    """Whether an amount stands in a column, as t3.operating."""
    return any(accounts.columns.get(path, {}).values())
