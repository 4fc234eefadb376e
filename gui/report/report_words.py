"""What is said around a generated sentence: what it still lacks, and which of its figures changed."""

from collections.abc import Iterable, Sequence
from html import escape

from gui.base import theme
from model.forms.outline import Pattern
from model.report.narrative import Sentence, Values, names_in
from model.report.wording import changed_figures, figures

GENERATED = "由表中数据生成，随表更新。"
OWN = "自己写的，不随表更新。"
ROW_LACKS = "填好名称、目标值和实际完成值后自动生成。"
_NOTHING_TO_SAY = {
    "reasons": "没有填写偏差原因时，不写这一句。",
    "whole": "没有部门整体自评表时，不写这一句。",
}
_NAMES = {
    "unit": "单位名称",
    "project": "项目名称",
    "project_called": "项目名称",
    "total": "全部得分",
    "grade": "全部得分",
    "budget": "全年预算数",
    "budget_plain": "全年预算数",
    "executed": "执行数",
    "executed_plain": "执行数",
    "rate": "执行率",
    "rate1": "执行率",
    "initial": "年初预算数",
    "basic": "基本支出总额",
    "project_spending": "项目支出总额",
    "spending": "收支情况表",
    "staff": "收支情况表",
    "running": "收支情况表",
    "project_outturn": "收支情况表",
    "staff_share": "收支情况表",
    "running_share": "收支情况表",
    "project_share": "收支情况表",
    "count": "绩效指标",
    "done": "绩效指标",
    "settled": "各指标的完成情况",
    "goals": "年度目标",
    "last_total": "上年自评得分",
    "project_count": "项目自评表",
    "projects_executed": "各项目执行数",
}


def lacks(patterns: Sequence[Pattern], values: Values) -> str:
    """Return what is to be filled in before a sentence can be generated."""
    wanted = [names for pattern in patterns if (names := _unknown(pattern, values))]
    names = min(wanted, key=len, default=[])
    for name in names:
        if name in _NOTHING_TO_SAY:
            return _NOTHING_TO_SAY[name]
    known = dict.fromkeys(_NAMES[name] for name in names if name in _NAMES)
    return f"填好{'、'.join(known)}后自动生成。" if known else "现在没有可以生成的内容。"


def _unknown(pattern: Pattern, values: Values) -> list[str]:
    """The values that a pattern waits for; what there simply is none of (undone, rise) is not waited for."""
    used: Iterable[str] = dict.fromkeys((*names_in(pattern.text), *filter(None, [pattern.when])))
    return [name for name in used if not values.get(name) and (name in _NAMES or name in _NOTHING_TO_SAY)]


def what_changed(found: Sentence) -> str:
    """Return in words what is other than when a sentence was edited."""
    changes = changed_figures(found.basis, found.generated) if found.basis else None
    if changes:
        return "表中数据已变：" + "，".join(f"{change.old} → {change.new}" for change in changes) + "。"
    if not found.generated:
        return "表中数据已变，现在数据不全，不能自动生成。"
    return f"表中数据已变，现在是：{found.generated}"


def with_figures(text: str) -> str:
    """Return a sentence as rich text, its figures in the colour of the accent."""
    colour = theme.colour("accent").name()
    parts, at = [], 0
    for start, end in figures(text):
        figure = f'<span style="color:{colour}; font-weight:600">{escape(text[start:end])}</span>'
        parts += [escape(text[at:start]), figure]
        at = end
    return _paragraph("".join([*parts, escape(text[at:])]))


def in_grey(text: str) -> str:
    """Return a hint as rich text."""
    return _paragraph(f'<span style="color:{theme.colour("dis").name()}">{escape(text)}</span>')


def _paragraph(html: str) -> str:
    return f'<p style="line-height:{theme.px(26)}px; margin:0">{html.replace(chr(10), "<br>")}</p>'
