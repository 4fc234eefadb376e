"""The figures that a written text gives for score, budget, execution and rate, each behind its word.

A sentence is read at a time. A clause that compares by 比 or 较 is not read, nor what stands behind 上年,
another year or 与…相比 up to the end of the sentence or to 本年.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from model.basics.number import half_width

# What may stand between a word and its figure.
LINK = r"(?:\s|为|是|有|达|到|了|已|仅|只|高|约|共计|共|合计|总计|人民币|[:=“\"])*"
FIGURE = r"(?P<figure>[0-9][0-9,]*(?:\.[0-9]+)?)"
_READ_AFTER = {
    "自评总分": "total",
    "总评分": "total",
    "自评分": "total",
    "综合评分": "total",
    "总分": "total",
    "得分": "total",
    "全年预算数": "budget",
    "全年预算": "budget",
    "执行数": "executed",
    "执行金额": "executed",
    "执行率": "rate",
    "预算完成率": "rate",
    "预算执行进度": "rate",
    "完成预算的": "rate",
    "完成全年预算的": "rate",
}
# 产出指标得分 is not the total
_PART = (
    "指标|执行率|执行|进度|产出|效益|满意度|决策|过程|管理|投入|成本|单项|该项|本项|分项|各项|目标|部分|环节"
)
_SAID = re.compile(
    rf"(?P<part>(?:{_PART})[0-9一二三四五]*(?:自评|评价|实际)?)?(?P<word>{'|'.join(_READ_AFTER)}){LINK}{FIGURE}"
    r"\s*(?P<unit>%|亿元|万元|元|分)?"
)
_SENTENCE_ENDS = re.compile("[。；！;!\n]")
_CLAUSE = re.compile("[^，,（(]*[，,（(]?")
_COMPARED = "(?<![占百对])比(?!例|重|率|赛)|较(?!好|高|大|低|小|多|少|强|快|差|完|全|为|长|佳|优)|年初预算"
_BEFORE = "上年|上一年|去年|往年"
ELSEWHERE = re.compile(f"{_BEFORE}|{_COMPARED}")
_COMPARES = re.compile(_COMPARED)
_TURNS = re.compile(rf"(?P<before>{_BEFORE})|(?P<year>(?:19|20)[0-9]{{2}})\s*年|(?P<now>本年|今年|当年)")
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
    """A sentence without the clauses that speak of another year or compare with something."""
    own, is_now = "", True
    for clause in _CLAUSE.findall(sentence):
        is_compared = _COMPARES.search(clause) is not None
        is_now = is_now and not (is_compared and "相比" in clause)  # 与上年相比，…
        for turn in () if is_compared else _TURNS.finditer(clause):
            is_now = turn["now"] is not None or turn["year"] == year
        own += clause if is_now and not is_compared else ""
    return own


def _is_read(match: re.Match[str]) -> bool:
    """Whether it is the form's: not the score of a part of it, nor 总分100分, which are full marks."""
    of_part = match["part"] and _READ_AFTER[match["word"]] == "total"
    return not of_part and not (match["word"] == "总分" and match["figure"] == FULL_MARKS)


def _said(match: re.Match[str]) -> Said:
    return Said(_READ_AFTER[match["word"]], match["figure"], match["unit"] or "")
