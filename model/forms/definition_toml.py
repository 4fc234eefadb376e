"""Reads a form definition from TOML; a mistake is refused with file, entry and key."""

import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from model.basics.number import MONEY_POWERS
from model.forms.block_toml import read_block
from model.forms.columns import FilledBy
from model.forms.definition import (
    SHARE,
    Block,
    CellRow,
    Field,
    FieldKind,
    FieldsBlock,
    FormDefinition,
    FormKind,
    FundsBlock,
    GoalsBlock,
    IndicatorsBlock,
    Level1,
    Look,
    Regulation,
    bare,
)
from model.forms.toml_table import TomlTable, each, names_in, open_toml, repeated
from model.forms.units import headed

RowNames = Mapping[str, tuple[str, ...]]
FULL_MARKS = 100
_LISTS = ("functions", "annual_tasks", "overall_goals")
_IN_KEY = "key"  # a field that stands in the key of another: 长期目标(截止2023年)
_PLACES = ("fields", "signatures", "deviation_analysis", "improvement", *_LISTS, _IN_KEY)
_BREAKDOWN = re.compile(r"funds_breakdown\.[0-9]{1,2}\.(by_income|by_expenditure)")
_RESERVED_ID = re.compile(r"(unit|money_unit|year|title|total|block_label|funds|shares|[a-z][0-9]+)(\.|$)")


def read_definition(
    path: Path, regulations: Mapping[str, Regulation], row_names: RowNames = MappingProxyType({})
) -> FormDefinition:
    """Return the form definition of a TOML file; raises UserError with file, entry and key.

    `row_names` are what rows of money are called in other forms, by the key of the row.
    """
    return definition_in(open_toml(path), regulations, row_names)


def definition_in(
    top: TomlTable, regulations: Mapping[str, Regulation], row_names: RowNames = MappingProxyType({})
) -> FormDefinition:
    """Return the form definition of an opened TOML file; raises UserError with file, entry and key."""
    fields = _fields(top)
    widths = top.widths("widths_mm")
    look = _look(top.table("look"))
    if abs(sum(widths) + 2 * look.side_mm - look.paper_mm[0]) > 0.01:
        raise top.refuse("widths_mm", f"各列宽与两边页边距合计应为 {look.paper_mm[0]:g} 毫米")
    points = top.number("execution_points") if top.has("execution_points") else Decimal(0)
    blocks = _with_points(
        tuple(each(top.tables("block"), lambda t: read_block(t, widths, fields))), points, row_names
    )
    found = FormDefinition(
        id=top.filled("id"),
        kind=cast(FormKind, top.choice("kind", get_args(FormKind))),
        edition=top.text("edition"),
        name=top.filled("name"),
        region=top.text("region"),
        title=_patterns(top, "title", ("year", "unit", "project")),
        running_title=top.pattern("running_title", ("year", "unit", "project")),
        source=top.filled("source"),
        regulation=top.choice("regulation", tuple(regulations)),
        money_unit=top.choice("money_unit", tuple(MONEY_POWERS)),
        is_scored=top.flag("scored", points > 0),
        execution_points=points,
        goal_parts=top.texts("goal_parts"),
        goal_points=top.flag("goal_points", False),
        goal_echo=top.text("goal_echo", ""),
        level1=tuple(each(top.tables("level1", []), _level1)),
        look=look,
        fields=fields,
        blocks=blocks,
        goal_terms=top.texts("goal_terms", []),
        appendix=top.text("appendix", ""),
        execution_rows=top.texts("execution_rows", []),
        is_learned=top.flag("learned", False),
        full_marks=top.number("full_marks") if top.has("full_marks") else Decimal(FULL_MARKS),
        given_rows=tuple(each(top.tables("given", []), _given_row)),
    )
    for check in (_check_blocks, _check_fields, _check_keys, _check_goals, _check_points, _check_given):
        check(top, found)
    top.done()
    return headed(found)


def _with_points(blocks: tuple[Block, ...], points: Decimal, row_names: RowNames) -> tuple[Block, ...]:
    """Return the blocks, rows of money with what other forms call them, the execution with its points."""
    found = []
    is_given = not points
    for block in blocks:
        if isinstance(block, FundsBlock):
            rows = tuple(r._replace(names=(*r.names, *row_names.get(r.key, ()))) for r in block.rows)
            has_points = block.has("executed") and not is_given
            is_given = is_given or has_points
            block = block._replace(rows=rows, has_points=has_points)
        found.append(block)
    return tuple(found)


