"""The one mutable object of the model: the answers of the open document, their edits, undo and redo.

A step is a snapshot: the immutable answers as they were, which share every form that was not edited.
There is no inverse of an edit to get wrong.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple, TypeVar

from model.basics.texts import clean, must_fit
from model.document.answers import (
    DECLARATION,
    DEPARTMENT,
    GOALS,
    HANDED_OUT,
    INDICATORS,
    Address,
    Answers,
    CellId,
    FormAnswers,
    FormKey,
    Reply,
)

Key = TypeVar("Key", str, tuple[str, CellId])
STEPS = 1000
_NO_FORM = FormAnswers("")


class Change(NamedTuple):
    """What an edit, an undo or a redo made different; false if nothing is.

    `cells` are those whose typed or given text, or answer to a finding, differs, `rows` the blocks whose
    rows or their order do; `forms` says that the list of forms or a version of one, the unit or the year of
    the document differs.
    `removed` are characters that no file can hold and that were taken out of what came in.
    """

    label: str
    cells: frozenset[Address] = frozenset()
    rows: frozenset[tuple[FormKey, str]] = frozenset()
    forms: bool = False
    removed: str = ""

    def __bool__(self) -> bool:
        return bool(self.cells or self.rows or self.forms)


class _Step(NamedTuple):
    """An edit by name, and the answers on its other side: before it to undo, after it to redo."""

    label: str
    answers: Answers


class Document:
    """The answers of the open document; every edit is one step that can be undone, up to 1,000.

    `follow(before, after)` returns what an edit made with all that goes along with it, in the same step.
    """

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.follow: Callable[[Answers, Answers], Answers] = lambda before, after: after
        self._undo: deque[_Step] = deque(maxlen=STEPS)
        self._redo: list[_Step] = []
        self._typing: Address | None = None  # the cell whose next key belongs to the last step
        self._ids = _Ids(answers)

    @property
    def answers(self) -> Answers:
        """The answers as they are now."""
        return self._answers

    @property
    def undo_label(self) -> str:
        """What undo would take back, such as 修改“实际完成值”; "" if there is nothing."""
        return self._undo[-1].label if self._undo else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again; "" if there is nothing."""
        return self._redo[-1].label if self._redo else ""

    def set_text(self, address: Address, text: str, label: str) -> Change:
        """Put a text into a cell as it is typed; keys in one cell are one step until `pause`.

        A run of keys that ends at the text it began with leaves no step. Raises UserError, and changes
        nothing, for a text that is too long.
        """
        key, cell = address
        form, (text, removed) = self._answers.forms[key], clean(text)
        must_fit(text, cell)
        if form.text(cell) == text:
            return Change(label, frozenset({address}) if removed else frozenset(), removed=removed)
        goes_on = self._typing == address
        if goes_on and self._undo[-1].answers.forms[key].text(cell) == text:
            self._answers, self._typing = self._undo.pop().answers, None
        else:
            edited = self._answers.with_form(key, form.with_text(cell, text))
            followed = self.follow(self._answers, edited)
            along = difference(label, edited, followed).cells if followed is not edited else frozenset()
            if goes_on:
                self._answers = followed
            else:
                self._take(label, followed)
            self._typing = address
            return Change(label, cells=along | {address}, removed=removed)
        return Change(label, cells=frozenset({address}), removed=removed)

    def pause(self) -> None:
        """End a run of keys: the next one begins a step of its own."""
        self._typing = None

    def cancel_typing(self, address: Address) -> Change:
        """Take back the run of keys in a cell, where it goes on; nothing is lost, redo brings it again."""
        return self.undo() if self._typing == address else Change("")

    @contextmanager
    def edit(self, label: str) -> Iterator["Edit"]:
        """Make one step of everything that the body does; `change` of the edit says afterwards what differs.

        If the body fails nothing happens; if it changes nothing there is no step.
        """
        edit = Edit(self._answers, self._ids, label)
        yield edit
        self.pause()
        edit.answers = self.follow(self._answers, edit.answers)
        edit.change = difference(label, self._answers, edit.answers)._replace(removed=edit.removed)
        if edit.change:
            self._take(label, edit.answers)

    def undo(self) -> Change:
        """Take back the last step; nothing happens if there is none."""
        return self._step(self._undo, self._redo)

    def redo(self) -> Change:
        """Do again what was undone last; nothing happens if nothing was, or if it was edited since."""
        return self._step(self._redo, self._undo)

    def _take(self, label: str, answers: Answers) -> None:
        self._undo.append(_Step(label, self._answers))
        self._redo.clear()
        self._answers = answers

    def _step(self, source: deque[_Step] | list[_Step], target: deque[_Step] | list[_Step]) -> Change:
        self.pause()
        if not source:
            return Change("")
        step = source.pop()
        target.append(_Step(step.label, self._answers))
        change = difference(step.label, self._answers, step.answers)
        self._answers = step.answers
        return change


