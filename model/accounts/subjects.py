"""Subjects (科目) of a year: names by code, what they were called before, and how a code is written."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from model.accounts.definition import LEVELS
from model.basics import number
from model.forms.toml_table import TomlTable, open_toml, repeated

_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、")


@dataclass(frozen=True, eq=False)
class Subjects:
    """The subjects known from a year on; the list is not complete, so an unknown code is no mistake."""

    id: str
    year: str
    source: str
    functional: Mapping[str, str]
    economic: Mapping[str, str]
    old: Mapping[str, tuple[str, ...]]
    outside: tuple[str, ...]  # classes that the accounts of a unit do not have

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of 项 by name, for finding one."""
        found: dict[str, tuple[str, ...]] = {}
        for code, name in self.functional.items():
            if len(code) == max(LEVELS):
                found[name] = (*found.get(name, ()), code)
        return found


def read_subjects(path: Path) -> Subjects:
    """Return the subjects of a TOML file; raises UserError with file and entry."""
    top = open_toml(path)
    old: dict[str, tuple[str, ...]] = {}
    for code, name in _pairs(top, "old"):
        old[code] = (*old.get(code, ()), name)
    found = Subjects(
        id=top.filled("id"),
        year=top.filled("year"),
        source=top.filled("source"),
        functional=_names(top, "functional"),
        economic=_names(top, "economic"),
        old=old,
        outside=top.texts("outside", []),
    )
    top.done()
    return found


def _names(top: TomlTable, key: str) -> dict[str, str]:
    pairs = _pairs(top, key)
    if code := repeated(code for code, _ in pairs):
        raise top.refuse(key, f"“{code}”出现了两次")
    return dict(pairs)


def _pairs(top: TomlTable, key: str) -> list[tuple[str, str]]:
    return [_pair(top, key, text) for text in top.texts(key, [])]


def _pair(top: TomlTable, key: str, text: str) -> tuple[str, str]:
    code, _, name = text.partition(" ")
    if not (code.isdecimal() and len(code) in LEVELS and name):
        raise top.refuse(key, f"“{text}”应为编码、空格和名称")
    return code, name


@lru_cache(maxsize=20_000)
def code_of(text: str) -> str:
    """Return a code as typed or pasted without blanks and points: "205 01 99" and "205.01.99" are 2050199."""
    return re.sub(r"[\s.\-]", "", number.half_width(text))


@lru_cache(maxsize=20_000)
def levels_of(code: str) -> tuple[str, ...]:
    """Return the codes above and the code itself, the class first: 205, 20501, 2050199."""
    return tuple(code[:digits] for digits in LEVELS if digits <= len(code))


def class_name(caption: str) -> str:
    """Return a class without its number: 五、教育支出 is 教育支出."""
    return _NUMBERED.sub("", caption)
