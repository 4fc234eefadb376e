"""等级: the bounds that a blank prints, and what they are where a form's points add up to another number."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from model.basics.number import parse_number, plain
from model.forms.definition import Grade
from model.forms.definition_toml import FULL_MARKS
from model.forms.loader import Library
from model.recognition.captions import plain as bare
from model.workshop.proposal import Proposal
from model.workshop.scoring import rules

_NAME = r"(优秀|优|良好|良|中等|中|一般|合格|及格|较差|差|不合格|不及格)"
_BEHIND = re.compile(_NAME + r"(?:等|级)?[(:]([^()优良中差格]{2,30})")  # 优(90分以上)
_BEFORE = re.compile(
    r"([^,;、。()优良]{0,20}[0-9]+(?:\([^()]*\))?[^,;、。优良]{0,20}?)[为评]?(?:等级)?[为“\"]" + _NAME
)
_NUMBER = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%?)")
_BELOW = re.compile(r"以下|低于|小于|不足|<|≤0|^0")
_ABOVE = re.compile(r">(?!=)|高于|超过|大于")
PRINTED = "空白表所印"
SCALED = "按满分 {marks} 分折算"


def printed_grades(texts: Iterable[str], full_marks: Decimal) -> tuple[Grade, ...]:
    """Return the grades that one of some texts says with their bounds, best first.

    优（90分以上）, 90-100分为优; none where no text says at least three that go down to 0. Shares in per
    cent are those of all points.
    """
    for text in texts:
        for pattern, is_first in ((_BEHIND, True), (_BEFORE, False)):
            said = [
                match.groups() if is_first else match.groups()[::-1]
                for match in pattern.finditer(_flat(text))
            ]
            found = [grade for name, span in said if (grade := _grade(name, span, full_marks)) is not None]
            if _are_sound(found, full_marks):
                return tuple(found)
    return ()


def _flat(text: str) -> str:
    """A text without blanks and ticks; what is included or not stands in brackets within brackets."""
    return re.sub(r"\((?:含|不含|包含)[^()]*\)", "", re.sub(r"[□☑■√]", "", bare(text)))


def _grade(name: str, span: str, full_marks: Decimal) -> Grade | None:
    numbers = [Decimal(n) * (full_marks / 100 if unit else 1) for n, unit in _NUMBER.findall(span)]
    if not numbers:
        return None
    if len(numbers) == 1 and _BELOW.search(span):
        return Grade(name, Decimal(0))
    return Grade(name, min(numbers), above=len(numbers) == 1 and bool(_ABOVE.search(span)))


def _are_sound(found: Sequence[Grade], full_marks: Decimal) -> bool:
    falls = all(one.lowest > other.lowest for one, other in pairwise(found))
    return len(found) >= 3 and falls and found[0].lowest < full_marks and found[-1].lowest == 0


def with_printed_grades(found: Proposal, library: Library, texts: Iterable[str]) -> Proposal:
    """Return a proposal with the grades that its blank prints, where it prints any."""
    grades = printed_grades(texts, _marks(found))
    return _with(found, library, [_entry(grade) for grade in grades], PRINTED) if grades else found


def with_full_marks(found: Proposal, library: Library, marks: str) -> Proposal:
    """Return a proposal whose points add up to another number: the grades of its regulation in proportion;
    those that the blank prints or the clerk changed stay."""
    known = rules(found, library)
    now, before = Decimal(marks), _marks(found)
    found = found._replace(full_marks=marks)
    usual = _listed(rules(found._replace(rules=None), library))
    if not usual or _listed(known) != _scaled(usual, before):
        return found
    if now == FULL_MARKS:
        return _with(found, library, usual, "")
    return _with(found, library, _scaled(usual, now), SCALED.format(marks=marks))


def said_grades(found: Proposal, library: Library) -> str:
    """Return the grades with their bounds: 优 90 · 良 80 · 中 60 · 差."""
    grades = _listed(rules(found, library))
    named = [f"{one['name']} {plain(Decimal(str(one['lowest'])))}" for one in grades[:-1]]
    return " · ".join([*named, *(str(one["name"]) for one in grades[-1:])])


def _marks(found: Proposal) -> Decimal:
    return parse_number(found.full_marks) or Decimal(FULL_MARKS)


def _listed(entries: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [dict(one) for one in entries.get("grades", {}).get("list", [])]


def _scaled(usual: Sequence[Mapping[str, Any]], marks: Decimal) -> list[dict[str, Any]]:
    return [{**one, "lowest": Decimal(str(one["lowest"])) * marks / FULL_MARKS} for one in usual]


def _entry(grade: Grade) -> dict[str, Any]:
    return {key: value for key, value in grade._asdict().items() if value is not False}


def _with(found: Proposal, library: Library, grades: Sequence[Mapping[str, Any]], why: str) -> Proposal:
    known = dict(rules(found, library))
    usual = rules(found._replace(rules=None), library).get("grades", {})
    said = {"source": f"{usual.get('source', '')}（{why}）".removesuffix("（）"), "list": list(grades)}
    return found._replace(rules={**known, "grades": said})
