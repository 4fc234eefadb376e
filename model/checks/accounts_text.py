"""What is written about the final accounts, held against their tables: a file's text, else the clerk's."""

from collections.abc import Iterator, Mapping

from model.accounts.accounts import Accounts
from model.accounts.extra import read_forms, read_narrative
from model.accounts.rules import BalanceRule
from model.checks.accounts_finding import of_rule
from model.checks.finding import Finding, Severity
from model.document.answers import CellId
from model.explanation.explanation import TEXT, WANTED, filled_sections
from model.explanation.glossary import EXPLAINED, LEVEL, typed_level
from model.explanation.held.facts import Facts
from model.explanation.held.hold import hold
from model.explanation.held.slip import Gravity
from model.explanation.held.terms import levels
from model.explanation.held.text import read_text
from model.explanation.loader import outline_of
from model.explanation.outline import Outline, Section
from model.explanation.values import Values
from model.explanation.written import written
from model.reading.reading import Reading
from model.report.narrative import FROM

_LATER = "待写"  # in the place of a text that is still wanted, which is told elsewhere
NARRATIVE = "narrative"  # the cell that stands for the explanation of a file
OF_FORMS = ("N-PERF", "N-NAME", "S-NARR-93", "S-SUM")
SEVERITY: Mapping[Gravity, Severity] = {"error": "judged", "warning": "warning", "note": "note"}


def texts_hold(reading: Reading, accounts: Accounts, rules: Mapping[str, BalanceRule]) -> Iterator[Finding]:
    """Yield what contradicts the tables or the forms; what the program wrote itself is not looked at."""
    paragraphs = read_narrative(accounts.answers)
    found = outline_of(reading.library, accounts)
    places: Mapping[str, CellId] = {}
    parts = _written_over(accounts)
    if found is not None and (paragraphs or parts):
        sections = found.sections("explanation") if paragraphs else _around(found, parts)
        own = written(filled_sections(Values(accounts, found, reading.forms), sections))
        places = own.sentences
        paragraphs = paragraphs or tuple(text.replace(WANTED, _LATER) for text in own.paragraphs)
    facts = Facts(accounts, found, reading.forms)
    if found is not None and "N-LEVEL" in rules:
        yield from _own_level(accounts, rules["N-LEVEL"], facts)
    stated = read_forms(accounts.answers)  # what a file says of its own forms is held by its figures
    for slip in hold(paragraphs, facts) if paragraphs else ():
        if slip.rule in rules and not (slip.rule in OF_FORMS and stated):
            at = slip.place if slip.place in places else slip.place.rstrip("0123456789")
            cell = places.get(at, NARRATIVE)
            yield of_rule(
                accounts,
                rules[slip.rule],
                cell,
                slip.message,
                severity=SEVERITY[slip.gravity],
                where=slip.place,
                basis=(slip.message,),
            )


def _own_level(accounts: Accounts, rule: BalanceRule, facts: Facts) -> Iterator[Finding]:
    """The field that says whose money it is fits the name of the unit; so do explanations that were typed."""
    typed = typed_level(accounts)
    if typed and facts.level and typed != facts.level:
        message = f"写的是“{typed}级”，单位名称里是“{facts.level}”，名词解释会写成“{typed}级财政”，请核对。"
        yield of_rule(accounts, rule, LEVEL, message)
    explained = {cell: text for cell, text in accounts.answers.texts.items() if cell.startswith(EXPLAINED)}
    for cell, text in explained.items():
        for slip in levels(read_text(["第五部分 名词解释", text]), facts) if facts.level else ():
            yield of_rule(accounts, rule, cell, slip.message)


def _written_over(accounts: Accounts) -> set[str]:
    """The parts of which a sentence is in the clerk's own words."""
    cells = (cell for cell in accounts.answers.texts if cell.startswith(f"{TEXT}."))
    return {cell.split(".")[1] for cell in cells if not cell.endswith(FROM)}


def _around(outline: Outline, parts: set[str]) -> list[Section]:
    """The sections of every 一、 in which one of these parts stands: what the program makes needs no look."""
    groups: list[list[Section]] = []
    for section in outline.sections("explanation"):
        if not groups or not section.headings[0].startswith(("（", "(")):
            groups.append([])
        groups[-1].append(section)
    return [
        section
        for group in groups
        if any(part.id in parts for section in group for part in section.parts)
        for section in group
    ]
