"""The document file when things go wrong: the last good file stays, and nothing is touched that is not ours.

Requirements, each test names its own:
 1. damaged and foreign files get a clear message and are not touched
 2. whatever write fails, the last good file stays
 3. what a killed program leaves behind is taken back
 4. files and folders that can't be written
"""

import errno
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from model.basics import files
from model.basics.errors import UserError
from model.document import store
from tests.stored import FIRST, SECOND, form, opened, state

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "某中心 2022.zpb"


@pytest.fixture
def saved(path):
    """Return a document file that holds FIRST, and its revision."""
    return path, store.create(path, FIRST)


# -- 1 damaged and foreign ------------------------------------------------------------------------

OURS = store._new_file(FIRST, 7)


def changed_at(place, data):
    return OURS[:place] + data + OURS[place + len(data) :]


def other_database(**pragmas):
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE text (form TEXT)")
        for name, value in pragmas.items():
            connection.execute(f"PRAGMA {name} = {value}")
        return connection.serialize()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "是空文件。它可能没有复制完整"),
        (b"PK\3\4 a workbook", "不是自评簿文件。请核对是不是选错了文件"),
        ("一封信".encode(), "不是自评簿文件"),
        (OURS[:9] + b"x", "不是自评簿文件"),
        (other_database(), "不是自评簿文件"),
        (other_database(application_id=7), "不是自评簿文件"),
        (bytes(4096), "已损坏，读不出来。它没有被改动；请打开较早的备份。"),
        (OURS[:9], "已损坏"),
        (OURS[:99], "已损坏"),
        (OURS[:100], "已损坏"),
        (OURS[: len(OURS) // 2], "已损坏"),
        (OURS[:-5000], "已损坏"),
        (changed_at(18, b"\3\3"), "已损坏"),
        (b"PK\3\4 [Content_Types].xml xl/workbook.xml", "不是自评簿文件，是 Excel 工作簿（.xlsx）。请核对"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "不是自评簿文件，是旧版 Excel 或 Word 文件"),
        (changed_at(100, bytes(4000)), "已损坏"),
        (changed_at(len(OURS) // 2, bytes(len(OURS) // 2)), "已损坏"),
        (other_database(application_id=int.from_bytes(b"zpb1", "big")), "已损坏"),
    ],
)
def test_1_damaged_and_foreign_files_get_a_message_and_are_not_touched(path, content, message):
    path.write_bytes(content)
    before = state(path)
    with pytest.raises(UserError) as caught:
        store.open_document(path)
    assert str(caught.value).startswith(f"“某中心 2022.zpb”{message}")
    with pytest.raises(UserError):
        store.save(path, 7, FIRST, SECOND)
    with pytest.raises(UserError):
        store.create(path, FIRST)
    assert state(path) == before


def in_wal_mode(path, *statements):
    """What a database program leaves behind: the mode in the file, the last edits beside it."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    for statement in statements:
        connection.execute(statement)
    return connection


def test_1_a_file_in_another_mode_is_read_with_its_last_edits_and_can_be_saved_elsewhere(path, tmp_path):
    store.create(path, FIRST)
    edit = "UPDATE meta SET value = '2026-11-20T14:31:05 PC-03' WHERE key = 'saved'"
    with closing(in_wal_mode(path, edit)):
        before = state(path)
        found = store.open_document(path)
        assert found.read_only == (
            "文件被其他数据库程序改成了另一种存储方式，只能查看和导出；要修改请另存一份。"
        )
        assert found.answers == FIRST
        assert store.last_save(path).computer == "PC-03"  # stands in the file beside it alone
        with pytest.raises(UserError, match="另存一份"):
            store.save(path, found.revision, found.answers, SECOND)
        assert state(path) == before
        elsewhere = tmp_path / "另存.zpb"
        store.save_as(path, elsewhere, found.answers)
    again = store.open_document(elsewhere)
    assert (again.answers, again.read_only) == (found.answers, "")
    assert elsewhere.read_bytes()[18:20] == b"\1\1"


def test_1_a_file_in_another_mode_alone_is_read(path):
    path.write_bytes(changed_at(18, b"\2\2"))
    found = store.open_document(path)
    assert found.answers == FIRST
    assert "只能查看和导出" in found.read_only


def test_1_whatever_bytes_a_disk_loses_no_wrong_text_is_shown(path):
    chance, noticed = random.Random(4), 0
    answers = FIRST.with_form("p2", form(g1__text="长" * 5000, i1__reason="线路故障" * 300))
    whole = store._new_file(answers, 7)
    for n in range(300):
        length = chance.choice((1, 16, 512, 4096))
        place = chance.randrange(len(whole) - length)
        lost = bytes(length) if n % 2 else chance.randbytes(length)
        path.write_bytes(whole[:place] + lost + whole[place + length :])
        before = state(path)
        try:
            assert texts_of(opened(path)) == texts_of(answers)
        except UserError:
            noticed += 1
        assert state(path) == before
    assert noticed > 100


def texts_of(answers):
    return {key: (found.texts, found.given, found.extra) for key, found in answers}


def test_1_a_folder_is_no_document(tmp_path):
    with pytest.raises(UserError, match=r"无法打开“.*”：这是一个文件夹"):
        store.open_document(tmp_path)


# -- 2 failing writes -----------------------------------------------------------------------------


class Failing(sqlite3.Connection):
    """A connection whose nth statement finds the disk broken."""

    left = 0

    def execute(self, *arguments):
        Failing.left -= 1
        if Failing.left < 0:
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
            raise error
        return super().execute(*arguments)


def test_2_whatever_statement_fails_the_last_good_file_stays(saved, monkeypatch):
    path, revision = saved
    before, connect = state(path), sqlite3.connect

    def message_when_failing_at(n):
        Failing.left = n
        with monkeypatch.context() as patch:
            patch.setattr(sqlite3, "connect", lambda *a, **more: connect(*a, factory=Failing, **more))
            try:
                store.save(path, revision, FIRST, SECOND.without_form("d"))
            except UserError as error:
                return error.message
        return ""

    failures = 0
    while said := message_when_failing_at(failures):
        assert said == "无法保存“某中心 2022.zpb”：磁盘读写出错。"
        assert state(path) == before
        failures += 1
    assert failures > 5
    assert opened(path) == SECOND.without_form("d")


WRITE_LESS_AND_LESS = """
import resource, sys
from pathlib import Path
from model.document import store
from model.document.answers import Answers, FormAnswers
from model.basics.errors import UserError

path, failed = Path(sys.argv[1]), 0
good = Answers({f"p{n}": FormAnswers("x", {f"i{i}.name": "培训" * 50 for i in range(20)}) for n in range(9)})
revision = store.create(path, good)
everything = resource.getrlimit(resource.RLIMIT_FSIZE)
limit = 0
while True:
    more = Answers({key: FormAnswers("x", {"i1.name": f"{limit}" + "长" * 9000}) for key, form in good})
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, everything[1]))
    try:
        store.save(path, revision, good, more)
    except UserError as error:
        assert "磁盘" in error.message, error
        failed += 1
    else:
        break
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, everything)
    assert store.open_document(path) == store.Stored(good, revision), limit
    limit += 512
