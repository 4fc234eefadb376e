"""What could not be saved is kept in a file of its own, for thirty days, and never lost in between."""

import os
from datetime import datetime, timedelta

import pytest

from model.document import rescue, store
from tests.stored import FIRST, SECOND, opened, sql

NOW = datetime(2026, 11, 20, 14, 31, 5)


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "某中心 2022.zpb"
    store.create(found, FIRST)
    return found


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "rescue"


def kept(path, folder, now=NOW, answers=SECOND):
    name = rescue.new_name(folder, path, now)
    rescue.keep(name, path, store.saved_revision(path), answers)
    return name


def test_it_holds_the_answers_and_is_found_with_name_and_time(path, folder):
    name = kept(path, folder)
    assert rescue.found(folder, NOW) == (rescue.Rescued(name, "某中心 2022", NOW),)
    assert opened(name) == SECOND


def test_every_file_has_a_name_of_its_own_also_after_it_is_finished(path, folder):
    first = kept(path, folder)
    second = kept(path, folder)
    rescue.finish(first)
    third = kept(path, folder)
    assert len({first, second, third}) == 3
    assert {found.path for found in rescue.found(folder, NOW)} == {second, third}


def test_a_later_state_takes_the_place_of_the_earlier_one(path, folder):
    name = kept(path, folder)
    rescue.keep(name, path, 1, FIRST)
    assert opened(name) == FIRST
    assert list(folder.iterdir()) == [name]


def test_what_is_finished_is_offered_no_more_and_stays_for_a_month(path, folder):
    name = kept(path, folder)
    rescue.finish(name)
    assert rescue.found(folder, NOW) == ()
    [done] = folder.iterdir()
    assert opened(done) == SECOND
    rescue.found(folder, NOW + timedelta(days=rescue.DAYS))
    assert done.exists()
    rescue.found(folder, NOW + timedelta(days=rescue.DAYS, seconds=1))
    assert not done.exists()


def test_a_month_after_it_was_first_offered_nobody_wants_it(path, folder):
    name = kept(path, folder)
    stranger = folder / "我的 文件.zpb"
    stranger.write_bytes(name.read_bytes())
    first = NOW + timedelta(days=90)  # after long leave
    assert [found.path for found in rescue.found(folder, first)] == [name]
    assert rescue.found(folder, first + timedelta(days=rescue.DAYS))
    assert rescue.found(folder, first + timedelta(days=rescue.DAYS, seconds=1)) == ()
    assert list(folder.iterdir()) == [stranger]


@pytest.mark.parametrize("dated", [datetime(2009, 1, 1, 0, 3), datetime(2099, 12, 31)])
def test_what_a_wrong_clock_has_dated_is_offered_like_anything_else(path, folder, dated):
    name = kept(path, folder, dated)
    assert [found.path for found in rescue.found(folder, NOW)] == [name]
    assert rescue.found(folder, NOW + timedelta(days=29))
    assert name.exists()


@pytest.mark.parametrize("wrong", [datetime(2009, 1, 1, 0, 3), datetime(2099, 12, 31)])
def test_offered_under_a_wrong_clock_it_has_its_month_under_the_right_one(path, folder, wrong):
    name = kept(path, folder)
    rescue.found(folder, wrong)
    assert rescue.found(folder, NOW)
    assert rescue.found(folder, NOW + timedelta(days=rescue.DAYS))
    assert name.exists()


@pytest.mark.parametrize("note", ["", "[]", '{"x": 1}', "{"])
def test_a_damaged_note_of_what_was_offered_deletes_nothing(path, folder, note):
    kept(path, folder)
    rescue.found(folder, NOW - timedelta(days=40))
    (folder.parent / "rescue.offered.json").write_text(note, encoding="utf-8")
    assert rescue.found(folder, NOW)


def test_what_a_program_holds_is_neither_offered_nor_deleted(path, folder):
    name = kept(path, folder)
    late = NOW + timedelta(days=200)
    for now in (NOW, late, late + timedelta(days=99)):
        assert rescue.found(folder, now, is_held=lambda held: held == name) == ()
    assert name.exists()


def test_the_newest_comes_first(path, folder):
    times = [NOW, NOW + timedelta(hours=1), NOW - timedelta(days=2)]
    for time in times:
        kept(path, folder, time)
    assert [found.time for found in rescue.found(folder, NOW)] == sorted(times, reverse=True)


def test_it_can_go_back_into_its_document_while_that_is_as_it_was(path, folder):
    name = kept(path, folder)
    assert rescue.origin(name) == path
    store.save(path, store.saved_revision(path), FIRST, SECOND)
    assert rescue.origin(name) is None  # somebody has gone on with it


def test_without_its_document_it_stands_alone(path, folder):
    name = kept(path, folder)
    path.unlink()
    assert rescue.origin(name) is None


def test_a_copy_of_the_document_is_not_its_document(path, folder, tmp_path):
    name = kept(path, folder)
    path.unlink()
    store.create(path, FIRST)
    assert rescue.origin(name) is None


def test_where_there_is_no_folder_there_is_nothing(folder):
    assert rescue.found(folder) == ()
    rescue.forget(folder / "none.zpb")
    rescue.finish(folder / "none.zpb")
    assert not folder.exists()


def test_a_file_says_when_and_where_it_was_saved_last(path):
    save = store.last_save(path)
    assert abs(save.moment - datetime.now()) < timedelta(minutes=5)
    assert save.is_from_here
    sql(path, "UPDATE meta SET value = '2026-11-20T14:31:05 PC-03' WHERE key = 'saved'")
    assert store.last_save(path) == store.Save(NOW, "PC-03")
    assert not store.last_save(path).is_from_here


@pytest.mark.parametrize("text", ["", "gestern PC-03", "2026-13-20T14:31:05 x"])
def test_or_that_can_t_be_said(path, text):
    sql(path, f"UPDATE meta SET value = '{text}' WHERE key = 'saved'")
    assert store.last_save(path) is None
    os.unlink(path)
    assert store.last_save(path) is None


def test_copies_of_a_document_share_what_new_ones_have_for_themselves(path, tmp_path):
    store.save_copy(path, tmp_path / "copy.zpb")
    store.create(tmp_path / "another.zpb", FIRST)
    ids = [store.note(tmp_path / name, "id") for name in (path.name, "copy.zpb", "another.zpb")]
    assert ids[0] == ids[1] != ids[2]
    assert all(ids)
