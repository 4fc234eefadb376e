"""Checks between the final accounts and the self-evaluation: totals, projects, 情况说明, the report's table.

A document's own forms are compared; where it has none, the figures that an exchange file brought.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.places import place
from model.accounts.rules import BalanceRule
from model.basics import number
from model.basics.names import plain_name
from model.checks.accounts_finding import amount
from model.checks.accounts_stated import Narrated, NarratedProjects, Stated, Statement, statement
from model.checks.finding import Finding, cut
from model.reading.reading import Reading

Rules = Mapping[str, BalanceRule]
_HUNDRED = Decimal(100)


def forms_agree(reading: Reading, accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    """What the self-evaluation says is what the accounts say."""
    said = statement(reading, accounts)
    yield from _heads_agree(reading, accounts)
    yield from _totals(accounts, rules, said)
    yield from _projects(accounts, rules, said)
    yield from _narrated(accounts, rules, said)
    yield from _outturn(accounts, rules, said)


def _are_apart(accounts: Accounts, one: Decimal, other: Decimal, addends: int = 1) -> bool:
    """Whether two amounts differ by more than a tail as they are printed: forms are in 万元, rounded, also
    where the accounts are exact in 元."""
    pair = figures.printed(one, accounts.unit), figures.printed(other, accounts.unit)
    return abs(pair[0] - pair[1]) > figures.tail(addends, "万元")


def _money(accounts: Accounts, value: Decimal) -> str:
    """Write an amount as forms have it, in 万元; the unit is said where the accounts are in 元."""
    if accounts.unit != "元":
        return amount(accounts, value)
    return f"{figures.printed(value, accounts.unit):f} 万元"


def _more_or_less(accounts: Accounts, difference: Decimal) -> str:
    return f"{'多' if difference > 0 else '少'} {_money(accounts, abs(difference))}"


def _finding(
    rule: BalanceRule, stated: Stated, message: str, basis: tuple[str, ...], severity: str = ""
) -> Finding:
    gravity = "warning" if severity == "warning" else rule.severity
    return Finding(
        rule.id, gravity, stated.address, stated.place, message, basis, between=True, name=rule.name
    )


def _heads_agree(reading: Reading, accounts: Accounts) -> Iterator[Finding]:
    """The accounts speak of the unit and the year of the document."""
    if reading.year and accounts.year != reading.year:
        message = f"部门决算是 {accounts.year} 年度，自评簿是 {reading.year} 年度：请核对。"
        yield Finding(
            "year-mismatch", "judged", (accounts.key, "year"), "部门决算 · 年度", message, between=True
        )
    form = reading.department or next(iter(reading.forms), None)
    name = form.answers.unit if form else ""
    if name and accounts.name and plain_name(name) != plain_name(accounts.name):
        message = f"单位名称这里是“{accounts.name}”，自评表是“{name}”：请写成一样。"
        basis, where = (accounts.name, name), "部门决算 · 单位名称"
        yield Finding("name-differs", "warning", (accounts.key, "unit"), where, message, basis, between=True)


# --- the department form


def _totals(accounts: Accounts, rules: Rules, said: Statement) -> Iterator[Finding]:
    """Spending in all, 基本支出 and 项目支出 of the department form (S-TOTAL, S-BASIC, S-PROJECT)."""
    for rule_id, stated in (
        ("S-TOTAL", said.executed),
        ("S-BASIC", said.basic),
        ("S-PROJECT", said.project),
    ):
        if stated is not None:
            yield from _same(accounts, rules[rule_id], stated, rules[rule_id].terms[0][1])
    if said.budget and said.executed and said.is_read and said.executed.value > said.budget.value:
        one, other = _money(accounts, said.budget.value), _money(accounts, said.executed.value)
        message = f"预算数 {one} 小于执行数 {other}：预算数应为调整后的全年预算数，请核对。"
        yield _finding(rules["S-BUDGET"], said.budget, message, (one, other))


def _same(accounts: Accounts, rule: BalanceRule, stated: Stated, name: str) -> Iterator[Finding]:
    wanted = accounts.printed(name)
    if wanted is None or accounts.is_empty(name.partition(".")[0]):
        return
    if _are_apart(accounts, stated.value, wanted):
        one, other = _money(accounts, stated.value), _money(accounts, wanted)
        off = _more_or_less(accounts, stated.value - wanted)
        message = f"{one}，{place(accounts, name)} {other}，{off}：请核对，或从决算带入。"
        yield _finding(rule, stated, message, (one, other))


# --- projects


def _projects(accounts: Accounts, rules: Rules, said: Statement) -> Iterator[Finding]:
    """What the project forms executed together is no more than 项目支出 (S-SUM)."""
    known = [project.executed for project in said.projects if project.executed is not None]
    whole = _project_spending(accounts, said)
    if not known or whole is None:
        return
    found = sum((one.value for one in known), Decimal(0))
    if found > whole and _are_apart(accounts, found, whole, len(known)):
        one, other = _money(accounts, found), _money(accounts, whole)
        where, off = place(accounts, "t3.all.project"), _more_or_less(accounts, found - whole)
        message = f"各项目执行数合计 {one}，{where} {other}，{off}：请核对。"
        yield _finding(rules["S-SUM"], known[0], message, (one, other))


def _project_spending(accounts: Accounts, said: Statement) -> Decimal | None:
    """项目支出 in all: of the accounts, else as the file said it."""
    found = None if accounts.is_empty("t3") else accounts.printed("t3.all.project")
    return said.project_spending if found is None else found


# --- 预算绩效情况说明


def _narrated(accounts: Accounts, rules: Rules, said: Statement) -> Iterator[Finding]:
    """What is told of the projects is what their forms say (S-NARR-93, N-NAME, N-PERF)."""
    narrated = said.narrated
    if narrated is None:
        return
    yield from _counted(accounts, rules, said, narrated)
    for n, project in enumerate(narrated.projects):
        own = said.project_called(project.name, n)
        if own is None:
            continue
        if plain_name(own.name).removesuffix("项目") != plain_name(project.name).removesuffix("项目"):
            message = f"项目名称写的是“{cut(project.name)}”，项目自评表是“{cut(own.name)}”：请写成一样。"
            basis = (project.name, own.name)
            yield _finding(rules["N-NAME"], project.stated("name"), message, basis, "warning")
        yield from _project_figures(accounts, rules, project, own)


def _project_figures(accounts: Accounts, rules: Rules, project: Narrated, own: Narrated) -> Iterator[Finding]:
    wrong = []
    for name, one, other in (
        ("全年预算数", project.budget, own.budget),
        ("执行数", project.executed, own.executed),
    ):
        if one and other and _are_apart(accounts, one.value, other.value):
            pair = _money(accounts, one.value), _money(accounts, other.value)
            wrong.append(f"{name}写的是 {pair[0]}，项目自评表是 {pair[1]}")
    if project.rate is not None and own.budget and own.executed and own.budget.value:
        rate = number.rounded(own.executed.value / own.budget.value * _HUNDRED, number.decimals(project.rate))
        if rate != project.rate:
            wrong.append(f"完成率写的是 {project.rate}%，应为 {rate}%")
    if wrong:
        message = "；".join(wrong) + "：请核对。"
        yield _finding(rules["S-NARR-93"], project.stated("budget"), message, tuple(wrong))


def _counted(
    accounts: Accounts, rules: Rules, said: Statement, narrated: NarratedProjects
) -> Iterator[Finding]:
    """How many projects with how much money, and their share of 项目支出 (N-PERF)."""
    rule, spent = rules["N-PERF"], [one.executed for one in said.projects if one.executed is not None]
    budgets = [one.budget for one in said.projects if one.budget is not None]
    if narrated.number is not None and said.projects and narrated.number.value != len(said.projects):
        one, other = number.show(narrated.number.value), str(len(said.projects))
        yield _finding(
            rule, narrated.number, f"写的是 {one} 个项目，项目自评表有 {other} 张：请核对。", (one, other)
        )
    sums = [sum((one.value for one in values), Decimal(0)) for values in (spent, budgets) if values]
    parts = len(said.projects)
    if (
        narrated.amount is not None
        and sums
        and all(_are_apart(accounts, narrated.amount.value, one, parts) for one in sums)
    ):
        one, other = _money(accounts, narrated.amount.value), _money(accounts, sums[0])
        yield _finding(
            rule, narrated.amount, f"资金写的是 {one}，各项目自评表合计 {other}：请核对。", (one, other)
        )
    whole = _project_spending(accounts, said)
    if narrated.amount is None or not whole:
        return
    if narrated.share is not None:
        share = number.rounded(
            narrated.amount.value / whole * _HUNDRED, number.decimals(narrated.share.value)
        )
        if share != narrated.share.value:
            pair = _money(accounts, narrated.amount.value), _money(accounts, whole)
            message = (
                f"占比写的是 {narrated.share.value}%，{pair[0]} 占项目支出 {pair[1]} 的 {share}%：请核对。"
            )
            yield _finding(rule, narrated.share, message, (str(narrated.share.value), str(share)))
    if whole > narrated.amount.value and _are_apart(accounts, whole, narrated.amount.value, parts):
        left = _money(accounts, whole - narrated.amount.value)
        money = _money(accounts, narrated.amount.value)
        message = f"自评资金 {money}，还有 {left} 项目支出没有自评：请说明，或核对项目是否齐全。"
        yield _finding(rule, narrated.amount, message, (str(narrated.amount.value), left), "warning")


# --- the report's table of money


def _outturn(accounts: Accounts, rules: Rules, said: Statement) -> Iterator[Finding]:
    """决算数 of the report's table is what the accounts have (S-OUTTURN), 年初预算数 what 五（三） has."""
    for row in said.outturn:
        wanted = row.wanted
        if wanted is not None and _are_apart(accounts, row.stated.value, wanted):
            one, other = _money(accounts, row.stated.value), _money(accounts, wanted)
            message = f"决算数 {one}，决算表是 {other}：请核对，或从决算带入。"
            yield _finding(rules["S-OUTTURN"], row.stated, message, (one, other))
    total = accounts.field_amount("general_budget")
    budget = total if total is not None else accounts.general_budget
    initial = said.initial
    if initial is not None and budget is not None and not accounts.is_empty("t5"):
        items = len([item for item in accounts.items if item.counted])
        if _are_apart(accounts, initial.value, budget, items):
            one, other = _money(accounts, initial.value), _money(accounts, budget)
            message = f"年初预算数 {one}，决算各科目年初预算合计 {other}：请核对。"
            yield _finding(rules["S-BUDGET-N"], initial, message, (one, other))
