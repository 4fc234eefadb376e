"""A finding in the final accounts: its rule, the cell to jump to, the place, and amounts as written."""

from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.places import place
from model.accounts.rules import BalanceRule
from model.basics import number
from model.checks.finding import Finding, Severity
from model.document.answers import CellId


def of_rule(
    accounts: Accounts,
    rule: BalanceRule,
    name: str,
    message: str,
    *,
    severity: Severity | None = None,
    where: str = "",
    basis: tuple[str, ...] = (),
    between: bool = False,
) -> Finding:
    """Return what a rule finds at a figure, or at a cell where something is typed."""
    return Finding(
        rule.id,
        severity or rule.severity,
        (accounts.key, jump_cell(accounts, name)),
        where or place(accounts, name),
        message,
        basis,
        between,
        name=rule.name,
    )


def at_cell(
    accounts: Accounts, code: str, severity: Severity, cell: CellId, message: str, *, where: str = ""
) -> Finding:
    """Return a finding that needs no rule of the data, at a cell where something is typed."""
    return Finding(code, severity, (accounts.key, cell), where or place(accounts, cell), message)


def jump_cell(accounts: Accounts, name: str) -> CellId:
    """Return where to look at a figure: the cell in which it is typed, else the figure itself."""
    if name.count(".") < 1:
        return name
    cells = accounts.cells(name) if name.startswith("t") else ()
    typed = (cell for cell in cells if accounts.answers.text(cell))
    return next(typed, name)


def amount(accounts: Accounts, value: Decimal) -> str:
    """Write an amount in a message: in 万元 with two decimals as in the tables, 元 with commas and unit."""
    if accounts.unit == "元":
        return f"{number.grouped(value)} 元"
    places = max(figures.PLACES, number.decimals(value))
    return format(number.rounded(value, places), "f")


def more_or_less(accounts: Accounts, difference: Decimal) -> str:
    """Say by how much something is off: 多 0.05."""
    return f"{'多' if difference > 0 else '少'} {amount(accounts, abs(difference))}"
