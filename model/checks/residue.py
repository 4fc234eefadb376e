"""Hints of a blank form that were left where an answer belongs: 指标1, ……, **, （500字以内）, 请填写."""

import re
from functools import lru_cache

_LIST_NUMBER = (
    r"(?:[0-9]{1,2}[.、．]|[（(][0-9一二三四五六七八九十]{1,3}[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)"
)
_DOTS = r"(?:…+|\.{3,}|。{3,})"
_COUNT = r"(?:[0-9０-９]{1,4}|[nN]{1,3}|×+|[一二三四五六七八九十百千]{1,6})\s*个?字"
_WITHIN = "(?:以内|之内|内|左右|以下)"
_WHOLE = re.compile(
    rf"(?:指标|目标)\s*(?:[0-9]{{1,2}}|[nN]|[一二三四五六七八九十])?\s*[:：]?\s*{_DOTS}?"
    rf"|{_DOTS}"
    r"|[*＊]{2,}|[×✕xX]{2,}"
    rf"|[（(]\s*{_COUNT}(?:以内|左右).*[)）]"
    r"|[（(]?(?:此处|在此|待)?(?:填写|填报|补充|完善)(?:说明)?[)）]?[:：。]?|[（(]?可?另附页?[)）]?[。.]?"
)
_LENGTH = re.compile(
    rf"[（(][^（）()]{{0,30}}?{_COUNT}\s*{_WITHIN}?\s*[)）]\s*[。.]?$"
    rf"|(?:^|[\s，,。；;：:])(?:限|不超过|控制在|字数)*\s*{_COUNT}{_WITHIN}[。.]?$"
)
_TELL = "填写|填报|填列|说明|简述|概述|列明|列出|列示|注明|写明|描述|阐述|补充|选择|输入"
_FROM_IT = r"(?:说明|填写|填报|分析|阐述|总结|概述|提出)"
_ASKS = re.compile(
    r"^对照.{0,40}说明|^(?:此处|在此)(?:填写|填报|说明)"
    r"|^(?:简要|简单|简明)(?:概述|说明|描述|介绍|阐述)|^(?:简述|概述|阐述)(?!了)"
    rf"|^(?:结合|根据|按照).{{0,12}}自评(?:情况|结果).{{0,20}}{_FROM_IT}"
    r"|^(?:结合|根据)(?:绩效)?自评情况[:：。]?$"
    r"|^说明.{0,20}(?:原因|情况|措施)[。.]?$"
    r"|(?<!无)需(?:要)?(?:予以|详细|逐项|逐条|具体|在此|重点)?(?:说明|注明|填写|填报|写明)(?!的)"
    rf"|(?<![申邀提聘恳])请(?![假示求客教款功])[^。；;，,]{{0,16}}?(?:{_TELL})"
)
_YEAR_OR_NUMBER = re.compile(r"(?:19|20)[0-9]{2}\s*年度?|(?:^|(?<=[\s；;。]))[0-9]{1,2}[.、．]")
_ASKED_ABOUT = re.compile(rf"(?<=结合|根据|对照|按照)本(?:单位|部门|项目)|{_COUNT}{_WITHIN}")
# A text that says something of its own: a figure, who, what was or will be done.
_OWN = re.compile("[0-9０-９]|我|本(?:单位|部门|校|院|所|中心|馆|局)|已|了|将|今后|进一步|严格|及时|确保")
_LONGEST_REQUEST = 120
_CUT_LIST = re.compile(rf"(?:^|[\s；;。，,]){_LIST_NUMBER}\s*{_DOTS}$")
_NAME = re.compile(r"[≥≤><=]\s*[*＊]{2,}")


@lru_cache(maxsize=20_000)
def is_residue(text: str) -> bool:
    """Whether a whole cell is a hint of the blank form, or ends in …… after a list number."""
    said = text.strip()
    if not said or said in ("指标", "目标"):
        return False
    return bool(_WHOLE.fullmatch(said) or _CUT_LIST.search(said) or _LENGTH.search(said)) or _is_request(said)


def _is_request(text: str) -> bool:
    """Whether a text asks the clerk for something and says nothing of its own."""
    if len(text) > _LONGEST_REQUEST or not _ASKS.search(text):
        return False
    return not _OWN.search(_ASKED_ABOUT.sub("", _YEAR_OR_NUMBER.sub("", text)))


@lru_cache(maxsize=20_000)
def is_residue_of_name(name: str) -> bool:
    """Whether a name keeps the blank of a number: ≥**, （≥**人）."""
    return bool(_NAME.search(name)) or is_residue(name)
