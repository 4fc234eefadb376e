"""Saving under a bad star: a kill at any moment, a disk that fails at the last word, long names, new folders.

1. a new file, a copy and a file saved elsewhere: the old one or the whole new one, never half, never empty
2. what killed programs leave behind is swept away
3. after a COMMIT that failed the file is asked again, and nobody is accused
4. a disk that fails and a right that lacks are not called 只读
5. names of 230 bytes; new folders that outlive a power failure
"""

import errno
import os
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from model.basics import files
from model.basics.errors import UserError
from model.document import backups, file_head, rescue, store, store_errors
from tests.stored import FIRST, SECOND, opened, sql, state

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "某中心 2022.zpb"


@pytest.fixture
def saved(path):
    return path, store.create(path, FIRST)


# -- 1 ------------------------------------------------------------------------------------------------

ENDS_AT_THE_NTH_CALL = """
import os, sys
from pathlib import Path
from model.basics import files
from model.document import store
from tests.stored import FIRST, SECOND

left = int(sys.argv[3])

def ending(function):
    def call(*arguments, **more):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return function(*arguments, **more)
    return call

for owner, name in ((os, "fsync"), (os, "link"), (os, "rename"), (os, "replace"), (os, "open"), (os, "close"),
                    (files, "_write"), (Path, "unlink"), (Path, "read_bytes"), (Path, "mkdir")):
    setattr(owner, name, ending(getattr(owner, name)))
path, target = Path(sys.argv[1]), Path(sys.argv[2])
{
    "create": lambda: store.create(target, SECOND),
    "copy": lambda: store.save_copy(path, target),
    "elsewhere": lambda: store.save_as(path, target, SECOND),
    "backup": lambda: store.backup(path),
}[sys.argv[4]]()
os._exit(0)
"""


def ended_at(n: int, action: str, path: Path, target: Path) -> int:
    command = [sys.executable, "-c", ENDS_AT_THE_NTH_CALL, str(path), str(target), str(n), action]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


@pytest.mark.parametrize("action", ["create", "copy", "elsewhere", "backup"])
def test_1_wherever_a_program_is_killed_no_file_is_half_and_none_empty(tmp_path, action):
    calls, code = 0, 9
    while code == 9:
        folder = tmp_path / str(calls)
        folder.mkdir()
        path, target = folder / "a.zpb", folder / "新" / "b.zpb"
        store.create(path, FIRST)
        if action in ("copy", "elsewhere"):
            store.create(target, FIRST)
        code = ended_at(calls, action, path, target)
        assert opened(path) == FIRST
        for file in folder.rglob("*.zpb"):
            assert opened(file) in (FIRST, SECOND), (calls, file)
        calls += 1
    assert code == 0
    assert calls > 5
    if action != "backup":
        assert opened(target) == (FIRST if action == "copy" else SECOND)


def test_1_a_file_saved_elsewhere_appears_with_what_it_is_to_say(saved, tmp_path, monkeypatch):
    path, _ = saved
    sql(path, "INSERT INTO attachment (form, name, content) VALUES ('d', '批复.pdf', x'25')")
    target, seen = tmp_path / "b.zpb", []
    replace = files.replace
    monkeypatch.setattr(files, "replace", lambda one, other: seen.append(opened(one)) or replace(one, other))
    revision = store.save_as(path, target, SECOND)
    assert seen == [SECOND]
    assert (opened(target), store.saved_revision(target)) == (SECOND, revision)
    assert sql(target, "SELECT name FROM attachment") == [("批复.pdf",)]
    assert store.note(target, "id") == store.note(path, "id")
    store.save(target, revision, SECOND, FIRST)
    assert opened(target) == FIRST


def test_1_on_a_drive_without_links_a_new_file_takes_no_other_s_place(path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    store.create(path, FIRST)
    with pytest.raises(FileExistsError):
        files.write_new(path, b"x")
    assert opened(path) == FIRST
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name != "nt", reason="renaming takes another's place elsewhere")
def test_1_on_windows_the_name_is_never_empty_whatever_the_drive(path, monkeypatch):
    was_there = []
    rename = os.rename
    monkeypatch.setattr(os, "rename", lambda a, b: was_there.append(Path(b).exists()) or rename(a, b))
    store.create(path, FIRST)
    assert was_there == [False]
    assert opened(path) == FIRST


# -- 2 ------------------------------------------------------------------------------------------------


