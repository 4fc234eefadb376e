"""Printed tables of final accounts become texts: what a clerk types is typed, what we compute is given.

Only what says something is kept as given: another figure than ours, one whose parts are not known, or that
the file does not know what stands in a cell.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from model.accounts import figures
from model.accounts.accounts import NAME, Accounts, parent_of
from model.accounts.definition import ALL, LEVELS, AccountsDefinition
from model.accounts.figures import UNKNOWN
from model.accounts.items import ITEMS, read_items
from model.accounts.reading import read_accounts
from model.accounts.subjects import Subjects, class_name
from model.basics.number import is_nothing
from model.document.answers import FormAnswers

AGAIN = (
    "again"  # given "t3.2050199.again": rows of a code that a table has already, as an exchange file has them
)
NOTES = "notes"  # given "t4.notes": the notes below a table as printed, where they differ from ours
_LOWEST = max(LEVELS)


@dataclass
class Incoming:
    """Tables as read. `cells` are texts by name, None where the file does not know; `missing` are tables that
    it does not have. `names` are those of rows by table and code, `notes` the lines below a table."""

    cells: dict[str, str | None] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


def take_in(
    definition: AccountsDefinition, subjects: Subjects, base: FormAnswers, incoming: Incoming
) -> FormAnswers:
    """Return the answers with what was read; rows and texts that `base` has stand as they are.

    Where `base` has no list of subjects it gets one, a row for each 项 of any table.
    """
    given = {name: UNKNOWN for name, text in incoming.cells.items() if text is None}
    given |= dict.fromkeys(incoming.missing, UNKNOWN)
    answers = replace(base, given={**base.given, **given})
    has_list = bool(base.rows.get(ITEMS))
    if not has_list:
        answers = _with_list(definition, answers, incoming)
        answers = _with_typed(definition, answers, incoming)
        answers = _with_defaults(definition, subjects, answers, incoming)
    answers = _with_names(definition, subjects, answers, incoming)
    return _with_given(definition, subjects, answers, incoming)


# --- the list


def _with_list(definition: AccountsDefinition, answers: FormAnswers, incoming: Incoming) -> FormAnswers:
    codes = sorted(_leaf_codes(definition, incoming))
    ids = [f"s{n}" for n in range(1, len(codes) + 1)]
    texts = {f"{row}.code": code for row, code in zip(ids, codes, strict=True)}
    return answers.with_rows(ITEMS, ids).with_texts(texts)


def _leaf_codes(definition: AccountsDefinition, incoming: Incoming) -> set[str]:
    """Every 项, and a 款 or 类 with an amount of which the file has no 项."""
    codes = {
        code for table, code in incoming.names if table in definition.subject_tables and code.isdecimal()
    }
    above = {code[:digits] for code in codes for digits in LEVELS if digits < len(code)}
    filled = {
        name.split(".")[1]
        for name, text in incoming.cells.items()
        if text is not None and not is_nothing(text) and name.count(".") == 2
    }
    return {code for code in codes - above if len(code) == _LOWEST or code in filled}


def _with_typed(definition: AccountsDefinition, answers: FormAnswers, incoming: Incoming) -> FormAnswers:
    """What only the clerk knows."""
    rows = {item.code: item.id for item in read_items(answers)}
    texts = {}
    for name, text in incoming.cells.items():
        if text is None or is_nothing(text):
            continue
        rule = definition.made.get(name)
        if rule is not None and rule.mode == "typed":
            texts[name] = text
        elif cell := _typed_cell(definition, rows, name, "typed"):
            texts[cell] = text
    return answers.with_texts(texts)


def _typed_cell(definition: AccountsDefinition, rows: Mapping[str, str], name: str, mode: str) -> str:
    """The cell of the list in which a figure is typed; "" for one of another mode."""
    table, _, rest = name.partition(".")
    code, _, key = rest.partition(".")
    body = definition.subject_tables.get(table)
    columns = [column for column in body.columns if column.key == key] if body else []
    return f"{rows[code]}.{table}.{key}" if code in rows and columns and columns[0].mode == mode else ""


def _with_defaults(
    definition: AccountsDefinition, subjects: Subjects, answers: FormAnswers, incoming: Incoming
) -> FormAnswers:
    """What the program would guess is typed where the file says something else, table by table."""
    rows = {item.code: item.id for item in read_items(answers)}
    for table in filter(partial(_has_defaults, definition), definition.order):
        accounts = read_accounts(definition, subjects, answers)
        texts = {}
        for name, text in incoming.cells.items():
            if text is None or not name.startswith(f"{table}."):
                continue
            rule = definition.made.get(name)
            is_default = rule is not None and rule.mode == "default"
            cell = name if is_default else _typed_cell(definition, rows, name, "default")
            if cell and not _is_ours(accounts, name, text):
                texts[cell] = "0" if is_nothing(text) else text
        answers = answers.with_texts(texts)
    return answers


def _has_defaults(definition: AccountsDefinition, table: str) -> bool:
    body = definition.subject_tables.get(table)
    rules = body.columns if body else definition.fixed[table]
    return any(rule.mode == "default" for rule in rules)


def _is_ours(accounts: Accounts, name: str, text: str) -> bool:
    said = figures.read_amount(text, accounts.unit)
    return not said.problem and (said.value or Decimal(0)) == accounts.amount(name)


# --- names


def _with_names(
    definition: AccountsDefinition, subjects: Subjects, answers: FormAnswers, incoming: Incoming
) -> FormAnswers:
    """A name that the year's list does not have is kept; one that differs between tables is told."""
    rows = {item.code: item.id for item in read_items(answers)}
    texts: dict[str, str] = {}
    given: dict[str, str] = {}
    chosen: dict[str, str] = {}
    for (table, code), name in _in_order(definition, incoming):
        if table not in definition.subject_tables:
            given |= _economic_name(definition, table, code, name)
            continue
        known = subjects.functional.get(code) or class_name(definition.classes.get(code, ""))
        first = chosen.setdefault(code, name)
        cell = f"{rows[code]}.name" if code in rows else f"{NAME}.{code}"
        if first == name and name != known and not answers.text(cell):
            texts[cell] = name
        elif first != name:
            given[f"{table}.{code}.{NAME}"] = name
    return replace(answers.with_texts(texts), given={**answers.given, **given})