class Edit:
    """One step in the making: every method changes `answers`, which the document takes over at the end."""

    def __init__(self, answers: Answers, ids: "_Ids", label: str) -> None:
        self.answers = answers
        self.change = Change(label)
        self.removed = ""
        self._ids = ids

    def set_text(self, address: Address, text: str) -> None:
        """Put a text into a cell; "" empties it."""
        self.set_texts({address: text})

    def set_texts(self, texts: Mapping[Address, str]) -> None:
        """Put texts into many cells; "" empties one. Raises UserError for a text that is too long."""
        by_form: dict[FormKey, dict[CellId, str]] = {}
        for (key, cell), text in texts.items():
            by_form.setdefault(key, {})[cell] = self._cleaned(text, cell)
        for key, changes in by_form.items():
            self._put(key, self._form(key).with_texts(changes))

    def take_in(
        self,
        key: FormKey,
        texts: Mapping[CellId, str],
        given: Mapping[CellId, str],
        sources: Mapping[CellId, str],
    ) -> None:
        """Put texts of a file into cells, what it printed where the program computes beside them, and say
        where each stood. Raises UserError for a text that is too long."""
        self.set_texts({(key, cell): text for cell, text in texts.items()})
        form = self._form(key)
        came_in = {cell: form.text(cell) for cell in texts}
        printed = {cell: self._cleaned(text, cell) for cell, text in given.items()}
        form = replace(form, imported={**form.imported, **came_in}, given={**form.given, **printed})
        kept = {cell: source for cell, source in form.sources.items() if cell not in came_in}
        self._put(key, replace(form, sources=kept | dict(sources)))

    def clear_given(self, address: Address) -> None:
        """Let the computed value hold (以计算值为准): forget what a file that was read had printed."""
        key, cell = address
        form = self._form(key)
        self._put(key, replace(form, given={c: text for c, text in form.given.items() if c != cell}))

    def set_reply(self, address: Address, code: str, text: str, found: str, signed: str = "") -> None:
        """Answer a finding at a cell in writing (出错说明); "" takes the answer back."""
        key, cell = address
        reply = Reply(self._cleaned(text, "").strip(), found, self._cleaned(signed, ""))
        self._put(key, self._form(key).with_reply(code, cell, reply))

    def take_all(self, answers: Answers) -> None:
        """Let other answers take the place of everything, such as those of an earlier version."""
        for key, form in answers:
            self._ids.know(key, form)
        self.answers = answers

    # --- rows

    def add_rows(
        self, key: FormKey, block: str, at: int, rows: Sequence[Mapping[str, str]]
    ) -> tuple[str, ...]:
        """Add rows, each a mapping of column to text, before position `at` of a block; return their ids."""
        ids = tuple(self._ids.row(key, block) for _ in rows)
        form = self._form(key)
        order = list(form.rows.get(block, ()))
        order[at:at] = ids
        self._put(key, form.with_rows(block, order))
        texts = {
            (key, f"{row}.{column}"): text
            for row, cells in zip(ids, rows, strict=True)
            for column, text in cells.items()
        }
        self.set_texts(texts)
        return ids

    def remove_rows(self, key: FormKey, block: str, rows: Iterable[str]) -> None:
        """Remove rows with everything in them; with a goal go its indicators."""
        form, gone = self._form(key), set(rows)
        if block == GOALS:
            of_goals = {row for row in form.indicators if form.text(f"{row}.goal") in gone}
            form = _without_rows(form, INDICATORS, of_goals)
        self._put(key, _without_rows(form, block, gone))

    def move_rows(self, key: FormKey, block: str, rows: Sequence[str], at: int) -> None:
        """Put rows, in the order given, before position `at` among the other rows of their block."""
        form = self._form(key)
        self._put(key, form.with_rows(block, _moved(form.rows.get(block, ()), rows, at)))

    # --- forms

    def add_form(self, form: FormAnswers, at: int | None = None, key: FormKey = "") -> FormKey:
        """Add a project form before position `at` of the projects, else as the last; return its new key.

        With `key` "d" or "t" the department form or the declaration is added, of which there is one.
        Raises ValueError if there is one already.
        """
        if key in self.answers.forms:
            raise ValueError(f"there is a form {key!r} already")
        key = key or self._ids.form()
        self._ids.know(key, form)
        self._put(key, form)
        if at is not None:
            self.move_form(key, at)
        return key

    def duplicate_form(self, key: FormKey) -> FormKey:
        """Add a copy of a project form right after it, which has gone to nobody; return its key."""
        form = self._form(key)
        extra = {path: entry for path, entry in form.extra.items() if path != HANDED_OUT}
        return self.add_form(replace(form, extra=extra), self.answers.projects.index(key) + 1)

    def remove_form(self, key: FormKey) -> None:
        """Take a form out of the document, with all that was typed in it."""
        self.answers = self.answers.without_form(key)

    def move_form(self, key: FormKey, at: int) -> None:
        """Put a project form before position `at` among the other projects."""
        self.answers = self.answers.with_projects(_moved(self.answers.projects, [key], at))

    def _cleaned(self, text: str, cell: CellId) -> str:
        cleaned, removed = clean(text)
        must_fit(cleaned, cell)
        self.removed = "".join(dict.fromkeys(self.removed + removed))
        return cleaned

    def _form(self, key: FormKey) -> FormAnswers:
        return self.answers.forms[key]

    def _put(self, key: FormKey, form: FormAnswers) -> None:
        self.answers = self.answers.with_form(key, form)


