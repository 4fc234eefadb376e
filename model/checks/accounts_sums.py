"""Findings about the sums of the final accounts, put so that one wrong cell is told once; tails are notes."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from model.accounts import figures
from model.accounts.accounts import Accounts
from model.accounts.places import place
from model.accounts.rules import BalanceRule
from model.checks.accounts_balance import Balance, Mismatch, balance
from model.checks.accounts_culprit import Blame, blames
from model.checks.accounts_finding import amount, at_cell, more_or_less, of_rule
from model.checks.accounts_grants import grants_are_part_of_the_spending
from model.checks.finding import Finding, cut

_PARTS = {"rows": "本行各栏合计", "levels": "下级科目合计", "all": "各类合计", "made": "所属各项合计"}
_APART = 4  # addends whose tails two corrections of one cell may be apart
_BY_HAND = {"t6"}  # tables that follow from no other
_NAMED = 3  # cells that a message names; more are 所属各项


def sums_balance(accounts: Accounts, rules: Mapping[str, BalanceRule]) -> Iterator[Finding]:
    """Sums are sums, and a figure that stands in two places is the same; a tail is no error.

    What follows from a cell that several rules blame is not told again.
    """
    begun = [rule for rule in rules.values() if not _is_of_a_blank_table(accounts, rule)]
    found = balance(accounts, begun)
    to_blame = blames(found.mismatches, figures.tail(_APART, accounts.unit))
    yield from _sums(accounts, found, to_blame)
    cured = {blame.cell: blame.change for blame in to_blame if len(blame.mismatches) > 1}
    yield from grants_are_part_of_the_spending(accounts, rules, cured)


def _is_of_a_blank_table(accounts: Accounts, rule: BalanceRule) -> bool:
    """Whether a rule compares with a table that the clerk has not begun: that is a gap and no error. What a
    file has blank is blank."""
    tables = {name.partition(".")[0] for _, name in rule.terms}
    is_other = len(tables) == 1 and rule.left.partition(".")[0] not in tables
    return is_other and tables <= _BY_HAND and accounts.is_empty(*tables) and not accounts.answers.imported


def _sums(accounts: Accounts, found: Balance, to_blame: Sequence[Blame]) -> Iterator[Finding]:
    reported: set[tuple[str, str]] = set()
    for blame in to_blame:
        first = blame.mismatches[0]
        row = first.rule.id, _row_of(first)
        if len(blame.mismatches) > 1:
            yield _blamed(accounts, found, blame)
        elif row not in reported:
            alike = [other for other in found.mismatches if (other.rule.id, _row_of(other)) == row]
            yield _finding(accounts, first, len(alike))
            reported.add(row)
    yield from _tails(accounts, found)


def _row_of(mismatch: Mismatch) -> str:
    """The row of a table by subjects; one finding is enough for all columns of it."""
    is_row = mismatch.rule.kind in ("levels", "all")
    return mismatch.left.rpartition(".")[0] if is_row else mismatch.left


def _finding(accounts: Accounts, mismatch: Mismatch, alike: int) -> Finding:
    said, found = _said(accounts, mismatch.left, mismatch.said), amount(accounts, mismatch.found)
    printed = "原表 " if accounts.given(mismatch.left) is not None else ""
    off = more_or_less(accounts, mismatch.difference)
    more = f"本行共有 {alike} 栏不符。" if alike > 1 else ""
    if mismatch.rule.kind == "most":
        message = f"{printed}{said}，大于{_others(accounts, mismatch)} {found}，{off}：请核对两处。"
    else:
        message = f"{printed}{said}，{_others(accounts, mismatch)} {found}，{off}：请核对。{more}"
    return of_rule(accounts, mismatch.rule, mismatch.left, message, basis=(said, found))


def _said(accounts: Accounts, name: str, value: Decimal) -> str:
    """A figure as it is told: an amount, or the text of a file that is none."""
    given = accounts.given(name)
    is_amount = given is None or not figures.read_amount(given, accounts.unit).problem
    return amount(accounts, value) if is_amount or given is None else f"“{cut(given)}”（不是金额）"


def _others(accounts: Accounts, mismatch: Mismatch) -> str:
    """What a figure is held against."""
    names = [place(accounts, name) for _, name in mismatch.terms]
    if len(names) == 1:
        return names[0]
    if mismatch.rule.kind == "sum" and len(names) <= _NAMED:
        return "、".join(names) + "相加"
    return _PARTS.get(mismatch.rule.kind, "所属各项合计")


def _blamed(accounts: Accounts, found: Balance, blame: Blame) -> Finding:
    """One cell that several rules point at."""
    said = found.printed(blame.cell)
    assert said is not None
    printed = "原表 " if accounts.given(blame.cell) is not None else ""
    others = (_against(accounts, mismatch, blame.cell) for mismatch in blame.mismatches)
    names = "、".join(dict.fromkeys(others))
    now, wanted = _said(accounts, blame.cell, said), amount(accounts, said + blame.change)
    message = f"{printed}{now}，按{names}核对都应为 {wanted}：请核对。"
    return of_rule(accounts, blame.mismatches[0].rule, blame.cell, message, basis=(now, wanted))


def _against(accounts: Accounts, mismatch: Mismatch, cell: str) -> str:
    return _others(accounts, mismatch) if mismatch.left == cell else place(accounts, mismatch.left)


def _tails(accounts: Accounts, found: Balance) -> Iterator[Finding]:
    """One line a table, however many cells are off by a tail."""
    for table in accounts.definition.tables:
        names = found.tails.get(table.id, ())
        if names:
            message = f"有 {len(names)} 处尾差，由金额单位转换四舍五入形成，不影响平衡。"
            yield at_cell(accounts, "accounts-tail", "note", names[0], message, where=table.no)
