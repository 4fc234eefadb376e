"""The rows of the document file: its tables, a document as rows of them, and rows as a document."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from model.document import signing
from model.document.answers import Answers, CellId, FormAnswers, FormKey, Reply

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;
CREATE TABLE form (key TEXT PRIMARY KEY, position INTEGER NOT NULL, definition TEXT NOT NULL) STRICT;
CREATE TABLE row (
    form TEXT NOT NULL, block TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (form, block, id)
) STRICT;
-- kind: typed, given (what a file that was read had printed), extra (its unknown entries, as JSON by path),
-- imported (the typed texts as such a file had them), source (which file and place they stood in),
-- signed (who wrote an answer, and when)
CREATE TABLE text (
    form TEXT NOT NULL, kind TEXT NOT NULL, cell TEXT NOT NULL, text TEXT NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (form, kind, cell)
) STRICT;
-- what the clerk wrote about findings (出错说明), and what they rested on
CREATE TABLE answer (
    form TEXT NOT NULL, code TEXT NOT NULL, cell TEXT NOT NULL, text TEXT NOT NULL, found TEXT NOT NULL,
    PRIMARY KEY (form, code, cell)
) STRICT;
-- room for what is still to come; nothing reads or writes it yet
CREATE TABLE report_text (
    form TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL, generated TEXT NOT NULL,
    PRIMARY KEY (form, place)
) STRICT;
CREATE TABLE version (
    id INTEGER PRIMARY KEY, locked TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL
) STRICT;
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY, form TEXT NOT NULL, name TEXT NOT NULL, content BLOB NOT NULL
) STRICT;
"""


# --- a document as rows


class Table(NamedTuple):
    """A table with the columns that find a row in it and the others."""

    name: str
    key: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def entry(self) -> str:
        """The statement that puts a row in, or other values into a row that is there."""
        columns = (*self.key, *self.values)
        new_values = ", ".join(f"{name} = excluded.{name}" for name in self.values)
        return (
            f"INSERT INTO {self.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
            f" ON CONFLICT ({', '.join(self.key)}) DO UPDATE SET {new_values}"
        )

    @property
    def removal(self) -> str:
        """The statement that takes a row out."""
        return f"DELETE FROM {self.name} WHERE {' AND '.join(f'{name} = ?' for name in self.key)}"


FRAME = "frame"  # the key of its checksum in meta
_CARRIED = "form:"  # before the id of a definition that the document carries, in meta
MOST_CARRIED = 50  # definitions
MOST_TEXTS = 3_000_000  # of a document …
MOST_CHARACTERS = 60_000_000  # … and all of them together
META = Table("meta", ("key",), ("value",))
_FORM = Table("form", ("key",), ("position", "definition"))
_ROW = Table("row", ("form", "block", "id"), ("position",))
_TEXT = Table("text", ("form", "kind", "cell"), ("text", "sum"))
_ANSWER = Table("answer", ("form", "code", "cell"), ("text", "found"))
_KINDS = {  # parts of FormAnswers and their kind in text
    "texts": "typed",
    "given": "given",
    "extra": "extra",
    "imported": "imported",
    "sources": "source",
}

_SIGNED = "signed"  # signatures of replies, in text too
_NO_FORM = FormAnswers("")
Key = tuple[Table, tuple[str, ...]]
Records = dict[Key, tuple[str | int | bytes, ...]]


def differing(last: Answers, answers: Answers) -> tuple[Iterable[Key], Records]:
    """Return which rows of the file are gone and which are new or hold something else.

    It runs beside the typing: what did not change is only compared, nothing is made of it.
    """
    old, new = _heads(last), _heads(answers)
    gone: list[Key] = [key for key in old if key not in new]
    changed: Records = {key: values for key, values in new.items() if old.get(key) != values}
    for form in dict.fromkeys((*last.forms, *answers.forms)):
        before, after = last.forms.get(form, _NO_FORM), answers.forms.get(form, _NO_FORM)
        if before is not after:
            gone += _gone(form, before, after)
            changed |= _form_records(form, after, before)
    return gone, changed


def _gone(key: FormKey, before: FormAnswers, after: FormAnswers) -> Iterator[Key]:
    for block, ids in before.rows.items():
        yield from ((_ROW, (key, block, row)) for row in set(ids).difference(after.rows.get(block, ())))
    for name, kind in _KINDS.items():
        cells = getattr(before, name).keys() - getattr(after, name).keys()
        yield from ((_TEXT, (key, kind, cell)) for cell in cells)
    if before.replies is not after.replies:
        yield from ((_ANSWER, (key, *at)) for at in before.replies.keys() - after.replies.keys())
        unsigned = signing.kept(before).keys() - signing.kept(after).keys()
        yield from ((_TEXT, (key, _SIGNED, cell)) for cell in unsigned)


def records(answers: Answers) -> Records:
    """Return the rows that hold the document."""
    found = _heads(answers)
    for key, form in answers:
        found |= _form_records(key, form, _NO_FORM)
    return found


def _heads(answers: Answers) -> Records:
    """The rows of the document itself: unit, year, its forms in order."""
    forms: Records = {(_FORM, (key,)): (n, form.definition) for n, (key, form) in enumerate(answers)}
    head: Records = {(META, ("unit",)): (answers.unit,), (META, ("year",)): (answers.year,)}
    carried: Records = {(META, (_CARRIED + name,)): (data,) for name, data in answers.carried.items()}
    return head | carried | forms


