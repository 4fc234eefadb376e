"""Whether the rows of a file make a document: keys, ids and years as we write them, and not too many.

A checksum can be made by anyone; what is odd is refused with its place, before it fails somewhere else.
"""

import json
import re
from collections.abc import Iterator

from model.document.answers import GOALS, Answers, FormAnswers, FormKey

MOST_FORMS = 5_000
MOST_ROWS = 50_000  # of a table of one form
MOST_ENTRIES = 5_000  # places in a list that an unknown entry may name
_LONGEST_ID, _LONGEST_CELL, _LONGEST_TEXT = 40, 400, 5_000_000
_FORM = re.compile("[tda]|p[0-9]{1,9}")
_ID = re.compile(r"[\w-]+")
_YEAR = re.compile("[0-9]{0,9}")
_NUMBERED = ("funds", "breakdown")  # unknown entries whose place is a number


class Unsound(Exception):
    """The file holds what we never write; `place` says where, for people."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def must_be_sound(answers: Answers) -> None:
    """Raise Unsound at the first thing that a program of ours can not have written."""
    if place := next(_odd(answers), ""):
        raise Unsound(place)


def _odd(answers: Answers) -> Iterator[str]:
    if not _YEAR.fullmatch(answers.year):
        yield "年度"
    if len(answers.forms) > MOST_FORMS:
        yield f"表超过 {MOST_FORMS:,} 张"
    for n, (key, form) in enumerate(answers, start=1):
        yield from (f"第 {n} 张表 · {place}" for place in _odd_in(key, form))


def _odd_in(key: FormKey, form: FormAnswers) -> Iterator[str]:
    if not _FORM.fullmatch(key):
        yield "编号"
    if not 0 < len(form.definition) <= _LONGEST_CELL:
        yield "表样编号"
    if not _YEAR.fullmatch(form.year):
        yield "年度"
    yield from _odd_rows(form)
    for texts in (form.texts, form.given, form.imported, form.sources):
        if any(not 0 < len(cell) <= _LONGEST_CELL for cell in texts):
            yield "单元格的编号"
        if any(len(text) > _LONGEST_TEXT for text in texts.values()):
            yield f"文字超过 {_LONGEST_TEXT:,} 字"
    yield from ("不认识的内容" for path, text in form.extra.items() if not _is_entry(path, text))


def _odd_rows(form: FormAnswers) -> Iterator[str]:
    for block, ids in form.rows.items():
        if not 0 < len(block) <= _LONGEST_ID or block[0].isdecimal():
            yield "表格的名称"
        if len(ids) > MOST_ROWS:
            yield f"行超过 {MOST_ROWS:,} 行"
        if any(len(row) > _LONGEST_ID or not _ID.fullmatch(row) for row in ids):
            yield "行的编号"
    goals = {"", *form.rows.get(GOALS, ())}
    if any(form.text(f"{row}.goal") not in goals for row in form.indicators):
        yield "指标所属的目标"


def _is_entry(path: str, text: str) -> bool:
    """Whether an unknown entry can be put back where it stood (exchange/entries.py)."""
    try:
        kind, *where = json.loads(path)
        json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return False
    if not where or not isinstance(kind, str) or not all(isinstance(part, str) for part in where):
        return False
    number = where[0] if kind in _NUMBERED else "0"
    return number.isascii() and number.isdecimal() and len(number) <= 9 and int(number) < MOST_ENTRIES
