"""Sections 五（二）, 五（三） and 六: classes, items and economic names exactly as in their tables."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    DONE,
    PERCENT,
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

_NAME = r"[\u4e00-\u9fa5、“”()]{2,40}?"
_CLASS = re.compile(rf"({_NAME})\(类\)(?:支出)?{AMOUNT},?占[^0-9。;]{{0,14}}?{PERCENT}")
_ITEM = re.compile(  # 教育支出(类)普通教育(款)小学教育(项), in quotes, without its class or its section
    r"^(?=[^。;0-9]{2,120}\((?:款|项)\))[“\"]?(?:([^。;“”\"]{2,30}?)\(类\))?[,、“”\"]*"
    r"(?:([^。;“”\"]{2,40}?)\(款\))?[,、“”\"]*(?:([^。;“”\"]{2,40}?)\(项\))?"
)
_BUDGET = re.compile(rf"(?<!完成)年初预算(?:数)?(?:为|是)?{AMOUNT}|完成年初预算(?:数)?{AMOUNT}(?<=元)的")
_FINAL = re.compile(rf"(?<!上年)(?<!上年度)(?<![0-9]年度)(?<![0-9]年)(?:支出)?决算(?:数)?(?:为|是)?{AMOUNT}")
_OF_YEAR = re.compile(rf"(20[0-9]{{2}})年(?:度)?(?:支出)?决算(?:数)?(?:为|是)?{AMOUNT}")
_SINCE = re.compile(
    rf"[比较与]20[0-9]{{2}}年(?:度)?(?:支出)?(?:决算(?:数)?)?(?:相比)?,?(增加|减少|增长|下降){PERCENT}(?<=%)"
)
_EVEN = re.compile(r"(?:与|和|同)(?:年初)?预算(?:数)?(?:持平|一致|相同|相等)")
_DONE = re.compile(DONE)
_COMPARED = re.compile(r"决算数?(大于|小于|等于|多于|少于|高于|低于)(?:年初)?预算数?")
_REPEATED = re.compile(rf"\(项\)[”\"]?[。,:]?(?:支出)?(?:为)?{AMOUNT}(?<=元)")
_RESULT = re.compile(rf"([^,;。]{{2,60}}?){AMOUNT},?主要成效")
_BEHIND_NAME = re.compile(
    r"(?:支出)?(?:为)?\(?[0-9][0-9.,]*(?:万元|元|%)?\)?$|^占.*$"
)  # its amount, its share
_OVER = ("大于", "多于", "高于")
_REASON = ("原因", "主要是", "由于", "主要系")
_TAIL = Decimal("0.01")


def classes(text: Text, facts: Facts) -> Iterator[Slip]:
    """五（二）: each class with its amount and share, and all of them together."""
    whole = facts.cell("t5.all.total")
    found: list[tuple[Line, Said]] = []
    for line in text.of("general"):
        if line.sub != "structure":
            continue
        for match in (*matches(_CLASS, line.text), *_bare_classes(line, facts)):
            amount = said(match[2], match[3])
            found.append((line, amount))
            yield from _class(line, match, amount, facts, whole or _stated_whole(text))
    total = sum((in_wan(amount) for _, amount in found), Decimal(0))
    if found and whole is not None and abs(total - whole) > _TAIL * ((len(found) + 1) // 2):
        message = f"各类金额之和是 {plain(total)}，一般公共预算财政拨款支出是 {plain(whole)} 万元。"
        yield Slip("N-SUM-CLASS", "error", found[0][0].place.rstrip("0123456789"), message)


def _bare_classes(line: Line, facts: Facts) -> Iterable[re.Match[str]]:
    """Classes that are named without the word 类, in the words of 表5."""
    names = [facts.name(code).removesuffix("支出") for code in facts.classes]
    if not names:
        return ()
    any_of = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    pattern = rf"(?<![\u4e00-\u9fa5])({any_of})支出(?:为)?{AMOUNT},?占[^0-9。;]{{0,14}}?{PERCENT}"
    return matches(pattern, line.text)


def _stated_whole(text: Text) -> Decimal | None:
    for line in text.of("general"):
        if match := search(rf"财政拨款支出为?{AMOUNT}", line.text):
            return in_wan(said(match[1], match[2]))
    return None


def _class(
    line: Line, match: re.Match[str], amount: Said, facts: Facts, whole: Decimal | None
) -> Iterator[Slip]:
    name = match[1].rpartition("其中")[2].rpartition(":")[2].lstrip(",、:")
    code = facts.class_of(name)
    wanted = facts.cell(f"t5.{code}.total") if code else None
    if wanted is not None and not agrees(amount, wanted):
        yield amount_slip(line.place, f"{name}（类）", amount, wanted, "表5")
    part = wanted if wanted is not None else in_wan(amount)
    if whole:
        share = said(match[4], match[5])
        yield from rate_slips("N-SHARE", line.place, f"{name}（类）占比", share, part, whole)
    if facts.has_tables and not code:
        yield Slip("N-ITEMS", "warning", line.place, f"表5 没有“{name}（类）”，请核对科目名称。")


class _Item(NamedTuple):
    line: Line
    code: str
    budget: Said | None
    final: Said | None


def items(text: Text, facts: Facts) -> Iterator[Slip]:
    """五（三）: each 项 of 表5 once, with its budget, its amount, its rate, its reason."""
    found: list[_Item] = []
    for line in text.of("general"):
        match = _ITEM.match(line.text)
        if match is None or line.sub == "structure":
            continue
        codes = facts.codes_of(match[2] or "", match[3]) if match[3] else ()
        code = codes[0] if len(codes) == 1 else ""
        budget, final = _first(_BUDGET, line.text), _final_of(line.text, facts.accounts.year)
        found.append(_Item(line, code, budget, final))
        yield from _item(text, line, match, codes, budget, final, facts)
    if found:
        yield from _all_items(found, text, facts)


def _first(pattern: re.Pattern[str], text: str) -> Said | None:
    match = search(pattern, text)
    if match is None:
        return None
    amount, unit = (match[1], match[2]) if match[1] else (match[3], match[4])
    return said(amount, unit)


def _final_of(text: str, year: str) -> Said | None:
    """The final amount of this year: 2024年决算数为57.43万元 is that of another one."""
    of_years = matches(_OF_YEAR, text)
    own = next((match for match in of_years if match[1] == year), None)
    if own is not None:
        return said(own[2], own[3])
    return _first(_FINAL, text)


def _item(
    text: Text,
    line: Line,
    match: re.Match[str],
    codes: tuple[str, ...],
    budget: Said | None,
    final: Said | None,
    facts: Facts,
) -> Iterator[Slip]:
    name, code = match[3] or match[2], codes[0] if len(codes) == 1 else ""
    wanted = facts.cell(f"t5.{code}.total") if code else None
    section = f"{match[2]}（款）" if match[2] else ""
    if facts.has_tables and match[3] and not codes:
        yield Slip("N-ITEMS", "warning", line.place, f"表5 没有“{section}{name}（项）”，请核对科目名称。")
    if code and match[1]:
        yield from _class_name(line, match[1], code, facts)
    if final is not None and wanted is not None and not agrees(final, wanted):
        yield amount_slip(line.place, f"{name}支出决算", final, wanted, "表5")
    yield from _since(line, name, final, facts)
    repeated = _first(_REPEATED, line.text)
    if repeated is not None and final is not None and in_wan(repeated) != in_wan(final):
        message = f"{name}先写 {repeated.text}，后写支出决算 {final.text}，两处不同。"
        yield Slip("N-REPEAT", "error", line.place, message)
    known = facts.budget(code) if code else None
    if budget is not None and known is not None and not agrees(budget, known):
        yield amount_slip(line.place, f"{name}年初预算", budget, known, "填报的年初预算")
    amount = wanted if wanted is not None else in_wan(final) if final else None
    if budget is not None and amount is not None:
        yield from compared(text, line, name, in_wan(budget), amount)


def _class_name(line: Line, stated: str, code: str, facts: Facts) -> Iterator[Slip]:
    name = stated.rpartition("其中")[2].lstrip(":,、")
    right = facts.name(code[:3])
    if right and name not in (right, right.removesuffix("支出")):
        yield Slip("N-ITEMS", "warning", line.place, f"“{name}（类）”应为“{right}（类）”，请核对科目名称。")


def _since(line: Line, name: str, final: Said | None, facts: Facts) -> Iterator[Slip]:
    """An item beside last year's amount, where the sentence says both."""
    last = next((m for m in matches(_OF_YEAR, line.text) if m[1] != facts.accounts.year), None)
    change = search(_SINCE, line.text)
    if last is None or change is None or final is None:
        return
    before, now = in_wan(said(last[2], last[3])), in_wan(final)
    if before and (now > before) != (change[1] in ("增加", "增长")):
        message = f"{name}上年 {plain(before)}，本年 {plain(now)}，写的是“{change[1]}”。"
        yield Slip("N-DIRECTION", "error", line.place, message)
    elif before:
        rate = said(change[2], change[3])
        yield from rate_slips("N-GROWTH", line.place, f"{name}{change[1]}", rate, abs(now - before), before)


