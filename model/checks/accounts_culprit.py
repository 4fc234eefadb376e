"""Which cell is to blame where several rules of the accounts do not hold: one finding instead of many."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from model.checks.accounts_balance import Mismatch

_COMPARABLE = ("sum", "equal", "made", "rows", "levels", "all")


class Blame(NamedTuple):
    """A cell with the change that would end some mismatches, the first by its rule."""

    cell: str
    change: Decimal
    mismatches: tuple[Mismatch, ...]


def blames(mismatches: Sequence[Mismatch], tail: Decimal) -> tuple[Blame, ...]:
    """Return who is to blame for each mismatch: a cell that explains several of them, else the left one.

    Changes that are no more than `tail` apart are one.
    """
    left = list(mismatches)
    found: list[Blame] = []
    while left:
        blame = _widest(left, tail) or Blame(left[0].left, -left[0].difference, (left[0],))
        found.append(blame)
        left = [mismatch for mismatch in left if mismatch not in blame.mismatches]
    order = {mismatch: n for n, mismatch in enumerate(mismatches)}
    return tuple(sorted(found, key=lambda blame: order[blame.mismatches[0]]))


def _widest(mismatches: Sequence[Mismatch], tail: Decimal) -> Blame | None:
    """The cell whose correction by one and the same amount ends the most mismatches, at least two."""
    by_cell: dict[str, list[tuple[Decimal, Mismatch]]] = {}
    for mismatch in mismatches:
        for cell, change in _cures(mismatch):
            by_cell.setdefault(cell, []).append((change, mismatch))
    groups = ((cell, _alike(cures, tail)) for cell, cures in by_cell.items())
    cell, cured = max(groups, key=lambda group: len(group[1]), default=("", []))
    if len(cured) < 2:
        return None
    return Blame(cell, cured[0][0], tuple(mismatch for _, mismatch in cured))


def _alike(cures: list[tuple[Decimal, Mismatch]], tail: Decimal) -> list[tuple[Decimal, Mismatch]]:
    """The most cures of a cell that are the same change."""
    groups = ([cure for cure in cures if abs(cure[0] - change) <= tail] for change, _ in cures)
    return max(groups, key=len)


def _cures(mismatch: Mismatch) -> Iterator[tuple[str, Decimal]]:
    """Each cell of a mismatch with the change that would end it."""
    if mismatch.rule.kind in _COMPARABLE:
        yield mismatch.left, -mismatch.difference
        for sign, name in mismatch.terms:
            yield name, sign * mismatch.difference
