"""How a place in a foreign file and a part of a form are called, for clerks and for programs."""

import re
from collections.abc import Mapping

from model.forms.columns import FUND_COLUMNS, GOAL_COLUMNS, ROW_COLUMNS, Columns
from model.forms.definition import FormDefinition
from model.recognition.incoming import Place


def address(place: Place) -> str:
    """Return a place as programs write it: 高三教研!D14; the third line above a table is 表1 上方!3."""
    return f"{place.part}!{_letters(place.column)}{place.row}"


def called(place: Place) -> str:
    """Return a place as a clerk finds it: 高三教研 D14, 表1 第9行第4格, 表1 上方第2行."""
    if place.column == 0:
        return f"{place.part}第{place.row}行"
    if place.kind == "sheet":
        return f"{place.part} {_letters(place.column)}{place.row}"
    return f"{place.part} 第{place.row}行第{place.column}格"


def source(file: str, place: Place) -> str:
    """Return where a text comes from: 岳阳项目多表.xlsx › 高三教研 D14."""
    return f"{file} › {called(place)}"


def _letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA; nothing for a line."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


# --- parts of a form by path

_STEP = re.compile(r"\.?(?P<name>[^.\[\]]+)|\[(?P<number>\d+)\]")
_NAMES = {
    "title": "标题",
    "unit": "单位",
    "year": "年度",
    "total": "总分",
    "deviation_analysis": "偏差原因分析",
    "improvement": "改进措施",
    "funds": "资金",
    "money_unit": "金额单位",
    "funds_breakdown": "资金构成",
    "by_income": "按收入",
    "by_expenditure": "按支出",
    "goals": "目标",
    "indicators": "指标",
    "projects": "项目",
    "footnotes": "备注",
    "functions": "职能概述",
    "annual_tasks": "工作任务",
    "label": "名称",
    "side": "收支",
    "points": "分值",
    "goal": "所属目标",
    "level1_weight": "一级指标分值",
    "rate": "执行率",
    "adjusted": "调整后目标",
    "adjusted_target": "调整后指标值",
    "nature": "指标性质",
    "coefficient": "得分系数",
    "target_parts": "指标值",
    "operator": "符号",
    "value": "数值",
    "adjustment": "年中调整数",
    "arrived": "到位数",
    "left_over": "结余",
    "arrival_rate": "到位率",
    "name": "名称",
    "category": "类别",
    "total_budget": "总预算",
    "current_year_budget": "本年度预算",
    "use": "用途",
}
_UNIT_OF_ROW = "计量单位"
_HIDDEN = ("fields", "signatures", "overall_goals")  # their captions say enough


def part(path: str, definition: FormDefinition | None = None) -> str:
    """Return what a path of ziping.form/1 means: indicators[3].target is 第 4 行指标 · 年度指标值."""
    steps = [match["name"] or int(match["number"]) for match in _STEP.finditer(path)]
    if steps[0] in _HIDDEN:
        return " · ".join(str(step) for step in steps[1:] if isinstance(step, str))
    names = _captions(str(steps[0]), definition)
    words: list[str] = []
    for number, step in enumerate(steps):
        if isinstance(step, int):
            words[-1] = f"第 {step + 1} 行{words[-1]}" if steps[0] != "goals" else f"目标 {step + 1}"
        elif step == "unit" and number:
            words.append(_UNIT_OF_ROW)
        else:
            words.append(names.get(step) or _NAMES.get(step, step))
    return " · ".join(words)


def _captions(table: str, definition: FormDefinition | None) -> Mapping[str, str]:
    """The captions of the columns of a table, as the form prints them."""
    columns: Columns = {"indicators": ROW_COLUMNS, "goals": GOAL_COLUMNS, "funds": FUND_COLUMNS}.get(
        table, {}
    )
    if definition and table == "indicators":
        columns = definition.row_columns
    elif definition and table == "goals":
        columns = definition.goal_columns
    found = {column.key: column.called for column in columns.values()}
    if definition and definition.funds and table == "funds":
        found |= {column.key: column.called for column in definition.funds.columns if column.called}
    return found
