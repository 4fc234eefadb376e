"""Remembers what a pure function made of a thing that never changes, as long as it lives (decision 6)."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def once(function: Callable[[Thing], Result]) -> Callable[[Thing], Result]:
    """Return a function that is asked only once about each thing.

    Things are told apart as themselves, so they must not define equality; the result must not hold the
    thing, or neither would ever go.
    """
    known: dict[ref[Thing], Result] = {}  # a WeakKeyDictionary, of which each look costs four calls less

    def forget(gone: ref[Thing]) -> None:
        known.pop(gone, None)

    @wraps(function)
    def remembered(thing: Thing) -> Result:
        found = known.get(ref(thing))
        if found is None:
            found = known[ref(thing, forget)] = function(thing)
        return found

    return remembered
