"""A block from the clipboard: which of its columns goes where, and its texts by our columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from model.forms.columns import Column
from model.recognition.captions import bare
from model.recognition.incoming import Mark
from model.recognition.texts import is_figure
from model.recognition.units import WANTED, converted

LEVELS = ("level1", "level2")
SKIP = ""  # the key of a column that is not pasted


class Where(NamedTuple):
    """Where a block goes: a table with its columns in the order of the screen, and the cell of the cursor.

    `group` says which captions its headings may have (indicators, funds, projects). `rows` are the names of
    rows that are fixed, in order, by id; a table to which the clerk adds rows has none. `typed` are the keys
    of the columns that can be typed; `level2` names of level 2 that the form knows.
    """

    group: str
    columns: tuple[Column, ...]
    column: int = 0
    rows: Mapping[str, str] = {}
    row: int = 0
    typed: frozenset[str] = frozenset()
    level2: frozenset[str] = frozenset()
    unit: str = WANTED

    def called(self, key: str) -> str:
        """How a column is called."""
        return next((column.called for column in self.columns if column.key == key), "")


class Assignment(NamedTuple):
    """A column of the block: the key of our column ("" is not pasted), what else it may be, and why."""

    key: str
    candidates: tuple[str, ...] = ()
    is_doubtful: bool = False
    why: str = ""


@dataclass(frozen=True)
class BlockReading:
    """A block that was looked at.

    `lines` are its rows without headings, totals and empty ones at the end, `targets` the ids of the fixed
    rows they go to. In doubt, `why` says of what and `guess` what is proposed; `swap` are two columns that
    may be the wrong way round. `notes` say what is not pasted.
    """

    where: Where
    lines: tuple[tuple[str, ...], ...]
    assignments: tuple[Assignment, ...]
    targets: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    why: str = ""
    guess: str = ""
    swap: tuple[int, int] | None = None
    notes: tuple[str, ...] = ()
    units: tuple[str, ...] = field(default=())  # of money, by column

    @property
    def is_doubtful(self) -> bool:
        """Whether the clerk is to be asked before the block is pasted."""
        return bool(self.why) or bool(self.conflicts)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the columns as assigned."""
        return tuple(assignment.key for assignment in self.assignments)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """What keeps the block from being pasted: two columns of one meaning."""
        keys = [key for key in self.keys if key != SKIP]
        twice = dict.fromkeys(key for key in keys if keys.count(key) > 1)
        return tuple(f"两列都选了{self.where.called(key)}。" for key in twice)

    def assigned(self, column: int, key: str) -> "BlockReading":
        """Return the same block with another key for a column, as the clerk chose it."""
        found = list(self.assignments)
        found[column] = found[column]._replace(key=key, is_doubtful=False)
        return replace(self, assignments=tuple(found))

    def swapped(self) -> "BlockReading":
        """Return the same block with its two doubtful columns the other way round."""
        if self.swap is None:
            return self
        one, other = self.swap
        return self.assigned(one, self.keys[other]).assigned(other, self.keys[one])


class PlacedRow(NamedTuple):
    """A row of a block by the keys of our columns; `target` is the id of a fixed row, "" else."""

    texts: Mapping[str, str]
    marks: Mapping[str, Mark]
    target: str = ""


def placed(block: BlockReading) -> list[PlacedRow]:
    """Return the rows of a block by column; levels go on from above, what is computed is left out."""
    rows: list[PlacedRow] = []
    above: dict[str, str] = {}
    for number, line in enumerate(block.lines):
        texts: dict[str, str] = {}
        marks: dict[str, Mark] = {}
        for at, (key, text) in enumerate(zip(block.keys, line, strict=True)):
            if key == SKIP:
                continue
            unit = block.units[at] if block.units else ""
            texts[key], mark = _shaped(block.where, key, text, unit)
            if mark:
                marks[key] = mark
        _fill_levels(texts, above)
        rows.append(PlacedRow(texts, marks, block.targets[number] if block.targets else ""))
    return rows


def _shaped(where: Where, key: str, text: str, unit: str) -> tuple[str, Mark | None]:
    column = next(column for column in where.columns if column.key == key)
    if column.kind == "money" and unit:
        changed = converted(text, unit, where.unit)
        return changed, Mark.CONVERTED if changed != text else None
    is_wrong = column.kind in ("money", "points") and not is_figure(text, unit=column.kind == "money")
    return text, Mark.NOT_A_NUMBER if is_wrong else None


def _fill_levels(texts: dict[str, str], above: dict[str, str]) -> None:
    """An empty level is that of the row above; a new level 1 begins without a level 2."""
    if texts.get("level1") and bare(texts["level1"]) != bare(above.get("level1", "")):
        above.pop("level2", None)
    for key in LEVELS:
        if key in texts:
            texts[key] = texts[key] or above.get(key, "")
            above[key] = texts[key]


def choices(where: Where) -> list[tuple[str, str]]:
    """Return what a column of a block can be: key and name of each of our columns, and 不粘贴."""
    return [*((c.key, c.called) for c in where.columns if c.key in where.typed), (SKIP, "不粘贴")]
