"""What a form wants and lacks, as findings: some make it a draft, the rest would print empty."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from model.checks.figures import money_needs_a_budget
from model.checks.finding import Finding, Severity, finding
from model.checks.residue import is_residue_of_name
from model.document.answers import FormKey
from model.reading.completeness import Kind, Wanted, lacking
from model.reading.reading import Form

DRAFT_CODES: Mapping[Kind, str] = {
    "cell": "required-missing",
    "row": "row-unfinished",
    "points": "goal-points-missing",
}
EMPTY_CODES: Mapping[Kind, str] = {
    "text": "text-empty",
    "date": "date-empty",
    "level": "level-empty",
    "chosen": "level-unchosen",
}


def what_is_wanted_is_there(form: Form) -> Iterator[Finding]:
    """Required cells are filled in, named rows have result and score, and goals their points."""
    silent = _spoken_of(form)
    for want in lacking(form):
        if want.kind in DRAFT_CODES and want.cell not in silent:
            yield _finding(form, DRAFT_CODES[want.kind], want)


def would_print_empty(form: Form) -> Iterator[Finding]:
    """Texts, dates and levels that are empty or not chosen: no error, but not finished either."""
    for want in lacking(form):
        if want.kind in EMPTY_CODES:
            yield _finding(form, EMPTY_CODES[want.kind], want)


def _finding(form: Form, code: str, want: Wanted) -> Finding:
    return _at_its_place(form.key, code, want) if want.place else _at_its_cell(form, code, want)


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _at_its_place(key: FormKey, code: str, want: Wanted) -> Finding:
    return Finding(code, _severity(code), (key, want.cell), want.place, want.sentence, offer=want.offer)


def _at_its_cell(form: Form, code: str, want: Wanted) -> Finding:
    return finding(form, code, _severity(code), want.cell, want.sentence, offer=want.offer)


def _severity(code: str) -> Severity:
    return "computed" if code in DRAFT_CODES.values() else "note"


def _spoken_of(form: Form) -> set[str]:
    """The cells of which other checks speak: a budget of 0, a row that is still a hint of the blank form."""
    amounts = {row.cell(key) for row in form.sheet.funds[:1] for key in ("budget", "executed")}
    hints = (row.id for row in form.sheet.indicators if is_residue_of_name(row.name))
    rows = {f"{row}.{column}" for row in hints for column in ("target", "actual", "weight", "score")}
    return (amounts if form.definition.is_scored and any(money_needs_a_budget(form)) else set()) | rows
