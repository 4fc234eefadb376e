"""Figures of the final accounts as they stand on screen, in the unit in which the clerk types."""

from model.accounts.accounts import Accounts
from model.accounts.definition import Table
from model.basics import number

PRINTED = "万元"  # the unit of the printed tables


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
