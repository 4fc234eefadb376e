"""The sentences of the report, from the figures of the forms: values by name, put into patterns."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from string import Formatter
from typing import TYPE_CHECKING, NamedTuple

from model.basics import number
from model.basics.amount import Amount, total
from model.document.answers import CellId, FormAnswers
from model.forms.columns import REASON
from model.forms.definition import bare
from model.forms.outline import Outline, Pattern, ReportPart
from model.reading.outturn import outturn
from model.reading.reading import Form, Reading
from model.reading.reasons import is_denial
from model.reading.scoring import Indicator, is_filled
from model.reading.summary import done

if TYPE_CHECKING:
    from model.accounts.accounts import Accounts

Values = Mapping[str, str | None]
_FORMATTER = Formatter()
_LISTED = re.compile(r"(?:^|(?<=[；;。]))[0-9]{1,2}[.、．](?![0-9])")
FROM = ".from"  # behind the cell of an edited sentence: what was generated when it was edited


class Sentence(NamedTuple):
    """A generated sentence and what the clerk made of it.

    `typed` is the clerk's wording, "" while it is generated; `basis` what was generated when it was edited.
    """

    cell: CellId
    generated: str
    typed: str = ""
    basis: str = ""

    @property
    def text(self) -> str:
        """What is printed."""
        return self.typed or self.generated

    @property
    def is_stale(self) -> bool:
        """Whether figures behind an edited sentence have changed since."""
        return bool(self.typed) and self.basis != self.generated


def sentence(answers: FormAnswers, cell: CellId, generated: str) -> Sentence:
    """Return the sentence of a cell as it stands."""
    return Sentence(cell, generated, answers.text(cell), answers.text(cell + FROM))


def report_cell(part: ReportPart) -> CellId:
    """Return where a text or sentence of a report is kept."""
    return f"report.{part.id}"


def row_cell(row: Indicator) -> CellId:
    """Return where the sentence of an indicator is kept."""
    return f"{row.id}.sentence"


def filled(patterns: Sequence[Pattern], values: Values) -> str:
    """Return the first pattern whose values are all known, filled in; "" where there is none."""
    for pattern in patterns:
        if pattern.when and not values.get(pattern.when):
            continue
        used = {name: values.get(name) for name in names_in(pattern.text)}
        if all(value is not None for value in used.values()):
            return pattern.text.format(**used)
    return ""


def names_in(pattern: str) -> tuple[str, ...]:
    """Return the names in braces."""
    return tuple(name for _, name, _, _ in _FORMATTER.parse(pattern) if name)


# --- values


def form_values(form: Form, reading: Reading, outline: Outline) -> dict[str, str | None]:
    """Return what a report on a form can say; None is unknown, and so is what there is none of."""
    values: dict[str, str | None] = {
        "year": form.answers.year,
        "unit": _unit(form),
        "whole": None if form.definition.is_of_project else _unit(form),
        "project": form.project,
        "project_called": _called(form.project),
    }
    says = _Money(outline.money_unit, form.definition.look.commas)
    for more in (_scores(form), _money(form, says), _indicators(form), _compared(form)):
        values |= more
    return values | _outturn(form, outline, says, reading.accounts) | _projects(reading, says)


def _unit(form: Form) -> str:
    """The unit as the form itself names it."""
    names = (form.answers.text(cell) for cell in ("unit_name", "unit_line", "unit"))
    return next((name.strip() for name in names if is_filled(name)), "")


def _called(project: str) -> str:
    """A project with the word 项目 behind its name, unless the name ends in it: 教学改革项目."""
    return project if project.endswith(("项目", "项目支出")) else f"{project}项目"


def _scores(form: Form) -> dict[str, str | None]:
    total = form.sheet.total
    return {  # what is not finished has neither
        "total": number.show(total) if total is not None and form.sheet.grade else None,
        "grade": form.sheet.grade or None,
    }


class _Money(NamedTuple):
    """How a report writes amounts: in which unit, and whether with commas."""

    unit: str
    commas: bool

    def amount(self, value: Amount | None) -> str | None:
        """An amount as the form prints it."""
        if value is None:
            return None
        return number.show_amount(value.to(self.unit).number, commas=self.commas)[0]

    def plain(self, value: Amount | None) -> str | None:
        """An amount as the final accounts print it: 98, not 98.00."""
        return None if value is None else number.show(value.to(self.unit).number)


def _money(form: Form, says: _Money) -> dict[str, str | None]:
    first = form.sheet.whole
    initial, budget, executed = (first.initial, first.budget, first.executed) if first else (None, None, None)
    rate = form.sheet.execution_rate
    is_left = budget is not None and executed is not None and executed < budget
    return {
        "budget": says.amount(budget),
        "executed": says.amount(executed),
        "initial": says.amount(initial),
        "budget_plain": says.plain(budget),
        "executed_plain": says.plain(executed),
        "difference": says.plain(budget - executed) if budget and executed is not None and is_left else None,
        "rate": number.show_rate(rate)[0] if rate is not None else None,
        "rate1": one_decimal(rate),
        "basic": says.amount(_first(form, "basic", "split.basic")),
        "project_spending": says.amount(_first(form, *_PROJECT_SPENDING)),
    }


_PROJECT_SPENDING = ("project", "split.project")


def _first(form: Form, *cells: str) -> Amount | None:
    return next((amount for cell in cells if (amount := form.amount(cell)) is not None), None)


def one_decimal(rate: Fraction | Decimal | None) -> str | None:
    """Return a fraction in percent with one decimal, as the final accounts print it: 100.0."""
    return None if rate is None else str(number.rounded(Fraction(rate) * 100, 1))


def _indicators(form: Form) -> dict[str, str | None]:
    rows = [row for row in form.sheet.indicators if row.counted and not row.is_none]
    states = [(row, done(row)) for row in rows]
    undone = [row for row, state in states if state is False]
    unknown = [row for row, state in states if state is None]
    return {
        "count": str(len(rows)) if rows else None,
        "done": str(len(rows) - len(undone) - len(unknown)) if rows else None,
        "settled": "是" if rows and not unknown else None,
        "undone": str(len(undone)) if undone else None,
        "undone_names": _names(undone),
        "undone_reasons": _reasons(undone, "原因："),
        "open": str(len(unknown)) if unknown else None,
        "open_names": _names(unknown),
        "reasons": _deviation(form) or _reasons([row for row in rows if is_filled(row.reason)], "") or None,
        "goals": _goals(form),
    }


def _names(rows: Sequence[Indicator]) -> str | None:
    return "、".join(f"“{_name(row)}”" for row in rows) or None


def _name(row: Indicator) -> str:
    """The name as a sentence has it: without the number of a list of which it is one item."""
    name = _line(row.name).strip("；;。")
    return name if len(_LISTED.findall(name)) > 1 else _LISTED.sub("", name, count=1)


def _reason(row: Indicator) -> str:
    """The reason as it stands behind the words 原因：, which the clerk may have written too."""
    return _line(row.reason).removeprefix("原因：").rstrip("。；;")


def _reasons(rows: Sequence[Indicator], before: str) -> str:
    given = [f"{_name(row)}：{_reason(row)}" for row in rows if is_filled(row.reason)]
    return f"{before}{'；'.join(given)}。" if given else ""


def _deviation(form: Form) -> str:
    """What the form says under 偏差大或目标未完成原因分析, unless it denies any deviation."""
    fields = (field.id for field in form.definition.fields.values() if field.at == "deviation_analysis")
    text = next((form.answers.text(cell) for cell in fields), "")
    return "" if is_denial(text) else _line(text)


def _goals(form: Form) -> str | None:
    texts = [
        _line(form.answers.text(f"{goal}.text") or form.answers.text(f"{goal}.expected"))
        for goal in form.answers.goals
    ]
    said = [text.rstrip("。；;") for text in texts if text]
    if len(said) > 1:
        said = [f"目标 {n}：{text}" for n, text in enumerate(said, start=1)]
    return "；".join(said) + "。" if said else None


def _line(text: str) -> str:
    return "".join(text.split("\n")).strip()


def _compared(form: Form) -> dict[str, str | None]:
    text = form.answers.text("report.last_total")
    last, total = number.parse_points(text), form.sheet.total
    is_known = last is not None and total is not None and form.sheet.grade
    change = total - last if is_known and last is not None and total is not None else None
    return {
        "last_total": number.show(last) if last is not None else None,
        "rise": number.show(change) if change is not None and change > 0 else None,
        "fall": number.show(-change) if change is not None and change < 0 else None,
    }


def _outturn(
    form: Form, outline: Outline, says: _Money, accounts: "Accounts | None"
) -> dict[str, str | None]:
    table = next((table for table in outline.tables if table.rows), None)
    if table is None:
        return {}
    rows = outturn(table, form.answers, form.definition.money_unit, accounts)
    final = {row.row.key: row.amounts["final"] for row in rows}
    whole = final.get("spending")
    values: dict[str, str | None] = {"spending": says.amount(whole)}
    for name, key in (("staff", "staff"), ("running", "running"), ("project_outturn", "project")):
        part = final.get(key)
        values[name] = says.amount(part)
        share = part / whole if part is not None and whole else None
        values[f"{key}_share"] = number.show_rate(share)[0] if share is not None else None
    return values


def _projects(reading: Reading, says: _Money) -> dict[str, str | None]:
    """What the final accounts say of all projects together."""
    spent = [form.sheet.whole.executed for form in reading.projects]
    known = [value for value in spent if value is not None]
    executed = total(known, says.unit) if known and len(known) == len(spent) else None
    whole = _first(reading.department, *_PROJECT_SPENDING) if reading.department else None
    share = executed / whole if executed is not None and whole else None
    return {
        "project_count": str(len(spent)) if spent else None,
        "projects_executed": says.plain(executed),
        "projects_share": one_decimal(share),
    }


def row_values(form: Form, row: Indicator, n: int) -> dict[str, str | None]:
    """Return what the sentence of an indicator can say; `n` counts the rows of its block."""
    target, actual = _line(row.whole_target), _line(row.whole_actual)
    is_prose = row.target.kind in ("prose", "date")
    return {
        "n": str(n),
        "name": _name(row) or None,
        "target": target.rstrip("。；;") or None,
        "actual": actual.rstrip("。；;，") or None,
        "reason": f"{REASON}：{_reason(row)}。" if is_filled(row.reason) else "",
        "prose": "是" if is_prose else None,
        "level1": bare(row.level1),
    }
