"""The checks of a form and of a document: small pure functions that read it and yield findings.

The catalogue with codes and severities is data of the project's design; a code never changes its meaning.
"""

from collections.abc import Callable, Iterable

from model.checks import figures, texts, weights
from model.checks.finding import Finding, Severity, answered
from model.reading import Form, Reading

__all__ = ["Finding", "Severity", "check_between", "check_form", "run_checks"]

FORM_CHECKS: tuple[Callable[[Form], Iterable[Finding]], ...] = (
    figures.amounts_are_numbers,
    figures.points_are_numbers,
    figures.money_needs_a_budget,
    figures.given_rate_is_right,
    figures.given_execution_score_is_right,
    weights.weights_make_a_hundred,
    weights.blocks_have_their_points,
    weights.goals_have_their_points,
    weights.scores_stay_within_weights,
    weights.given_total_is_the_sum,
    texts.characters_can_be_printed,
)
CROSS_CHECKS: tuple[Callable[[Reading], Iterable[Finding]], ...] = ()


def check_form(form: Form) -> tuple[Finding, ...]:
    """Return all findings of one form, in the order of the checks, with the answers that hold."""
    return answered((found for check in FORM_CHECKS for found in check(form)), (form,))


def check_between(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings between the forms of a document, with the answers that hold."""
    return answered((found for check in CROSS_CHECKS for found in check(reading)), reading.forms)


def run_checks(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of all forms of a document, then those between them."""
    within = (found for form in reading.forms for found in check_form(form))
    return (*within, *check_between(reading))
