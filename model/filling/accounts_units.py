"""Final accounts told as others are: 元 in 万元 and the other way, exactly; in the cells of their edition."""

from collections.abc import Callable, Mapping
from functools import partial

from model.accounts import figures
from model.accounts.accounts import BUDGETS
from model.accounts.definition import AccountsDefinition
from model.accounts.items import EXPENSES, ITEMS
from model.accounts.loader import edition
from model.basics import number
from model.basics.amount import Amount
from model.document.answers import MONEY_UNIT, CellId, FormAnswers
from model.forms.loader import Library


def texts_in_unit_of(mine: FormAnswers, theirs: FormAnswers, library: Library) -> Mapping[CellId, str]:
    """Return the texts of accounts with their amounts in the unit of others; what is no amount stays."""
    definition = edition(library, theirs.definition)
    own = theirs.text(MONEY_UNIT) or definition.money_unit
    wanted = mine.text(MONEY_UNIT) or edition(library, mine.definition).money_unit
    if own == wanted:
        return theirs.texts
    return {
        cell: _converted(text, own, wanted) if _is_amount(definition, theirs, cell) else text
        for cell, text in theirs.texts.items()
    }


def places_of(mine: FormAnswers, theirs: FormAnswers, library: Library) -> Callable[[CellId], bool]:
    """Return what says whether accounts have a place for a cell of others, which may be of another edition:
    another year or region has other columns, economic subjects and fields."""
    own, other = edition(library, mine.definition), edition(library, theirs.definition)
    return partial(_has, own, other, theirs)


def _has(own: AccountsDefinition, other: AccountsDefinition, theirs: FormAnswers, cell: CellId) -> bool:
    if own is other:
        return True
    first, _, path = cell.partition(".")
    if first in theirs.rows.get(ITEMS, ()):
        return "." not in path or path in own.typed_columns
    if first in own.subject_tables:
        key = path.partition(".")[2]
        return any(column.key == key for column in own.subject_tables[first].columns)
    is_of_edition = cell in other.made or cell in other.fields
    return cell in own.made or cell in own.fields or not is_of_edition


def _converted(text: str, own: str, wanted: str) -> str:
    found = figures.read_amount(text, own)
    if found.value is None:
        return text
    return number.plain(Amount(found.value, own).to(wanted).number)


def _is_amount(definition: AccountsDefinition, answers: FormAnswers, cell: CellId) -> bool:
    row, _, path = cell.partition(".")
    if row in answers.rows.get(ITEMS, ()):
        return path in definition.typed_columns or path in BUDGETS
    if row in answers.rows.get(EXPENSES, ()):
        return path == "amount"
    field = definition.fields.get(cell)
    return cell in definition.made or (field is not None and field.kind == "money")
