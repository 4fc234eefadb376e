"""The results of checking files, for people and as JSON."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from export.opening import Opened
from model import number
from model.checks import Finding, check_form
from model.completeness import completeness
from model.reading import Form, Reading
from model.scoring import Indicator

UNREADABLE, OPEN_ERRORS, SOUND = 2, 1, 0
_SEVERITY_NAMES = {"computed": "错误", "judged": "错误", "warning": "提醒", "note": "提示"}


def exit_code(files: Iterable[Opened]) -> int:
    """Return 2 if a file could not be read, else 1 if an error is open, else 0."""
    codes = [UNREADABLE if f.reading is None else _code(f.reading) for f in files]
    return max(codes, default=SOUND)


def _code(reading: Reading) -> int:
    errors = any(finding.is_open_error for form in reading.forms for finding in check_form(form))
    return OPEN_ERRORS if errors else SOUND


# --- for people


def as_text(files: Iterable[Opened]) -> Iterator[str]:
    """Yield the lines that tell a clerk what was found in each file."""
    for opened in files:
        yield f"■ {opened.path}"
        if opened.reading is None:
            yield f"  读不了：{opened.error}"
        else:
            for form in opened.reading.forms:
                yield from _form_lines(form)
        yield ""


def _form_lines(form: Form) -> Iterator[str]:
    yield "  " + "".join(form.title) + (f" · {form.project}" if form.project else "")
    yield "  " + _summary(form)
    if form.sheet.missing:
        yield f"  还没有得分（{len(form.sheet.missing)} 项）：" + "；".join(
            map(form.place, form.sheet.missing)
        )
    findings = check_form(form)
    for finding in findings:
        yield f"  {_SEVERITY_NAMES[finding.severity]}  {finding.place}：{finding.message}"
    if not findings:
        yield "  没有发现问题。"


def _summary(form: Form) -> str:
    sheet = form.sheet
    if not form.definition.is_scored:
        lacking = len(completeness(form).missing)
        return f"不计分，缺 {lacking} 项" if lacking else "不计分，已填完"
    total = "总分 未知" if sheet.total is None else f"总分 {number.show(sheet.total)}"
    parts = [total + f"（{completeness(form).why_no_grade if sheet.missing else sheet.grade}）"]
    if sheet.execution_rate is not None:
        parts.append(f"执行率 {number.show_rate(sheet.execution_rate)[0]}")
    if given := form.answers.given.get("total"):
        parts.append(f"原表总分 {given}")
    return "，".join(parts)


# --- as JSON


def as_json(files: Iterable[Opened]) -> str:
    """Return the results as one JSON array, an object a file in the order given."""
    return json.dumps([_file(opened) for opened in files], ensure_ascii=False, indent=1)


def _file(opened: Opened) -> dict[str, Any]:
    if opened.reading is None:
        return {"file": str(opened.path), "error": opened.error, "document": None, "forms": []}
    return {
        "file": str(opened.path),
        "error": None,
        "document": {"unit": opened.unit, "year": _year(opened.year), "findings": []},
        "forms": [_form(form) for form in opened.reading.forms],
    }


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _form(form: Form) -> dict[str, Any]:
    sheet = form.sheet
    return {
        "form": form.definition.id,
        "title": "".join(form.title),
        "name": form.name,
        "execution_rate": _rate(sheet.execution_rate),
        "execution_score": _figure(sheet.execution.score),
        "weights_total": _figure(sheet.weights_total),
        "total": _figure(sheet.total),
        "total_printed": _printed(form.answers.given.get("total", "")),
        "missing": [form.place(cell) for cell in sheet.missing],
        "indicators": [_indicator(form, row) for row in sheet.indicators],
        "findings": [_finding(finding) for finding in check_form(form)],
    }


def _indicator(form: Form, row: Indicator) -> dict[str, Any]:
    goals = form.answers.goals
    return {
        "goal": goals.index(row.goal) + 1 if row.goal in goals else None,
        "level1": row.level1,
        "level2": row.level2,
        "name": row.name,
        "weight": _figure(row.weight),
        "target": form.answers.text(f"{row.id}.target"),
        "actual": form.answers.text(f"{row.id}.actual"),
        "score": _figure(row.score),
        "score_by_rule": _figure(row.outcome.score),
        "explanation": row.outcome.explanation,
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "place": finding.place,
        "message": finding.message,
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else number.plain(value)


def _printed(text: str) -> str | None:
    """A figure that a read file had printed; one that is no number as it stands."""
    value = number.parse_points(text)
    return number.plain(value) if value is not None else text or None


def _rate(value: Fraction | None) -> str | None:
    return None if value is None else str(number.rounded(value, 4))
