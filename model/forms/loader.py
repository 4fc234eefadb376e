"""Reads form definitions and regulations from TOML; a mistake is refused with file, entry and key."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

import resources
from model.basics.amount import Amount
from model.basics.errors import UserError
from model.basics.metrics import Metrics, read_coverage, read_metrics
from model.basics.number import MONEY_POWERS
from model.forms.advice import Advice, AdviceFile
from model.forms.advice_toml import read_advice
from model.forms.block_toml import read_block
from model.forms.definition import (
    LIMITS,
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
    Grade,
    IndicatorsBlock,
    Level1,
    Limits,
    Look,
    Regulation,
    bare,
)
from model.forms.indicator_library import IndicatorLibrary, joined, read_indicators
from model.forms.outline import Outline
from model.forms.outline_toml import read_outline
from model.forms.rules import Band, Scheme
from model.forms.toml_table import TomlTable, each, names_in, open_toml, repeated
from model.forms.units import headed

Named = TypeVar("Named", FormDefinition, Regulation, Outline, AdviceFile, IndicatorLibrary)
PAPER_WIDTH_MM = 210
FULL_MARKS = 100
_FOLDERS = ("forms", "regulations", "reports", "help", "indicators", "accounts")
_LISTS = ("functions", "annual_tasks", "overall_goals")
_IN_KEY = "key"  # a field that stands in the key of another: 长期目标(截止2023年)
_PLACES = ("fields", "signatures", "deviation_analysis", "improvement", *_LISTS, _IN_KEY)
_BREAKDOWN = re.compile(r"funds_breakdown\.[0-9]{1,2}\.(by_income|by_expenditure)")
_RESERVED_ID = re.compile(r"(unit|money_unit|year|title|total|block_label|funds|shares|[a-z][0-9]+)(\.|$)")


@dataclass(frozen=True)
class Library:
    """All forms and regulations that the program knows, by id, and where outlines of reports and what is
    said about filling in lie."""

    forms: Mapping[str, FormDefinition]
    regulations: Mapping[str, Regulation]
    report_folders: tuple[Path, ...] = ()
    help_folders: tuple[Path, ...] = ()
    indicator_folders: tuple[Path, ...] = ()
    accounts_folders: tuple[Path, ...] = ()  # of the final accounts, read by model.accounts

    @cached_property
    def outlines(self) -> Mapping[str, Outline]:
        """The outlines of reports by id, read when they are first wanted: the first window needs none."""
        read = partial(read_outline, forms=self.forms)
        return {
            name: found for path in self.report_folders for name, found in _read_files(path, read).items()
        }

    @cached_property
    def advice(self) -> tuple[Advice, ...]:
        """What is said about filling in, read when it is first wanted; that of the user's folder first."""
        read = partial(read_advice, forms=self.forms, regulations=self.regulations)
        files = [found for path in reversed(self.help_folders) for found in _read_files(path, read).values()]
        return tuple(advice for found in files for advice in found.texts)

    @cached_property
    def indicators(self) -> IndicatorLibrary:
        """The usual indicators, read when they are first wanted; those of the user's folder first."""
        return joined(
            found for path in self.indicator_folders for found in _read_files(path, read_indicators).values()
        )

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

    def outline(self, form_id: str) -> Outline | None:
        """Return the outline of the report that goes with a form, None where there is none."""
        return next((found for found in self.outlines.values() if form_id in found.forms), None)

    def statement(self) -> Outline | None:
        """Return the outline of what is said of all projects together (预算绩效情况说明)."""
        return next((found for found in self.outlines.values() if found.scope == "document"), None)


class ShippedForms(Mapping[str, FormDefinition]):
    """The forms of a folder by id, each read when it is first wanted: a document has two of eight.

    A file is named after its id. Raises UserError where a form has a mistake, KeyError where there is none.
    """

    def __init__(self, folder: Path, regulations: Mapping[str, Regulation]) -> None:
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._read = cache(partial(read_definition, regulations=regulations))

    def __getitem__(self, form_id: str) -> FormDefinition:
        return self._read(self._paths[form_id])

    def __contains__(self, form_id: object) -> bool:
        return form_id in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@cache
def shipped() -> Library:
    """Return the shipped forms and regulations."""
    forms, regulations, reports, helps, indicators, accounts = map(resources.path, _FOLDERS)
    rules = _read_files(regulations, read_regulation)
    return Library(ShippedForms(forms, rules), rules, (reports,), (helps,), (indicators,), (accounts,))


def with_folder(folder: Path) -> Library:
    """Return the shipped library with the forms of a user's folder and what its subfolders hold:
    `regulations`, `reports`, `help`, `indicators` and `accounts`.

    A form of the folder replaces a shipped one of the same id. Raises UserError when the folder is
    missing or a file in it has a mistake.
    """
    if not folder.is_dir():
        raise UserError(f"找不到表样文件夹 {folder}。", "请核对路径。")
    base = shipped()
    rules = {**base.regulations, **_read_files(folder / "regulations", read_regulation)}
    known = {**base.forms, **_read_files(folder, partial(read_definition, regulations=rules))}
    reports, helps = (*base.report_folders, folder / "reports"), (*base.help_folders, folder / "help")
    indicators = (*base.indicator_folders, folder / "indicators")
    accounts = (*base.accounts_folders, folder / "accounts")
    library = Library(known, rules, reports, helps, indicators, accounts)
    assert library.outlines  # a mistake in one is refused now
    assert library.advice
    assert library.indicators
    return library


