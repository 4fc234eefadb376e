"""A new document from last year's: unit, people, projects, goals, indicators and targets; no results.

What a row reached last year stands beside it (`i7.last_actual`, `i7.last_score`), and what its name and
target, or the text of a goal, were (`i7.last_target`); the total of each form in `report.last_total`. All of
it is shown and compared, and never counted.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from model.basics import number
from model.document.answers import ACCOUNTS, DEPARTMENT, GOALS, INDICATORS, LAST, Answers, CellId, FormAnswers
from model.document.carrying import carrying
from model.filling.blank import YEAR_FIELD, FormSet
from model.filling.last_measures import measures_of_last_year
from model.forms.columns import Columns
from model.forms.definition import FormDefinition
from model.forms.loader import Library
from model.forms.outline import Outline
from model.reading.amounts import LABEL, UNDER
from model.reading.reading import Form, read

LAST_ACTUAL, LAST_SCORE, LAST_TOTAL = f"{LAST}actual", f"{LAST}score", "report.last_total"
_DATES_AND_TEXTS = ("date", "long", "money")  # fields of the year that is over


def carry_over(last: Answers, form_set: FormSet, unit: str, year: str, library: Library) -> Answers:
    """Return the document of another year on the forms of a set, begun with what last year's knew.

    Amounts, results, scores, reasons, dates and what was written for the report stay behind, but for the
    texts that an outline says are carried (职能, 立项目的). A form that the set has no place for is left out.
    """
    reading = read(library, last)
    forms = {}
    for form in reading.forms:
        definition = _definition(form, form_set)
        if definition is not None:
            forms[form.key] = _carried(form, definition, unit, year, library)
    if reading.accounts is not None:
        from model.filling.accounts import carry_accounts  # late: most documents have no accounts

        forms[ACCOUNTS] = carry_accounts(reading.accounts, library, unit, year)
    assert reading.library is not None  # it was read with one
    return carrying(reading.library, Answers(forms, unit, year))


def carried_form(
    last: FormAnswers, definition: FormDefinition, unit: str, year: str, library: Library
) -> FormAnswers:
    """Return the form of another year begun with what one of last year knew, as `carry_over` does."""
    reading = read(library, Answers({"p1": last}, last.unit, last.year))
    return _carried(reading.forms[0], definition, unit, year, library)


def _definition(form: Form, form_set: FormSet) -> FormDefinition | None:
    """The form of the new year: that of the set; declared projects and transfers begin with the same form."""
    if form.definition.kind in _ON_THEIR_OWN:
        return form.definition
    if not form.definition.is_scored:
        return None  # goals of a department are set anew, and nothing is watched yet
    return form_set.department if form.key == DEPARTMENT else form_set.project


_ON_THEIR_OWN = ("project_declaration", "transfer")  # kinds that no set of forms has


def _carried(form: Form, definition: FormDefinition, unit: str, year: str, library: Library) -> FormAnswers:
    texts = {"year": year, **dict(_fields(form, definition, unit, year)), **dict(_rows(form, definition))}
    outline = library.outline(definition.id)
    texts.update(_report(form, outline))
    in_report = _report_rows(form, outline)
    texts.update((cell, form.answers.text(cell)) for cell in in_report.cells)
    texts.update(_last_total(form))
    texts.update(_last_texts(form, definition, texts))
    texts.update(_names_of_money(form, definition))
    tables = (GOALS, INDICATORS, *(block.id for block in definition.money_blocks))
    rows = {name: ids for name in tables if (ids := form.answers.rows.get(name))} | dict(in_report.rows)
    carried = FormAnswers(definition.id, {cell: text for cell, text in texts.items() if text}, rows)
    return _with_sources(_with_measures(carried, form.answers, library), form.answers)


def _with_measures(carried: FormAnswers, last: FormAnswers, library: Library) -> FormAnswers:
    """What was to be done stands in the report's table of it, its state to be said."""
    found = measures_of_last_year(last, carried.definition, library)
    if found is None or not found.said:
        return carried
    table = found.table.id
    rows = {f"{table[0]}{n}": row for n, row in enumerate(found.rows(found.said), start=1)}
    texts = {f"{name}.{column}": text for name, row in rows.items() for column, text in row.items()}
    return carried.with_texts(texts | found.choice).with_rows(table, tuple(rows))


