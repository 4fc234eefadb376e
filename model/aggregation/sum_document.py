"""The sum as a form of a document: texts say which unit gave what; adding up again keeps what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from model.aggregation.lines import Line
from model.aggregation.result import Aggregate, filled
from model.basics import number
from model.basics.errors import UserError
from model.document.answers import DEPARTMENT, INDICATORS, Answers, CellId, FormAnswers
from model.forms.definition import FormDefinition
from model.reading.reading import Form

ORIGIN = "汇总"  # how the source of every text that was added up begins
_MOST = 12  # units that a source names
_OF_UNITS = ("target", "actual", "score")


def sum_of(result: Aggregate, definition: FormDefinition, year: str, unit: str) -> Answers:
    """Return a document of the form that all add up to; raises UserError while a question is open."""
    if result.questions:
        open_lines = sum(1 for line in result.lines if line.questions)
        raise UserError(f"还有 {open_lines} 项没有确认，没有汇总。", "请确认后再试。")
    projects = {part.form.project for part in result.sorted.counted}
    texts = {"unit": unit, "year": year, "project_name": projects.pop() if len(projects) == 1 else ""}
    form = added_up(FormAnswers(definition.id).with_texts(texts), result)
    return Answers({DEPARTMENT if definition.kind == "department" else "p1": form}, unit, year)


def added_up(form: FormAnswers, result: Aggregate) -> FormAnswers:
    """Return a form with the result put in. What the clerk typed over a text that was added up stays; a text
    that is still as it was added up the last time is replaced.
    """
    typed = {cell for cell in form.texts if _is_typed(form, cell)}
    emptied = {cell: "" for cell in form.texts if cell not in typed and not _is_name(form, cell)}
    fresh = filled(_without_old_rows(form.with_texts(emptied), result, typed), result)
    said = _sources(fresh, result)
    imported = {cell: fresh.text(cell) for cell in said if cell not in typed}
    others = {cell: source for cell, source in form.sources.items() if not source.startswith(ORIGIN)}
    return replace(fresh, imported={**form.imported, **imported}, sources={**others, **said})


def _without_old_rows(form: FormAnswers, result: Aggregate, typed: set[CellId]) -> FormAnswers:
    """Take rows away that no unit has any more and in which nobody has typed."""
    names = {(line.level2, line.name) for line in result.lines if line.contributions}
    rows = [
        row
        for row in form.indicators
        if (form.text(f"{row}.level2"), form.text(f"{row}.name")) in names
        or any(cell.startswith(f"{row}.") for cell in typed)
    ]
    gone = set(form.indicators) - set(rows)
    texts = {cell: "" for cell in form.texts if cell.partition(".")[0] in gone}
    return form.with_rows(INDICATORS, rows).with_texts(texts)


def is_added_up(form: FormAnswers, cell: CellId) -> bool:
    """Whether a text came from adding up, changed or not."""
    return form.sources.get(cell, "").startswith(ORIGIN)


def is_sum(form: FormAnswers) -> bool:
    """Whether a form was made by adding up."""
    return any(source.startswith(ORIGIN) for source in form.sources.values())


def _is_typed(form: FormAnswers, cell: CellId) -> bool:
    """Whether a clerk has typed a text, also over one that was added up."""
    return not is_added_up(form, cell) or form.text(cell) != form.imported.get(cell, "")


def _is_name(form: FormAnswers, cell: CellId) -> bool:
    """Whether a row is known by a text when it is added up again."""
    row, _, column = cell.partition(".")
    return row in form.indicators and column in ("level1", "level2", "name", "goal")


def _sources(form: FormAnswers, result: Aggregate) -> Mapping[CellId, str]:
    """Which units gave what, by the cells of the form."""
    rows = {(form.text(f"{row}.level2"), form.text(f"{row}.name")): row for row in form.indicators}
    found: dict[CellId, str] = {}
    for line in result.lines:
        row = rows.get((line.level2, line.name))
        if row and line.contributions:
            for column in _OF_UNITS:
                found[f"{row}.{column}"] = f"{ORIGIN} {len(line.contributions)} 张表：{_given(line, column)}"
            for column in ("level1", "level2", "name", "weight", "direction", "level"):
                found[f"{row}.{column}"] = f"{ORIGIN} {len(line.contributions)} 张表"
    for sum_ in result.funds:
        given = [f"{name} {number.plain(amount)}" for name, amount in sum_.given]
        found[sum_.cell] = f"{ORIGIN} {len(given)} 张表：{_listed(given)}"
    return {cell: source for cell, source in found.items() if form.text(cell)}


def _given(line: Line, column: str) -> str:
    """What each unit gave: 示例二小 20间、示例三小 26间."""
    return _listed([f"{one.part.name} {one.text(column) or '—'}" for one in line.contributions])


def _listed(given: Sequence[str]) -> str:
    more = f"等 {len(given)} 个单位" if len(given) > _MOST else ""
    return "、".join(given[:_MOST]) + more


def goes_into(form: Form, result: Aggregate) -> bool:
    """Whether the result can be put into a form again: one that was added up, of its kind."""
    counted = result.sorted.counted
    same = counted and counted[0].form.definition.id == form.definition.id
    return bool(same) and is_sum(form.answers)
