"""What filling a workbook means, whatever its kind: what goes in, and what is kept, locked or not seen."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from intake.filling.heights import HIGHEST, Lack, Look, Position, Rooms
from intake.readers.formats import parse_format
from model.recognition.fill_plan import Edit, FillPlan, NotFilled
from model.recognition.incoming import Place

LONGEST, MOST_DIGITS = 32_767, 15  # of a cell: characters (UTF-16), digits of a number
LOCKED = "这一格在原表里被锁定。"
TOO_LOW = "已填，但这一行不够高，字显示不全，请调高这一行。"
TOO_LONG = "已填，但字太多，一行最高也放不下，请删短一些，或在原表里把这一格合并得大一些。"
NO_WRAP = "已填，但原表这一格没有设“自动换行”，字显示不全，请在 Excel、WPS 里设一下。"
NOT_IN_LIST = "原表这一格只能从下拉列表里选，没有这一项。"
OUTSIDE = "这种旧格式的表最多 65536 行、256 列，这一格在外面，请另存为 xlsx 再填。"
BEYOND = f"一格最多 {LONGEST} 个字，请删短一些。"


class Style(NamedTuple):
    """What of a cell's style bears on filling it."""

    is_locked: bool
    is_numeric: bool
    is_percent: bool = False


class ChoiceList(NamedTuple):
    """A drop-down list: the areas it holds for, and what may be chosen; empty where that is not known."""

    areas: tuple[tuple[int, int, int, int], ...]
    values: frozenset[str]

    def covers(self, place: Position) -> bool:
        """Whether a cell has this list."""
        row, column = place
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas
        )


class Filled(NamedTuple):
    """The filled file, and what of the plan went in and what did not."""

    data: bytes
    plan: FillPlan


class Workbook(ABC):
    """A workbook that is being filled; a subclass knows how a kind of file holds it. `name` is of a sheet."""

    def __init__(self) -> None:
        self._heights: dict[tuple[str, int], Decimal] = {}

    @abstractmethod
    def has_formula(self, name: str, place: Position) -> bool:
        """Whether a formula stands in a cell; raises UserError if there is no such sheet."""

    def reaches(self, place: Position) -> bool:
        """Whether a sheet of this kind of file has so many rows and columns."""
        return True

    @abstractmethod
    def is_protected(self, name: str) -> bool:
        """Whether only open cells of a sheet may be changed."""

    @abstractmethod
    def style(self, name: str, place: Position) -> Style:
        """The style of a cell, one that is not there has the look of its column."""

    @abstractmethod
    def look(self, name: str, place: Position) -> Look:
        """How a cell shows a text."""

    @abstractmethod
    def rooms(self, name: str) -> Rooms:
        """The rows and columns of a sheet, as they were."""

    @abstractmethod
    def lists(self, name: str) -> Sequence[ChoiceList]:
        """The lists of a sheet that refuse other texts."""

    @abstractmethod
    def put_text(self, name: str, place: Position, text: str) -> None:
        """Put a text into a cell, as a string whatever it begins with; "" empties it, its style stays."""

    @abstractmethod
    def put_number(self, name: str, place: Position, number: str) -> None:
        """Put a number into a cell."""

    @abstractmethod
    def renew(self, name: str, place: Position, number: str) -> None:
        """Put a value under the formula of a cell, none where it is ""; the formula stays as it is."""

    @abstractmethod
    def set_height(self, name: str, row: int, points: Decimal) -> None:
        """Give a row another height."""

    @abstractmethod
    def to_bytes(self) -> bytes:
        """Return the whole file."""

    def put(self, edit: Edit) -> None:
        """Put a figure as a number where the format is one for numbers, else what stands on paper."""
        name, place = _where(edit)
        if edit.kind == "clear":
            self.put_text(name, place, "")
        elif self._is_figure(edit):
            self.put_number(name, place, edit.number)
        else:
            self.put_text(name, place, edit.text)

    def _is_figure(self, edit: Edit) -> bool:
        """Whether a figure goes in as a number: one that a cell can hold, where its format shows it as it
        stands on paper; a rate only where the format has a %."""
        if not edit.number or len(Decimal(edit.number).normalize().as_tuple().digits) > MOST_DIGITS:
            return False
        style = self.style(*_where(edit))
        return style.is_numeric and style.is_percent == edit.text.endswith("%")

    def allows(self, edit: Edit) -> bool:
        """Whether the list of a cell, if it has one, holds the text."""
        name, place = _where(edit)
        for found in self.lists(name):
            if found.covers(place):
                return not found.values or edit.text in found.values
        return True

    def heighten(self, edit: Edit) -> bool:
        """Give a row the height that a text in it needs; whether it lacked that."""
        lack = self._lack(edit)
        if lack is None or not lack.points:
            return False
        row = (edit.place.part, lack.row)
        points = min(max(lack.points, self._heights.get(row, lack.points)), HIGHEST)
        self._heights[row] = points
        self.set_height(*row, points)
        return True

    def not_seen(self, edit: Edit, heightens: bool) -> NotFilled | None:
        """Say where a text that was written is not seen whole."""
        lack = self._lack(edit)
        if lack is None or (heightens and 0 < lack.points <= HIGHEST):
            return None
        why = TOO_LOW if 0 < lack.points <= HIGHEST else TOO_LONG if lack.points else NO_WRAP
        return NotFilled(edit.place, edit.text, why)

    def _lack(self, edit: Edit) -> Lack | None:
        name, place = _where(edit)
        if edit.kind != "write" or not edit.text or self._is_figure(edit):  # which is never parted into lines
            return None
        return self.rooms(name).lack(place, edit.text, self.look(name, place))


def _where(edit: Edit) -> tuple[str, Position]:
    return edit.place.part, (edit.place.row, edit.place.column)


def fill_workbook(book: Workbook, edits: Sequence[Edit], heightens: bool) -> Filled:
    """Fill the cells of a workbook: formulas stay, locked cells too, a list takes what it offers.

    It `heightens` rows that are too low for what is written into them, else these are named.
    """
    done: list[Edit] = []
    kept: list[Place] = []
    locked: list[NotFilled] = []
    missing: list[NotFilled] = []
    for edit in edits:
        name, place = _where(edit)
        if book.has_formula(name, place):
            kept.append(edit.place)
            if (edit.kind == "renew" and edit.number) or edit.kind == "clear":
                book.renew(name, place, edit.number)
        elif book.is_protected(name) and book.style(name, place).is_locked and not edit.over_hint:
            locked.append(NotFilled(edit.place, edit.text, LOCKED))
        elif edit.kind != "clear" and not book.allows(edit):
            missing.append(NotFilled(edit.place, edit.text, NOT_IN_LIST))
        elif not book.reaches(place):
            missing.append(NotFilled(edit.place, edit.text, OUTSIDE))
        elif len(edit.text.encode("utf-16-le")) > 2 * LONGEST:
            missing.append(NotFilled(edit.place, edit.text, BEYOND))
        else:
            book.put(edit)
            done.append(edit)
    raised = [edit.place for edit in done if heightens and book.heighten(edit)]
    missing += [one for edit in done if (one := book.not_seen(edit, heightens))]
    plan = FillPlan(tuple(done), tuple(kept), tuple(missing), tuple(locked), tuple(raised))
    return Filled(book.to_bytes(), plan)


def is_numeric(code: str) -> bool:
    """Whether a format shows numbers: figures or General, neither text nor a date."""
    form = parse_format(code)
    if form is None or not form.numbers:
        return False
    section = form.numbers[0]
    return (section.has("digit") or section.has("general")) and not section.has("date")
