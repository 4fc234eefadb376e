"""Units as clerks write them: which texts are units, and which of them count the same thing.

A unit is at most three characters, or one of the longer ones that are known; a slash, a dot or brackets may
stand in it (元/人·天, 台（套）). Units are compared by what they count, never converted, but for money.
"""

import re
from functools import lru_cache

# A decimal count of these is no sense, so "1.3次" in the first row may be "1. 3次".
WHOLE_UNITS = frozenset(
    "次 个 人 场 家 科 所 队 名 期 项 间 台 套 份 篇 课 节 门 校 班 件 部 座 只 本 册 户 路 支 条 批 辆 处 "
    "位 种 组 轮 届 例 起 宗 棵 株 头 盏 村 人次 场次 课时".split()
)
MONEY_UNITS = ("元", "万元", "亿元")
SHARES = ("%", "‰")
TIMES = frozenset(
    "天 日 个工作日 工作日 个自然日 自然日 小时 个小时 分钟 秒 秒钟 周 个星期 星期 个月 学时 个学时".split()
)
_LONG_UNITS = frozenset(
    "个工作日 个自然日 个百分点 个千分点 个行政村 个自然村 个教学班 平方公里 平方千米 平方厘米 立方厘米 "
    "标准立方米".split()
)
_MEASURES = frozenset(
    "米 公里 千米 里 亩 公顷 平方米 平米 平方公里 立方米 吨 公斤 千克 斤 升 度 千瓦 千瓦时 年 "
    "百分点 ㎡ ㎥ m² km KM Km kg KG Kg Mbps 台套 件套 人天 人月 批次 户次 件次 分贝 吨 公升".split()
)
KNOWN_UNITS = WHOLE_UNITS | TIMES | _MEASURES | _LONG_UNITS | {*MONEY_UNITS, *SHARES}

_SAME = {  # what else a unit is called
    **dict.fromkeys(("人次", "名", "位"), "人"),
    "场次": "场",
    **dict.fromkeys(("日", "个自然日", "自然日"), "天"),
    "个工作日": "工作日",
    "个百分点": "百分点",
    "个千分点": "千分点",
    "个小时": "小时",
    "个学时": "学时",
    "个月": "月",
    "个星期": "周",
    "星期": "周",
    "秒钟": "秒",
    **dict.fromkeys(("㎡", "m²", "平米"), "平方米"),
    **dict.fromkeys(("㎥", "m³"), "立方米"),
    **dict.fromkeys(("km²", "平方千米"), "平方公里"),
    **dict.fromkeys(("km", "千米"), "公里"),
    **dict.fromkeys(("kg", "千克"), "公斤"),
}
_SPELT = {  # of a unit in letters: how else it is spelt
    **dict.fromkeys(("KM", "Km", "kM"), "km"),
    **dict.fromkeys(("KG", "Kg", "kG"), "kg"),
    **dict.fromkeys(("MBPS", "mbps", "Mb/s"), "Mbps"),
}
_EITHER = {"台套": ("台", "套"), "件套": ("件", "套")}  # one thing with two names

_SIGNS = "%‰℃°㎡㎥"
_VAGUE = re.compile("[余多几约]|左右|以上|以下|以内")
_TIME_LIMIT = ("内", "前", "后", "底")  # 5年内 is a date to keep, no number of years
_NUMERAL = re.compile("[十百千](?!克|米|瓦|伏|卡|帕|赫|分点)")  # 5千 is not read: a number word is no unit
_DOTS = re.compile("[·•‧・∙*×]")
_DOT_OF_PER = re.compile(r"(?<=[^\W\d])\.(?=[^\W\d])")
_IN_BRACKETS = re.compile(r"(.*)\(([^()]{1,3})\)")
_LATIN = re.compile("[A-Za-z]{1,8}")


@lru_cache(maxsize=5_000)
def tidy_unit(unit: str) -> str:
    """Return a unit with one sign for "per": 元/人·天 and 元/(人·天) are 元/人/天. kW·h is kWh, (次) 次."""
    head, slash, tail = _SPELT.get(unit, unit).partition("/")
    if slash:
        tail = _DOT_OF_PER.sub("/", _DOTS.sub("/", tail.replace("(", "").replace(")", "")))
    alone = _IN_BRACKETS.fullmatch(head)
    if alone and not alone[1]:
        head = alone[2]
    return _DOTS.sub("", head) + slash + tail


@lru_cache(maxsize=5_000)
def is_unit(unit: str) -> bool:
    """Return whether a tidy text may be a unit: nothing, or words with slashes between (docs/domain.md)."""
    first, *others = unit.split("/")
    return all(map(_is_word, others)) and (not first or _is_word(first) or _is_bracketed(first))


def _is_bracketed(word: str) -> bool:
    """台（套）: the same thing by two names."""
    found = _IN_BRACKETS.fullmatch(word)
    return found is not None and found[1] in KNOWN_UNITS and found[2] in KNOWN_UNITS


def _is_word(word: str) -> bool:
    if (
        not word
        or word.endswith(_TIME_LIMIT)
        or _VAGUE.search(word)
        or _NUMERAL.match(word.removeprefix("个"))
    ):
        return False
    if word in _LONG_UNITS or _LATIN.fullmatch(word):
        return True
    if word[0] in SHARES:
        return len(word) == 1
    letters = word[0] + word[1:].rstrip("²³")
    return len(word) <= 3 and all(char.isalpha() or char in _SIGNS for char in letters)


@lru_cache(maxsize=5_000)
def agree(one: str, other: str) -> bool:
    """Return whether two units count the same thing: 人次 is 人, 台（套） is 台 and 套, 人/次 is 人次."""
    return bool(_meanings(one) & _meanings(other))


@lru_cache(maxsize=5_000)
def _meanings(unit: str) -> frozenset[str]:
    """Everything that a unit may be called, one name each."""
    head, *per = unit.split("/")
    if per == ["次"] and head in WHOLE_UNITS:
        head, per = head + "次", []
    elif len(per) == 1 and head + per[0] in _EITHER:
        head, per = head + per[0], []
    found = _IN_BRACKETS.fullmatch(head)
    heads = (found[1], found[2], found[1] + found[2]) if found else _EITHER.get(head, (head,))
    tail = "".join("/" + _SAME.get(word, word) for word in sorted(per))
    return frozenset(_SAME.get(word, word) + tail for word in heads)
