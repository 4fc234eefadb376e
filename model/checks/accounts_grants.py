"""What was spent of grants against all that was spent: no more, and all where there is no other source."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.rules import BalanceRule
from model.checks.accounts_finding import amount, of_rule
from model.checks.finding import Finding

Rules = Mapping[str, BalanceRule]
Cured = Mapping[str, Decimal]  # the change of cells that another finding blames already
_COLUMNS = ("basic", "project", "total")
_GRANTS = ("t5", "t7", "t8")
_SPENDING = "spending"  # what a table with income calls the total of its spending
_OTHER_SOURCES = (
    "t1.in.superior",
    "t1.in.business",
    "t1.in.operating",
    "t1.in.subsidiary",
    "t1.in.other",
    "t1.in.nonfiscal_used",
    "t1.in.opening",
)


def grants_are_part_of_the_spending(accounts: Accounts, rules: Rules, cured: Cured) -> Iterator[Finding]:
    """What was spent of grants is no more than what was spent (X-357), and all of it where there is no
    other source (X-357E); told once a row."""
    if accounts.is_empty("t3"):
        if not accounts.is_empty("t5") and "t3" not in accounts.missing:
            no, of = accounts.definition.table("t3").no, accounts.definition.table("t5").no
            message = f"{no}没有数，{of}却有支出：请在{no}填写各科目的支出。"
            yield of_rule(accounts, rules["X-357"], "t3", message)
        return
    if _follow(accounts):
        return
    only_grants = all(accounts.printed(name) == 0 for name in _OTHER_SOURCES) and not accounts.is_empty("t5")
    for code in dict.fromkeys(item.code for item in accounts.items if item.counted):
        yield from _row(accounts, rules, cured, code, only_grants)


def _follow(accounts: Accounts) -> bool:
    """Whether all grants follow from 表3: nothing is typed, read or left to the other tables of grants."""
    own = ("t5.", "t7.", "t8.")
    typed = any(cell.partition(".")[2].startswith(own) for cell in accounts.answers.texts)
    return not typed and not accounts.answers.given and accounts.is_empty("t7") and accounts.is_empty("t8")


def _row(accounts: Accounts, rules: Rules, cured: Cured, code: str, only_grants: bool) -> Iterator[Finding]:
    for column in _COLUMNS:
        spent = _figure(accounts, cured, f"t3.{code}.{column}")
        parts = [_figure(accounts, cured, name) for name in _grants(accounts, code, column)]
        known = [part for part in parts if part is not None]
        if spent is None or len(known) < len(parts):
            continue
        granted = sum(known, Decimal(0))
        tail = figures.tail(figures.not_zero(known), accounts.unit)
        if granted > spent + tail or (only_grants and abs(spent - granted) > tail):
            rule = rules["X-357" if granted > spent + tail else "X-357E"]
            yield _granted(accounts, rule, code, column, spent, granted)
            return


def _figure(accounts: Accounts, cured: Cured, name: str) -> Decimal | None:
    """A figure as computed, and as it should be where another finding has told that."""
    found = accounts.amount(name)
    if found is None or not cured:
        return found
    is_made = accounts.value(name) is not None and not any(map(accounts.answers.text, accounts.cells(name)))
    terms = accounts.terms(name) if is_made else ()
    parts = (sign * cured.get(other, Decimal(0)) for sign, other in terms)
    return found + cured.get(name, Decimal(0)) + sum(parts, Decimal(0))


def _grants(accounts: Accounts, code: str, column: str) -> Iterator[str]:
    for table in _GRANTS:
        body = accounts.definition.subject_tables.get(table)
        keys = [one.key for one in body.columns] if body else []
        key = column if column in keys else _SPENDING
        if key in keys:
            yield f"{table}.{code}.{key}"


def _granted(
    accounts: Accounts, rule: BalanceRule, code: str, column: str, spent: Decimal, granted: Decimal
) -> Finding:
    numbers = "、".join(table.no for table in accounts.definition.tables if table.id in _GRANTS)
    one, other = amount(accounts, spent), amount(accounts, granted)
    if rule.id == "X-357":
        message = f"全部支出 {one}，小于{numbers}财政拨款支出之和 {other}：请核对。"
    else:
        why = f"没有其他收入和结转，全部支出 {one} 应等于{numbers}财政拨款支出之和 {other}"
        message = f"{why}：请核对，或补填其他资金来源。"
    return of_rule(accounts, rule, f"t3.{code}.{column}", message, basis=(one, other))
