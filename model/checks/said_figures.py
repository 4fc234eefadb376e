"""The figures that a written text gives for score, budget, execution and rate, each behind its word.

A sentence is read at a time; from 上年, 比 or 较 to its end it speaks of something else and is not read.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from model.basics.number import half_width

LINK = r"(?:\s|为|是|达|到|了|约|[:：])*"  # what may stand between a word and its figure
FIGURE = r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)"
_READ_AFTER = {
    "自评总分": "total",
    "总分": "total",
    "得分": "total",
    "全年预算数": "budget",
    "执行数": "executed",
    "执行金额": "executed",
    "执行率": "rate",
    "完成预算的": "rate",
}
_PART = "指标|执行|产出|效益|满意度|单项|该项|本项|分项|各项|目标"  # 产出指标得分 is not the total
_SAID = re.compile(
    rf"(?P<part>(?:{_PART})[0-9一二三四五]*)?(?P<word>{'|'.join(_READ_AFTER)}){LINK}{FIGURE}"
    r"\s*(?P<unit>%|亿元|万元|元|分)?"
)
_SENTENCE_ENDS = re.compile("[。；！;!\n]")
_CLAUSE_ENDS = "，,、（("
ELSEWHERE = re.compile(
    "上年|上一年|去年|往年|年初预算|(?<![占百对])比(?!例|重|率|赛)"
    "|较(?!好|高|大|低|小|多|少|强|快|差|完|全|为|长|佳|优)"
)
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年")
FULL_MARKS = "100"


class Said(NamedTuple):
    """A figure of a text: what of the form it gives (total, budget, executed, rate), and its unit."""

    key: str
    figure: str
    unit: str


@lru_cache(maxsize=2_000)
def said_in(text: str, year: str) -> tuple[Said, ...]:
    """Return the figures that a text gives for a form of this year."""
    own = (_of_this_year(sentence, year) for sentence in _SENTENCE_ENDS.split(half_width(text)))
    return tuple(_said(match) for sentence in own for match in _SAID.finditer(sentence) if _is_read(match))


def _of_this_year(sentence: str, year: str) -> str:
    """A sentence up to the clause in which it turns to another year or to a comparison."""
    turns = [found.start() for found in ELSEWHERE.finditer(sentence)]
    turns += [found.start() for found in _YEAR.finditer(sentence) if found[1] != year]
    if not turns:
        return sentence
    return sentence[: max(sentence.rfind(mark, 0, min(turns)) for mark in _CLAUSE_ENDS) + 1]


def _is_read(match: re.Match[str]) -> bool:
    """Whether it is the form's: not the score of a part of it, nor 总分100分, which are full marks."""
    of_part = match["part"] and _READ_AFTER[match["word"]] == "total"
    return not of_part and not (match["word"] == "总分" and match["figure"] == FULL_MARKS)


def _said(match: re.Match[str]) -> Said:
    return Said(_READ_AFTER[match["word"]], match["figure"], match["unit"] or "")
