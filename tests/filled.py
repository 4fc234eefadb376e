"""Any shipped form filled in: every cell that a clerk can type into says something of its own."""

from collections.abc import Iterator

from model.document.answers import GOALS, INDICATORS, TERM, FormAnswers
from model.filling.blank import blank_form
from model.forms.columns import Column
from model.forms.definition import FormDefinition, FundsBlock

UNIT, YEAR = "某市某区教学研究室", "2023"


def filled(definition: FormDefinition) -> FormAnswers:
    """Return a form with a text in every field and row of money, its goals and two rows for each level 2."""
    form = blank_form(definition, UNIT, YEAR)
    form = form.with_texts(dict(_fields(definition, form))).with_texts(dict(_money(definition)))
    form = _with_goals(definition, form)
    for block in definition.row_blocks:
        rows = tuple(f"{block.id[0]}{n}" for n in (1, 2))
        texts = {f"{row}.{c.key}": _said(c, n) for n, row in enumerate(rows, 1) for c in block.columns}
        form = form.with_rows(block.id, rows).with_texts(texts)
    return _with_indicators(definition, form)


def _fields(definition: FormDefinition, form: FormAnswers) -> Iterator[tuple[str, str]]:
    for number, field in enumerate(definition.fields.values(), 1):
        if field.kind == "choice":
            yield field.id, field.choices[0]
        elif field.kind == "money":
            yield field.id, f"{number}.5{field.suffix}"
        elif field.kind == "date":
            yield field.id, "2024年3月1日"
        elif field.id == "implementer":
            yield field.id, UNIT
        elif not form.text(field.id):
            yield field.id, f"{field.caption[:4]}甲{number}" + "。" * (field.kind == "long")


def _money(definition: FormDefinition) -> Iterator[tuple[str, str]]:
    for block in definition.money_blocks:
        for at, row in enumerate((row for row in block.rows if not row.sums), 1):
            for number, column in enumerate(block.columns, 1):
                if not column.is_label and column.key not in row.fixed and not block.computes(row, column):
                    yield row.cell(column.key), _amount(block, column, at, number)


def _amount(block: FundsBlock, column: Column, at: int, number: int) -> str:
    """The first row has most of the money, and all amounts are different."""
    if column.kind == "money":
        return f"{900 // at + number}.25"
    if column.key == "rate":
        return f"{90 - at}%"
    return f"{9 - at}" if column.is_figure else f"说明{at}{number}"


def _with_goals(definition: FormDefinition, form: FormAnswers) -> FormAnswers:
    texts = {}
    for number, goal in enumerate(form.goals, 1):
        for part in definition.goal_parts:
            texts[f"{goal}.{part}"] = f"{part}第{number}项：完成各项教研任务，提高教学质量。"
        if definition.goal_points:
            texts[f"{goal}.points"] = "80"
    return form.with_texts(texts)


def _with_indicators(definition: FormDefinition, form: FormAnswers) -> FormAnswers:
    rows: list[str] = []
    texts: dict[str, str] = {}
    for goal in form.goals if definition.indicators.per_goal else ("",):
        levels = [(one.name, two) for one in definition.level1 for two in one.level2] or [("", "")] * 3
        term = form.text(f"{goal}.{TERM}")
        for level1, level2 in levels:
            for _ in range(2):
                number = len(rows) + 1
                rows.append(row := f"i{number}")
                texts |= {f"{row}.goal": goal, f"{row}.level1": level1, f"{row}.level2": level2}
                for column in definition.indicators_of(term).columns:
                    if column.key not in ("level1", "level2", "goal"):
                        texts[f"{row}.{column.key}"] = _said(column, number)
                if definition.prints_weights:
                    texts[f"{row}.weight"] = f"{number % 5 + 2}"
    return form.with_rows(INDICATORS, rows).with_texts({cell: text for cell, text in texts.items() if text})


def _said(column: Column, number: int) -> str:
    """What stands in a column of a row."""
    said = {
        "name": f"开展教研活动{number}类次数",
        "target": f"{10 + number}次",
        "adjusted_target": f"{12 + number}次",
        "actual": f"{11 + number}次",
        "nature": "≥",
        "unit": "次",
        "weight": f"{number % 5 + 2}",
        "score": f"{number % 5 + 1}.5",
        "coefficient": f"{90 + number % 9}%",
    }
    if column.key in said:
        return said[column.key]
    if column.choices:
        return column.choices[number % len(column.choices)]
    if column.kind == "money":
        return f"{number}.75"
    return f"{column.called or column.key}{number}"


__all__ = ["GOALS", "filled"]
