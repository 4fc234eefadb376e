"""The explanation entry by entry, as a clerk goes through it: the overview, then each 一、."""

from collections.abc import Iterator
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.explanation.explanation import FilledSection, Passage, filled_chapter
from model.explanation.lacking import lacking
from model.explanation.outline import ChapterKind, Outline
from model.explanation.values import Values
from model.reading.reading import Form

OVERVIEW = "概况"


class Entry(NamedTuple):
    """What stands under one 一、: its number, what a narrow list calls it, its heading, its sections."""

    chapter: ChapterKind
    numeral: str
    short: str
    heading: str
    sections: tuple[FilledSection, ...]

    @property
    def id(self) -> str:
        """What it is known by as long as the outline is the same."""
        return f"{self.chapter}{self.numeral}"

    @property
    def passages(self) -> Iterator[Passage]:
        """All that stands in it, in order."""
        return (one for section in self.sections for one in section.passages)

    @property
    def is_none(self) -> bool:
        """Whether all it says is that there is nothing of the kind."""
        text = "".join(one.text for one in self.passages)
        return "无" in text and "万元" not in text

    def is_empty(self, values: Values) -> bool:
        """Whether something in it is not there yet."""
        if not values.is_filled and not any(one.text for one in self.passages):
            return True
        return any(
            lacking(one, values) or (one.part.kind == "text" and not one.text) for one in self.passages
        )


def contents(values: Values) -> tuple[Entry, ...]:
    """Return the entries in the order of paper."""
    overview = filled_chapter(values, "overview")
    first = (Entry("overview", "", OVERVIEW, OVERVIEW, overview),) if overview else ()
    return (*first, *(_entry(group) for group in _groups(filled_chapter(values, "explanation"))))


def is_open(accounts: Accounts, outline: Outline, forms: tuple[Form, ...] = ()) -> bool:
    """Whether nothing is filled in, or a sentence waits for a text: a publication would have holes."""
    values = Values(accounts, outline, forms)
    passages = (one for section in filled_chapter(values, "explanation") for one in section.passages)
    return not values.is_filled or any(one.wanted for one in passages)


def _groups(sections: tuple[FilledSection, ...]) -> Iterator[tuple[FilledSection, ...]]:
    """Yield the sections that stand under one heading of the first level."""
    group: list[FilledSection] = []
    for section in sections:
        if group and not section.section.headings[0].startswith(("（", "(")):
            yield tuple(group)
            group = []
        group.append(section)
    if group:
        yield tuple(group)


def _entry(sections: tuple[FilledSection, ...]) -> Entry:
    first = sections[0].section
    numeral, _, title = first.headings[0].partition("、")
    if not title:
        numeral, title = "", first.headings[0]
    return Entry("explanation", numeral, first.short or title, first.headings[0], sections)