def _form_records(key: FormKey, form: FormAnswers, before: FormAnswers) -> Records:
    """The rows of what in a form differs from before, in its order."""
    found: Records = {}
    for block, ids in form.rows.items():
        old = {row: position for position, row in enumerate(before.rows.get(block, ()))}
        moved = ((row, position) for position, row in enumerate(ids) if old.get(row) != position)
        found |= {(_ROW, (key, block, row)): (position,) for row, position in moved}
    for name, kind in _KINDS.items():
        known = getattr(before, name)
        for cell, text in getattr(form, name).items():
            if known.get(cell) != text:
                found[_TEXT, (key, kind, cell)] = (text, checksum(key, kind, cell, text))
    for at, reply in form.replies.items():
        if before.replies.get(at) != reply:
            found[_ANSWER, (key, *at)] = (reply.text, reply.found)
    known = signing.kept(before)
    for cell, text in signing.kept(form).items():
        if known.get(cell) != text:
            found[_TEXT, (key, _SIGNED, cell)] = (text, checksum(key, _SIGNED, cell, text))
    return found


def checksum(*parts: str) -> int:
    """A checksum: SQLite does not notice when a disk has lost what is inside a text."""
    return zlib.crc32("\0".join(parts).encode())


def frame(answers: Answers, revision: int) -> str:
    """Return the checksum of what stands in no text: unit, year, forms, and their rows in order.

    It holds for one revision: a program that does not know it saves without it, and leaves an old one.
    """
    forms = [
        (key, form.definition, sorted((block, ids) for block, ids in form.rows.items() if ids))
        for key, form in answers
    ]
    return f"{revision} {checksum(answers.unit, answers.year, json.dumps(forms))}"


# --- rows as a document


def answers_in(connection: sqlite3.Connection) -> Answers:
    """Return the document; entries of a kind that this version does not know stay in the file unread.

    Raises DatabaseError where a text is not what was saved.
    """
    parts: dict[FormKey, dict[str, dict[str, str]]] = {}
    left = MOST_CHARACTERS
    for form, kind, cell, text, found in connection.execute(
        "SELECT form, kind, cell, text, sum FROM text ORDER BY rowid LIMIT ?", (MOST_TEXTS,)
    ):
        left -= len(text)
        if left < 0 or found != checksum(form, kind, cell, text):
            raise sqlite3.DatabaseError(f"lost: {form} {kind} {cell}")
        parts.setdefault(form, {}).setdefault(kind, {})[cell] = text
    rows: dict[FormKey, dict[str, list[str]]] = {}
    for form, block, row in connection.execute("SELECT form, block, id FROM row ORDER BY position"):
        rows.setdefault(form, {}).setdefault(block, []).append(row)
    replies: dict[FormKey, dict[tuple[str, CellId], Reply]] = {}
    for form, code, cell, text, found in connection.execute(
        "SELECT form, code, cell, text, found FROM answer"
    ):
        signatures = parts.get(form, {}).get(_SIGNED, {})
        replies.setdefault(form, {})[code, cell] = signing.signed(Reply(text, found), code, cell, signatures)
    forms = {
        key: FormAnswers(
            definition,
            rows={block: tuple(ids) for block, ids in rows.get(key, {}).items()},
            replies=replies.get(key, {}),
            **{name: parts.get(key, {}).get(kind, {}) for name, kind in _KINDS.items()},
        )
        for key, definition in connection.execute("SELECT key, definition FROM form ORDER BY position")
    }
    carried = dict(_carried(connection))
    return Answers(forms, meta_text(connection, "unit"), meta_text(connection, "year"), carried)


def _carried(connection: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Yield the files of definitions that the document carries."""
    found = connection.execute(
        "SELECT key, value FROM meta WHERE substr(key, 1, ?) = ? LIMIT ?",
        (len(_CARRIED), _CARRIED, MOST_CARRIED),
    )
    for key, value in found:
        if isinstance(value, bytes):
            yield str(key).removeprefix(_CARRIED), value


def must_have_its_frame(connection: sqlite3.Connection, answers: Answers) -> None:
    """Raise DatabaseError where forms, unit, year or the order of rows are not what was saved."""
    said, revision = meta_text(connection, FRAME), meta_number(connection, "revision")
    if said.startswith(f"{revision} ") and said != frame(answers, revision):
        raise sqlite3.DatabaseError("lost: forms, unit, year or order of rows")


def meta_number(connection: sqlite3.Connection, key: str) -> int:
    """Return a number that the file holds about itself."""
    return number(connection, "SELECT value FROM meta WHERE key = ?", key)


def meta_text(connection: sqlite3.Connection, key: str) -> str:
    """Return a text that the file holds about itself, "" where it has none."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(found[0]) if found else ""


def number(connection: sqlite3.Connection, query: str, *values: str) -> int:
    """Return the one number that a query finds."""
    found = connection.execute(query, values).fetchone()
    if found is None or not isinstance(found[0], int):
        raise sqlite3.DatabaseError(f"no number: {query} {values}")
    return found[0]
