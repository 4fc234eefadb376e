"""Points to come back to: Ctrl+S keeps a version, a name finds it again, an hour of work leaves several.

Requirements, each test names its own:
 1. Ctrl+S keeps a version where something changed since the last, and none where nothing did
 2. a point has a name, which stands in the list; no name is lost with thinning, no letter breaks the file
 3. while one works a version is kept every 20 minutes
"""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.files.new_dialog import NameDialog
from gui.files.versions_dialog import VersionsDialog
from model.basics.errors import UserError
from model.document import backups
from tests.desk import write
from tests.stored import opened

CELL = ("d", "improvement")
NOON = datetime(2026, 3, 2, 12)


@pytest.fixture
def window(start):
    return start()


def kept(window):
    return backups.found(window.session.path)


# -- 1 ----------------------------------------------------------------------------------------------


def test_1_ctrl_s_keeps_a_version_only_where_something_changed(window):
    window.commands.saves.keep_point()
    assert kept(window) == ()
    window.session.set_text(CELL, "改了")
    window.commands.saves.keep_point()
    assert opened(kept(window)[0].path).forms["d"].text("improvement") == "改了"
    count = len(kept(window))
    window.commands.saves.keep_point()
    assert len(kept(window)) == count


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_a_point_gets_a_name_that_the_list_shows(window, qtbot):
    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NameDialog)
        assert not dialog.yes.isEnabled()
        write(dialog.edit, "送审前")
        QTest.keyClick(dialog.edit, Qt.Key.Key_Return)

    window.session.set_text(CELL, "第一稿")
    QTimer.singleShot(0, answer)
    window.commands.saves.name_point()
    dialog = VersionsDialog(window.session, window)
    qtbot.addWidget(dialog)
    assert dialog._worker.wait(20_000)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == len(dialog._read) > 0)
    names = [dialog.list.topLevelItem(n).text(4) for n in range(dialog.list.topLevelItemCount())]
    assert "送审前" in names


def test_2_a_name_may_have_any_letters_and_any_length(window):
    path = backups.make(window.session.path, now=NOON, name='局里/财政:"初审" 【一】' + "长" * 300)
    assert path.is_file()
    (backup,) = kept(window)
    assert backup.name.startswith("局里／财政：＂初审＂ 〔一〕长")
    assert backup.time == NOON


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("局里/初审?", "已留为“局里／初审？”"),
        ("...", "已保存，并留了一份。在“打开以前的版本”里可以找到。名称里没有可以用的字，没有留下名称。"),
        ("长" * 30, f"已留为“{'长' * 30}”"),
        ("长" * 31, f"名称太长，已留为“{'长' * 30}”"),
    ],
)
def test_2_what_is_said_is_the_name_that_was_kept(window, name, said):
    def answer():
        dialog = QApplication.activeModalWidget()
        dialog.edit.setText(name)
        dialog.accept()

    window.session.set_text(CELL, "第一稿")
    QTimer.singleShot(0, answer)
    window.commands.saves.name_point()
    assert window.statusBar().currentMessage().startswith(said)
    assert kept(window)[0].name in said


def test_2_a_named_point_is_never_thinned(window):
    backups.make(window.session.path, now=NOON - timedelta(days=400), name="送审前")
    for minutes in range(backups.LIMIT + 5):
        backups.make(window.session.path, now=NOON + timedelta(minutes=minutes))
    assert "送审前" in [backup.name for backup in kept(window)]
    assert len(kept(window)) == backups.LIMIT + 1


# -- 3 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, NOON, True),
        (NOON, NOON + timedelta(minutes=19, seconds=59), False),
        (NOON, NOON + timedelta(minutes=20), True),
        (datetime(2026, 3, 1, 23, 59), datetime(2026, 3, 2, 0, 0), True),
    ],
)
def test_3_a_version_is_due_after_twenty_minutes_or_on_another_day(last, now, due):
    assert backups.is_due(last, now) is due


def test_3_an_hour_of_work_leaves_more_than_the_empty_start(window):
    window.session.set_text(CELL, "九点")
    assert window.session.save()
    window.session._backed_up -= timedelta(minutes=20)
    window.session._tried = window.session._backed_up
    window.session.set_text(CELL, "九点二十")
    assert window.session.save()
    texts = [opened(backup.path).forms["d"].text("improvement") for backup in kept(window)]
    assert "九点" in texts
    assert all(backup.time.date() == date.today() for backup in kept(window))


@pytest.mark.parametrize(
    ("last", "now", "may"),
    [
        (None, NOON, True),
        (NOON, NOON + timedelta(seconds=59), False),
        (NOON, NOON + timedelta(minutes=1), True),
        (NOON, NOON - timedelta(hours=1), True),  # the clock was set back
    ],
)
def test_3_one_that_failed_is_tried_again_after_a_minute(last, now, may):
    assert backups.may_try(last, now) is may


def test_3_one_that_failed_is_made_as_soon_as_there_is_room(window, monkeypatch):
    def full(*_, **__):
        raise UserError("磁盘空间不足")

    with monkeypatch.context() as patch:
        patch.setattr(backups, "make", full)
        window.session.set_text(CELL, "一")
        assert window.session.save()
    window.session.set_text(CELL, "二")
    assert window.session.save()
    assert kept(window) == ()
    window.session._tried -= timedelta(minutes=1)
    window.session.set_text(CELL, "三")
    assert window.session.save()
    [backup] = kept(window)
    assert opened(backup.path).forms["d"].text("improvement") == "二"
