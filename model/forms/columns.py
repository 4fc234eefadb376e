"""What a column of a form is, said once; whoever reads, finds, carries over, shows or prints columns asks.

A form names its columns. Those whose keys stand here the rules know, and what is said of them always holds.
Any other column is the form's own: it is kept, found, shown, printed and exchanged like them.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

# text: as typed · money: an amount in the form's unit · points: a weight or score · rate: a percentage ·
# choice: one of `choices` · flag: "true" or nothing · goal: the goal that a row belongs to
ColumnKind = Literal["text", "money", "points", "rate", "choice", "flag", "goal"]
OWN_KINDS: tuple[ColumnKind, ...] = ("text", "money", "points", "rate")  # of columns that no rule knows
FilledBy = Literal["clerk", "program", "others"]
_END_IN_BRACKETS = re.compile(r"(?:\s*[（(][^（）()]*[）)])+\s*$")
Align = Literal["", "left", "center", "right"]


class Column(NamedTuple):
    """A column: its place on paper, and what is to be done with its texts.

    `key` is its part of a cell (`i7.target`) and its key in an exchange file. `caption` is what the form
    prints over it, `above` are captions that it shares with its neighbours, the uppermost first; without a
    caption of its own the last of them is. `span` is its width in columns of the block. `name` is how
    messages call it where it has no caption.

    `filled_by`: the clerk; the program, which computes what the clerk does not type; or others, who write
    on paper or into the file later (财政审核评分). `is_label`: it says where a row belongs, and equal
    neighbours are one cell. `is_carried`: a row of the next year begins with it. `is_remembered`: the next
    year shows it beside. `is_found`: searching looks at it. `is_printed`: paper has it. `is_signed`: an
    amount may be below 0. `merged`: the label within which rows below a filled one share its cell.
    """

    key: str
    caption: str = ""
    span: int = 1
    above: tuple[str, ...] = ()
    kind: ColumnKind = "text"
    name: str = ""
    choices: tuple[str, ...] = ()
    align: Align = ""
    filled_by: FilledBy = "clerk"
    is_label: bool = False
    is_carried: bool = False
    is_remembered: bool = False
    is_found: bool = True
    is_printed: bool = True
    is_signed: bool = False
    merged: str = ""

    @property
    def called(self) -> str:
        """How messages call it: its caption without the brackets at its end, else its name."""
        return short(self.caption) or self.name

    @property
    def is_figure(self) -> bool:
        """Whether numbers stand in it."""
        return self.kind in ("money", "points", "rate")


def short(caption: str) -> str:
    """Return a caption without the brackets at its end: 预算数（A） is 预算数, 全年（调整）预算数 stays."""
    return _END_IN_BRACKETS.sub("", caption).strip()


Columns = Mapping[str, Column]  # by key, in order


def by_key(columns: Iterable[Column]) -> Columns:
    """Return columns by their keys."""
    return MappingProxyType({column.key: column for column in columns})


def with_known(own: Iterable[Column], known: Columns) -> Columns:
    """Return the columns of a form, and behind them the known ones for which it has no place on paper."""
    found = {column.key: column for column in own}
    others = (column._replace(is_printed=False) for key, column in known.items() if key not in found)
    return by_key((*found.values(), *others))


REASON = "偏差原因"  # of lost points or a target far exceeded, wherever it is written or asked for
CORE = "★"  # how paper shows a core indicator

ROW_COLUMNS = by_key(  # of the indicators, known whether a form prints them or not
    (
        Column("goal", name="所属目标", kind="goal", is_label=True, is_carried=True, is_found=False),
        Column("level1", name="一级指标", is_label=True, is_carried=True),
        Column("level2", name="二级指标", is_label=True, is_carried=True),
        Column("two_years_before", name="前年指标值"),
        Column("year_before", name="上年指标值"),
        Column("name", name="三级指标", align="left", is_carried=True, is_remembered=True),
        Column("target", name="目标值", is_carried=True, is_remembered=True),
        Column("actual", name="实际完成值", is_remembered=True),
        Column("weight", name="分值", kind="points", is_carried=True),
        Column(
            "direction",
            name="方向",
            kind="choice",
            choices=("≥", "≤", "="),
            is_carried=True,
            is_found=False,
        ),
        Column("level", name="完成等次"),
        Column("score", name="得分", kind="points", filled_by="program", is_remembered=True),
        Column("reason", name=REASON, align="left"),
        Column("basis", name="指标值确定依据", is_carried=True),
        Column("core", name="核心指标", kind="flag", is_carried=True, is_found=False),
    )
)
INDICATOR_COLUMNS = by_key(  # of any indicators
    (
        *ROW_COLUMNS.values(),
        Column("nature", name="指标性质", is_carried=True),
        Column("unit", name="度量单位", is_carried=True),
        Column("adjusted_target", name="调整指标值"),
    )
)
LABELS = tuple(key for key, column in ROW_COLUMNS.items() if column.is_label and column.kind == "text")
GOAL_COLUMNS = by_key(
    (
        Column("term", name="目标种类", is_label=True, is_carried=True, is_found=False),
        Column("points", name="分值", kind="points", is_carried=True),
        Column("text", name="内容", is_carried=True, is_remembered=True),
        Column("expected", name="预期目标", is_carried=True, is_remembered=True),
        Column("actual", name="实际完成情况"),
    )
)
EXECUTION_COLUMNS = by_key(  # of the execution of a budget, known whether a form prints them or not
    (
        Column("label", name="名称", is_label=True),
        Column("initial", name="年初预算数", kind="money"),
        Column("budget", name="预算数", kind="money"),
        Column("executed", name="执行数", kind="money"),
        Column("weight", name="分值", kind="points", filled_by="program"),
        Column("rate", name="执行率", kind="rate", filled_by="program"),
        Column("score", name="得分", kind="points", filled_by="program"),
    )
)
FUND_COLUMNS = by_key(  # of any amounts
    (
        *EXECUTION_COLUMNS.values(),
        Column("adjustment", name="年中调整数", kind="money", is_signed=True),
        Column("arrived", name="到位数", kind="money"),
        Column("left_over", name="结余数", kind="money"),
        Column("reason", name="原因", align="left"),
        Column("side", name="收支", is_label=True),
        Column("amount", name="当年金额", kind="money"),
        Column("share", name="占比", kind="rate", filled_by="program"),
        Column("two_years_before", name="前年金额", kind="money"),
        Column("year_before", name="上年金额", kind="money"),
    )
)
