"""Reads the blocks of a form from TOML, a function per kind; a mistake is refused with file and key."""

import re
from collections.abc import Callable, Mapping
from typing import Literal, cast, get_args

from model.forms.columns import (
    FUND_COLUMNS,
    GOAL_COLUMNS,
    INDICATOR_COLUMNS,
    LABELS,
    OWN_KINDS,
    Align,
    Column,
    ColumnKind,
    Columns,
    FilledBy,
    by_key,
)
from model.forms.definition import (
    COMPUTED,
    SHARE,
    TABS,
    AmountRow,
    Block,
    CellRow,
    CellSpec,
    Field,
    FieldsBlock,
    FundsBlock,
    GoalsBlock,
    IndicatorsBlock,
    NotesBlock,
    RowsBlock,
)
from model.forms.toml_table import TomlTable, each, repeated

_ALIGNS = get_args(Align)
_NO_COLUMNS = by_key(())  # of a table that knows none: all are the form's own
_BESIDE = ("level1_weight", "label", "sentence", "judged", "computed", "last_")  # cells beside columns
_YEARS = ("year", "two_years_before", "year_before")  # what may stand in braces in the caption of a column
_KEY = re.compile(r"[a-z][a-z0-9_]*")


def read_block(table: TomlTable, form_widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    """Return a block; its widths are those of the form unless it has its own."""
    kind = table.choice("kind", tuple(_BLOCKS))
    tab = table.choice("tab", TABS)
    widths = table.widths("widths_mm", form_widths)
    if abs(sum(widths) - sum(form_widths)) > 0.01:
        raise table.refuse("widths_mm", f"各列宽合计应为 {sum(form_widths):g} 毫米")
    return _BLOCKS[kind](table, tab, widths, fields)


def _fields_block(
    table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]
) -> Block:
    label = table.text("label", "")
    label_span = table.whole("label_span", 1) if label else 0
    rows = _cell_rows(table, "rows", len(widths) - label_span, fields)
    return FieldsBlock(tab, widths, rows, table.flag("framed", True), label, label_span)


