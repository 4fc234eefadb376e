"""What the publication and the tables of the accounts say, line by line, to hold edited files against."""

import re
from collections.abc import Iterator, Sequence

from model.accounts.accounts import Accounts
from model.basics.metrics import Metrics
from model.explanation.explanation import FilledSection, Passage, filled_chapter
from model.explanation.outline import Outline
from model.explanation.values import Values
from model.handin.finished import TITLE, Line, lines_of_grid, lines_of_part
from model.paper.accounts_layout import lay_out_accounts
from model.reading.reading import Form
from model.report.chart import Chart
from model.report.prose import Annex, Chapter, Heading, Part, Report

_PAGE = re.compile(r"[.…·]*\d+$")  # behind an entry of the contents
_ALONE = ("chart", "outline")  # kinds of parts that end the paragraph before them


def lines_of_accounts(accounts: Accounts, metrics: Metrics) -> Iterator[Line]:
    """Yield the rows of all tables; what stands in them is computed and can't be taken back."""
    for grid in lay_out_accounts(accounts, metrics):
        yield from lines_of_grid(grid, grid.running_title)


def lines_of_publication(
    report: Report, accounts: Accounts, outline: Outline, forms: tuple[Form, ...]
) -> tuple[Line, ...]:
    """Return what a publication says behind its contents, each paragraph with the cell that says it alone."""
    values = Values(accounts, outline, forms)
    sections = (*filled_chapter(values, "overview"), *filled_chapter(values, "explanation"))
    written = {line.bare: line for line in _written(sections, accounts.key)}
    front = report.front
    found = [Line(text, TITLE) for text in (*front.lines, front.date, front.contents)] if front else []
    place = TITLE
    for part in report.parts:
        if isinstance(part, Chapter | Heading):
            place = part.text
        for line in _lines_of(part, place):
            known = written.get(line.bare) if not line.cells else None
            found.append(known._replace(place=place) if known else line)
    return tuple(found)


def _lines_of(part: Part, place: str) -> Iterator[Line]:
    match part:
        case Annex():
            yield from lines_of_grid(part.grid, part.name)
        case Chart():
            yield Line(part.caption, place)
        case _:
            yield from lines_of_part(part, place)


def _written(sections: Sequence[FilledSection], key: str) -> Iterator[Line]:
    """The paragraphs that one cell says alone."""
    for section in sections:
        passages = [one for one in section.passages if one.text or one.part.kind in _ALONE]
        for one, following in zip(passages, [*passages[1:], None], strict=True):
            goes_on = following is not None and following.joined and following.part.kind not in _ALONE
            if not (one.joined or goes_on or one.part.kind in _ALONE):
                yield from _lines_of_cell(one, key)


def _lines_of_cell(one: Passage, key: str) -> Iterator[Line]:
    said = one.sentence
    generated = "" if one.part.kind == "text" else said.generated
    for n, text in enumerate(said.text.split("\n")):
        if text.strip():
            yield Line(text.strip(), "", (), (key, said.cell), n, said.text, generated)


def without_contents(theirs: Sequence[Line], report: Report) -> tuple[Line, ...]:
    """Return the lines of a file without its contents, whose pages are Word's own; long ones are broken."""
    entries = {Line(_heading(part), "").bare for part in report.parts} - {""}
    found: list[Line] = []
    for line in theirs:
        found.append(line)
        for count in (1, 2, 3):
            bare = "".join(one.bare for one in found[-count:])
            if not line.cells and _PAGE.search(bare) and _PAGE.sub("", bare) in entries - {bare}:
                del found[-count:]
                break
    return tuple(found)


def _heading(part: Part) -> str:
    """How the contents call a part, "" for what they do not name."""
    match part:
        case Chapter() | Heading():
            return part.text
        case Annex():
            return part.name
    return ""
