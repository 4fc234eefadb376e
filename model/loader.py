"""Reads form definitions and regulations from TOML; a mistake is refused with file, entry and key."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, TypeVar, cast, get_args

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
    Look,
    NotesBlock,
    Regulation,
)
from model.errors import UserError
from model.measure import Metrics, read_metrics
from model.rules import Band, Scheme

T = TypeVar("T")
PAPER_WIDTH_MM = 210
MAX_COLUMN_SPAN = 100
_ALIGNS = ("", "left", "center", "right")
_GOAL_PARTS = ("text", "expected", "actual")
_PLACES = ("fields", "signatures", "deviation_analysis", "improvement")


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
def metrics() -> Metrics:
    """Return widths and coverage of the shipped fonts."""
    coverage, widths = (resources.path(f"fonts/{name}.txt") for name in ("coverage", "widths"))
    return read_metrics(coverage.read_text(encoding="utf-8"), widths.read_text(encoding="utf-8"))


def _read_folder(forms: Path, regulations: Path, base: Library) -> Library:
    known = dict(base.regulations)
    for path in sorted(regulations.glob("*.toml")):
        regulation = read_regulation(path)
        known[regulation.id] = regulation
    found = dict(base.forms)
    for path in sorted(forms.glob("*.toml")):
        form = read_form(path)
        if form.regulation not in known:
            raise UserError(
                f"{path.name}：regulation 写的“{form.regulation}”没有对应的计分规则。", "请核对规则编号。"
            )
        found[form.id] = form
    return Library(found, known)


class _Table:
    """A TOML table that hands out its entries once each and refuses what is wrong or left over."""

    def __init__(self, data: object, file: str, where: str) -> None:
        self._file, self._where = file, where
        if not isinstance(data, dict):
            raise UserError(f"{self._here()}应为一组“键 = 值”。")
        self._rest: dict[str, Any] = dict(data)

    def _here(self, key: str = "") -> str:
        place = " ".join(part for part in (self._where, key) if part)
        return f"{self._file}：{place}：" if place else f"{self._file}："

    def refuse(self, key: str, problem: str) -> UserError:
        return UserError(f"{self._here(key)}{problem}。", "请更正表样文件。")

    def _take(self, key: str, default: object) -> Any:
        if key not in self._rest and default is None:
            raise self.refuse(key, "缺少这一项")
        return self._rest.pop(key, default)

    def text(self, key: str, default: str | None = None) -> str:
        value = self._take(key, default)
        if not isinstance(value, str):
            raise self.refuse(key, "应为文字")
        return value

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.refuse(key, f"不能是“{value}”，可以是 {'、'.join(a for a in allowed if a)}")
        return value

    def pattern(self, key: str, names: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        self.check_pattern(key, value, names)
        return value

    def check_pattern(self, key: str, value: str, names: tuple[str, ...]) -> None:
        try:
            used = [name for _, name, _, _ in Formatter().parse(value) if name is not None]
        except ValueError:
            raise self.refuse(key, "大括号不成对") from None
        for name in used:
            if name not in names:
                raise self.refuse(key, f"不认识 {{{name}}}，可以用 {'、'.join('{' + n + '}' for n in names)}")

    def has(self, key: str) -> bool:
        return key in self._rest

    def number(self, key: str) -> Decimal:
        value = self._take(key, None)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise self.refuse(key, "应为数字")
        value = Decimal(value)
        if not value.is_finite() or value < 0:
            raise self.refuse(key, "应为不小于 0 的数字")
        return value

    def millimetres(self, key: str) -> float:
        return _plain(self.number(key))

    def whole(self, key: str, default: int) -> int:
        value = self._take(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_COLUMN_SPAN:
            raise self.refuse(key, f"应为 1 到 {MAX_COLUMN_SPAN} 的整数")
        return value

    def flag(self, key: str, default: bool) -> bool:
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, "应为 true 或 false")
        return value

    def array(self, key: str, default: list[object] | None = None) -> list[object]:
        value = self._take(key, default)
        if not isinstance(value, list):
            raise self.refuse(key, "应为方括号里的一列")
        return value

    def texts(self, key: str, default: list[object] | None = None) -> tuple[str, ...]:
        values = self.array(key, default)
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(key, "应为一列文字")
        return tuple(cast(list[str], values))

    def widths(self, key: str, default: tuple[float, ...] | None = None) -> tuple[float, ...]:
        if default is not None and key not in self._rest:
            return default
        values = self.array(key)
        if not values or not all(
            isinstance(v, int | Decimal) and not isinstance(v, bool) and v > 0 for v in values
        ):
            raise self.refuse(key, "应为一列大于 0 的毫米数")
        return tuple(_plain(Decimal(cast(int, value))) for value in values)

    def words(self, key: str) -> dict[str, str]:
        value = self._take(key, {})
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise self.refuse(key, "应为一组“键 = 文字”")
        return value

    def tables(self, key: str, default: list[object] | None = None) -> list["_Table"]:
        return [self._child(key, n, item) for n, item in enumerate(self.array(key, default), start=1)]

    def table(self, key: str) -> "_Table":
        return _Table(self._take(key, None), self._file, f"{self._where} [{key}]".strip())

    def rows(self, key: str, default: list[object] | None = None) -> list[tuple["_Table", ...]]:
        rows = []
        for n, row in enumerate(self.array(key, default), start=1):
            if not isinstance(row, list):
                raise self.refuse(key, f"第 {n} 行应为方括号里的一列单元格")
            rows.append(
                tuple(self._child(f"{key} 第 {n} 行", m, cell) for m, cell in enumerate(row, start=1))
            )
        return rows

    def _child(self, key: str, n: int, item: object) -> "_Table":
        return _Table(item, self._file, f"{self._where} [{key}] 第 {n} 项".strip())

    def done(self) -> None:
        if self._rest:
            raise self.refuse(next(iter(self._rest)), "不认识这一项")


def _plain(value: Decimal) -> float:
    """Millimetres are geometry, not money: an ordinary number."""
    numerator, denominator = value.as_integer_ratio()
    return numerator / denominator


def _open(path: Path) -> _Table:
    try:
        with path.open("rb") as file:
            return _Table(tomllib.load(file, parse_float=Decimal), path.name, "")
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path.name}：不是有效的 TOML 文件（{error}）。", "请更正表样文件。") from None
    except UnicodeDecodeError:
        raise UserError(f"{path.name}：不是 UTF-8 编码。", "请另存为 UTF-8。") from None
    except OSError as error:
        raise UserError(f"{path.name}：读不出来（{error.strerror}）。", "请核对文件。") from None


def read_regulation(path: Path) -> Regulation:
    """Return the scoring rules of a TOML file; raises UserError with file, entry and key."""
    top = _open(path)
    quantitative, qualitative = top.table("quantitative"), top.table("qualitative")
    direction, grades = top.table("direction"), top.table("grades")
    scheme = Scheme(
        reverse=cast(Literal["ratio", "linear"], quantitative.choice("reverse", ("ratio", "linear"))),
        bands=tuple(_each(qualitative.tables("bands"), _band)),
        direction_doubtful=direction.texts("doubtful"),
        direction_clear=direction.texts("clear"),
    )
    found = Regulation(
        id=top.text("id"),
        name=top.text("name"),
        source=top.text("source"),
        scheme=scheme,
        grades=tuple(_each(grades.tables("list"), lambda t: Grade(t.text("name"), t.number("lowest")))),
    )
    if not found.grades or list(found.grades) != sorted(found.grades, key=lambda g: -g.lowest):
        raise grades.refuse("list", "等级应从高到低排列，至少一个")
    for table in (quantitative, qualitative, direction, grades):
        table.text("source")
        table.done()
    top.done()
    return found


def _band(table: _Table) -> Band:
    band = Band(level=table.text("level"), low=table.number("low"), high=table.number("high"))
    if not band.low < band.high <= 1:
        raise table.refuse("low", "应满足 low < high ≤ 1")
    return band


def _each(tables: list[_Table], read: Callable[[_Table], T]) -> list[T]:
    found = []
    for table in tables:
        found.append(read(table))
        table.done()
    return found


def read_form(path: Path) -> FormDefinition:
    """Return the form definition of a TOML file; raises UserError with file, entry and key."""
    top = _open(path)
    fields = _fields(top)
    widths = top.widths("widths_mm")
    look = _look(top.table("look"))
    if abs(sum(widths) + 2 * look.side_mm - PAPER_WIDTH_MM) > 0.01:
        raise top.refuse("widths_mm", f"各列宽与两边页边距合计应为 {PAPER_WIDTH_MM} 毫米")
    goal_parts = top.texts("goal_parts")
    for part in goal_parts:
        if part not in _GOAL_PARTS:
            raise top.refuse("goal_parts", f"不认识“{part}”")
    blocks = tuple(_each(top.tables("block"), lambda t: _block(t, widths, fields)))
    found = FormDefinition(
        id=top.text("id"),
        kind=cast(FormKind, top.choice("kind", get_args(FormKind))),
        edition=top.text("edition"),
        name=top.text("name"),
        region=top.text("region"),
        title=_patterns(top, "title", ("year", "unit", "project")),
        running_title=top.pattern("running_title", ("year", "unit", "project")),
        source=top.text("source"),
        regulation=top.text("regulation"),
        money_unit=top.choice("money_unit", ("元", "万元", "亿元")),
        execution_points=top.number("execution_points"),
        goal_parts=goal_parts,
        goal_points=top.flag("goal_points", False),
        goal_echo=top.text("goal_echo", ""),
        level1=tuple(_each(top.tables("level1", []), _level1)),
        look=look,
        fields=fields,
        blocks=blocks,
    )
    _check_blocks(top, found)
    top.done()
    return found


def _patterns(top: _Table, key: str, names: tuple[str, ...]) -> tuple[str, ...]:
    values = top.texts(key)
    if not values:
        raise top.refuse(key, "至少一行")
    for value in values:
        top.check_pattern(key, value, names)
    return values


def _fields(top: _Table) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for table in top.tables("field"):
        field = _field(table)
        if field.id in found:
            raise table.refuse("id", f"“{field.id}”出现了两次")
        found[field.id] = field
        table.done()
    return found


def _field(table: _Table) -> Field:
    field = Field(
        id=table.text("id"),
        caption=table.text("caption"),
        kind=cast(FieldKind, table.choice("kind", get_args(FieldKind), "text")),
        required=table.flag("required", False),
        choices=table.texts("choices", []),
        suffix=table.text("suffix", ""),
        at=table.text("at", "fields"),
        key=table.text("key", ""),
    )
    if field.at not in _PLACES and not _is_breakdown(field.at):
        raise table.refuse("at", f"不认识“{field.at}”")
    if (field.kind == "choice") != bool(field.choices):
        raise table.refuse("choices", "单选、多选项目要列出选项，其他项目不要")
    return field


def _is_breakdown(at: str) -> bool:
    parts = at.split(".")
    return (
        len(parts) == 3
        and parts[0] == "funds_breakdown"
        and parts[1].isascii()
        and parts[1].isdigit()
        and parts[2] in ("by_income", "by_expenditure")
    )


def _look(table: _Table) -> Look:
    look = Look(
        side_mm=table.millimetres("side_mm"),
        top_mm=table.millimetres("top_mm"),
        text_pt=table.millimetres("text_pt"),
        pitch=table.millimetres("pitch"),
        row_mm=table.millimetres("row_mm"),
        commas=table.flag("commas", False),
    )
    table.done()
    return look


def _level1(table: _Table) -> Level1:
    points = table.number("points") if table.has("points") else None
    return Level1(table.text("name"), points, table.texts("level2", []))


def _block(table: _Table, form_widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    kind = table.choice("kind", tuple(_BLOCKS))
    tab = table.choice("tab", TABS)
    widths = table.widths("widths_mm", form_widths)
    if abs(sum(widths) - sum(form_widths)) > 0.01:
        raise table.refuse("widths_mm", f"各列宽合计应为 {sum(form_widths):g} 毫米")
    return _BLOCKS[kind](table, tab, widths, fields)


def _fields_block(table: _Table, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    rows = _cell_rows(table, "rows", len(widths), fields)
    return FieldsBlock(tab, widths, rows, framed=table.flag("framed", True))


def _funds_block(table: _Table, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    label_span = table.whole("label_span", 1)
    rest = len(widths) - label_span
    rows = tuple(_each(table.tables("rows"), _fund_row))
    if not rows or len({row.key for row in rows}) != len(rows):
        raise table.refuse("rows", "至少一行，且 key 不能重复")
    columns = _columns(table, FUND_COLUMNS, rest)
    more = _cell_rows(table, "more", rest, fields, [])
    return FundsBlock(tab, widths, table.text("label"), label_span, columns, rows, more)


def _fund_row(table: _Table) -> FundRow:
    row = FundRow(table.text("key"), table.text("caption"), table.words("fixed"))
    for key in row.fixed:
        if key not in FUND_COLUMNS:
            raise table.refuse("fixed", f"不认识列“{key}”")
    return row


def _goals_block(table: _Table, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    label_span = table.whole("label_span", 1)
    columns = _columns(table, _GOAL_PARTS, len(widths) - label_span)
    patterns = table.words("patterns")
    for key, pattern in patterns.items():
        table.check_pattern(f"patterns {key}", pattern, ("n", "text"))
    return GoalsBlock(tab, widths, table.text("label"), label_span, columns, patterns)


def _indicators_block(
    table: _Table, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]
) -> Block:
    return IndicatorsBlock(
        tab,
        widths,
        label=table.text("label"),
        columns=_columns(table, INDICATOR_COLUMNS, len(widths) - 1),
        per_goal=table.flag("per_goal", False),
        goal_text=table.flag("goal_text", False),
        goal_captions=_goal_captions(table),
        goal_caption_span=table.whole("goal_caption_span", 1),
        heading=cast(Literal["each", "once"], table.choice("heading", ("each", "once"), "once")),
        level1_pattern=table.pattern("level1_pattern", ("name", "points"), "{name}"),
        name_pattern=table.pattern("name_pattern", ("name", "weight"), "{name}"),
    )


def _goal_captions(table: _Table) -> tuple[str, ...]:
    captions = table.texts("goal_captions", [])
    for caption in captions:
        table.check_pattern("goal_captions", caption, ("n", "points"))
    return captions


def _notes_block(table: _Table, tab: str, widths: tuple[float, ...], fields: Mapping[str, Field]) -> Block:
    return NotesBlock(tab, widths, table.text("title", ""), table.texts("lines"), table.flag("framed", False))


_BLOCKS: dict[str, Callable[[_Table, str, tuple[float, ...], Mapping[str, Field]], Block]] = {
    "fields": _fields_block,
    "funds": _funds_block,
    "goals": _goals_block,
    "indicators": _indicators_block,
    "notes": _notes_block,
}


def _columns(table: _Table, allowed: tuple[str, ...], width: int) -> tuple[Column, ...]:
    columns = tuple(
        _each(
            table.tables("columns"),
            lambda t: Column(t.choice("key", allowed), t.text("caption"), t.whole("span", 1)),
        )
    )
    if sum(column.span for column in columns) != width:
        raise table.refuse("columns", f"各列合计应占 {width} 格")
    if len({column.key for column in columns}) != len(columns):
        raise table.refuse("columns", "key 不能重复")
    return columns


def _cell_rows(
    table: _Table, key: str, width: int, fields: Mapping[str, Field], default: list[object] | None = None
) -> tuple[CellRow, ...]:
    rows = []
    for n, cells in enumerate(table.rows(key, default), start=1):
        row = tuple(_each(list(cells), lambda t: _cell(t, fields)))
        if sum(cell.span for cell in row) != width:
            raise table.refuse(key, f"第 {n} 行各格合计应占 {width} 格")
        rows.append(row)
    return tuple(rows)


def _cell(table: _Table, fields: Mapping[str, Field]) -> CellSpec:
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


def _check_blocks(top: _Table, form: FormDefinition) -> None:
    for kind, name in ((FundsBlock, "funds"), (IndicatorsBlock, "indicators")):
        if sum(isinstance(block, kind) for block in form.blocks) != 1:
            raise top.refuse("block", f'应有一个 kind = "{name}" 的部分')
    printed = [
        name for row in all_cell_rows(form) for cell in row for name in (*cell.inline, cell.field) if name
    ]
    for name in form.fields:
        if printed.count(name) != 1:
            raise top.refuse("field", f"“{name}”应在 [[block]] 里出现一次，现出现 {printed.count(name)} 次")
    if form.indicators.per_goal and not form.indicators.goal_captions:
        raise top.refuse("block goal_captions", "per_goal = true 时要写明目标的标题")
    if not form.goal_points and any("{points}" in c for c in form.indicators.goal_captions):
        raise top.refuse("goal_points", "目标标题用到 {points} 时应为 true")


def all_cell_rows(form: FormDefinition) -> list[CellRow]:
    """Return every row of cells of the form's blocks, in the order of paper."""
    rows: list[CellRow] = []
    for block in form.blocks:
        if isinstance(block, FieldsBlock):
            rows.extend(block.rows)
        elif isinstance(block, FundsBlock):
            rows.extend(block.more)
    return rows
