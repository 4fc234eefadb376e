"""Sections 一 to 四 and the totals of 五: amounts, shares, and what became more or less than last year."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    PERCENT,
    TAIL,
    Gravity,
    Slip,
    agrees,
    amount_slip,
    in_wan,
    matches,
    percent,
    percent_of,
    plain,
    rate_slips,
    said,
    search,
)
from model.explanation.held.text import Line, Text

_NOT_GRANT = r"(?<!财政拨款)(?<!上年)"
_ALONE = r"(?<!收入[、,和])(?<!收[、,])"  # and not one of 收入、支出总计
_TOTALS = {  # topic: what is said of which cell, wherever it stands in a sentence
    "total": (
        (rf"(?:收|收入).{{0,2}}(?:支|支出)总计(?:各|均)?为?{AMOUNT}", "收、支总计", "t1.in.total"),
        (rf"{_NOT_GRANT}收入总计(?:均)?为?{AMOUNT}", "收入总计", "t1.in.total"),
        (rf"{_NOT_GRANT}{_ALONE}支出总计(?:均)?为?{AMOUNT}", "支出总计", "t1.out.total"),
        (rf"本年收入(?:合计)?为?{AMOUNT}", "本年收入合计", "t1.in.year"),
        (rf"本年支出(?:合计)?为?{AMOUNT}", "本年支出合计", "t1.out.year"),
        (rf"{_NOT_GRANT}年初结转和?结余为?{AMOUNT}", "年初结转和结余", "t1.in.opening"),
        (rf"{_NOT_GRANT}年末结转和?结余为?{AMOUNT}", "年末结转和结余", "t1.out.closing"),
    ),
    "income": ((rf"(?:收入合计|本年收入)为?{AMOUNT}", "本年收入合计", "t2.all.total"),),
    "spending": ((rf"(?:支出合计|本年支出)为?{AMOUNT}", "本年支出合计", "t3.all.total"),),
    "grant": (
        (
            rf"财政拨款(?:收|收入).{{0,2}}(?:支|支出)总计(?:各|均)?为?{AMOUNT}",
            "财政拨款收、支总计",
            "t4.in.total",
        ),
        (rf"财政拨款收入总计(?:均)?为?{AMOUNT}", "财政拨款收入总计", "t4.in.total"),
        (rf"{_ALONE}支出总计(?:均)?为?{AMOUNT}", "财政拨款支出总计", "t4.out.total.total"),
        (rf"一般公共预算财政拨款收入为?{AMOUNT}", "一般公共预算财政拨款收入", "t4.in.general"),
        (rf"政府性基金预算财政拨款收入为?{AMOUNT}", "政府性基金预算财政拨款收入", "t4.in.fund"),
        (rf"国有资本经营预算财政拨款收入为?{AMOUNT}", "国有资本经营预算财政拨款收入", "t4.in.capital"),
        (rf"年初财政拨款结转和?结余为?{AMOUNT}", "年初财政拨款结转和结余", "t4.in.opening"),
        (rf"年末财政拨款结转和?结余为?{AMOUNT}", "年末财政拨款结转和结余", "t4.out.closing.total"),
    ),
    "general": (
        (rf"(?<!占)(?:一般公共预算)?财政拨款支出为?{AMOUNT}", "一般公共预算财政拨款支出", "t5.all.total"),
    ),
    "fund": (
        (rf"[,。;]支出(?:合计|总计)?为?{AMOUNT}", "政府性基金本年支出", "t7.all.spending"),
        (rf"年初结转和?结余为?{AMOUNT}", "年初结转和结余", "t7.all.opening"),
        (rf"(?:本年收入|财政拨款收入)为?{AMOUNT}", "政府性基金本年收入", "t7.all.income"),
        (rf"(?:本年支出|财政拨款支出)为?{AMOUNT}", "政府性基金本年支出", "t7.all.spending"),
        (rf"年末结转和?结余为?{AMOUNT}", "年末结转和结余", "t7.all.closing"),
    ),
    "capital": (
        (rf"国有资本经营预算财政拨款支出为?{AMOUNT}", "国有资本经营预算财政拨款支出", "t8.all.total"),
    ),
}
_LISTS = {
    "income": (
        "t2.all.total",
        {
            "财政拨款收入": "t2.all.fiscal",
            "一般公共预算财政拨款收入": "t4.in.general",
            "政府性基金预算财政拨款收入": "t4.in.fund",
            "国有资本经营预算财政拨款收入": "t4.in.capital",
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
    rf"(增加|减少|增长|下降)了?{AMOUNT}(?:,?(?:同比)?(增长|下降|减少|降低|增加|上升|增幅|降幅)[了为]?{PERCENT})?"
)
_NOW = {"total": "t1.in.total", "grant": "t4.in.total", "general": "t5.all.total", "office": "office"}
_LAST = {  # what each total was last year
    "t1.in.total": "last.total",
    "t4.in.total": "last.grant",
    "t4.out.total.total": "last.grant",
    "t4.in.general": "last.general_income",
    "t4.in.fund": "last.fund_income",
    "t4.in.capital": "last.capital_income",
    "t5.all.total": "last.general",
    "office": "last.office",
}
_NAMED = re.compile(rf"([\u4e00-\u9fa5、“”]{{2,30}}?)[各均]?为?{AMOUNT}")
_PARTS = ("收入", "支出", "经费", "费")
_WHOLE = {  # how a total is named, by topic
    "total": ("总计", "收支"),
    "general": ("财政拨款支出",),
    "office": ("机关运行经费",),
}
_BUDGETED = re.compile(r"(?:年初|全年|比|较|调整)预算|预算数")
_UP = ("增加", "增长", "上升", "增幅")
_REASON_OF = re.compile(r"(增加|减少|增长|下降)的?(?:主要)?原因")
_REASON = ("原因", "主要是", "由于", "主要系")


def totals(text: Text, facts: Facts) -> Iterator[Slip]:
    """Amounts that are a cell of a table."""
    for topic, roles in _TOTALS.items():
        for line in text.of(topic):
            if topic == "general" and line.sub not in ("overall", "structure"):
                continue
            for pattern, name, cell in roles:
                wanted = facts.cell(cell)
                if topic == "fund" and "(类)" in line.text and cell.endswith("spending"):
                    continue  # of one subject
                for match in matches(pattern, line.text) if wanted is not None else ():
                    found = said(match[1], match[2])
                    if wanted is None or agrees(found, wanted):
                        continue
                    yield amount_slip(line.place, name, found, wanted, facts.table(cell))


_NONE = re.compile(rf"((?:[一-龥]{{2,12}}(?:收入|支出)[、和及]?){{2,}})(?:均|都)(?:为|是)(?:{AMOUNT}|零)")
_ZERO = re.compile(r"(?:没有|无)((?:[一-龥]{2,12}(?:收入|支出)[、和及]?)+)")


def nothing(text: Text, facts: Facts) -> Iterator[Slip]:
    """What is said not to be there: 上级补助收入、经营收入均为0万元."""
    for topic, (_, cells) in _LISTS.items():
        for line in text.of(topic):
            stated = [(match[1], said(match[2] or "0", match[3])) for match in matches(_NONE, line.text)]
            stated += [(match[1], said("0", "万元")) for match in matches(_ZERO, line.text)]
            for names, amount in stated:
                for name in re.split(r"[、和及]", names):
                    wanted = facts.cell(cells[name]) if name in cells else None
                    if wanted is not None and not agrees(amount, wanted):
                        yield amount_slip(line.place, name, amount, wanted, facts.table(cells[name]))


_EVEN = re.compile(r"(?<!基本)(?<!大致)(?<!大体)(?<!总体)(?:持平|一致|相同|无变化|没有变化)")
_TO_LAST = re.compile(r"[与同较和比](?:上年|上一年|去年|(20[0-9]{2})年)")
_NEAR = 16  # characters between 与上年 and 持平


def even(text: Text, facts: Facts) -> Iterator[Slip]:
    """与上年持平 is said of what did not change."""
    for topic in _NOW:
        for line in text.of(topic):
            if topic == "general" and line.sub != "overall":
                continue
            for match in matches(_EVEN, line.text):
                start = max(line.text.rfind(mark, 0, match.start()) for mark in "。;") + 1
                clause = line.text[start : match.start()]
                if not _is_to_last(clause, facts.accounts.year):
                    continue
                said_of = line._replace(text=clause)
                if not _is_of_a_part(said_of, topic, len(clause)) and _is_of_the_last(clause, topic):
                    yield from _not_even(line, clause, facts, _cell(said_of, topic, len(clause)))


def _is_to_last(clause: str, year: str) -> bool:
    """Whether the end of a clause compares with the year before, and with no budget."""
    found = matches(_TO_LAST, clause)
    if not found or (found[-1][1] and found[-1][1] == year):
        return False
    behind = clause[found[-1].end() :]
    return len(behind) < _NEAR and "预算" not in behind


def _is_of_the_last(clause: str, topic: str) -> bool:
    """Whether the last amount of a clause is that of a total: else a part of it did not change."""
    amounts = [match.end() for match in matches(AMOUNT, clause) if match[2]]
    ends = [match.end() for pattern, *_ in _TOTALS.get(topic, ()) for match in matches(pattern, clause)]
    return topic not in _TOTALS or not amounts or amounts[-1] in ends


def _not_even(line: Line, clause: str, facts: Facts, cell: str) -> Iterator[Slip]:
    last = facts.field(_LAST[cell]) if cell in _LAST else None
    now = _amount(line._replace(text=clause), facts, cell, len(clause))
    if last is not None and now is not None and abs(last - now) > TAIL:
        message = f"写的是持平，上年 {plain(last)} 万元，本年 {plain(now)} 万元，请核对。"
        yield Slip("N-DIRECTION", "error", line.place, message)


def lists(text: Text, facts: Facts) -> Iterator[Slip]:
    """What income and spending consist of: each amount, each share, and no share left out."""
    for topic, (whole_cell, cells) in _LISTS.items():
        for line in text.of(topic):
            yield from _list(line, facts, whole_cell, cells)


def _list(line: Line, facts: Facts, whole_cell: str, cells: dict[str, str]) -> Iterator[Slip]:
    whole = facts.cell(whole_cell) or _stated_whole(line)
    names = "|".join(cells)
    begin = r"(?:(?<![\u4e00-\u9fa5])|(?<=其中))"
    found = list(matches(rf"{begin}({names})(?:为)?{AMOUNT}(?:,?{_SHARE})?", line.text))
    with_share = sum(1 for match in found if match[4])
    for match in found:
        name, amount = match[1], said(match[2], match[3])
        wanted = facts.cell(cells[name])
        if wanted is not None and not agrees(amount, wanted):
            yield amount_slip(line.place, name, amount, wanted, facts.table(cells[name]))
        part = wanted if wanted is not None else in_wan(amount)
        exact = percent_of(part, whole) if whole else None
        if match[4] is None and with_share and part and exact is not None:
            yield Slip("N-SHARE", "error", line.place, f"{name}没有写占比，应为 {percent(exact)}。")
        elif whole and match[4]:
            yield from rate_slips("N-SHARE", line.place, f"{name}占比", said(match[4], match[5]), part, whole)


def _stated_whole(line: Line) -> Decimal | None:
    match = search(rf"合计为?{AMOUNT}", line.text)
    return in_wan(said(match[1], match[2])) if match else None


def shares(text: Text, facts: Facts) -> Iterator[Slip]:
    """占本年支出合计的 … in section 五."""
    part, whole = facts.cell("t5.all.total"), facts.cell("t3.all.total")
    if part is None or not whole:
        return
    for line in text.of("general"):
        for match in matches(rf"占本年支出(?:合计|总额)?的?{PERCENT}", line.text):
            found = said(match[1], match[2])
            yield from rate_slips("N-SHARE", line.place, "占本年支出合计", found, part, whole)


def changes(text: Text, facts: Facts) -> Iterator[Slip]:
    """More or less than last year: amount, growth, direction and reason agree."""
    for topic in _NOW:
        for line in text.of(topic):
            if topic == "general" and line.sub != "overall":
                continue
            for match in matches(_CHANGE, line.text):
                yield from _change(text, line, match, facts, topic)
            yield from _reasons(line)


def _reasons(line: Line) -> Iterator[Slip]:
    """减少的主要原因 is given for what became less."""
    for match in matches(_REASON_OF, line.text):
        before = [
            one for one in _CHANGE.finditer(line.text, 0, match.start()) if in_wan(said(one[2], one[3]))
        ]
        if before and (before[-1][1] in _UP) != (match[1] in _UP):
            message = f"写的是“{before[-1][1]}”，原因写的是“{match[0]}”，请核对。"
            yield Slip("N-DIRECTION", "error", line.place, message)


def _change(text: Text, line: Line, match: re.Match[str], facts: Facts, topic: str) -> Iterator[Slip]:
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
    if _BUDGETED.search(re.split(r"[,。;]", line.text[: match.start()])[-1]):
        return  # more or less than the budget, not than last year
    if _is_of_a_part(line, topic, match.start()):
        return
    cell = _cell(line, topic, match.start())
    now = _amount(line, facts, cell, match.start())
    if cell in _LAST and (topic == "grant" or _is_first(line, match)):
        yield from _against_last(line, match, now, facts.field(_LAST[cell]))
    if not any(word in text.with_next(line) for word in _REASON):
        yield Slip("N-REASON", "warning", line.place, "有增减，没有写主要原因。")
    if match[5] is None or now is None:
        return
    base = now - change if is_up else now + change
    exact = percent_of(change, base)
    if exact is None:
        yield Slip("N-ZERO-BASE", "error", line.place, f"上年数是 0，不能写{match[4]} {match[5]}%。")
    else:
        yield from rate_slips("N-GROWTH", line.place, match[4], said(match[5], match[6]), change, base)


def _is_of_a_part(line: Line, topic: str, before: int) -> bool:
    """Whether not the total changed but something named behind it: 其中财政拨款收入80万元，增加2万元."""
    named = matches(_NAMED, line.text[:before])
    name = named[-1][1] if named else ""
    return topic in _WHOLE and name.endswith(_PARTS) and not any(word in name for word in _WHOLE[topic])


def _is_first(line: Line, match: re.Match[str]) -> bool:
    """Whether it is the change of the topic itself, and not of a part of it further down."""
    return search(_CHANGE, line.text) == match or _CHANGE.search(line.text, 0, match.start()) is None


def _cell(line: Line, topic: str, before: int) -> str:
    """What changed: the last total before the change in the sentence; "" where none is named."""
    if topic != "grant":
        return _NOW[topic]
    said_before = line.text[:before]
    found = [
        (match.start(), cell)
        for pattern, _, cell in _TOTALS["grant"]
        for match in matches(pattern, said_before)
    ]
    return max(found)[1] if found else ""


def _amount(line: Line, facts: Facts, cell: str, before: int) -> Decimal | None:
    """The amount that changed, as its table has it, else as the sentence says it."""
    if not cell:
        return None
    known = facts.field(cell) if cell == "office" else facts.cell(cell)
    return known if known is not None else _stated(line, 0, before)


def _stated(line: Line, start: int, end: int) -> Decimal | None:
    match = search(rf"(?:总计|支出|收入)(?:各|均)?为?{AMOUNT}", line.text[start:end])
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
        gravity: Gravity = "note" if abs(in_wan(amount) - abs(now - last)) <= TAIL else "error"
        yield Slip("N-GROWTH", gravity, line.place, f"{match[1]}写的是 {amount.text}，{right}。")


CHECKS = (totals, nothing, lists, shares, changes, even)
