"""What the texts of a column look like: levels, names, targets, figures; for blocks without headings."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from model.basics import number
from model.basics.quantity import read_value
from model.forms.columns import Column
from model.recognition.captions import bare
from model.recognition.texts import PLACEHOLDERS, level_points

# How well a column may hold some texts.
AGAINST, UNLIKELY, POSSIBLE, LIKELY = -4, -1, 0, 2
LEVEL1 = frozenset(
    "产出指标 效益指标 满意度指标 成本指标 绩效指标 决策 过程 产出 效益 效果 投入 管理".split()
)
_LEVEL2_ENDS = ("指标", "时效", "效益", "影响", "满意度", "成本")
_FULL = (Decimal(100), Decimal(90), Decimal(80))  # what the weights of a form add up to


class Shape(NamedTuple):
    """What stands in a column, counted over its texts."""

    filled: int
    numbers: int  # bare numbers
    quantities: int  # numbers with unit, sign or per cent
    signs: int  # of them with a comparator
    levels1: int
    levels2: int
    total: Decimal  # of the bare numbers
    length: int  # of all texts

    @property
    def is_numbers(self) -> bool:
        """Whether most texts are bare numbers."""
        return self.filled > 0 and 2 * self.numbers > self.filled

    @property
    def is_quantities(self) -> bool:
        """Whether most texts are numbers of any kind."""
        return self.filled > 0 and 2 * (self.numbers + self.quantities) > self.filled


def shape_of(texts: Sequence[str], level2: frozenset[str] = frozenset()) -> Shape:
    """Return what the texts of a column look like; `level2` are names that the form has for level 2."""
    filled = [text.strip() for text in texts if text.strip() not in PLACEHOLDERS]
    kinds = [_kind(text) for text in filled]
    numbers = [value for text in filled if (value := number.parse_number(text)) is not None]
    levels = [bare(level_points(text).name) for text in filled]
    return Shape(
        len(filled),
        len(numbers),
        sum(kind in ("quantity", "sign") for kind in kinds),
        kinds.count("sign"),
        sum(level in LEVEL1 for level in levels),
        sum(level in level2 or _is_level2(level) for level in levels),
        sum(numbers, Decimal(0)),
        sum(map(len, filled)),
    )


@lru_cache(maxsize=10_000)
def _kind(text: str) -> str:
    if number.parse_number(text) is not None:
        return "number"
    value = read_value(text)
    if value.kind != "number":
        return ""
    return "sign" if any(part.comparator for part in value.parts) else "quantity"


def _is_level2(text: str) -> bool:
    return len(text) <= 14 and text.endswith(_LEVEL2_ENDS) and text not in LEVEL1


def fit(shape: Shape, column: Column) -> int:
    """Return how well a column of the form may hold what looks like this, below 0 where it hardly can."""
    if not shape.filled:
        return POSSIBLE
    if column.is_figure:
        return _fit_figure(shape, column)
    special = {"level1": shape.levels1, "level2": shape.levels2}
    if column.key in special:
        return LIKELY if 2 * special[column.key] > shape.filled else AGAINST
    if 2 * shape.levels1 > shape.filled or (shape.filled > 1 and shape.levels2 == shape.filled):
        return AGAINST if column.key != "name" else UNLIKELY
    if column.key == "name":
        return AGAINST if shape.is_quantities else LIKELY
    if column.key == "target":
        return LIKELY if shape.is_quantities else POSSIBLE
    if column.key == "actual":
        return UNLIKELY if 2 * shape.signs > shape.filled else POSSIBLE + shape.is_quantities
    if column.key in ("reason", "basis"):
        return AGAINST if shape.is_quantities else POSSIBLE
    return POSSIBLE


def _fit_figure(shape: Shape, column: Column) -> int:
    if not shape.is_numbers:
        return POSSIBLE if column.kind == "rate" and shape.is_quantities else AGAINST
    if column.key == "weight" and shape.filled > 1 and shape.total in _FULL:
        return LIKELY + 1
    return LIKELY
