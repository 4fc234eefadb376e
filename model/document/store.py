"""The document file (.zpb): SQLite, opened, read or written in one transaction, and closed each time.

The file is whole at every moment and can be copied or mailed while the program runs. A program that is
killed while it writes leaves a journal beside the file, with which the next one takes the half-done work
back.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from errno import EACCES, EBUSY, EEXIST, EIO, ENOENT, ENOSPC, EROFS
from itertools import count
from os import W_OK, access, urandom
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote

from model.basics.errors import UserError
from model.basics.file_kinds import kind_of
from model.basics.files import refusal, refusals, write_new, write_whole
from model.document.answers import Answers
from model.document.records import (
    META,
    SCHEMA,
    Records,
    answers_in,
    differing,
    meta_number,
    meta_text,
    number,
    records,
)

SUFFIX = ".zpb"
MAGIC = b"SQLite format 3\0"
BACKUPS = "备份"  # the folder beside a document where its backups go
PATIENCE_S = 2.0  # with another program that is writing the file

Notes = Mapping[str, str]  # what a file says about itself beside the document
_NO_NOTES: Notes = {}
_HEADER_BYTES = 100
_BEGINNING_BYTES = 4096
_OUR_JOURNAL, _OTHER_JOURNAL = b"\1\1", b"\2\2"
_APPLICATION_ID = b"zpb1"
_MIN_READER = 1  # the oldest format whose programs can still read the files of this one
_UPGRADES: tuple[tuple[str, ...], ...] = ()  # the statements from format 1 to 2, from 2 to 3 …


class Stored(NamedTuple):
    """A document as it was read; `read_only` says in a sentence why it can't be saved, "" if it can."""

    answers: Answers
    revision: int
    read_only: str = ""


class Save(NamedTuple):
    """The last save of a file: when, and on which computer ("" where the file does not say)."""

    moment: datetime
    computer: str

    @property
    def is_from_here(self) -> bool:
        """Whether it was another window or program of this very computer."""
        return self.computer in ("", this_computer())


class ChangedElsewhere(UserError):
    """Another program has saved the file since it was read; nothing was overwritten."""


# --- the file as a whole


def create(path: Path, answers: Answers, replace: bool = False, notes: Notes = _NO_NOTES) -> int:
    """Write a new document file and return its revision; `notes` are texts that `note` gives back.

    Raises UserError where the system refuses, and where there is a file already unless `replace` is true.
    """
    with _explained("建立", path):
        if path.exists() and not replace:
            raise FileExistsError(EEXIST, "exists", path)
        _settle(path)
        revision = _later(0)
        write = write_whole if replace else write_new
        write(path, _new_file(answers, revision, {"id": urandom(8).hex(), "saved": _now_and_here(), **notes}))
    return revision


def open_document(path: Path) -> Stored:
    """Return what is in a document file, after taking back what a killed program left half done.

    Raises UserError, and touches nothing, when the file is missing, damaged, of another program, held by
    another program, or of a version too new to be read.
    """
    with _explained("打开", path):
        _must_be_ours(path)
        with _readable(path) as readable, _connected(readable) as connection:
            stored = _stored(connection, path)
        return stored._replace(read_only=stored.read_only or _why_read_only(path))


def saved_revision(path: Path) -> int:
    """Return the revision that the file has now: another than one's own says that somebody else saved.

    Raises UserError where the file can't be read.
    """
    with _explained("打开", path):
        _must_be_ours(path)
        with _readable(path) as readable, _connected(readable) as connection:
            return _revision(connection)


def note(path: Path, key: str) -> str:
    """Return what the file says about itself: `id` is the same in all copies of a document; "" for nothing.

    Raises UserError where the file can't be read.
    """
    with _explained("打开", path):
        _must_be_ours(path)
        with _readable(path) as readable, _connected(readable) as connection:
            return meta_text(connection, key)


def last_save(path: Path) -> Save | None:
    """Return who saved the file last; None where that can't be told."""
    try:
        moment, _, computer = note(path, "saved").partition(" ")
        return Save(datetime.fromisoformat(moment), computer)
    except (UserError, ValueError):
        return None


def save(path: Path, revision: int, last_saved: Answers, answers: Answers) -> int:
    """Write what differs from what was saved last, in one transaction; return the new revision.

    Raises ChangedElsewhere when the file no longer has `revision`, and UserError where the file is gone,
    held by another program or can't be written; in every case the file stays as it was.
    """
    gone, changed = differing(last_saved, answers)
    if not gone and not changed:
        return revision
    with _explained("保存", path):
        _must_be_ours(path)
        if _is_converted(path):
            raise UserError(f"“{path.name}”：{_why_read_only(path)}")
        with _connected(path) as connection:
            connection.execute("BEGIN IMMEDIATE")
            _upgrade_file(connection, path)
            raised = _raise_revision(connection, path, revision)
            for table, key in gone:
                connection.execute(table.removal, key)
            for (table, key), values in changed.items():
                connection.execute(table.entry, key + values)
            connection.execute(META.entry, ("saved", _now_and_here()))
            connection.execute("COMMIT")
    return raised