def compared(text: Text, line: Line, name: str, budget: Decimal, amount: Decimal) -> Iterator[Slip]:
    """A final amount beside its budget: rate, direction, reason."""
    done = search(_DONE, line.text)
    if done is not None and not budget:
        yield Slip("N-ZERO-BASE", "error", line.place, f"{name}预算是 0，不能写完成预算的 {done[1]}%。")
    elif done is not None:
        yield from rate_slips("N-RATE", line.place, f"{name}完成预算", said(done[1], done[2]), amount, budget)
    direction = search(_COMPARED, line.text)
    is_said = direction[1] if direction else "持平" if search(_EVEN, line.text) else ""
    if is_said and is_said != _direction(amount, budget, is_said):
        message = f"写的是决算数“{is_said}”预算数，决算 {plain(amount)}，预算 {plain(budget)} 万元。"
        yield Slip("N-DIRECTION", "error", line.place, message)
    has_reason = any(word in text.with_next(line) for word in _REASON)
    if amount != budget and not has_reason:
        word = "大于" if amount > budget else "小于"
        yield Slip("N-REASON", "warning", line.place, f"{name}决算数{word}年初预算数，没有写主要原因。")


def _direction(amount: Decimal, budget: Decimal, is_said: str) -> str:
    """What a comparison is to say, in the word that was used where that is right."""
    fits = (
        amount == budget
        if is_said in ("等于", "持平")
        else amount > budget
        if is_said in _OVER
        else amount < budget
    )
    return is_said if fits else "大于" if amount > budget else "小于" if amount < budget else "持平"


