"""Final accounts begun and taken over: a blank set, last year's, and their figures in the self-evaluation."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from model.accounts import figures
from model.accounts.accounts import NAME, Accounts
from model.accounts.definition import AccountsDefinition, Field
from model.accounts.extra import FORMS, NARRATIVE
from model.accounts.items import ITEMS
from model.accounts.loader import edition, edition_for, subjects_of
from model.accounts.reading import read_accounts
from model.basics import number
from model.basics.amount import Amount
from model.checks.between import project_cell
from model.document.answers import ACCOUNTS, MONEY_UNIT, Address, CellId, FormAnswers
from model.document.document import Edit
from model.explanation.explanation import TEXT
from model.explanation.glossary import EXPLAINED
from model.explanation.loader import outline_of
from model.explanation.works import carried_works
from model.forms.loader import Library
from model.reading.outturn import finals
from model.reading.reading import Form, Reading
from model.report.narrative import FROM

_SAME = "="  # a field that begins with what it had last year
_ITEM_CARRIED = ("code", NAME, "use")
_KEPT_TEXTS = ("class_use.", f"{NAME}.", f"{EXPLAINED}.")
_BASIC = ("basic", "split.basic")


# --- begun


def blank_accounts(definition: AccountsDefinition, unit: str, year: str) -> FormAnswers:
    """Return final accounts with unit and year and one row in the list of subjects."""
    texts = {cell: text for cell, text in (("unit", unit), ("year", year)) if text}
    return FormAnswers(definition.id, texts, {ITEMS: ("s1",)})


def carry_accounts(last: Accounts, library: Library, unit: str, year: str) -> FormAnswers:
    """Return the accounts of another year: the list of subjects with what it is used for, last year's totals
    and the fields that an edition says are carried, the year's main work as far as it was planned; no
    amounts, no reasons, no results."""
    definition = edition_for(library, year, last.definition.region)
    texts = dict(_kept(last))
    texts |= dict(_overview(last, library))
    texts |= {field.id: text for field in definition.fields.values() if (text := carried_text(last, field))}
    texts |= {"unit": unit, "year": year}
    works = carried_works(last.answers)
    texts |= works.texts
    items = last.answers.rows.get(ITEMS, ())
    rows = ({ITEMS: items} if items else {}) | dict(works.rows)
    return FormAnswers(definition.id, {c: t for c, t in texts.items() if t}, rows)


def last_accounts(
    last: FormAnswers, library: Library, unit: str, year: str, mine: FormAnswers | None = None
) -> FormAnswers:
    """Return what published accounts of the year before give to those of a year (`carry_accounts`); to `mine`
    no subjects where they have some."""
    definition, subjects = edition(library, last.definition), subjects_of(library, last.year)
    carried = carry_accounts(read_accounts(definition, subjects, last), library, unit, year)
    rows = carried.rows.get(ITEMS, ())
    if mine is None or not any(mine.text(f"{row}.code") for row in mine.rows.get(ITEMS, ())):
        return carried
    texts = {cell: text for cell, text in carried.texts.items() if cell.partition(".")[0] not in rows}
    return replace(carried, texts=texts, rows={k: ids for k, ids in carried.rows.items() if k != ITEMS})


def _kept(last: Accounts) -> Iterator[tuple[CellId, str]]:
    answers = last.answers
    yield MONEY_UNIT, answers.text(MONEY_UNIT)
    for item in last.items:
        yield from ((f"{item.id}.{key}", answers.text(f"{item.id}.{key}")) for key in _ITEM_CARRIED)
    yield from class_texts(last)


def _overview(last: Accounts, library: Library) -> Iterator[tuple[CellId, str]]:
    """What was written over in the overview, and what was generated then: a year in it is seen to move."""
    outline = outline_of(library, last)
    for section in outline.sections("overview") if outline else ():
        for part in section.parts:
            for cell in (f"{TEXT}.{part.id}", f"{TEXT}.{part.id}{FROM}"):
                yield cell, last.answers.text(cell)


def class_texts(last: Accounts) -> Iterator[tuple[CellId, str]]:
    """Yield what is carried of a 类 or 款: its name and what its money is used for."""
    texts = last.answers.texts
    yield from ((cell, text) for cell, text in texts.items() if cell.startswith(_KEPT_TEXTS))


def carried_text(last: Accounts, field: Field, unit: str = "") -> str:
    """Return what a field begins with: the same field, another one, a figure of last year's tables.

    Amounts are told in a unit, else in that of last year.
    """
    if not field.carried:
        return ""
    if field.carried == _SAME:
        return last.answers.text(field.id)
    unit = unit or last.unit
    if field.carried in last.definition.fields:
        text = last.answers.text(field.carried)
        value = last.field_amount(field.carried) if text and unit != last.unit else None
        return text if value is None else _plain(last, value, unit)
    table = field.carried.partition(".")[0]
    value = None if last.is_empty(table) else last.amount(field.carried)
    return "" if value is None else _plain(last, value, unit)


def _plain(last: Accounts, value: Decimal, unit: str) -> str:
    """An amount of last year as it would be typed: as printed in 万元, exact in 元."""
    if unit == "万元":
        return format(figures.printed(value, last.unit), "f")
    return number.plain(Amount(value, last.unit).to(unit).number)


# --- into the self-evaluation


class Taken(NamedTuple):
    """A cell of a form that the accounts have another figure for: what stands there, and what would."""

    address: Address
    place: str
    before: str
    after: str


def takeable(reading: Reading) -> tuple[Taken, ...]:
    """Return what taking the accounts over into the forms would change; nothing where all agree.

    Amounts are told in the unit of each form; a text that says the same amount stays as it is.
    """
    if reading.accounts is None or reading.department is None:
        return ()
    wanted = {**_funds(reading.department, reading.accounts), **_parts(reading.department, reading.accounts)}
    changes = [_change(reading.department, cell, amount) for cell, amount in wanted.items()]
    return (*(change for change in changes if change), *_outturn(reading, reading.department))


def take_accounts(edit: Edit, reading: Reading) -> int:
    """Put the figures of the accounts into the forms, in one step; return how many cells changed."""
    changes = takeable(reading)
    edit.set_texts({change.address: change.after for change in changes})
    return len(changes)


def _amount(accounts: Accounts, name: str) -> Amount | None:
    table = name.partition(".")[0]
    value = None if accounts.is_empty(table) else accounts.amount(name)
    return None if value is None else Amount(value, accounts.unit)


def _funds(form: Form, accounts: Accounts) -> Mapping[CellId, Amount | None]:
    first = form.sheet.whole
    return {first.cell("executed"): _amount(accounts, "t1.out.year")}


def _parts(form: Form, accounts: Accounts) -> Mapping[CellId, Amount | None]:
    basic = next((name for name in _BASIC if name in form.definition.fields), "")
    cells = {basic: "t3.all.basic", project_cell(form): "t3.all.project"}
    return {cell: _amount(accounts, name) for cell, name in cells.items() if cell}


def _change(form: Form, cell: CellId, amount: Amount | None) -> Taken | None:
    before, stated = form.answers.text(cell), form.amount(cell)
    if amount is None or _is_same(stated, amount, form):
        return None
    return Taken(form.at(cell), form.place(cell), before, number.plain(_as_printed(amount, form)))


def _as_printed(amount: Amount, form: Form) -> Decimal:
    """An amount in the unit of a form: as the tables print it where accounts in 元 go into 万元."""
    unit = form.definition.money_unit
    converted = amount.to(unit).number
    return figures.printed(converted, unit) if unit == "万元" != amount.unit else converted


def _is_same(stated: Amount | None, amount: Amount, form: Form) -> bool:
    return stated is not None and stated.to(form.definition.money_unit).number in (
        amount.to(form.definition.money_unit).number,
        _as_printed(amount, form),
    )


def _outturn(reading: Reading, form: Form) -> Iterator[Taken]:
    """A 决算数 that is typed otherwise goes: an empty cell has that of the accounts."""
    outline = reading.library.outline(form.definition.id) if reading.library else None
    accounts = reading.accounts
    for table in outline.tables if outline else ():
        known = finals(table, accounts) if table.rows and accounts else {}
        for row in table.rows:
            cell = row.cell("final")
            stated = form.amount(cell)
            wanted = known.get(row.key)
            if stated is not None and wanted is not None and not _is_same(stated, wanted, form):
                place = f"{form.filled(table.title)} · {row.caption} · 决算数"
                yield Taken(form.at(cell), place, form.answers.text(cell), "")


# --- what a file had printed


def let_computed_hold(edit: Edit) -> None:
    """Let the computed figures hold (以计算值为准): forget what a file had printed in the tables."""
    given = edit.answers.forms[ACCOUNTS].given
    for name in given:
        if name not in (FORMS, NARRATIVE):
            edit.clear_given((ACCOUNTS, name))
