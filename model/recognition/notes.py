"""The notes below a form, line by line, as an exchange file lists them."""

import re
from collections.abc import Sequence

from model.recognition.anatomy import Taken
from model.recognition.captions import bare
from model.recognition.texts import lines_of

_TITLE = re.compile(r"^\s*(?:备\s*注|注|附注|填表说明|填报说明)\s*[：:]\s*")
_RUN_ON = re.compile(r"(?<=[。；;）)])\s*(?=[2-9][.、．](?![0-9]))")


def footnotes(notes: Sequence[Taken], known: Sequence[str]) -> list[Taken]:
    """Return the lines of the notes; 备注： stays where the form prints it as part of the first."""
    lines = [note.shortened(line) for note in notes for line in _lines(note.text)]
    if not lines or _is_part(lines, known):
        return lines
    rest = _TITLE.sub("", lines[0].text)
    return [lines[0].shortened(rest), *lines[1:]] if rest else lines[1:]


def _lines(text: str) -> list[str]:
    return [piece.strip() for line in lines_of(text) for piece in _RUN_ON.split(line)]


def _is_part(lines: Sequence[Taken], known: Sequence[str]) -> bool:
    """Whether 备注： belongs to the first line: as the form has it, or where it is the only one."""
    if known and bare(known[0])[:2] == bare(lines[0].text)[:2]:
        return True
    return not known and len(lines) == 1
