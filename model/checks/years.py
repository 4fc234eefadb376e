"""Checks of years and dates: all of a form speaks of its year, and was filled in after it."""

import re
from collections.abc import Iterator

from model.basics.number import half_width
from model.checks.finding import Finding, cut, finding
from model.document.answers import CellId
from model.reading.reading import Form

_YEAR_OF_TITLE = re.compile(r"((?:19|20)[0-9]{2})\s*年")
_DUE = re.compile(
    r"(?<![0-9])(?:((?:19|20)[0-9]{2})\s*年\s*(?:[0-9]{1,2}\s*月\s*)?(?:内|底)"
    r"|((?:19|20)[0-9]{2})[./-][0-9]{1,2}[./-][0-9]{1,2}(?![0-9]))"
)
_DATE = re.compile(r"((?:19|20)[0-9]{2})\s*[年./-]\s*([0-9]{1,2})(?:\s*[月./-]\s*([0-9]{1,2}))?")
MONTHS = 12


def years_agree(form: Form) -> Iterator[Finding]:
    """The title and the dates by which something is due speak of the year of the form."""
    for cell, text, years in _years_said(form):
        if wrong := next((year for year in years if year != form.answers.year), None):
            message = f"“{cut(text)}”写的是 {wrong} 年，本表是 {form.answers.year} 年度：请核对。"
            yield finding(form, "year-mismatch", "judged", cell, message, basis=(text, form.answers.year))


def _years_said(form: Form) -> Iterator[tuple[CellId, str, list[str]]]:
    """Yield the texts that name a year, with the years."""
    title = form.answers.given.get("title", "")
    yield "title", title, _YEAR_OF_TITLE.findall(half_width(title))[:1]
    for row in form.sheet.indicators:
        if row.counted and "时效" in row.level2:
            for cell in (f"{row.id}.target", f"{row.id}.actual"):
                text = form.answers.text(cell)
                yield cell, text, [one or other for one, other in _DUE.findall(half_width(text))]


def dates_fit_the_year(form: Form) -> Iterator[Finding]:
    """A self-evaluation is filled in soon after its year, a declaration around the beginning of it."""
    year = int(form.answers.year) if form.answers.year.isdecimal() else 0
    for field in form.definition.fields.values():
        month = month_of(form.answers.text(field.id)) if field.kind == "date" and year else None
        if month is not None and (problem := _problem(form, year, month)):
            text = form.answers.text(field.id)
            message = f"{field.caption or '日期'}“{cut(text)}”{problem}：请核对。"
            basis = (text, form.answers.year)
            yield finding(form, "year-mismatch", "warning", field.id, message, basis=basis)


def month_of(text: str) -> int | None:
    """Return the month that a date lies in, counted from year 0; None where a text is no date."""
    found = _DATE.search(half_width(text))
    if found is None or not 1 <= int(found[2]) <= MONTHS:
        return None
    return int(found[1]) * MONTHS + int(found[2]) - 1


def _problem(form: Form, year: int, month: int) -> str:
    limits, next_year = form.regulation.limits, (year + 1) * MONTHS
    if form.definition.kind in ("declaration", "project_declaration", "monitoring"):
        if month < year * MONTHS - limits.months_early:
            return f"早于 {year} 年度开始前 {limits.months_early} 个月"
        return f"在 {year} 年度结束之后" if month >= next_year else ""
    if month < next_year:
        return f"在 {year} 年度结束之前"
    return (
        f"晚于 {year} 年度结束后 {limits.months_late} 个月" if month >= next_year + limits.months_late else ""
    )
