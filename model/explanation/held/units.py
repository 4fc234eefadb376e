"""Every amount of an explanation has its 万元, every rate its %, and all rates the same decimals."""

import re
from collections import Counter
from collections.abc import Iterator

from model.explanation.held.facts import Facts
from model.explanation.held.slip import DONE, Slip, matches
from model.explanation.held.text import Text

MONEY = tuple("total income spending grant general basic fund capital sg office buy".split())
_COUNTED = "元人余名件册字亩平吨千公条户辆台次个份张多里枚株只块头套"  # 1.2万人 is no amount
_NO_UNIT = re.compile(rf"(?<![0-9])([0-9]+(?:\.[0-9]+)?)万(?![{_COUNTED}])")
_END = r"(?=,(?![0-9])|[。;、)(:”]|$)"
_NAMED = (
    r"(?:支出|收入|经费|费用?|资金|金额|总额|总计|合计|决算数?|预算数?|执行数|拨款|结余|工资|补贴"
    r"|奖金|公积金|增加|减少)"
)
_BARE = (
    re.compile(rf"(?<!率){_NAMED}(?:各|均)?(?:为|是|共|:)?([0-9][0-9,]*\.[0-9]{{1,2}}){_END}"),
    re.compile(rf"(?:\((?:类|项)\)”?|[一-龥]\(|\)为)(?:支出)?([0-9][0-9,]*\.[0-9]{{2}}){_END}"),
    re.compile(rf"(?<![率幅占长降的重了分])(?<=[一-龥])([0-9][0-9,]*\.[0-9]{{2}}){_END}"),
    re.compile(rf"(?<!完成)(?<!完成年初)(?:预算|决算)(?:数)?(?:为|是)?([0-9][0-9,]*){_END}"),
    re.compile(rf"(?:支出|收入|经费|费|金额|总额|总计|合计)(?:均|各)?为?([0-9][0-9,]*){_END}"),
)
_AFTER_FUNDS = r"(?:资金|预算数?为?|执行数?为?|预算金额)([0-9][0-9,]*(?:\.[0-9]+)?)"
_FUNDS = re.compile(_AFTER_FUNDS + _END)
_FUNDS_WAN = re.compile(rf"{_AFTER_FUNDS}万(?![{_COUNTED}])")
_STOPS = (",", "。", ";", "、", ")", "")
_RATED = r"(?:占[^0-9。;,]{0,14}?|占比为?|比重为?|增长|下降|增幅为?|降幅为?|预算执行率为?|完成率为?)"
_NO_PERCENT = re.compile(rf"{_RATED}([0-9]+(?:\.[0-9]+)?){_END}")
_DONE = re.compile(DONE)
_PERCENT = re.compile(r"(?<![0-9])[0-9]+(?:\.([0-9]+))?%")
_YUAN = re.compile(r"(?<![0-9])([0-9]{4,}(?:\.[0-9]+)?)元")


def units(text: Text, facts: Facts) -> Iterator[Slip]:
    """Every amount has 万元."""
    for line in text.of(*MONEY, "performance"):
        is_performance = line.topic == "performance"
        for match in (_FUNDS_WAN if is_performance else _NO_UNIT).finditer(line.text):
            yield Slip("N-UNIT", "error", line.place, f"“{match[1]}万”应写“{match[1]}万元”。")
        seen: set[int] = set()
        for pattern in (_FUNDS,) if is_performance else _BARE:
            for match in matches(pattern, line.text):
                if match.start(1) not in seen:
                    seen.add(match.start(1))
                    yield _bare(line.place, match)
        for match in matches(_YUAN, line.text):
            yield Slip("N-UNIT", "note", line.place, f"“{match[0]}”与别处的“万元”不同，建议统一。")


def _bare(place: str, match: re.Match[str]) -> Slip:
    is_zero = not match[1].strip("0.,")  # 年初预算为0, is usual and says enough
    return Slip("N-UNIT", "note" if is_zero else "error", place, f"“{match[0]}”后面没有写“万元”。")


def percents(text: Text, facts: Facts) -> Iterator[Slip]:
    """Every rate has %, and all of them the same decimals."""
    for line in text.lines:
        if line.topic in ("", "terms"):
            continue
        for match in matches(_NO_PERCENT, line.text):
            yield Slip("N-PERCENT", "error", line.place, f"“{match[0]}”后面没有写“%”。")
        for match in matches(_DONE, line.text):
            if match[2] is None and line.text[match.end() : match.end() + 1] in (
                ",",
                "。",
                ";",
                "、",
                ")",
                "",
            ):
                yield Slip("N-PERCENT", "error", line.place, f"“{match[0]}”后面没有写“%”。")
    shown = [(line, match) for line in text.of(*MONEY) for match in matches(_PERCENT, line.text)]
    counts = Counter(len(match[1] or "") for _, match in shown)
    if len(shown) < 4 or len(counts) < 2:
        return
    usual = counts.most_common(1)[0][0]
    for line, match in shown:
        if len(match[1] or "") != usual:
            yield Slip(
                "N-DECIMALS", "note", line.place, f"{match[0]} 与别处的小数位不同，别处是 {usual} 位。"
            )


CHECKS = (units, percents)
