"""Loads the columns of 自评结果汇总表: the shipped ones, or another file of the same shape."""

from pathlib import Path
from typing import NamedTuple, cast

import resources
from model.aggregation.parts import MONEY_UNIT
from model.aggregation.table_grid import Column
from model.forms.toml_table import open_toml
from model.paper.grid import Align

KEYS = (
    "number",
    "unit",
    "project",
    "form",
    "year",
    "budget",
    "executed",
    "rate",
    "score",
    "grade",
    "reasons",
)
ALL_KEYS = (*KEYS, "source")
ORDERS = ("given", "unit", "budget", "rate", "score")
_ALIGN = ("left", "center", "right")


class SummaryColumns(NamedTuple):
    """What the table is called, the order of its lines, and its columns with what stands in each."""

    title: str
    sort: str
    columns: tuple[tuple[str, Column], ...]


def summary_columns(path: Path | None = None) -> SummaryColumns:
    """Return the columns in a file, else the shipped ones; raises UserError naming a wrong entry."""
    top = open_toml(path or resources.path("aggregation/summary.toml"))
    title, sort = top.filled("title"), top.choice("sort", ORDERS, "given")
    columns = []
    for table in top.tables("columns"):
        key = table.choice("key", ALL_KEYS)
        caption = table.pattern("caption", ("money",)).format(money=MONEY_UNIT)
        width, align = table.measure("width_mm"), table.choice("align", _ALIGN, "left")
        table.done()
        columns.append((key, Column(caption, width, cast(Align, align))))
    if not columns:
        raise top.refuse("columns", "一列也没有")
    top.done()
    return SummaryColumns(title, sort, tuple(columns))
