"""A sum of money with its unit: 元 and 万元 can't be mixed, for adding and comparing converts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Number

from model.basics.number import EXACT, MAX_AMOUNT, convert, grouped, parse_amount

_NAMED_UNIT = re.compile(r"(?P<before>^|[（(：:]\s*)(?:亿元|万元|元)(?=\s*(?:[）)]|$))")


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """A number in 元, 万元 or 亿元, exactly.

    Sums and differences have the unit of the left operand; comparing looks at the value. A bare number is no
    amount: with one everything raises TypeError, comparing for equality included.
    """

    number: Decimal
    unit: str

    def to(self, unit: str) -> "Amount":
        """Return the same amount in another unit; in the same one the decimals stay as typed."""
        return self if unit == self.unit else Amount(convert(self.number, self.unit, unit), unit)

    @property
    def is_absurd(self) -> bool:
        """Whether it is below 0 or more than 10^10 万元 (docs/checks.md, not-a-number)."""
        return self.number < 0 or self > _MOST

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(EXACT.add(self.number, other.to(self.unit).number), self.unit)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(EXACT.subtract(self.number, other.to(self.unit).number), self.unit)

    def __mul__(self, factor: Decimal | int) -> "Amount":
        return Amount(EXACT.multiply(self.number, Decimal(factor)), self.unit)

    def __truediv__(self, other: "Amount") -> Fraction:
        """Return how many times the other it is, exactly; ZeroDivisionError where that is nothing."""
        return Fraction(self.number) / Fraction(other.to(self.unit).number)

    def __abs__(self) -> "Amount":
        return Amount(self.number.copy_abs(), self.unit)

    def __bool__(self) -> bool:
        return bool(self.number)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Amount):
            return self.number == other.to(self.unit).number
        if isinstance(other, Number):
            raise TypeError("an amount and a bare number")
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self.to("元").number)

    def __lt__(self, other: "Amount") -> bool:
        return self.number < other.to(self.unit).number

    def __le__(self, other: "Amount") -> bool:
        return self.number <= other.to(self.unit).number

    def __gt__(self, other: "Amount") -> bool:
        return self.number > other.to(self.unit).number

    def __ge__(self, other: "Amount") -> bool:
        return self.number >= other.to(self.unit).number

    def __str__(self) -> str:
        return f"{grouped(self.number)} {self.unit}"


_MOST = Amount(MAX_AMOUNT, "万元")


@lru_cache(maxsize=20_000)
def read_amount(text: str, unit: str) -> Amount | None:
    """Return what a text says in `unit`, of its own unit if it names one; None where it is no amount."""
    number = parse_amount(text, unit)
    return None if number is None else Amount(number, unit)


def sound_amount(text: str, unit: str) -> Amount | None:
    """Return an amount as `read_amount` does; None also for one that is absurd, which a check tells."""
    found = read_amount(text, unit)
    return None if found is None or found.is_absurd else found


def total(amounts: Iterable[Amount], unit: str) -> Amount:
    """Return the sum in a unit; 0 of nothing."""
    return sum(amounts, Amount(Decimal(0), unit))


def with_unit(heading: str, unit: str) -> str:
    """Return a heading with this unit of money where it names one: 预算执行情况（万元）, 单位：万元."""
    return _NAMED_UNIT.sub(rf"\g<before>{unit}", heading)
