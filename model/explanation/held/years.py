"""The years of an explanation: what is told is of the document's year, compared with the one before."""

import re
from collections.abc import Iterator

from model.explanation.held.facts import Facts
from model.explanation.held.slip import Slip, matches, search
from model.explanation.held.text import Line, Text, tidy
from model.explanation.held.units import MONEY

_TOPICS = (*MONEY, "assets", "transfers", "performance")
_KNOWN = re.compile(  # of what is told or compared, and not of a reason: 原因是2019年建成的办公楼维修
    r"(?:^|[。;]|[与较比和]|截[至止]|本单位|[0-9]\.)(20[0-9]{2})年(?:度|末|12月31日)?"
)
_OF_YEAR = re.compile(
    r"(20[0-9]{2})年度(?=部门决算|单位决算|一般公共|财政拨款|收入|支出|收、|政府性|国有资本|政府采购|机关运行|“?三公|没有|无|项目)"
)
_COMPARED = re.compile(
    r"[与较比和同](20[0-9]{2})年(?:度|末)?(?:决算数?|同期)?(?:相比|比较|比|持平|一致|[增减下][加少长降]|,)"
)
_UNTIL = re.compile(r"截[至止]到?(20[0-9]{2})年(?:12月31日|底|末)")
_FIRST = re.compile(  # of what a paragraph tells, 2022年度本单位没有…, and not what a reason speaks of
    r"(?:^|[,。;]|本单位|本部门)(20[0-9]{2})年(?:度)?,?"
    r"(?=收|支出|财政|一般公共|“?三公|机关运行|政府|国有|没有|无|本单位|本部门|单位|部门|使用)"
)
_OWN = re.compile(r"(20[0-9]{2})年度(?=部门决算|单位决算|一般公共预算项目|无|没有)")
_REASON = re.compile(r"原因|主要是|由于|用于|结转")


def years(text: Text, facts: Facts) -> Iterator[Slip]:
    """Each place is told once."""
    if not facts.accounts.year.isdecimal():
        return
    year = int(facts.accounts.year)
    unit = tidy(facts.accounts.name)
    for line in text.of(*_TOPICS):
        if "20" not in line.text:
            continue
        found = dict.fromkeys((*_stranger(line, year, unit), *_wrong(line, year, unit)))
        for stated, wanted in found:
            message = f"写的是{stated}，这是 {year} 年度的说明，应为{wanted}，请核对。"
            yield Slip("N-YEAR", "error", line.place, message)


def _stranger(line: Line, year: int, unit: str) -> Iterator[tuple[str, str]]:
    """A year that is neither this one nor the one before."""
    text = line.text.replace(unit, "本单位") if unit else line.text
    is_money = line.topic not in ("performance", "transfers")
    found = list(matches(_KNOWN, text)) if is_money else []
    found += [match for match in matches(_OF_YEAR, line.text) if not _is_reason(line, match)]
    known = (year, year - 1) if is_money else (year, year - 1, year + 1)  # results serve the next year
    for match in found:
        if int(match[1]) not in known:
            yield f" {match[1]} 年", f" {year} 年或上年"


def _wrong(line: Line, year: int, unit: str) -> Iterator[tuple[str, str]]:
    """This year where the one before is meant, and the other way round."""
    if line.topic in ("performance", "transfers"):
        of_year = search(_OWN, line.text)
        if of_year and int(of_year[1]) == year - 1 and str(year) not in line.text:
            yield f" {year - 1} 年", f" {year} 年"
        return
    for match in matches(_COMPARED, line.text):
        if int(match[1]) == year and not _is_reason(line, match):
            yield f"与 {year} 年相比", f"与 {year - 1} 年相比"
    for match in matches(_UNTIL, line.text):
        if int(match[1]) == year - 1:
            yield f" {year - 1} 年", f" {year} 年"
    if line.sub == "items" and "预算" not in line.text:
        return  # what a project brought
    first = search(_FIRST, line.text.replace(unit, "本单位") if unit else line.text)
    if first and int(first[1]) == year - 1 and str(year) not in line.text:
        yield f" {year - 1} 年", f" {year} 年"


def _is_reason(line: Line, match: re.Match[str]) -> bool:
    start = max(line.text.rfind(mark, 0, match.start()) for mark in "。;") + 1
    return bool(search(_REASON, line.text[start : match.start()]))


CHECKS = (years,)
