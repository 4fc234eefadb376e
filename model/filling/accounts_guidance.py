"""What is said about a cell of the final accounts: how to fill it in, what it rests on."""

from fnmatch import fnmatchcase

from model.accounts.accounts import NAME, Accounts
from model.accounts.definition import LEVELS, LIST, EconomicTable, Ledger
from model.document.answers import CellId
from model.explanation.works import ROWS
from model.forms.advice import Advice
from model.forms.loader import Library

PREFIX = "accounts."  # before the kind of a cell, in the files of advice
_EXPLAINED = (
    NAME,
    "text",
    "class_use",
    "class_reason",
    "explain",
    "result",
)  # before a part, or the code of a subject


def advice_of_accounts(library: Library, accounts: Accounts, cell: CellId) -> Advice | None:
    """Return what is said about a cell, its source put in; None where nobody has written about it."""
    name = PREFIX + subject(accounts, cell)
    found = (one for one in library.advice if any(fnmatchcase(name, pattern) for pattern in one.cells))
    advice = next(found, None)
    if advice is None:
        return None
    source = advice.source.format(form=accounts.definition.source, regulation="")
    return advice._replace(source=source.strip("；"))


def subject(accounts: Accounts, cell: CellId) -> str:
    """Return by which name advice is given about a cell or a figure."""
    first, _, rest = cell.partition(".")
    if any(item.id == first for item in accounts.items):
        return f"item.{rest}"
    if first in accounts.expenses:
        return f"expense.{rest}"
    if first in accounts.answers.rows.get(ROWS, ()):
        return f"{ROWS}.{rest}"
    if first in _EXPLAINED:
        return first
    if first == LIST and rest:
        code, _, key = rest.partition(".")
        return f"item.{key}" if len(code) == max(LEVELS) else "computed"
    if any(table.id == first for table in accounts.definition.tables):
        return _of_table(accounts, first, rest)
    return cell


def _of_table(accounts: Accounts, table: str, rest: str) -> str:
    """A figure of a table: typed in the list, in a cell of its own, or made by the program."""
    definition = accounts.definition
    if table in definition.subject_tables:
        code, _, key = rest.partition(".")
        is_typed = f"{table}.{key}" in definition.typed_columns and len(code) > 5
        return f"item.{table}.{key}" if is_typed else "computed"
    rule = definition.made.get(f"{table}.{rest}")
    if rule is not None and rule.mode == "computed":
        return "computed"
    body = definition.table(table).body
    if isinstance(body, EconomicTable):
        return "economic"
    return "ledger" if isinstance(body, Ledger) else "sangong"
