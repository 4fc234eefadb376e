"""The document file as bytes: whole, or without evidence as backups hold it, which would else repeat it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from errno import EIO
from pathlib import Path

EVIDENCE = "attachment"  # the table of files kept by content
_LARGE = (EVIDENCE, "version")  # tables whose rows have checksums of their own
_BATCH = 500


def has_evidence(connection: sqlite3.Connection) -> bool:
    """Whether any file is kept as evidence; where its table can't be read, one is taken to be."""
    return _has_rows(connection, EVIDENCE)


def is_whole(connection: sqlite3.Connection) -> bool:
    """Return whether SQLite finds the file in order.

    Evidence and versions, which know their own checksums, are left out where there are any: to look at all of
    300 MB takes seconds, and a damaged attachment keeps nobody from the document.
    """
    if not any(_has_rows(connection, table) for table in _LARGE):
        return _is_ok(connection, "PRAGMA integrity_check(1)")
    names = [name for name in _tables(connection) if name not in _LARGE]
    return all(_is_ok(connection, f"PRAGMA integrity_check({name})") for name in names)


def without_evidence(connection: sqlite3.Connection) -> bytes:
    """Return the file that a connection has open, its table of evidence empty."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        for pragma in ("application_id", "user_version"):
            (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
            copy.execute(f"PRAGMA {pragma} = {found}")
        copy.execute("BEGIN")
        for (statement,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'table'"):
            copy.execute(statement)
        for name in _tables(connection):
            if name != EVIDENCE:
                _copy(connection, copy, name)
        copy.execute("COMMIT")
        return copy.serialize()


def file_bytes(connection: sqlite3.Connection, path: Path) -> bytes:
    """Return the bytes of the file that a connection reads in a transaction, which nobody changes meanwhile.

    They are read from the file itself: what a disk can't read SQLite would give as zeros, and a second copy
    to compare would need the memory once more. Raises OSError where the file is shorter than it says.
    """
    pages, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size")
    )
    with path.open("rb") as file:
        found = file.read(pages * size)
    if len(found) != pages * size:
        raise OSError(EIO, "the file ends too early")
    return found


def _copy(connection: sqlite3.Connection, copy: sqlite3.Connection, table: str) -> None:
    rows = connection.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
    places = ", ".join("?" * len(rows.description))
    while batch := rows.fetchmany(_BATCH):
        copy.executemany(f'INSERT INTO "{table}" VALUES ({places})', batch)


def _tables(connection: sqlite3.Connection) -> Iterator[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return (str(name) for (name,) in rows)


def _has_rows(connection: sqlite3.Connection, table: str) -> bool:
    try:
        return connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
    except sqlite3.DatabaseError:
        return True


def _is_ok(connection: sqlite3.Connection, pragma: str) -> bool:
    return bool(connection.execute(pragma).fetchone() == ("ok",))
