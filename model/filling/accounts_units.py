"""Final accounts told in another unit of money: 元 in 万元 and the other way, exactly."""

from collections.abc import Mapping

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
        cell: _told(text, own, wanted) if _is_amount(definition, theirs, cell) else text
        for cell, text in theirs.texts.items()
    }


def _told(text: str, own: str, wanted: str) -> str:
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
