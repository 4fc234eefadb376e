"""名词解释: whose money it is called, and exactly the subjects that are used, by the names of the year."""

import re
from collections.abc import Iterator

from model.explanation.held.facts import Facts
from model.explanation.held.slip import Slip, matches, search
from model.explanation.held.text import Line, Text, tidy

_LEVEL = re.compile(r"([省市区县])级财政|([省市区县])[直属](?:部门|单位)")
_SUBJECT = re.compile(r"^([^:;。]{2,30}?)\(类\)([^:;。]{0,40}?)\(款\)([^:;。]{2,40}?)\(项\)")
_SUBJECTS = re.compile(r"^[^:。;,]{0,16}支出功能分类科目[^:。;,]{0,12}:?$")  # the entry that lists them
_NAME = re.compile(r"^([^:。;,]{2,30})(?::|$)")


def levels(text: Text, facts: Facts) -> Iterator[Slip]:
    """The money is that of the unit's own level; where nobody knows it, at least always the same."""
    lines = [line for line in text.of("terms") if len(_levels(line)) == 1]  # with more it tells them apart
    found = [(line, match) for line in lines for match in matches(_LEVEL, line.text)]
    said = [match[1] or match[2] for _, match in found]
    wanted = facts.level or (max(set(said), key=said.count) if said else "")
    whose = f"本单位是{wanted}级单位" if facts.level else f"别处写的是“{wanted}级”"
    for (line, match), level in zip(found, said, strict=True):
        if level != wanted:
            yield Slip("N-LEVEL", "warning", line.place, f"写的是“{match[0]}”，{whose}，请核对。")


def _levels(line: Line) -> set[str]:
    return {match[1] or match[2] for match in matches(_LEVEL, line.text)}


def subjects(text: Text, facts: Facts) -> Iterator[Slip]:
    """The subjects that are explained are those of 表3, once each, by the names of the year."""
    lines = list(text.of("terms"))
    listed = [(line, match) for line in lines if (match := _SUBJECT.match(line.text))]
    head = next((line for line in lines if search(_SUBJECTS, line.text)), listed[0][0] if listed else None)
    used = facts.used
    if head is None or not used:
        return
    explained: list[str] = []
    for line, match in listed:
        code, message = _code(match, facts)
        explained += [code] * bool(code)
        if message:
            yield Slip("N-GLOSSARY", "warning", line.place, message)
        elif explained.count(code) > 1:
            yield Slip("N-GLOSSARY", "note", line.place, f"{facts.name(code)}解释了两次。")
    lacking = [facts.name(code) for code in used if code not in explained]
    if lacking:
        more = f"等 {len(lacking)} 个科目" if len(lacking) > 5 else ""
        message = f"表3 用到的{'、'.join(lacking[:5])}{more}没有解释。"
        yield Slip("N-GLOSSARY", "warning", head.place.rstrip("0123456789"), message)


def _code(match: re.Match[str], facts: Facts) -> tuple[str, str]:
    """The code of a subject of 表3 and what is wrong with its names; "" for one that is not used."""
    names = tuple(name.lstrip('、“”"') for name in match.groups())
    same = [code for code in facts.used if len(code) == 7 and facts.name(code) == names[2]]
    if not same:
        return "", f"表3 没有用到“{names[2]}（项）”，请核对科目。"
    code = next((one for one in same if facts.name(one[:5]) == names[1]), same[0])
    for name, level, digits in ((names[0], "类", 3), (names[1], "款", 5)):
        right = facts.name(code[:digits])
        if name not in (right, f"{right}支出") and f"{name}支出" != right:
            return code, f"“{name}（{level}）”应为“{right}（{level}）”。"
    return code, ""


def entries(text: Text, facts: Facts) -> Iterator[Slip]:
    """The terms are those that the outline has."""
    if facts.outline is None or not facts.outline.terms:
        return
    lines = [line for line in text.of("terms") if not line.item and not _SUBJECT.match(line.text)]
    found = [(line, _plain(match[1])) for line in lines if (match := _NAME.match(line.text))]
    wanted = [_plain(tidy(term.name)) for term in facts.outline.terms]
    names = [name for _, name in found]
    if len([name for name in wanted if name in names]) * 2 < len(wanted):
        return  # the list of another region
    for line, name in found:
        if name not in wanted and _explains(line):
            yield Slip("N-GLOSSARY", "note", line.place, f"“{name}”不在名词解释的列表里，请核对。")
    if lacking := [name for name in wanted if name not in names]:
        place = re.split("（", found[0][0].place)[0]
        yield Slip("N-GLOSSARY", "note", place, f"名词解释里没有{'、'.join(lacking)}。")


def _plain(name: str) -> str:
    """The name of a term without what stands in brackets and without quotes."""
    return re.sub(r"\([^)]*\)|[“”\"']", "", name)


def _explains(line: Line) -> bool:
    return ":" in line.text and "电话" not in line.text


CHECKS = (levels, subjects, entries)