def _in_order(definition: AccountsDefinition, incoming: Incoming) -> Iterator[tuple[tuple[str, str], str]]:
    """The names with the table of the spending first: it has all subjects."""
    order = ["t3", *(table for table in definition.order if table != "t3")]
    for table in order:
        for (of_table, code), name in incoming.names.items():
            if of_table == table and code and name.strip():
                yield (table, code), "".join(name.split())


def _economic_name(definition: AccountsDefinition, table: str, code: str, name: str) -> dict[str, str]:
    body = definition.table(table).body
    ours = {row.code: row.name for row in getattr(body, "rows", ())}
    return {f"{table}.{code}.{NAME}": name} if ours.get(code, name) != name else {}


# --- what was printed


def _with_given(
    definition: AccountsDefinition, subjects: Subjects, answers: FormAnswers, incoming: Incoming
) -> FormAnswers:
    """Keep of what is computed only what says something; absent parts of a sum that is off are unknown."""
    rows = {item.code: item.id for item in read_items(answers)}
    computed = {
        name: text
        for name, text in incoming.cells.items()
        if text is not None and not _is_typed(definition, answers, rows, name)
    }
    full = replace(answers, given={**answers.given, **computed})
    full = _with_unknown_parts(definition, subjects, full, incoming)
    accounts = read_accounts(definition, subjects, full)
    differing = {name: text for name, text in full.given.items() if _says(accounts, name, text)}
    notes = {
        f"{table.id}.{NOTES}": "\n".join(incoming.notes[table.id])
        for table in definition.tables
        if table.id in incoming.notes and _plain(incoming.notes[table.id]) != _plain(table.notes)
    }
    return replace(full, given=differing | notes)


def _is_typed(
    definition: AccountsDefinition, answers: FormAnswers, rows: Mapping[str, str], name: str
) -> bool:
    rule = definition.made.get(name)
    if rule is not None:
        return rule.mode == "typed" or (rule.mode == "default" and bool(answers.text(name)))
    if _typed_cell(definition, rows, name, "typed"):
        return True
    cell = _typed_cell(definition, rows, name, "default")
    return bool(cell and answers.text(cell))


