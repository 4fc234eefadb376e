"""Which lines of the list of subjects a change made different, so that no other is drawn again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gui.session.marks import CellMarks
from model.accounts.accounts import NAME, Accounts
from model.document.answers import MONEY_UNIT

_EVERYWHERE = (MONEY_UNIT, NAME)  # the unit of all amounts, the name of a 类 or 款


class Seen(NamedTuple):
    """What was drawn last: the accounts, and what stood against their cells."""

    accounts: Accounts
    marks: CellMarks


def changed_in(
    before: Seen, now: Seen, cells: Iterable[str], columns: Iterable[str]
) -> frozenset[str] | None:
    """Return the rows and the codes of which something reads differently; None where all may.

    `cells` were typed, `columns` are those in sight, as t3.basic and s.budget.
    """
    first = {cell.partition(".")[0] for cell in cells}
    if first.intersection(_EVERYWHERE):
        return None
    found = set(first)
    for column in columns:
        was, is_now = (seen.accounts.columns.get(column, {}) for seen in (before, now))
        found.update(_differing(was, is_now))
    return frozenset(found.union(_marked(before.marks, now.marks)))


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
    if one != other:
        yield from (code for code in one.keys() | other.keys() if one.get(code) != other.get(code))


def _marked(before: CellMarks, now: CellMarks) -> Iterator[str]:
    """Rows and codes against which something else stands: s1 of s1.t3.basic, 205 of t3.205.basic."""
    for cell in before.keys() | now.keys() if before is not now else ():
        if before.get(cell) is not now.get(cell):
            yield from cell.split(".")[:2]
