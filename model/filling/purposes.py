"""What a form of a file is used as: this year's, last year's, its goals and indicators, its amounts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal

from model.document.answers import GOALS, INDICATORS, CellId, FormAnswers
from model.filling.carryover import carried_form
from model.forms.definition import FormDefinition
from model.forms.loader import Library
from model.reading.reading import definition_of

Purpose = Literal["this", "last", "goals", "amounts"]
PURPOSES: Mapping[Purpose, str] = {
    "this": "今年的表",
    "last": "去年的表",
    "goals": "只取目标和指标",
    "amounts": "只取金额",
}


def used_as(
    form: FormAnswers, purpose: Purpose, library: Library, unit: str, year: str, into: FormDefinition | None
) -> FormAnswers:
    """Return what a form is worth for a purpose, in a document of a unit and a year; `into` is the form that
    it goes to, if not to one of its own kind. Last year's form says what was reached then beside its rows
    (`carryover`), and no result for this year."""
    if purpose == "last":
        return carried_form(form, into or definition_of(library, form), unit, year, library)
    if purpose == "this":
        return form
    definition = definition_of(library, form)
    keep = _is_goals if purpose == "goals" else _is_amount
    texts = {cell: text for cell, text in form.texts.items() if keep(form, definition, cell)}
    texts |= {"unit": unit, "year": year}
    if name := form.text("project_name"):
        texts["project_name"] = name
    blocks = {GOALS, INDICATORS} if purpose == "goals" else {b.id for b in definition.money_blocks}
    rows = {block: ids for block, ids in form.rows.items() if block in blocks}
    sources = {cell: said for cell, said in form.sources.items() if cell in texts}
    imported = {cell: text for cell, text in form.imported.items() if cell in texts}
    given: Mapping[CellId, str] = {}
    if purpose == "amounts":
        given = {cell: text for cell, text in form.given.items() if _is_amount(form, definition, cell)}
        sources |= {cell: form.sources[cell] for cell in given if cell in form.sources}
    made = FormAnswers(form.definition, texts, rows, given)
    return replace(made, imported=imported, sources=sources)


def _is_goals(form: FormAnswers, definition: FormDefinition, cell: CellId) -> bool:
    """Whether a cell says what is to be reached, not what was."""
    row, _, column = cell.partition(".")
    for block, columns in ((GOALS, definition.goal_columns), (INDICATORS, definition.row_columns)):
        if row in form.rows.get(block, ()):
            return column in columns and columns[column].is_carried
    return False


def _is_amount(form: FormAnswers, definition: FormDefinition, cell: CellId) -> bool:
    if cell == "money_unit" or (cell in definition.fields and definition.fields[cell].kind == "money"):
        return True
    at = cell.rpartition(".")[0]
    return any(
        at in {row.at for row in block.rows} or at in form.rows.get(block.id, ())
        for block in definition.money_blocks
    )
