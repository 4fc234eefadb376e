"""The months of a form that is filled in during the year: once they are typed, headings name the last one."""

import re
from dataclasses import replace
from functools import lru_cache

from model.forms.columns import Column
from model.forms.definition import Block, FormDefinition, FundsBlock, IndicatorsBlock

MONTHS = "months"  # the field in which a form asks for them: 1—7月
_MONTH = re.compile(r"(?<![0-9])([0-9]{1,2})\s*月")
_BARE = re.compile(r"[0-9]{1,2}\s*[-—–~～至到]+\s*([0-9]{1,2})")
_UNTIL = "n月"  # how a form prints them: 1—n月执行数
_ROOM = re.compile(r"(?<![0-9])(1|一)\s*([-—–~～至到－]+)\s*[_＿XxnN×]*\s*月")  # 1—  月


def in_months(form: FormDefinition, said: str) -> FormDefinition:
    """Return the form whose headings name the last month of a text (1—7月); as printed where it says none."""
    month = last_month(said)
    return _until(form, month) if month and MONTHS in form.fields else form


def last_month(said: str) -> int:
    """Return the last month of a text: 7 of 1—7月; 0 where it says none."""
    named = _MONTH.findall(said) or _BARE.findall(said)
    month = int(named[-1]) if named else 0
    return month if 1 <= month <= 12 else 0


def until_a_month(caption: str, month: int = 0) -> str:
    """Return a caption that leaves room for a month as a form has it: 1—　月执行数 is 1—n月执行数; or with a
    month in its room."""
    return _ROOM.sub(rf"\g<1>\g<2>{f'{month}月' if month else _UNTIL}", caption)


@lru_cache(maxsize=64)
def _until(form: FormDefinition, month: int) -> FormDefinition:
    title = tuple(line.replace(_UNTIL, f"{month}月") for line in form.title)
    return replace(form, title=title, blocks=tuple(_block(block, f"{month}月") for block in form.blocks))


def _block(block: Block, month: str) -> Block:
    if isinstance(block, FundsBlock | IndicatorsBlock):
        return block._replace(columns=tuple(_column(column, month) for column in block.columns))
    return block


def _column(column: Column, month: str) -> Column:
    return column._replace(caption=column.caption.replace(_UNTIL, month))
