"""The lines of the indicator table: goal bands, indicator rows and lines for reasons."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Literal, NamedTuple

from model.reading.reading import Form
from model.reading.scoring import Indicator

Kind = Literal["band", "row", "reason"]


class Line(NamedTuple):
    """A line of the table: the band of a goal, an indicator, or the reason below it."""

    kind: Kind
    id: str


def lines_of(form: Form) -> list[Line]:
    """Return the lines of a form: a band before the rows of each goal, below a row the one for its reason."""
    lines: list[Line] = []
    rows = form.sheet.indicators
    for goal in _bands(form):
        lines.append(Line("band", goal))
        lines += _row_lines([row for row in rows if row.goal == goal])
    shown = set(_bands(form))
    return lines + _row_lines([row for row in rows if row.goal not in shown])


def _bands(form: Form) -> Sequence[str]:
    return form.answers.goals if form.definition.indicators.per_goal else ()


def _row_lines(rows: Iterable[Indicator]) -> list[Line]:
    return list(chain.from_iterable(map(_lines_of, rows)))


@lru_cache(maxsize=20_000)  # of thousands of rows a key changes one
def _lines_of(row: Indicator) -> tuple[Line, ...]:
    line = Line("row", row.id)
    return (line, Line("reason", row.id)) if wants_reason(row) else (line,)


def wants_reason(row: Indicator) -> bool:
    """Whether a line for the reason stands below a row: points are lost, or there is a reason."""
    lost = row.score is not None and row.weight is not None and row.score < row.weight
    return lost or bool(row.reason)
