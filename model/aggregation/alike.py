"""Indicators that are called nearly alike: the clerk is asked whether they are one."""

from collections.abc import Mapping, Sequence

from model.forms.definition import bare

ALIKE = 60  # of 100: names that are less like are two indicators

Key = tuple[str, str]  # level 2 and name, without blanks


def likeness(one: str, other: str) -> int:
    """Return how like two names are, of 100, by their pairs of characters."""
    first, second = _pairs(bare(one)), _pairs(bare(other))
    return 200 * len(first & second) // (len(first) + len(second)) if first and second else 0


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(max(1, len(text) - 1))}


def proposals(units: Mapping[Key, frozenset[str]], first: Sequence[Key]) -> dict[Key, Key]:
    """Return for an indicator the one it may be: of the same level 2, called nearly alike, of other forms.

    `units` are the forms that have an indicator; `first` is the order in which indicators come. The rarer one
    is asked about; a form that has both means two.
    """
    found: dict[Key, Key] = {}
    ordered = sorted(first, key=lambda key: (-len(units[key]), first.index(key)))
    for at, key in enumerate(ordered):
        others = [
            (likeness(key[1], other[1]), -n, other)
            for n, other in enumerate(ordered[:at])
            if other[0] == key[0] and other not in found and not units[key] & units[other]
        ]
        best = max(others, default=None)
        if best and best[0] >= ALIKE:
            found[key] = best[2]
    return found
