"""Reads form definitions and regulations from TOML; a mistake is refused with file, entry and key."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

import resources
from model.definition import (
    COMPUTED,
    FUND_COLUMNS,
    INDICATOR_COLUMNS,
    TABS,
    Block,
    CellRow,
    CellSpec,
    Column,
    Field,
    FieldKind,
    FieldsBlock,
    FormDefinition,
    FormKind,
    FundRow,
    FundsBlock,
    GoalsBlock,
    Grade,
    IndicatorsBlock,
    Level1,
    Limits,
    Look,
    NotesBlock,
    Regulation,
    bare,
)
from model.errors import UserError
from model.measure import Metrics, read_coverage, read_metrics
from model.rules import Band, Scheme
from model.toml_table import TomlTable, open_toml

T = TypeVar("T")
Named = TypeVar("Named", FormDefinition, Regulation)
PAPER_WIDTH_MM = 210
FULL_MARKS = 100
_ALIGNS = ("", "left", "center", "right")
_GOAL_PARTS = ("text", "expected", "actual")
_PLACES = ("fields", "signatures", "deviation_analysis", "improvement")
_BREAKDOWN = re.compile(r"funds_breakdown\.[0-9]{1,2}\.(by_income|by_expenditure)")
_RESERVED_ID = re.compile(r"(unit|year|title|total|block_label|funds|[gi][0-9]+)(\.|$)")


@dataclass(frozen=True)
class Library:
    """All forms and regulations that the program knows, by id."""

    forms: Mapping[str, FormDefinition]
    regulations: Mapping[str, Regulation]

    def form(self, form_id: str) -> FormDefinition:
        """Return the definition `form_id`; raises UserError naming the known ids."""
        if form_id not in self.forms:
            raise UserError(
                f"没有编号为“{form_id}”的表样。",
                f"已有的表样：{'、'.join(self.forms)}；可用 --forms 加入别的表样。",
            )
        return self.forms[form_id]

    def regulation(self, form: FormDefinition) -> Regulation:
        """Return the scoring rules of a form."""
        return self.regulations[form.regulation]


@cache
def shipped() -> Library:
    """Return the shipped forms and regulations."""
    return _read_folder(resources.path("forms"), resources.path("regulations"), Library({}, {}))


def with_folder(folder: Path) -> Library:
    """Return the shipped library with the forms of a user's folder and of its subfolder `regulations`.

    A form of the folder replaces a shipped one of the same id. Raises UserError when the folder is
    missing or a file in it has a mistake.
    """
    if not folder.is_dir():
        raise UserError(f"找不到表样文件夹 {folder}。", "请核对路径。")
    return _read_folder(folder, folder / "regulations", shipped())


@cache
def covers() -> Callable[[str], bool]:
    """Return what tells whether a character can be printed with the shipped fonts."""
    return read_coverage(resources.path("fonts/coverage.txt").read_text(encoding="utf-8"))


@cache
def metrics() -> Metrics:
    """Return widths and coverage of the shipped fonts."""
    coverage, widths = (resources.path(f"fonts/{name}.txt") for name in ("coverage", "widths"))
    return read_metrics(coverage.read_text(encoding="utf-8"), widths.read_text(encoding="utf-8"))


def _read_folder(forms: Path, regulations: Path, base: Library) -> Library:
    known = {**base.regulations, **_read_files(regulations, read_regulation)}
    found = _read_files(forms, partial(read_form, regulations=known))
    return Library({**base.forms, **found}, known)


def _read_files(folder: Path, read: Callable[[Path], Named]) -> dict[str, Named]:
    """Read every TOML file of a folder, by id; two files with one id are refused."""
    found: dict[str, Named] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        entry = read(path)
        if entry.id in found:
            problem = f"{path.name}：id：“{entry.id}”在 {files[entry.id]} 里已经有了。"
            raise UserError(problem, "请更正表样文件。")
        found[entry.id], files[entry.id] = entry, path.name
    return found


def read_regulation(path: Path) -> Regulation:
    """Return the scoring rules of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    quantitative, qualitative = top.table("quantitative"), top.table("qualitative")
    direction, grades = top.table("direction"), top.table("grades")
    scheme = Scheme(
        reverse=cast(Literal["ratio", "linear"], quantitative.choice("reverse", ("ratio", "linear"))),
        bands=tuple(_each(qualitative.tables("bands"), _band)),
        direction_doubtful=direction.texts("doubtful"),
        direction_clear=direction.texts("clear"),
    )
    found = Regulation(
        id=top.filled("id"),
        name=top.text("name"),
        source=top.filled("source"),
        scheme=scheme,
        grades=tuple(_each(grades.tables("list"), _grade)),
        limits=_limits(top.table("limits")) if top.has("limits") else Limits(),
    )
    if not scheme.bands or _repeated(band.level for band in scheme.bands):
        raise qualitative.refuse("bands", "至少一档，level 不能重复")
    if not found.grades or any(low.lowest >= high.lowest for high, low in pairwise(found.grades)):
        raise grades.refuse("list", "等级应从高到低排列，至少一个")
    for table in (quantitative, qualitative, direction, grades):
        table.filled("source")
        table.done()
    top.done()
    return found


