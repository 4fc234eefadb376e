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


def blames(mismatches: Sequence[Mismatch]) -> tuple[Blame, ...]:
    """Return who is to blame for each mismatch: a cell that explains several of them, else the left one."""
    left = list(mismatches)
    found: list[Blame] = []
    while left:
        blame = _widest(left) or Blame(left[0].left, -left[0].difference, (left[0],))
        found.append(blame)
        left = [mismatch for mismatch in left if mismatch not in blame.mismatches]
    order = {mismatch: n for n, mismatch in enumerate(mismatches)}
    return tuple(sorted(found, key=lambda blame: order[blame.mismatches[0]]))


def _widest(mismatches: Sequence[Mismatch]) -> Blame | None:
    """The cell whose correction by one and the same amount ends the most mismatches, at least two."""
    by_cure: dict[tuple[str, Decimal], list[Mismatch]] = {}
    for mismatch in mismatches:
        for cure in _cures(mismatch):
            by_cure.setdefault(cure, []).append(mismatch)
    best = max(by_cure.items(), key=lambda entry: len(entry[1]), default=None)
    if best is None or len(best[1]) < 2:
        return None
    (cell, change), cured = best
    return Blame(cell, change, tuple(cured))


def _cures(mismatch: Mismatch) -> Iterator[tuple[str, Decimal]]:
    """Each cell of a mismatch with the change that would end it."""
    if mismatch.rule.kind in _COMPARABLE:
        yield mismatch.left, -mismatch.difference
        for sign, name in mismatch.terms:
            yield name, sign * mismatch.difference
