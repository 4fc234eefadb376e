"""Sections 十 to 十二: office costs, procurement and cars."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    COUNT,
    PERCENT,
    Said,
    Slip,
    agrees,
    amount_slip,
    in_wan,
    percent_of,
    plain,
    rate_slips,
    said,
    search,
)
from model.explanation.held.text import Line, Text

_KINDS = (("货物", "goods"), ("工程", "works"), ("服务", "services"))
_OTHER_CARS = re.compile(r"其他用车(?:主要)?(?:是|为|用于|包括)[^;。]*")  # says of what kind they are
_CARS = re.compile(r"([\u4e00-\u9fa5()]{2,16}用车)([0-9]*)辆")
_BOUGHT = re.compile(rf"采购(?:支出总额|支出合计|金额(?:\([^)]*\))?)(?:为)?{AMOUNT}")
_WON = (r"面向中小企业预留的?政府采购项目中", r"其他政府采购项目中")
_TAIL = Decimal("0.01")


def _of(pattern: re.Pattern[str], text: str) -> Said | None:
    match = search(pattern, text)
    return said(match[1], match[2]) if match else None


def office(text: Text, facts: Facts) -> Iterator[Slip]:
    """机关运行经费 is never more than the running costs of 表6."""
    running = facts.cell("t6.running")
    for line in text.of("office"):
        found = _of(re.compile(rf"机关运行经费(?:支出)?(?:为)?{AMOUNT}"), line.text)
        typed = facts.field("office")
        if found is not None and typed is not None and not agrees(found, typed):
            yield amount_slip(line.place, "机关运行经费", found, typed, "填报的数")
        elif found is not None and running is not None and in_wan(found) > running + _TAIL:
            message = f"机关运行经费 {found.text}，大于表6 公用经费合计 {plain(running)} 万元。"
            yield Slip("N-OFFICE", "warning", line.place, message)


def procurement(text: Text, facts: Facts) -> Iterator[Slip]:
    """政府采购: the kinds add up, small firms are part of it, and no share of nothing."""
    for line in text.of("buy"):
        total = _of(_BOUGHT, line.text)
        kinds = {
            kind: _of(re.compile(rf"(?:政府采购)?{kind}(?:采购)?(?:支出|金额){AMOUNT}"), line.text)
            for kind, _ in _KINDS
        }
        known = [in_wan(amount) for amount in kinds.values() if amount is not None]
        if total is not None and len(known) == len(kinds):
            yield from _kinds(line, total, sum(known, Decimal(0)), len(known))
        if total is not None:
            yield from _small(line, total)
        for kind, key in _KINDS:
            amount, typed = kinds[kind], facts.field(f"buy_{key}")
            if amount is not None and typed is not None and not agrees(amount, typed):
                yield amount_slip(line.place, f"政府采购{kind}支出", amount, typed, "填报的数")
        for kind, key in _KINDS:
            yield from _kind_share(line, kind, kinds[kind], facts.field(f"sme_{key}"))


def _kinds(line: Line, total: Said, added: Decimal, count: int) -> Iterator[Slip]:
    off = abs(in_wan(total) - added)
    if off:
        gravity = "note" if off <= _TAIL * ((count + 1) // 2) else "error"
        message = f"货物、工程、服务之和是 {plain(added)}，总额写的是 {total.text}。"
        yield Slip("N-BUY-SUM", "note" if gravity == "note" else "error", line.place, message)


def _small(line: Line, total: Said) -> Iterator[Slip]:
    sme = _of(re.compile(rf"授予中小企业合同金额{AMOUNT}"), line.text)
    micro = _of(re.compile(rf"授予小微企业合同金额{AMOUNT}"), line.text)
    pairs = (
        ("中小企业合同金额", sme, total, rf"授予中小企业合同金额[^占。;]*占政府采购支出总额的?{PERCENT}"),
        ("小微企业合同金额", micro, sme, rf"授予小微企业合同金额[^占。;]*占授予中小企业合同金额的?{PERCENT}"),
        ("小微企业合同金额", micro, total, rf"授予小微企业合同金额[^占。;]*占政府采购支出总额的?{PERCENT}"),
    )
    for name, part, whole, pattern in pairs:
        if part is None or whole is None:
            continue
        if in_wan(part) > in_wan(whole):
            yield Slip("N-BUY-SME", "warning", line.place, f"{name} {part.text}，大于 {whole.text}，请核对。")
        share, exact = search(pattern, line.text), percent_of(in_wan(part), in_wan(whole))
        if share and exact is None:
            yield Slip("N-ZERO-BASE", "error", line.place, f"{name}占比的分母是 0，不能写 {share[1]}%。")
        elif share:
            found = said(share[1], share[2])
            yield from rate_slips("N-SHARE", line.place, f"{name}占比", found, in_wan(part), in_wan(whole))


def _kind_share(line: Line, kind: str, amount: Said | None, small: Decimal | None) -> Iterator[Slip]:
    share = search(rf"占{kind}支出金额的?{PERCENT}", line.text)
    if share and amount is not None and not amount.value:
        message = f"{kind}支出是 0，不能写占{kind}支出金额的 {share[1]}%。"
        yield Slip("N-ZERO-BASE", "error", line.place, message)
    elif share and amount is not None and small is not None:
        found = said(share[1], share[2])
        yield from rate_slips("N-SHARE", line.place, f"{kind}占比", found, small, in_wan(amount))


def cars(text: Text, facts: Facts) -> Iterator[Slip]:
    """国有资产: every kind of car has a number, and they add up."""
    for line in text.of("assets"):
        total = search(rf"共有(?:公务用)?车辆{COUNT}辆", line.text)
        if total is None:
            continue
        listed = _OTHER_CARS.sub("", line.text[total.end() :])
        kinds = _CARS.findall(listed)
        empty = [name for name, count in kinds if not count]
        if gap := re.findall(r"([\u4e00-\u9fa5()]{2,16}用车)辆", line.text):
            empty = list(dict.fromkeys([*empty, *gap]))
        for name in empty:
            yield Slip("N-CARS", "error", line.place, f"{name}没有写数量。")
        counts = [int(count) for _, count in kinds if count]
        if counts and not empty and sum(counts) != int(total[1]):
            message = f"各类车辆之和是 {sum(counts)} 辆，总数写的是 {total[1]} 辆。"
            yield Slip("N-CARS", "error", line.place, message)
        kept = _kept(text)
        if kept is not None and kept > int(total[1]):
            message = f"“三公”部分写的保有量 {kept} 辆，大于车辆总数 {total[1]} 辆。"
            yield Slip("N-CARS-KEPT", "warning", line.place, message)


def equipment(text: Text, facts: Facts) -> Iterator[Slip]:
    """单价100万元以上设备: as many as are typed."""
    typed = number.parse_number(facts.accounts.field("equipment") or "")
    for line in text.of("assets"):
        match = search(
            rf"单价?100万元(?:\(含\))?(?:及?以上)?(?:\(含\))?(?:的)?(?:专用|通用)?设备(?:\([^)]*\))?(?:共)?{COUNT}台",
            line.text,
        )
        if match and typed is not None and Decimal(match[1]) != typed:
            message = f"单价100万元以上设备写的是 {match[1]}，填报的是 {number.plain(typed)}，请核对。"
            yield Slip("N-CARS", "warning", line.place, message)


def reserved(text: Text, facts: Facts) -> Iterator[Slip]:
    """What small firms won of reserved and of other procurement is never more than all of it."""
    lines = list(text.of("buy"))
    total = next((found for line in lines if (found := _of(_BOUGHT, line.text))), None)
    for line in lines:
        won = [_of(re.compile(rf"{words}[^。;]*?采购金额{AMOUNT}"), line.text) for words in _WON]
        if total is None or any(one is None for one in won):
            continue
        added = sum((in_wan(one) for one in won if one), Decimal(0))
        if added > in_wan(total):
            message = f"由中小企业中标或成交的金额之和 {plain(added)}，大于采购总额 {total.text}，请核对。"
            yield Slip("N-BUY-SME", "warning", line.place, message)


def _kept(text: Text) -> int | None:
    for line in text.of("sg"):
        if match := search(rf"保有量(?:为)?{COUNT}辆", line.text):
            return int(match[1])
    return None


CHECKS = (office, procurement, reserved, cars, equipment)
