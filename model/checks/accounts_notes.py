"""The notes below a table as a file had them printed: formulas that name another line than ours."""

import re
from collections.abc import Iterator, Mapping

from model.accounts.accounts import Accounts
from model.accounts.incoming import NOTES
from model.accounts.rules import BalanceRule
from model.basics import number
from model.checks.accounts_finding import of_rule
from model.checks.finding import Finding

_ENDS = re.compile("[；。;\n]")
_IS = "="


def printed_formulas_are_right(accounts: Accounts, rules: Mapping[str, BalanceRule]) -> Iterator[Finding]:
    """A formula of a note makes the sum of the line that it names; the rule of that sum tells."""
    for table in accounts.definition.tables:
        said = accounts.answers.given.get(f"{table.id}.{NOTES}")
        if said is None:
            continue
        ours = {right: left for left, right in _formulas("\n".join(table.notes))}
        for left, right in _formulas(said):
            wanted = ours.get(right, left)
            rule = _rule_of(rules, f"{wanted}{_IS}{right}")
            if wanted != left and rule is not None:
                message = f"印作“{left}＝{right}”，应为“{wanted}＝{right}”：请更正表下的说明。"
                yield of_rule(accounts, rule, table.id, message, where=f"{table.no} 注", basis=(left, wanted))


def _formulas(text: str) -> Iterator[tuple[str, str]]:
    """The line that a formula is for, and what it is made of."""
    for part in _ENDS.split(text):
        left, is_formula, right = _plain(part).partition(_IS)
        if is_formula:
            yield left.rpartition(":")[2], right


def _plain(text: str) -> str:
    return "".join(number.half_width(text).split())


def _rule_of(rules: Mapping[str, BalanceRule], formula: str) -> BalanceRule | None:
    return next((rule for rule in rules.values() if formula in _plain(rule.text)), None)
