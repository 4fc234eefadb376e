"""定稿: what is locked stays byte for byte, whatever becomes of the document, and never without need."""

import errno
import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from io import BytesIO

import pytest

from export.locking import lock
from model.basics.errors import UserError
from model.document import backups, store
from model.document.answers import Answers
from model.forms.loader import shipped
from model.handin import versions
from model.reading.reading import read
from tests.handed_in import APRIL, changed, locked, settled, sound


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "自评簿.zpb"
    store.create(target, settled(sound()))
    return target


def all_files(path, number):
    found = next(version for version in versions.listed(path) if version.number == number)
    return {file.name: versions.file_of(path, number, file) for file in found.files}


def test_a_version_has_every_file_and_a_code_for_every_page(path):
    answers = store.open_document(path).answers
    version = locked(path, answers)
    [found] = versions.listed(path)
    assert found == version
    assert (found.number, found.locked, found.name, found.title) == (1, APRIL, "经办人甲", "定稿 1")
    names = [file.name for file in found.files]
    assert names[-1] == "文件清单.txt"
    numbered = [page for page in found.pages if page.page]
    assert sum(name.endswith(".pdf") for name in names) == len({page.file for page in numbered})
    assert sum(name.endswith(".docx") for name in names) == len(found.pages) - len(numbered)
    assert len({page.code for page in found.pages}) == len(found.pages)
    assert found.page_count == len(numbered) == sum({page.file: page.pages for page in numbered}.values())
    for name, content in all_files(path, 1).items():
        file = next(file for file in found.files if file.name == name)
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert versions.answers_of(path, 1) == answers


def test_it_stays_the_same_while_the_document_goes_on(path):
    before = locked(path, store.open_document(path).answers), all_files(path, 1)
    now = changed(path, "d", "i1.name", "另一个指标")
    second = locked(path, now, "经办人乙", datetime(2026, 5, 8, 9, 0))
    assert [version.number for version in versions.listed(path)] == [2, 1]
    assert (versions.listed(path)[1], all_files(path, 1)) == before
    assert not {page.code for page in second.pages} & {page.code for page in before[0].pages}
    assert versions.answers_of(path, 1).forms["d"].text("i1.name") != "另一个指标"


def test_copies_another_file_and_backups_have_it(path, tmp_path):
    answers = store.open_document(path).answers
    locked(path, answers)
    files = all_files(path, 1)
    store.save_copy(path, tmp_path / "副本.zpb")
    store.save_as(path, tmp_path / "另存.zpb", answers.with_form("d", answers.forms["d"].with_text("x", "y")))
    for other in (tmp_path / "副本.zpb", tmp_path / "另存.zpb", backups.make(path)):
        assert all_files(other, 1) == files


def test_an_older_format_keeps_its_versions_when_it_is_upgraded(path, monkeypatch):
    locked(path, store.open_document(path).answers)
    files = all_files(path, 1)
    monkeypatch.setattr(store, "_UPGRADES", (("CREATE TABLE later (x TEXT) STRICT",),))
    assert all_files(path, 1) == files
    changed(path, "d", "i1.name", "另一个指标")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
    assert all_files(path, 1) == files


def test_codes_hang_on_what_is_said_number_and_time(path):
    answers = store.open_document(path).answers
    other = answers.with_form("d", answers.forms["d"].with_text("improvement", "加强。"))
    seeds = [
        versions.seed_of(*given)
        for given in (
            (answers, 1, APRIL),
            (answers, 2, APRIL),
            (answers, 1, datetime(2026, 5, 8)),
            (other, 1, APRIL),
        )
    ]
    assert len(set(seeds)) == len(seeds)
    assert versions.seed_of(answers, 1, APRIL) == seeds[0]


def test_what_is_open_is_not_locked(path):
    stored = store.open_document(path)
    answers = stored.answers.with_form("d", stored.answers.forms["d"].with_text("i1.score", "99"))
    with pytest.raises(UserError, match="不能定稿"):
        lock(read(shipped(), answers), answers, 1, APRIL, "甲")


