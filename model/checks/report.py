"""Checks of what was written for a report against the figures of the form it speaks of."""

import re
from collections.abc import Container, Iterator, Mapping
from functools import lru_cache

from model.basics import number
from model.basics.amount import Amount, read_amount
from model.basics.memory import once
from model.basics.number import MONEY_POWERS
from model.checks.finding import Finding, cut, finding, money
from model.checks.said_figures import ELSEWHERE, FIGURE, LINK, Said, said_in
from model.document.answers import CellId
from model.forms.outline import ReportPart
from model.reading.outturn import TYPED, outturn
from model.reading.reading import Form, Reading
from model.reading.reasons import is_denial
from model.report.narrative import Values, form_values, names_in, report_cell, row_cell
from model.report.teller import Teller, statement_teller, teller

WRITTEN = ("report.", "outturn.")
_GRADE = re.compile(r"(?:等级|评为)[为是：:]*[“\"‘]?(?P<grade>优|良|中|差)")
_PLACES = 2  # of an amount in a sentence
_FIGURE = rf"{FIGURE}\s*(?P<unit>{'|'.join(reversed(MONEY_POWERS))})?"
_GRADES = ("优", "良", "中", "差")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})\s*年度")
# Parts whose texts speak of score and execution; in other texts figures may mean anything.
_READ_PARTS = (
    "score",
    "score_note",
    "performance_note",
    "execution",
    "execution_analysis",
    "execution_reason",
    "outputs",
    "problems",
    "measures",
)


def report_agrees_with_the_form(reading: Reading) -> Iterator[Finding]:
    """Figures, grade and year that a clerk wrote in a report are those of the form."""
    for form in reading.forms:
        if not form.definition.is_scored or not _has_report(form):
            continue
        tells = teller(form, reading, reading.library) if reading.library else None
        if tells is not None:
            yield from _of_report(tells)
            yield from _tables(tells)
    yield from _statement(reading)


@once
def _has_report(form: Form) -> bool:
    return any(map(_is_written, form.answers.texts))


@lru_cache(maxsize=100_000)
def _is_written(cell: CellId) -> bool:
    return cell.startswith(WRITTEN) or cell.endswith(".sentence")


def _of_report(tells: Teller) -> Iterator[Finding]:
    for _, part in tells.outline.parts():
        typed = tells.form.answers.text(report_cell(part))
        if part.kind == "sentence" and typed:
            yield from _edited(tells, part, typed)
            if part.id == "undone":
                yield from _nothing_undone(tells, part, typed)
        elif part.kind == "indicators":
            for _, row in tells.rows(part):
                cell = row_cell(row)
                yield from _years(tells.form, cell, part.caption, tells.form.answers.text(cell))
        elif part.kind == "text" and typed:
            if part.id in _READ_PARTS:
                yield from _figures(tells, tells.form, tells.values, part, typed)
            yield from _grades(tells.form, report_cell(part), part.caption, typed)


def _statement(reading: Reading) -> Iterator[Finding]:
    """The sentences of the final accounts on all projects together."""
    if reading.library is None or not any(map(_has_report, reading.forms)):
        return
    tells = statement_teller(reading, reading.library)
    for _, part in tells.outline.parts() if tells else ():
        if tells and part.kind == "sentence":
            yield from _edited(tells, part, tells.form.answers.text(report_cell(part)))
        elif tells and part.kind == "projects":
            for form in reading.projects:
                yield from _overview(tells, part, form)


def _overview(tells: Teller, part: ReportPart, form: Form) -> Iterator[Finding]:
    """The edited sentence on one project, with that project's figures."""
    typed = form.answers.text(report_cell(part))
    if typed:
        yield from _figures(tells, form, form_values(form, tells.reading, tells.outline), part, typed)


# --- figures


def _edited(tells: Teller, part: ReportPart, typed: str) -> Iterator[Finding]:
    """An edited sentence: figures at the places that its pattern fills, grade and year."""
    if not typed:
        return
    yield from _edited_figures(tells, part, typed)
    yield from _grades(tells.form, report_cell(part), part.caption, typed)
    yield from _years(tells.form, report_cell(part), part.caption, typed)


def _edited_figures(tells: Teller, part: ReportPart, typed: str) -> Iterator[Finding]:
    """Figures where the pattern fills them, known by the words before, and behind their words; each once.

    Of several patterns the first contradiction is said.
    """
    reported: set[str] = set()
    money_unit = tells.outline.money_unit
    for pattern in part.patterns:
        for key in names_in(pattern.text):
            said = _said_at(pattern.text, key, typed)
            value = tells.values.get(key)
            if said is None or value is None or key in reported or _same(*said, value, money_unit):
                continue
            reported.add(key)
            yield _contradiction(tells.form, report_cell(part), part.caption, "".join(said), value)
    if part.id in _READ_PARTS:
        yield from _figures(tells, tells.form, tells.values, part, typed, reported)


def _said_at(pattern: str, key: str, typed: str) -> tuple[str, str] | None:
    """The figure, and the unit of money behind it, in the typed sentence after the words before {key}."""
    before = pattern.partition("{" + key + "}")[0]
    words = re.split(r"[}，。；：“”、 ]", before.rstrip())[-1].strip()
    if len(words) < 2:
        return None
    match = re.search(re.escape(words[-4:].rstrip("为")) + LINK + _FIGURE, number.half_width(typed))
    return (match["figure"], match["unit"] or "") if match else None


