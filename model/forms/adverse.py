"""Names that say what must not happen: 投诉率, 安全事故发生起数; not 投诉处理率, nor 零事故."""

import re
from functools import lru_cache

# How such a thing is counted: the name ends with it. 投诉处理率 ends otherwise, and is wanted.
_COUNTED = (
    "发生率 发生数 发生次数 发生起数 次数 起数 件数 人数 数量 责任事件 事件 案件 问题 现象 情况 时间 时长 "
    "天数 金额 比例 占比 比率 率 数 量 次"
).split()
_ABSENT = re.compile("无(?!线|人|障碍|纸|害|形|偿)|零(?!售|件|星|工|散)|未(?!成年|来)")  # 零事故
_FOUGHT = (
    "没有 杜绝 防止 避免 减少 降低 消除 遏制 防范 预防 查处 整改 处置 处理 受理 化解 解决 办结 "
    "排查 治理 打击 下降"
).split()
_LONGEST = 300  # characters; what is longer names nothing
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


@lru_cache(maxsize=20_000)
def is_adverse(name: str, words: tuple[str, ...]) -> bool:
    """Return whether a name ends with one of the words (流失, 投诉 …), counted somehow, and not denied."""
    if not words or len(name) > _LONGEST:
        return False
    bare = "".join(_BRACKETS.sub("", name).split()).rstrip("。.；;：:")
    found = _pattern(words).fullmatch(bare)
    if found is None:
        return False
    before = found["before"]
    return not _ABSENT.search(before) and not any(word in before for word in _FOUGHT)


@lru_cache(maxsize=16)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    named, counted = ("|".join(map(re.escape, each)) for each in (words, _COUNTED))
    return re.compile(rf"(?P<before>.*?)(?:{named})+(?:{counted}){{0,3}}")