# --- what goes wrong


class _Full(sqlite3.Connection):
    """A disk that is full at the end of a transaction."""

    def execute(self, sql, *more):
        if sql == "COMMIT":
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return super().execute(sql, *more)


def test_a_full_disk_in_the_middle_leaves_the_document_as_it_was(path, monkeypatch):
    answers = store.open_document(path).answers
    version, content = lock(read(shipped(), answers), answers, 1, APRIL, "甲")
    before = path.read_bytes()
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=_Full))
    with pytest.raises(UserError, match="磁盘空间不足"):
        versions.add(path, version, content)
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert versions.listed(path) == ()
    versions.add(path, version, content)
    assert len(versions.listed(path)) == 1


class _Unsure(sqlite3.Connection):
    """A disk that fails after the end of a transaction."""

    def execute(self, sql, *more):
        found = super().execute(sql, *more)
        if sql == "COMMIT":
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise error
        return found


def test_a_version_that_is_in_the_file_is_locked_whatever_was_said_at_the_end(path, monkeypatch):
    answers = store.open_document(path).answers
    version, content = lock(read(shipped(), answers), answers, 1, APRIL, "甲")
    connect = sqlite3.connect
    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=_Unsure))
        versions.add(path, version, content)
    assert versions.listed(path) == (version,)


def test_a_full_folder_for_what_is_being_made_is_one_sentence(path, monkeypatch):
    answers = store.open_document(path).answers

    def full(path, write):
        raise UserError("无法写入：磁盘空间不足。") from OSError(errno.ENOSPC, "full")

    monkeypatch.setattr("export.write_beside", full)
    with pytest.raises(UserError, match="磁盘空间不足"):
        lock(read(shipped(), answers), answers, 1, APRIL, "甲")
    assert versions.listed(path) == ()


def test_another_window_that_locked_meanwhile_is_not_overwritten(path):
    answers = store.open_document(path).answers
    version, content = lock(read(shipped(), answers), answers, 1, APRIL, "甲")
    versions.add(path, version, content)
    with pytest.raises(UserError, match="另一个窗口"):
        versions.add(path, version._replace(name="乙"), content)
    assert [one.name for one in versions.listed(path)] == ["甲"]


def spoil(path, number, content):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE version SET content = ? WHERE id = ?", (content, number))
        connection.commit()


def with_schema(content: bytes, schema: int) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.dumps(json.loads(data) | {"schema": schema}).encode()
            new.writestr(name, data)
    return target.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"x" * 1000])
def test_a_damaged_version_says_so_and_harms_nothing_else(path, content):
    answers = store.open_document(path).answers
    locked(path, answers)
    locked(path, answers, at=datetime(2026, 5, 8, 9, 0))
    spoil(path, 1, content)
    newest, oldest = versions.listed(path)
    assert (newest.problem, oldest.number) == ("", 1)
    assert "已损坏" in oldest.problem
    assert store.open_document(path).answers == answers
    assert all_files(path, 2)
    with pytest.raises(UserError, match="已损坏"):
        versions.answers_of(path, 1)


def test_a_version_of_a_newer_program_is_one_sentence(path):
    answers = store.open_document(path).answers
    version, content = lock(read(shipped(), answers), answers, 1, APRIL, "甲")
    versions.add(path, version, with_schema(content, versions.SCHEMA + 1))
    [found] = versions.listed(path)
    assert "请升级程序" in found.problem
    assert found.pages == ()


def test_a_file_that_is_no_longer_the_same_is_not_given_out(path):
    version = locked(path, store.open_document(path).answers)
    wrong = version.files[0]._replace(sha256="0" * 64)
    with pytest.raises(UserError, match="已损坏"):
        versions.file_of(path, 1, wrong)


def test_a_new_document_has_none(tmp_path):
    store.create(tmp_path / "新.zpb", Answers({}, "甲", "2026"))
    assert versions.listed(tmp_path / "新.zpb") == ()
    assert versions.next_number(tmp_path / "新.zpb") == 1
