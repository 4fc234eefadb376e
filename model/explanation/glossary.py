"""The glossary (名词解释): the terms of the outline, and the subjects that are really used."""

import re
from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.document.answers import CellId
from model.explanation.outline import Outline, Term

EXPLAINED = "explain"  # before a code: the explanation of a subject as typed
LEVEL = "level"  # the field that says whose money it is
_UNITS = {"市": "市直部门", "省": "省直部门"}  # what the units of a level are called; else 区属单位


_IN_CITY = r"^(?:[一-龥]{2,4}省)?[一-龥]{2,6}?[市州]"
_NO_LEVEL = "社园小校库灾景院牧林矿片学辖地山城"  # 社区, 园区 and the like are no level of government
_BELOW = re.compile(rf"(?:{_IN_CITY}|^)[^局委厅院办会站所校市处]{{1,7}}?(?<![{_NO_LEVEL}])(区|县)(?!级)")
_OF_CITY = re.compile(rf"{_IN_CITY}[^市区县]{{1,14}}(?:局|委员会|委)$")


class Explained(NamedTuple):
    """An entry as printed: its number, its name and text; of a subject also where its text is typed."""

    number: str
    name: str
    text: str
    cell: CellId = ""

    @property
    def line(self) -> str:
        """The paragraph."""
        return f"{self.number}{self.name}：{self.text}" if self.text else f"{self.number}{self.name}"


def terms(accounts: Accounts, outline: Outline) -> tuple[Explained, ...]:
    """Return the entries of the glossary in the order of paper; subjects are those of 表3, by code."""
    level = typed_level(accounts) or level_of(accounts.name) or accounts.field(LEVEL).strip()
    values = {"level": level, "units": _UNITS.get(level, f"{level}属单位")}
    found: list[Explained] = []
    for n, term in enumerate(outline.terms, start=1):
        found.append(Explained(f"（{_numeral(n)}）", term.name, term.text.format_map(values)))
        if term.by_subject:
            found += _subjects(accounts, outline, term)
    return tuple(found)


def typed_level(accounts: Accounts) -> str:
    """Whose money it is as the clerk says, "" where nothing is said."""
    return accounts.answers.text(LEVEL).strip().removesuffix("级")


def level_of(unit: str) -> str:
    """Return 区 or 县 for a unit named after one, 市 for an office of a city; "" for others, since
    武汉市第一中学 may belong to a district."""
    name = "".join(unit.split())
    if match := _BELOW.match(name):
        return match[1]
    return "市" if _OF_CITY.match(name) else ""


def _subjects(accounts: Accounts, outline: Outline, term: Term) -> list[Explained]:
    codes = [code for code in accounts.rows.get("t3", ()) if not accounts.below("t3", code)]
    return [_subject(accounts, outline, code, n) for n, code in enumerate(codes, start=1)]


def _subject(accounts: Accounts, outline: Outline, code: str, n: int) -> Explained:
    text = explanation(accounts, outline, code)
    return Explained(f"{n}.", _full_name(accounts, code), text, f"{EXPLAINED}.{code}")


def explanation(accounts: Accounts, outline: Outline, code: str) -> str:
    """Return what a subject means: as typed, else by the list of the outline, else ""."""
    return accounts.answers.text(f"{EXPLAINED}.{code}").strip() or outline.explanations.get(code, "")


def _full_name(accounts: Accounts, code: str) -> str:
    levels = ((3, "类"), (5, "款"), (7, "项"))
    return "".join(
        f"{accounts.subject_name(code[:digits])}（{level}）"
        for digits, level in levels
        if len(code) >= digits
    )


_DIGITS = "零一二三四五六七八九"


def _numeral(n: int) -> str:
    """Return a number from 1 to 99 in Chinese."""
    tens, rest = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[rest] if rest else ""
    )
