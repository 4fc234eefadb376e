"""Where the cells of the final accounts stand on screen: on which tab, in which order; how they are shown."""

from model.accounts.accounts import Accounts
from model.accounts.definition import LIST, Kind, Table
from model.basics import number
from model.document.answers import CellId

SUBJECTS, ECONOMIC, LEDGERS, OTHERS = range(4)
ACCOUNTS_TABS = ("科目", "基本支出", "收支与结转", "其他数据")
TAB_OF_KIND: dict[Kind, int] = {
    "subjects": SUBJECTS,
    "economic": ECONOMIC,
    "ledger": LEDGERS,
    "single": OTHERS,
}
PRINTED = "万元"  # the unit of the printed tables
_PATHS = ("code", "name", "t3.basic", "t3.project", "budget")  # in the order of the screen
_BY_CODE = (LIST, "name", "class_use")  # before the code of a subject


def tab_of(accounts: Accounts, cell: CellId) -> int:
    """Return the tab on which a figure or a typed cell stands."""
    definition, first = accounts.definition, cell.partition(".")[0]
    if any(table.id == first for table in definition.tables):
        return TAB_OF_KIND[definition.table(first).kind]
    is_item = any(item.id == first for item in accounts.items)
    return SUBJECTS if is_item or first in _BY_CODE else OTHERS


def rank(accounts: Accounts, cell: CellId) -> tuple[int, int, int]:
    """Return what cells are sorted by to come in the order of the screen."""
    tab = tab_of(accounts, cell)
    if tab == SUBJECTS:
        row, path = row_of(accounts, cell), cell.partition(".")[2]
        place = next((item.position for item in accounts.items if item.id == row), 0)
        return tab, place, _PATHS.index(path) if path in _PATHS else len(_PATHS)
    order = (*accounts.definition.made, *accounts.definition.fields)
    return tab, order.index(cell) if cell in order else len(order), 0


def row_of(accounts: Accounts, cell: CellId) -> str:
    """Return the row of the list in which a cell or a figure stands, the first below a sum; "" for 合计."""
    first, _, rest = cell.partition(".")
    if any(item.id == first for item in accounts.items):
        return first
    code = rest.partition(".")[0]
    found = (item.id for item in accounts.items if code and item.code.startswith(code))
    return next(found, "")


def figure_of(accounts: Accounts, cell: CellId) -> str:
    """Return the figure that a cell is part of: t3.2050199.basic of s1.t3.basic; else the cell."""
    first, _, rest = cell.partition(".")
    item = next((item for item in accounts.items if item.id == first), None)
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
