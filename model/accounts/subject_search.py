"""Finds a subject (科目) as it is typed: by its code, words of its name, or pinyin initials."""

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from model.accounts.definition import LEVELS
from model.accounts.subjects import Subjects, code_of
from model.basics import number

_LETTERS = re.compile("[a-z]+")
# The 3,755 usual characters stand in GB 2312 in the order of their pinyin: where each initial begins.
_BEGINNINGS = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_INITIALS = "abcdefghjklmnopqrstwxyz"
_STARTS = tuple(int.from_bytes(letter.encode("gb2312"), "big") for letter in _BEGINNINGS)
_USUAL_END = int.from_bytes("座".encode("gb2312"), "big")
_SKIPPING = 3  # initials with which others may be skipped
_OTHERS = {"恤": "x", "脐": "q", "矽": "x", "藉": "j"}  # read otherwise, or not among the usual ones


class Subject(NamedTuple):
    """A subject that was found: its code, its name, and the names above it."""

    code: str
    name: str
    above: tuple[str, ...]


def find_subjects(subjects: Subjects, text: str, limit: int = 20) -> tuple[Subject, ...]:
    """Return 项 that a text means: a code or its beginning, every word in the name or above it, or initials,
    of which some may be left out where there are three.

    Those whose own name fits come first, then by code. Nothing typed finds nothing.
    """
    wanted = number.half_width(text).strip().lower()
    if not wanted:
        return ()
    ranked = sorted(
        (rank, entry.code, entry) for entry in _items(subjects) if (rank := _rank(entry, wanted)) is not None
    )
    return tuple(entry for _, _, entry in ranked[:limit])


def _rank(entry: Subject, wanted: str) -> int | None:
    code = code_of(wanted)
    if code.isdecimal():
        return 0 if entry.code.startswith(code) else None
    if _LETTERS.fullmatch(wanted):
        own = initials(entry.name)
        found = own.find(wanted)
        if found >= 0:
            return 1 + (found > 0)
        return 4 if len(wanted) >= _SKIPPING and _skips(wanted, own) else None
    words = wanted.split()
    if all(word in entry.name for word in words):
        return 1
    whole = "".join((*entry.above, entry.name))
    return 3 if all(word in whole for word in words) else None


def _skips(wanted: str, letters: str) -> bool:
    """Whether letters stand in others in their order, with some left out: jgyl in jgsydwjbylbxjfzc."""
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


@cache
def _items(subjects: Subjects) -> tuple[Subject, ...]:
    names = subjects.functional
    ends = [digits for digits in LEVELS if digits < max(LEVELS)]
    return tuple(
        Subject(code, name, tuple(names.get(code[:end], "") for end in ends))
        for code, name in names.items()
        if len(code) == max(LEVELS)
    )


@cache
def initials(text: str) -> str:
    """Return the pinyin initials of the usual characters of a text: 住房公积金 is zfgjj; others have none."""
    return "".join(map(_initial, text))


def _initial(letter: str) -> str:
    if letter in _OTHERS:
        return _OTHERS[letter]
    try:
        place = int.from_bytes(letter.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not _STARTS[0] <= place <= _USUAL_END:
        return ""
    return _INITIALS[bisect_right(_STARTS, place) - 1]