@cache
def covers() -> Callable[[str], bool]:
    """Return what tells whether a character can be printed with the shipped fonts."""
    return read_coverage(resources.path("fonts/coverage.txt").read_text(encoding="utf-8"))


@cache
def metrics() -> Metrics:
    """Return widths and coverage of the shipped fonts."""
    coverage, widths = (resources.path(f"fonts/{name}.txt") for name in ("coverage", "widths"))
    return read_metrics(coverage.read_text(encoding="utf-8"), widths.read_text(encoding="utf-8"))


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
        bands=tuple(each(qualitative.tables("bands"), _band)),
        direction_doubtful=direction.texts("doubtful"),
        direction_clear=direction.texts("clear"),
        adverse=direction.texts("adverse") if direction.has("adverse") else (),
    )
    found = Regulation(
        id=top.filled("id"),
        name=top.text("name"),
        source=top.filled("source"),
        scheme=scheme,
        grades=tuple(each(grades.tables("list"), _grade)),
        limits=_limits(top.table("limits")) if top.has("limits") else LIMITS,
    )
    if not scheme.bands or repeated(band.level for band in scheme.bands):
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
    given = {name: table.number(name) for name in Limits._fields if table.has(name)}
    rounding = Amount(given.pop("rounding"), "万元") if "rounding" in given else LIMITS.rounding
    found = Limits(**given, rounding=rounding)
    table.filled("source")
    table.done()
    return found


def _band(table: TomlTable) -> Band:
    band = Band(level=table.filled("level"), low=table.number("low"), high=table.number("high"))
    if not band.low < band.high <= 1:
        raise table.refuse("low", "应满足 low < high ≤ 1")
    return band


def read_definition(path: Path, regulations: Mapping[str, Regulation]) -> FormDefinition:
    """Return the form definition of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    fields = _fields(top)
    widths = top.widths("widths_mm")
    look = _look(top.table("look"))
    if abs(sum(widths) + 2 * look.side_mm - PAPER_WIDTH_MM) > 0.01:
        raise top.refuse("widths_mm", f"各列宽与两边页边距合计应为 {PAPER_WIDTH_MM} 毫米")
    blocks = tuple(each(top.tables("block"), lambda t: _with_names(read_block(t, widths, fields))))
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
        execution_points=top.number("execution_points") if top.has("execution_points") else Decimal(0),
        goal_parts=top.texts("goal_parts"),
        goal_points=top.flag("goal_points", False),
        goal_echo=top.text("goal_echo", ""),
        level1=tuple(each(top.tables("level1", []), _level1)),
        look=look,
        fields=fields,
        blocks=blocks,
        goal_terms=top.texts("goal_terms", []),
        appendix=top.text("appendix", ""),
    )
    for check in (_check_blocks, _check_fields, _check_keys, _check_goals, _check_points):
        check(top, found)
    top.done()
    return headed(found)


@cache
def _fund_names() -> Mapping[str, tuple[str, ...]]:
    """Return what rows of money are called in other forms, by the key of the row."""
    table = open_toml(resources.path("fund_rows.toml"))
    return {key: table.texts(key) for key in table.untaken()}


def _with_names(block: Block) -> Block:
    """Return a block whose rows know what other forms call them."""
    if not isinstance(block, FundsBlock):
        return block
    known = _fund_names()
    return block._replace(
        rows=tuple(row._replace(names=(*row.names, *known.get(row.key, ()))) for row in block.rows)
    )


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


def _check_blocks(top: TomlTable, form: FormDefinition) -> None:
    executions = sum(block.has("executed") for block in form.money_blocks)
    if executions != (1 if form.is_scored else 0):
        raise top.refuse("block", f'kind = "funds" 的部分应有 {1 if form.is_scored else 0} 个')
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


def _check_fields(top: TomlTable, form: FormDefinition) -> None:
    """Each field has a place of its own in an exchange file; a project form has the name of the project."""
    entries = [(f.at, f.key or f.caption) for f in form.fields.values()]
    named = [bare(name) for at, name in entries if at == "fields"] + [bare(form.goal_echo)]
    signed = [bare(name) for at, name in entries if at == "signatures"]
    others = [at for at, _ in entries if at not in ("fields", "signatures", "overall_goals", _IN_KEY)]
    for names in (named, signed, others):
        if name := repeated(names):
            raise top.refuse("field", f"两个项目在交换文件里同为“{name}”，请用 key 区分")
    if not form.is_scored and any(_BREAKDOWN.fullmatch(at) for at in others):
        raise top.refuse("field at", "不计分的表没有 funds_breakdown")
    if form.kind == "project" and "project_name" not in form.fields:
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
