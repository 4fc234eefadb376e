"""The unit of money of a form: every heading of its amounts names it, whatever unit the form is filled in."""

from dataclasses import replace
from functools import lru_cache

from model.basics.amount import with_unit
from model.forms.columns import Column
from model.forms.definition import (
    Block,
    CellRow,
    Field,
    FieldsBlock,
    FormDefinition,
    FundsBlock,
    RowsBlock,
)


@lru_cache(maxsize=64)
def in_unit(form: FormDefinition, unit: str) -> FormDefinition:
    """Return the form with its amounts in 元, 万元 or 亿元, and that unit in every heading of money."""
    return form if form.money_unit == unit else headed(replace(form, money_unit=unit))


def headed(form: FormDefinition) -> FormDefinition:
    """Return the form with its own unit in every heading of money that names one.

    The keys under which an exchange file has the fields stay as they are.
    """
    unit = form.money_unit
    return replace(
        form,
        fields={name: _field(field, unit) for name, field in form.fields.items()},
        blocks=tuple(_block(form, block, unit) for block in form.blocks),
    )


def _field(field: Field, unit: str) -> Field:
    if field.kind != "money":
        return field
    caption, suffix = with_unit(field.caption, unit), with_unit(field.suffix, unit)
    key = field.key or (field.caption if caption != field.caption else "")
    return field._replace(caption=caption, suffix=suffix, key=key)


def _block(form: FormDefinition, block: Block, unit: str) -> Block:
    if isinstance(block, FieldsBlock):
        return block._replace(rows=_cell_rows(form, block.rows, unit))
    if isinstance(block, FundsBlock):
        more = _cell_rows(form, block.more, unit)
        return block._replace(
            label=with_unit(block.label, unit), columns=_columns(block.columns, unit), more=more
        )
    if isinstance(block, RowsBlock):
        return block._replace(label=with_unit(block.label, unit), columns=_columns(block.columns, unit))
    return block


def _columns(columns: tuple[Column, ...], unit: str) -> tuple[Column, ...]:
    return tuple(
        column._replace(
            caption=with_unit(column.caption, unit), above=tuple(with_unit(one, unit) for one in column.above)
        )
        for column in columns
    )


def _cell_rows(form: FormDefinition, rows: tuple[CellRow, ...], unit: str) -> tuple[CellRow, ...]:
    """Captions beside an amount, and lines such as 单位：万元."""
    return tuple(_cell_row(form, row, unit) for row in rows)


def _cell_row(form: FormDefinition, row: CellRow, unit: str) -> CellRow:
    fields = (name for cell in row for name in (*cell.inline, cell.field) if name)
    has_money = any(form.fields[name].kind == "money" for name in fields)
    return tuple(
        cell._replace(
            caption=with_unit(cell.caption, unit) if has_money else cell.caption,
            text=with_unit(cell.text, unit) if has_money or "单位" in cell.text else cell.text,
        )
        for cell in row
    )