def _same(said: str, unit: str, value: str, money_unit: str) -> bool:
    """Whether two figures are the same in value: 100.00 equals 100%, 1000000 元 equals 100 in 万元."""
    one, other = (number.parse_number(text.rstrip("%")) for text in (said, value))
    if one is None or other is None:
        return True
    if unit not in ("", money_unit):
        one = Amount(one, unit).to(money_unit).number
        if number.decimals(other) == _PLACES:  # it may be rounded
            one = number.rounded(one, _PLACES)
    return one == other


def _figures(
    tells: Teller, form: Form, values: Values, part: ReportPart, text: str, reported: Container[str] = ()
) -> Iterator[Finding]:
    """Figures behind 得分, 执行数 … in a text that speaks of them."""
    own = tells.outline.money_unit
    for said in said_in(text, form.answers.year):
        value = values.get(said.key)
        if value is not None and said.key not in reported and not _follows(form, said, value, own):
            yield _contradiction(form, report_cell(part), part.caption, said.figure + said.unit, value)


def _follows(form: Form, said: Said, value: str, own: str) -> bool:
    """A rate may show fewer decimals than the form's; an amount may be in another unit than the report's."""
    found = number.parse_number(said.figure)
    rate = form.sheet.execution_rate
    if found is None:
        return True
    if said.key == "rate" and rate is not None:
        return number.rounded(rate * 100, number.decimals(found)) == found
    if said.key in ("budget", "executed"):
        amount = getattr(form.sheet.whole, said.key)
        return Amount(found, said.unit if said.unit in MONEY_POWERS else own) in (
            amount,
            read_amount(value, own),
        )
    return found == number.parse_number(value.rstrip("%"))


def _contradiction(form: Form, cell: CellId, name: str, said: str, value: str) -> Finding:
    message = f"写的是 {said}，自评表是 {value}：请核对，或恢复自动生成。"
    return _found(form, "text-contradicts-form", cell, name, message, (said, value))


def _found(form: Form, code: str, cell: CellId, name: str, message: str, basis: tuple[str, ...]) -> Finding:
    place = f"自评报告 · {name}"
    return finding(form, code, "judged", cell, message, place=place, basis=basis)


def _nothing_undone(tells: Teller, part: ReportPart, typed: str) -> Iterator[Finding]:
    """Nothing is said to be undone only where every quantitative row reached its target."""
    missed = [row for row in tells.form.sheet.indicators if row.counted and row.met is False]
    if missed and is_denial(typed):
        names = "、".join(cut(row.name, 12) for row in missed[:3])
        message = f"写着“{cut(typed)}”，但有 {len(missed)} 个定量指标未完成：{names}。请核对。"
        basis = (typed, *(row.name for row in missed))
        yield _found(tells.form, "text-contradicts-form", report_cell(part), part.caption, message, basis)


def _grades(form: Form, cell: CellId, name: str, text: str) -> Iterator[Finding]:
    """A grade that is named is that of the total."""
    match = _GRADE.search(text)
    bare = text.strip().strip('“”"。')
    said = match["grade"] if match else bare if bare in _GRADES else ""
    if said and form.sheet.grade and said != form.sheet.grade and form.sheet.total is not None:
        total = number.show(form.sheet.total)
        message = f"写的等级是“{said}”，总分 {total} 分应为“{form.sheet.grade}”：请核对。"
        yield _found(form, "grade-mismatch", cell, name, message, (said, form.sheet.grade))


def _years(form: Form, cell: CellId, name: str, typed: str) -> Iterator[Finding]:
    """The {年}年度 of an edited sentence is the year of the form."""
    wrong = [year for year in _YEAR.findall(number.half_width(typed)) if year != form.answers.year]
    if wrong and not ELSEWHERE.search(typed):
        message = f"写的是 {wrong[0]} 年度，本表是 {form.answers.year} 年度：请核对。"
        yield _found(form, "year-mismatch", cell, name, message, (typed, form.answers.year))


# --- tables


def _tables(tells: Teller) -> Iterator[Finding]:
    """Given sums of 年度预算收支情况 are sums, and its totals are those of the form."""
    form = tells.form
    for table in tells.outline.tables:
        for row in outturn(table, form.answers, form.definition.money_unit) if table.rows else ():
            for column in TYPED if row.row.sums else ():
                given, found = form.answers.given.get(row.cell(column), ""), row.amounts[column]
                printed = read_amount(given, form.definition.money_unit)
                if found is not None and printed != found and not number.is_nothing(given):
                    message = f"原表 {given.strip()}，各行合计 {money(found)}：请核对。"
                    place = f"{form.filled(table.title)} · {row.row.caption}"
                    yield finding(form, "table-sum", "judged", row.cell(column), message, place=place)
            yield from _totals(form, table.title, row.row.key, row.amounts)


def _totals(form: Form, title: str, key: str, amounts: Mapping[str, Amount | None]) -> Iterator[Finding]:
    """The expenditure in all, adjusted and final, is what the form has as budget and execution."""
    if key != "spending" or not form.sheet.funds:
        return
    first = form.sheet.whole
    pairs = (("adjusted", "调整后预算数", first.budget), ("final", "决算数", first.executed))
    for column, name, wanted in pairs:
        found = amounts[column]
        if found is None or wanted is None or abs(found - wanted) <= form.regulation.limits.rounding:
            continue
        message = f"支出合计的{name} {money(found)}，自评表是 {money(wanted)}：请核对。"
        place = f"{form.filled(title)} · 支出合计"
        cell = f"outturn.{key}.{column}"
        yield finding(form, "text-contradicts-form", "judged", cell, message, place=place)
