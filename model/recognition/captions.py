"""Captions as bureaus print them, and what they mean: blanks, list numbers and colons never count."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\xad"))
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十0-9]{1,2}\)|[0-9]{1,2}[、.](?![0-9]))"
)
_MONTHS = re.compile(
    r"^(?:[0-9]{1,2}月?[-—–~～至到]+(?:[0-9]{1,2}|[nNxX×*]?|_+)|[0-9]{1,2}|[nN])月(?:份|底)?(?=[^0-9])"
)
_TICK = re.compile("[√✓✔☑□]|是/?否")
UP_TO_A_MONTH = "n月"  # how captions.toml writes 1—7月, 1至6月
_TRIM: Final = "::*★☆△▲#"


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """Return a caption as it is compared: half width, no blanks of any kind, no star and no colon around."""
    narrow = unicodedata.normalize("NFKC", text).translate(_UNSEEN)
    return "".join(narrow.split()).strip(_TRIM)


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Return a caption without a list number before it and without what stands in brackets."""
    found = plain(text)
    for _ in range(2):  # brackets in brackets
        found = _BRACKETS.sub("", found)
    return _NUMBER.sub("", found).strip(_TRIM) or plain(text)


def is_up_to_a_month(text: str) -> bool:
    """Whether a caption speaks of the months so far: 1-6月执行数."""
    return bool(_MONTHS.match(bare(text)))


def of_any_months(text: str) -> str:
    """Return a bare caption in which months that it counts to are n月: 1—7月执行数 is n月执行数."""
    return _MONTHS.sub(UP_TO_A_MONTH, bare(text))


def same(one: str, other: str) -> bool:
    """Whether two captions mean the same words, whatever stands in their brackets."""
    return bare(one) == bare(other)


class Vocabulary:
    """What the captions of a group (fields, funds, indicators …) mean.

    `find(group, text)` returns the key of a caption, "" where the text is none of the group.
    """

    def __init__(self, groups: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        self.groups = groups
        self._keys = {group: _keys(captions) for group, captions in groups.items()}
        self.learned: frozenset[str] = frozenset()  # groups in which captions were put before all others
        self.find = lru_cache(maxsize=50_000)(self._find)

    def _find(self, group: str, text: str) -> str:
        """Return the key of a caption in a group, "" where the text is none of it."""
        keys = self._keys.get(group) or {}
        found = plain(text)
        if not found or len(found) > LONGEST:
            return ""
        if _TICK.search(found):  # 完成（√） asks for a tick, not for what was reached
            return keys.get(found, "")
        tried = (found, _NUMBER.sub("", found), bare(text), of_any_months(text))
        return next((keys[one] for one in tried if one in keys), "")

    def knows(self, text: str, *groups: str) -> bool:
        """Whether a text is a caption of one of the groups."""
        return any(self.find(group, text) for group in groups)

    def usual(self, group: str, key: str) -> str:
        """Return the usual caption of a key."""
        return self.groups[group][key][0]

    def with_captions(self, more: Mapping[str, Mapping[str, str]]) -> "Vocabulary":
        """Return the same vocabulary with captions of a layout (group → caption → key) put before all others.

        A caption whose key is "" is known to mean nothing of ours.
        """
        made = Vocabulary(self.groups)
        made.learned = self.learned | {group for group, captions in more.items() if captions}
        for group, captions in more.items():
            made._keys[group] = {
                **self._keys.get(group, {}),
                **{plain(c): key for c, key in captions.items()},
            }
        return made


IGNORE = "ignore"  # the key of a caption whose texts are left, as a layout says
LONGEST = 40  # characters of a caption; what is longer is a text


def _keys(captions: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {plain(caption): key for key, known in captions.items() for caption in known}
