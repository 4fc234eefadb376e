"""三公: each kind as in 表9, its rate, its share, what became more or less, and the counts with it."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    COUNT,
    DONE,
    PERCENT,
    TAIL,
    Gravity,
    Said,
    Slip,
    agrees,
    amount_slip,
    in_wan,
    matches,
    plain,
    rate_slips,
    said,
    search,
)
from model.explanation.held.text import Line, Text

_KINDS = (  # what a sentence speaks of: the first that fits; the key of the columns of 表9
    (r"因公出国", "abroad", "因公出国（境）费"),
    (r"公务用车购置及运行", "car", "公务用车购置及运行费"),
    (r"公务用车购置(?:费|支出)", "car_purchase", "公务用车购置费"),
    (r"公务用车运行", "car_running", "公务用车运行费"),
    (r"公务接待", "reception", "公务接待费"),
    (r"(?<!占)(?<!占“)三公", "total", "“三公”经费"),
)
_BUDGET = re.compile(
    rf"(?<!完成)(?<!完成年初)(?<!占)(?<!为年初)(?<!全年)(?:年初)?预算(?:数|安排)?(?:为|是)?{AMOUNT}"
    rf"|完成(?:年初)?预算(?:数)?{AMOUNT}(?<=元)的"
)
_FINAL = re.compile(rf"(?:支出)?决算(?:数)?(?:为|是)?{AMOUNT}")
_SPENT = re.compile(
    rf"(?:出国\(境\)费?|购置费?|(?<!车均)(?<!单车)运行(?:维护)?费?|接待费?|实际发生)(?:支出)?(?:为)?{AMOUNT}(?<=元)"
)
_MOVED = re.compile(rf"(增加|减少){AMOUNT},?(?:同比)?(增长|下降|减少|增加|降低)了?{PERCENT}")
_TO_BUDGET = re.compile(rf"[比较](?:年初)?预算(?:数)?(增加|减少|节约|下降|增长|超支)了?{AMOUNT}(?<=元)")
_COMPARED = re.compile(r"决算数?(大于|小于|等于|多于|少于|高于|低于)(?:年初)?预算数?")
_EVEN = re.compile(r"[与和同](?:年初)?预算(?:数)?(?:持平|一致|相同)")
_DONE = re.compile(DONE)
_SHARE = re.compile(rf"占(?:比)?为?(?:[^0-9。;,]{{0,4}}三公[^0-9。;,预]*)?{PERCENT}")
_WHY = re.compile(r"原因|主要是|由于|因为|因此|为了|严格|压减|厉行")
_UP, _OVER = ("增加", "增长", "超支"), ("大于", "多于", "高于")
_RECEIVED = re.compile(
    rf"接待[^0-9。;,:]{{0,10}}?{COUNT}(?:个)?批次?(?:[、,及和](?:共计?|累计)?{COUNT}人次?)?"
)
_FOREIGN = re.compile(r"国内|外宾|外事|境\)?外|国外")
_COUNTS = (  # of which field, by the words around it
    ("cars_kept", rf"保有量(?:为)?{COUNT}[辆台]", "公务用车保有量"),
    (
        "car_purchased",
        rf"(?:购置|更新)(?:\(更新\)|及更新)?(?:公务用车|车辆|数量|数)?(?:为)?{COUNT}[辆台]",
        "公务用车购置数",
    ),
    ("abroad_groups", rf"团组(?:数)?(?:为)?{COUNT}[个次]", "因公出国（境）团组"),
    ("abroad_people", rf"团组[^。;]{{0,12}}?[,、](?:累计|共计?|参加)?{COUNT}人次?", "因公出国（境）人次"),
)
_WANTED = (  # an amount of which kind wants which counts
    ("abroad", r"团组[^。;]{0,6}[0-9]|[0-9]+个[^。;]{0,8}团", "团组数和人次", "因公出国（境）费"),
    ("car_running", r"[0-9]+[辆台]", "公务用车保有量", "公务用车运行费"),
    ("reception", r"[0-9]+(?:个|余)?(?:批|次)", "接待批次和人次", "公务接待费"),
)


def sangong(text: Text, facts: Facts) -> Iterator[Slip]:
    """三公: each kind as in 表9; no percentage of a budget of 0."""
    for line in text.of("sg"):
        for sentence in re.split(r"[。;]", line.text):
            for key, name, part in _spoken_of(sentence):
                yield from _amounts(line, part, key, name, facts)
                yield from _moved(line, part, key, name, facts)
                yield from _beside_budget(line, part, key, name, facts)
                yield from _share(line, part, key, name, facts)
        yield from _counts(line, facts)
        yield from _running(line, facts)
        yield from _received(line, facts)


def _spoken_of(sentence: str) -> Iterator[tuple[str, str, str]]:
    """Yield each kind that a sentence names, with what it says from there to the next one."""
    found = sorted(
        (match.start(), key, name) for words, key, name in _KINDS for match in matches(words, sentence)
    )
    for n, (start, key, name) in enumerate(found):
        end = found[n + 1][0] if n + 1 < len(found) else len(sentence)
        yield key, name, sentence[0 if n == 0 else start : end]


def _amounts(line: Line, part: str, key: str, name: str, facts: Facts) -> Iterator[Slip]:
    budget, final = _first(_BUDGET, part), _first(_FINAL, part) or _first(_SPENT, part)
    wanted = {kind: facts.cell(f"t9.{kind}.{key}") for kind in ("budget", "final")}
    for kind, figure, word in (("budget", budget, "预算"), ("final", final, "决算")):
        cell = wanted[kind]
        if figure is not None and cell is not None and not agrees(figure, cell):
            slip = amount_slip(line.place, f"{name}{word}", figure, cell, "“三公”经费表")
            yield slip._replace(rule="N-SANGONG", gravity="warning" if not cell else slip.gravity)
    done = search(_DONE, part)
    if done is None:
        return
    base = wanted["budget"] if wanted["budget"] is not None else in_wan(budget) if budget else None
    amount = wanted["final"] if wanted["final"] is not None else in_wan(final) if final else None
    if base is not None and not base:
        yield Slip("N-ZERO-BASE", "error", line.place, f"{name}预算是 0，不能写完成预算的 {done[1]}%。")
    elif base is not None and amount is not None:
        yield from rate_slips("N-RATE", line.place, f"{name}完成预算", said(done[1], done[2]), amount, base)


def _first(pattern: re.Pattern[str], text: str) -> Said | None:
    match = search(pattern, text)
    if match is None:
        return None
    amount, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
    return said(amount, unit)


def _moved(line: Line, part: str, key: str, name: str, facts: Facts) -> Iterator[Slip]:
    """More or less than last year or than the budget: the rate is that of the amount."""
    now, match = facts.cell(f"t9.final.{key}"), search(_MOVED, part)
    if now is None or match is None:
        return
    change = in_wan(said(match[2], match[3]))
    base = now - change if match[1] in _UP else now + change
    if (match[4] in _UP) != (match[1] in _UP):
        yield Slip("N-DIRECTION", "error", line.place, f"“{match[1]}”与“{match[4]}”方向相反，请核对。")
    elif not base and change:
        message = f"{name}上年数是 0，不能写{match[4]} {match[5]}%。"
        yield Slip("N-ZERO-BASE", "error", line.place, message)
    elif base > 0:
        rate = said(match[5], match[6])
        yield from rate_slips("N-GROWTH", line.place, f"{name}{match[4]}", rate, change, base)


def _beside_budget(line: Line, part: str, key: str, name: str, facts: Facts) -> Iterator[Slip]:
    """By how much it is more or less than the budget, and which of both."""
    budget, final = facts.cell(f"t9.budget.{key}"), facts.cell(f"t9.final.{key}")
    if budget is None or final is None:
        return
    right = "大于" if final > budget else "小于" if final < budget else "等于"
    compared = search(_COMPARED, part)
    words = compared[1] if compared else "等于" if search(_EVEN, part) else ""
    meant = "大于" if words in _OVER else "等于" if words == "等于" else "小于"
    if words and meant != right:
        message = f"{name}写的是决算数{meant}预算数，决算 {plain(final)}，预算 {plain(budget)} 万元。"
        yield Slip("N-DIRECTION", "error", line.place, message)
    if (match := search(_TO_BUDGET, part)) is None:
        return
    change, wanted = said(match[2], match[3]), abs(final - budget)
    if in_wan(change) and wanted and (match[1] in _UP) != (final > budget):
        message = f"{name}写的是比预算{match[1]}，决算 {plain(final)}，预算 {plain(budget)} 万元。"
        yield Slip("N-DIRECTION", "error", line.place, message)
    elif not agrees(change, wanted):
        gravity: Gravity = "note" if abs(in_wan(change) - wanted) <= TAIL else "error"
        message = f"{name}比预算{match[1]}写的是 {change.text}，应为 {plain(wanted)} 万元。"
        yield Slip("N-SANGONG", gravity, line.place, message)


def _share(line: Line, part: str, key: str, name: str, facts: Facts) -> Iterator[Slip]:
    """What part of all 三公 it is."""
    amount, whole, match = facts.cell(f"t9.final.{key}"), facts.cell("t9.final.total"), search(_SHARE, part)
    if match is None or key == "total" or amount is None or whole is None or "用车购置及" in match[0]:
        return
    if not whole:
        yield Slip("N-ZERO-BASE", "error", line.place, f"“三公”经费支出是 0，不能写占 {match[1]}%。")
    else:
        yield from rate_slips("N-SHARE", line.place, f"{name}占比", said(match[1], match[2]), amount, whole)


_RUN_ON = re.compile(
    rf"(?:燃料|燃油|维修|过[桥路]过?[路桥]?|保险|年检|停车|洗车|租车)[一-龥]{{0,4}}?费(?:用)?(?:支出)?(?:为)?{AMOUNT}"
)


def _running(line: Line, facts: Facts) -> Iterator[Slip]:
    """燃料费, 维修费 and the like are never more than what cars cost to run."""
    amount = facts.cell("t9.final.car_running")
    parts = [in_wan(said(match[1], match[2])) for match in matches(_RUN_ON, line.text) if match[2]]
    if amount is not None and len(parts) > 1 and sum(parts) > amount + TAIL * len(parts):
        message = (
            f"燃料费、维修费等之和是 {plain(sum(parts, Decimal(0)))}，公务用车运行费是 {plain(amount)} 万元。"
        )
        yield Slip("N-SANGONG", "error", line.place, message)


def _counts(line: Line, facts: Facts) -> Iterator[Slip]:
    """Numbers of cars and groups as they are typed."""
    for field, pattern, name in _COUNTS:
        if match := search(pattern, line.text):
            yield from _count(line, field, match[1], name, facts)


def _received(line: Line, facts: Facts) -> Iterator[Slip]:
    """Receptions and guests, those from abroad on their own."""
    for part in re.split(r"[。;]", line.text):
        for match in matches(_RECEIVED, part):
            kinds = _FOREIGN.findall(part[: match.start(1)])
            is_foreign = bool(kinds) and kinds[-1] != "国内"
            stem, name = ("foreign", "外事接待") if is_foreign else ("reception", "国内公务接待")
            yield from _count(line, f"{stem}_times", match[1], f"{name}批次", facts)
            if match[2]:
                yield from _count(line, f"{stem}_people", match[2], f"{name}人次", facts)


def _count(line: Line, field: str, stated: str, name: str, facts: Facts) -> Iterator[Slip]:
    text = facts.accounts.field(field)
    typed = number.parse_number(text) if text else None
    if typed is not None and Decimal(stated) != typed:
        message = f"{name}写的是 {stated}，填报的是 {number.plain(typed)}，请核对。"
        yield Slip("N-SANGONG", "warning", line.place, message)


def complete(text: Text, facts: Facts) -> Iterator[Slip]:
    """An amount is told with the counts that belong to it."""
    lines = list(text.of("sg"))
    if len({line.item for line in lines if line.item}) < len(_WANTED):
        return  # not the whole section: it may be told in one sentence
    budget, final = facts.cell("t9.budget.total"), facts.cell("t9.final.total")
    has_both = any(search(_FINAL, line.text) and search(_BUDGET, line.text) for line in lines)
    is_asked = facts.outline is None or "sg_reason" in facts.outline.order
    if (
        is_asked
        and has_both
        and final
        and budget != final
        and not any(search(_WHY, line.text) for line in lines)
    ):
        yield Slip("N-REASON", "warning", lines[0].place, "“三公”经费决算与预算不同，没有写主要原因。")
    for key, counted, name, kind in _WANTED:
        amount = facts.cell(f"t9.final.{key}")
        words = next(words for words, one, _ in _KINDS if one == ("car" if key == "car_running" else key))
        of_kind = [line for line in lines if line.item and search(words, line.text)]
        if amount and of_kind and not any(search(counted, line.text) for line in lines):
            message = f"{kind}有支出 {plain(amount)} 万元，没有写{name}。"
            yield Slip("N-SANGONG", "warning", of_kind[0].place, message)


CHECKS = (sangong, complete)