assert store.open_document(path).answers == more
print(failed)
"""


def test_2_however_little_can_be_written_the_last_good_file_stays(path):
    pytest.importorskip("resource")
    failed = int(python(WRITE_LESS_AND_LESS, path))
    assert failed > 100


def python(code, *arguments, **options):
    """Run code in a process of its own and return what it prints."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_2_a_full_disk_is_named(saved, monkeypatch):
    path, revision = saved
    before = state(path)
    connect = sqlite3.connect

    def full(*arguments, **more):
        connection = connect(*arguments, **more)
        connection.execute("PRAGMA max_page_count = 1")  # as many as there are
        return connection

    monkeypatch.setattr(sqlite3, "connect", full)
    longer = FIRST.with_form("p1", form(g1__text="长" * 90000))
    with pytest.raises(UserError, match=r"无法保存“某中心 2022.zpb”：磁盘空间不足。请清理磁盘"):
        store.save(path, revision, FIRST, longer)
    assert state(path) == before


def refused(*arguments, **more):
    raise OSError(errno.ENOSPC, "No space left on device")


ACTIONS = {
    "create": lambda path: store.create(path.with_name("new.zpb"), SECOND),
    "replace": lambda path: store.create(path, SECOND, replace=True),
    "backup": store.backup,
    "copy": lambda path: store.save_copy(path, path.with_name("copy.zpb")),
    "elsewhere": lambda path: store.save_as(path, path.with_name("elsewhere.zpb"), SECOND),
}
NAMING = ("replace", "rename")  # by the second a new file gets its name in Windows


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
@pytest.mark.parametrize(
    ("owner", "calls"),
    [(files, ["_write"]), (os, ["fsync"]), (os, NAMING), (Path, ["mkdir"]), (Path, ["open"])],
)
def test_2_whatever_call_fails_no_file_is_lost_and_none_left_over(saved, monkeypatch, action, owner, calls):
    path, _ = saved
    before = state(path)
    for call in calls:
        monkeypatch.setattr(owner, call, refused)
    with pytest.raises(UserError, match="磁盘空间不足"):
        action(path)
    monkeypatch.undo()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before[:2]
    assert [found for found in path.parent.rglob("*") if found.is_file()] == [path]