def _with_sources(carried: FormAnswers, last: FormAnswers) -> FormAnswers:
    """What is taken over unchanged from a file still comes from there."""
    sources = {
        cell: source
        for cell, source in last.sources.items()
        if carried.text(cell) and carried.text(cell) == last.text(cell) == last.imported.get(cell)
    }
    return replace(carried, imported={cell: carried.text(cell) for cell in sources}, sources=sources)


def _names_of_money(form: Form, definition: FormDefinition) -> Iterator[tuple[CellId, str]]:
    """What the rows of money are called that were added to the form."""
    for block in definition.money_blocks:
        for row in form.answers.rows.get(block.id, ()):
            yield from ((cell, form.answers.text(cell)) for cell in (f"{row}.{LABEL}", f"{row}.{UNDER}"))


def _fields(form: Form, definition: FormDefinition, unit: str, year: str) -> Iterator[tuple[CellId, str]]:
    """The fields that both forms have and that do not belong to the year; the unit may have another name,
    and where the year stands in a field of its own it is the new one."""
    yield "unit", unit
    for field in definition.fields.values():
        text = form.answers.text(field.id)
        if field.kind not in _DATES_AND_TEXTS:
            yield field.id, unit if text == form.answers.unit else text
    if YEAR_FIELD in definition.fields:
        yield YEAR_FIELD, year


def _rows(form: Form, definition: FormDefinition) -> Iterator[tuple[CellId, str]]:
    answers = form.answers
    carried_of_goal, carried_of_row = map(_carried_keys, (definition.goal_columns, definition.row_columns))
    for goal in answers.goals:
        yield from ((f"{goal}.{key}", answers.text(f"{goal}.{key}")) for key in carried_of_goal)
        yield from _goal_text(answers, definition, goal)
    for row in form.sheet.indicators:
        yield from ((f"{row.id}.{key}", answers.text(f"{row.id}.{key}")) for key in carried_of_row)
        yield f"{row.id}.{LAST_ACTUAL}", answers.text(f"{row.id}.actual")
        yield f"{row.id}.{LAST_SCORE}", number.show(row.score) if row.score is not None else ""


def _carried_keys(columns: Columns) -> list[str]:
    return [column.key for column in columns.values() if column.is_carried]


def _goal_text(answers: FormAnswers, definition: FormDefinition, goal: str) -> Iterator[tuple[CellId, str]]:
    """The goal under the name that the new form has for it."""
    text = answers.text(f"{goal}.text") or answers.text(f"{goal}.expected")
    for cell in ("text", "expected"):
        if cell in definition.goal_parts and not answers.text(f"{goal}.{cell}"):
            yield f"{goal}.{cell}", text


def _report(form: Form, outline: Outline | None) -> Iterator[tuple[CellId, str]]:
    for _, part in outline.parts() if outline else ():
        if part.carried:
            yield f"report.{part.id}", form.answers.text(f"report.{part.id}")


class _Rows(NamedTuple):
    """Rows of the clerk's in tables of the report, and what is kept of them."""

    rows: Mapping[str, tuple[str, ...]]
    cells: tuple[CellId, ...]


def _report_rows(form: Form, outline: Outline | None) -> _Rows:
    """The rows of tables with a column that is carried."""
    rows: dict[str, tuple[str, ...]] = {}
    cells: list[CellId] = []
    for table in outline.tables if outline else ():
        ids = form.answers.rows.get(table.id, ())
        if kept := tuple(table.carried_cells(ids)):
            rows[table.id] = ids
            cells += kept
    return _Rows(rows, tuple(cells))


def _last_texts(form: Form, definition: FormDefinition, texts: Mapping[CellId, str]) -> dict[CellId, str]:
    """What is taken over, once more, so that one sees what was not edited since."""
    rows = [(row, key) for row in form.answers.indicators for key in _compared(definition.row_columns)]
    rows += [(goal, key) for goal in form.answers.goals for key in _compared(definition.goal_columns)]
    return {f"{row}.{LAST}{key}": texts.get(f"{row}.{key}", "") for row, key in rows}


def _compared(columns: Columns) -> list[str]:
    return [column.key for column in columns.values() if column.is_carried and column.is_remembered]


def _last_total(form: Form) -> Mapping[CellId, str]:
    total = form.sheet.total
    return {LAST_TOTAL: number.show(total)} if total is not None and form.sheet.grade else {}
