"""What was moved out of the evidence leaves the file when nothing names it any more, and the file shrinks."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from model.basics.errors import UserError
from model.document import backups, store, tables
from model.document.document import Document
from model.handin import attachments, freeing
from model.reading.evidence import BLOCK, evidence_of, new_row
from tests.handed_in import locked, settled, sound

LARGE, SMALL = bytes(range(256)) * 12_000, b"%PDF small"
LATER = datetime.now() + timedelta(hours=1)


@pytest.fixture
def path(tmp_path):
    target = tmp_path / "自评簿.zpb"
    store.create(target, settled(sound()))
    return target


def edited(path, action):
    stored = store.open_document(path)
    document = Document(stored.answers)
    with document.edit("改") as edit:
        action(edit)
    answers = settled(document.answers)
    store.save(path, stored.revision, stored.answers, answers)
    return answers


def add(path, name, content):
    sha = attachments.put(path, content, name)
    row = new_row(Path(name).stem, name, sha, len(content), "", datetime.now())
    edited(path, lambda edit: edit.add_rows("d", BLOCK, 0, [row]))
    return sha


def move_out(path, sha):
    rows = [one.row for one in evidence_of(store.open_document(path).answers.forms["d"]) if one.sha == sha]
    edited(path, lambda edit: edit.remove_rows("d", BLOCK, rows))


def test_what_was_moved_out_goes_and_the_file_shrinks(path):
    stays, goes = add(path, "留.pdf", SMALL), add(path, "移出.bin", LARGE)
    size, before = path.stat().st_size, store.open_document(path)
    assert freeing.free(path, LATER) == (0, 0)
    move_out(path, goes)
    assert freeing.loose(path, LATER) == (1, len(LARGE))
    assert freeing.free(path, LATER) == (1, len(LARGE))
    assert attachments.kept(path) == {stays}
    assert attachments.content_of(path, stays) == SMALL
    assert path.stat().st_size < size - len(LARGE) + 100_000
    after = store.open_document(path)
    assert after.answers.forms["d"].texts.items() <= before.answers.forms["d"].texts.items()
    store.save(path, after.revision, after.answers, after.answers.with_form("x", after.answers.forms["d"]))


def test_what_was_just_put_stays_as_its_line_may_come(path):
    attachments.put(path, LARGE, "正在添加.bin")
    assert freeing.free(path, datetime.now()) == (0, 0)
    assert freeing.free(path, datetime.now() + freeing.FRESH + timedelta(seconds=1)).files == 1


def test_a_clock_that_went_wrong_keeps_nothing_for_ever(path):
    attachments.put(path, LARGE, "a.bin")
    assert freeing.free(path, datetime.now() - timedelta(days=400)).files == 1


def test_what_a_version_names_stays(path):
    sha = add(path, "批复.pdf", SMALL)
    locked(path, store.open_document(path).answers)
    move_out(path, sha)
    assert freeing.free(path, LATER, with_backups=False) == (0, 0)
    assert attachments.kept(path) == {sha}


def test_what_a_backup_names_stays_unless_the_clerk_wants_it_gone(path):
    sha = add(path, "批复.bin", LARGE)
    backup = backups.make(path)
    move_out(path, sha)
    assert freeing.free(path, LATER) == (0, 0)
    assert freeing.loose(path, LATER).files == 1
    backup.unlink()
    backups.make(path)
    assert freeing.free(path, LATER).files == 1


def test_without_backups_means_without_them(path):
    sha = add(path, "批复.bin", LARGE)
    backups.make(path)
    move_out(path, sha)
    assert freeing.free(path, LATER, with_backups=False).files == 1


@pytest.mark.parametrize("spoiled", ["backup", "version"])
def test_what_cannot_be_read_may_name_any_of_them(path, spoiled):
    sha = add(path, "批复.bin", LARGE)
    if spoiled == "backup":
        backup = backups.make(path)
        backup.write_bytes(backup.read_bytes()[:3000])
    else:
        locked(path, store.open_document(path).answers)
        with tables.writing(path) as connection:
            connection.execute("UPDATE version SET content = ?", (b"x",))
    move_out(path, sha)
    with pytest.raises(UserError):
        freeing.free(path, LATER)
    assert attachments.kept(path) == {sha}


def test_where_the_file_can_not_be_written_anew_it_is_whole(path, monkeypatch):
    sha = add(path, "批复.bin", LARGE)
    move_out(path, sha)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tables, "shrink", full)
    with pytest.raises(UserError, match="磁盘空间不足"):
        freeing.free(path, LATER)
    assert store.open_document(path).answers