@pytest.mark.parametrize(
    "written", [lambda data: data[:-1] + b"?", lambda data: data[:-1], lambda data: data + b"?"]
)
def test_2_what_reads_back_differently_replaces_nothing(saved, monkeypatch, written):
    path, _ = saved
    target = path.with_name("copy.zpb")
    target.write_bytes(b"old")
    monkeypatch.setattr(files, "_write", lambda made, data: made.write_bytes(written(data)))
    with pytest.raises(UserError, match=r"无法写入“copy.zpb”：磁盘读写出错"):
        store.save_copy(path, target)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert sorted(path.parent.iterdir()) == sorted([path, target])


def test_2_a_file_that_a_disk_gives_only_in_part_is_not_copied(saved, monkeypatch):
    path, _ = saved
    target = path.with_name("copy.zpb")
    path.write_bytes(path.read_bytes() + bytes(9))  # more than the document is no part of it
    store.save_copy(path, target)
    assert target.read_bytes() == path.read_bytes()[:-9]
    before, real = target.read_bytes(), Path.open

    def short(self, *mode):
        return BytesIO(path.read_bytes()[:5000]) if mode == ("rb",) else real(self, "rb")

    monkeypatch.setattr(Path, "open", short)
    monkeypatch.setattr(Path, "read_bytes", lambda self: real(self, "rb").read())
    with pytest.raises(UserError, match="磁盘读写出错"):
        store.save_copy(path, target)
    monkeypatch.undo()
    assert target.read_bytes() == before


def test_2_an_unknown_error_is_told_as_the_system_tells_it(saved, monkeypatch):
    def strange(*_):
        raise OSError(errno.ELOOP, "Too many levels")

    for call in NAMING:
        monkeypatch.setattr(os, call, strange)
    with pytest.raises(UserError, match=r"系统报告“Too many levels”"):
        store.backup(saved[0])


# -- 3 what a killed program leaves ---------------------------------------------------------------

DIE_WHILE_WRITING = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE text SET text = text || '半途', sum = 0")
for n in range(300):
    connection.execute("INSERT INTO text VALUES ('p1', 'typed', ?, ?, 0)", (f"i{n}.name", "长" * 300))