def _grade(table: TomlTable) -> Grade:
    return Grade(table.filled("name"), table.number("lowest"), above=table.flag("above", False))


def _limits(table: TomlTable) -> Limits:
    """The limits of the checks; one that is not given is the usual one."""
    given = {
        field.name: table.number(field.name) for field in dataclasses.fields(Limits) if table.has(field.name)
    }
    found = Limits(**given)
    table.filled("source")
    table.done()
    return found


def _band(table: TomlTable) -> Band:
    band = Band(level=table.filled("level"), low=table.number("low"), high=table.number("high"))
    if not band.low < band.high <= 1:
        raise table.refuse("low", "应满足 low < high ≤ 1")
    return band


def _repeated(values: Iterable[str]) -> str:
    """Return a value that stands there twice, or ""."""
    counted = Counter(values)
    return next((value for value, count in counted.items() if count > 1), "")


def _each(tables: list[TomlTable], read: Callable[[TomlTable], T]) -> list[T]:
    found = []
    for table in tables:
        found.append(read(table))
        table.done()
    return found


def read_form(path: Path, regulations: Mapping[str, Regulation]) -> FormDefinition:
    """Return the form definition of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    fields = _fields(top)
    widths = top.widths("widths_mm")
    look = _look(top.table("look"))
    if abs(sum(widths) + 2 * look.side_mm - PAPER_WIDTH_MM) > 0.01:
        raise top.refuse("widths_mm", f"各列宽与两边页边距合计应为 {PAPER_WIDTH_MM} 毫米")
    blocks = tuple(_each(top.tables("block"), lambda t: _block(t, widths, fields)))
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
        money_unit=top.choice("money_unit", ("元", "万元", "亿元")),
        execution_points=top.number("execution_points"),
        goal_parts=top.texts("goal_parts"),
        goal_points=top.flag("goal_points", False),
        goal_echo=top.text("goal_echo", ""),
        level1=tuple(_each(top.tables("level1", []), _level1)),
        look=look,
        fields=fields,
        blocks=blocks,
    )
    for check in (_check_blocks, _check_fields, _check_goals, _check_points):
        check(top, found)
    top.done()
    return found


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
        limit=int(table.number("limit")) if table.has("limit") else 0,
    )
    if _RESERVED_ID.match(field.id):
        raise table.refuse("id", f"“{field.id}”是程序自用的编号，请换一个")
    if field.at not in _PLACES and not _BREAKDOWN.fullmatch(field.at):
        raise table.refuse("at", f"不认识“{field.at}”")
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
    )
    table.done()
    return look


def _level1(table: TomlTable) -> Level1:
    points = table.number("points") if table.has("points") else None
    return Level1(table.filled("name"), points, table.texts("level2", []))


def _block(table: TomlTable, form_widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    kind = table.choice("kind", tuple(_BLOCKS))
    tab = table.choice("tab", TABS)
    widths = table.widths("widths_mm", form_widths)
    if abs(sum(widths) - sum(form_widths)) > 0.01:
        raise table.refuse("widths_mm", f"各列宽合计应为 {sum(form_widths):g} 毫米")
    return _BLOCKS[kind](table, tab, widths, fields)


def _fields_block(
    table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]
) -> Block:
    rows = _cell_rows(table, "rows", len(widths), fields)
    return FieldsBlock(tab, widths, rows, framed=table.flag("framed", True))


def _funds_block(table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    label_span = table.whole("label_span", 1)
    rest = len(widths) - label_span
    rows = tuple(_each(table.tables("rows"), _fund_row))
    if not rows or _repeated(row.key for row in rows):
        raise table.refuse("rows", "至少一行，且 key 不能重复")
    columns = _columns(table, FUND_COLUMNS, rest, ("budget", "executed"))
    more = _cell_rows(table, "more", rest, fields, [])
    return FundsBlock(tab, widths, table.text("label"), label_span, columns, rows, more)


def _fund_row(table: TomlTable) -> FundRow:
    row = FundRow(table.filled("key"), table.text("caption"), table.words("fixed"))
    for key in row.fixed:
        if key not in FUND_COLUMNS:
            raise table.refuse("fixed", f"不认识列“{key}”")
    return row


def _goals_block(table: TomlTable, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    label_span = table.whole("label_span", 1)
    columns = _columns(table, _GOAL_PARTS, len(widths) - label_span)
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
        name_pattern=table.pattern("name_pattern", ("name", "weight"), "{name}"),
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
    "goals": _goals_block,
    "indicators": _indicators_block,
    "notes": _notes_block,
}


def _columns(
    table: TomlTable, allowed: tuple[str, ...], width: int, needed: tuple[str, ...] = ()
) -> tuple[Column, ...]:
    columns = tuple(
        _each(
            table.tables("columns"),
            lambda t: Column(t.choice("key", allowed), t.text("caption"), t.whole("span", 1)),
        )
    )
    if not columns or sum(column.span for column in columns) != width:
        raise table.refuse("columns", f"至少一列，各列合计应占 {width} 格")
    keys = [column.key for column in columns]
    if key := _repeated(keys):
        raise table.refuse("columns", f"key “{key}”出现了两次")
    if lacking := [key for key in needed if key not in keys]:
        raise table.refuse("columns", f"缺少 key 为 {'、'.join(lacking)} 的列")
    return columns


def _cell_rows(
    table: TomlTable, key: str, width: int, fields: Mapping[str, Field], default: list[object] | None = None
) -> tuple[CellRow, ...]:
    rows = []
    for n, cells in enumerate(table.rows(key, default), start=1):
        row = tuple(_each(list(cells), lambda t: _cell(t, fields)))
        if sum(cell.span for cell in row) != width:
            raise table.refuse(key, f"第 {n} 行各格合计应占 {width} 格")
        rows.append(row)
    return tuple(rows)


def _cell(table: TomlTable, fields: Mapping[str, Field]) -> CellSpec:
    cell = CellSpec(
        span=table.whole("span", 1),
        caption=table.text("caption", ""),
        text=table.text("text", ""),
        field=table.text("field", ""),
        inline=table.texts("inline", []),
        computed=table.choice("computed", ("", *COMPUTED), ""),
        align=table.choice("align", _ALIGNS, ""),
    )
    if sum(map(bool, (cell.caption, cell.text, cell.field, cell.inline, cell.computed))) > 1:
        raise table.refuse("caption", "一格只能有 caption、text、field、inline、computed 之一")
    for name in (*cell.inline, cell.field):
        if name and name not in fields:
            raise table.refuse("field", f"没有编号为“{name}”的 [[field]]")
    return cell


def _check_blocks(top: TomlTable, form: FormDefinition) -> None:
    for kind, name in ((FundsBlock, "funds"), (IndicatorsBlock, "indicators")):
        if sum(isinstance(block, kind) for block in form.blocks) != 1:
            raise top.refuse("block", f'应有且只有一个 kind = "{name}" 的部分')
    printed = Counter(
        name for row in all_cell_rows(form) for cell in row for name in (*cell.inline, cell.field)
    )
    for name in form.fields:
        if printed[name] != 1:
            raise top.refuse("field", f"“{name}”应在 [[block]] 里出现一次，现出现 {printed[name]} 次")


def _check_fields(top: TomlTable, form: FormDefinition) -> None:
    """Each field has a place of its own in an exchange file; a project form has the name of the project."""
    entries = [(f.at, f.key or f.caption) for f in form.fields.values()]
    named = [bare(name) for at, name in entries if at == "fields"] + [bare(form.goal_echo)]
    signed = [bare(name) for at, name in entries if at == "signatures"]
    others = [at for at, _ in entries if at not in ("fields", "signatures")]
    for names in (named, signed, others):
        if name := _repeated(names):
            raise top.refuse("field", f"两个项目在交换文件里同为“{name}”，请用 key 区分")
    if form.kind == "project" and "project_name" not in form.fields:
        raise top.refuse("field", "项目表应有编号为 project_name 的 [[field]]")


def _check_goals(top: TomlTable, form: FormDefinition) -> None:
    block = form.indicators
    if block.per_goal and not block.goal_captions:
        raise top.refuse("block goal_captions", "per_goal = true 时要写明目标的标题")
    if not form.goal_points and any("{points}" in caption for caption in block.goal_captions):
        raise top.refuse("goal_points", "目标标题用到 {points} 时应为 true")
    printed = {column.key for b in form.blocks if isinstance(b, GoalsBlock) for column in b.columns}
    printed |= {"text"} if block.per_goal and block.goal_text else set()
    if printed != set(form.goal_parts):
        found = "、".join(sorted(printed)) or "无"
        raise top.refuse("goal_parts", f"应与表上印的目标内容一致，表上有：{found}")


def _check_points(top: TomlTable, form: FormDefinition) -> None:
    if name := _repeated(bare(block.name) for block in form.level1):
        raise top.refuse("level1 name", f"“{name}”出现了两次")
    points = [block.points for block in form.level1 if block.points is not None]
    total = sum(points, form.execution_points)
    if points and len(points) == len(form.level1) and total != FULL_MARKS:
        raise top.refuse("level1 points", f"与预算执行分值合计为 {total}，应为 {FULL_MARKS}")


def all_cell_rows(form: FormDefinition) -> list[CellRow]:
    """Return every row of cells of the form's blocks, in the order of paper."""
    rows: list[CellRow] = []
    for block in form.blocks:
        if isinstance(block, FieldsBlock):
            rows.extend(block.rows)
        elif isinstance(block, FundsBlock):
            rows.extend(block.more)
    return rows
