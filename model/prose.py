"""A written report as neutral parts: headings, paragraphs, tables, bars, the signature; no file library.

Word and PDF are drawn from these types alone, so both say the same.
"""

from dataclasses import dataclass
from decimal import Decimal

from model.grid import Grid


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number as it is printed; level 1 一、, 2 （一）, 3 1., 4 （1）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text, set in by two characters; it holds no line break."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table between the paragraphs: its caption, a line at the right above it (单位：万元), the cells.

    The headings of the grid name the rows that stand again at the top of each page.
    """

    title: str
    unit_line: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Bar:
    """What a part of the form reached of its points; None is unknown."""

    name: str
    score: Decimal | None
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class Bars:
    """Scores by block as a small chart, for eyes rather than for reading."""

    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Unit and date at the end, at the right."""

    unit: str
    date: str


@dataclass(frozen=True, slots=True)
class Annex:
    """A form as a table, on pages of its own."""

    grid: Grid


Part = Heading | Paragraph | Table | Bars | Signature | Annex


@dataclass(frozen=True, slots=True)
class Report:
    """A written report: `name` for lists and files, the lines of the title, and what follows in order.

    `mark` is 草稿 where the form behind it has open errors.
    """

    name: str
    title: tuple[str, ...]
    parts: tuple[Part, ...]
    mark: str = ""
