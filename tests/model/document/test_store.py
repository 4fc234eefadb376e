"""The document file: nothing that was saved is lost.

Requirements, each test names its own:
 1. what is saved is what is opened again, whatever the texts; only differing rows are written
 2. two programs on one file notice each other; nobody's work is overwritten
 3. files of newer and older versions; every file that a release wrote is opened
 4. backups and copies
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.basics.errors import UserError
from model.document import records, store
from model.document.answers import GOALS, INDICATORS, Answers, FormAnswers
from tests.stored import FIRST, SECOND, form, opened, sql, state

DATA = Path(__file__).resolve().parents[2] / "data" / "documents"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "某中心 2022.zpb"


@pytest.fixture
def saved(path):
    """Return a document file that holds FIRST, and its revision."""
    return path, store.create(path, FIRST)


@pytest.fixture(autouse=True)
def short_of_patience(monkeypatch):
    monkeypatch.setattr(store, "PATIENCE_S", 0.01)


# -- 1 round trip ---------------------------------------------------------------------------------

RARE = "\0\t\n\r \u3000\ufeff�硚䶮𬭊😀e\u0301'\";%_"
TEXTS = st.text(min_size=1) | st.text(RARE, min_size=1) | st.just("长" * 9000)
CELLS = st.text("ig12.actual_教 ", min_size=1, max_size=8)
IDS = st.lists(st.sampled_from(["i1", "i2", "i3", "g1", "硚"]), min_size=1, unique=True).map(tuple)
FORMS = st.builds(
    FormAnswers,
    definition=st.sampled_from(["wuhan-project-2022", "硚口"]),
    texts=st.dictionaries(CELLS, TEXTS),
    rows=st.dictionaries(st.sampled_from([GOALS, INDICATORS]), IDS),
    given=st.dictionaries(CELLS, TEXTS),
    extra=st.dictionaries(CELLS.map(lambda key: json.dumps(["form", key])), TEXTS.map(json.dumps)),
)
DOCUMENTS = st.builds(
    Answers,
    forms=st.dictionaries(st.sampled_from(["p2", "p1", "d", "t", "p10"]), FORMS),
    unit=st.text(max_size=5),
    year=st.sampled_from(["", "2022"]),
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(DOCUMENTS, DOCUMENTS)
def test_1_what_is_saved_is_what_is_opened_again(first, second):
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.zpb")
        revision = store.create(path, first)
        assert same(store.open_document(path), store.Stored(first, revision))
        raised = store.save(path, revision, first, second)
        assert same(store.open_document(path), store.Stored(second, raised))


def same(one, other):
    """Equal, and the forms in the same order."""
    return one == other and list(one.answers.forms) == list(other.answers.forms)


def test_1_texts_keep_their_order(path):
    texts = {f"i{n}.actual": str(n) for n in (3, 1, 2)}
    answers = Answers({"p1": FormAnswers("x", texts)})
    revision = store.create(path, answers)
    changed = answers.with_form("p1", answers.forms["p1"].with_texts({"i1.actual": "9", "i0.actual": "0"}))
    store.save(path, revision, answers, changed)
    assert list(opened(path).forms["p1"].texts) == ["i3.actual", "i1.actual", "i2.actual", "i0.actual"]


MARKS = "50%25 # & ';.zpb" if os.name == "nt" else "50%25 # ? & '\".zpb"  # what a system takes in a name


@pytest.mark.parametrize("name", ["a b.zpb", MARKS, "硚口 𬭊😀.zpb", "自评簿", ".zpb", "a.b.c"])
def test_1_any_file_name_will_do(tmp_path, name):
    revision = store.create(tmp_path / name, FIRST)
    store.save(tmp_path / name, revision, FIRST, SECOND)
    assert opened(tmp_path / name) == SECOND
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_1_a_relative_path_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store.create(Path("a.zpb"), FIRST)
    assert opened(Path("a.zpb")) == FIRST


def test_1_only_differing_rows_are_written(saved):
    path, revision = saved
    before = everything(path)
    edited = replace(FIRST.forms["p1"].with_texts({"i2.actual": "", "i1.actual": "3"}), given={"total": "1"})
    edited = edited.with_rows(INDICATORS, ["i1", "i3"])
    store.save(path, revision, FIRST, replace(FIRST.with_form("p1", edited), year="2023"))
    after = everything(path)
    assert sorted(before.keys() - after.keys()) == [("row", "p1 i2"), ("text", "p1 i2.actual")]
    assert sorted(after.keys() - before.keys()) == [("row", "p1 i3"), ("text", "p1 i1.actual")]
    written = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    assert written - {("meta", "saved")} == {
        ("meta", "frame"),
        ("meta", "revision"),
        ("meta", "year"),
        ("text", "p1 total"),
    }


def everything(path):
    """All rows by table and key, each with what it holds and where it lies."""
    keys = {"meta": "key", "form": "key", "row": "form || ' ' || id", "text": "form || ' ' || cell"}
    return {
        (table, line[0]): line[1:]
        for table, key in keys.items()
        for line in sql(path, f"SELECT {key}, rowid, * FROM {table}")
    }


def test_1_nothing_is_written_where_nothing_differs(saved):
    path, revision = saved
    before = state(path)
    assert store.save(path, revision, FIRST, FIRST.with_form("p1", form(i2__actual="7"))) == revision
    assert state(path) == before


def test_1_a_removed_form_can_come_back(saved):
    path, revision = saved
    without = FIRST.without_form("p1")
    revision = store.save(path, revision, FIRST, without)
    assert opened(path) == without
    store.save(path, revision, without, FIRST)
    assert opened(path) == FIRST


def test_1_the_file_is_one_closed_file(saved):
    path, revision = saved
    store.save(path, revision, FIRST, SECOND)
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes()[18:20] == b"\1\1"  # a rollback journal, never WAL
    assert sql(path, "PRAGMA integrity_check") == [("ok",)]


def test_1_an_existing_file_is_replaced_only_when_told(saved):
    path, revision = saved
    before = state(path)
    with pytest.raises(UserError, match=r"已有同名的文件"):
        store.create(path, SECOND)
    assert state(path) == before
    assert store.create(path, SECOND, replace=True) != revision
    assert opened(path) == SECOND


def test_1_a_missing_folder_is_made(tmp_path):
    store.create(tmp_path / "新建" / "a.zpb", FIRST)
    assert opened(tmp_path / "新建" / "a.zpb") == FIRST


# -- 2 two programs -------------------------------------------------------------------------------


def test_2_who_saves_second_is_told_and_overwrites_nothing(saved):
    path, revision = saved
    mine, theirs = FIRST.without_form("d"), SECOND
    raised = store.save(path, revision, FIRST, theirs)
    assert raised > revision
    assert store.saved_revision(path) == raised
    with pytest.raises(store.ChangedElsewhere, match=r"已被另一个程序保存过.*另存一份"):
        store.save(path, revision, FIRST, mine)
    assert opened(path) == theirs


def test_2_the_one_who_was_told_may_overwrite_knowingly(saved):
    path, revision = saved
    store.save(path, revision, FIRST, SECOND)
    now = store.open_document(path)
    store.save(path, now.revision, now.answers, FIRST.without_form("d"))
    assert opened(path) == FIRST.without_form("d")


def test_2_a_copy_that_went_another_way_is_noticed(saved, tmp_path):
    path, revision = saved
    copy = tmp_path / "copy.zpb"
    shutil.copy(path, copy)
    mine = store.save(path, revision, FIRST, SECOND)
    store.save(copy, revision, FIRST, FIRST.without_form("d"))
    shutil.copy(copy, path)  # as often saved as ours, and yet another
    with pytest.raises(store.ChangedElsewhere):
        store.save(path, mine, SECOND, FIRST)
    assert opened(path) == FIRST.without_form("d")


def test_2_a_document_made_anew_under_the_same_name_is_noticed(saved):
    path, revision = saved
    store.create(path, SECOND, replace=True)
    with pytest.raises(store.ChangedElsewhere):
        store.save(path, revision, FIRST, SECOND)


def test_2_a_file_that_another_program_is_writing_waits_and_gives_up(saved):
    path, revision = saved
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match=r"无法打开“某中心 2022.zpb”：文件正被其他程序占用"):
            store.open_document(path)
        with pytest.raises(UserError, match=r"无法保存“某中心 2022.zpb”：文件正被其他程序占用"):
            store.save(path, revision, FIRST, SECOND)
    store.save(path, revision, FIRST, SECOND)
    assert opened(path) == SECOND


def test_2_a_reader_keeps_a_writer_from_finishing_and_nothing_is_half_written(saved):
    path, revision = saved
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM text").fetchall()
        with pytest.raises(UserError, match="占用"):
            store.save(path, revision, FIRST, SECOND)
    assert opened(path) == FIRST


@pytest.mark.parametrize("action", [store.open_document, store.saved_revision, store.backup])
def test_2_a_file_that_is_gone_is_named(path, action):
    with pytest.raises(UserError, match=r"“某中心 2022.zpb”：找不到文件，可能已被移走、改名或删除"):
        action(path)


def test_2_a_file_that_is_gone_is_not_made_again_by_saving(saved):
    path, revision = saved
    path.unlink()
    with pytest.raises(UserError, match=r"无法保存“某中心 2022.zpb”：找不到文件"):
        store.save(path, revision, FIRST, SECOND)
    assert list(path.parent.iterdir()) == []


def test_2_a_folder_that_is_gone_is_named(tmp_path):
    path = tmp_path / "U盘" / "a.zpb"
    revision = store.create(path, FIRST)
    shutil.rmtree(path.parent)
    with pytest.raises(UserError, match=r"无法保存“a.zpb”：找不到文件夹“.*U盘”.*重新插好"):
        store.save(path, revision, FIRST, SECOND)
    assert list(tmp_path.iterdir()) == []


# -- 3 other versions -----------------------------------------------------------------------------


def test_3_a_newer_file_that_we_can_read_opens_read_only(saved):
    path, revision = saved
    sql(path, "CREATE TABLE letters (text TEXT)", "PRAGMA user_version = 2")
    before = state(path)
    stored = store.open_document(path)
    assert stored == store.Stored(
        FIRST, revision, "文件由更新版本的自评簿保存，只能查看和导出；要修改请升级程序。"
    )
    with pytest.raises(UserError, match=r"更新版本的自评簿.*升级"):
        store.save(path, revision, FIRST, SECOND)
    assert state(path) == before


def test_3_a_newer_file_that_we_can_t_read_is_refused(saved):
    path, _ = saved
    sql(path, "PRAGMA user_version = 2", "UPDATE meta SET value = 2 WHERE key = 'min_reader'")
    before = state(path)
    with pytest.raises(UserError, match=r"“某中心 2022.zpb”由更新版本的自评簿保存，本版本打不开它。请升级"):
        store.open_document(path)
    assert state(path) == before


def test_3_an_older_file_is_brought_up_in_memory_and_written_at_the_first_save(saved, monkeypatch):
    path, revision = saved
    old = path.read_bytes()
    longer = (
        "CREATE TABLE letters (text TEXT)",
        "UPDATE meta SET value = value || '（旧）' WHERE key = 'unit'",
    )
    monkeypatch.setattr(store, "_UPGRADES", (longer,))
    stored = store.open_document(path)
    assert stored == store.Stored(replace(FIRST, unit="某中心（旧）"), revision)
    assert path.read_bytes() == old
    edited = replace(stored.answers, year="2023")
    revision = store.save(path, revision, stored.answers, edited)
    assert (path.parent / "某中心 2022.zpb.bak").read_bytes() == old
    assert sql(path, "PRAGMA user_version") == [(2,)]
    assert opened(path) == edited
    store.save(path, revision, edited, stored.answers)  # only the first save brings it up
    assert len(list(path.parent.iterdir())) == 2


def test_3_the_copy_of_an_older_file_replaces_no_other(saved, monkeypatch):
    path, revision = saved
    bak = path.parent / "某中心 2022.zpb.bak"
    bak.write_bytes(b"mine")
    monkeypatch.setattr(store, "_UPGRADES", (("CREATE TABLE letters (text TEXT)",),))
    store.save(path, revision, FIRST, SECOND)
    assert bak.read_bytes() == b"mine"
    assert opened(path.parent / "某中心 2022.zpb（2）.bak") == FIRST


def test_3_what_this_version_does_not_know_stays_in_the_file(saved):
    path, revision = saved
    add = "INSERT INTO text VALUES ('p1', 'note', 'i1.actual', 'x', {})"
    with_sum = add.format(records.checksum("p1", "note", "i1.actual", "x"))
    sql(path, with_sum)
    sql(path, "INSERT INTO meta VALUES ('mood', 'good')")
    sql(path, "INSERT INTO attachment VALUES (1, 'p1', 'a.jpg', x'00')")
    assert opened(path) == FIRST
    store.save(path, revision, FIRST, SECOND.without_form("d"))
    assert sql(path, "SELECT text FROM text WHERE kind = 'note'") == [("x",)]
    assert sql(path, "SELECT value FROM meta WHERE key = 'mood'") == [("good",)]
    assert sql(path, "SELECT content FROM attachment") == [(b"\0",)]


RELEASED = sorted(DATA.glob("*.zpb"))


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_3_every_file_that_a_release_wrote_is_opened(released, path):
    shutil.copy(released, path)
    answers = opened(path)
    kept = {
        "unit": answers.unit,
        "year": answers.year,
        "forms": {
            key: {name: getattr(found, name) for name in ("definition", "texts", "rows", "given", "extra")}
            for key, found in answers
        },
    }
    expected = json.loads(released.with_suffix(".json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(kept)) == expected
    assert path.read_bytes() == released.read_bytes()


def test_3_there_is_a_file_of_this_format():
    assert (DATA / f"v{store._format()}.zpb") in RELEASED


# -- 4 backups and copies -------------------------------------------------------------------------

NOW = datetime(2026, 11, 20, 14, 31, 5, 123)


def test_4_a_backup_lies_beside_the_file_under_its_name_and_the_time(saved):
    path, _ = saved
    before = state(path)
    copy = store.backup(path, now=NOW)
    assert copy == path.parent / "备份" / "某中心 2022 2026-11-20 14-31-05.zpb"
    assert copy.read_bytes() == before[0]
    assert state(path)[:2] == before[:2]


def test_4_a_backup_never_takes_the_place_of_another(saved, tmp_path):
    path, revision = saved
    first = store.backup(path, tmp_path / "别处", NOW)
    store.save(path, revision, FIRST, SECOND)
    second = store.backup(path, tmp_path / "别处", NOW)
    assert second.name == "某中心 2022 2026-11-20 14-31-05（2）.zpb"
    assert (opened(first), opened(second)) == (FIRST, SECOND)


def test_4_a_backup_of_today_has_today_s_date(saved):
    assert datetime.now().isoformat()[:7] in store.backup(saved[0]).name


def test_4_a_copy_takes_the_place_of_an_older_one(saved, tmp_path):
    path, revision = saved
    target = tmp_path / "U盘" / "某中心.zpb"
    store.save_copy(path, target)
    store.save(path, revision, FIRST, SECOND)
    store.save_copy(path, target)
    assert target.read_bytes() == path.read_bytes()
    assert list(target.parent.iterdir()) == [target]


def test_4_a_file_is_not_copied_onto_itself(saved):
    path, _ = saved
    before = state(path)
    with pytest.raises(UserError, match="就是正在填写的文件"):
        store.save_copy(path, path.parent / "." / path.name)
    assert state(path) == before


def test_4_a_damaged_file_is_not_copied_over_a_good_one(saved, tmp_path):
    path, _ = saved
    target = tmp_path / "U盘.zpb"
    store.create(target, FIRST)
    path.write_bytes(path.read_bytes()[:4096])
    with pytest.raises(UserError, match="已损坏"):
        store.save_copy(path, target)
    assert opened(target) == FIRST


def test_4_going_on_elsewhere_takes_along_what_the_answers_do_not_hold(saved, tmp_path):
    path, _ = saved
    sql(path, "INSERT INTO attachment (form, name, content) VALUES ('d', '批复.pdf', x'25')")
    target = tmp_path / "另存.zpb"
    revision = store.save_as(path, target, SECOND)
    assert (opened(target), store.saved_revision(target)) == (SECOND, revision)
    assert opened(path) == FIRST
    assert sql(target, "SELECT name FROM attachment") == [("批复.pdf",)]


def test_4_going_on_elsewhere_works_when_the_file_is_gone(saved, tmp_path):
    path, _ = saved
    path.unlink()
    store.save_as(path, tmp_path / "另存.zpb", SECOND)
    assert opened(tmp_path / "另存.zpb") == SECOND


def test_4_going_on_elsewhere_never_means_the_same_file(saved):
    path, _ = saved
    before = state(path)
    with pytest.raises(UserError, match="就是正在填写的文件"):
        store.save_as(path, path, SECOND)
    assert state(path) == before
