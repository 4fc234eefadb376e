"""A form filled in with an example, to look at before it is kept: a text in every cell of the clerk's."""

from collections.abc import Iterator

from model.document.answers import Answers, FormAnswers
from model.filling.blank import blank_form
from model.forms.definition import FormDefinition, FundsBlock
from model.forms.loader import Library
from model.reading.reading import Form, read

UNIT, PROJECT, YEAR = "示例单位", "示例项目", "2025"
_FIELDS = {"date": "2026-01-16", "money": "100"}
_AMOUNTS = {"initial": "100", "budget": "120", "executed": "114", "arrived": "120", "left_over": "6"}
_ROWS = {"target": "≥20场", "actual": "18场", "nature": "≥", "unit": "场", "reason": "两场因天气取消"}


def example(form: FormDefinition, library: Library) -> Form:
    """Return a form of a definition with an example in it, read and scored."""
    key = "p1" if form.is_of_project else "d"
    return read(library, Answers({key: _filled(form)}, UNIT, YEAR)).forms[0]


def _filled(form: FormDefinition) -> FormAnswers:
    blank = blank_form(form, UNIT, YEAR)
    texts = {
        field.id: field.choices[0] if field.choices else _FIELDS.get(field.kind, "示例文字")
        for field in form.fields.values()
        if field.filled_by != "others"
    }
    texts |= {"project_name": PROJECT} if "project_name" in form.fields else {}
    for block in form.money_blocks:
        texts |= dict(_money(block))
    for goal in blank.goals:
        texts |= {f"{goal}.{key}": "示例目标" for key in form.goal_parts}
        texts |= {f"{goal}.points": "80"} if form.goal_points else {}
    for n, row in enumerate(blank.indicators, start=1):
        texts |= dict(_row(form, row, n))
    return blank.with_texts(texts)


def _money(block: FundsBlock) -> Iterator[tuple[str, str]]:
    for row in block.rows[:2]:
        for column in block.columns:
            is_typed = column.filled_by == "clerk" and not block.computes(row, column)
            if column.kind == "money" and is_typed:
                yield row.cell(column.key), _AMOUNTS.get(column.key, "100")


def _row(form: FormDefinition, row: str, n: int) -> Iterator[tuple[str, str]]:
    for column in form.indicators.printed:
        if column.is_label or column.filled_by != "clerk" or column.key == "weight":
            continue
        text = f"示例指标{n}" if column.key == "name" else _ROWS.get(column.key, "")
        yield f"{row}.{column.key}", "20" if column.key == "target" and form.has_target_parts else text
    if form.is_scored:
        yield f"{row}.weight", "10"