def _funds_block(table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    block, label_span = _key(table, "id", "funds"), table.whole("label_span", 1)
    rest = len(widths) - label_span
    rows = amount_rows(table, block)
    if not rows:
        raise table.refuse("rows", "至少一行")
    columns = _columns(table, FUND_COLUMNS, rest)
    _check_rows(table, rows, columns)
    rate_of = table.choice("rate_of", ("", *(c.key for c in columns if c.kind == "money")), _base(columns))
    more = _cell_rows(table, "more", rest, fields, [])
    found = FundsBlock(tab, widths, block, table.text("label"), label_span, columns, rows, more, rate_of)
    return found._replace(all_rates=table.flag("all_rates", False))


def _base(columns: tuple[Column, ...]) -> str:
    """An execution is measured by the adjusted budget, where a form prints none by the initial one."""
    keys = {column.key for column in columns}
    return next((key for key in ("budget", "initial", "amount") if key in keys), "")


def amount_rows(table: TomlTable, block: str, default: list[object] | None = None) -> tuple[AmountRow, ...]:
    """Return the rows of amounts of a table; what they add up are other rows, in the end typed ones."""
    rows = tuple(each(table.tables("rows", default), lambda t: _amount_row(t, block)))
    if key := repeated(row.key for row in rows):
        raise table.refuse("rows", f"key “{key}”出现了两次")
    known = {row.key for row in rows}
    done = {row.key for row in rows if not row.sums}
    for row in rows:
        if unknown := [key for key in row.sums if key not in known]:
            raise table.refuse("rows sums", f"没有 key 为“{unknown[0]}”的行")
    while ready := {row.key for row in rows if row.key not in done and done.issuperset(row.sums)}:
        done |= ready
    if endless := known - done:
        raise table.refuse("rows sums", f"“{min(endless)}”合计到了自己")
    return rows


def _amount_row(table: TomlTable, block: str) -> AmountRow:
    key = _key(table, "key")
    return AmountRow(
        key=key,
        caption=table.text("caption"),
        group=table.text("group", ""),
        sums=table.texts("sums", []),
        fixed=table.words("fixed"),
        names=table.texts("names", []),
        at=f"{block}.{key}",
    )


def _check_rows(table: TomlTable, rows: tuple[AmountRow, ...], columns: tuple[Column, ...]) -> None:
    """What the form prints stands in a column; an execution has its budget, a share its amount."""
    keys = {column.key for column in columns}
    for row in rows:
        if unknown := [key for key in row.fixed if key not in FUND_COLUMNS.keys() | keys]:
            raise table.refuse("rows fixed", f"不认识列“{unknown[0]}”")
    if SHARE in keys and "amount" not in keys:
        raise table.refuse("columns", "缺少 key 为 amount 的列")
    if keys & {"budget", "rate", "score"} and "executed" not in keys:
        raise table.refuse("columns", "缺少 key 为 executed 的列")
    if "executed" in keys and not keys & {"budget", "initial"}:
        raise table.refuse("columns", "缺少 key 为 budget 或 initial 的列")


def _rows_block(table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    label_span = table.whole("label_span", 1)
    columns = _columns(table, _NO_COLUMNS, len(widths) - label_span)
    return RowsBlock(tab, widths, _key(table, "id"), table.text("label"), label_span, columns)


def _key(table: TomlTable, key: str, default: str | None = None) -> str:
    value = table.text(key, default)
    if not _KEY.fullmatch(value):
        raise table.refuse(key, "应以小写字母开头，由小写字母、数字和下划线组成")
    return value


def _goals_block(table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    label_span = table.whole("label_span", 1)
    columns = _columns(table, GOAL_COLUMNS, len(widths) - label_span)
    patterns = table.words("patterns")
    for key, pattern in patterns.items():
        if key not in {column.key for column in columns}:
            raise table.refuse("patterns", f"不认识列“{key}”")
        table.check_pattern(f"patterns {key}", pattern, ("n", "text"))
    return GoalsBlock(tab, widths, table.text("label"), label_span, columns, patterns)


def _indicators_block(
    table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]
) -> Block:
    return IndicatorsBlock(
        tab,
        widths,
        label=table.text("label"),
        columns=_columns(table, INDICATOR_COLUMNS, len(widths) - 1, ("name",)),
        per_goal=table.flag("per_goal", False),
        goal_text=table.flag("goal_text", False),
        goal_captions=_goal_captions(table),
        goal_caption_span=table.whole("goal_caption_span", 1),
        heading=cast(Literal["each", "once"], table.choice("heading", ("each", "once"), "once")),
        level1_pattern=table.pattern("level1_pattern", ("name", "points"), "{name}"),
        name_pattern=table.pattern("name_pattern", ("name", "weight", "core"), "{name}"),
        term=table.text("term", ""),
    )


def _goal_captions(table: TomlTable) -> tuple[str, ...]:
    captions = table.texts("goal_captions", [])
    for caption in captions:
        table.check_pattern("goal_captions", caption, ("n", "points"))
    return captions


def _notes_block(table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    return NotesBlock(tab, widths, table.text("title", ""), table.texts("lines"), table.flag("framed", False))


_BLOCKS: dict[str, Callable[[TomlTable, str, tuple[float, ...], Mapping[str, Field]], Block]] = {
    "fields": _fields_block,
    "funds": _funds_block,
    "items": _funds_block,  # the same without money: what is said of each item
    "rows": _rows_block,
    "goals": _goals_block,
    "indicators": _indicators_block,
    "notes": _notes_block,
}


def _columns(
    table: TomlTable, known: Columns, width: int, needed: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    columns = tuple(each(table.tables("columns"), lambda t: _column(t, known)))
    if not columns or sum(column.span for column in columns if column.is_printed) != width:
        raise table.refuse("columns", f"至少一列，各列合计应占 {width} 格")
    keys = [column.key for column in columns]
    if key := repeated(keys):
        raise table.refuse("columns", f"key “{key}”出现了两次")
    if lacking := [key for key in needed if key not in keys]:
        raise table.refuse("columns", f"缺少 key 为 {'、'.join(lacking)} 的列")
    return columns


def _column(table: TomlTable, known: Columns) -> Column:
    """Return a column: of a known one only its place on paper is to be said, of one's own everything."""
    key = _key(table, "key")
    column = (known[key] if key in known else _own_column(table, key))._replace(
        caption=table.pattern("caption", _YEARS),
        span=table.whole("span", 1),
        above=table.texts("above", []),
        is_printed=table.flag("printed", True),
        merged=table.choice("merged", ("", *LABELS), "") if known is INDICATOR_COLUMNS else "",
    )
    if column.kind in ("text", "choice") and table.has("choices"):
        column = column._replace(kind="choice", choices=table.texts("choices"))
    return column._replace(align=cast(Align, table.choice("align", _ALIGNS, column.align)))


def _own_column(table: TomlTable, key: str) -> Column:
    """Return a column that no rule knows; `carried` says that next year's row begins with it."""
    if key.startswith(_BESIDE):
        raise table.refuse("key", f"“{key}”是程序自用的，请换一个")
    return Column(
        key=key,
        name="其他",
        kind=cast(ColumnKind, table.choice("kind", OWN_KINDS, "text")),
        filled_by=cast(FilledBy, table.choice("filled_by", ("clerk", "others"), "clerk")),
        is_carried=table.flag("carried", False),
        is_found=table.flag("found", True),
    )


def _cell_rows(
    table: TomlTable, key: str, width: int, fields: Mapping[str, Field], default: list[object] | None = None
) -> tuple[CellRow, ...]:
    rows = []
    for n, cells in enumerate(table.rows(key, default), start=1):
        row = tuple(each(list(cells), lambda t: _cell(t, fields)))
        if sum(cell.span for cell in row) != width:
            raise table.refuse(key, f"第 {n} 行各格合计应占 {width} 格")
        rows.append(row)
    return tuple(rows)


def _cell(table: TomlTable, fields: Mapping[str, Field]) -> CellSpec:
    cell = CellSpec(
        span=table.whole("span", 1),
        caption=table.text("caption", ""),
        pattern=table.pattern("pattern", tuple(fields), ""),
        text=table.text("text", ""),
        field=table.text("field", ""),
        inline=table.texts("inline", []),
        computed=table.choice("computed", ("", *COMPUTED), ""),
        align=table.choice("align", _ALIGNS, ""),
    )
    parts = (cell.caption, cell.pattern, cell.text, cell.field, cell.inline, cell.computed)
    if sum(map(bool, parts)) > 1:
        raise table.refuse("caption", "一格只能有 caption、pattern、text、field、inline、computed 之一")
    for name in (*cell.inline, cell.field):
        if name and name not in fields:
            raise table.refuse("field", f"没有编号为“{name}”的 [[field]]")
    return cell
