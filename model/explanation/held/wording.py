"""What is wrong in any sentence of an explanation: residue of the blank, repetition, names and purposes."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from model.explanation.held.facts import Facts
from model.explanation.held.slip import Slip, matches, search
from model.explanation.held.text import NUMERALS, Text, tidy
from model.explanation.held.units import MONEY

_RESIDUE = re.compile(
    r"(?<![一二三四五六七八九])[Xx×✕*○□_?]+(?=万元|元|%|年|月|个|辆|人|台|批|项)|\(\)|XX+|xx+|××+|\*{2,}|__+|增加\(减少\)|增长\(下降\)|大于\(小于\)|\(?如持平|持平表述|请[^。]{0,6}列明|[(][^)]{0,12}列明|仍保留该表格式"
    r"|并在本表下方作下述说明|\((?:或|以下)?(?:简要)?(?:填写|说明|概述)[^)]{0,20}\)|\(请填写\)|\.{4,}|…{2,}"
)
_NO_FIGURE = re.compile(
    r"(?:预算|决算|执行)数万元|[一-龥]{0,6}[为是计入出额费少加金款余达共占长降的](?:万元|%)|[一-龥]{2,8}(?:共有车辆|团组)(?:辆|个)"
)
_NO_REASON = re.compile(r"原因(?:是|为|:)+(?=[。;,])|(?:主要是|由于)(?=[。;,])")
_FEW = 2  # characters that a name may have too many or too few
_FRAGMENT = re.compile(r"^[0-9]+(?:\.[0-9]+)?万元。?$")
_DOUBLE = re.compile(r"(增加|减少|增长|下降|主要|支出|决算|预算)\1")
_LONG, _PARAGRAPH = (
    12,
    20,
)  # characters of a sentence and of a paragraph that are noticed when they come twice


def residue(text: Text, facts: Facts) -> Iterator[Slip]:
    """Nothing of the blank is left."""
    for line in text.lines:
        for match in matches(_RESIDUE, line.text):
            yield Slip("N-RESIDUE", "error", line.place, f"留有模板文字“{match[0]}”，请改写。")
        if _FRAGMENT.match(line.text):
            yield Slip("N-RESIDUE", "warning", line.place, f"“{line.text}”像是模板的残句，请核对。")


def unwritten(text: Text, facts: Facts) -> Iterator[Slip]:
    """A figure or a reason for which the blank left room is there."""
    for line in text.lines:
        for match in matches(_NO_FIGURE, line.text):
            yield Slip("N-RESIDUE", "error", line.place, f"“{match[0]}”前面没有填数。")
        for match in matches(_NO_REASON, line.text):
            yield Slip("N-REASON", "warning", line.place, f"“{match[0]}”后面没有写原因。")


def repeated(text: Text, facts: Facts) -> Iterator[Slip]:
    """Words and sentences that stand twice."""
    for line in text.lines:
        yield from (Slip("N-DOUBLE", "note", line.place, f"“{words}”重复。") for words in _twice(line.text))
    yield from _paragraphs(text)


@lru_cache(maxsize=4096)
def _twice(text: str) -> tuple[str, ...]:
    """What stands twice in one paragraph: words, sentences, ends of clauses."""
    sentences = [part for part in re.split(r"[。;]", text) if len(part) >= _LONG]
    clauses = [part for part in re.split(r"[。;,]", text) if len(part) >= _LONG]
    found = [match[0] for match in _DOUBLE.finditer(text)]
    found += [sentence for sentence, count in Counter(sentences).items() if count > 1]
    return tuple(dict.fromkeys((*found, *_nearly(clauses))))


def _paragraphs(text: Text) -> Iterator[Slip]:
    """A paragraph of one section that stands there twice."""
    seen: set[tuple[str, str]] = set()
    for line in text.lines:
        if line.topic not in ("", "terms") and len(line.text) >= _PARAGRAPH:
            if (line.topic, line.text) in seen:
                yield Slip("N-DOUBLE", "note", line.place, f"“{line.text[:20]}…”一段重复。")
            seen.add((line.topic, line.text))


def _nearly(clauses: list[str]) -> Iterator[str]:
    """A clause whose end stands again in the next."""
    for one, other in pairwise(clauses):
        common = 0
        while common < min(len(one), len(other)) and one[-1 - common] == other[-1 - common]:
            common += 1
        if common >= _LONG and common >= min(len(one), len(other)) * 4 // 5:
            yield one[-common:]


def empty_tables(text: Text, facts: Facts) -> Iterator[Slip]:
    """A table with amounts is not said to be empty, and an empty one is."""
    if not facts.has_tables:
        return
    for topic, table, name in (("fund", "t7", "政府性基金"), ("capital", "t8", "国有资本经营预算")):
        is_empty = facts.accounts.is_empty(table)
        for line in text.of(topic):
            if not is_empty and search(rf"无{name}", line.text):
                yield Slip("N-EMPTY", "error", line.place, f"写的是“无{name}”，{_no(facts, table)}有金额。")


def _no(facts: Facts, table: str) -> str:
    return facts.accounts.definition.table(table).no


def names(text: Text, facts: Facts) -> Iterator[Slip]:
    """The unit is named as on the cover."""
    unit = tidy(facts.accounts.name)
    if len(unit) < 6:
        return
    stem, end = unit[:3], unit[-4:]
    for line in text.of(*MONEY, "assets"):
        named = rf"(?:^|年度?|[,。;:日])({re.escape(stem)}[\u4e00-\u9fa5]{{0,30}}?{re.escape(end)})"
        for match in matches(named, line.text):
            if _is_misspelt(match[1], unit):
                message = f"单位名称写的是“{match[1]}”，封面是“{facts.accounts.name}”。"
                yield Slip("N-NAME", "error", line.place, message)


def _is_misspelt(name: str, unit: str) -> bool:
    """Whether a name is meant to be that of the unit: few characters differ, none that counts (第二)."""
    if len(name) != len(unit):
        longer, shorter = sorted((name, unit), key=len, reverse=True)
        rest = iter(longer)
        return len(longer) - len(shorter) <= _FEW and all(character in rest for character in shorter)
    odd = [pair for pair in zip(name, unit, strict=True) if pair[0] != pair[1]]
    return 0 < len(odd) <= max(1, len(unit) // 8) and not any(one in NUMERALS for one, _ in odd)


# What only some classes pay for, and where it would show: a purpose that names it wants one of these cells.
_PURPOSES = (
    ("职业年金", ("208",), ("t5.2080506.total", "t6.30109")),
    ("养老保险", ("208",), ()),
    ("失业保险", ("208",), ()),
    ("医疗保险", ("210",), ()),
    ("医疗补助", ("210", "208"), ()),
    ("住房公积金", ("221",), ()),
    ("提租补贴", ("221",), ()),
    ("购房补贴", ("221",), ()),
)
_USE = re.compile(r"([^。;:]{2,20}?)\(类\)[^。;]*[。,;]主要(?:是|用于)([^。;]+)")


def purposes(text: Text, facts: Facts) -> Iterator[Slip]:
    """What a class was spent on fits the class, and stands in its tables."""
    for line in text.of("general"):
        if line.sub != "structure" and "主要用于" not in line.text:
            continue
        for match in matches(_USE, line.text):
            code = facts.class_of(match[1])
            for word, classes, cells in _PURPOSES if code else ():
                if word not in match[2]:
                    continue
                if code not in classes:
                    message = f"“{word}”不属于{facts.name(code)}，请核对用途。"
                    yield Slip("N-PURPOSE", "warning", line.place, message)
                elif cells and not any(facts.cell(cell) for cell in cells):
                    yield Slip("N-PURPOSE", "warning", line.place, f"表中没有“{word}”，请核对用途。")


CHECKS = (purposes, residue, unwritten, repeated, empty_tables, names)
