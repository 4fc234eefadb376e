"""Checks of what is typed in the final accounts: amounts, codes and the list of subjects; nothing is lost."""

from collections.abc import Iterator

from model.accounts import figures
from model.accounts.accounts import BUDGETS, Accounts
from model.accounts.definition import LEVELS
from model.accounts.items import Item
from model.basics.number import is_nothing
from model.checks.accounts_finding import amount, at_cell
from model.checks.finding import Finding, cut
from model.document.answers import CellId

_PROBLEMS = {
    "text": "不是数字：“{text}”，请填如 1074.56，没有数的空着。",
    "negative": "“{text}”：这里的金额不能小于 0，请核对。",
    "absurd": "“{text}”：金额过大，请核对金额单位。",
}
_NOT_MONEY = ("code", "name", "use", "reason", "result")


def amounts_are_numbers(accounts: Accounts) -> Iterator[Finding]:
    """Amounts are numbers within bounds; below 0 only where carry-over may be, and that is told."""
    for cell, negative in _amount_cells(accounts):
        text = accounts.answers.text(cell)
        found = figures.read_amount(text, accounts.unit, negative)
        if found.problem:
            message = _PROBLEMS[found.problem].format(text=cut(text))
            yield at_cell(accounts, "not-a-number", "computed", cell, message)
        elif found.value is not None and found.value < 0:
            message = f"“{cut(text)}”小于 0：结转和结余可以是负数，请核对。"
            yield at_cell(accounts, "accounts-negative", "warning", cell, message)


def _amount_cells(accounts: Accounts) -> Iterator[tuple[CellId, bool]]:
    """Every cell in which an amount is typed, and whether it may be below 0."""
    definition, negative = accounts.definition, accounts.definition.typed_columns
    rows = {item.id for item in accounts.items} | set(accounts.expenses)
    for cell in accounts.answers.texts:
        row, _, path = cell.partition(".")
        if row in rows:
            if path not in _NOT_MONEY:
                yield cell, negative.get(path, False)
        elif (rule := definition.made.get(cell)) is not None:
            yield cell, rule.negative
        elif (field := definition.fields.get(cell)) is not None and field.kind == "money":
            yield cell, False


def counts_are_whole_numbers(accounts: Accounts) -> Iterator[Finding]:
    """Cars, groups and people are counted in whole numbers."""
    for field in accounts.definition.fields.values():
        text = accounts.answers.text(field.id)
        if field.kind == "count" and not is_nothing(text) and figures.read_count(text) is None:
            message = f"不是数目：“{cut(text)}”，请填如 3，没有的填 0。"
            yield at_cell(accounts, "not-a-number", "computed", field.id, message)


# --- the list


def codes_are_items(accounts: Accounts) -> Iterator[Finding]:
    """A row of the list has the code of a 项 (7 digits) of a class that the tables have."""
    for item in accounts.items:
        cell = f"{item.id}.code"
        if not item.code:
            if _has_amounts(accounts, item):
                message = "没有科目编码，这一行的金额没有计入：请填 7 位的项级编码。"
                yield at_cell(accounts, "accounts-subject", "judged", cell, message)
        elif not item.level:
            message = (
                f"“{cut(accounts.answers.text(cell))}”不是科目编码，这一行没有计入：请填 7 位的项级编码。"
            )
            yield at_cell(accounts, "accounts-subject", "judged", cell, message)
        elif item.code[: min(LEVELS)] not in accounts.definition.classes:
            message = f"决算表里没有 {item.code[:3]} 这一类，总表不含这一行：请核对编码。"
            yield at_cell(accounts, "accounts-subject", "judged", cell, message)
        elif len(item.code) < max(LEVELS):
            yield from _not_an_item(accounts, item, cell)


def _not_an_item(accounts: Accounts, item: Item, cell: CellId) -> Iterator[Finding]:
    """A 款 or 类 where a 项 belongs."""
    if item.counted:
        message = f"{item.code} 是{item.level}级科目：请按项级（7 位）分行填写。"
        yield at_cell(accounts, "accounts-subject", "warning", cell, message)
    elif differing := _differing(accounts, item):
        why = f"{item.code} 是{item.level}级科目，由下级各项相加"
        message = f"{why}，这一行的 {differing} 没有计入：请核对或删去这一行。"
        yield at_cell(accounts, "accounts-subject", "warning", cell, message)
    else:
        message = f"{item.code} 是{item.level}级科目，由下级各项相加，这一行可以删去。"
        yield at_cell(accounts, "accounts-subject", "note", cell, message)


def _differing(accounts: Accounts, item: Item) -> str:
    """An amount of a row that is not the sum of its items, "" where all are."""
    for cell in _cells_of(accounts, item):
        found = figures.read_amount(accounts.answers.text(cell), accounts.unit).value
        path = cell.partition(".")[2]
        table, _, key = path.partition(".") if "." in path else ("s", "", path)
        summed = accounts.value(f"{table}.{item.code}.{key}")
        if found is not None and found != summed:
            return amount(accounts, found)
    return ""


def _cells_of(accounts: Accounts, item: Item) -> Iterator[CellId]:
    for table, body in accounts.definition.subject_tables.items():
        yield from (f"{item.id}.{table}.{column.key}" for column in body.columns)
    yield from (f"{item.id}.{key}" for key in BUDGETS)


def _has_amounts(accounts: Accounts, item: Item) -> bool:
    return any(accounts.answers.text(cell) for cell in _cells_of(accounts, item))


def codes_stand_once(accounts: Accounts) -> Iterator[Finding]:
    """A 项 has one row; where it has several their amounts are added."""
    rows: dict[str, list[Item]] = {}
    for item in accounts.items:
        if item.level:
            rows.setdefault(item.code, []).append(item)
    for code, items in rows.items():
        if len(items) > 1:
            where = "、".join(str(item.position) for item in items)
            message = f"{code} 在第 {where} 行各填了一次，金额已相加：请合并，或更正编码。"
            yield at_cell(accounts, "accounts-subject", "warning", f"{items[1].id}.code", message)


def subjects_are_known(accounts: Accounts) -> Iterator[Finding]:
    """A 项 has a name; the list of subjects is not complete, so an unknown code alone is only a note."""
    known, strange = accounts.subjects.functional, []
    for item in accounts.items:
        if not (item.counted and len(item.code) == max(LEVELS)) or item.code in known:
            continue
        if accounts.subject_name(item.code):
            strange.append(item)
        else:
            message = f"科目表里没有 {item.code}：请核对编码，编码无误的填写科目名称。"
            yield at_cell(accounts, "accounts-subject", "warning", f"{item.id}.name", message)
    if strange:
        message = (
            f"有 {len(strange)} 个科目（如 {strange[0].code}）不在程序的科目表里，名称按填写的印：请核对。"
        )
        yield at_cell(accounts, "accounts-subject", "note", f"{strange[0].id}.code", message)