def _says(accounts: Accounts, name: str, text: str) -> bool:
    """Whether a printed figure is another than what the cells that it is made of give."""
    if text == UNKNOWN:
        return accounts.value(name) is None
    if not _is_figure(accounts.definition, name):
        return True
    if accounts.value(name) is None and _is_default(accounts.definition, name):
        return not _is_ours(accounts, name, text)
    terms = accounts.terms(name)
    if not terms or any(accounts.is_unknown(other) for _, other in terms):
        return True
    made = sum((sign * (accounts.value(other) or Decimal(0)) for sign, other in terms), Decimal(0))
    said = figures.read_amount(text, accounts.unit)
    return bool(said.problem) or (said.value or Decimal(0)) != made


def _is_figure(definition: AccountsDefinition, name: str) -> bool:
    """Whether a given text is a figure of a table; a name, notes and other texts are none."""
    table, _, rest = name.partition(".")
    body = definition.subject_tables.get(table)
    key = rest.partition(".")[2]
    return name in definition.made or bool(body and any(column.key == key for column in body.columns))


def _is_default(definition: AccountsDefinition, name: str) -> bool:
    """Whether a figure is guessed where it is not typed; 款, 类 and 合计 of such a column are sums."""
    rule = definition.made.get(name)
    if rule is not None:
        return rule.mode == "default"
    table, _, rest = name.partition(".")
    code, _, key = rest.partition(".")
    return len(code) == _LOWEST and definition.subject_tables[table].column(key).mode == "default"


def _with_unknown_parts(
    definition: AccountsDefinition, subjects: Subjects, answers: FormAnswers, incoming: Incoming
) -> FormAnswers:
    """Cells that a table of the file has no entry for are blank, or unknown where a printed sum says more.

    The name of a row that the table should have is not known either.
    """
    accounts = read_accounts(definition, subjects, answers)
    tables = {name.partition(".")[0] for name in incoming.cells} - incoming.missing
    whole = _whole_lists(definition, incoming, accounts.unit)
    unknown: dict[str, str] = {}
    for name, text in incoming.cells.items():
        if text is None or is_nothing(text):
            continue
        parts = [other for _, other in accounts.terms(name) if _is_absent(other, incoming, tables, whole)]
        if parts and _says(accounts, name, text):
            unknown |= dict.fromkeys(parts, UNKNOWN)
            unknown |= {
                f"{part.rpartition('.')[0]}.{NAME}": UNKNOWN for part in parts if part.count(".") == 2
            }
    return replace(answers, given={**answers.given, **unknown}) if unknown else answers


def _is_absent(name: str, incoming: Incoming, tables: set[str], whole: set[tuple[str, str]]) -> bool:
    """Whether a table that the file has lacks a cell, and nothing says that it is blank."""
    table, _, rest = name.partition(".")
    code, _, key = rest.partition(".")
    if name in incoming.cells or table not in tables:
        return False
    above = parent_of(code) if key else ""
    while above and above != ALL and (table, above) not in incoming.names:
        above = parent_of(above)
    return (table, above) not in whole


def _whole_lists(definition: AccountsDefinition, incoming: Incoming, unit: str) -> set[tuple[str, str]]:
    """The sums of tables by subjects, by table and code, that the rows below them make in some column:
    what has no row there is blank."""
    below: dict[tuple[str, str], list[str]] = {}
    for table, code in incoming.names:
        if table in definition.subject_tables:
            below.setdefault((table, parent_of(code)), []).append(code)

    def amount(table: str, code: str, key: str) -> Decimal:
        text = incoming.cells.get(f"{table}.{code}.{key}")
        return figures.read_amount(text, unit).value or Decimal(0) if text else Decimal(0)

    def is_made(table: str, above: str, key: str) -> bool:
        said = amount(table, above, key)
        parts = [amount(table, code, key) for code in below[table, above]]
        tail = figures.tail(figures.not_zero(parts), unit)
        return bool(said) and abs(sum(parts, Decimal(0)) - said) <= tail

    return {
        (table, above)
        for table, above in below
        if any(is_made(table, above, column.key) for column in definition.subject_tables[table].columns)
    }


def _plain(lines: tuple[str, ...]) -> str:
    return "".join("".join(lines).split())
