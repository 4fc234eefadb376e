"""The list of subjects (科目) that the clerk keeps: one row for each 项, whatever tables it stands in."""

from collections.abc import Iterable
from typing import NamedTuple

from model.accounts.definition import LEVELS
from model.accounts.subjects import code_of
from model.document.answers import FormAnswers

ITEMS = "subjects"  # the rows of the list, s1, s2, …
EXPENSES = "expenses"  # what project money was spent on, e1, e2, …


class Item(NamedTuple):
    """A row of the list; `level` is 类, 款 or 项, "" for what is no code.

    Only a 项 counts, or a 款 or 类 of which the list has no 项: their sums are computed.
    """

    id: str
    position: int
    code: str
    typed_name: str
    level: str
    counted: bool


def read_items(answers: FormAnswers) -> tuple[Item, ...]:
    """Return the rows of the list in the order they were typed."""
    ids = answers.rows.get(ITEMS, ())
    codes = {row: code_of(answers.text(f"{row}.code")) for row in ids}
    valid = {code for code in codes.values() if _level(code)}
    above = {code[:digits] for code in valid for digits in LEVELS if digits < len(code)}
    return tuple(
        Item(
            row,
            position,
            codes[row],
            answers.text(f"{row}.name").strip(),
            _level(codes[row]),
            codes[row] in valid and codes[row] not in above,
        )
        for position, row in enumerate(ids, start=1)
    )


def _level(code: str) -> str:
    return LEVELS.get(len(code), "") if code.isascii() and code.isdecimal() else ""


def leaves_of(items: Iterable[Item]) -> dict[str, tuple[str, ...]]:
    """Return the rows that count by code; there are several where a code was typed twice."""
    found: dict[str, tuple[str, ...]] = {}
    for item in items:
        if item.counted:
            found[item.code] = (*found.get(item.code, ()), item.id)
    return dict(sorted(found.items()))