def test_2_temporary_files_are_swept_away_once_they_are_an_hour_old(saved):
    path, _ = saved
    folder = path.parent
    old, young, future = (folder / f"~0123456{n}.tmp" for n in "789")
    others = [folder / "~$报告.docx", folder / "~0123456.tmp", folder / "a.tmp", folder / "~0123456g.tmp"]
    now = time.time()
    for file in (old, young, future, *others):
        file.write_bytes(b"x")
    for file, age in ((old, 4000), (young, 60), (future, -4000), *((one, 4000) for one in others)):
        os.utime(file, (now - age, now - age))
    backups.make(path)
    assert not old.exists()
    assert not future.exists()  # by a wrong clock
    assert young.exists()
    assert all(file.exists() for file in others)


def test_2_empty_backups_go_and_others_stay(saved):
    path, _ = saved
    folder = path.parent / store.BACKUPS
    kept = store.backup(path, now=datetime(2026, 1, 1))
    empty, fresh = (folder / f"某中心 2022 2026-01-0{n} 00-00-00.zpb" for n in (2, 3))
    for file in (empty, fresh):
        file.write_bytes(b"")
    os.utime(empty, (1, 1))
    backups.make(path)
    assert kept.exists()
    assert not empty.exists()
    assert fresh.exists()  # perhaps another program is just writing it


# -- 3 ------------------------------------------------------------------------------------------------


def failing_at_the_end(*, after: bool):
    """A connection whose COMMIT fails, after it has done its work or instead of it."""

    class Failing(sqlite3.Connection):
        def execute(self, statement, *arguments):
            if statement == "COMMIT":
                if after:
                    super().execute(statement)
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
                raise error
            return super().execute(statement, *arguments)

    connect = sqlite3.connect
    return lambda *arguments, **more: connect(*arguments, factory=Failing, **more)


def test_3_a_commit_that_worked_though_it_failed_is_a_save(saved, monkeypatch):
    path, revision = saved
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", failing_at_the_end(after=True))
        raised = store.save(path, revision, FIRST, SECOND)
    assert opened(path) == SECOND
    store.save(path, raised, SECOND, FIRST)  # and the next one accuses nobody
    assert opened(path) == FIRST


def test_3_a_commit_that_did_not_work_is_none(saved, monkeypatch):
    path, revision = saved
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", failing_at_the_end(after=False))
        with pytest.raises(UserError, match="磁盘读写出错"):
            store.save(path, revision, FIRST, SECOND)
    assert opened(path) == FIRST
    store.save(path, revision, FIRST, SECOND)
    assert opened(path) == SECOND


# -- 4 ------------------------------------------------------------------------------------------------


def refusing(number: int):
    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    return refuse


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "文件是只读的，"),
        (errno.EACCES, "文件没有修改的权限，"),
        (errno.EPERM, "文件没有修改的权限，"),
        (errno.EIO, "磁盘读写出错，"),
    ],
)
def test_4_opening_says_why_nothing_can_be_changed(saved, monkeypatch, number, said):
    path, _ = saved
    monkeypatch.setattr(file_head, "access", lambda *_: False)
    monkeypatch.setattr(os, "open", refusing(number))
    assert store.open_document(path).read_only == f"{said}只能查看和导出；要修改请另存一份。"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.EROFS, "文件或磁盘是只读的"),
        (errno.EACCES, "没有权限，或文件正被其他程序占用"),
        (errno.EIO, "磁盘读写出错"),
    ],
)
@pytest.mark.parametrize("code", [sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN])
def test_4_saving_asks_the_system_before_it_speaks_of_read_only(saved, monkeypatch, number, said, code):
    path, revision = saved
    before = state(path)
    connect = sqlite3.connect

    class ReadOnly(sqlite3.Connection):
        def execute(self, statement, *arguments):
            if statement.startswith("UPDATE"):
                error = sqlite3.OperationalError("attempt to write a readonly database")
                error.sqlite_errorcode = code
                raise error
            return super().execute(statement, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **more: connect(*a, factory=ReadOnly, **more))
        patch.setattr(os, "open", refusing(number))
        with pytest.raises(UserError, match=f"无法保存“某中心 2022.zpb”：{said}"):
            store.save(path, revision, FIRST, SECOND)
    assert state(path) == before


