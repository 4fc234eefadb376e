"""Whether a form was filled in, or is the blank one of a bureau with its hints."""

import re
from collections.abc import Iterator

from model.recognition.anatomy import Anatomy, Taken
from model.recognition.captions import plain
from model.recognition.incoming import Mark
from model.recognition.texts import PLACEHOLDERS, ticked

_HINT = re.compile(
    r"指标[0-9一二三四五六七八九十]*|[.…·]+|无?\(.*\)|[xX×_]+|(?:年度?)?目标[0-9]+|(?:20[0-9_]{0,2})?年月日"
    r"|请(?:在此|于此|简要|如实|对照|结合|逐项|填写|说明|根据).*|(?:此处|在此)填写.*"
)
_PROMPT = re.compile(  # 说明项目实施取得的成效（200字以内）
    r"(?:说明|填写|简述|概述|描述|分析|总结|提出|列出|归纳).*\([^()]{0,6}[0-9]{2,5}字(?:以内|之内|左右|以下)?\)"
)
_LONGEST_PROMPT = 500
_ANSWERS = ("actual", "score", "reason")
_FILLED = ("name", "target", *_ANSWERS)


def is_hint(text: str) -> bool:
    """Whether a text is what a blank form prints to be replaced: 指标1：, ……, （200字以内）, or nothing."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1:  # 目标1：, 目标2：
        return all(map(is_hint, lines)) or is_prompt(text)
    found = plain(text).strip("。,;")
    return text.strip() in PLACEHOLDERS or not found or bool(_HINT.fullmatch(found)) or is_prompt(text)


def is_prompt(text: str) -> bool:
    """Whether a text says what is to be written in its place, and how much of it."""
    return len(text) <= _LONGEST_PROMPT and bool(_PROMPT.search(plain(text)))


_UNITS = ("元", "万元", "亿元", "人民币元", "人民币万元")
_UNIT_LINE = re.compile(r"^(?:金额|计量)?单位:")  # 金额单位：万元
_NUMBERED = ("报表编号", "报表代码", "表号")  # what the bureau numbers its forms by


def is_filled(form: Anatomy) -> bool:
    """Whether somebody wrote something in a form; indicators alone a bureau may have printed itself."""
    rows = (_written(row.texts[key]) for row in form.indicators for key in _ANSWERS if key in row.texts)
    return not all(is_hint(text) for text in (*_around(form), *rows))


def is_blank(form: Anatomy) -> bool:
    """Whether a form holds nothing that a clerk filled in: no name, no amount, no indicator."""
    return all(is_hint(text) for text in _typed(form))


def _typed(form: Anatomy) -> Iterator[str]:
    yield from _around(form)
    for row in form.indicators:
        yield from (_written(row.texts[key]) for key in _FILLED if key in row.texts)


def _around(form: Anatomy) -> Iterator[str]:
    """What stands beside the indicators: head, money, goals, tail; the unit of money is printed, and so is
    the number of the form."""
    for pair in form.pairs:
        options = ticked(pair.value.text)
        if _UNIT_LINE.sub("", plain(pair.value.text)) not in _UNITS and plain(pair.caption) not in _NUMBERED:
            yield "".join(options) if options is not None else _written(pair.value)
    for table in form.tables:
        yield from (_written(text) for row in table.rows for text in row.more.values())
    for row in form.funds:
        yield from (_written(row.texts[key]) for key in ("initial", "budget", "executed") if key in row.texts)
    for goal in form.goals:
        yield from (_written(text) for text in goal.texts.values())


_ZERO = re.compile(r"[0.,%\-—\s]*")


def _written(found: Taken) -> str:
    """What somebody wrote: not the zero or the error that a formula gives where nothing was written yet, as
    soon as Excel has saved the blank."""
    is_computed = Mark.FORMULA in found.marks
    return "" if is_computed and (Mark.ERROR in found.marks or _ZERO.fullmatch(found.text)) else found.text