def _patterns(top: TomlTable, key: str, names: tuple[str, ...]) -> tuple[str, ...]:
    values = top.texts(key)
    if not values:
        raise top.refuse(key, "至少一行")
    for value in values:
        top.check_pattern(key, value, names)
    return values


def _fields(top: TomlTable) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for table in top.tables("field"):
        field = _field(table)
        if field.id in found:
            raise table.refuse("id", f"“{field.id}”出现了两次")
        found[field.id] = field
        table.done()
    return found


def _field(table: TomlTable) -> Field:
    field = Field(
        id=table.filled("id"),
        caption=table.text("caption"),
        kind=cast(FieldKind, table.choice("kind", get_args(FieldKind), "text")),
        required=table.flag("required", False),
        choices=table.texts("choices", []),
        suffix=table.text("suffix", ""),
        at=table.text("at", "fields"),
        key=table.text("key", ""),
        listed=table.flag("listed", False),
        limit=int(table.number("limit")) if table.has("limit") else 0,
        filled_by=cast(FilledBy, table.choice("filled_by", ("clerk", "others"), "clerk")),
    )
    if _RESERVED_ID.match(field.id):
        raise table.refuse("id", f"“{field.id}”是程序自用的编号，请换一个")
    if field.at not in _PLACES and not _BREAKDOWN.fullmatch(field.at):
        raise table.refuse("at", f"不认识“{field.at}”")
    if field.required and field.filled_by == "others":
        raise table.refuse("required", "由别人填写的项目不能是必填项")
    if (field.kind == "choice") != bool(field.choices):
        raise table.refuse("choices", "单选、多选项目要列出选项，其他项目不要")
    return field


def _look(table: TomlTable) -> Look:
    look = Look(
        side_mm=table.measure("side_mm"),
        top_mm=table.measure("top_mm"),
        text_pt=table.measure("text_pt"),
        pitch=table.measure("pitch"),
        row_mm=table.measure("row_mm"),
        commas=table.flag("commas", False),
        landscape=table.flag("landscape", False),
    )
    table.done()
    return look


def _level1(table: TomlTable) -> Level1:
    points = table.number("points") if table.has("points") else None
    return Level1(table.text("name"), points, table.texts("level2", []))


def _given_row(table: TomlTable) -> Mapping[str, str]:
    return {key: table.text(key) for key in table.untaken()}


def _check_given(top: TomlTable, form: FormDefinition) -> None:
    """Rows that a form prints itself have texts in its own columns."""
    unknown = {key for row in form.given_rows for key in row} - form.row_columns.keys()
    if unknown:
        raise top.refuse("given", f"不认识列“{min(unknown)}”")
    if form.given_rows and form.indicators.per_goal:
        raise top.refuse("given", "每个目标各有一张指标表时不能有固定的指标")


def _check_blocks(top: TomlTable, form: FormDefinition) -> None:
    if form.execution_points and not form.is_scored:
        raise top.refuse("execution_points", "不计分的表没有预算执行分值")
    if (form.execution_points or form.execution_rows) and form.funds is None:
        raise top.refuse("block", '预算执行计分的表应有 kind = "funds" 的部分，其中有执行数')
    if sum(block.has(SHARE) for block in form.money_blocks) > 1:
        raise top.refuse("block", "有占比的资金部分最多一个")
    wanted = max(len(form.goal_terms), 1)
    if sum(isinstance(block, IndicatorsBlock) for block in form.blocks) != wanted:
        raise top.refuse("block", f'kind = "indicators" 的部分应有 {wanted} 个')
    _check_terms(top, form)
    printed = Counter(
        name
        for row in all_cell_rows(form)
        for cell in row
        for name in (*cell.inline, cell.field, *names_in(cell.pattern))
    )
    for name in form.fields:
        if printed[name] != 1:
            raise top.refuse("field", f"“{name}”应在 [[block]] 里出现一次，现出现 {printed[name]} 次")


