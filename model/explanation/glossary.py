"""The glossary (名词解释): the terms of the outline, and the subjects that are really used."""

from typing import NamedTuple

from model.accounts.accounts import Accounts
from model.document.answers import CellId
from model.explanation.outline import Outline, Term

EXPLAINED = "explain"  # before a code: the explanation of a subject as typed
LEVEL = "level"  # the field that says whose money it is
_UNITS = {"市": "市直部门", "省": "省直部门"}  # what the units of a level are called; else 区属单位


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
    level = accounts.field(LEVEL).strip().removesuffix("级")
    values = {"level": level, "units": _UNITS.get(level, f"{level}属单位")}
    found: list[Explained] = []
    for n, term in enumerate(outline.terms, start=1):
        found.append(Explained(f"（{_numeral(n)}）", term.name, term.text.format_map(values)))
        if term.by_subject:
            found += _subjects(accounts, outline, term)
    return tuple(found)


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
