"""What is printed over and beside the figures of final accounts, and what it means; data of accounts.toml."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from model.recognition.captions import bare, plain

_TITLE = re.compile(r"(?:.*年度)?(?:部门|单位)?(?P<core>[^()]*?)(?:\(.*\))?")
_SHEET = re.compile(r"^(?:[A-Z]{1,3}[0-9_]+|公开?[0-9]+表?|表[0-9]+)[\s_.、-]*")
_OF_WHICH = re.compile("^其中:?")
_QUOTES = str.maketrans("", "", "“”\"'")


@lru_cache(maxsize=20_000)
def core(text: str) -> str:
    """Return a title without year, institution before it, number of the table and quotes."""
    match = _TITLE.fullmatch(plain(text))
    return (match["core"] if match else plain(text)).translate(_QUOTES)


@lru_cache(maxsize=20_000)
def caption(text: str) -> str:
    """Return a caption as it is compared: without a number before it, brackets and quotes."""
    return bare(_OF_WHICH.sub("", plain(text))).translate(_QUOTES)


class AccountsWords:
    """Captions of final accounts by group and meaning."""

    def __init__(self, groups: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
        self._titles = {core(title): table for table, titles in groups["titles"].items() for title in titles}
        self._groups = {
            name: {key: frozenset(map(caption, captions)) for key, captions in group.items()}
            for name, group in groups.items()
        }

    def table_of(self, text: str) -> str:
        """Return the id of the table that a title or the name of a sheet is of; "" for none."""
        found = core(text)
        return self._titles.get(found, "") or self._titles.get(core(_SHEET.sub("", text)), "")

    def is_one(self, group: str, key: str, text: str) -> bool:
        """Whether a text is a caption of a meaning."""
        return caption(text) in self._groups[group].get(key, ())

    def find(self, group: str, text: str, keys: Iterable[str] | None = None) -> str:
        """Return what a caption means among some keys of a group, "" for nothing."""
        words = caption(text)
        known = self._groups[group]
        return next((key for key in (known if keys is None else keys) if words in known.get(key, ())), "")
