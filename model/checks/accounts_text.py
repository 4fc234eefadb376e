"""What is written about the final accounts, held against their tables: a file's text, else the clerk's."""

from collections.abc import Iterator, Mapping, Sequence

from model.accounts.accounts import Accounts
from model.accounts.extra import read_forms, read_narrative
from model.accounts.rules import BalanceRule
from model.basics.errors import UserError
from model.checks.accounts_finding import of_rule
from model.checks.finding import Finding, Severity
from model.document.answers import CellId
from model.explanation.explanation import TEXT, explain
from model.explanation.held.facts import Facts
from model.explanation.held.hold import hold
from model.explanation.held.slip import Gravity
from model.explanation.held.text import read_text
from model.explanation.loader import outline
from model.explanation.outline import Outline
from model.reading.reading import Reading

NARRATIVE = "narrative"  # the cell that stands for the explanation of a file
OF_FORMS = ("N-PERF", "N-NAME", "S-NARR-93", "S-SUM")
SEVERITY: Mapping[Gravity, Severity] = {"error": "judged", "warning": "warning", "note": "note"}


def texts_hold(reading: Reading, accounts: Accounts, rules: Mapping[str, BalanceRule]) -> Iterator[Finding]:
    """Yield what contradicts the tables or the forms; what the program wrote itself is not looked at."""
    written = read_narrative(accounts.answers)
    found = _outline(reading, accounts)
    places: dict[str, CellId] = {}
    if not written and found is not None and _is_written_over(accounts):
        written, places = _own(reading, accounts, found)
    facts = Facts(accounts, found, reading.forms)
    stated = read_forms(accounts.answers)  # what a file says of its own forms is held by its figures
    for slip in hold(written, facts) if written else ():
        if slip.rule in rules and not (slip.rule in OF_FORMS and stated):
            cell = places.get(slip.place, NARRATIVE)
            yield of_rule(
                accounts,
                rules[slip.rule],
                cell,
                slip.message,
                severity=SEVERITY[slip.gravity],
                where=slip.place,
                basis=(slip.message,),
            )


def _is_written_over(accounts: Accounts) -> bool:
    return any(cell.startswith(f"{TEXT}.") and not cell.endswith(".from") for cell in accounts.answers.texts)


def _outline(reading: Reading, accounts: Accounts) -> Outline | None:
    """The outline of the edition; None where a folder of the user's has none of this name."""
    if reading.library is None:
        return None
    try:
        return outline(reading.library, accounts.definition.outline)
    except UserError:
        return None


def _own(reading: Reading, accounts: Accounts, found: Outline) -> tuple[tuple[str, ...], dict[str, CellId]]:
    """The explanation as it stands, and the cell of the first sentence at each place."""
    paragraphs: list[str] = []
    cells: list[CellId] = []
    for section in explain(accounts, found, reading.forms):
        paragraphs += section.section.headings
        cells += [""] * len(section.section.headings)
        for one in section.told:
            if one.joined and cells[-1]:
                paragraphs[-1] += one.text
            elif one.text:
                paragraphs.append(one.text)
                cells.append(one.sentence.cell)
    return tuple(paragraphs), _places(paragraphs, cells)


def _places(paragraphs: Sequence[str], cells: Sequence[CellId]) -> dict[str, CellId]:
    lines = iter(read_text(paragraphs).lines)
    places: dict[str, CellId] = {}
    for cell in cells:
        if cell and (line := next(lines, None)) is not None:
            places.setdefault(line.place, cell)
    return places
