"""Remembers what a pure function made of a thing that never changes, as long as it lives (decision 6)."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def once(function: Callable[[Thing], Result]) -> Callable[[Thing], Result]:
    """Return a function that is asked only once about each thing.

    Things are told apart as themselves, so they must not define equality; the result must not hold the
    thing, or neither would ever go.
    """
    known: WeakKeyDictionary[Thing, Result] = WeakKeyDictionary()

    @wraps(function)
    def remembered(thing: Thing) -> Result:
        found = known.get(thing)
        if found is None:
            found = known[thing] = function(thing)
        return found

    return remembered