os._exit(1)
"""


@pytest.fixture
def half_written(saved):
    """Return a document file whose program was killed while it wrote the file."""
    path, revision = saved
    whole = path.read_bytes()
    subprocess.run([sys.executable, "-c", DIE_WHILE_WRITING, str(path)])
    assert path.with_name(path.name + "-journal").stat().st_size > 512
    assert path.read_bytes() != whole
    return path, revision


def test_3_half_done_work_is_taken_back_at_the_next_opening(half_written):
    path, revision = half_written
    assert store.open_document(path) == store.Stored(FIRST, revision)
    assert list(path.parent.iterdir()) == [path]


def test_3_or_at_the_next_saving(half_written):
    path, revision = half_written
    store.save(path, revision, FIRST, SECOND)
    assert opened(path) == SECOND


def test_3_a_backup_and_a_copy_are_whole(half_written):
    path, _ = half_written
    copy = store.backup(path)
    assert opened(copy) == FIRST
    assert list(copy.parent.iterdir()) == [copy]


@pytest.mark.parametrize("gone", [False, True])
def test_3_a_journal_never_comes_into_another_file(half_written, tmp_path, gone):
    path, _ = half_written
    if gone:
        path.unlink()
    store.create(path, SECOND, replace=not gone)
    assert opened(path) == SECOND


def test_3_nor_into_a_copy_that_takes_its_place(half_written, tmp_path):
    path, _ = half_written
    source = tmp_path / "source.zpb"
    store.create(source, SECOND)
    store.save_copy(source, path)
    assert opened(path) == SECOND


# -- 4 read-only ----------------------------------------------------------------------------------

AS_A_USER = """
import os, sys
from pathlib import Path
from model.document import store
from model.document.answers import Answers, FormAnswers
from model.basics.errors import UserError

if hasattr(os, "setuid") and os.getuid() == 0:
    os.setuid(65534)
path = Path(sys.argv[1])
stored = store.open_document(path)
print(stored.read_only)
print(stored.answers.forms["p1"].text("i2.actual"))
print(store.saved_revision(path) == stored.revision)
try:
    store.save(path, stored.revision, stored.answers, Answers({}))
except UserError as error:
    print(error)
"""


@pytest.fixture
def public_folder():
    """A folder that a user without rights can look into."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_4_a_read_only_file_says_so_and_stays(public_folder):
    path = public_folder / "a.zpb"
    store.create(path, FIRST)
    path.chmod(0o444)
    public_folder.chmod(0o777)
    before = state(path)
    assert python(AS_A_USER, path).splitlines() == [
        "文件是只读的，只能查看和导出；要修改请另存一份。",
        "7",
        "True",
        "无法保存“a.zpb”：文件或磁盘是只读的。请换一个位置。",
    ]
    assert state(path) == before


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_4_a_read_only_folder_says_so_and_the_file_stays(public_folder):
    path = public_folder / "a.zpb"
    store.create(path, FIRST)
    path.chmod(0o666)
    public_folder.chmod(0o555)
    before = state(path)
    lines = python(AS_A_USER, path).splitlines()
    assert lines[:3] == ["文件所在的文件夹不允许写入，只能查看和导出；要修改请另存一份。", "7", "True"]
    assert lines[3].startswith("无法保存“a.zpb”：")
    assert state(path) == before


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_4_on_a_read_only_disk_half_done_work_is_taken_back_in_a_copy(half_written, public_folder):
    for found in half_written[0].parent.iterdir():
        shutil.copy(found, public_folder)
    path = public_folder / half_written[0].name
    for found in public_folder.iterdir():
        found.chmod(0o444)
    public_folder.chmod(0o555)
    before = state(path)
    lines = python(AS_A_USER, path).splitlines()
    assert lines[:3] == ["文件是只读的，只能查看和导出；要修改请另存一份。", "7", "True"]
    assert state(path) == before
