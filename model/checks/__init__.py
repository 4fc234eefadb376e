"""The checks of a form and of a document: small pure functions that read it and yield findings.

The catalogue with codes and severities is docs/checks.md; a code never changes its meaning.

* circles: `texts`, `figures`, `weights`, `rows` (with `row`, `row_figures`, `row_wording`), `costs`,
  `levels`, `years`, `residue` look at a form, `declaration`, `between` at a document, `report` (with
  `said_figures`) at its report; `finding` is what they yield, `replies` are the clerk's answers to them
* `unfilled` says what a form lacks; `open_items` is the one list of all that is open before handing in
* final accounts: `accounts` with `accounts_balance`, `accounts_culprit`, `accounts_sums`,
  `accounts_grants`, `accounts_subjects`, `accounts_input`, `accounts_fields`, `accounts_notes`,
  `accounts_forms`, `accounts_stated`, `accounts_text`, `accounts_reasons`,
  `accounts_unwritten`, `accounts_finding`; `accounts_wanted` is what
  they lack, `accounts_agreement` how much of the forms they say too
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from model.basics.memory import once
from model.checks import (
    between,
    costs,
    declaration,
    figures,
    levels,
    report,
    rows,
    texts,
    unfilled,
    weights,
    years,
)
from model.checks.finding import Finding, Severity, answered
from model.document.answers import FormKey
from model.reading.reading import Form, Reading

__all__ = ["Finding", "Severity", "check_accounts", "check_between", "check_form", "drafts", "run_checks"]

FormCheck = Callable[[Form], Iterable[Finding]]
ANY_FORM: tuple[FormCheck, ...] = (
    unfilled.what_is_wanted_is_there,
    figures.amounts_are_numbers,
    declaration.totals_of_sides_are_sums,
    declaration.shares_are_right,
    texts.nothing_of_the_blank_form_is_left,
    texts.nothing_is_left_behind,
    texts.texts_are_not_too_long,
    texts.characters_can_be_printed,
    levels.levels_fit,
    years.years_agree,
    years.dates_fit_the_year,
)
FUNDS_IN_ANY_FORM: tuple[FormCheck, ...] = (
    figures.amounts_are_in_one_unit,
    figures.rows_of_funds_add_up,
    figures.given_rate_is_right,
    figures.execution_stays_within_the_budget,
)
FUNDS_IN_SCORED_FORM: tuple[FormCheck, ...] = (
    figures.money_needs_a_budget,
    figures.amounts_are_in_one_unit,
    figures.rows_of_funds_add_up,
    figures.given_rate_is_right,
    figures.given_execution_score_is_right,
    figures.given_execution_weight_is_right,
    figures.execution_stays_within_the_budget,
    figures.low_execution_is_explained,
    figures.a_changed_budget_is_explained,
    figures.only_the_first_row_is_scored,
    figures.parts_make_the_whole,
)
SCORED_FORM: tuple[FormCheck, ...] = (
    weights.weights_make_a_hundred,
    weights.blocks_have_their_points,
    weights.goals_have_their_points,
    weights.labels_say_the_points,
    weights.scored_rows_have_weights,
    rows.rows_are_sound,
    costs.costs_stay_within_limits,
    weights.given_total_is_the_sum,
    texts.goals_have_results,
    texts.a_loss_is_not_denied,
)
UNSCORED_FORM: tuple[FormCheck, ...] = (rows.targets_are_clear,)
CROSS_CHECKS: tuple[Callable[[Reading], Iterable[Finding]], ...] = (
    between.units_are_named_alike,
    between.years_of_forms_agree,
    between.projects_make_the_sum,
    between.same_indicators_say_the_same,
    declaration.declared_projects_have_forms,
    report.report_agrees_with_the_form,
)


@once
def check_form(form: Form) -> tuple[Finding, ...]:
    """Return all findings of one form, in the order of the checks, with the answers that hold."""
    findings = [finding for check in _checks_of(form) for finding in check(form)]
    return answered(_without_repetition(findings), (form,))


def _checks_of(form: Form) -> Iterator[FormCheck]:
    yield from ANY_FORM
    yield figures.points_are_numbers
    is_scored = form.definition.is_scored
    if form.sheet.funds:
        yield from FUNDS_IN_SCORED_FORM if is_scored else FUNDS_IN_ANY_FORM
    yield from SCORED_FORM if is_scored else UNSCORED_FORM


def _without_repetition(findings: Sequence[Finding]) -> Sequence[Finding]:
    """Equal notes of a form are one, with a count, behind all others."""
    notes: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if finding.severity == "note":
            notes.setdefault((finding.code, finding.message), []).append(finding)
    others = [finding for finding in findings if finding.severity != "note"] if notes else findings
    return [*others, *map(_as_one, notes.values())]


def _as_one(equal: list[Finding]) -> Finding:
    if len(equal) == 1:
        return equal[0]
    return replace(equal[0], message=f"{equal[0].message}（共 {len(equal)} 处）")


def check_between(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings between the forms of a document, with the answers that hold."""
    return answered((finding for check in CROSS_CHECKS for finding in check(reading)), reading.forms)


def check_accounts(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of the final accounts and those between them and the forms; none without them."""
    if reading.accounts is None:
        return ()
    from model.checks.accounts import findings_of_accounts  # late: most documents have no accounts

    return findings_of_accounts(reading)


def run_checks(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of all forms of a document, those between them, and those of its accounts."""
    within = chain.from_iterable(map(check_form, reading.forms))
    return (*within, *check_between(reading), *check_accounts(reading))


def drafts(findings: Iterable[Finding]) -> frozenset[FormKey]:
    """Return the keys of the forms that are drafts (草稿): an error that stands in them is open."""
    return frozenset(finding.address[0] for finding in findings if finding.is_open_error)
