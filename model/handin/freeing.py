"""Takes contents out of the document file that nothing names any more: then it shrinks.

A content is named by the document as it is saved, by a locked version, or by a backup, with which the clerk
may go back. What cannot be read may name any of them, and then all stay.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from model.basics.errors import UserError
from model.document import backups, tables
from model.document.answers import Answers
from model.document.store_errors import explained
from model.handin import versions
from model.reading.evidence import SHA

FRESH = timedelta(minutes=10)  # in which another window may be about to add the line of a content
WORTH = 2**20  # bytes free in the file that make it worth being written anew
_NAMED = f"SELECT DISTINCT text FROM text WHERE cell LIKE '%.{SHA}'"
_CONTENTS = "SELECT id, name, form, length(content) FROM attachment"


class Freed(NamedTuple):
    """How many contents were taken out, and their bytes."""

    files: int = 0
    size: int = 0


def loose(path: Path, now: datetime) -> Freed:
    """Return what neither the document nor a version names, whatever backups do. Raises UserError."""
    if _has_no_contents(path):
        return Freed()
    named = _of_versions(path)
    with explained("读取", path), tables.reading(path) as connection:
        return _sum(_found(connection, named, now))


def free(path: Path, now: datetime, local_folder: Path | None = None, with_backups: bool = True) -> Freed:
    """Take out what nothing names, and let the file shrink; `with_backups`: what a backup names stays too.

    Raises UserError, and takes nothing out, where something can't be read or the file not be written.
    """
    if _has_no_contents(path):
        return Freed()
    named = _of_versions(path)
    with explained("读取", path), tables.reading(path) as connection:
        if not list(_found(connection, named, now)):
            return Freed()
    if with_backups:
        for backup in backups.found(path, local_folder):
            with explained("读取", backup.path), tables.reading(backup.path) as connection:
                named |= {str(text) for (text,) in connection.execute(_NAMED)}
    with explained("整理", path):
        with tables.writing(path) as connection:
            found = list(_found(connection, named, now))
            connection.executemany("DELETE FROM attachment WHERE id = ?", [(number,) for number, _ in found])
        if found:
            tables.shrink(path, WORTH)
    return _sum(found)


def _has_no_contents(path: Path) -> bool:
    with explained("读取", path), tables.reading(path) as connection:
        return connection.execute("SELECT 1 FROM attachment LIMIT 1").fetchone() is None


def _of_versions(path: Path) -> set[str]:
    """What the versions name. Raises UserError where one can't be read."""
    found: set[str] = set()
    for version in versions.listed(path):
        if version.problem:
            raise UserError(version.problem)
        found |= _of(versions.answers_of(path, version.number))
    return found


def _of(answers: Answers) -> set[str]:
    texts = (form.texts.items() for _, form in answers)
    return {text for some in texts for cell, text in some if cell.endswith(f".{SHA}")}


def _found(connection: sqlite3.Connection, named: set[str], now: datetime) -> Iterator[tuple[int, int]]:
    """The rows of contents that nothing names, with their bytes."""
    here = {str(text) for (text,) in connection.execute(_NAMED)} | named
    fresh, until = (now - FRESH).isoformat(), now.isoformat()
    for number, name, put, size in connection.execute(_CONTENTS).fetchall():
        if name not in here and not fresh < str(put) <= until:
            yield number, size


def _sum(found: Iterable[tuple[int, int]]) -> Freed:
    sizes = [size for _, size in found]
    return Freed(len(sizes), sum(sizes))
