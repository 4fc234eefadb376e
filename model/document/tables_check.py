"""What a document file may hold: our tables and nothing else, and work on it that comes to an end.

A view, a trigger, a computed column or an index of somebody else's would do what he wants whenever the file
is read or saved; so they are looked for before anything else is read.
"""

import re
import sqlite3
import time
from collections.abc import Callable, Iterable

from model.document.records import SCHEMA
from model.document.soundness import Unsound

CPU_S = 20.0  # of reading a file; ours take a second for a hundred thousand cells
LONGEST_VALUE = 64 * 2**20  # bytes of a text, an attachment, a version
LONGEST_STATEMENT = 100_000
_STEPS = 100_000  # of SQLite's machine between two looks at the time
_REMARK = re.compile("--[^\n]*")
_COLUMNS = re.compile(r"CREATE TABLE [\w(), ]+")
_COMPUTES = re.compile(r"\b(?:GENERATED|ALWAYS|AS|CHECK|DEFAULT|VIRTUAL|REFERENCES)\b", re.IGNORECASE)


class NotOurs(Exception):
    """The file holds something that we never write; `what` names it."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def _bare(statement: str) -> str:
    """A statement without its blanks and remarks."""
    return " ".join(_REMARK.sub("", statement).replace("(", " ( ").replace(")", " ) ").split())


def _statements() -> dict[str, str]:
    found = (_bare(statement) for statement in _REMARK.sub("", SCHEMA).split(";") if "CREATE" in statement)
    return {statement.split()[2]: statement for statement in found}


OURS = _statements()
_KINDS = {"view": "视图", "trigger": "触发器", "index": "索引"}


def shield(connection: sqlite3.Connection) -> None:
    """Set limits before anything is read: no other file, no functions in the schema, no endless value."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST_STATEMENT)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")


def within_time(connection: sqlite3.Connection) -> None:
    """Interrupt what takes the processor too long."""
    connection.set_progress_handler(_deadline(), _STEPS)


def _deadline() -> Callable[[], int]:
    end = time.thread_time() + CPU_S
    return lambda: int(time.thread_time() > end)


def must_hold_our_tables(
    connection: sqlite3.Connection, is_our_format: bool, more: Iterable[str] = ()
) -> None:
    """Raise NotOurs for anything but our tables, Unsound for another of their name, DatabaseError where one
    is missing.

    A file of another format may have other columns and more tables, but none that compute. `more` are
    statements with which an upgrade made a table.
    """
    allowed = {*OURS.values(), *map(_bare, more)}
    found: set[str] = set()
    for kind, name, statement in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind == "index" and statement is None and str(name).startswith("sqlite_autoindex_"):
            continue
        if kind != "table":
            raise NotOurs(f"{_KINDS.get(str(kind), '内容')}“{name}”")
        bare = _bare(str(statement))
        if is_our_format and name in OURS and bare not in allowed and _is_plain(bare):
            raise Unsound(f"文件里的内部表“{name}”")
        if bare not in allowed and (is_our_format or not _is_plain(bare)):
            raise NotOurs(f"表“{name}”")
        found.add(str(name))
    if missing := OURS.keys() - found:
        raise sqlite3.DatabaseError(f"no table: {sorted(missing)}")


def _is_plain(bare: str) -> bool:
    """Whether a table has nothing but columns with a type each, and keys."""
    return bool(_COLUMNS.fullmatch(bare)) and not _COMPUTES.search(bare)