# -- 5 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["长" * 75 + "a" * 3, "x" * 228, "é" * 114])
def test_5_a_name_of_230_bytes_is_backed_up_and_rescued(tmp_path, name):
    path = tmp_path / f"{name}.zpb"
    revision = store.create(path, FIRST)
    store.save(path, revision, FIRST, SECOND)
    copies = [store.backup(path, now=datetime(2026, 1, 1)) for _ in range(3)]
    assert len({copy.name for copy in copies}) == 3
    assert [backup.path for backup in backups.found(path)] == copies[::-1]
    found = rescue.new_name(tmp_path / "rescue", path, datetime(2026, 1, 1))
    for _ in range(2):
        rescue.keep(found, path, revision, SECOND)
        rescue.finish(found)
        found = rescue.new_name(tmp_path / "rescue", path, datetime(2026, 1, 1))
    rescue.keep(found, path, revision, SECOND)
    assert [one.path for one in rescue.found(tmp_path / "rescue", datetime(2026, 1, 2))] == [found]
    assert opened(found) == SECOND
    assert all(len(file.name.encode()) <= 255 for file in tmp_path.rglob("*"))


def test_5_two_long_names_that_begin_alike_keep_their_own_backups(tmp_path):
    one, other = (tmp_path / f"{'长' * 70}{n}.zpb" for n in "12")
    for path in (one, other):
        store.create(path, FIRST)
        store.backup(path, now=datetime(2026, 1, 1))
    assert len(backups.found(one)) == len(backups.found(other)) == 1
    assert backups.found(one)[0].path != backups.found(other)[0].path


def test_5_the_folders_above_a_new_folder_are_synced(tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(files, "_keep_name", synced.append)
    store.create(tmp_path / "一" / "二" / "a.zpb", FIRST)
    assert set(synced) == {tmp_path, tmp_path / "一", tmp_path / "一" / "二"}
    synced.clear()
    store.create(tmp_path / "一" / "二" / "b.zpb", FIRST)
    assert synced == [tmp_path / "一" / "二"]


class Lacking(FileNotFoundError):
    """What Windows says of a path: 2, that nothing is there; 3, also where it is too long."""

    def __init__(self, winerror: int, *paths: Path) -> None:
        super().__init__(errno.ENOENT, "not found", *map(str, paths[:1]))
        self.winerror = winerror
        self.filename2 = str(paths[1]) if paths[1:] else None


def path_of(length: int, folder: Path) -> Path:
    while len(str(folder)) < length - 110:
        folder = folder / ("夹" * 50)
    return folder / f"{'a' * (length - len(str(folder)) - 5)}.zpb"


@pytest.mark.parametrize(
    ("length", "winerror", "has_room"), [(252, 3, False), (251, 3, True), (252, 2, True), (252, 206, False)]
)
def test_5_where_windows_has_no_room_for_the_journal_a_document_is_read_only(
    tmp_path, monkeypatch, length, winerror, has_room
):
    path = path_of(length, tmp_path)
    store.create(path, FIRST)
    lstat = Path.lstat

    def refusing_journals(one: Path) -> os.stat_result:
        if one.name.endswith("-journal"):
            raise Lacking(winerror, one)
        return lstat(one)

    monkeypatch.setattr(Path, "lstat", refusing_journals)
    assert ("合起来太长" in store.open_document(path).read_only) is not has_room
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    with pytest.raises(UserError) as told, store_errors.explained("保存", path):
        raise error
    assert ("合起来太长" in told.value.message) is not has_room


@pytest.mark.parametrize(("length", "said"), [(260, "合起来太长"), (259, "找不到文件")])
def test_5_a_new_name_that_is_too_long_for_windows_is_called_so(tmp_path, length, said):
    """The document is short, and so is the file that was to get the name."""
    error = Lacking(3, tmp_path / "~0.tmp", path_of(length, tmp_path))
    assert said in files.refusal("备份", tmp_path / "a.zpb", error.errno, error).message


# -- what SQLite can not read from a bad disk it serializes as zeros


class Holed(sqlite3.Connection):
    """A connection to a file of which the disk can not read a page."""

    def serialize(self, **more):
        found = super().serialize(**more)
        is_in_memory = not self.execute("PRAGMA database_list").fetchone()[2]
        return found if is_in_memory else found[:4096] + bytes(4096) + found[8192:]


def test_a_copy_with_a_hole_is_not_kept(saved, monkeypatch):
    """A copy that is made while the file is written; others are made of the bytes of the file."""
    path, revision = saved
    connect = sqlite3.connect
    monkeypatch.setattr(store, "_UPGRADES", (("CREATE TABLE letters (text TEXT)",),))
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **more: connect(*a, **{"factory": Holed} | more))
        with pytest.raises(UserError, match="磁盘读写出错"):
            store.save(path, revision, FIRST, SECOND)
    assert [found.name for found in path.parent.rglob("*") if found.is_file()] == [path.name]
    assert opened(path) == FIRST
