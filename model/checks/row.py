"""One indicator as the checks of rows see it, and what they say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from model.basics import number
from model.checks.finding import Severity, cut
from model.forms.definition import Regulation
from model.reading.reasons import has_reason
from model.reading.scoring import Indicator

PROSE = ("prose", "date")


class Said(NamedTuple):
    """What a check says of a row: a finding without its form; `column` is the cell it stands at."""

    code: str
    severity: Severity
    column: str
    message: str


@dataclass(frozen=True)
class Row:
    """An indicator, and what several checks want to know of it."""

    row: Indicator
    regulation: Regulation
    explained: bool  # the form as a whole gives a reason

    def text(self, column: str) -> str:
        """Return what is typed in a column."""
        return self.row.text(column)

    @cached_property
    def has_reason(self) -> bool:
        """Whether a loss of points is explained."""
        return has_reason(self.row, self.explained)

    @property
    def points(self) -> Decimal | None:
        """The points that the row carries: its score, else its weight; None where neither is above 0."""
        found = [value for value in (self.row.score, self.row.weight) if value is not None and value > 0]
        return found[0] if found else None

    @property
    def lost(self) -> Decimal | None:
        """How many points are lost; None where none are, or where that is unknown."""
        score, weight = self.row.score, self.row.weight
        return weight - score if score is not None and weight is not None and score < weight else None

    @property
    def both(self) -> str:
        """Target and result as a message quotes them."""
        return f"目标“{cut(self.text('target'))}”，完成“{cut(self.text('actual'))}”"


RowCheck = Callable[[Row], Said | None]


def loss(at: Row) -> str:
    """Say how many points a row lost."""
    row = at.row
    if row.score is None or row.weight is None or at.lost is None:
        return ""
    return f"得 {number.show(row.score)} 分，分值 {number.show(row.weight)} 分，少 {number.show(at.lost)} 分"


def points(at: Row) -> str:
    """Weight and score in words."""
    parts = [("分值", at.row.weight), ("得分", at.row.score)]
    said = [f"{name} {number.show(value)} 分" for name, value in parts if value is not None]
    return "、".join(said) or "填了分"
