"""The parts of a form as they stand on a sheet: each text with its cell; no definition yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from model.recognition.area import Area, Cell
from model.recognition.heading import Heading, SeenColumn
from model.recognition.incoming import Mark, SeenCell

Zone = Literal["line", "head", "tail"]  # a line outside the frame, before the indicators, behind them

NO_MARKS: frozenset[Mark] = frozenset()


class Taken(NamedTuple):
    """A text that was read: from which cell, and why to look at it."""

    text: str
    cell: Cell
    marks: frozenset[Mark] = NO_MARKS

    def marked(self, *marks: Mark) -> "Taken":
        """Return the same text with more marks."""
        return self._replace(marks=self.marks | set(marks))

    def shortened(self, text: str, *marks: Mark) -> "Taken":
        """Return a part of the text, from the same cell."""
        return Taken(text, self.cell, self.marks | set(marks))


def taken(cell: Cell, text: str | None = None, *marks: Mark) -> Taken:
    """Return what stands in a cell, or a part of it; what the reader said of the cell stays with it."""
    return Taken(cell.text if text is None else text, cell, cell.seen.marks | set(marks))


class Pair(NamedTuple):
    """A caption and the text beside it (or behind its colon): 项目名称 | 教育信息化."""

    caption: str
    value: Taken
    zone: Zone
    label: Cell


class Row(NamedTuple):
    """A row of a table: its texts by the meaning of their columns, else by their captions."""

    texts: Mapping[str, Taken]
    more: Mapping[str, Taken] = {}
    goal: int = 0  # which goal of the form it belongs to, from 1; 0 is none


class GoalSeen(NamedTuple):
    """A goal: its label, its points, and its texts by meaning (text, expected, adjusted, actual)."""

    label: Taken | None
    texts: Mapping[str, Taken]
    points: Taken | None = None


class OwnTable(NamedTuple):
    """A table that only one bureau has: its rows have their texts by caption; `is_named`: the first column
    names them."""

    heading: Heading
    captions: tuple[str, ...]
    rows: tuple[Row, ...]
    is_named: bool


@dataclass
class Anatomy:
    """What was read of one form."""

    area: Area
    first: int
    last: int
    title: list[Taken] = field(default_factory=list)
    annex: Taken | None = None  # which annex of a regulation the form is: 附件2
    pairs: list[Pair] = field(default_factory=list)
    funds_heading: Heading | None = None
    funds: list[Row] = field(default_factory=list)
    funds_points: Taken | None = None  # printed in the label or a caption: (20分)
    money: list[tuple[Heading, int]] = field(default_factory=list)  # each table, and where in funds it begins
    paired: dict[str, str] = field(default_factory=dict)  # captions of amounts that stand beside them, by key
    split: list[tuple[Taken | None, Taken | None]] = field(default_factory=list)  # by income, by expenditure
    shares: list[Row] = field(default_factory=list)
    projects: list[Row] = field(default_factory=list)
    items: list[Row] = field(default_factory=list)  # of texts: 资金管理情况
    tables: list[OwnTable] = field(default_factory=list)  # of no kind that is known
    sections: list[Taken] = field(default_factory=list)  # lines between the tables: 二、资金情况
    overall: list[tuple[Taken, Taken]] = field(default_factory=list)  # caption and text
    goals: list[GoalSeen] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)  # of the indicators, in order
    block_label: Taken | None = None
    indicators: list[Row] = field(default_factory=list)
    other_headings: list[Heading] = field(default_factory=list)  # of goals, shares, projects
    total_caption: Cell | None = None
    total: Taken | None = None
    weight_total: Taken | None = None
    notes: list[Taken] = field(default_factory=list)
    unit: str = ""  # of money, where a layout says it
    used: set[Cell] = field(default_factory=set)
    keeps_empty: bool = False  # rows of a table that nothing stands in are rows: they are to be filled

    def use(self, *cells: Cell | None) -> None:
        """Say that cells are captions or were read."""
        self.used.update(cell for cell in cells if cell is not None)

    def take(self, cell: Cell, text: str | None = None, *marks: Mark) -> Taken:
        """Read a cell, or a part of it."""
        self.used.add(cell)
        return taken(cell, text, *marks)

    @property
    def columns(self) -> Iterable[SeenColumn]:
        """The columns of the indicators, of all headings."""
        return (column for heading in self.headings for column in heading.columns)

    @property
    def keys(self) -> frozenset[str]:
        """The meanings of the columns of the indicators."""
        return frozenset(column.key for column in self.columns if column.key)

    def left(self) -> list[SeenCell]:
        """Return the cells with a text that are neither a caption nor read, and those a person does not see.

        Lines of a text that stand apart from the form, before and behind it, are not its own.
        """
        rows = range(self.first, self.last + 1)
        cells = [cell for row in rows for cell in self.area.filled(row) if cell not in self.used]
        first = min((cell.row for cell in self.used), default=self.last)
        last = max((cell.row for cell in self.used), default=self.first)
        near = [cell.seen for cell in cells if not cell.is_line or first <= cell.row <= last]
        return near + [seen for row, seen in self.area.aside if self.first <= max(row, 0) <= self.last]
