"""The document file (.zpb): SQLite, opened, read or written in one transaction, and closed each time.

The file is whole at every moment and can be copied or mailed while the program runs. A program that is
killed while it writes leaves a journal beside the file, with which the next one takes the half-done work
back.
"""

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from errno import EEXIST, EIO
from itertools import count
from os import urandom
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import quote

from model.basics.errors import UserError
from model.basics.files import short_stem, write_new, write_whole
from model.document.answers import Answers
from model.document.file_head import APPLICATION_ID, is_converted, must_be_ours, why_read_only
from model.document.journal import journal
from model.document.records import (
    FRAME,
    META,
    SCHEMA,
    Key,
    Records,
    answers_in,
    differing,
    frame,
    meta_number,
    meta_text,
    must_have_its_frame,
    number,
    records,
)
from model.document.slim import file_bytes, has_evidence, is_whole, without_evidence
from model.document.soundness import must_be_sound
from model.document.store_errors import damaged, explained, too_new
from model.document.tables_check import must_hold_our_tables, shield, within_time

SUFFIX = ".zpb"
BACKUPS = "备份"  # the folder beside a document where its backups go
PATIENCE_S = 2.0  # with another program that is writing the file

Notes = Mapping[str, str]  # what a file says about itself beside the document
_NO_NOTES: Notes = {}
_MIN_READER = 1  # the oldest format whose programs can still read the files of this one
_UPGRADES: tuple[tuple[str, ...], ...] = ()  # the statements from format 1 to 2, from 2 to 3 …


class Stored(NamedTuple):
    """A document as it was read; `read_only` says in a sentence why it can't be saved, "" if it can.
    `in_file` is what the file says itself, where opening it has made something else of that."""

    answers: Answers
    revision: int
    read_only: str = ""
    in_file: Answers | None = None


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
    with explained("建立", path):
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
    with explained("打开", path):
        must_be_ours(path)
        with _readable(path) as readable, _connected(readable) as connection:
            stored = _stored(connection, path)
        return stored._replace(read_only=stored.read_only or why_read_only(path))


def saved_revision(path: Path) -> int:
    """Return the revision that the file has now: another than one's own says that somebody else saved.

    Raises UserError where the file can't be read.
    """
    with explained("打开", path):
        must_be_ours(path)
        with _readable(path) as readable, _connected(readable) as connection:
            return _revision(connection)


def note(path: Path, key: str) -> str:
    """Return what the file says about itself: `id` is the same in all copies of a document; "" for nothing.

    Raises UserError where the file can't be read.
    """
    with explained("打开", path):
        must_be_ours(path)
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
    raised = _later(revision)
    with explained("保存", path):
        must_be_ours(path)
        if is_converted(path):
            raise UserError(f"“{path.name}”：{why_read_only(path)}")
        is_at_the_end = False
        try:
            with _connected(path, is_writing=True) as connection:
                connection.execute("BEGIN IMMEDIATE")
                _must_be_plain(connection)
                _upgrade_file(connection, path)
                _raise_revision(connection, path, revision, raised)
                _write(connection, gone, changed, frame(answers, raised))
                is_at_the_end = True
                connection.execute("COMMIT")
        except sqlite3.Error:
            if not (is_at_the_end and _has_revision(path, raised)):  # else it is saved, whatever was said
                raise
    return raised


def _write(connection: sqlite3.Connection, gone: Iterable[Key], changed: Records, said_frame: str) -> None:
    for table, key in gone:
        connection.execute(table.removal, key)
    for (table, key), values in changed.items():
        connection.execute(table.entry, key + values)
    connection.execute(META.entry, ("saved", _now_and_here()))
    connection.execute(META.entry, (FRAME, said_frame))


def _has_revision(path: Path, revision: int) -> bool:
    """Whether the file has a revision, as a program sees it that opens it anew."""
    try:
        return saved_revision(path) == revision
    except UserError:
        return False


