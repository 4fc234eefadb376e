"""What a text may hold: characters that every file can take, and not more than a cell has room for."""

import re
from functools import lru_cache
from typing import NamedTuple

from model.basics.errors import UserError

LONGEST = 200_000  # characters of a text
LONGEST_NAME = 1_000  # of a name: the unit, a project, who is in charge of it
LONGEST_BLOCK = 2_000_000  # of a block of cells that is pasted at once
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML
_NAMES = ("unit", "unit_line", "unit_name", "project_name", "authority", "implementer")


class Cleaned(NamedTuple):
    """A text without what no file can hold, and the characters that were taken out, each once."""

    text: str
    removed: str = ""


def clean(text: str) -> Cleaned:
    """Return a text without control characters and half characters.

    Halves of a character that fit are joined; one alone becomes �, so that its place is seen.
    """
    if not UNWRITABLE.search(text):
        return Cleaned(text)
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Cleaned(UNWRITABLE.sub("", whole), "".join(dict.fromkeys(UNWRITABLE.findall(whole))))


@lru_cache(maxsize=1_000)
def said_of_removed(removed: str) -> str:
    """Return the sentence that names characters that were taken out."""
    named = "、".join(f"U+{ord(char):04X}" for char in removed[:5]) + "等" * (len(removed) > 5)
    return f"已去掉不能打印、也不能存入 Excel 和 Word 的控制字符（{named}）。"


def room_of(cell: str) -> int:
    """Return how many characters a cell takes at most."""
    return LONGEST_NAME if cell in _NAMES else LONGEST


def must_fit(text: str, cell: str, place: str = "这一格") -> None:
    """Raise UserError, naming the place, for a text that is longer than its cell takes."""
    room = room_of(cell)
    if len(text) > room:
        raise UserError(f"{place}最多填 {room:,} 字，这里有 {len(text):,} 字，没有放进去。", "请精简后再填。")
