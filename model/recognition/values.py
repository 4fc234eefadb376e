"""The texts of a form as our own paper has them, as an exchange object; the computed ones put in."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

from model.basics import number
from model.exchange.exchange import write_exchange
from model.exchange.money_rows import entry_of
from model.forms.definition import FieldsBlock, IndicatorsBlock
from model.forms.rules import names_nothing
from model.reading.amounts import block_lines
from model.reading.reading import Form
from model.reading.scoring import Indicator


def texts_of(form: Form) -> dict[str, Any]:
    """Return the exchange object of a form with what the program computes put in: total, rates, scores."""
    data = write_exchange(form.answers, form.definition, unknown=False)
    _put_money(data, form)
    for row, indicator in zip(data.get("indicators", ()), form.sheet.indicators, strict=True):
        if not row.get("score") and indicator.score is not None and indicator.counted:
            row["score"] = _show(indicator.score)
        if indicator.is_execution and not row.get("actual"):
            row["actual"] = _rate(form.sheet.execution_rate)
        row["name"] = _name(form, indicator, str(row.get("name") or ""))
    if form.definition.is_scored:
        data["total"] = _show(form.sheet.total)
    _put_figures(data, form)
    _put_goals(data, form)
    return data


def _put_money(data: dict[str, Any], form: Form) -> None:
    """The rates and sums of every table of money, points and score of the execution."""
    definition = form.definition
    for block in definition.money_blocks:
        lines = block_lines(definition, block, form.answers)
        for row, line in zip(data.get(entry_of(definition, block)) or (), lines, strict=False):
            for column in block.columns:
                if column.key in line.row.fixed or not block.computes(line.row, column):
                    continue
                if column.key == "rate":
                    row["rate"] = _rate(line.rate)
                elif column.kind == "money" and line.amounts.get(column.key) is not None:
                    amount = line.amounts[column.key]
                    row[column.key] = number.plain(amount.number) if amount else ""
                elif column.key in ("weight", "score"):
                    known = {"weight": definition.execution_points, "score": form.sheet.execution.score}
                    row[column.key] = _show(known[column.key])


def _put_figures(data: dict[str, Any], form: Form) -> None:
    """Grade and rate that stand beside a caption of their own."""
    fields = data.setdefault("fields", {})
    known = {"grade": form.sheet.grade, "rate": _rate(form.sheet.execution_rate)}
    for block in form.definition.blocks:
        for row in block.rows if isinstance(block, FieldsBlock) else ():
            for caption, cell in pairwise(row):
                if cell.computed in known and caption.caption:
                    fields[caption.caption] = known[cell.computed]


def _put_goals(data: dict[str, Any], form: Form) -> None:
    """Labels of goals that have points: 年度绩效目标 1（50分）."""
    block: IndicatorsBlock = form.definition.indicators
    for n, goal in enumerate(data.get("goals", ()), start=1):
        if block.per_goal and not goal.get("label"):
            pattern = block.goal_captions[min(n, len(block.goal_captions)) - 1]
            goal["label"] = pattern.format(n=n, points=goal.get("points") or "")


def _name(form: Form, indicator: Indicator, name: str) -> str:
    """The name of a row as paper prints it, with its weight where no column has that."""
    pattern = form.indicators_of(indicator.goal).name_pattern
    weight = indicator.text("weight").strip()
    if "{weight}" not in pattern or not weight or not name.strip() or names_nothing(name):
        return name
    return pattern.format(name=name, weight=weight, core="")


def _rate(rate: Any) -> str:
    return "" if rate is None else number.show_rate(rate)[0]


def _show(value: Decimal | None) -> str:
    return "" if value is None else number.show_score(value)[0]
