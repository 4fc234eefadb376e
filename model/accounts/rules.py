"""What must balance in final accounts (勾稽关系): rules as data, each with its source and its severity."""

from pathlib import Path
from typing import Literal, NamedTuple, cast, get_args

from model.forms.toml_table import TomlTable, each, open_toml, repeated

# sum: a cell is the sum of others · made: of those it is computed from · equal: one figure in two places ·
# most: a figure is no more than another · rows: a column is the sum of others, row by row · levels: 款 and
# 类 are the sums of the rows below · all: 合计 is the sum of the classes. The others have a function of
# their own in model/checks.
Kind = Literal[
    "sum", "made", "equal", "most", "rows", "levels", "all", "part-of", "all-fiscal", "codes", "names",
    "economic", "form",
]  # fmt: skip
Tolerance = Literal["sum", "same", "exact"]
Gravity = Literal["judged", "warning", "note"]
CLASS, LINE = "{class}", "{line}"  # in names: for each class; for each line of the right side of the table


class BalanceRule(NamedTuple):
    """A rule with its stable id; `left` is compared with the sum of `terms`, signed names."""

    id: str
    kind: Kind
    name: str
    text: str
    mark: str  # S: stated in an original, W: read in a public source, M: common knowledge
    source: str
    tolerance: Tolerance
    severity: Gravity
    left: str
    terms: tuple[tuple[int, str], ...]
    table: str
    columns: tuple[str, ...]


def read_rules(path: Path) -> tuple[BalanceRule, ...]:
    """Return the rules of a TOML file; raises UserError with file, entry and key."""
    top = open_toml(path)
    top.filled("id")
    found = tuple(each(top.tables("rule"), _rule))
    if rule_id := repeated(rule.id for rule in found):
        raise top.refuse("rule", f"“{rule_id}”出现了两次")
    top.done()
    return found


def _rule(table: TomlTable) -> BalanceRule:
    return BalanceRule(
        id=table.filled("id"),
        kind=cast(Kind, table.choice("kind", get_args(Kind))),
        name=table.filled("name"),
        text=table.filled("text"),
        mark=table.choice("mark", ("S", "W", "M")),
        source=table.filled("source"),
        tolerance=cast(Tolerance, table.choice("tolerance", get_args(Tolerance))),
        severity=cast(Gravity, table.choice("severity", get_args(Gravity))),
        left=table.text("left", ""),
        terms=tuple(_signed(text) for text in table.texts("terms", [])),
        table=table.text("table", ""),
        columns=table.texts("columns", []),
    )


def _signed(text: str) -> tuple[int, str]:
    return (-1, text[1:]) if text.startswith("-") else (1, text)
