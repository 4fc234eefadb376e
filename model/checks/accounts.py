"""The checks of the final accounts: within the tables, of what is typed, and against the forms."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from model.accounts.accounts import Accounts
from model.accounts.loader import rules_of
from model.accounts.rules import BalanceRule
from model.basics.memory import once
from model.checks import (
    accounts_fields,
    accounts_forms,
    accounts_input,
    accounts_notes,
    accounts_reasons,
    accounts_subjects,
    accounts_sums,
    accounts_text,
)
from model.checks.finding import Finding, answered
from model.reading.reading import Reading

Rules = Mapping[str, BalanceRule]
TYPED: tuple[Callable[[Accounts], Iterable[Finding]], ...] = (
    accounts_input.amounts_are_numbers,
    accounts_input.counts_are_whole_numbers,
    accounts_input.codes_are_items,
    accounts_input.codes_stand_once,
    accounts_input.subjects_are_known,
    accounts_subjects.rows_stand_once,
    accounts_reasons.texts_can_be_printed,
)
RULED: tuple[Callable[[Accounts, Rules], Iterable[Finding]], ...] = (
    accounts_sums.sums_balance,
    accounts_subjects.names_agree_between_tables,
    accounts_subjects.names_fit_the_codes,
    accounts_subjects.economic_and_functional_agree,
    accounts_notes.printed_formulas_are_right,
    accounts_fields.budgets_add_up,
    accounts_fields.expenses_add_up,
    accounts_fields.office_is_part_of_the_running,
    accounts_fields.smaller_parts_are_smaller,
    accounts_fields.kept_cars_are_counted,
    accounts_fields.differences_are_explained,
    accounts_reasons.reasons_are_of_differences,
)


def findings_of_accounts(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of the final accounts, then those between them and the forms, with the answers
    that hold; none where the document has no accounts."""
    accounts, library = reading.accounts, reading.library
    if accounts is None or library is None:
        return ()
    rules = rules_of(library)
    between = answered(accounts_forms.forms_agree(reading, accounts, rules), (accounts, *reading.forms))
    texts = answered(accounts_text.texts_hold(reading, accounts, rules), (accounts,))
    return (*_known_within(accounts, rules), *texts, *between)


def _known_within(accounts: Accounts, rules: Rules) -> tuple[Finding, ...]:
    """What is found within the accounts; a key in a form leaves it as it is."""
    known = _remembered(accounts)
    if not known or known[0][0] is not rules:
        known[:] = [(rules, answered(_within(accounts, rules), (accounts,)))]
    return known[0][1]


@once
def _remembered(accounts: Accounts) -> list[tuple[Rules, tuple[Finding, ...]]]:
    return []


def _within(accounts: Accounts, rules: Rules) -> Iterator[Finding]:
    for check in TYPED:
        yield from check(accounts)
    for ruled in RULED:
        yield from ruled(accounts, rules)
