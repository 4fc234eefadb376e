"""Texts put behind the colons of a line that holds several captions: 填表人：张三　　填报日期：2025-01-16."""

import re
from collections.abc import Mapping

from model.recognition.texts import without_seal

_LEAST = 2  # blanks between a text and the next caption
_OTHER = re.compile(r"(?:[ \t]{2,}|\u3000+)[ \u3000]*(?P<caption>[^\s\u3000：:]{2,12}[：:])")
_BLANKS = " \u3000\t_＿"


def filled_in(line: str, texts: Mapping[str, str], captions: Mapping[str, str] | None = None) -> str:
    """Return a line with texts behind its captions; room that the line leaves for them is used up.

    `texts` go by the caption as it stands in the line; a caption that is not found leaves the line as it is.
    """
    places = []
    for caption in texts:
        match = re.search(r"\s*".join(map(re.escape, "".join(caption.split()))) + r"\s*[：:]", line)
        if match is not None:
            places.append((match.start(), match.end(), caption))
    places.sort()
    found = line[: places[0][0]] if places else line
    for n, (start, end, caption) in enumerate(places):
        stop = places[n + 1][0] if n + 1 < len(places) else len(line)
        other = _OTHER.search(line, end, stop)  # a caption that nobody fills in: 单位：万元
        room = other.start("caption") if other else stop
        is_last = room == stop and n + 1 == len(places)
        found += line[start:end] + _put(line[end:room], texts[caption], is_last) + line[room:stop]
    return found


def _put(room: str, text: str, is_last: bool) -> str:
    """A text in the room behind a caption, which may hold an older one; closing brackets stay behind it."""
    if is_last and (seal := without_seal(room)[1]):
        return f"{text}\n{seal}"
    closing = room[-1] if is_last and room and room[-1] in "）)" else ""
    inside = room.removesuffix(closing) if closing else room
    if not text and not inside.strip(_BLANKS):
        return room
    blank = "\u3000" if "\u3000" in inside else " "
    wide = sum(1 if char == "\u3000" or ord(char) > 0x2E80 else 0.5 for char in inside)
    used = sum(1 if ord(char) > 0x2E80 else 0.5 for char in text)
    left = int((wide - used) * (1 if blank == "\u3000" else 2))
    behind = "" if is_last and (closing or not text) else blank * max(0 if is_last else _LEAST, left)
    return (text + behind).rstrip() + closing if is_last else text + behind
