"""Sections 七 to 十三: 三公, office costs, procurement, cars, and what is said of the self-evaluation."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.basics.amount import Amount
from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    COUNT,
    DONE,
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
)
from model.explanation.held.text import Line, Text, tidy
from model.reading.reading import Form

_SG = (  # what a sentence speaks of: the first that fits; the key of the columns of 表9
    (r"因公出国", "abroad", "因公出国（境）费"),
    (r"公务用车购置及运行", "car", "公务用车购置及运行费"),
    (r"公务用车购置(?:费|支出)", "car_purchase", "公务用车购置费"),
    (r"公务用车运行", "car_running", "公务用车运行费"),
    (r"公务接待", "reception", "公务接待费"),
    (r"(?<!占)(?<!占“)三公", "total", "“三公”经费"),
)
_BUDGET = re.compile(rf"(?<!完成)(?<!年初)预算(?:数)?(?:为|是)?{AMOUNT}")
_FINAL = re.compile(rf"(?:支出)?决算(?:数)?(?:为|是)?{AMOUNT}")
_SPENT = re.compile(rf"(?:出国\(境\)费?|购置费?|运行(?:维护)?费?|接待费?)(?:支出)?(?:为)?{AMOUNT}(?<=元)")
_MOVED = re.compile(rf"(增加|减少){AMOUNT},?(?:同比)?(增长|下降|减少|增加|降低)了?{PERCENT}")
_UP = ("增加", "增长")
_COUNTS = (  # of which field, by the words around it
    ("cars_kept", rf"保有量(?:为)?{COUNT}辆", "公务用车保有量"),
    ("car_purchased", rf"购置数(?:为)?{COUNT}辆", "公务用车购置数"),
    ("abroad_groups", rf"团组(?:数)?(?:为)?{COUNT}个", "因公出国（境）团组"),
    ("reception_times", rf"国内(?:公务)?接待(?:批次)?(?:为)?{COUNT}(?:个)?批次", "国内公务接待批次"),
)
_DONE = re.compile(DONE)
_KINDS = (("货物", "goods"), ("工程", "works"), ("服务", "services"))
_OTHER_CARS = re.compile(r"其他用车(?:主要)?(?:是|为|用于|包括)[^;。]*")  # says of what kind they are
_CARS = re.compile(r"([\u4e00-\u9fa5()]{2,16}用车)([0-9]*)辆")
_PROJECT = re.compile(
    rf"全年预算数(?:为|是)?{AMOUNT},执行数(?:为|是)?{AMOUNT}(?:,完成预算(?:数)?的?{PERCENT})?"
)
_TAIL = Decimal("0.01")


def sangong(text: Text, facts: Facts) -> Iterator[Slip]:
    """三公: each kind as in 表9; no percentage of a budget of 0."""
    for line in text.of("sg"):
        for sentence in re.split(r"[。;]", line.text):
            for key, name, part in _spoken_of(sentence):
                yield from _sangong(line, part, key, name, facts)
                yield from _moved(line, part, key, name, facts)
        yield from _sangong_counts(line, facts)


def _moved(line: Line, part: str, key: str, name: str, facts: Facts) -> Iterator[Slip]:
    """More or less than last year or than the budget: the rate is that of the amount."""
    now, match = facts.cell(f"t9.final.{key}"), _MOVED.search(part)
    if now is None or match is None:
        return
    change = in_wan(said(match[2], match[3]))
    base = now - change if match[1] in _UP else now + change
    if (match[4] in _UP) != (match[1] in _UP):
        yield Slip("N-DIRECTION", "error", line.place, f"“{match[1]}”与“{match[4]}”方向相反，请核对。")
    elif base > 0:
        yield from rate_slips(
            "N-GROWTH", line.place, f"{name}{match[4]}", said(match[5], match[6]), change, base
        )


def _sangong_counts(line: Line, facts: Facts) -> Iterator[Slip]:
    """Numbers of cars, groups and receptions as they are typed."""
    for field, pattern, name in _COUNTS:
        typed = number.parse_number(facts.accounts.field(field)) if facts.accounts.field(field) else None
        match = re.search(pattern, line.text)
        if match and typed is not None and Decimal(match[1]) != typed:
            message = f"{name}写的是 {match[1]}，填报的是 {number.plain(typed)}，请核对。"
            yield Slip("N-SANGONG", "warning", line.place, message)


def _spoken_of(sentence: str) -> Iterator[tuple[str, str, str]]:
    """Yield each kind that a sentence names, with what it says from there to the next one."""
    found = sorted(
        (match.start(), key, name) for words, key, name in _SG for match in re.finditer(words, sentence)
    )
    for n, (start, key, name) in enumerate(found):
        end = found[n + 1][0] if n + 1 < len(found) else len(sentence)
        yield key, name, sentence[0 if n == 0 else start : end]


def _sangong(line: Line, part: str, key: str, name: str, facts: Facts) -> Iterator[Slip]:
    budget, final = _of(_BUDGET, part), _of(_FINAL, part) or _of(_SPENT, part)
    wanted = {kind: facts.cell(f"t9.{kind}.{key}") for kind in ("budget", "final")}
    for kind, figure, word in (("budget", budget, "预算"), ("final", final, "决算")):
        cell = wanted[kind]
        if figure is not None and cell is not None and not agrees(figure, cell):
            slip = amount_slip(line.place, f"{name}{word}", figure, cell, "“三公”经费表")
            yield slip._replace(rule="N-SANGONG", gravity="warning" if not cell else slip.gravity)
    done = _DONE.search(part)
    if done is None:
        return
    base = wanted["budget"] if wanted["budget"] is not None else in_wan(budget) if budget else None
    amount = wanted["final"] if wanted["final"] is not None else in_wan(final) if final else None
    if base is not None and not base:
        yield Slip("N-ZERO-BASE", "error", line.place, f"{name}预算是 0，不能写完成预算的 {done[1]}%。")
    elif base is not None and amount is not None:
        yield from rate_slips("N-RATE", line.place, f"{name}完成预算", said(done[1], done[2]), amount, base)


def _of(pattern: re.Pattern[str], text: str) -> Said | None:
    match = pattern.search(text)
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
        total = _of(re.compile(rf"采购(?:支出总额|金额(?:\([^)]*\))?)(?:为)?{AMOUNT}"), line.text)
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
        share, exact = re.search(pattern, line.text), percent_of(in_wan(part), in_wan(whole))
        if share and exact is None:
            yield Slip("N-ZERO-BASE", "error", line.place, f"{name}占比的分母是 0，不能写 {share[1]}%。")
        elif share:
            found = said(share[1], share[2])
            yield from rate_slips("N-SHARE", line.place, f"{name}占比", found, in_wan(part), in_wan(whole))


def _kind_share(line: Line, kind: str, amount: Said | None, small: Decimal | None) -> Iterator[Slip]:
    share = re.search(rf"占{kind}支出金额的?{PERCENT}", line.text)
    if share and amount is not None and not amount.value:
        message = f"{kind}支出是 0，不能写占{kind}支出金额的 {share[1]}%。"
        yield Slip("N-ZERO-BASE", "error", line.place, message)
    elif share and amount is not None and small is not None:
        found = said(share[1], share[2])
        yield from rate_slips("N-SHARE", line.place, f"{kind}占比", found, small, in_wan(amount))


def cars(text: Text, facts: Facts) -> Iterator[Slip]:
    """国有资产: every kind of car has a number, and they add up."""
    for line in text.of("assets"):
        total = re.search(rf"共有(?:公务用)?车辆{COUNT}辆", line.text)
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


def _kept(text: Text) -> int | None:
    for line in text.of("sg"):
        if match := re.search(rf"保有量(?:为)?{COUNT}辆", line.text):
            return int(match[1])
    return None


# ---- the self-evaluation -------------------------------------------------------------------------


def performance(text: Text, facts: Facts) -> Iterator[Slip]:
    """十三: projects, amounts and rates as in the forms, and the same wherever they are said."""
    projects = [form for form in facts.forms if form.definition.kind == "project"]
    for line in text.of("performance"):
        yield from _counts(line, projects, facts)
        yield from _project(line, projects)


def _counts(line: Line, projects: list[Form], facts: Facts) -> Iterator[Slip]:
    counted = rf"(?:一级)?项目{COUNT}个,(?:二级项目[0-9]+个,)?(?:共?涉及)?资金"
    match = re.search(rf"{counted}{AMOUNT}(?:,占[^0-9。;]*?{PERCENT})?", line.text)
    if match is None:
        return
    if projects and int(match[1]) != len(projects):
        message = f"写的是 {match[1]} 个项目，项目自评表有 {len(projects)} 张。"
        yield Slip("N-PERF", "error", line.place, message)
    amounts = [_amount(form, "budget") for form in projects]
    known = [amount for amount in amounts if amount is not None]
    amount = said(match[2], match[3])
    if projects and len(known) == len(amounts) and not agrees(amount, sum(known, Decimal(0))):
        message = f"资金写的是 {amount.text}，项目自评表预算数合计 {plain(sum(known, Decimal(0)))} 万元。"
        yield Slip("N-PERF", "error", line.place, message)
    whole = facts.cell("t5.all.project")
    if match[4] and whole:
        yield from rate_slips("N-PERF", line.place, "占比", said(match[4], match[5]), in_wan(amount), whole)
    yield from _not_all(line, match, amount, whole)


def _not_all(line: Line, match: re.Match[str], amount: Said, whole: Decimal | None) -> Iterator[Slip]:
    """全面开展, and yet some projects are not evaluated: the text is to say which."""
    share = Decimal(match[4]) if match[4] else None
    is_part = in_wan(amount) < whole if whole else share is not None and share < 100
    if (
        is_part
        and "全面" in line.text
        and not re.search(r"未(?:开展|纳入|进行)|没有(?:开展|纳入)|其余", line.text)
    ):
        message = f"写的是全面开展自评，资金 {amount.text} 小于项目支出，请说明没有自评的项目。"
        yield Slip("N-PERF", "warning", line.place, message)


def _amount(form: Form, column: str) -> Decimal | None:
    first = form.sheet.whole
    value: Amount | None = getattr(first, column) if first else None
    return None if value is None else value.to("万元").number


def _project(line: Line, projects: list[Form]) -> Iterator[Slip]:
    match = _PROJECT.search(line.text)
    if match is None:
        return
    budget, executed = said(match[1], match[2]), said(match[3], match[4])
    form = _form_of(line, projects, budget, executed)
    wanted = (_amount(form, "budget"), _amount(form, "executed")) if form else (None, None)
    for figure, cell, name in ((budget, wanted[0], "全年预算数"), (executed, wanted[1], "执行数")):
        if cell is not None and not agrees(figure, cell):
            message = f"{name}写的是 {figure.text}，项目自评表是 {number.plain(cell)} 万元。"
            yield Slip("S-NARR-93", "error", line.place, message)
    if match[5]:
        exact = percent_of(in_wan(executed), in_wan(budget))
        if exact is None:
            yield Slip("N-ZERO-BASE", "error", line.place, f"全年预算数是 0，不能写完成预算的 {match[5]}%。")
        else:
            rate = said(match[5], match[6])
            yield from rate_slips("N-RATE", line.place, "完成预算", rate, in_wan(executed), in_wan(budget))
    named = re.match(r"^(.{2,40}?)项目?绩效自评综述", line.text)
    if (
        form is not None
        and named
        and tidy(form.project).removesuffix("项目") != named[1].removesuffix("项目")
    ):
        message = f"写的是“{named[1]}”，项目自评表的名称是“{form.project}”。"
        yield Slip("N-NAME", "warning", line.place, message)


def _form_of(line: Line, projects: list[Form], budget: Said, executed: Said) -> Form | None:
    """The form that a paragraph speaks of: by name, else the only one, else the one with these figures."""
    named = [form for form in projects if form.project and tidy(form.project) in line.text]
    if named:
        return max(named, key=lambda form: len(form.project))
    if len(projects) == 1:
        return projects[0]
    same = [form for form in projects if _amount(form, "executed") == in_wan(executed)]
    return same[0] if len(same) == 1 else None


CHECKS = (sangong, office, procurement, cars, performance)
