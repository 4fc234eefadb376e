"""Whether a form was filled in, or is the blank one of a bureau with its hints."""

import re
from collections.abc import Iterator

from model.recognition.anatomy import Anatomy
from model.recognition.captions import plain
from model.recognition.texts import PLACEHOLDERS, ticked

_HINT = re.compile(r"指标[0-9一二三四五六七八九十]*|[.…·]+|\(.*\)|[xX×_]+|(?:年度?)?目标[0-9]+")
_FILLED = ("name", "target", "actual", "score", "reason")


def is_hint(text: str) -> bool:
    """Whether a text is what a blank form prints to be replaced: 指标1：, ……, （200字以内）, or nothing."""
    found = plain(text).strip("。,;")
    return text.strip() in PLACEHOLDERS or not found or bool(_HINT.fullmatch(found))


def is_blank(form: Anatomy) -> bool:
    """Whether a form holds nothing that a clerk filled in: no name, no amount, no indicator."""
    return all(is_hint(text) for text in _typed(form))


def _typed(form: Anatomy) -> Iterator[str]:
    for pair in form.pairs:
        options = ticked(pair.value.text)
        yield "".join(options) if options is not None else pair.value.text
    for row in form.funds:
        yield from (row.texts[key].text for key in ("initial", "budget", "executed") if key in row.texts)
    for goal in form.goals:
        yield from (text.text for text in goal.texts.values())
    for row in form.indicators:
        yield from (row.texts[key].text for key in _FILLED if key in row.texts)
