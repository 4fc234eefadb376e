"""The split of the funds by income and by expenditure, between its cells on paper and the fields of a form.

A cell of an exchange file is "项目支出：333.56万元" or, where the form prints no caption, a bare amount.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from model.basics.amount import read_amount
from model.forms.definition import CellRow, Field, FormDefinition, same_caption

SIDES = ("by_income", "by_expenditure")


class SplitCell(NamedTuple):
    """What stands in one cell of the split; rows count from 0."""

    row: int
    side: str
    text: str


def row_count(form: FormDefinition) -> int:
    """Return how many rows the split has on paper; 0 in a form without one."""
    return max((place.row for place, _ in _places(form)), default=-1) + 1


def read_split(form: FormDefinition, cells: list[SplitCell]) -> tuple[dict[str, str], list[SplitCell]]:
    """Return the texts by field, and the cells that the form has no place for.

    A caption finds its field, first at its own place; a bare amount belongs to the field at its place, and
    so does whatever stands where the form prints no caption.
    """
    texts: dict[str, str] = {}
    rest = [cell for cell in cells if not _is_printed(form, cell)]
    for find in (_captioned_here, _captioned_anywhere, _placed):
        unread = []
        for cell in rest:
            found = next((found for found in find(form, cell) if found[0] not in texts), None)
            if found:
                texts[found[0]] = found[1]
            else:
                unread.append(cell)
        rest = unread
    return texts, rest


def write_split(form: FormDefinition, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows of the split with what the form prints itself; none in a form without a split."""
    rows = [dict.fromkeys(SIDES, "") for _ in range(row_count(form))]
    for row, printed in zip(rows, _printed(form), strict=False):
        row |= {side: cell.text for side, cell in zip(SIDES, printed, strict=False)}
    for place, field in _places(form):
        text = texts.get(field.id, "")
        rows[place.row][place.side] = f"{field.caption}：{text}" if field.caption else text
    return rows


def _places(form: FormDefinition) -> Iterator[tuple[SplitCell, Field]]:
    """Yield the fields of the split with their places."""
    for field in form.fields.values():
        if field.at.startswith("funds_breakdown."):
            _, row, side = field.at.split(".")
            yield SplitCell(int(row), side, field.caption), field


def _printed(form: FormDefinition) -> tuple[CellRow, ...]:
    return form.funds.more if form.funds else ()


def _is_printed(form: FormDefinition, cell: SplitCell) -> bool:
    """Whether the form itself prints the text at this place: 按收入性质分："""
    rows = _printed(form)
    if cell.row >= len(rows):
        return False
    printed = dict(zip(SIDES, rows[cell.row], strict=False)).get(cell.side)
    return printed is not None and bool(printed.text) and same_caption(printed.text, cell.text)


def _captioned_here(form: FormDefinition, cell: SplitCell) -> Iterator[tuple[str, str]]:
    here = [field for place, field in _places(form) if (place.row, place.side) == (cell.row, cell.side)]
    return _after_caption(here, cell)


def _captioned_anywhere(form: FormDefinition, cell: SplitCell) -> Iterator[tuple[str, str]]:
    return _after_caption([field for place, field in _places(form) if place.side == cell.side], cell)


def _after_caption(fields: list[Field], cell: SplitCell) -> Iterator[tuple[str, str]]:
    """Yield fields whose caption stands before a colon, with what stands after it."""
    for colon in (n for n, char in enumerate(cell.text) if char in "：:"):
        for field in fields:
            if field.caption and same_caption(field.caption, cell.text[:colon]):
                yield field.id, cell.text[colon + 1 :]


def _placed(form: FormDefinition, cell: SplitCell) -> Iterator[tuple[str, str]]:
    for place, field in _places(form):
        if (place.row, place.side) == (cell.row, cell.side) and (
            not field.caption or read_amount(cell.text, "万元") is not None
        ):
            yield field.id, cell.text
