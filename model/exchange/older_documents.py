"""Documents of older programs: rows of money that those kept without showing them become rows of the form.

Done when a document is opened; the file itself has them with the next save, as with an older format.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
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
    if block is None:
        return answers
    filling = _Filling(answers, form, block)
    for kept in sorted(_kept(answers), key=lambda kept: kept.at):
        with suppress(UserError):  # what can't be read as a row
            filling.take(kept)
    return filling.filled()


def _kept(answers: FormAnswers) -> Iterator[_Kept]:
    for path, text in answers.extra.items():
        if path.startswith(_KEPT):
            entry = json.loads(text)
            if isinstance(entry, dict) and says_something(entry):
                yield _Kept(path, int(json.loads(path)[1]), entry)


class _Filling:
    """A form into whose table of money kept rows come, one after the other."""

    def __init__(self, answers: FormAnswers, form: FormDefinition, block: FundsBlock) -> None:
        self._answers, self._form, self._block = answers, form, block
        self._texts, self._given = dict(answers.texts), dict(answers.given)
        self._imported, self._extra = dict(answers.imported), dict(answers.extra)
        self._order = list(rows_of(block, answers))
        self._next = _next_number(answers, block.id[0])

    def take(self, kept: _Kept) -> None:
        """Put a row into the row of the form that it means, where that says nothing else, else into one of
        its own. Raises UserError, and changes nothing, for an entry that is no row."""
        name = FormReader(self._form, {}).row_name(kept.entry, FUNDS)
        meant = row_called(self._block, name)
        if meant is not None and self._agrees(read := self._read(meant, name, kept)):
            self._put(read, kept)
            return
        row = added_row(self._block, name, self._next)
        at = max(kept.at, 1)  # below what it stood below
        above = next(one for one in reversed(self._order[:at]) if not one.is_added)
        self._put(self._read(row, name, kept, _under(self._block, name, above)), kept)
        self._order.insert(at, row)
        self._next += 1

    def filled(self) -> FormAnswers:
        """Return the form with what it has taken."""
        return replace(
            self._answers.with_rows(self._block.id, (row.at for row in self._order if row.is_added)),
            texts=self._texts,
            given=self._given,
            imported=self._imported,
            extra=self._extra,
        )

    def _read(self, row: AmountRow, name: Name, kept: _Kept, under: str = "") -> FormReader:
        reader = FormReader(self._form, {})
        reader.amount_row(self._block, row, under, kept.entry, name, FUNDS)
        return reader

    def _agrees(self, read: FormReader) -> bool:
        """Whether the cells that a row goes into are empty, or say the same."""
        return _fits(self._texts, read.texts) and _fits(self._given, read.given)

    def _put(self, read: FormReader, kept: _Kept) -> None:
        self._texts |= read.texts
        self._given |= read.given
        self._imported |= read.texts
        del self._extra[kept.path]
        self._extra |= read.extra


def _fits(here: Mapping[str, str], found: Mapping[str, str]) -> bool:
    return all(here.get(cell, text) == text for cell, text in found.items())


def _under(block: FundsBlock, name: Name, above: AmountRow) -> str:
    """The key of the row below which a kept one stands: that above it, in a table of sides one of its own."""
    if bare(above.group) == bare(name.side):
        return above.key
    beside = (row.key for row in reversed(block.rows) if bare(row.group) == bare(name.side) and not row.sums)
    return next(beside, above.key)


def _next_number(answers: FormAnswers, letter: str) -> int:
    """The number of a new row: ids of all tables that begin alike share them."""
    ids = (row.removeprefix(letter) for rows in answers.rows.values() for row in rows)
    return max((int(number) for number in ids if number.isdecimal()), default=0) + 1