def _all_items(found: list[_Item], text: Text, facts: Facts) -> Iterator[Slip]:
    place = found[0].line.place.rstrip("0123456789")
    missing = [code for code in facts.leaves if len(code) == 7 and code not in {item.code for item in found}]
    if missing and facts.has_tables:
        names = "、".join(facts.name(code) for code in missing[:5])
        yield Slip("N-ITEMS", "warning", place, f"没有逐项说明：{names}。")
    codes = [item.code for item in found if item.code]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield Slip("N-ITEMS", "warning", place, f"{facts.name(code)}说明了两次。")
    yield from _sum(found, text, facts, place)


def _sum(found: list[_Item], text: Text, facts: Facts, place: str) -> Iterator[Slip]:
    """The items together: their budgets and their amounts."""
    head = next(
        (line for line in text.of("general") if search(_BUDGET, line.text) and not _ITEM.match(line.text)),
        None,
    )
    budgets = [in_wan(item.budget) for item in found if item.budget is not None]
    tail = _TAIL * ((len(found) + 1) // 2)
    if head is not None and len(budgets) == len(found):
        stated = _first(_BUDGET, head.text)
        total = sum(budgets, Decimal(0))
        if stated is not None and in_wan(stated) != total:
            off = abs(in_wan(stated) - total)
            gravity: Gravity = "note" if off <= tail else "error"
            message = f"各项年初预算之和是 {plain(total)}，合计写的是 {stated.text}。"
            yield Slip("N-SUM-BUDGET", gravity, place, message)
    finals = [in_wan(item.final) for item in found if item.final is not None]
    cells = [facts.cell(f"t5.{code}.total") for code in facts.leaves]
    known = [cell for cell in cells if cell is not None]
    whole = facts.cell("t5.all.total")
    if whole is not None and len(finals) == len(found) == len(known):
        total = sum(finals, Decimal(0))
        if total != sum(known, Decimal(0)):
            message = f"各项支出决算之和是 {plain(total)}，表5 合计是 {plain(whole)} 万元。"
            yield Slip("N-SUM-FINAL", "error", place, message)


def depth(text: Text, facts: Facts) -> Iterator[Slip]:
    """五（三） goes down to the 项, and one amount has one name."""
    lines = [line for line in text.of("general") if line.sub == "items"]
    by_class = [line for line in lines if re.match(r"^[^。;]{2,30}\(类\)[。,]", line.text)]
    if by_class and not any(_ITEM.match(line.text) for line in lines):
        place = by_class[0].place.rstrip("0123456789")
        yield Slip("N-ITEMS", "warning", place, "只写到类，请按项级科目逐项说明年初预算、支出决算和完成率。")
    named = [
        (line, match[1].removeprefix("其中").removeprefix("用于"), in_wan(said(match[2], match[3])))
        for line in text.of("general")
        if not _ITEM.match(line.text)
        for match in matches(rf"([\u4e00-\u9fa5]{{3,20}}支出){AMOUNT}", line.text)
    ]
    for line, name, amount in named:
        for _, other, same in named:
            if amount and amount == same and other == f"其他{name}":
                message = f"{plain(amount)} 有两种名称：“{name}”和“{other}”，请统一为项级科目。"
                yield Slip("N-ITEMS", "warning", line.place, message)


def head(text: Text, facts: Facts) -> Iterator[Slip]:
    """The paragraph before the items: budget, amount, rate, basic and project spending."""
    for line in text.of("general"):
        if line.sub != "items":
            continue
        if _ITEM.match(line.text):
            return  # what follows is told of a subject
        final, budget = _final_of(line.text, facts.accounts.year), _first(_BUDGET, line.text)
        wanted = facts.cell("t5.all.total")
        if final is not None and wanted is not None and "(类)" not in line.text:
            if not agrees(final, wanted):
                yield amount_slip(line.place, "支出决算", final, wanted, "表5")
            if budget is not None and (done := search(_DONE, line.text)):
                rate = said(done[1], done[2])
                yield from rate_slips("N-RATE", line.place, "完成年初预算", rate, wanted, in_wan(budget))
            if budget is not None:
                yield from _of_all(text, line, in_wan(budget), wanted, facts)
        yield from _parts(line, facts)


def _of_all(text: Text, line: Line, budget: Decimal, amount: Decimal, facts: Facts) -> Iterator[Slip]:
    """Which of both is more, and why, where the outline of the region asks for it."""
    direction = search(_COMPARED, line.text)
    if direction is not None and direction[1] != _direction(amount, budget, direction[1]):
        message = f"写的是决算数“{direction[1]}”预算数，决算 {plain(amount)}，预算 {plain(budget)} 万元。"
        yield Slip("N-DIRECTION", "error", line.place, message)
    is_wanted = facts.outline is not None and "general_gap_reason" in facts.outline.order
    if is_wanted and amount != budget and not any(word in text.with_next(line) for word in _REASON):
        yield Slip("N-REASON", "warning", line.place, "支出决算与年初预算不同，没有写主要原因。")


def _parts(line: Line, facts: Facts) -> Iterator[Slip]:
    for name, cell in (("基本支出", "t5.all.basic"), ("项目支出", "t5.all.project")):
        match = search(rf"{name}{AMOUNT}", line.text)
        wanted = facts.cell(cell)
        if match and wanted is not None and not agrees(said(match[1], match[2]), wanted):
            yield amount_slip(line.place, name, said(match[1], match[2]), wanted, "表5")


def projects(text: Text, facts: Facts) -> Iterator[Slip]:
    """What project money was spent on adds up to project spending."""
    lines = [line for line in text.of("general") if line.sub == "items" and "主要成效" in line.text]
    found = [(line, said(match[2], match[3])) for line in lines for match in matches(_RESULT, line.text)]
    wanted = facts.cell("t5.all.project")
    total = sum((in_wan(amount) for _, amount in found), Decimal(0))
    if len(found) > 1 and wanted is not None and abs(total - wanted) > _TAIL * len(found):
        message = f"列出的项目金额之和是 {plain(total)}，表5 项目支出是 {plain(wanted)} 万元。"
        yield Slip("N-PROJECTS", "error", found[0][0].place, message)


def basic(text: Text, facts: Facts) -> Iterator[Slip]:
    """六: the two sums, and exactly the names that 表6 has, in its order."""
    for line in _with_lists(text):
        for name, cell in (
            ("基本支出", "t5.all.basic"),
            ("人员经费", "t6.staff"),
            ("公用经费", "t6.running"),
        ):
            match = search(rf"{name}{AMOUNT}", line.text)
            wanted = facts.cell(cell)
            if match and wanted is not None and not agrees(said(match[1], match[2]), wanted):
                yield amount_slip(line.place, name, said(match[1], match[2]), wanted, f"表{cell[1]}")
        yield from _basic_shares(line, facts)
        for name, staff in (("人员经费", True), ("公用经费", False)):
            match = search(rf"{name}[^;]{{0,50}}?主要(?:包括|用于)[:：]?([^。;]+)", line.text)
            if match and facts.has_tables:
                yield from _listed_amounts(line, match[1], facts)
                yield from _names(line, name, match[1], facts.economic(staff))


def _with_lists(text: Text) -> Iterator[Line]:
    """The paragraphs of 六, a list that stands in the next one put behind its name."""
    held: Line | None = None
    for line in text.of("basic"):
        if held is not None and re.match(r"(?:其中,?)?主要(?:包括|用于)", line.text):
            held = held._replace(text=held.text + line.text)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _basic_shares(line: Line, facts: Facts) -> Iterator[Slip]:
    """What part of 基本支出 is staff, and what the rest."""
    whole = facts.cell("t5.all.basic")
    for name, cell in (("人员经费", "t6.staff"), ("公用经费", "t6.running")):
        match = search(rf"{name}{AMOUNT},占[^0-9。;]{{0,14}}?{PERCENT}", line.text)
        part = facts.cell(cell)
        if match and whole and part is not None:
            found = said(match[3], match[4])
            yield from rate_slips("N-SHARE", line.place, f"{name}占比", found, part, whole)


def _names(line: Line, name: str, listed: str, wanted: tuple[str, ...]) -> Iterator[Slip]:
    parts = re.split(r"[、,](?![0-9])|(?<=[费金资贴出助缴置])(?:以?及|和)(?=[一-龥])", listed)
    bare = [_BEHIND_NAME.sub("", one).rstrip("等,。") for one in parts]
    names = [one for one in bare if one]
    lacking = [one for one in wanted if one not in names]
    foreign = [one for one in names if one not in wanted]
    if lacking or foreign:
        parts = [f"少列{'、'.join(lacking)}"] * bool(lacking) + [f"多列{'、'.join(foreign)}"] * bool(foreign)
        yield Slip("N-T6-LIST", "error", line.place, f"{name}列举的名称与表6 不同：{'；'.join(parts)}。")
    elif names != list(wanted):
        yield Slip("N-T6-LIST", "note", line.place, f"{name}列举的顺序与表6 不同。")


def _listed_amounts(line: Line, listed: str, facts: Facts) -> Iterator[Slip]:
    """Names of 表6 with an amount behind them."""
    for match in matches(rf"([\u4e00-\u9fa5()]{{1,60}}?)(?:支出)?(?:为)?\(?{AMOUNT}", listed):
        wanted = facts.economic_amount(match[1])
        if wanted is not None and not agrees(said(match[2], match[3]), wanted):
            yield amount_slip(line.place, match[1], said(match[2], match[3]), wanted, "表6")


_FUND_ITEM = re.compile(rf"([^。;:,()]{{2,40}})\(项\)[”\"]?(?:支出)?(?:决算)?(?:为)?{AMOUNT}")


def fund_items(text: Text, facts: Facts) -> Iterator[Slip]:
    """What a government fund was spent on, by subject."""
    names = {facts.name(code): code for code in facts.accounts.rows.get("t7", ()) if len(code) == 7}
    for line in text.of("fund"):
        for match in matches(_FUND_ITEM, line.text):
            name, amount = match[1], said(match[2], match[3])
            wanted = facts.cell(f"t7.{names[name]}.spending") if name in names else None
            if wanted is not None and not agrees(amount, wanted):
                yield amount_slip(line.place, name, amount, wanted, facts.table("t7"))
            elif names and name not in names:
                message = f"政府性基金支出里没有“{name}（项）”，请核对科目名称。"
                yield Slip("N-ITEMS", "warning", line.place, message)


CHECKS = (classes, items, depth, head, projects, basic, fund_items)
