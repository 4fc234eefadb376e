"""The results of checking files, for people and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from export import tabular
from export.opening import Opened
from model.accounts.accounts import Accounts
from model.basics import number
from model.checks import check_accounts, check_between, check_form
from model.checks.finding import BESIDE, SEVERITIES, Finding
from model.checks.open_items import Open, all_items, completeness
from model.document.answers import ACCOUNTS
from model.reading.reading import Form, Reading
from model.reading.scoring import Indicator

UNREADABLE, OPEN_ERRORS, SOUND = 2, 1, 0
_GROUPS = {
    "error": "错误",
    "gap": "未填",
    "warning": "提醒",
    "paper": "版面",
    "note": "提示",
    "answered": "已说明",
}  # by state


@dataclass(frozen=True)
class Checked:
    """A file with its findings: those within each form in order, between the forms, and of the accounts;
    and what is open or set aside in it, which holds what would print empty or break badly too."""

    opened: Opened
    within: tuple[tuple[Form, tuple[Finding, ...]], ...]
    between: tuple[Finding, ...]
    accounts: tuple[Finding, ...] = ()
    open: tuple[Open, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them."""
        within = (finding for _, findings in self.within for finding in findings)
        return (*within, *self.between, *self.accounts)

    @property
    def code(self) -> int:
        """2 if the file could not be read, else 1 if an error is open, else 0."""
        if self.opened.reading is None:
            return UNREADABLE
        return OPEN_ERRORS if any(finding.is_open_error for finding in self.findings) else SOUND

    def of(self, form: Form) -> tuple[Finding, ...]:
        """The findings that stand in a form, those between forms included."""
        return tuple(finding for finding in self.findings if finding.address[0] == form.key)

    def listed(self, form: Form) -> tuple[Finding, ...]:
        """The findings of a form, and what of it and of its report would print empty."""
        within = next(findings for one, findings in self.within if one is form)
        return (*within, *(item.finding for item in self._beside() if item.address[0] == form.key))

    def listed_of_accounts(self, key: str) -> tuple[Finding, ...]:
        """The findings of the final accounts, and that they have no figures."""
        return (*self.accounts, *(item.finding for item in self._beside() if item.address[0] == key))

    def count(self, state: str) -> int:
        """How many findings, and how much of what is open without being one, have a state."""
        beside = sum(item.severity == state for item in self._beside())
        return beside + sum(finding.state == state for finding in self.findings)

    def _beside(self) -> tuple[Open, ...]:
        return tuple(item for item in self.open if item.kind in BESIDE)


def check_all(files: Iterable[Opened]) -> list[Checked]:
    """Check every file; forms are compared with each other only within a document."""
    return [_checked(opened) for opened in files]


def _checked(opened: Opened) -> Checked:
    found = findings_of(opened)
    if opened.reading is None:
        return found
    items = (item for item in all_items(opened.reading, found.findings) if not _is_of_tables(opened, item))
    return replace(found, open=tuple(items))


def findings_of(opened: Opened) -> Checked:
    """Check a file without laying it out: what would print empty or break badly is not looked for."""
    if opened.reading is None:
        return Checked(opened, (), ())
    within = tuple((form, check_form(form)) for form in opened.reading.forms)
    return Checked(opened, within, check_between(opened.reading), check_accounts(opened.reading))


def _is_of_tables(opened: Opened, item: Open) -> bool:
    """Whether it is what a document would still want of accounts that are no more than published tables."""
    if item.severity != "gap" or item.address[0] != ACCOUNTS or opened.path.suffix.lower() != ".json":
        return False
    accounts = opened.reading.accounts if opened.reading else None
    return accounts is not None and any(accounts.text(name).strip("0.") for name in accounts.names())


def exit_code(files: Iterable[Checked]) -> int:
    """Return the greatest code of the files."""
    return max((checked.code for checked in files), default=SOUND)


# --- for people


def as_text(files: Sequence[Checked]) -> Iterator[str]:
    """Yield the lines that tell a clerk what was found, file by file, and a table of the results."""
    for checked in files:
        yield f"■ {checked.opened.path}"
        if checked.opened.reading is None:
            yield f"  读不了：{checked.opened.error}"
        yield from (f"  {note}" for note in checked.opened.notes)
        for form, _ in checked.within:
            yield from _form_lines(form, checked.listed(form))
        if len(checked.within) > 1 or checked.between:  # one form may differ from its document
            yield "  表间核对"
            yield from _groups(checked.between, len(checked.within))
        if checked.opened.reading is not None and checked.opened.reading.accounts is not None:
            accounts = checked.opened.reading.accounts
            yield from _accounts_lines(accounts, checked.listed_of_accounts(accounts.key))
        yield ""
    yield from _table(files)


def _form_lines(form: Form, findings: Sequence[Finding]) -> Iterator[str]:
    yield "  " + "".join(form.title) + (f" · {form.project}" if form.project else "")
    yield "    " + _summary(form)
    if form.sheet.missing:
        places = "；".join(map(form.where, form.sheet.missing))
        yield f"    还没有得分（{len(form.sheet.missing)} 项）：{places}"
    yield from _groups(findings)


