"""When two names mean the same: of units, projects, goals and indicators, however they are typed."""

import re
from functools import lru_cache

from model.basics.number import half_width

_LIST_NUMBER = re.compile(r"[(\[]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\]、.](?![0-9])(?=.)")
_NEXT_ITEM = re.compile(
    r"(?:^|(?<=[;。\s]))[(\[]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\]、.](?![0-9])"
)
_UNSAID = str.maketrans("", "", "()[]{}<>【】〔〕《》〈〉“”\"'‘’「」;。,")


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """Return a name without blanks, list number, brackets, quotation marks and stops, half width."""
    bare = "".join(half_width(name).split())
    listed = _LIST_NUMBER.match(bare)
    return bare[listed.end() if listed else 0 :].translate(_UNSAID)


def without_list_number(name: str) -> str:
    """Return a name without the number of a list before it; one that holds several items stays as it is."""
    name = name.strip()
    listed = _LIST_NUMBER.match(half_width(name))
    if listed is None or _NEXT_ITEM.search(half_width(name), listed.end()):
        return name
    return name[listed.end() :].strip()


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for blanks, width, brackets, stops and a list number before them."""
    return plain_name(one) == plain_name(other)
