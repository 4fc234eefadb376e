"""What a heading is: its rows, what each of its columns means, the label at its left."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from model.recognition.area import Cell

HeadingKind = Literal["indicators", "funds", "goals", "shares", "projects", "overall", "items"]


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column of a table: what it means ("" if that is not known), its captions, and where it stands."""

    key: str
    cells: tuple[Cell, ...]  # from the uppermost to the deepest
    first: int
    end: int

    @property
    def caption(self) -> str:
        """The deepest caption, as printed but for line breaks."""
        return "".join(self.cells[-1].text.split("\n")) if self.cells else ""


@dataclass(frozen=True)
class Heading:
    """The heading of a table: its rows, its columns from left to right, the label at its left."""

    kind: HeadingKind
    first: int
    last: int
    columns: tuple[SeenColumn, ...]
    label: Cell | None = None

    def column(self, key: str) -> SeenColumn | None:
        """Return the first column of a meaning."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def keys(self) -> frozenset[str]:
        """The meanings of the columns, without those that are not known."""
        return frozenset(column.key for column in self.columns if column.key)

    @property
    def cells(self) -> Iterator[Cell]:
        """All captions of the heading, its label included."""
        for column in self.columns:
            yield from column.cells
        if self.label:
            yield self.label

    @cached_property
    def start(self) -> int:
        """The leftmost column."""
        return min(column.first for column in self.columns)

    @cached_property
    def edges(self) -> frozenset[int]:
        """Where columns begin and end."""
        return frozenset(edge for column in self.columns for edge in (column.first, column.end))


def told_apart(columns: Sequence[SeenColumn]) -> dict[SeenColumn, str]:
    """Return how columns are called, those of one caption by what stands above them as well."""
    counts = Counter(column.caption for column in columns)
    return {
        column: column.caption
        if counts[column.caption] == 1
        else "".join("".join(cell.text.split()) for cell in column.cells)
        for column in columns
    }


def keyed(column: SeenColumn, key: str) -> SeenColumn:
    """Return a column that means something else."""
    return SeenColumn(key, column.cells, column.first, column.end)