class _Ids:
    """Hands out ids of forms (p3) and of rows (the first letter of their block: i17, g2).

    None is handed out twice while the document is open, so undo can't bring back what another has become.
    """

    def __init__(self, answers: Answers) -> None:
        self._highest: dict[tuple[FormKey, str], int] = {}
        for key, form in answers:
            self.know(key, form)

    def know(self, key: FormKey, form: FormAnswers) -> None:
        """Take note of a form that comes into the document with its ids."""
        if key not in (DECLARATION, DEPARTMENT):
            self._note(("", "p"), key)
        for block, ids in form.rows.items():
            for row in ids:
                self._note((key, block[0]), row)

    def form(self) -> FormKey:
        """Return a new key of a project form."""
        return self._next(("", "p"))

    def row(self, key: FormKey, block: str) -> str:
        """Return a new id of a row."""
        return self._next((key, block[0]))

    def _note(self, series: tuple[FormKey, str], found: str) -> None:
        number = found.removeprefix(series[1])
        if number.isdecimal():
            self._highest[series] = max(self._highest.get(series, 0), int(number))

    def _next(self, series: tuple[FormKey, str]) -> str:
        self._highest[series] = self._highest.get(series, 0) + 1
        return f"{series[1]}{self._highest[series]}"


def difference(label: str, before: Answers, after: Answers) -> Change:
    """Return what differs between two states of a document; forms that they share cost nothing."""
    cells: set[Address] = set()
    rows: set[tuple[FormKey, str]] = set()
    for key in before.forms.keys() | after.forms.keys():
        old, new = before.forms.get(key, _NO_FORM), after.forms.get(key, _NO_FORM)
        if old is not new:
            cells.update((key, cell) for cell in _differing(old.texts, new.texts))
            cells.update((key, cell) for cell in _differing(old.given, new.given))
            cells.update((key, cell) for _, cell in _differing(old.replies, new.replies))
            rows.update((key, block) for block in _differing(old.rows, new.rows))
    is_other = _head(before) != _head(after)
    return Change(label, frozenset(cells), frozenset(rows), forms=is_other)


def _head(answers: Answers) -> object:
    """What the list of forms says besides their texts, and by which versions they are filled in."""
    forms = [(key, form.definition, form.extra.get(HANDED_OUT)) for key, form in answers]
    return forms, answers.unit, answers.year, answers.carried


def _differing(one: Mapping[Key, object], other: Mapping[Key, object]) -> set[Key]:
    return set() if one is other else {key for key, _ in one.items() ^ other.items()}


def _moved(order: Iterable[str], moving: Sequence[str], at: int) -> list[str]:
    rest = [item for item in order if item not in moving]
    rest[at:at] = moving
    return rest


def _without_rows(form: FormAnswers, block: str, gone: set[str]) -> FormAnswers:
    def kept(texts: Mapping[CellId, str]) -> dict[CellId, str]:
        return {cell: text for cell, text in texts.items() if cell.partition(".")[0] not in gone}

    extra = {path: entry for path, entry in form.extra.items() if _row_of(path) not in gone}
    form = form.with_rows(block, (row for row in form.rows.get(block, ()) if row not in gone))
    replies = {at: reply for at, reply in form.replies.items() if at[1].partition(".")[0] not in gone}
    texts, given = kept(form.texts), kept(form.given)
    imported, sources = kept(form.imported), kept(form.sources)
    return replace(
        form, texts=texts, given=given, extra=extra, replies=replies, imported=imported, sources=sources
    )


def _row_of(path: str) -> str:
    """The row that an unknown entry of an exchange file stands in, by its path; "" for another place."""
    kind, where, *_ = json.loads(path)
    return str(where) if kind == "row" else ""
