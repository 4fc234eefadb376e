"""Checks of what is typed beside the tables of the final accounts: budget, procurement, cars, reasons."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import GENERAL_BUDGET, Accounts
from model.accounts.items import Item
from model.accounts.rules import BalanceRule
from model.basics import number
from model.checks.accounts_finding import amount, at_cell, more_or_less, of_rule
from model.checks.finding import Finding

Rules = Mapping[str, BalanceRule]
_BOUGHT = ("buy_goods", "buy_works", "buy_services")
_CARS = (
    "cars_leader",
    "cars_chief",
    "cars_secret",
    "cars_emergency",
    "cars_law",
    "cars_special",
    "cars_retired",
    "cars_other",
)
_SMALLER = {
    "micro": "sme",
    "sme_goods": "buy_goods",
    "sme_works": "buy_works",
    "sme_services": "buy_services",
}
_OFFICE_KINDS = ("行政", "参公")


def budgets_add_up(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """The budget that is typed in all is the sum of the items' (N-SUM-BUDGET); a tail is a note."""
    total, found = accounts.field_amount(GENERAL_BUDGET), accounts.general_budget
    if total is None or found is None or total == found:
        return
    items = [accounts.value(f"s.{item.code}.budget") for item in accounts.items if item.counted]
    one, other = amount(accounts, total), amount(accounts, found)
    if abs(total - found) <= figures.tail(figures.not_zero(items), accounts.unit):
        message = f"{one}，各项相加 {other}，是尾差，按 {one} 印。"
        yield at_cell(accounts, "accounts-tail", "note", GENERAL_BUDGET, message)
        return
    message = f"{one}，各项年初预算相加 {other}，{more_or_less(accounts, total - found)}：请核对。"
    yield of_rule(accounts, rules["N-SUM-BUDGET"], GENERAL_BUDGET, message, basis=(one, other))


def expenses_add_up(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """What project money was spent on makes 项目支出 of the general budget (N-PROJECTS)."""
    texts = [accounts.answers.text(f"{row}.amount") for row in accounts.expenses]
    known = [value for text in texts if (value := figures.read_amount(text, accounts.unit).value) is not None]
    spent = accounts.amount("t5.all.project")
    if not known or spent is None:
        return
    found = sum(known, Decimal(0))
    if abs(found - spent) > figures.tail(len(known), accounts.unit):
        one, other = amount(accounts, found), amount(accounts, spent)
        off = more_or_less(accounts, found - spent)
        message = f"列举的金额合计 {one}，一般公共预算项目支出 {other}，{off}：请核对。"
        cell = f"{accounts.expenses[0]}.amount"
        yield of_rule(accounts, rules["N-PROJECTS"], cell, message, basis=(one, other))


def office_is_part_of_the_running(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """机关运行经费 is no more than 公用经费, and 0 for a 事业单位 (N-OFFICE)."""
    office, running = accounts.field_amount("office"), accounts.amount("t6.running")
    kind = accounts.field("unit_kind")
    if not office:
        return
    one = amount(accounts, office)
    if "事业" in kind and not any(word in kind for word in _OFFICE_KINDS):
        message = f"{one}：事业单位没有机关运行经费，应为 0，请核对。"
        yield of_rule(accounts, rules["N-OFFICE"], "office", message, basis=(one, kind))
    elif running is not None and office > running + figures.same_tail(accounts.unit):
        other = amount(accounts, running)
        message = f"{one}，大于公用经费合计 {other}：请核对。"
        yield of_rule(accounts, rules["N-OFFICE"], "office", message, basis=(one, other))


def smaller_parts_are_smaller(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """What small firms got is no more than what was bought (N-BUY-SME)."""
    bought = [accounts.field_amount(name) for name in _BOUGHT]
    known = [value for value in bought if value is not None]
    wholes = {"sme": sum(known, Decimal(0)) if known else None}
    wholes |= {part: accounts.field_amount(whole) for part, whole in _SMALLER.items()}
    names = {"sme": "政府采购支出总额"}
    for part, whole in wholes.items():
        value = accounts.field_amount(part)
        if value is None or whole is None or value <= whole + figures.same_tail(accounts.unit):
            continue
        name = names.get(part) or accounts.definition.fields[_SMALLER[part]].caption
        one, other = amount(accounts, value), amount(accounts, whole)
        yield of_rule(
            accounts, rules["N-BUY-SME"], part, f"{one}，大于{name} {other}：请核对。", basis=(one, other)
        )


def kept_cars_are_counted(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """The cars kept for official use are among the cars (N-CARS-KEPT)."""
    kept = figures.read_count(accounts.field("cars_kept"))
    counts = [figures.read_count(accounts.field(name)) for name in _CARS]
    known = [count for count in counts if count is not None]
    if kept is not None and known and kept > sum(known):
        one, other = number.show(kept), number.show(sum(known, Decimal(0)))
        message = f"保有量 {one} 辆，大于车辆合计 {other} 辆：请核对。"
        yield of_rule(accounts, rules["N-CARS-KEPT"], "cars_kept", message, basis=(one, other))


# --- reasons


def differences_are_explained(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """Where what was spent of an item differs from its budget, the reason is written (N-REASON)."""
    for item in accounts.items:
        final = wants_reason(accounts, item)
        if final is None or accounts.answers.text(f"{item.id}.reason").strip():
            continue
        budget = accounts.value(f"s.{item.code}.budget") or Decimal(0)
        word = "大于" if final > budget else "小于"
        one, other = amount(accounts, final), amount(accounts, budget)
        message = f"决算 {one} {word}年初预算 {other}：请写主要原因。"
        yield of_rule(accounts, rules["N-REASON"], f"{item.id}.reason", message, basis=(one, other))


def wants_reason(accounts: Accounts, item: Item) -> Decimal | None:
    """Return what was spent of an item whose budget is known and another; None where no reason is wanted."""
    budget, final = accounts.value(f"s.{item.code}.budget"), accounts.amount(f"t5.{item.code}.total")
    if not item.counted or budget is None or final is None or final == budget:
        return None
    return final
