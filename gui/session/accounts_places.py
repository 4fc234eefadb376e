"""Where the cells of the final accounts stand on screen: on which tab, in which order; how they are shown."""

from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from model.accounts.accounts import Accounts, rows_of
from model.accounts.definition import LIST, Kind, Table
from model.accounts.extra import NARRATIVE
from model.accounts.places import place
from model.basics import number
from model.document.answers import CellId
from model.explanation.contents import contents
from model.explanation.explanation import TEXT, explain
from model.explanation.loader import outline_of
from model.explanation.made_of import made_of
from model.explanation.outline import Outline
from model.explanation.values import Values
from model.explanation.written import written
from model.forms.loader import Library
from model.reading.reading import Reading

SUBJECTS, ECONOMIC, LEDGERS, OTHERS, TEXTS = range(5)
ACCOUNTS_TABS = ("科目", "基本支出", "收支与结转", "其他数据", "情况说明")
TAB_OF_KIND: dict[Kind, int] = {
    "subjects": SUBJECTS,
    "economic": ECONOMIC,
    "ledger": LEDGERS,
    "single": OTHERS,
}
PRINTED = "万元"  # the unit of the printed tables
_PATHS = ("code", "name", "t3.basic", "t3.project", "budget")  # in the order of the screen
_BY_CODE = (LIST,)  # before the code of a subject
WORKS, WORKS_NOTE = "works", "works_note"  # what the accounts say of the year's main work by themselves
_EXPLAINED = (TEXT, "class_use", "class_reason", "explain", "result", NARRATIVE, WORKS_NOTE)


def tab_of(accounts: Accounts, cell: CellId) -> int:
    """Return the tab on which a figure or a typed cell stands."""
    definition, first = accounts.definition, cell.partition(".")[0]
    if any(table.id == first for table in definition.tables):
        return TAB_OF_KIND[definition.table(first).kind]
    if first in _EXPLAINED or cell in text_fields(accounts) or first in accounts.answers.rows.get(WORKS, ()):
        return TEXTS
    is_item = first in rows_of(accounts)
    return SUBJECTS if is_item or first in _BY_CODE else OTHERS


def text_fields(accounts: Accounts) -> frozenset[CellId]:
    """Return the fields that are typed where the explanation is written."""
    groups = (group for group in accounts.definition.groups if group.is_told)
    return frozenset(field.id for group in groups for field in group.fields)


def rank(accounts: Accounts, cell: CellId, library: Library | None = None) -> tuple[int, int, int]:
    """Return what cells are sorted by to come in the order of the screen; texts need the library."""
    tab = tab_of(accounts, cell)
    if tab == TEXTS:
        return tab, _part_rank(outline_of(library, accounts), cell), 0
    if tab == SUBJECTS:
        row, path = row_of(accounts, cell), cell.partition(".")[2]
        item = rows_of(accounts).get(row)
        place = item.position if item else 0
        return tab, place, _PATHS.index(path) if path in _PATHS else len(_PATHS)
    order = (*accounts.definition.made, *accounts.definition.fields)
    return tab, order.index(cell) if cell in order else len(order), 0


def _part_rank(outline: Outline | None, cell: CellId) -> int:
    """The place of the part that a text is of; what stands in no part comes last."""
    if outline is None:
        return 0
    order = outline.order
    name = cell.removeprefix(f"{TEXT}.").partition(".")[0]
    return order.get(cell, order.get(name, len(order)))


def accounts_place(reading: Reading, cell: CellId) -> str:
    """Return where a cell stands, in words: a sentence by its number, 情况说明 五（三）2."""
    accounts = reading.accounts
    if accounts is None:
        return ""
    if cell.startswith(f"{TEXT}."):
        return f"{ACCOUNTS_TABS[TEXTS]} {_sentence_places(reading).get(cell, '')}".rstrip()
    return place(accounts, cell)


_known: WeakKeyDictionary[Accounts, Mapping[CellId, str]] = WeakKeyDictionary()


def _sentence_places(reading: Reading) -> Mapping[CellId, str]:
    """The places of all sentences, found once for the accounts as they are now."""
    accounts, outline = reading.accounts, outline_of(reading.library, reading.accounts)
    if accounts is None or outline is None:
        return {}
    if accounts not in _known:
        _known[accounts] = written(explain(accounts, outline, reading.forms)).places
    return _known[accounts]


def sentences_of(reading: Reading, name: CellId) -> Iterator[tuple[CellId, str]]:
    """Yield the sentences that speak of the subject of a figure: the cell of each, and its place in words."""
    code = name.split(".")[1] if name.count(".") == 2 else ""
    for cell, where in _sentence_places(reading).items() if code.isdecimal() else ():
        if cell.rpartition(".")[2] in (code, code[:3]):
            yield cell, f"{ACCOUNTS_TABS[TEXTS]} {where}"


def parts_of_sentence(reading: Reading, cell: CellId) -> tuple[CellId, ...]:
    """Return the figures and fields that a sentence of the explanation speaks of."""
    accounts, outline = reading.accounts, outline_of(reading.library, reading.accounts)
    if accounts is None or outline is None:
        return ()
    values = Values(accounts, outline, reading.forms)
    passages = (one for entry in contents(values) for one in entry.passages if one.sentence.cell == cell)
    return next((made_of(one, values) for one in passages), ())


def called(accounts: Accounts, cell: CellId) -> str:
    """Return a cell in short: a field by its caption, of a row what stands in it."""
    field = accounts.definition.fields.get(cell)
    return field.caption if field else place(accounts, cell).split(" · ", 1)[-1]


def row_of(accounts: Accounts, cell: CellId) -> str:
    """Return the row of the list in which a cell or a figure stands, the first below a sum; "" for 合计."""
    first, _, rest = cell.partition(".")
    if first in rows_of(accounts):
        return first
    code = rest.partition(".")[0]
    found = (item.id for item in accounts.items if code and item.code.startswith(code))
    return next(found, "")


def figure_of(accounts: Accounts, cell: CellId) -> str:
    """Return the figure that a cell is part of: t3.2050199.basic of s1.t3.basic; else the cell."""
    first, _, rest = cell.partition(".")
    item = rows_of(accounts).get(first)
    if item is None or not item.code:
        return cell
    table, _, key = rest.rpartition(".")
    return f"{table or LIST}.{item.code}.{key}"


def figure_text(accounts: Accounts, name: str) -> str:
    """Return a figure in the unit of the accounts: as printed in 万元, exact in 元; "" for nothing."""
    value = accounts.value(name)
    if value is None or not value:
        return ""
    return accounts.text(name) if accounts.unit == PRINTED else number.grouped(value)


def table_name(table: Table) -> str:
    """Return how a table is called on screen: 表3 支出决算表."""
    title = table.title.replace("{year}年度", "").replace("（{no}）", "").format(year="", no="")
    return f"{table.no} {title}"
