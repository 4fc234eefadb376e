"""Texts of the final accounts: reasons that no sentence has a place for, characters that no font has."""

from collections.abc import Iterator, Mapping

from model.accounts.accounts import Accounts
from model.accounts.rules import BalanceRule
from model.checks.accounts_finding import amount, at_cell, of_rule
from model.checks.finding import Finding
from model.checks.texts import cannot_be_printed
from model.explanation.values import AMOUNTS
from model.report.narrative import FROM

_OF = {  # what each reason may speak of: figures that are other than last year's
    "total_reason": ("total", "grant", "general_income", "general"),
    "grant_reason": ("grant", "general_income"),
    "general_income_reason": ("general_income",),
    "general_reason": ("general",),
    "office_reason": ("office",),
}


def reasons_are_of_differences(accounts: Accounts, rules: Mapping[str, BalanceRule]) -> Iterator[Finding]:
    """Yield a note where nothing differs and a reason is there (N-REASON); unknown is not the same."""
    for reason, figures in _OF.items():
        if accounts.field(reason).strip() and all(_is_same(accounts, name) for name in figures):
            message = "本年与上年持平，不写原因：填了的也不印出，可以删去。"
            yield of_rule(accounts, rules["N-REASON"], reason, message, severity="note")
    for item in accounts.items:
        budget, final = accounts.value(f"s.{item.code}.budget"), accounts.amount(f"t5.{item.code}.total")
        is_same = item.counted and final and budget == final
        if is_same and final and accounts.answers.text(f"{item.id}.reason").strip():
            message = f"决算与年初预算都是 {amount(accounts, final)}，不写原因：填了的也不印出，可以删去。"
            yield of_rule(accounts, rules["N-REASON"], f"{item.id}.reason", message, severity="note")


def texts_can_be_printed(accounts: Accounts) -> Iterator[Finding]:
    """Every character of what is printed has a glyph in the shipped fonts."""
    if not cannot_be_printed("".join(sorted(set().union(*accounts.answers.texts.values())))):
        return
    for cell, text in accounts.answers.texts.items():
        if not cell.endswith(FROM) and (message := cannot_be_printed(text)):
            yield at_cell(accounts, "missing-glyph", "computed", cell, message)


def _is_same(accounts: Accounts, name: str) -> bool:
    now = accounts.amount(AMOUNTS[name]) if name in AMOUNTS else accounts.field_amount(name)
    return now is not None and now == accounts.field_amount(f"last.{name}")
