"""How a cell of the final accounts is called: 表6 30113 住房公积金, 表3 合计 · 基本支出, 表1 58行 总计."""

from collections.abc import Mapping
from functools import cache

from model.accounts.accounts import Accounts, rows_of
from model.accounts.definition import (
    ALL,
    LIST,
    AccountsDefinition,
    EconomicTable,
    Ledger,
    SingleRow,
    SubjectTable,
    Table,
)
from model.document.answers import CellId

LIST_NAME = "科目"  # the list that the clerk keeps
_ITEM_COLUMNS = {
    "code": "科目编码",
    "name": "科目名称",
    "budget": "年初预算数",
    "full": "全年预算数",
    "use": "主要用途",
    "reason": "原因",
}
_EXPENSE_COLUMNS = {"name": "名称", "amount": "金额", "result": "主要成效"}
_EXPENSES = "项目支出主要用途"
_BY_CODE = {"class_use": "主要用途", "class_reason": "主要原因", "explain": "名词解释", "name": "科目名称"}
_RESULT = "result"  # before the key of a project form: what its money achieved


def place(accounts: Accounts, name: str) -> str:
    """Return where a cell stands, by the name of a figure or by the cell in which it is typed."""
    definition = accounts.definition
    table_id, _, rest = name.partition(".")
    if fixed := _fixed_places(definition).get(name):
        return fixed
    if table_id in definition.subject_tables:
        code, _, key = rest.partition(".")
        return _subject_place(accounts, definition.table(table_id), code, key)
    if any(table.id == name for table in definition.tables):
        return definition.table(name).no
    return _typed_place(accounts, table_id, rest) or _field_place(definition, name)


def fixed_place(definition: AccountsDefinition, name: str) -> str:
    """Return where a figure with a fixed name stands (表1 58行 总计), "" where the edition has none such."""
    return _fixed_places(definition).get(name, "")


def _subject_place(accounts: Accounts, table: Table, code: str, key: str) -> str:
    assert isinstance(table.body, SubjectTable)
    row = "合计" if code == ALL else f"{code} {accounts.subject_name(code)}".strip()
    caption = next((column.caption for column in table.body.columns if column.key == key), "")
    return f"{table.no} {row}" + (f" · {caption}" if caption else "")


def _typed_place(accounts: Accounts, row: str, path: str) -> str:
    """A cell of the list or of another table that the clerk adds rows to."""
    if row == LIST:
        code, _, key = path.partition(".")
        name = "合计" if code == ALL else f"{code} {accounts.subject_name(code)}".strip()
        return f"{LIST_NAME} {name} · {_ITEM_COLUMNS.get(key, '')}"
    if row in _BY_CODE:
        return f"{LIST_NAME} {path} {accounts.subject_name(path)} · {_BY_CODE[row]}"
    if row == _RESULT:
        return f"{_EXPENSES} · {_EXPENSE_COLUMNS[_RESULT]}"
    item = rows_of(accounts).get(row)
    if item is None:
        known = accounts.expenses.index(row) + 1 if row in accounts.expenses else 0
        return f"{_EXPENSES} · 第{known}行 · {_EXPENSE_COLUMNS.get(path, path)}" if known else ""
    table, _, key = path.partition(".")
    if table in accounts.definition.subject_tables and item.code:
        return _subject_place(accounts, accounts.definition.table(table), item.code, key)
    what = " ".join(part for part in (item.code, accounts.subject_name(item.code)) if part)
    column = _ITEM_COLUMNS.get(path, "")
    return " · ".join(part for part in (f"{LIST_NAME} 第{item.position}行", what, column) if part)


def _field_place(definition: AccountsDefinition, name: CellId) -> str:
    for group in definition.groups:
        for field in group.fields:
            if field.id == name:
                return f"{group.title} · {field.caption}"
    return "部门决算"


@cache
def _fixed_places(definition: AccountsDefinition) -> Mapping[str, str]:
    """How the cells with fixed names are called."""
    return {name: text for table in definition.tables for name, text in _of_table(table).items()}


def _of_table(table: Table) -> dict[str, str]:
    body, found = table.body, {}
    if isinstance(body, Ledger):
        for side, captions in zip(body.sides, body.columns, strict=True):
            for line in side:
                number = f"{line.no}行 " if line.no else ""
                for cell, caption in zip(line.cells, captions, strict=False):
                    column = f" · {caption}" if len(captions) > 1 else ""
                    found[cell.name] = f"{table.no} {number}{line.caption}{column}"
    elif isinstance(body, EconomicTable):
        found = {row.rule.name: f"{table.no} {row.code} {row.name}" for row in body.rows}
        found |= {total.rule.name: f"{table.no} {total.caption}" for total in body.totals}
    elif isinstance(body, SingleRow):
        for n, single in enumerate(body.columns):
            found[single.rule.name] = f"{table.no} {captions_over(table, n)}"
    return found


def captions_over(table: Table, col: int) -> str:
    """Return the captions over a column from above, without its number: 决算数 公务用车购置及运行费 小计."""
    texts = [
        cell.text
        for cell in sorted(table.header.cells, key=lambda cell: cell.row)
        if cell.col <= col < cell.col + cell.colspan and cell.text and not cell.text.isdecimal()
    ]
    return " ".join(texts)
