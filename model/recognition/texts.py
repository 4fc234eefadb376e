"""Texts taken apart: points out of names, pairs out of lines, goals out of a cell, ticks out of options."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.basics import number
from model.recognition.captions import Vocabulary, plain

_OPEN, _CLOSE = "[（(【\\[]", "[）)】\\]]"
_POINTS = re.compile(
    rf"\s*{_OPEN}\s*(?:共|满分)?\s*(?P<points>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s*分?\s*{_CLOSE}\s*$"
)
_POINTS_SAID = re.compile(
    rf"\s*{_OPEN}\s*(?:共|满分)?\s*(?P<points>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s*分\s*{_CLOSE}\s*$"
)
_POINTS_BARE = re.compile(r"(?<=[一-鿿])\s*(?P<points>[0-9]+(?:\.[0-9]+)?)\s*分\s*$")
_POINTS_BEHIND = re.compile(r"(?<=指标)\s*(?P<points>[1-9][0-9](?:\.[0-9]+)?|[5-9](?:\.[0-9]+)?)\s*$")
_BARE_POINTS = re.compile(rf"\s*{_OPEN}\s*(?P<points>[0-9]{{1,3}}(?:\.[0-9]+)?)\s*{_CLOSE}\s*$")
_POINTS_ANYWHERE = re.compile(rf"{_OPEN}\s*(?P<points>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s*分[^）)]*{_CLOSE}")

PLACEHOLDERS = frozenset("— - – — / \\ 无 —— --- -- × * / 不适用 / ／".split()) | {""}


class Points(NamedTuple):
    """A name, and the points that were printed behind it as they stand ("5"), "" where there are none."""

    name: str
    points: str


def level_points(text: str) -> Points:
    """Take the points off a level: 产出指标（50分）, 产出指标(50), 产出指标50分, 产出指标 50."""
    patterns = (_POINTS, _POINTS_BARE, _POINTS_BEHIND)
    return next((found for one in patterns if (found := _taken_off(text, one))), Points(text, ""))


def name_points(text: str) -> Points:
    """Take the points off the name of an indicator: only where 分 stands with them, in brackets."""
    return _taken_off(text, _POINTS_SAID) or Points(text, "")


def bare_points(text: str) -> Points:
    """Take a bare number in brackets off a name: 培训次数（10）; it may be its points."""
    return _taken_off(text, _BARE_POINTS) or Points(text, "")


def _taken_off(text: str, pattern: re.Pattern[str]) -> Points | None:
    match = pattern.search(text)
    name = text[: match.start()].rstrip() if match else ""
    return Points(name, match["points"]) if match and name else None


def points_in(text: str) -> str:
    """Return the points that a label or caption names: 预算执行情况(20分), 得分(20 分*执行率); "" without."""
    match = _POINTS_ANYWHERE.search(text)
    return match["points"] if match else ""


def on_one_line(text: str) -> str:
    """Return a caption that was broken into lines as one."""
    return "".join(part.strip() for part in text.split("\n"))


def squeezed(text: str) -> str:
    """Return a label without any blanks: 绩 效 目 标 is 绩效目标."""
    return "".join(text.split())


def is_figure(text: str, unit: bool = False) -> bool:
    """Whether a text is a number, a sum of money or a placeholder for one (—, /, 无)."""
    if text.strip() in PLACEHOLDERS:
        return True
    return (number.parse_amount(text) if unit else number.parse_points(text)) is not None


def is_number(text: str) -> bool:
    """Whether a text is a number, or points, or per cent."""
    return number.parse_points(text.strip().rstrip("%％")) is not None


_SEAL = re.compile(
    rf"\s*{_OPEN}\s*(?:单位|部门|公)?(?:盖章|签章|公章|签字|签名)\s*{_CLOSE}(?:[\s_＿]*年[\s_＿]*月[\s_＿]*日)?\s*$"
)


def without_seal(text: str) -> tuple[str, str]:
    """Return a text without the room for a seal behind it (（盖章）　年　月　日), and that room."""
    match = _SEAL.search(text)
    return (text[: match.start()], match[0].strip()) if match else (text, "")


# --- captions with a colon


class Said(NamedTuple):
    """A caption with what stands behind its colon."""

    caption: str
    value: str


_COLON = re.compile("[：:]")
_GAP = re.compile(r"[\s　]{2,}|　|\t|[;；]")
_ROOM = re.compile(r"[\s\u3000_＿]{3,}")
_BRACKETED = re.compile(r"[（(]([^（）()]*)[)）]")
_SHORT = 14  # characters of a caption that is not known


def said_in(text: str, words: Vocabulary) -> list[Said]:
    """Return the pairs of a line (填表人：甲　填报日期：…); none where it does not begin with a caption.

    A caption that is not known counts where the whole cell is one pair, or where wide blanks set it apart.
    """
    if whole := _BRACKETED.fullmatch(text.strip()):
        text = whole[1]
    starts = list(_starts(text, words))
    ends = [*(start for _, start, _ in starts[1:]), len(text)] if starts else []
    return [
        Said(caption, text[begin:end].strip(" \u3000\t;；\n"))
        for (caption, _, begin), end in zip(starts, ends, strict=True)
    ]


def _starts(text: str, words: Vocabulary) -> Iterator[tuple[str, int, int]]:
    """Yield captions with where they begin and where what they say begins."""
    before = 0
    for colon in _COLON.finditer(text):
        if _is_in_brackets(text, colon.start()):
            continue
        start = _caption_start(text, before, colon.start(), words)
        if start is None:
            if before == 0:
                return
            continue
        yield text[start : colon.start()].strip(), start, colon.end()
        before = colon.end()


def _is_in_brackets(text: str, at: int) -> bool:
    """Whether a place lies within brackets that close behind it: 资金（单位：元）."""
    before, behind = text[:at], text[at:]
    opened = max(before.rfind("（"), before.rfind("("))
    closed = max(before.rfind("）"), before.rfind(")"))
    return opened > closed and bool(re.search("[）)]", behind))


def _caption_start(text: str, after: int, colon: int, words: Vocabulary) -> int | None:
    """Where the caption before a colon begins: the longest known one, or what stands behind a wide blank."""
    if (room := _ROOM.match(text, after, colon)) and 0 < colon - room.end() <= _SHORT:
        return room.end()  # nothing was written before it, so that all of it is the caption
    for start in range(after, colon):
        is_edge = start == after or text[start - 1].isspace() or text[start - 1] in "；;，,。"
        if (is_edge or after) and words.knows(text[start:colon], "fields", "totals"):
            return start
    if after:
        gaps = list(_GAP.finditer(text, after, colon))
        return gaps[-1].end() if gaps and colon - gaps[-1].end() <= _SHORT else None
    caption = text[:colon].strip()
    return 0 if 0 < len(plain(caption)) <= _SHORT and not re.search("[。；，,;]", caption) else None


# --- goals in one cell

_GOAL_START = re.compile(
    r"^\s*(?:完成)?(?P<label>(?:年度|总体|绩效|年度绩效|年度总体|实际完成)?目标\s*(?P<number>[0-9０-９一二三四五六七八九十]{1,3}))\s*(?:完成情况)?\s*[：:、.．]\s*",
    re.MULTILINE,
)


class GoalText(NamedTuple):
    """A goal of several in one cell: 目标2：…"""

    label: str
    number: str
    text: str


def goals_in(text: str) -> list[GoalText]:
    """Return the goals that a cell lists, each on a line; none where it does not begin with one."""
    starts = list(_GOAL_START.finditer(text))
    if not starts or text[: starts[0].start()].strip():
        return []
    ends = [match.start() for match in starts[1:]] + [len(text)]
    return [
        GoalText(squeezed(match["label"]), match["number"], text[match.end() : end].strip())
        for match, end in zip(starts, ends, strict=True)
    ]


# --- ticks

_TICKED = "☑■√✔✓☒⊠●◉▣"
_EMPTY = "□☐○◯❑❏▢"
_TICK = f"[{_TICKED}{_EMPTY}]"
_OPTION = re.compile(r"[0-9]{1,2}\s*[、.．]")


def ticked(text: str) -> list[str] | None:
    """Return the options that are ticked, as printed with their numbers; None where a text has no options.

    Ticks stand before or behind their options, in boxes, in brackets or bare: 1、部门预算项目☑ 2、市直专项□.
    """
    if not re.search(_TICK, text):
        return None
    numbered = [match.start() for match in _OPTION.finditer(text)]
    pieces = _numbered(text, numbered) if numbered else _boxed(text)
    return [_option(piece) for piece in pieces if re.search(f"[{_TICKED}]", piece)]


def options_in(text: str) -> list[str]:
    """Return all options of a text, ticked or not, as printed with their numbers; none where it has none."""
    if not re.search(_TICK, text):
        return []
    numbered = [match.start() for match in _OPTION.finditer(text)]
    pieces = _numbered(text, numbered) if numbered else _boxed(text)
    return list(dict.fromkeys(filter(None, map(_option, pieces))))


def _numbered(text: str, starts: Sequence[int]) -> list[str]:
    """Options by their numbers; a box before a number belongs to what follows it."""
    moved = [start - _box_before(text, start) for start in starts]
    first = 0 if not text[: moved[0]].strip() else moved[0]
    return [text[start:end] for start, end in zip([first, *moved[1:]], [*moved[1:], len(text)], strict=True)]


def _box_before(text: str, start: int) -> int:
    """How far before a number its own box stands: only where every option has its box in front."""
    if not re.match(rf"\s*{_TICK}", text):
        return 0
    match = re.search(rf"{_TICK}\s*$", text[:start])
    return len(text[:start]) - match.start() if match else 0


def _boxed(text: str) -> list[str]:
    """Options by their boxes, which stand all in front or all behind."""
    if re.match(rf"\s*{_TICK}", text):
        return re.findall(rf"{_TICK}[^{_TICKED}{_EMPTY}]*", text)
    return re.findall(rf"[^{_TICKED}{_EMPTY}]*{_TICK}", text)


def _option(piece: str) -> str:
    kept = re.sub(rf"{_OPEN}?\s*{_TICK}\s*{_CLOSE}?", "", piece)
    return re.sub(r"\s+", "", kept).strip("；;，,、")


# --- lines

_LIST_SPLIT = re.compile(r"\n+")


def lines_of(text: str) -> list[str]:
    """Return the lines of a list in a cell, without empty ones."""
    return [line.strip() for line in _LIST_SPLIT.split(text) if line.strip()]