def backup(path: Path, folder: Path | None = None, now: datetime | None = None, ending: str = "") -> Path:
    """Copy the file into `folder`, else into 备份 beside it, under its name, the time and an ending; return
    the copy.

    Evidence stays in the document alone.

    The copy is read back and compared, and never takes the place of another file. Raises UserError.
    """
    time = (now or datetime.now()).isoformat(" ", "seconds").replace(":", "-")
    stem = (folder or path.parent / BACKUPS) / f"{short_stem(path)} {time}{ending}"
    with explained("备份", path):
        return _write_free(stem, path.suffix, _content(path, with_evidence=False))


def content(path: Path) -> bytes:
    """Return the bytes of the file as no program is just changing them. Raises UserError."""
    with explained("读取", path):
        return _content(path)


def save_copy(path: Path, target: Path) -> None:
    """Put a copy of the file in the place of `target`, read back and compared before. Raises UserError."""
    copied = content(path)
    with explained("写入", target):
        _must_be_another(path, target)
        _settle(target)
        write_whole(target, copied)


def save_as(path: Path, target: Path, answers: Answers) -> int:
    """Put a copy of the file that says `answers` in the place of `target`, and return its revision.

    Where the file can no longer be read, the answers alone are written. Raises UserError.
    """
    with explained("写入", target):
        _must_be_another(path, target)
    try:
        copied = content(path)
        open_document(path)
    except UserError:
        return create(target, answers, replace=True)
    revisions: list[int] = []
    with explained("写入", target):
        _settle(target)
        write_whole(target, copied, lambda made: revisions.append(_say(made, answers)))
    return revisions[0]


def _say(path: Path, answers: Answers) -> int:
    """Let a file that nobody else has say other answers; what they do not hold stays. Return its revision."""
    with _connected(path, is_writing=True) as connection:
        _must_be_plain(connection)
        stored = _stored(connection, path)
        connection.execute("ROLLBACK")
        connection.execute("BEGIN IMMEDIATE")
        if _format_of(connection) != _format():
            _upgrade(connection)
        revision = _later(stored.revision)
        _raise_revision(connection, path, stored.revision, revision)
        _write(connection, *differing(stored.answers, answers), frame(answers, revision))
        connection.execute("COMMIT")
    return revision


def _must_be_another(path: Path, target: Path) -> None:
    if path.exists() and target.exists() and target.samefile(path):
        raise UserError(f"“{target.name}”就是正在填写的文件。", "请换一个文件名或文件夹。")


def _write_free(stem: Path, suffix: str, content: bytes) -> Path:
    names = (f"{stem.name}（{n}）{suffix}" if n > 1 else stem.name + suffix for n in count(1))
    write_new(path := next(path for path in map(stem.with_name, names) if not path.exists()), content)
    return path


def _content(path: Path, with_evidence: bool = True) -> bytes:
    must_be_ours(path)
    with _readable(path) as readable, _connected(readable) as connection:
        connection.execute("BEGIN")
        _revision(connection)
        if not with_evidence and has_evidence(connection):
            return without_evidence(connection)
        return file_bytes(connection, readable)


def _read_whole(connection: sqlite3.Connection) -> bytes:
    """Return the file while it is being written: to open it beside SQLite would end our locks on it.

    What SQLite can't read from the disk it serializes as zeros, and copies not at all. Raises sqlite3.Error,
    or OSError where the two differ behind the head of the file.
    """
    found = connection.serialize()
    with closing(sqlite3.connect(":memory:")) as copy:
        connection.backup(copy)
        if copy.serialize()[100:] != found[100:]:  # before that a copy counts its own changes
            raise OSError(EIO, "what was read reads back differently")
    return found


def _settle(path: Path) -> None:
    """Before a file takes the place of `path`: its journal would be played into the new one."""
    with suppress(UserError, OSError, sqlite3.Error):
        must_be_ours(path)
        with _readable(path) as readable, _connected(readable) as connection:
            _revision(connection)
    journal(path).unlink(missing_ok=True)


# --- opening


