"""Amounts of the final accounts: read from texts, compared within the tails of rounding, printed."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from model.basics import number

UNKNOWN = "？"  # given: the file that was read says that it does not know what stands there
PLACES = 2  # decimals of a printed amount
_STEP = {"万元": Decimal("0.01"), "元": Decimal(1)}  # what amounts that were typed may be rounded to


class Typed(NamedTuple):
    """A text as an amount: None for nothing and for what can't be one; `problem` says which."""

    value: Decimal | None
    problem: str = ""  # text, negative, absurd


@lru_cache(maxsize=20_000)
def read_amount(text: str, unit: str, negative: bool = True) -> Typed:
    """Return the amount that a text is in a unit; a unit of its own is converted.

    Below 0 is a problem unless `negative` allows it, but still the amount that all sums have: one error is
    enough. More than 10^10 万元 is a slip of the finger and no amount.
    """
    if number.is_nothing(text):
        return Typed(None)
    found = number.parse_amount(text, unit)
    if found is None:
        return Typed(None, "text")
    if abs(number.convert(found, unit, "万元")) > number.MAX_AMOUNT:
        return Typed(None, "absurd")
    return Typed(found, "" if negative or found >= 0 else "negative")


@lru_cache(maxsize=2_000)
def read_count(text: str) -> Decimal | None:
    """Return how many of something a text says, a whole number from 0; None for anything else."""
    found = number.parse_number(text)
    return found if found is not None and found >= 0 and found == found.to_integral_value() else None


def tail(addends: int, unit: str) -> Decimal:
    """Return how far a sum may be from its printed total when each was rounded on its own (尾差).

    ⌊(n+1)/2⌋ hundredths of 万元 for n addends that are not 0; in 元, which are exact, as many 元.
    """
    return (addends + 1) // 2 * _STEP[unit]


def same_tail(unit: str) -> Decimal:
    """Return how far one figure in two places may be apart."""
    return _STEP[unit]


def printed(amount: Decimal, unit: str, places: int = PLACES) -> Decimal:
    """Return an amount as it stands in a table: in 万元, rounded half up on its own."""
    return number.rounded(number.convert(amount, unit, "万元"), places)


def show(amount: Decimal | None, unit: str, *, commas: bool = False, zeros: bool = False) -> str:
    """Return the text of an amount in a table; nothing and 0 are blank, or 0.00 where the table says so."""
    if amount is None or not amount:
        return f"{Decimal(0):.{PLACES}f}" if zeros else ""
    return format(printed(amount, unit), ",f" if commas else "f")


def not_zero(amounts: Iterable[Decimal | None]) -> int:
    """Return how many of some amounts are known and not 0."""
    return sum(bool(amount) for amount in amounts)