def _check_terms(top: TomlTable, form: FormDefinition) -> None:
    """Each term of the goals has its block of indicators, goal by goal; tables have initials of their own."""
    blocks = [block for block in form.blocks if isinstance(block, IndicatorsBlock)]
    if sorted(block.term for block in blocks) != sorted(form.goal_terms or ("",)):
        raise top.refuse("goal_terms", "应与各 [[block]] 的 term 一一对应")
    if form.goal_terms and not all(block.per_goal for block in blocks):
        raise top.refuse("goal_terms", "分目标种类时，指标部分的 per_goal 应为 true")
    ids = [*(block.id for block in form.row_blocks), *(block.id for block in form.money_blocks)]
    if repeated(["g", "i", *(name[0] for name in ids)]):
        raise top.refuse("block id", "首字母不能是 g 或 i，也不能与别的表格相同")
    inside = (field for field in form.fields if field.partition(".")[0] in ids)
    if field := next(inside, ""):
        raise top.refuse("field id", f"“{field}”与表格的编号相同，请换一个")


def _check_fields(top: TomlTable, form: FormDefinition) -> None:
    """Each field has a place of its own in an exchange file; a project form has the name of the project."""
    entries = [(f.at, f.key or f.caption) for f in form.fields.values()]
    named = [bare(name) for at, name in entries if at == "fields"] + [bare(form.goal_echo)]
    signed = [bare(name) for at, name in entries if at == "signatures"]
    others = [at for at, _ in entries if at not in ("fields", "signatures", "overall_goals", _IN_KEY)]
    for names in (named, signed, others):
        if name := repeated(names):
            raise top.refuse("field", f"两个项目在交换文件里同为“{name}”，请用 key 区分")
    if form.funds is None and any(_BREAKDOWN.fullmatch(at) for at in others):
        raise top.refuse("field at", "没有资金部分的表没有 funds_breakdown")
    if form.is_of_project and "project_name" not in form.fields:
        raise top.refuse("field", "项目表应有编号为 project_name 的 [[field]]")


def _check_keys(top: TomlTable, form: FormDefinition) -> None:
    """A field that stands in the key of another has no other place in an exchange file."""
    inside = {field.id for field in form.fields.values() if field.at == _IN_KEY}
    for field in form.fields.values():
        top.check_pattern("field key", field.key, tuple(inside))
    used = [name for field in form.fields.values() for name in names_in(field.key)]
    if sorted(used) != sorted(inside):
        raise top.refuse("field key", f'at = "{_IN_KEY}" 的项目应在另一个项目的 key 里出现一次')


def _check_goals(top: TomlTable, form: FormDefinition) -> None:
    blocks = [block for block in form.blocks if isinstance(block, IndicatorsBlock)]
    if any(block.per_goal and not block.goal_captions for block in blocks):
        raise top.refuse("block goal_captions", "per_goal = true 时要写明目标的标题")
    captions = [caption for block in blocks for caption in block.goal_captions]
    if not form.goal_points and any("{points}" in caption for caption in captions):
        raise top.refuse("goal_points", "目标标题用到 {points} 时应为 true")
    printed = {column.key for b in form.blocks if isinstance(b, GoalsBlock) for column in b.columns}
    printed |= {"text"} if any(block.per_goal and block.goal_text for block in blocks) else set()
    if printed != set(form.goal_parts):
        found = "、".join(sorted(printed)) or "无"
        raise top.refuse("goal_parts", f"应与表上印的目标内容一致，表上有：{found}")


def _check_points(top: TomlTable, form: FormDefinition) -> None:
    if name := repeated(bare(block.name) for block in form.level1):
        raise top.refuse("level1 name", f"“{name}”出现了两次")
    points = [block.points for block in form.level1 if block.points is not None]
    total = sum(points, form.execution_points)
    if points and len(points) == len(form.level1) and total != form.full_marks:
        raise top.refuse("level1 points", f"与预算执行分值合计为 {total}，应为 {form.full_marks}")


def all_cell_rows(form: FormDefinition) -> list[CellRow]:
    """Return every row of cells of the form's blocks, in the order of paper."""
    rows: list[CellRow] = []
    for block in form.blocks:
        if isinstance(block, FieldsBlock):
            rows.extend(block.rows)
        elif isinstance(block, FundsBlock):
            rows.extend(block.more)
    return rows