def backup(path: Path, folder: Path | None = None, now: datetime | None = None) -> Path:
    """Copy the file into `folder`, else into 备份 beside it, under its name and the time; return the copy.

    The copy is read back and compared, and never takes the place of another file. Raises UserError.
    """
    time = (now or datetime.now()).isoformat(" ", "seconds").replace(":", "-")
    stem = (folder or path.parent / BACKUPS) / f"{path.stem} {time}"
    with _explained("备份", path):
        return _write_free(stem, path.suffix, _content(path))


def content(path: Path) -> bytes:
    """Return the bytes of the file as no program is just changing them. Raises UserError."""
    with _explained("读取", path):
        return _content(path)


def save_copy(path: Path, target: Path) -> None:
    """Put a copy of the file in the place of `target`, read back and compared before. Raises UserError."""
    copied = content(path)
    with _explained("写入", target):
        _must_be_another(path, target)
        _settle(target)
        write_whole(target, copied)


def save_as(path: Path, target: Path, answers: Answers) -> int:
    """Put a copy of the file that says `answers` in the place of `target`, and return its revision.

    Where the file can no longer be read, the answers alone are written. Raises UserError.
    """
    with _explained("写入", target):
        _must_be_another(path, target)
    try:
        save_copy(path, target)
        copied = open_document(target)
    except UserError:
        return create(target, answers, replace=True)
    return save(target, copied.revision, copied.answers, answers)


def _must_be_another(path: Path, target: Path) -> None:
    if path.exists() and target.exists() and target.samefile(path):
        raise UserError(f"“{target.name}”就是正在填写的文件。", "请换一个文件名或文件夹。")


def _write_free(stem: Path, suffix: str, content: bytes) -> Path:
    names = (f"{stem.name}（{n}）{suffix}" if n > 1 else stem.name + suffix for n in count(1))
    path = next(path for path in map(stem.with_name, names) if not path.exists())
    write_new(path, content)
    return path


def _content(path: Path) -> bytes:
    _must_be_ours(path)
    with _readable(path) as readable, _connected(readable) as connection:
        connection.execute("BEGIN")
        _revision(connection)
        return connection.serialize()


def _settle(path: Path) -> None:
    """Before a file takes the place of `path`: its journal would be played into the new one."""
    with suppress(UserError, OSError, sqlite3.Error):
        _content(path)
    _journal(path).unlink(missing_ok=True)


# --- opening


def _must_be_ours(path: Path) -> None:
    """Look at the head of the file before SQLite does: another program's file is left alone."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if not head:
        raise UserError(f"“{path.name}”是空文件。", "它可能没有复制完整，请重新复制，或打开较早的备份。")
    if not any(head) or (len(head) < _HEADER_BYTES and head[:16] == MAGIC[: len(head)]):
        raise _damaged(path)
    if not head.startswith(MAGIC) or head[68:72] != _APPLICATION_ID:
        raise _of_another_kind(path)
    if head[18:20] not in (_OUR_JOURNAL, _OTHER_JOURNAL):
        raise _damaged(path)


def _of_another_kind(path: Path) -> UserError:
    with path.open("rb") as file:
        kind = kind_of(file.read(_BEGINNING_BYTES))
    is_told = kind and not kind.startswith(("自评簿", "压缩包"))
    what = f"，是{kind}" if is_told else ""
    return UserError(f"“{path.name}”不是自评簿文件{what}。", "请核对是不是选错了文件；它没有被改动。")


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    name = path.absolute().as_posix()
    uri = f"file://{quote(name if name.startswith('/') else '/' + name)}?mode=rw"
    with closing(sqlite3.connect(uri, PATIENCE_S, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = EXTRA")
        yield connection


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    """Yield where the file can be read: a copy, where its journal can't be played into itself.

    So it is on a read-only disk, and where another program has given it a journal of another kind.
    """
    if not _is_converted(path) and not (_journal(path).exists() and _why_read_only(path)):
        yield path
        return
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, path.name)
        for one in (path, _journal(path), _journal(path, "-wal")):
            if one.exists():
                copyfile(one, Path(folder, one.name))
        if _is_converted(copy):
            with _connected(copy) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        yield copy


def _journal(path: Path, ending: str = "-journal") -> Path:
    return path.with_name(path.name + ending)


def _is_converted(path: Path) -> bool:
    """Whether a database program has put the file into another mode (WAL), which we never write."""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)[18:20] == _OTHER_JOURNAL


def _why_read_only(path: Path) -> str:
    if _is_converted(path):
        return "文件被其他数据库程序改成了另一种存储方式，只能查看和导出；要修改请另存一份。"
    if not access(path, W_OK):
        return "文件是只读的，只能查看和导出；要修改请另存一份。"
    if not access(path.parent, W_OK):
        return "文件所在的文件夹不允许写入，只能查看和导出；要修改请另存一份。"
    return ""


# --- formats


def _format() -> int:
    """The format that this program writes."""
    return 1 + len(_UPGRADES)


def _format_of(connection: sqlite3.Connection) -> int:
    found = number(connection, "PRAGMA user_version")
    if found < 1:
        raise sqlite3.DatabaseError(f"no format: {found}")
    return found


def _upgrade(connection: sqlite3.Connection) -> None:
    for statements in _UPGRADES[_format_of(connection) - 1 :]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_format()}")


def _upgrade_file(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file to our format within the transaction, after a copy of it as it was."""
    found = _format_of(connection)
    if found > _format():
        raise _too_new(path, "本版本不能修改它")
    if found < _format():
        _write_free(path, ".bak", connection.serialize())
        _upgrade(connection)


