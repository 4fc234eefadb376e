"""Documents of older programs: rows of money that those kept without showing them become rows of the form.

Done when a document is opened; the file itself has them with the next save, as with an older format.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from model.basics.errors import UserError
from model.document import store
from model.document.answers import Answers, FormAnswers
from model.exchange.entries import says_something
from model.exchange.form_reader import FormReader
from model.exchange.money_rows import FUNDS, Name, added_row, entry_of, row_called
from model.forms.definition import AmountRow, FormDefinition, FundsBlock, bare
from model.forms.loader import Library
from model.reading.amounts import rows_of

_KEPT = f'["{FUNDS}",'  # how the path of such a row begins


class _Kept(NamedTuple):
    """A row of a file that had no place: under which path it is kept, which one it was, what it says."""

    path: str
    at: int
    entry: dict[str, Any]


def open_document(path: Path, library: Library) -> store.Stored:
    """Return what is in a document file, all rows of money being rows of its forms.

    Raises UserError as `store.open_document` does.
    """
    stored = store.open_document(path)
    answers = with_kept_rows(stored.answers, library)
    return stored if answers is stored.answers else stored._replace(answers=answers, in_file=stored.answers)


def with_kept_rows(answers: Answers, library: Library) -> Answers:
    """Return a document whose kept rows of money stand in their forms, the same one where none are kept.

    What a form has no table for, or can't be read as a row, stays kept. Raises UserError where a form that
    the document carries can't be read.
    """
    waiting = {key: form for key, form in answers if any(path.startswith(_KEPT) for path in form.extra)}
    if not waiting:
        return answers
    known = library.carrying(answers.carried).forms
    for key, form in waiting.items():
        if form.definition in known:
            answers = answers.with_form(key, _with_rows(form, known[form.definition]))
    return answers


def _with_rows(answers: FormAnswers, form: FormDefinition) -> FormAnswers:
    block = next((block for block in form.money_blocks if entry_of(form, block) == FUNDS), None)
    if block is not None:
        for kept in sorted(_kept(answers), key=lambda kept: kept.at):
            answers = _with_row(answers, form, block, kept) or answers
    return answers


def _kept(answers: FormAnswers) -> Iterator[_Kept]:
    for path, text in answers.extra.items():
        if path.startswith(_KEPT):
            entry = json.loads(text)
            if isinstance(entry, dict) and says_something(entry):
                yield _Kept(path, int(json.loads(path)[1]), entry)


def _with_row(
    answers: FormAnswers, form: FormDefinition, block: FundsBlock, kept: _Kept
) -> FormAnswers | None:
    """The form with a kept row: in the row of the form that it means, where that says nothing else, else in
    a row of its own. None for an entry that is no row."""
    try:
        name = FormReader(form, {}).row_name(kept.entry, FUNDS)
        meant = row_called(block, name)
        read = _read(form, block, meant, name, kept) if meant else None
        if meant and read and _agrees(answers, read):
            return _with(answers, block, read, kept, answers.rows.get(block.id, ()))
        row = added_row(block, name, _next_number(answers, block.id[0]))
        order = list(rows_of(block, answers))
        order.insert(max(kept.at, 1), row)  # below what it stood below
        above = [one for one in order[: order.index(row)] if not one.is_added]
        read = _read(form, block, row, name, kept, _under(block, name, above[-1]))
        return _with(answers, block, read, kept, (one.at for one in order if one.is_added))
    except UserError:
        return None


def _under(block: FundsBlock, name: Name, above: AmountRow) -> str:
    """The key of the row below which a kept one stands: that above it, in a table of sides one of its own."""
    if bare(above.group) == bare(name.side):
        return above.key
    beside = (row.key for row in reversed(block.rows) if bare(row.group) == bare(name.side) and not row.sums)
    return next(beside, above.key)


def _read(
    form: FormDefinition, block: FundsBlock, row: AmountRow, name: Name, kept: _Kept, under: str = ""
) -> FormReader:
    reader = FormReader(form, {})
    reader.amount_row(block, row, under, kept.entry, name, FUNDS)
    return reader


def _agrees(answers: FormAnswers, read: FormReader) -> bool:
    """Whether the cells that a row goes into are empty, or say the same."""
    return _fits(answers.texts, read.texts) and _fits(answers.given, read.given)


def _fits(here: Mapping[str, str], found: Mapping[str, str]) -> bool:
    return all(here.get(cell, text) == text for cell, text in found.items())


def _with(
    answers: FormAnswers, block: FundsBlock, read: FormReader, kept: _Kept, rows: Iterable[str]
) -> FormAnswers:
    extra = {path: text for path, text in answers.extra.items() if path != kept.path}
    return replace(
        answers.with_rows(block.id, rows),
        texts={**answers.texts, **read.texts},
        given={**answers.given, **read.given},
        imported={**answers.imported, **read.texts},
        extra={**read.extra, **extra},
    )


def _next_number(answers: FormAnswers, letter: str) -> int:
    """The number of a new row: ids of all tables that begin alike share them."""
    ids = (row.removeprefix(letter) for rows in answers.rows.values() for row in rows)
    return max((int(number) for number in ids if number.isdecimal()), default=0) + 1
