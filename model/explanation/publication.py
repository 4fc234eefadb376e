"""The whole publication of a unit's final accounts (部门决算公开): chapters, tables and annexes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.accounts.accounts import Accounts
from model.basics.metrics import Metrics
from model.explanation.charts import chart
from model.explanation.explanation import FilledSection, Passage, filled_chapter
from model.explanation.glossary import terms
from model.explanation.outline import Chapter as OutlineChapter
from model.explanation.outline import Outline
from model.explanation.values import Values
from model.paper.accounts_layout import lay_out_accounts
from model.paper.grid import Grid
from model.reading.reading import Form
from model.report.prose import Annex, Chapter, Front, Heading, Paragraph, Part, Report, Signature

NAME = "部门决算公开"


@dataclass(frozen=True)
class Pieces:
    """What else stands in the publication: forms and short reports annexed, what is said of performance and
    of the year's main work."""

    forms: tuple[Form, ...] = ()
    grids: tuple[Grid, ...] = ()
    reports: tuple[Report, ...] = ()
    performance: Report | None = None
    works: tuple[Part, ...] = ()


def publication(
    accounts: Accounts, outline: Outline, metrics: Metrics, pieces: Pieces, mark: str = ""
) -> Report:
    """Return the publication with cover and contents; sections that hold nothing are left out.

    `mark` is 草稿 while anything is open: a document without a mark has no hole in it.
    """
    known = {"unit": accounts.name, "year": accounts.year}
    parts: list[Part] = []
    for chapter in outline.chapters:
        found = list(_chapter(chapter, accounts, outline, metrics, pieces, bool(mark)))
        if found:
            parts += [Chapter(chapter.title.format(**known)), *found]
    front = Front(
        tuple(line.format(**known) for line in outline.title), accounts.answers.text("published_on")
    )
    return Report(NAME, tuple(line.format(**known) for line in outline.title), tuple(parts), mark, front)


def is_unfinished(report: Report, outline: Outline, accounts: Accounts) -> bool:
    """Whether a chapter or a section is missing, though forms may be annexed or not, or a heading is bare."""
    known = {"unit": accounts.name, "year": accounts.year}
    found = {part.text for part in report.parts if isinstance(part, Chapter | Heading)}
    chapters = [one for one in outline.chapters if one.kind != "annexes"]
    wanted = {one.title.format(**known) for one in chapters}
    wanted |= {text.format(**known) for one in chapters for part in one.sections for text in part.headings}
    parts = [part for part in report.parts if not isinstance(part, Signature)]
    return not wanted <= found or any(map(_is_bare, parts, [*parts[1:], None]))


def _is_bare(part: Part, following: Part | None) -> bool:
    """Whether a heading is followed by one of its own level, or a higher one, or by nothing."""
    if not isinstance(part, Chapter | Heading):
        return False
    if isinstance(following, Chapter | Heading):
        return following.level <= part.level
    return following is None


def _chapter(
    chapter: OutlineChapter,
    accounts: Accounts,
    outline: Outline,
    metrics: Metrics,
    pieces: Pieces,
    is_draft: bool,
) -> Iterator[Part]:
    match chapter.kind:
        case "overview" | "explanation":
            values = Values(accounts, outline, pieces.forms)
            yield from _sections(filled_chapter(values, chapter.kind), values, pieces.performance)
        case "tables":
            grids = lay_out_accounts(accounts, metrics, is_draft)
            for table, grid in zip(accounts.definition.tables, grids, strict=True):
                yield Annex(grid, table.title.format(year=accounts.year, no=table.no))
        case "works":
            yield from pieces.works
        case "terms":
            yield from (Paragraph(entry.line) for entry in terms(accounts, outline))
            phone = accounts.field("phone").strip()
            if phone and outline.last_line:
                yield Paragraph(outline.last_line.format(phone=phone))
        case "annexes":
            yield from _annexes(pieces)


def _sections(
    sections: Sequence[FilledSection], values: Values, performance: Report | None
) -> Iterator[Part]:
    """Yield the sections as parts, empty ones left out; their 一、 then stands above the next （二）."""
    known = {"unit": values.accounts.name, "year": values.accounts.year}
    above: list[Heading] = []  # headings of the first level that have nothing below them yet
    for section in sections:
        headings = [Heading(_level(text), text.format(**known)) for text in section.section.headings]
        if headings and headings[0].level == 1:
            above = []
        body = list(_parts_of(section.passages, values, performance))
        if body:
            yield from (*above, *headings, *body)
            above = []
        else:
            above += [one for one in headings if one.level == 1]


def _level(heading: str) -> int:
    """一、 is the first level, （一） the second."""
    return 2 if heading[:1] in "（(" else 1


def _parts_of(passages: Sequence[Passage], values: Values, performance: Report | None) -> Iterator[Part]:
    line = ""
    for one in passages:
        if one.part.kind in ("chart", "outline"):
            yield from _paragraphs(line)
            line = ""
            yield from _others(one, values, performance)
        elif one.joined and line:
            line += one.text
        else:
            yield from _paragraphs(line)
            line = one.text
    yield from _paragraphs(line)


def _others(one: Passage, values: Values, performance: Report | None) -> Iterator[Part]:
    if one.part.kind == "chart":
        drawn = chart(one.part, values)
        if drawn.has_figures:
            yield drawn
    elif performance is not None:
        yield from _lower(performance.parts)
    else:
        yield from _paragraphs(one.text)


def _lower(parts: Iterable[Part]) -> Iterator[Part]:
    """What stands in another report, its headings one level lower."""
    for part in parts:
        match part:
            case Heading(level, text):
                yield Heading(level + 1, text)
            case Signature():
                pass
            case _:
                yield part


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line.strip()) for line in text.split("\n") if line.strip())


def _annexes(pieces: Pieces) -> Iterator[Part]:
    for form, grid in zip(pieces.forms, pieces.grids, strict=False):
        yield Annex(grid, "".join(form.title))
    for report in pieces.reports:
        yield Chapter("".join(report.title), level=1)
        yield from (
            Heading(part.level + 1, part.text) if isinstance(part, Heading) else part for part in report.parts
        )
