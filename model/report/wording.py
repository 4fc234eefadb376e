"""What a clerk made of a generated sentence: its figures, which of them changed since, and put in anew."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

# An amount, a rate, a score; a grade between quotation marks. Years and the numbers of a list are none.
_FIGURE = re.compile(
    r"(?<![0-9.])(?!(?<=[指目]标 )[0-9]+：)[0-9][0-9,]*(?:\.[0-9]+)?%?(?![0-9])(?!\s*年)"
    r"|(?<=“)[优良中差](?=”)"
)


class Change(NamedTuple):
    """A figure that was one and is another now."""

    old: str
    new: str


def figures(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the figures of a sentence stand: begin and end."""
    return (match.span() for match in _FIGURE.finditer(text))


def changed_figures(basis: str, generated: str) -> tuple[Change, ...] | None:
    """Return what differs between two generated sentences; None where more than figures does."""
    if _FIGURE.sub("0", basis) != _FIGURE.sub("0", generated):
        return None
    pairs = zip(_FIGURE.findall(basis), _FIGURE.findall(generated), strict=True)
    return tuple(dict.fromkeys(Change(old, new) for old, new in pairs if old != new))


def renewed(typed: str, basis: str, generated: str) -> str | None:
    """Return a clerk's wording with the changed figures in it; None where that is not without doubt.

    Without doubt it is if the wording has the figures of the sentence in their order, or if each changed one
    stands in it as often as in the sentence and became the same everywhere.
    """
    changes = changed_figures(basis, generated)
    if not changes:
        return None
    old, new = _FIGURE.findall(basis), _FIGURE.findall(generated)
    if _FIGURE.findall(typed) == old:
        following = iter(new)
        return _FIGURE.sub(lambda _: next(following), typed)
    return _by_value(typed, old, dict(changes)) if _each_one_way(old, new, changes) else None


def _each_one_way(old: list[str], new: list[str], changes: tuple[Change, ...]) -> bool:
    """Whether a figure that changed became the same everywhere."""
    became = {(one, other) for one, other in zip(old, new, strict=True)}
    return all(sum(one == change.old for one, _ in became) == 1 for change in changes)


def _by_value(typed: str, old: list[str], changes: Mapping[str, str]) -> str | None:
    said = _FIGURE.findall(typed)
    if any(said.count(figure) != old.count(figure) for figure in changes):
        return None
    return _FIGURE.sub(lambda match: changes.get(match[0], match[0]), typed)