# --- reading


def _stored(connection: sqlite3.Connection, path: Path) -> Stored:
    connection.execute("BEGIN")
    if meta_number(connection, "min_reader") > _format():
        raise _too_new(path, "本版本打不开它")
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise _damaged(path)
    found, revision = _format_of(connection), _revision(connection)
    if found > _format():
        why = "文件由更新版本的自评簿保存，只能查看和导出；要修改请升级程序。"
        return Stored(answers_in(connection), revision, why)
    if found == _format():
        return Stored(answers_in(connection), revision)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as upgraded:
        connection.backup(upgraded)
        _upgrade(upgraded)
        return Stored(answers_in(upgraded), revision)


def _revision(connection: sqlite3.Connection) -> int:
    return meta_number(connection, "revision")


# --- writing


def _raise_revision(connection: sqlite3.Connection, path: Path, revision: int) -> int:
    raised = _later(revision)
    update = "UPDATE meta SET value = ? WHERE key = 'revision' AND value = ?"
    if connection.execute(update, (raised, revision)).rowcount != 1:
        raise ChangedElsewhere(
            f"“{path.name}”已被另一个程序保存过，这里的修改没有写入，以免覆盖对方的内容。",
            "请重新打开这个文件，或把这里的内容另存一份。",
        )
    return raised


def _later(revision: int) -> int:
    """A higher revision, by a random step: copies that went separate ways never have the same."""
    return revision + 1 + int.from_bytes(urandom(4), "big")


def this_computer() -> str:
    """Return the name that this computer has on the network."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _now_and_here() -> str:
    return f"{datetime.now().isoformat('T', 'seconds')} {this_computer()}"


def _new_file(answers: Answers, revision: int, notes: Notes = _NO_NOTES) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA application_id = {int.from_bytes(_APPLICATION_ID, 'big')}")
        connection.execute(f"PRAGMA user_version = {_format()}")
        head: Records = {
            (META, ("min_reader",)): (_MIN_READER,),
            (META, ("revision",)): (revision,),
            **{(META, (key,)): (text,) for key, text in notes.items()},
        }
        for (table, key), values in (head | records(answers)).items():
            connection.execute(table.entry, key + values)
        return connection.serialize()


# --- what can go wrong

_ERRNOS = {
    sqlite3.SQLITE_BUSY: EBUSY,
    sqlite3.SQLITE_LOCKED: EBUSY,
    sqlite3.SQLITE_READONLY: EROFS,
    sqlite3.SQLITE_PERM: EACCES,
    sqlite3.SQLITE_FULL: ENOSPC,
    sqlite3.SQLITE_IOERR: EIO,
}


@contextmanager
def _explained(doing: str, path: Path) -> Iterator[None]:
    try:
        with refusals(doing, path):
            yield
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise _explanation(doing, path, error) from error


def _explanation(doing: str, path: Path, error: sqlite3.Error) -> UserError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more than we need
    if code == sqlite3.SQLITE_CANTOPEN:
        return refusal(doing, path, EACCES if path.exists() else ENOENT, error)
    return refusal(doing, path, _ERRNOS[code], error) if code in _ERRNOS else _damaged(path)


def _damaged(path: Path) -> UserError:
    return UserError(f"“{path.name}”已损坏，读不出来。", "它没有被改动；请打开较早的备份。")


def _too_new(path: Path, problem: str) -> UserError:
    return UserError(f"“{path.name}”由更新版本的自评簿保存，{problem}。", "请升级程序后再打开。")
