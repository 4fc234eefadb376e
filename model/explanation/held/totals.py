"""Sections 一 to 四 and the totals of 五: amounts, shares, and what became more or less than last year."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    PERCENT,
    Slip,
    agrees,
    in_wan,
    percent,
    percent_of,
    plain,
    said,
    shows,
)
from model.explanation.held.text import Line, Text

_TOTALS = {  # topic: what is said of which cell
    "total": ((rf"(?:收|收入).{{0,2}}(?:支|支出)总计(?:各|均)?为?{AMOUNT}", "收、支总计", "t1.in.total"),),
    "income": ((rf"收入合计为?{AMOUNT}", "本年收入合计", "t2.all.total"),),
    "spending": ((rf"支出合计为?{AMOUNT}", "本年支出合计", "t3.all.total"),),
    "grant": (
        (
            rf"财政拨款(?:收|收入).{{0,2}}(?:支|支出)总计(?:各|均)?为?{AMOUNT}",
            "财政拨款收、支总计",
            "t4.in.total",
        ),
        (rf"一般公共预算财政拨款收入为?{AMOUNT}", "一般公共预算财政拨款收入", "t4.in.general"),
        (rf"政府性基金预算财政拨款收入为?{AMOUNT}", "政府性基金预算财政拨款收入", "t4.in.fund"),
        (rf"国有资本经营预算财政拨款收入为?{AMOUNT}", "国有资本经营预算财政拨款收入", "t4.in.capital"),
    ),
    "general": (
        (rf"(?<!占)(?:一般公共预算)?财政拨款支出为?{AMOUNT}", "一般公共预算财政拨款支出", "t5.all.total"),
    ),
    "fund": (
        (rf"年初结转和结余为?{AMOUNT}", "年初结转和结余", "t7.all.opening"),
        (rf"本年收入为?{AMOUNT}", "政府性基金本年收入", "t7.all.income"),
        (rf"本年支出为?{AMOUNT}", "政府性基金本年支出", "t7.all.spending"),
        (rf"年末结转和结余为?{AMOUNT}", "年末结转和结余", "t7.all.closing"),
    ),
}
_LISTS = {
    "income": (
        "t2.all.total",
        {
            "财政拨款收入": "t2.all.fiscal",
            "上级补助收入": "t2.all.superior",
            "事业收入": "t2.all.business",
            "经营收入": "t2.all.operating",
            "附属单位上缴收入": "t2.all.subsidiary",
            "其他收入": "t2.all.other",
        },
    ),
    "spending": (
        "t3.all.total",
        {
            "基本支出": "t3.all.basic",
            "项目支出": "t3.all.project",
            "上缴上级支出": "t3.all.to_superior",
            "经营支出": "t3.all.operating",
            "对附属单位补助支出": "t3.all.to_subsidiary",
        },
    ),
}
_SHARE = rf"占[^0-9。;]{{0,14}}?{PERCENT}"
_CHANGE = re.compile(
    rf"(增加|减少|增长|下降)了?{AMOUNT}(?:,?(?:同比)?(增长|下降|减少|降低|增加|上升)了?{PERCENT})?"
)
_NOW = {  # what changed, by topic: the cell, and what last year's is called
    "total": ("t1.in.total", "last.total"),
    "grant": ("t4.in.total", "last.grant"),
    "general": ("t5.all.total", "last.general"),
    "office": ("office", "last.office"),
}
_UP = ("增加", "增长", "上升")
_REASON = ("原因", "主要是", "由于", "主要系")


def totals(text: Text, facts: Facts) -> Iterator[Slip]:
    """Amounts that are a cell of a table."""
    for topic, roles in _TOTALS.items():
        for line in text.of(topic):
            if topic == "general" and line.sub not in ("overall", "structure"):
                continue
            for pattern, name, cell in roles:
                wanted = facts.cell(cell)
                match = re.search(pattern, line.text)
                if match is None or wanted is None:
                    continue
                found = said(match[1], match[2])
                if not agrees(found, wanted):
                    yield amount_slip(line.place, name, found.text, wanted, _table(cell))


def amount_slip(place: str, name: str, text: str, wanted: Decimal, table: str) -> Slip:
    """An amount that is not that of its table."""
    message = f"{name}写的是 {text}，{table}是 {plain(wanted)} 万元，请核对。"
    return Slip("N-AMOUNT", "error", place, message)


def _table(cell: str) -> str:
    return f"表{cell[1]}"


def lists(text: Text, facts: Facts) -> Iterator[Slip]:
    """What income and spending consist of: each amount, each share, and no share left out."""
    for topic, (whole_cell, cells) in _LISTS.items():
        for line in text.of(topic):
            yield from _list(line, facts, whole_cell, cells)


def _list(line: Line, facts: Facts, whole_cell: str, cells: dict[str, str]) -> Iterator[Slip]:
    whole = facts.cell(whole_cell) or _stated_whole(line)
    names = "|".join(cells)
    found = list(re.finditer(rf"(?<![\u4e00-\u9fa5])({names})(?:为)?{AMOUNT}(?:,?{_SHARE})?", line.text))
    with_share = sum(1 for match in found if match[4])
    for match in found:
        name, amount = match[1], said(match[2], match[3])
        wanted = facts.cell(cells[name])
        if wanted is not None and not agrees(amount, wanted):
            yield amount_slip(line.place, name, amount.text, wanted, _table(whole_cell))
        part = wanted if wanted is not None else in_wan(amount)
        exact = percent_of(part, whole) if whole else None
        if match[4] is None and with_share and part and exact is not None:
            yield Slip("N-SHARE", "error", line.place, f"{name}没有写占比，应为 {percent(exact)}。")
        elif whole and match[4] and exact is not None and not shows(said(match[4], match[5]), exact):
            message = f"{name}占比写的是 {match[4]}%，{plain(part)}÷{plain(whole)}＝{percent(exact)}。"
            yield Slip("N-SHARE", "error", line.place, message)


def _stated_whole(line: Line) -> Decimal | None:
    match = re.search(rf"合计为?{AMOUNT}", line.text)
    return in_wan(said(match[1], match[2])) if match else None


def shares(text: Text, facts: Facts) -> Iterator[Slip]:
    """占本年支出合计的 … in section 五."""
    part, whole = facts.cell("t5.all.total"), facts.cell("t3.all.total")
    if part is None or not whole:
        return
    exact = percent_of(part, whole)
    for line in text.of("general"):
        for match in re.finditer(rf"占本年支出合计的?{PERCENT}", line.text):
            if exact is not None and not shows(said(match[1], match[2]), exact):
                message = (
                    f"占本年支出合计写的是 {match[1]}%，{plain(part)}÷{plain(whole)}＝{percent(exact)}。"
                )
                yield Slip("N-SHARE", "error", line.place, message)


def changes(text: Text, facts: Facts) -> Iterator[Slip]:
    """More or less than last year: amount, growth, direction and reason agree."""
    for topic in _NOW:
        for line in text.of(topic):
            if topic == "general" and line.sub != "overall":
                continue
            for match in _CHANGE.finditer(line.text):
                yield from _change(line, match, facts, topic)


def _change(line: Line, match: re.Match[str], facts: Facts, topic: str) -> Iterator[Slip]:
    amount = said(match[2], match[3])
    change, is_up = in_wan(amount), match[1] in _UP
    if match[3] is None and line.text[match.end(2) : match.end(2) + 1] in ("%", "个", "人", "辆"):
        return
    if not change:
        message = f"写的是{match[1]} 0 万元，没有变化应写“持平”。"
        yield Slip("N-DIRECTION", "note", line.place, message)
        return
    if match[4] and (match[4] in _UP) != is_up:
        yield Slip("N-DIRECTION", "error", line.place, f"“{match[1]}”与“{match[4]}”方向相反，请核对。")
    now, last = _now(line, facts, topic, match.start()), None
    if _is_first(line, match):
        last = facts.field(_NOW[topic][1])
        yield from _against_last(line, match, now, last)
    if not any(word in line.text for word in _REASON):
        yield Slip("N-REASON", "warning", line.place, "有增减，没有写主要原因。")
    if match[5] is None or now is None:
        return
    base = now - change if is_up else now + change
    exact = percent_of(change, base)
    if exact is None:
        yield Slip("N-ZERO-BASE", "error", line.place, f"上年数是 0，不能写{match[4]} {match[5]}%。")
    elif not shows(said(match[5], match[6]), exact):
        message = f"{match[4]}写的是 {match[5]}%，{plain(change)}÷{plain(base)}＝{percent(exact)}。"
        yield Slip("N-GROWTH", "error", line.place, message)


def _is_first(line: Line, match: re.Match[str]) -> bool:
    """Whether it is the change of the topic itself, and not of a part of it further down."""
    return _CHANGE.search(line.text) == match or _CHANGE.search(line.text, 0, match.start()) is None


def _now(line: Line, facts: Facts, topic: str, before: int) -> Decimal | None:
    """The amount that changed: the last total before the change in the sentence, as its table has it."""
    if topic == "grant":
        roles = [(pattern, cell) for pattern, _, cell in _TOTALS["grant"]]
        found = [
            (m.start(), cell) for pattern, cell in roles for m in re.finditer(pattern, line.text[:before])
        ]
        if found:
            return facts.cell(max(found)[1]) or _stated(line, max(found)[0], before)
        return None
    cell = _NOW[topic][0]
    known = facts.field(cell) if topic == "office" else facts.cell(cell)
    return known if known is not None else _stated(line, 0, before)


def _stated(line: Line, start: int, end: int) -> Decimal | None:
    match = re.search(rf"(?:总计|支出|收入)(?:各|均)?为?{AMOUNT}", line.text[start:end])
    return in_wan(said(match[1], match[2])) if match else None


def _against_last(
    line: Line, match: re.Match[str], now: Decimal | None, last: Decimal | None
) -> Iterator[Slip]:
    if now is None or last is None:
        return
    amount, is_up = said(match[2], match[3]), match[1] in _UP
    if now == last or (now > last) != is_up:
        right = "持平" if now == last else "增加" if now > last else "减少"
        message = f"写的是“{match[1]}”，上年 {plain(last)} 万元，本年 {plain(now)} 万元，应为“{right}”。"
        yield Slip("N-DIRECTION", "error", line.place, message)
    elif not agrees(amount, abs(now - last)):
        right = f"上年 {plain(last)}，本年 {plain(now)}，应为 {plain(abs(now - last))} 万元"
        message = f"{match[1]}写的是 {amount.text}，{right}。"
        yield Slip("N-GROWTH", "error", line.place, message)


CHECKS = (totals, lists, shares, changes)
