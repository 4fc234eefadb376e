"""What is open in a document before it can be handed in: one list, counted alike wherever it is shown.

Errors, warnings without an answer, what is not filled in, and sections of reports that would print empty.
Later kinds join here; nothing else says what is open.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from model.basics.memory import once
from model.checks import check_form, run_checks
from model.checks.finding import Finding, finding
from model.checks.unfilled import would_print_empty
from model.document.answers import Address, CellId, FormKey
from model.reading.completeness import wanted
from model.reading.reading import Form, Reading
from model.report.empty_sections import empty_sections
from model.report.teller import Teller, statement_teller, teller

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

Severity = Literal["error", "warning", "gap"]  # the most severe first
Part = Literal["form", "report", "between"]  # where it belongs: a form, what is written about it, several


class Open(NamedTuple):
    """Something open: how severe it is, where it belongs, and the finding that says it."""

    severity: Severity
    part: Part
    finding: Finding

    @property
    def kind(self) -> str:
        """The stable code of what it is."""
        return self.finding.code

    @property
    def address(self) -> Address:
        """The form and the cell to go to."""
        return self.finding.address

    @property
    def place(self) -> str:
        """Where that is, in words."""
        return self.finding.place

    @property
    def sentence(self) -> str:
        """What is open and what to do."""
        return self.finding.message


class Completeness(NamedTuple):
    """How many things a form wants, and the cells where something is lacking, in the order of the form."""

    required: int
    missing: tuple[CellId, ...]

    @property
    def filled(self) -> int:
        """How many of them are there."""
        return self.required - len(self.missing)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing; this says nothing of right or wrong."""
        return not self.missing

    @property
    def why_no_grade(self) -> str:
        """What stands beside a total without a grade: something is empty, or can't be read."""
        return "待改正" if self.is_complete else "未填完"


def open_items(reading: Reading, findings: Iterable[Finding] | None = None) -> tuple[Open, ...]:
    """Return all that is open: form by form, its report behind it, the final accounts, last what lies between
    the forms.

    `findings` are those of the document where they are known already.
    """
    known = run_checks(reading) if findings is None else tuple(findings)
    findings_open = open_findings(known)
    items: list[Open] = []
    for form in reading.forms:
        items += [item for item in findings_open if item.address[0] == form.key and item.part == "form"]
        items += empty_of(form)
        items += _sections(teller(form, reading, reading.library) if reading.library else None)
    items += _sections(statement_teller(reading, reading.library) if reading.library else None)
    if (accounts := reading.accounts) is not None:
        items += [item for item in findings_open if item.address[0] == accounts.key and item.part == "form"]
        items += _empty_of_accounts(accounts)
    return (*items, *(item for item in findings_open if item.part == "between"))


def open_findings(findings: Iterable[Finding]) -> tuple[Open, ...]:
    """Return what is open among some findings."""
    return tuple(item for item in map(_open, findings) if item)


@once
def empty_of(form: Form) -> tuple[Open, ...]:
    """Return what of a form would print empty without being an error."""
    return tuple(Open("gap", "form", found) for found in would_print_empty(form))


@once
def completeness(form: Form) -> Completeness:
    """Return how far a form is filled in: the gaps of the list, and how many things it wants in all."""
    items = (*open_findings(check_form(form)), *empty_of(form))
    open_cells = {item.address[1] for item in items if item.severity == "gap"}
    wants = wanted(form)
    lacking = (want.cell for want in wants if not want.is_filled and want.cell in open_cells)
    return Completeness(len(wants), tuple(lacking))


def completeness_of_accounts(accounts: "Accounts") -> Completeness:
    """Return how far final accounts are filled in."""
    from model.checks.accounts_wanted import wanted_of_accounts  # late: most documents have no accounts

    wants = wanted_of_accounts(accounts)
    return Completeness(len(wants), tuple(want.cell for want in wants if not want.is_filled))


def gaps(items: Iterable[Open], keys: Sequence[FormKey]) -> tuple[Open, ...]:
    """Return what is not filled in of some forms and their reports."""
    return tuple(item for item in items if item.severity == "gap" and item.address[0] in keys)


def _empty_of_accounts(accounts: "Accounts") -> Iterator[Open]:
    from model.checks.accounts_wanted import gaps_of_accounts  # late: most documents have no accounts

    yield from (Open("gap", "form", found) for found in gaps_of_accounts(accounts))


def _open(found: Finding) -> Open | None:
    if found.state not in ("error", "warning", "gap"):
        return None
    return Open(found.state, "between" if found.between else "form", found)


def _sections(tells: Teller | None) -> Iterator[Open]:
    if tells is None or not tells.form.definition.is_scored:
        return
    for section in empty_sections(tells):
        said = f"“{section.heading}”下面没有内容，会印出空标题：请填写。"
        found = finding(tells.form, "section-empty", "note", section.cell, said, place=tells.outline.name)
        yield Open("gap", "report", found)
