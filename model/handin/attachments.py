"""Files kept as evidence in the document file: by content, once, and read only when one is wanted.

They lie in a table of their own, each a row under its SHA-256; a key never writes there. A row stays when
its line is removed, so that undo and earlier versions of the document find it again, until `freeing` takes
it out.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from model.basics.errors import UserError
from model.basics.files import refusals
from model.document import tables
from model.document.store_errors import explained
from model.reading.evidence import in_bytes

LARGEST = 50 * 2**20  # bytes of one file …
MOST = 500 * 2**20  # … and of all together
TOO_LARGE = "超过 50 MB，没有放入"
_FIND = "SELECT content FROM attachment WHERE name = ? ORDER BY id LIMIT 1"


def read_file(path: Path) -> bytes:
    """Return the content of a file that is to be kept. Raises UserError where it is too large, or gone while
    it is being read."""
    with refusals("放入", path):
        size = path.stat().st_size
        if size > LARGEST:
            raise UserError(f"“{path.name}”有 {in_bytes(size)}，{TOO_LARGE}。", "请压缩或拆开后再放。")
        if not path.is_file():  # a device or a pipe has no end
            raise UserError(f"“{path.name}”不是文件，没有放入。", "请选一个文件。")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)  # it may grow meanwhile
    if not content:
        raise UserError(f"“{path.name}”是空的，没有放入。", "请核对文件。")
    if len(content) > LARGEST:
        raise UserError(f"“{path.name}”{TOO_LARGE}。", "请压缩或拆开后再放。")
    return content


def put(path: Path, content: bytes, name: str) -> str:
    """Keep a content in the document file unless it is there already, and return its SHA-256.

    When it was put is noted in the column `form`. `name` is for what is said. Raises UserError, and changes
    nothing, where all would be too large.
    """
    sha = hashlib.sha256(content).hexdigest()
    with explained("放入材料到", path), tables.writing(path) as connection:
        if connection.execute("SELECT 1 FROM attachment WHERE name = ?", (sha,)).fetchone() is None:
            if _total(connection) + len(content) > MOST:
                raise UserError(f"材料合起来超过 500 MB，“{name}”没有放入。", "请压缩，或移出不用的材料。")
            entry = "INSERT INTO attachment (form, name, content) VALUES (?, ?, ?)"
            connection.execute(entry, (datetime.now().isoformat(), sha, content))
    return sha


def content_of(path: Path, sha: str) -> bytes:
    """Return a content. Raises UserError where the file does not have it, or it is damaged."""
    with _reading(path) as connection:
        try:
            found = connection.execute(_FIND, (sha,)).fetchone()
        except sqlite3.DatabaseError as error:
            raise _damaged() from error
    if found is None:
        raise UserError(
            "这份材料的文件不在这个自评簿里。",
            "备份和从备份另存的自评簿不重复保存材料，请打开原来的自评簿，或重新添加。",
        )
    if not isinstance(found[0], bytes) or hashlib.sha256(found[0]).hexdigest() != sha:
        raise _damaged()
    return found[0]


def kept(path: Path) -> frozenset[str]:
    """Return the SHA-256 of every content that the file has."""
    with _reading(path) as connection:
        return frozenset(str(name) for (name,) in connection.execute("SELECT name FROM attachment"))


def total(path: Path) -> int:
    """Return how many bytes all contents have together."""
    with _reading(path) as connection:
        return _total(connection)


def _total(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(sum(length(content)), 0) FROM attachment").fetchone()[0])


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with explained("读取", path), tables.reading(path) as connection:
        yield connection


def _damaged() -> UserError:
    return UserError("这份材料已损坏，读不出来。", "自评簿的其他内容不受影响；请移出它，重新添加原来的文件。")
