"""Section 十三: what is said of the self-evaluation, held against its forms."""

import re
from collections.abc import Iterator
from decimal import Decimal

from model.basics import number
from model.basics.amount import Amount
from model.explanation.held.facts import Facts
from model.explanation.held.slip import (
    AMOUNT,
    COUNT,
    PERCENT,
    Said,
    Slip,
    agrees,
    in_wan,
    percent_of,
    plain,
    rate_slips,
    said,
    search,
)
from model.explanation.held.text import Line, Text, tidy
from model.reading.reading import Form

_PROJECT = re.compile(
    rf"全年预算数?(?:为|是)?{AMOUNT},(?:全年)?执行数?(?:为|是)?{AMOUNT}(?:,(?:完成预算(?:数)?的?|预算?执行率为?){PERCENT})?"
)


def performance(text: Text, facts: Facts) -> Iterator[Slip]:
    """十三: projects, amounts and rates as in the forms, and the same wherever they are said."""
    projects = [form for form in facts.forms if form.definition.kind == "project"]
    for line in text.of("performance"):
        yield from _counts(line, projects, facts)
        yield from _projects(line, projects)
        yield from _whole(line, facts)
        yield from _project(line, projects)
        yield from _grades(line)


def _projects(line: Line, projects: list[Form]) -> Iterator[Slip]:
    """共涉及2个一级项目: as many as there are forms."""
    match = search(rf"反映[^。;]*?共?涉及{COUNT}个(?:一级)?项目", line.text)
    if match and projects and int(match[1]) != len(projects):
        message = f"写的是 {match[1]} 个项目，项目自评表有 {len(projects)} 张。"
        yield Slip("N-PERF", "error", line.place, message)


def _whole(line: Line, facts: Facts) -> Iterator[Slip]:
    """整体支出绩效自评，资金…: that of the department's form, or all spending."""
    match = search(rf"整体支出[^。;]{{0,12}}?(?:自评|评价)[^0-9。;]{{0,10}}资金{AMOUNT}", line.text)
    cells = [facts.cell(name) for name in ("t1.out.year", "t1.in.total", "t4.in.total", "t5.all.total")]
    departments = [form for form in facts.forms if form.definition.kind == "department"]
    cells += [_amount(form, column) for form in departments for column in ("budget", "executed")]
    known = [cell for cell in cells if cell is not None]
    if match and known and not any(agrees(said(match[1], match[2]), cell) for cell in known):
        message = (
            f"整体支出自评资金写的是 {match[1]}{match[2] or ''}，本年支出合计是 {plain(known[0])} 万元。"
        )
        yield Slip("N-PERF", "error", line.place, message)


_GRADED = re.compile(rf"绩效自评的[^,;。]*?项目{COUNT}个")
_GRADE = re.compile(rf"绩效评级为[“”\"]?(?:优|良|合格|不合格)[“”\"]?的项目{COUNT}个")


def _grades(line: Line) -> Iterator[Slip]:
    """The projects of each grade are all that were evaluated."""
    whole, grades = search(_GRADED, line.text), [int(count) for count in _GRADE.findall(line.text)]
    if whole and grades and sum(grades) != int(whole[1]):
        message = f"各绩效评级的项目之和是 {sum(grades)} 个，自评项目写的是 {whole[1]} 个。"
        yield Slip("N-PERF", "error", line.place, message)


def _counts(line: Line, projects: list[Form], facts: Facts) -> Iterator[Slip]:
    counted = rf"(?:(?:一级)?项目{COUNT}个,(?:二级项目[0-9]+个,)?|{COUNT}个(?:一级)?项目[^0-9。;]{{0,12}}?,)"
    funds = rf"(?:共?涉及)?(?:财政拨款|项目)?资金(?:共|合?计)?{AMOUNT}"
    found = search(rf"{counted}{funds}(?:,占[^0-9。;]*?项目支出[^0-9。;]*?{PERCENT})?", line.text)
    if found is None:
        return
    match = [found[0], found[1] or found[2], *found.groups()[2:]]
    if projects and int(match[1]) != len(projects):
        message = f"写的是 {match[1]} 个项目，项目自评表有 {len(projects)} 张。"
        yield Slip("N-PERF", "error", line.place, message)
    amounts = [_amount(form, "budget") for form in projects]
    known = [amount for amount in amounts if amount is not None]
    amount = said(match[2], match[3])
    if projects and len(known) == len(amounts) and not agrees(amount, sum(known, Decimal(0))):
        message = f"资金写的是 {amount.text}，项目自评表预算数合计 {plain(sum(known, Decimal(0)))} 万元。"
        yield Slip("N-PERF", "error", line.place, message)
    is_general = "一般公共预算" in line.text or facts.cell("t3.all.project") is None
    whole = facts.cell("t5.all.project" if is_general else "t3.all.project")
    if match[4] and whole:
        yield from rate_slips("N-PERF", line.place, "占比", said(match[4], match[5]), in_wan(amount), whole)
    yield from _not_all(line, match, amount, whole)


def _not_all(line: Line, match: list[str], amount: Said, whole: Decimal | None) -> Iterator[Slip]:
    """全面开展, and yet some projects are not evaluated: the text is to say which."""
    share = Decimal(match[4]) if match[4] else None
    is_part = in_wan(amount) < whole if whole else share is not None and share < 100
    if (
        is_part
        and "全面" in line.text
        and not search(r"未(?:开展|纳入|进行)|没有(?:开展|纳入)|其余", line.text)
    ):
        message = f"写的是全面开展自评，资金 {amount.text} 小于项目支出，请说明没有自评的项目。"
        yield Slip("N-PERF", "warning", line.place, message)


def _amount(form: Form, column: str) -> Decimal | None:
    first = form.sheet.whole
    value: Amount | None = getattr(first, column) if first else None
    return None if value is None else value.to("万元").number


def _project(line: Line, projects: list[Form]) -> Iterator[Slip]:
    match = search(_PROJECT, line.text)
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


CHECKS = (performance,)
