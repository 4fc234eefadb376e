"""A slip of a written explanation, and how figures of a text are compared with those of tables."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from model.basics import number
from model.basics.amount import Amount

Gravity = Literal["error", "warning", "note"]
AMOUNT = r"(-?[0-9][0-9,]*(?:\.[0-9]+)?)(?![0-9.,]*%)(亿元|万元|万|元)?"
PERCENT = r"(-?[0-9][0-9,]*(?:\.[0-9]+)?)(%)?"
COUNT = r"([0-9]+)"
# 完成年初预算的80.0%, 完成年初预算60万元的80.0%; without % it is no amount
DONE = (
    r"(?:完成了?|为|占)(?:年初|全年|调整后?的?)?预算(?:数|总额)?(?:[0-9][0-9,.]*(?:亿元|万元|元))?的?"
    r"(-?[0-9][0-9,]*(?:\.[0-9]+)?)(?:(%)|(?![0-9.,]*[万元亿]))"
)
TAIL = Decimal("0.01")


_REMEMBERED = 32768  # sentences times patterns; at a key all but one sentence is as it was


@lru_cache(maxsize=_REMEMBERED)
def search(pattern: str | re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the first match in a text."""
    return re.search(pattern, text)


@lru_cache(maxsize=_REMEMBERED)
def matches(pattern: str | re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """Return all matches in a text."""
    return tuple(re.finditer(pattern, text))


class Slip(NamedTuple):
    """What is wrong: rule of the final accounts, gravity, place as printed, and a sentence for the clerk."""

    rule: str
    gravity: Gravity
    place: str
    message: str


class Said(NamedTuple):
    """A figure as it stands in the text."""

    text: str
    value: Decimal
    unit: str

    @property
    def places(self) -> int:
        """How many decimals it shows."""
        return number.decimals(self.value)


def said(text: str, unit: str | None) -> Said:
    """Return a figure of a match."""
    return Said(text + (unit or ""), Decimal(text.replace(",", "")), unit or "")


def in_wan(found: Said) -> Decimal:
    """Return an amount in 万元, whatever unit it carries; without one it is taken as 万元."""
    unit = found.unit if found.unit in ("元", "亿元") else "万元"
    return Amount(found.value, unit).to("万元").number


def agrees(found: Said, wanted: Decimal) -> bool:
    """Whether an amount is that of a table, rounded to the decimals of the text."""
    if found.unit in ("元", "亿元"):
        return abs(in_wan(found) - wanted) <= TAIL
    return number.rounded(wanted, min(found.places, 2)) == found.value or wanted == found.value


def percent_of(part: Decimal, whole: Decimal) -> Fraction | None:
    """Return a quotient in percent, None of nothing."""
    return Fraction(part) / Fraction(whole) * 100 if whole else None


def rate_slips(
    rule: str, place: str, name: str, found: Said, part: Decimal, whole: Decimal
) -> Iterator[Slip]:
    """A percentage that is not the quotient, rounded half up to the decimals of the text; off by 0.01 it may
    have been made from 元 and is a note."""
    exact = percent_of(part, whole)
    if exact is None:
        return
    right = number.rounded(exact, found.places)
    if right != found.value:
        gravity: Gravity = "note" if abs(right - found.value) <= TAIL else "error"
        is_right = f"{plain(part)}÷{plain(whole)}＝{percent(exact, max(found.places, 1))}"
        yield Slip(rule, gravity, place, f"{name}写的是 {found.text.rstrip('%')}%，{is_right}。")


def amount_slip(place: str, name: str, found: Said, wanted: Decimal, table: str) -> Slip:
    """An amount that is not that of its table; a tail is a note."""
    gravity: Gravity = "note" if abs(in_wan(found) - wanted) <= TAIL else "error"
    message = f"{name}写的是 {found.text}，{table}是 {plain(wanted)} 万元，请核对。"
    return Slip("N-AMOUNT", gravity, place, message)


def plain(value: Decimal) -> str:
    """An amount of a table in a sentence."""
    return f"{value:.2f}"


def percent(value: Fraction, places: int = 1) -> str:
    """A percentage in a sentence."""
    return f"{number.rounded(value, places):.{places}f}%"


def sentences(text: str) -> list[str]:
    """Return the sentences of a paragraph, clauses that a ; parts on their own."""
    return [part for part in re.split(r"[。;；]", text) if part]
