"""A written report as neutral parts: headings, paragraphs, tables, bars, the signature; no file library.

Word and PDF are drawn from these types alone, so both say the same.
"""

from decimal import Decimal
from typing import NamedTuple

from model.paper.codes import PageCodes
from model.paper.grid import Grid
from model.report.chart import Chart


class Chapter(NamedTuple):
    """The title of a part of a long document (第一部分 …); it begins a page. Level 1 is below level 0."""

    text: str
    level: int = 0


class Heading(NamedTuple):
    """A heading with its number as it is printed; level 1 一、, 2 （一）, 3 1., 4 （1）."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """One paragraph of running text, set in by two characters; it holds no line break."""

    text: str


class Table(NamedTuple):
    """A table between the paragraphs: its caption, a line at the right above it (单位：万元), the cells.

    The headings of the grid name the rows that stand again at the top of each page.
    """

    title: str
    unit_line: str
    grid: Grid


class Bar(NamedTuple):
    """What a part of the form reached of its points; None is unknown."""

    name: str
    score: Decimal | None
    points: Decimal | None


class Bars(NamedTuple):
    """Scores by block as a small chart, for eyes rather than for reading."""

    title: str
    bars: tuple[Bar, ...]


class Signature(NamedTuple):
    """Unit and date at the end, at the right."""

    unit: str
    date: str


class Annex(NamedTuple):
    """A form as a table, on pages of its own; contents call it by its heading, else as its grid."""

    grid: Grid
    heading: str = ""

    @property
    def name(self) -> str:
        """How contents and bookmarks call it."""
        return self.heading or self.grid.name


Part = Chapter | Heading | Paragraph | Table | Bars | Chart | Signature | Annex


class Front(NamedTuple):
    """What stands before a long document: a cover with lines and a date, and contents under a title.

    `levels`: so many levels of headings are listed, chapters are the first. The document then has no title
    above its text.
    """

    lines: tuple[str, ...]
    date: str
    contents: str = "目录"
    levels: int = 2


class Report(NamedTuple):
    """A written report: `name` for lists and files, the lines of the title, and what follows in order.

    `mark` is 草稿 where the form behind it has open errors.
    """

    name: str
    title: tuple[str, ...]
    parts: tuple[Part, ...]
    mark: str = ""
    front: "Front | None" = None
    codes: PageCodes | None = None  # of a locked version, on each page of the PDF …
    check_code: str = ""  # … and what every page has where it is none