def _accounts_lines(accounts: Accounts, findings: Sequence[Finding]) -> Iterator[str]:
    """The final accounts: income and spending in all, and what was found."""
    yield f"  {accounts.year} 年度部门决算 · {accounts.name}"
    totals = [accounts.text(name) or "—" for name in ("t1.in.total", "t1.out.total")]
    yield f"    收入总计 {totals[0]} 万元，支出总计 {totals[1]} 万元"
    yield from _groups(findings)


def _groups(findings: Sequence[Finding], forms: int = 0) -> Iterator[str]:
    """The findings by severity, the most severe first; those that are answered last."""
    if not findings:
        yield f"    {forms} 张表之间没有发现问题。" if forms else "    没有发现问题。"
    for state, name in _GROUPS.items():
        group = [finding for finding in findings if finding.state == state]
        yield from [f"    {name} {len(group)}"] * bool(group)
        for finding in sorted(group, key=lambda finding: SEVERITIES.index(finding.severity)):
            answer = f"说明：{finding.answer}" if state == "answered" else ""
            yield f"      {finding.where}：{finding.message}{answer}"


_TABLE = ("结果", "表", "总分", *_GROUPS.values(), "结论")


def _table(files: Sequence[Checked]) -> Iterator[str]:
    rows = [_TABLE, *map(_row, files)]
    yield from tabular.lines(rows, right=range(1, len(_TABLE) - 1))


def _row(checked: Checked) -> tuple[str, ...]:
    opened = checked.opened
    if opened.reading is None:
        return (opened.path.name, *[""] * (len(_TABLE) - 2), "读不了")
    figures = (str(checked.count(state)) for state in _GROUPS)
    forms = len(checked.within) + (opened.reading.accounts is not None)
    return (opened.path.name, str(forms), _total(opened.reading), *figures, _verdict(checked))


def _verdict(checked: Checked) -> str:
    """In a few words whether anything is open; no problem there is only where nothing is."""
    open_states = ("error", "gap", "warning", "paper")
    said = zip(open_states, ("有错误", "没有填完", "有提醒", "版面待看"), strict=True)
    words = "，".join(word for state, word in said if checked.count(state))
    return ("草稿：" if checked.code else "") + (words or "没有问题")


def _total(reading: Reading) -> str:
    """The total of the whole: of the department, else of the only form."""
    form = reading.department or (reading.forms[0] if len(reading.forms) == 1 else None)
    return number.show(form.sheet.total) if form and form.sheet.total is not None else "—"


def _summary(form: Form) -> str:
    sheet = form.sheet
    if not form.definition.is_scored:
        lacking = len(completeness(form).missing)
        return f"不计分，缺 {lacking} 项" if lacking else "不计分，已填完"
    total = "总分 未知" if sheet.total is None else f"总分 {number.show(sheet.total)}"
    parts = [total + f"（{sheet.grade or completeness(form).why_no_grade}）"]
    if sheet.execution_rate is not None:
        parts.append(f"执行率 {number.show_rate(sheet.execution_rate)[0]}")
    if given := form.answers.given.get("total"):
        parts.append(f"原表总分 {given}")
    return "，".join(parts)


# --- as JSON


def as_json(files: Iterable[Checked]) -> str:
    """Return the results as one JSON array, an object a file in the order given.

    A finding that is answered carries its answer.
    """
    return json.dumps([_file(checked) for checked in files], ensure_ascii=False, indent=1)


def _file(checked: Checked) -> dict[str, Any]:
    opened = checked.opened
    if opened.reading is None:
        return {"file": str(opened.path), "error": opened.error, "document": None, "forms": []}
    accounts = opened.reading.accounts
    return {
        "file": str(opened.path),
        "error": None,
        "document": {
            "unit": opened.unit,
            "year": _year(opened.year),
            "findings": [_finding(finding) for finding in checked.between],
        },
        "forms": [_form(form, findings) for form, findings in checked.within],
        **({"accounts": _accounts(accounts, checked.accounts)} if accounts else {}),
    }


def _accounts(accounts: Accounts, findings: Sequence[Finding]) -> dict[str, Any]:
    """The final accounts: every cell of the tables by name, with its text as printed."""
    return {
        "edition": accounts.definition.id,
        "findings": [_finding(finding) for finding in findings],
        "tables": {name: accounts.text(name) for name in accounts.names()},
    }


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _form(form: Form, findings: Sequence[Finding]) -> dict[str, Any]:
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
        "findings": [_finding(finding) for finding in findings],
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
        "explanation": row.outcome.sentence,
    }


def _finding(finding: Finding) -> dict[str, str]:
    entry = {
        "code": finding.code,
        "severity": finding.severity,
        "place": finding.place,
        "message": finding.message,
    }
    return entry | ({"answer": finding.answer} if finding.answer else {})


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else number.plain(value)


def _printed(text: str) -> str | None:
    """A figure that a read file had printed; one that is no number as it stands."""
    value = number.parse_points(text)
    return number.plain(value) if value is not None else text or None


def _rate(value: Fraction | None) -> str | None:
    return None if value is None else str(number.rounded(value, 4))
