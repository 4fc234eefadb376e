"""The types of an explanation's outline: chapters, sections, and what stands in each; an outline is data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from model.forms.outline import Pattern
from model.report.narrative import names_in

# sentence: the first pattern whose values are known · list: items joined in one sentence · classes, items: a
# paragraph for each 类 and 项 of 表5 · projects: what project money was spent on · text: typed, with a
# default · chart: 图1 to 图4 · outline: the explanation of performance that the forms make
PartKind = Literal["sentence", "list", "classes", "items", "projects", "text", "chart", "outline"]
ChapterKind = Literal["overview", "tables", "explanation", "works", "terms", "annexes"]
AmountFormat = Literal["plain", "two-decimals"]


class Part(NamedTuple):
    """Something in a section; which of the optional entries it uses depends on its kind.

    `joined`: it goes on in the paragraph before it. A list has `items` of caption and slot; `of` names the
    slot that its shares are of. `when`: it stands only if this value is not 0. A text is typed in `field`.
    """

    id: str
    kind: PartKind
    patterns: tuple[Pattern, ...] = ()
    joined: bool = False
    when: str = ""
    head: str = ""
    item: str = ""
    joiner: str = ""
    end: str = ""
    items: tuple[tuple[str, str], ...] = ()
    omit_zero: bool = True
    unless_zero: frozenset[str] = frozenset()  # slots of `items` that are told only where they are not 0
    of: str = ""
    caption: str = ""
    field: str = ""
    default: str = ""
    outline: str = ""


class Section(NamedTuple):
    """Headings as printed, with their numbers, and the parts below them."""

    headings: tuple[str, ...]
    parts: tuple[Part, ...]
    short: str = ""  # what a narrow list calls it

    @property
    def title(self) -> str:
        """What a list calls it: the last heading."""
        return self.headings[-1]


class Chapter(NamedTuple):
    """A part of the publication (第一部分 …); overview and explanation have sections."""

    kind: ChapterKind
    title: str
    sections: tuple[Section, ...] = ()


class Term(NamedTuple):
    """An entry of the glossary, with {level} and {units}; `by_subject`: a paragraph for each 项 below it."""

    name: str
    text: str
    by_subject: bool = False


@dataclass(frozen=True, eq=False)  # as itself: it is remembered by
class Outline:
    """The publication of a region and edition, with its source and how figures are written."""

    id: str
    name: str
    source: str
    amounts: AmountFormat
    percent_places: int
    title: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    terms: tuple[Term, ...]
    last_line: str
    explanations: Mapping[str, str]  # of subjects, by code

    def sections(self, kind: ChapterKind) -> tuple[Section, ...]:
        """Return the sections of a chapter."""
        return next((chapter.sections for chapter in self.chapters if chapter.kind == kind), ())

    def parts(self) -> Iterator[tuple[Section, Part]]:
        """Yield every part with its section, in order."""
        for chapter in self.chapters:
            for section in chapter.sections:
                for part in section.parts:
                    yield section, part

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The number of each part, by its id and by what fills its patterns, where that comes first."""
        found: dict[str, int] = {}
        for n, (_, part) in enumerate(self.parts()):
            found[part.id] = n
            for name in (part.field, *(name for one in part.patterns for name in names_in(one.text))):
                found.setdefault(name, n)
        return found
