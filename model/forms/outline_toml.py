"""Reads the outline of a report from TOML; a mistake is refused with file, entry and key."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast, get_args

from model.basics.number import MONEY_POWERS
from model.forms.block_toml import amount_rows
from model.forms.definition import TABS, FormDefinition
from model.forms.outline import (
    Option,
    Outline,
    PartKind,
    Pattern,
    ReportPart,
    ReportSection,
    ReportTable,
    Scope,
    TextColumn,
)
from model.forms.toml_table import TomlTable, each, open_toml, repeated

# What may stand in braces, and what it means.
VALUES = {
    "year": "年度",
    "unit": "单位名称",
    "whole": "这张表是部门（单位）整体的，项目表没有",
    "project": "项目名称",
    "project_called": "项目名称，后面有“项目”二字",
    "total": "总分",
    "grade": "等级",
    "budget": "全年预算数",
    "executed": "执行数",
    "budget_plain": "全年预算数，不带千分位和末尾的零",
    "executed_plain": "执行数，不带千分位和末尾的零",
    "rate": "执行率",
    "rate1": "执行率，一位小数，不带百分号",
    "difference": "预算数减执行数，为零时没有",
    "initial": "年初预算数",
    "basic": "基本支出总额",
    "project_spending": "项目支出总额",
    "spending": "收支表：支出合计决算数",
    "staff": "收支表：人员经费决算数",
    "running": "收支表：公用经费决算数",
    "project_outturn": "收支表：项目支出决算数",
    "staff_share": "人员经费占支出合计",
    "running_share": "公用经费占支出合计",
    "project_share": "项目支出占支出合计",
    "count": "指标个数",
    "done": "完成的指标个数",
    "settled": "每个指标都能判定是否完成",
    "undone": "未完成的指标个数，没有时没有",
    "undone_names": "未完成的指标名称",
    "undone_reasons": "未完成的原因",
    "open": "完成情况待核的指标个数，没有时没有",
    "open_names": "完成情况待核的指标名称",
    "reasons": "各行填写的偏差原因",
    "goals": "年度目标",
    "last_total": "上年自评得分",
    "rise": "比上年提高的分数",
    "fall": "比上年降低的分数",
    "we": "自称",
    "project_count": "有自评表的项目个数",
    "projects_executed": "各项目执行数合计",
    "projects_share": "各项目执行数占项目支出的百分比，一位小数",
    "n": "指标的序号",
    "k": "项目的序号，如 1.；只有一个项目时没有",
    "name": "三级指标",
    "target": "目标值",
    "actual": "完成值",
    "reason": "这一行的偏差原因",
    "prose": "目标是文字",
}


def read_outline(path: Path, forms: Mapping[str, FormDefinition]) -> Outline:
    """Return the outline of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    tables = tuple(each(top.tables("tables", []), _table))
    options = tuple(each(top.tables("options", []), _option))
    found = Outline(
        id=top.filled("id"),
        name=top.filled("name"),
        scope=cast(Scope, top.choice("scope", get_args(Scope), "form")),
        forms=top.texts("forms", []),
        title=_patterns(top, "title"),
        abstract_title=_patterns(top, "abstract_title"),
        source=top.filled("source"),
        numbers=top.texts("numbers"),
        sections=tuple(each(top.tables("section"), _section)),
        tables=tables,
        options=options,
        annexes=top.flag("annexes", False),
        money_unit=top.choice("money_unit", tuple(MONEY_POWERS), "万元"),
        serves=top.texts("serves", []),
    )
    top.done()
    _check(top, found, forms)
    return found


def _check(top: TomlTable, found: Outline, forms: Mapping[str, FormDefinition]) -> None:
    """Refuse what points nowhere."""
    parts = [part for _, part in found.parts()]
    ids = {part.id for part in parts}
    if twice := repeated(part.id for part in parts):
        raise top.refuse("section parts", f"“{twice}”出现了两次")
    if unknown := [name for name in found.forms if name not in forms]:
        raise top.refuse("forms", f"没有编号为“{unknown[0]}”的表样")
    _check_names(top, "table", (p.table for p in parts if p.table), {table.id for table in found.tables})
    _check_names(top, "from_last", (name for table in found.tables for name in table.from_last), ids)
    _check_names(top, "option", (s.option for s in found.sections if s.option), {o.id for o in found.options})
    if deep := [section.title for section in found.sections if section.level > len(found.numbers)]:
        raise top.refuse("numbers", f"“{deep[0]}”的级次没有编号方式")


def _check_names(top: TomlTable, key: str, used: Iterable[str], known: set[str]) -> None:
    for name in used:
        if name not in known:
            raise top.refuse(key, f"不认识“{name}”")


def _patterns(table: TomlTable, key: str) -> tuple[str, ...]:
    lines = table.texts(key)
    for line in lines:
        table.check_pattern(key, line, tuple(VALUES))
    return lines


def _section(table: TomlTable) -> ReportSection:
    return ReportSection(
        level=table.whole("level", 1),
        title=table.pattern("title", ("year",)),
        tab=table.choice("tab", TABS),
        parts=tuple(each(table.tables("parts", []), _part)),
        option=table.text("option", ""),
        in_abstract=table.flag("in_abstract", True),
    )


def _part(table: TomlTable) -> ReportPart:
    return ReportPart(
        id=table.filled("id"),
        kind=cast(PartKind, table.choice("kind", get_args(PartKind))),
        caption=table.text("caption", ""),
        patterns=tuple(each(table.tables("patterns", []), _pattern)),
        level1=table.text("level1", ""),
        field=table.text("field", ""),
        table=table.text("table", ""),
        help=table.text("help", ""),
        models=_patterns(table, "models") if table.has("models") else (),
        default=table.text("default", ""),
        before=table.text("before", ""),
        after=table.text("after", ""),
        joined=table.flag("joined", False),
        carried=table.flag("carried", False),
        in_abstract=table.flag("in_abstract", True),
        parts=tuple(each(table.tables("parts", []), _part)),
    )


def _pattern(table: TomlTable) -> Pattern:
    return Pattern(table.pattern("text", tuple(VALUES)), table.choice("when", ("", *VALUES), ""))


def _table(table: TomlTable) -> ReportTable:
    found = ReportTable(
        id=table.filled("id"),
        title=table.pattern("title", ("year",)),
        unit_line=table.text("unit_line", ""),
        rows=amount_rows(table, "outturn", []),
        text_columns=tuple(each(table.tables("text_columns", []), _text_column)),
        from_last=table.texts("from_last", []),
    )
    if bool(found.rows) == bool(found.text_columns):
        raise table.refuse("rows", "应有 rows 或 text_columns 之一")
    return found


def _text_column(table: TomlTable) -> TextColumn:
    return TextColumn(
        key=table.filled("key"),
        caption=table.text("caption"),
        width_mm=table.measure("width_mm"),
        carried=table.flag("carried", False),
        choices=table.texts("choices", []),
    )


def _option(table: TomlTable) -> Option:
    return Option(table.filled("id"), table.filled("caption"))
