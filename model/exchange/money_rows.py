"""Rows of amounts between a form and an exchange file: known by name, by another name, or added."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from model.document.answers import FormAnswers
from model.exchange.entries import written_twice
from model.forms.columns import Columns, by_key
from model.forms.definition import AmountRow, FormDefinition, FundsBlock, bare
from model.reading.amounts import rows_of

FUNDS = "funds"  # the entry of the main table of money; others have entries of their own
_OF_WHICH = "其中"


class Name(NamedTuple):
    """What an exchange file calls a row: the caption that several share, and its own."""

    side: str
    label: str

    @property
    def said(self) -> str:
        """Both, as a message says them."""
        return " ".join(part for part in self if part)


def entry_of(form: FormDefinition, block: FundsBlock) -> str:
    """Return the entry of an exchange file in which the rows of a block stand.

    That of the funds has the execution, in a form without one what the money is made of.
    """
    main = form.funds or form.shares
    return FUNDS if main is not None and block.id == main.id else block.id


def columns_of(form: FormDefinition, block: FundsBlock) -> Columns:
    """Return the columns that the rows of a block may have in an exchange file, names aside."""
    return by_key(column for column in form.money_columns(block).values() if not column.is_label)


def find_rows(block: FundsBlock, names: Sequence[Name]) -> list[AmountRow]:
    """Return the row of the form that each name means; a name that it does not know is a row of its own.

    The first row of an execution is the first of the form whatever it is called. Raises UserError where a
    row of the form stands there twice under its own name.
    """
    found: dict[int, AmountRow] = {}
    for is_meant in (_is_caption, _is_first(block), _is_other_name):
        for row in block.rows:  # few, while a file may have thousands
            if row not in found.values():
                free = (n for n in range(len(names)) if n not in found)
                meant = next((n for n in free if is_meant(row, names[n], n)), None)
                found |= {} if meant is None else {meant: row}
    _refuse_twice(names, found)
    added = iter(range(1, len(names) + 1))
    return [found.get(n) or added_row(block, name, next(added)) for n, name in enumerate(names)]


def _is_caption(row: AmountRow, name: Name, n: int) -> bool:
    return (bare(row.group), bare(row.caption)) == (bare(name.side), bare(name.label))


def _is_first(block: FundsBlock):  # type: ignore[no-untyped-def]
    def is_first(row: AmountRow, name: Name, n: int) -> bool:
        return n == 0 and row is block.rows[0] and block.has("executed")

    return is_first


def _is_other_name(row: AmountRow, name: Name, n: int) -> bool:
    known = {_plain(one) for one in (row.caption, *row.names)}
    return bare(row.group) == bare(name.side) and _plain(name.label) in known


def _plain(label: str) -> str:
    """A name without 其中： before and a colon behind it."""
    return bare(label).removeprefix(_OF_WHICH).strip(":,、")


def _refuse_twice(names: Sequence[Name], found: Mapping[int, AmountRow]) -> None:
    known = {(bare(row.group), bare(row.caption)) for row in found.values()}
    for n, name in enumerate(names):
        if n not in found and name.label.strip() and (bare(name.side), bare(name.label)) in known:
            raise written_twice(name.said)


def row_called(block: FundsBlock, name: Name) -> AmountRow | None:
    """Return the row of the form that a name means by itself, None where it means none."""
    meanings = (_is_caption, _is_other_name)
    return next((row for is_meant in meanings for row in block.rows if is_meant(row, name, 0)), None)


def added_row(block: FundsBlock, name: Name, n: int) -> AmountRow:
    """Return the row of its own for a name that the form does not know, the `n`-th such."""
    row = f"{block.id[0]}{n}"
    is_known_side = any(bare(one.group) == bare(name.side) for one in block.rows)
    label = name.label if is_known_side else "：".join(part for part in name if part)
    return AmountRow(row, label, at=row, is_added=True)


def write_rows(answers: FormAnswers, form: FormDefinition, block: FundsBlock) -> list[dict[str, str | None]]:
    """Return the rows of a block: "" is an empty cell, null one that the form does not have."""
    return [_written(answers, form, block, row) for row in rows_of(block, answers)]


def _written(
    answers: FormAnswers, form: FormDefinition, block: FundsBlock, row: AmountRow
) -> dict[str, str | None]:
    label = row.caption if row.is_added else answers.given.get(row.cell("label"), row.caption)
    found: dict[str, str | None] = {"side": row.group, "label": label} if row.group else {"label": label}
    is_execution = block.has("executed")
    for key, column in columns_of(form, block).items():
        is_computed = block.computes(row, column)
        text = (answers.given if is_computed else answers.texts).get(row.cell(key), "")
        if text or is_computed or column.is_printed:
            found[key] = text
        elif is_execution and key in _ALWAYS:
            found[key] = None
    return found


_ALWAYS = ("initial", "budget", "executed", "weight", "rate", "score")  # the check code rests on them


def rows_in_order(answers: FormAnswers, form: FormDefinition) -> dict[str, tuple[AmountRow, ...]]:
    """Return the rows of each table of money as they are written, by the entry that has them."""
    return {entry_of(form, block): rows_of(block, answers) for block in form.money_blocks}
