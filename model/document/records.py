"""The rows of the document file: its tables, a document as rows of them, and rows as a document."""

import sqlite3
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from model.document.answers import Answers, CellId, FormAnswers, FormKey, Reply

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;
CREATE TABLE form (key TEXT PRIMARY KEY, position INTEGER NOT NULL, definition TEXT NOT NULL) STRICT;
CREATE TABLE row (
    form TEXT NOT NULL, block TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (form, block, id)
) STRICT;
-- kind: typed, given (what a file that was read had printed), extra (its unknown entries, as JSON by path),
-- imported (the typed texts as such a file had them), source (which file and place they stood in)
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

Key = tuple[Table, tuple[str, ...]]
Records = dict[Key, tuple[str | int, ...]]


def differing(last: Answers, answers: Answers) -> tuple[Iterable[Key], Records]:
    """Return which rows of the file are gone and which are new or hold something else."""
    shared = {key for key, form in answers if last.forms.get(key) is form}
    old, new = records(last, shared), records(answers, shared)
    changed = {key: values for key, values in new.items() if old.get(key) != values}
    return old.keys() - new.keys(), changed


def records(answers: Answers, without: Iterable[FormKey] = ()) -> Records:
    """Return the rows that hold the document, but for what is in some forms."""
    found: Records = {(META, ("unit",)): (answers.unit,), (META, ("year",)): (answers.year,)}
    for position, (key, form) in enumerate(answers):
        found[_FORM, (key,)] = (position, form.definition)
        if key not in without:
            found |= _form_records(key, form)
    return found


def _form_records(key: FormKey, form: FormAnswers) -> Records:
    found: Records = {}
    for block, ids in form.rows.items():
        found |= {(_ROW, (key, block, row)): (position,) for position, row in enumerate(ids)}
    for name, kind in _KINDS.items():
        for cell, text in getattr(form, name).items():
            found[_TEXT, (key, kind, cell)] = (text, checksum(key, kind, cell, text))
    for (code, cell), reply in form.replies.items():
        found[_ANSWER, (key, code, cell)] = (reply.text, reply.found)
    return found


def checksum(*parts: str) -> int:
    """A checksum: SQLite does not notice when a disk has lost what is inside a text."""
    return zlib.crc32("\0".join(parts).encode())


# --- rows as a document


def answers_in(connection: sqlite3.Connection) -> Answers:
    """Return the document; entries of a kind that this version does not know stay in the file unread."""
    parts: dict[FormKey, dict[str, dict[str, str]]] = {}
    for form, kind, cell, text, found in connection.execute(
        "SELECT form, kind, cell, text, sum FROM text ORDER BY rowid"
    ):
        if found != checksum(form, kind, cell, text):
            raise sqlite3.DatabaseError(f"lost: {form} {kind} {cell}")
        parts.setdefault(form, {}).setdefault(kind, {})[cell] = text
    rows: dict[FormKey, dict[str, list[str]]] = {}
    for form, block, row in connection.execute("SELECT form, block, id FROM row ORDER BY position"):
        rows.setdefault(form, {}).setdefault(block, []).append(row)
    replies: dict[FormKey, dict[tuple[str, CellId], Reply]] = {}
    for form, code, cell, text, found in connection.execute(
        "SELECT form, code, cell, text, found FROM answer"
    ):
        replies.setdefault(form, {})[code, cell] = Reply(text, found)
    forms = {
        key: FormAnswers(
            definition,
            rows={block: tuple(ids) for block, ids in rows.get(key, {}).items()},
            replies=replies.get(key, {}),
            **{name: parts.get(key, {}).get(kind, {}) for name, kind in _KINDS.items()},
        )
        for key, definition in connection.execute("SELECT key, definition FROM form ORDER BY position")
    }
    return Answers(forms, meta_text(connection, "unit"), meta_text(connection, "year"))


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
