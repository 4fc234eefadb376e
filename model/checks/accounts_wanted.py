"""What final accounts want filled in before they can be published, and what of it is lacking."""

from collections.abc import Iterator

from model.accounts.accounts import BUDGETS, Accounts
from model.accounts.items import ITEMS, Item
from model.accounts.places import place
from model.basics.memory import once
from model.basics.number import is_nothing
from model.checks.accounts_finding import at_cell
from model.checks.finding import Finding
from model.reading.completeness import Wanted

ACCOUNTS_EMPTY = "accounts-empty"
NO_ITEMS = "还没有科目：可逐个添加，或从 Excel 粘贴、导入决算公开表。"
_LAST = ("last.total", "last.grant", "last.general")  # 持平、增加、减少 are told against them
_TOGETHER = {  # of each group something has to be said; what a unit has none of is 0
    "政府采购支出": ("buy_goods", "buy_works", "buy_services"),
    "车辆": (
        "cars_leader",
        "cars_chief",
        "cars_secret",
        "cars_emergency",
        "cars_law",
        "cars_special",
        "cars_retired",
        "cars_other",
    ),
}


@once
def wanted_of_accounts(accounts: Accounts) -> tuple[Wanted, ...]:
    """Return everything that final accounts want, in the order of the window.

    The unit; of each subject its code, an amount and the budget; 表6 where there is 基本支出; last year's
    totals, what was bought and the cars, where 0 is an answer too. Reasons are asked for by a check.
    """
    return (*_items(accounts), *_economic(accounts), *_beside(accounts))


def gaps_of_accounts(accounts: Accounts) -> tuple[Finding, ...]:
    """Return what is lacking as findings, which are no errors."""
    return tuple(
        at_cell(accounts, ACCOUNTS_EMPTY, "note", want.cell, want.sentence, where=want.place)
        for want in wanted_of_accounts(accounts)
        if not want.is_filled
    )


def _cell(accounts: Accounts, cell: str, is_filled: bool, sentence: str) -> Wanted:
    if is_filled:
        return Wanted("text", cell, True)
    return Wanted("text", cell, False, sentence, place(accounts, cell))


def _items(accounts: Accounts) -> Iterator[Wanted]:
    named = [item for item in accounts.items if item.code]
    if not named:
        first = accounts.answers.rows.get(ITEMS, ("s1",))[0]
        yield Wanted("text", f"{first}.code", False, NO_ITEMS, "科目")
    columns = {*accounts.definition.typed_columns, *BUDGETS}
    cells = (cell.partition(".") for cell, text in accounts.answers.texts.items() if text)
    filled = {row for row, _, path in cells if path in columns}
    for item in accounts.items:
        has_texts = item.id in filled
        if item.code or has_texts:
            yield _cell(accounts, f"{item.id}.code", bool(item.code), "这一行没有科目编码：请填写。")
        if item.counted:
            yield from _amounts(accounts, item, has_texts)


def _amounts(accounts: Accounts, item: Item, has_texts: bool) -> Iterator[Wanted]:
    sentence = "这个科目还没有金额：请填写基本支出、项目支出，没有用到的请删除这一行。"
    yield _cell(accounts, f"{item.id}.t3.basic", has_texts, sentence)
    if accounts.value(f"t5.{item.code}.total"):
        is_filled = any(accounts.answers.text(f"{item.id}.{column}") for column in BUDGETS)
        sentence = "还没有年初预算数，说明里写不出完成率：请填写，没有安排的填 0。"
        yield _cell(accounts, f"{item.id}.budget", is_filled, sentence)


def _economic(accounts: Accounts) -> Iterator[Wanted]:
    """表6, where money of the general budget was spent as 基本支出."""
    if accounts.value("t5.all.basic"):
        rules = accounts.definition.fixed.get("t6", ())
        first = next((rule.name for rule in rules if rule.mode != "computed"), "")
        sentence = "一般公共预算有基本支出，还没有按经济分类填写：请填写这张表。"
        if first:
            yield _cell(accounts, first, not accounts.is_empty("t6"), sentence)


def _beside(accounts: Accounts) -> Iterator[Wanted]:
    if accounts.is_empty("t3"):
        return  # nothing can be told yet
    fields = accounts.definition.fields
    yield _cell(accounts, "unit", bool(accounts.name.strip()), "没有单位名称：请在部门整体表里填写。")
    for cell in (cell for cell in _LAST if cell in fields):
        sentence = "还没有上年数，说明里写不出增减：可从上年的自评簿带入，当年新设的填 0。"
        yield _cell(accounts, cell, bool(accounts.field(cell).strip()), sentence)
    for name, cells in _TOGETHER.items():
        known = [cell for cell in cells if cell in fields]
        if known:
            is_filled = any(not is_nothing(accounts.field(cell)) for cell in known)
            yield _cell(accounts, known[0], is_filled, f"还没有填{name}：请填写，没有的填 0。")
