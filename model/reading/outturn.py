"""The table 年度预算收支情况 of a report: what was budgeted and spent, typed once, its sums computed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from model.basics.amount import Amount, total
from model.document.answers import FormAnswers
from model.forms.outline import ReportTable
from model.reading.amounts import AmountLine, lines_of

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

CHANGE = "change"  # computed: adjusted − initial
COLUMNS = {"initial": "年初预算数", CHANGE: "年中追加调整", "adjusted": "调整后预算数", "final": "决算数"}
TYPED = ("initial", "adjusted", "final")
OUTTURN_NAMES = {  # rows that final accounts have a figure for
    "income": "收入合计",
    "fiscal": "财政拨款收入",
    "business": "事业收入",
    "other": "其他收入",
    "spending": "支出合计",
    "staff": "人员经费",
    "running": "公用经费",
    "basic": "基本支出小计",
    "project": "项目支出",
}
_INCOME = {
    "income": ("t1.in.year",),
    "fiscal": ("t1.in.general", "t1.in.fund", "t1.in.capital"),
    "business": ("t1.in.business",),
    "other": ("t1.in.superior", "t1.in.operating", "t1.in.subsidiary", "t1.in.other"),
}
_SPENDING = {"spending": ("t1.out.year",), "project": ("t3.all.project",)}
_BASIC = {"staff": ("t6.staff",), "running": ("t6.running",), "basic": ("t6.staff", "t6.running")}


def outturn(
    table: ReportTable, answers: FormAnswers, unit: str, accounts: "Accounts | None" = None
) -> tuple[AmountLine, ...]:
    """Return the rows in order, sums and the change of the year computed; amounts are typed in `unit`.

    A 决算数 that nobody typed is that of the final accounts.
    """
    found = finals(table, accounts) if accounts else {}
    known = {table.row(key).cell("final"): amount.to(unit) for key, amount in found.items()}
    lines = lines_of(table.rows, TYPED, answers, unit, known)
    return tuple(line._replace(amounts=_with_change(line.amounts)) for line in lines)


def _with_change(amounts: Mapping[str, Amount | None]) -> dict[str, Amount | None]:
    initial, adjusted = amounts["initial"], amounts["adjusted"]
    change = adjusted - initial if initial is not None and adjusted is not None else None
    return {**amounts, CHANGE: change}


# --- the final accounts


def finals(table: ReportTable | None, accounts: "Accounts") -> dict[str, Amount]:
    """Return 决算数 of the rows of a table, else of any, as the final accounts have them.

    人员 and 公用经费 stand in 表6, which only has grants: they are told where these are all of 基本支出. What
    the accounts do not know is left out.
    """
    names: dict[str, tuple[str, ...]] = {}
    if not accounts.is_empty("t1"):
        names |= _INCOME | _SPENDING
    if not accounts.is_empty("t6") and _is_all_basic(accounts):
        names |= _BASIC
    rows = {row.key for row in table.rows} if table else names.keys()
    found = {key: _sum_of(accounts, names[key]) for key in names if key in rows}
    return {key: amount for key, amount in found.items() if amount is not None}


def _sum_of(accounts: "Accounts", names: tuple[str, ...]) -> Amount | None:
    parts = [accounts.amount(name) for name in names]
    known = [Amount(part, accounts.unit) for part in parts if part is not None]
    return total(known, accounts.unit) if len(known) == len(parts) else None


def _is_all_basic(accounts: "Accounts") -> bool:
    """Whether the grants of 表6 are all that was spent as 基本支出."""
    from model.accounts import figures  # late: most documents have no accounts

    granted, spent = _sum_of(accounts, _BASIC["basic"]), _sum_of(accounts, ("t3.all.basic",))
    if granted is None or spent is None:
        return False
    return abs(granted - spent) <= Amount(figures.tail(2, accounts.unit), accounts.unit)
