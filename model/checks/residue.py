"""Hints of a blank form that were left where an answer belongs: 指标1, ……, **, （500字以内）."""

import re
from functools import lru_cache

_LIST_NUMBER = (
    r"(?:[0-9]{1,2}[.、．]|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)"
)
_DOTS = r"(?:…+|\.{3,}|。{3,})"
_WHOLE = re.compile(
    rf"(?:指标|目标)\s*(?:[0-9]{{1,2}}|[nN]|[一二三四五六七八九十])?\s*[:：]?\s*{_DOTS}?"
    rf"|{_DOTS}"
    r"|[*＊]{2,}|[×✕xX]{2,}"
    r"|[（(]\s*(?:[0-9]{1,4}|[nN]{1,3}|×+)\s*个?字(?:以内|左右).*[)）]"
)
_CUT_LIST = re.compile(rf"(?:^|[\s；;。，,]){_LIST_NUMBER}\s*{_DOTS}$")
_NAME = re.compile(r"[≥≤><=]\s*[*＊]{2,}")


@lru_cache(maxsize=20_000)
def is_residue(text: str) -> bool:
    """Whether a whole cell is a hint of the blank form, or ends in …… after a list number."""
    said = text.strip()
    if not said or said in ("指标", "目标"):
        return False
    return bool(_WHOLE.fullmatch(said) or _CUT_LIST.search(said))


@lru_cache(maxsize=20_000)
def is_residue_of_name(name: str) -> bool:
    """Whether a name keeps the blank of a number: ≥**, （≥**人）."""
    return bool(_NAME.search(name)) or is_residue(name)
