"""The document file for those who keep more in it than the document: locked versions and evidence.

It is the room's own: what opens a file safely and writes it in one transaction stands in `store`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from os import urandom
from pathlib import Path

from model.basics.errors import UserError
from model.document.answers import Answers
from model.document.file_head import must_be_ours, why_read_only
from model.document.records import META, number
from model.document.store import (
    _connected,
    _must_be_plain,
    _new_file,
    _readable,
    _stored,
    _upgrade_file,
    note,
)
from model.document.tables_check import shield, within_time

_MARK = "written"  # what the last transaction of ours left: another each time


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that only reads; what goes wrong is for `explained`."""
    must_be_ours(path)
    with _readable(path) as readable, _connected(readable) as connection:
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection within a transaction that the body's end commits, and any failure takes back."""
    must_be_ours(path)
    if why := why_read_only(path):
        raise UserError(f"“{path.name}”：{why}")
    mark, is_at_the_end = urandom(8).hex(), False
    try:
        with _connected(path, is_writing=True) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                _must_be_plain(connection)
                _upgrade_file(connection, path)
                yield connection
                connection.execute(META.entry, (_MARK, mark))
                is_at_the_end = True
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
    except sqlite3.Error:
        if not (is_at_the_end and _has_mark(path, mark)):  # else it is written, whatever was said
            raise


def _has_mark(path: Path, mark: str) -> bool:
    """Whether a transaction is in the file, as a program sees it that opens it anew."""
    try:
        return note(path, _MARK) == mark
    except UserError:
        return False


def shrink(path: Path, worth: int) -> None:
    """Write the file anew without the room that was freed, where it is that many bytes; it stays as it was
    where that fails, with what goes wrong for `explained`."""
    with _connected(path, is_writing=True) as connection:
        _must_be_plain(connection)
        pages, size = (number(connection, f"PRAGMA {name}") for name in ("freelist_count", "page_size"))
        if pages * size >= worth:
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # the new file, for as long as it is made
            connection.execute("VACUUM")


def document_bytes(answers: Answers) -> bytes:
    """Return a document as a file of its own, always the same bytes for the same answers."""
    return _new_file(answers, 1)


def answers_in_bytes(data: bytes, path: Path) -> Answers:
    """Return the document in such bytes, which were found in the file of `path`, whatever their format."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        if not data:  # for which there would be no memory, SQLite says
            raise sqlite3.DatabaseError("no document")
        connection.deserialize(data)
        shield(connection)
        within_time(connection)
        _must_be_plain(connection)
        return _stored(connection, path).answers