@contextmanager
def _connected(path: Path, is_writing: bool = False) -> Iterator[sqlite3.Connection]:
    """Yield a connection behind which nothing but our tables can be, and which can't go on for ever."""
    name = path.absolute().as_posix()
    uri = f"file://{quote(name if name.startswith('/') else '/' + name)}?mode=rw"
    with closing(sqlite3.connect(uri, PATIENCE_S, uri=True, isolation_level=None)) as connection:
        shield(connection)
        connection.execute("PRAGMA synchronous = EXTRA")
        if not is_writing:  # which looks at the tables itself, once it has the file for itself
            within_time(connection)
            _must_be_plain(connection)
        yield connection


def _must_be_plain(connection: sqlite3.Connection) -> None:
    is_our_format = _format_of(connection) == _format()
    must_hold_our_tables(connection, is_our_format, more=(s for upgrade in _UPGRADES for s in upgrade))


@contextmanager
def _readable(path: Path) -> Iterator[Path]:
    """Yield where the file can be read: a copy, where its journal can't be played into itself.

    So it is on a read-only disk, and where another program has given it a journal of another kind.
    """
    if not is_converted(path) and not (journal(path).exists() and why_read_only(path)):
        yield path
        return
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, path.name)
        for one in (path, journal(path), journal(path, "-wal")):
            if one.exists():
                copyfile(one, Path(folder, one.name))
        if is_converted(copy):
            with _connected(copy) as connection:
                connection.execute("PRAGMA journal_mode = DELETE")
        yield copy


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
        raise too_new(path, "本版本不能修改它")
    if found < _format():
        with _connected(path) as reading:  # which the transaction lets read what was there before it
            reading.execute("BEGIN")
            _write_free(path, ".bak", _read_whole(reading))
        _upgrade(connection)


# --- reading


def _stored(connection: sqlite3.Connection, path: Path) -> Stored:
    connection.execute("BEGIN")
    if meta_number(connection, "min_reader") > _format():
        raise too_new(path, "本版本打不开它")
    if not is_whole(connection):
        raise damaged(path)
    found, revision = _format_of(connection), _revision(connection)
    if found > _format():
        why = "文件由更新版本的自评簿保存，只能查看和导出；要修改请升级程序。"
        return Stored(_sound(connection), revision, why)
    if found == _format():
        must_have_its_frame(connection, answers := _sound(connection))
        return Stored(answers, revision)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as upgraded:
        connection.backup(upgraded)
        _upgrade(upgraded)
        return Stored(_sound(upgraded), revision)


def _sound(connection: sqlite3.Connection) -> Answers:
    answers = answers_in(connection)
    must_be_sound(answers)
    return answers


def _revision(connection: sqlite3.Connection) -> int:
    return meta_number(connection, "revision")


# --- writing


def _raise_revision(connection: sqlite3.Connection, path: Path, revision: int, raised: int) -> None:
    update = "UPDATE meta SET value = ? WHERE key = 'revision' AND value = ?"
    if connection.execute(update, (raised, revision)).rowcount != 1:
        raise ChangedElsewhere(
            f"“{path.name}”已被另一个程序保存过，这里的修改没有写入，以免覆盖对方的内容。",
            "请重新打开这个文件，或把这里的内容另存一份。",
        )


def _later(revision: int) -> int:
    """A higher revision, by a random step: copies that went separate ways never have the same."""
    return revision + 1 + int.from_bytes(urandom(4), "big")


def this_computer() -> str:
    """Return the name that this computer has on the network."""
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _now_and_here() -> str:
    return f"{datetime.now().isoformat('T', 'seconds')} {this_computer()}"


def _new_file(answers: Answers, revision: int, notes: Notes = _NO_NOTES) -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA application_id = {int.from_bytes(APPLICATION_ID, 'big')}")
        connection.execute(f"PRAGMA user_version = {_format()}")
        head: Records = {
            (META, ("min_reader",)): (_MIN_READER,),
            (META, ("revision",)): (revision,),
            (META, (FRAME,)): (frame(answers, revision),),
            **{(META, (key,)): (text,) for key, text in notes.items()},
        }
        for (table, key), values in (head | records(answers)).items():
            connection.execute(table.entry, key + values)
        return connection.serialize()
