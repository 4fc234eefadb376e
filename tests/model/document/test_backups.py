"""Dated copies of a document: enough of them, never too many, and no other file is touched.

Requirements, each test names its own:
 1. of any backups at most thirty are kept: those of today, one a day for a week, one a week before
 2. only backups of this very document are deleted
 3. they are found again, the newest first
 4. where the folder beside the document can't be written they go to the local folder
"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.basics.errors import UserError
from model.document import backups, store
from model.document.backups import DAYS, LIMIT, Backup
from tests.stored import FIRST, SECOND, opened

TODAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 14, 31, 5)


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "某中心 2022.zpb"
    store.create(found, FIRST)
    return found


def at(time, number=1):
    return Backup(Path(f"{time:%Y%m%d%H%M%S}-{number}"), time, number)


# -- 1 which are kept -----------------------------------------------------------------------------

TIMES = st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 21)).map(
    lambda time: time.replace(microsecond=0)
)
BACKUPS = st.lists(st.builds(at, TIMES, st.integers(1, 3)), unique=True, max_size=80)


@given(BACKUPS)
def test_1_at_most_thirty_are_kept_and_the_newest_always(many):
    kept = backups.kept(many, TODAY)
    assert len(kept) <= LIMIT
    assert set(kept) <= set(many)
    assert list(kept) == sorted(kept, key=lambda backup: backup.order, reverse=True)
    if many:
        assert kept[0] == max(many, key=lambda backup: backup.order)


@given(BACKUPS)
def test_1_every_day_of_the_last_week_keeps_its_last_one(many):
    kept = backups.kept(many, TODAY)
    for days in range(1, DAYS + 1):
        of_day = [backup for backup in many if backup.time.date() == TODAY - timedelta(days)]
        assert [backup for backup in kept if backup in of_day] == sorted(of_day, key=lambda b: b.order)[-1:]


@given(BACKUPS)
def test_1_thinning_twice_is_thinning_once(many):
    kept = backups.kept(many, TODAY)
    assert backups.kept(kept, TODAY) == kept


def test_1_after_a_year_of_work_the_last_days_and_many_weeks_are_left():
    kept = ()
    for day in range(365, -1, -1):
        for hour in range(3):
            now = NOW - timedelta(days=day) + timedelta(hours=hour)
            kept = backups.kept((*kept, at(now)), now.date())
            assert len(kept) <= LIMIT
    days = [(TODAY - backup.time.date()).days for backup in kept]
    assert days[:10] == [0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    assert days[10:] == [8, *(12 + 7 * n for n in range(19))]  # and Sundays


def test_1_all_of_today_one_a_day_one_a_week():
    today = [at(NOW - timedelta(minutes=n)) for n in range(5)]
    days = [at(NOW - timedelta(days=n, hours=h)) for n in range(1, 8) for h in (0, 1)]
    weeks = [at(NOW - timedelta(days=8 + 7 * n + extra)) for n in range(3) for extra in (0, 1)]
    kept = backups.kept([*weeks, *days, *today], TODAY)
    assert kept == (*today, *days[::2], *weeks[::2])


def test_1_a_busy_day_leaves_half_of_the_room_to_the_older_ones():
    today = [at(NOW - timedelta(minutes=n)) for n in range(40)]
    weeks = [at(NOW - timedelta(weeks=n)) for n in range(2, 42)]
    assert backups.kept([*today, *weeks], TODAY) == (*today[:15], *weeks[:15])
    assert backups.kept([*today, *weeks[:3]], TODAY) == (*today[:27], *weeks[:3])
    assert backups.kept([*today[:5], *weeks], TODAY) == (*today[:5], *weeks[:25])


# -- 2 what is deleted ----------------------------------------------------------------------------


def make_many(path, count=40):
    """Backups of forty past days; the folder never holds more than there is room for."""
    for days in range(count, 0, -1):
        backups.make(path, now=NOW - timedelta(days=days))
    return path.parent / store.BACKUPS


def test_2_the_folder_never_holds_more_than_thirty(path):
    for n in range(LIMIT + 10):
        backups.make(path, now=NOW + timedelta(seconds=n))
    assert len(list((path.parent / store.BACKUPS).iterdir())) == LIMIT


@pytest.mark.parametrize("wrong", [datetime(2009, 1, 1, 0, 3), NOW])
def test_2_a_wrong_clock_loses_nothing(path, wrong):
    """Thirty copies bear dates that are still to come: each new one stays, and so do they."""
    folder = path.parent / store.BACKUPS
    later = [store.backup(path, now=wrong + timedelta(days=400 + n)) for n in range(LIMIT)]
    new = [backups.make(path, now=wrong + timedelta(minutes=n)) for n in range(3)]
    assert all(copy.exists() for copy in (*later, *new))
    assert {copy.path for copy in backups.found(path)} == set(folder.iterdir())


def test_2_the_newest_is_never_thinned_though_the_clock_was_put_back_by_hours(path):
    for n in range(LIMIT + 5):
        backups.make(path, now=NOW + timedelta(seconds=n))
    newest = backups.make(path, now=NOW - timedelta(hours=3))
    assert newest.exists()


def test_2_copies_of_a_wrong_clock_are_thinned_when_their_date_has_come(path):
    for n in range(LIMIT + 9):
        backups.make(path, now=NOW + timedelta(days=3, seconds=n))
    backups.make(path, now=NOW)
    backups.make(path, now=NOW + timedelta(days=200))
    assert len(list((path.parent / store.BACKUPS).iterdir())) == 3  # a week's, this day's and the last


def test_2_a_file_that_is_no_backup_of_this_document_is_never_deleted(path):
    folder = path.parent / store.BACKUPS
    old = "2025-01-01 10-00-0"
    names = [f"某中心 2022 {old}.zpb", f"某中心 2022 {old}1 终稿.zpb", "某中心 2022.zpb", "说明.txt"]
    names += [
        f"某中心 2022 {old}1.pdf",
        f"某中心 {old}1.zpb",
        f"某中心 2022 {old}1 2025-01-01 10-00-00 x.zpb",
    ]
    for name in names:
        store.create(folder / name, FIRST)
    of_another = folder / f"某中心 2022 {old}1.zpb"  # a document that had this name before
    store.create(of_another, FIRST)
    damaged = folder / f"某中心 2022 {old}2.zpb"
    damaged.write_bytes(b"lost")
    (folder / f"某中心 2022 {old}3.zpb").mkdir()
    before = set(folder.iterdir())
    make_many(path)
    assert before <= set(folder.iterdir())


def test_2_where_the_document_can_t_be_read_nothing_is_deleted(path):
    folder = make_many(path)
    for n in range(9):
        store.backup(path, folder, NOW - timedelta(days=100, seconds=n))
    before = set(folder.iterdir())
    path.unlink()
    backups.thin(path, folder, TODAY)
    assert set(folder.iterdir()) == before


def test_2_what_can_t_be_deleted_is_no_error(path, monkeypatch):
    make_many(path, 3)

    def refused(*_, **__):
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refused)
    backups.thin(path, path.parent / store.BACKUPS, TODAY + timedelta(weeks=60))


# -- 3 found again --------------------------------------------------------------------------------


def test_3_the_newest_comes_first_with_time_and_size(path):
    backups.make(path, now=NOW - timedelta(days=1))
    backups.make(path, now=NOW)
    backups.make(path, now=NOW)
    found = backups.found(path)
    assert [(backup.time, backup.number) for backup in found] == [
        (NOW, 2),
        (NOW, 1),
        (NOW - timedelta(days=1), 1),
    ]
    assert {backup.size for backup in found} == {path.stat().st_size}


def test_3_another_document_s_are_not_among_them_but_what_can_t_be_read_is(path):
    folder = path.parent / store.BACKUPS
    store.create(folder / "某中心 2022 2025-01-01 10-00-00.zpb", SECOND)
    (folder / "某中心 2022 2025-01-02 10-00-00.zpb").write_bytes(b"lost")
    (folder / "某中心 2022 2025-02-30 10-00-00.zpb").write_bytes(b"no day")
    assert [backup.time for backup in backups.found(path)] == [datetime(2025, 1, 2, 10)]


def test_3_without_a_folder_there_are_none(path):
    assert backups.found(path, path.parent / "local_folder") == ()


def test_3_a_document_that_is_gone_has_its_backups_still(path):
    copy = backups.make(path, now=NOW)
    path.unlink()
    assert [backup.path for backup in backups.found(path)] == [copy]


# -- 4 the local folder ---------------------------------------------------------------------------


@pytest.fixture
def blocked(path):
    """A document beside which no folder can be made."""
    (path.parent / store.BACKUPS).write_text("a file in the way")
    return path


def test_4_a_backup_goes_to_the_local_folder_and_is_found_there(blocked, tmp_path):
    copy = backups.make(blocked, tmp_path / "local_folder", NOW)
    assert copy.is_relative_to(tmp_path / "local_folder")
    assert opened(copy) == FIRST
    assert [backup.path for backup in backups.found(blocked, tmp_path / "local_folder")] == [copy]


def test_4_documents_of_one_name_from_two_folders_do_not_meet_there(blocked, tmp_path):
    other = tmp_path / "别处" / blocked.name
    store.create(other, SECOND)
    (other.parent / store.BACKUPS).write_text("in the way too")
    copies = [backups.make(path, tmp_path / "local_folder", NOW) for path in (blocked, other)]
    assert copies[0].parent != copies[1].parent
    assert [opened(copy) for copy in copies] == [FIRST, SECOND]


def test_4_without_a_local_folder_it_is_said(blocked):
    with pytest.raises(UserError, match="无法备份"):
        backups.make(blocked)
