"""How much of its budget was spent of a subject (完成率), as a reader of the tables recomputes it."""

from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.basics import number

_HUNDRED = Decimal(100)


def completion(accounts: Accounts, code: str) -> Decimal | None:
    """Return 支出决算 of the general budget in percent of 年初预算, rounded half up to one decimal.

    The quotient is that of the printed amounts. None without a budget, or with one of 0: then no percentage
    is written.
    """
    budget, final = accounts.value(f"s.{code}.budget"), accounts.amount(f"t5.{code}.total")
    if budget is None or final is None:
        return None
    below, above = figures.printed(budget, accounts.unit), figures.printed(final, accounts.unit)
    return number.rounded(above / below * _HUNDRED, 1) if below > 0 else None
