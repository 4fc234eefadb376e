"""The types of an empty form (FormDefinition) and of a set of scoring rules (Regulation); both are data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from model.basics.amount import Amount
from model.basics.memory import once
from model.forms.columns import (
    EXECUTION_COLUMNS,
    GOAL_COLUMNS,
    ROW_COLUMNS,
    Column,
    Columns,
    FilledBy,
    by_key,
    with_known,
)
from model.forms.rules import Scheme
from model.forms.targets import Parts

FieldKind = Literal["text", "long", "money", "date", "choice"]
# The self-evaluation of a department or of a project, the goals of either beforehand, how a project goes
# during the year, the self-evaluation of a transfer; of a department's a document has one, of others any.
FormKind = Literal["department", "project", "declaration", "project_declaration", "monitoring", "transfer"]
KIND_NAMES: dict[FormKind, str] = {
    "department": "部门自评",
    "project": "项目自评",
    "declaration": "部门申报",
    "project_declaration": "项目申报",
    "monitoring": "绩效监控",
    "transfer": "转移支付自评",
}
TABS = ("自评结论", "基本情况", "预算执行情况", "绩效目标与指标", "问题与改进", "上年结果应用", "佐证材料")
COMPUTED = ("total", "grade", "rate", "execution")  # figures of the form in a cell of their own
SHARE = "share"  # the column that says how much of its sum a row is


class Grade(NamedTuple):
    """A grade (等级): 优 from `lowest` points on, or only above them where the regulation says so."""

    name: str
    lowest: Decimal
    above: bool = False

    def holds(self, total: Decimal) -> bool:
        """Return whether a total is good enough for the grade."""
        return total > self.lowest if self.above else total >= self.lowest


class Limits(NamedTuple):
    """Where checks begin to speak; rates are fractions, tolerances points or amounts.

    `score_tolerance`: points between a typed score and the rule's; `low_rate`: execution below it wants a
    reason; `budget_change`: adjusted against initial budget; `over_achieved`: result by target;
    `rounding`: what each part of a sum may be off; `months_late` and `months_early`: of 填报日期.
    """

    score_tolerance: Decimal = Decimal("0.05")
    low_rate: Decimal = Decimal("0.9")
    budget_change: Decimal = Decimal("0.1")
    over_achieved: Decimal = Decimal("1.2")
    rounding: Amount = Amount(Decimal("0.01"), "万元")
    months_late: Decimal = Decimal(24)
    months_early: Decimal = Decimal(12)


LIMITS = Limits()  # where a regulation says nothing


class Cap(NamedTuple):
    """What the total is at most (最高分) where the execution rate is below a fraction."""

    below: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True, eq=False)  # compared and hashed as itself: there is one of each
class Regulation:
    """A named, sourced set of scoring rules."""

    id: str
    name: str
    source: str
    scheme: Scheme
    grades: tuple[Grade, ...]  # best first
    limits: Limits = LIMITS
    caps: tuple[Cap, ...] = ()  # the hardest first

    def grade(self, total: Decimal) -> str:
        """Return the name of the grade that `total` points earn; the lowest one when none is reached."""
        return next((grade.name for grade in self.grades if grade.holds(total)), self.grades[-1].name)


class Field(NamedTuple):
    """One blank of the form; `at` and `key` (else the caption) say where an exchange file has it."""

    id: str
    caption: str
    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    suffix: str = ""  # printed behind the value, as 万元
    at: str = "fields"  # the entry of the file, such as "signatures" or "funds_breakdown.n.side"
    key: str = ""  # the key in an exchange file where it is not the caption; {field} stands for a field
    listed: bool = False  # an exchange file has a list there, of which each entry is a line
    limit: int = 0  # the most characters that the form allows; 0 is no limit
    filled_by: FilledBy = "clerk"


class CellSpec(NamedTuple):
    """What stands in one printed cell: a caption, a text, a field, fields with captions, or a figure.

    A `pattern` is a caption in which a field stands: 长期目标(截止{until}年).
    """

    span: int = 1
    caption: str = ""
    pattern: str = ""
    text: str = ""
    field: str = ""
    inline: tuple[str, ...] = ()
    computed: str = ""
    align: str = ""


CellRow = tuple[CellSpec, ...]


class AmountRow(NamedTuple):
    """A row of amounts: typed, or with `sums` added up from the rows of these keys.

    `group` is a caption that it shares with its neighbours; `fixed` holds what the form prints itself, such
    as "—"; `names` are what other forms call the row. `at` is where its cells are: funds.total of
    funds.total.budget, or the id of a row that was added to the form.
    """

    key: str
    caption: str
    group: str = ""
    sums: tuple[str, ...] = ()
    fixed: Mapping[str, str] = MappingProxyType({})
    names: tuple[str, ...] = ()
    at: str = ""
    is_added: bool = False

    def cell(self, column: str) -> str:
        """Return the cell of a column."""
        return f"{self.at}.{column}"


class FieldsBlock(NamedTuple):
    """Rows of cells: head, total, long texts, signature line; with a label at their left, if one."""

    tab: str
    widths_mm: tuple[float, ...]
    rows: tuple[CellRow, ...]
    framed: bool = True
    label: str = ""
    label_span: int = 0


class FundsBlock(NamedTuple):
    """Rows of amounts: the execution of a budget (预算执行情况), or what the money is made of (资金构成).

    `id` is what its cells begin with; rows that are added to it stand under the same name. `rate_of` is the
    column that the execution is measured by; `all_rates`: each row has its own, not the first alone.
    """

    tab: str
    widths_mm: tuple[float, ...]
    id: str
    label: str
    label_span: int
    columns: tuple[Column, ...]
    rows: tuple[AmountRow, ...]
    more: tuple[CellRow, ...] = ()  # rows of fields under the same label
    rate_of: str = "budget"
    has_points: bool = False
    all_rates: bool = False

    def has(self, key: str) -> bool:
        """Whether the form has a column."""
        return any(column.key == key for column in self.columns)

    @property
    def amounts(self) -> tuple[str, ...]:
        """The keys of its columns of money."""
        return tuple(column.key for column in self.columns if column.kind == "money")

    @property
    def has_groups(self) -> bool:
        """Whether captions at the left are shared by several rows."""
        return any(row.group for row in self.rows)

    def computes(self, row: AmountRow, column: Column) -> bool:
        """Whether the program computes a cell: sums and shares, and of the first row of an execution its
        rate, and if it `has_points` those and its score."""
        if row.sums:
            return column.kind == "money" or column.key == SHARE
        if column.key == SHARE:
            return True
        if not self.has("executed") or (row.at != self.rows[0].at and not self.all_rates):
            return False
        if column.key == "rate":
            return "rate" not in row.fixed
        return row.at == self.rows[0].at and self.has_points and column.filled_by == "program"


class RowsBlock(NamedTuple):
    """A table whose rows the user adds; `id` names its rows, here and in an exchange file."""

    tab: str
    widths_mm: tuple[float, ...]
    id: str
    label: str
    label_span: int
    columns: tuple[Column, ...]


class GoalsBlock(NamedTuple):
    """The texts of all goals in one row: a vertical label, and a column each (预期目标, 实际完成情况)."""

    tab: str
    widths_mm: tuple[float, ...]
    label: str
    label_span: int
    columns: tuple[Column, ...]
    patterns: dict[str, str]  # column key -> "目标{n}：{text}", used where there are several goals


class IndicatorsBlock(NamedTuple):
    """The table of indicators; with `per_goal` it stands once for each goal, of its `term` if it has one.

    `goal_captions` (first, then all others) with `{n}` and `{points}` are printed before the text of the
    goal, or as the vertical label where the form prints no goal text. `heading` says whether each goal
    repeats the heading row.
    """

    tab: str
    widths_mm: tuple[float, ...]
    label: str
    columns: tuple[Column, ...]
    per_goal: bool = False
    goal_text: bool = False  # the form prints the goal's text in a row of its own
    goal_captions: tuple[str, ...] = ()
    goal_caption_span: int = 1
    heading: Literal["each", "once"] = "once"
    level1_pattern: str = "{name}"
    name_pattern: str = "{name}"
    term: str = ""

    @property
    def printed(self) -> tuple[Column, ...]:
        """The columns of paper."""
        return tuple(column for column in self.columns if column.is_printed)

    def prints(self, key: str) -> bool:
        """Whether paper has a column."""
        return any(column.key == key for column in self.printed)


class NotesBlock(NamedTuple):
    """Printed footnotes (备注), word for word."""

    tab: str
    widths_mm: tuple[float, ...]
    title: str
    lines: tuple[str, ...]
    framed: bool = False


# A part of the form as printed; each stands in a tab and has columns of its own.
Block = FieldsBlock | FundsBlock | RowsBlock | GoalsBlock | IndicatorsBlock | NotesBlock


class Level1(NamedTuple):
    """A level-1 block of indicators with its points, if the form fixes them, and its usual level-2 names."""

    name: str
    points: Decimal | None
    level2: tuple[str, ...]


class Look(NamedTuple):
    """How the form looks on paper: margins and sizes in millimetres and points."""

    side_mm: float
    top_mm: float
    text_pt: float
    pitch: float
    row_mm: float
    commas: bool
    landscape: bool = False

    @property
    def paper_mm(self) -> tuple[float, float]:
        """Width and height of the paper."""
        return (297.0, 210.0) if self.landscape else (210.0, 297.0)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)  # as itself: there is one of each
class FormDefinition:
    """An empty form: captions, blocks in the order of paper, points, rules by name, its source.

    A form with scores may give no points to the execution, or give them in rows of indicators that are
    called as `execution_rows` says: these are scored by the execution rate. `goal_terms` are the kinds of
    goals of a form that tells them apart (长期目标, 年度目标); each has a block of indicators. `is_learned`:
    it was made of a bureau's own blank, whose captions go before those of other forms; `given_rows`:
    indicators that the form prints itself, by the keys of their columns.
    """

    id: str
    kind: FormKind
    edition: str
    name: str  # for lists and the footer: 整体绩效自评表
    region: str
    title: tuple[str, ...]
    running_title: str
    source: str
    regulation: str
    money_unit: str
    is_scored: bool  # it has points, weights and scores
    execution_points: Decimal
    goal_parts: tuple[str, ...]  # which of text, expected, actual a goal has in this form
    goal_points: bool
    goal_echo: str  # the key under `fields` where an exchange file repeats the first goal
    level1: tuple[Level1, ...]
    look: Look
    fields: dict[str, Field]
    blocks: tuple[Block, ...]
    goal_terms: tuple[str, ...] = ()
    appendix: str = ""  # printed small above the title: 附表4-11
    execution_rows: tuple[str, ...] = ()
    is_learned: bool = False
    given_rows: tuple[Mapping[str, str], ...] = ()
    full_marks: Decimal = Decimal(100)  # what all points add up to

    @property
    def is_of_project(self) -> bool:
        """Whether a document has a form of this kind for each project."""
        return self.kind not in ("department", "declaration")

    @property
    def money_blocks(self) -> tuple[FundsBlock, ...]:
        """The tables of amounts in order."""
        return tuple(b for b in self.blocks if isinstance(b, FundsBlock))

    @property
    def funds(self) -> FundsBlock | None:
        """The block whose first row is the execution of the budget; of several the first."""
        return next((b for b in self.money_blocks if b.has("executed")), None)

    def money_columns(self, block: FundsBlock) -> Columns:
        """Every column that a row of amounts may have; in the funds also those of rules besides."""
        is_execution = self.funds is not None and block.id == self.funds.id
        return _execution_columns(self) if is_execution else by_key(block.columns)

    @property
    def shares(self) -> FundsBlock | None:
        """The block of what the money is made of, if there is one."""
        return next((b for b in self.money_blocks if b.has(SHARE)), None)

    @property
    def row_blocks(self) -> tuple[RowsBlock, ...]:
        """The tables whose rows the user adds."""
        return tuple(b for b in self.blocks if isinstance(b, RowsBlock))

    @property
    def indicators(self) -> IndicatorsBlock:
        """The block of the indicators; of several the first."""
        return next(b for b in self.blocks if isinstance(b, IndicatorsBlock))

    def indicators_of(self, term: str) -> IndicatorsBlock:
        """Return the block of the indicators of a term; of an unknown term the last."""
        blocks = [b for b in self.blocks if isinstance(b, IndicatorsBlock)]
        return next((b for b in blocks if b.term == term), blocks[-1])

    @property
    def indicator_columns(self) -> tuple[Column, ...]:
        """The columns of all blocks of indicators, in the order of the widest."""
        blocks = [b.columns for b in self.blocks if isinstance(b, IndicatorsBlock)]
        widest = max(blocks, key=len)
        keys = {column.key for column in widest}
        return widest + tuple(c for columns in blocks for c in columns if c.key not in keys)

    @property
    def row_columns(self) -> Columns:
        """Every column that a row of indicators may have: the form's, and those that rules know besides."""
        return _row_columns(self)

    @property
    def goal_columns(self) -> Columns:
        """Every column that a goal may have: the form's, and those that rules know besides."""
        return _goal_columns(self)

    @property
    def has_target_parts(self) -> bool:
        """Whether sign, unit or a later value of a target have columns of their own."""
        return any(key in self.row_columns for key in Parts._fields)

    @property
    def prints_weights(self) -> bool:
        """Whether paper shows the weight of a row, in a column or in the name."""
        return "{weight}" in self.indicators.name_pattern or self.indicators.prints("weight")

    def fields_at(self, at: str) -> list[Field]:
        """Return the fields that stand in an entry of an exchange file."""
        return [field for field in self.fields.values() if field.at == at]

    def points_of(self, level1: str) -> Decimal | None:
        """Return the points that the form gives to the level-1 block of this name, if it does."""
        return next((block.points for block in self.level1 if same_caption(block.name, level1)), None)

    def footnotes(self) -> Iterator[str]:
        """Yield the printed footnotes in order, as an exchange file lists them."""
        yield from (line for b in self.blocks if isinstance(b, NotesBlock) for line in b.lines)


@once
def _row_columns(form: FormDefinition) -> Columns:
    return with_known(form.indicator_columns, ROW_COLUMNS)


@once
def _execution_columns(form: FormDefinition) -> Columns:
    return with_known(form.funds.columns if form.funds else (), EXECUTION_COLUMNS)


@once
def _goal_columns(form: FormDefinition) -> Columns:
    own = [column for block in form.blocks if isinstance(block, GoalsBlock) for column in block.columns]
    return with_known(own, GOAL_COLUMNS)


@lru_cache(maxsize=20_000)
def bare(caption: str) -> str:
    """Return a caption without blanks of any kind and with half-width punctuation, for matching only."""
    return "".join(caption.split()).translate(_WIDE_TO_NARROW)


def same_caption(one: str, other: str) -> bool:
    """Whether two captions are the same but for blanks and the width of punctuation."""
    return bare(one) == bare(other)


_WIDE_TO_NARROW = str.maketrans("（）：，、；", "():,、;")
