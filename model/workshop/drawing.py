"""Widths and rows on paper for a form that was never drawn: by what stands in them; in tenths of mm."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from model.workshop.proposal import OTHERS, Item

SIDE, TOP = 140, 150  # tenths of a millimetre
PORTRAIT, LANDSCAPE = 2100, 2970
LABEL = 80
_WIDTHS = {  # of columns, beside each other
    "level1": 15,
    "level2": 18,
    "name": 36,
    "target": 26,
    "actual": 26,
    "nature": 13,
    "unit": 13,
    "adjusted_target": 20,
    "weight": 10,
    "score": 10,
    "rate": 16,
    "reason": 28,
    "basis": 28,
    "label": 36,
    "expected": 40,
    "adjusted": 40,
    "text": 80,
}
_USUAL, _OTHERS = 20, 14


def room(is_landscape: bool) -> int:
    """Return how wide a form is between its margins."""
    return (LANDSCAPE if is_landscape else PORTRAIT) - 2 * SIDE


def spread(total: int, shares: Sequence[int]) -> list[int]:
    """Return widths that add up to `total`, in proportion to some shares, each at least a millimetre."""
    whole = sum(shares) or 1
    widths = [max(10, total * share // whole) for share in shares]
    widths[widths.index(max(widths))] += total - sum(widths)
    return widths


def millimetres(widths: Sequence[int]) -> list[Decimal]:
    """Return widths as they stand in a file."""
    return [Decimal(width) / 10 for width in widths]


def table_widths(items: Sequence[Item], total: int, label: bool) -> list[int]:
    """Return the widths of a table: its label, then its columns."""
    shares = [_WIDTHS.get(item.role, _OTHERS if item.role == OTHERS else _USUAL) for item in items]
    return ([LABEL] if label else []) + spread(total - (LABEL if label else 0), shares)


def boxes(items: Sequence[Item], total: int) -> tuple[list[int], list[list[dict[str, Any]]]]:
    """Return widths and rows of captions with their texts beside them; shorter rows end in a wide cell."""
    by_row = groupby(items, key=lambda item: (item.place.row, item.role == "heading"))
    rows = [list(group) for _, group in by_row]
    most = max(map(len, rows))
    widths = spread(total, [27 if n % 2 == 0 else 64 for n in range(2 * most)])
    return widths, [_boxed(row, most) for row in rows]


def _boxed(row: Sequence[Item], most: int) -> list[dict[str, Any]]:
    if row[0].role == "heading":
        return [{"text": row[0].caption, "span": 2 * most, "align": "left"}]
    cells: list[dict[str, Any]] = []
    for n, item in enumerate(row, start=1):
        span = 2 * most - 2 * n + 1 if n == len(row) else 1
        cells += [{"caption": item.caption}, value_cell(item) | ({"span": span} if span > 1 else {})]
    return cells


def value_cell(item: Item) -> dict[str, Any]:
    """Return what stands beside a caption."""
    if item.role in ("total", "grade"):
        return {"computed": item.role}
    cell: Mapping[str, Any] = {"field": item.key}
    return dict(cell) | ({"align": "left"} if item.role == "long" else {})


def lines(items: Sequence[Item], total: int) -> tuple[list[int], list[list[dict[str, Any]]]]:
    """Return widths and rows of captions that stand on a line with their texts."""
    rows = [list(group) for _, group in groupby(items, key=lambda item: item.place.row)]
    most = max(map(len, rows))
    widths = spread(total, [1] * most)
    return widths, [_lined(row, most) for row in rows]


def _lined(row: Sequence[Item], most: int) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = []
    for n, item in enumerate(row, start=1):
        span = most - n + 1 if n == len(row) else 1
        cells.append({"inline": [item.key], "align": "left"} | ({"span": span} if span > 1 else {}))
    return cells
