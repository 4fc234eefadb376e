"""打开以前的版本: the backups of the open document are listed, looked at, and gone back to.

Requirements, each test names its own:
 1. the list: time, total and grade, required fields, size; the newest first; by keyboard
 2. where there are none it says so; one that can't be read is listed and can't be chosen
 3. opened: a window of its own in which nothing can be changed, and which remembers nothing
 4. restored: the content of the document, as one step; what was there before is backed up
"""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.base import ask
from gui.base import settings as settings_store
from gui.commands.version_commands import VersionCommands
from gui.files import versions_dialog
from gui.files.versions_dialog import NOTHING, VersionsDialog
from model.document import backups, store
from tests.stored import opened

CELL = ("d", "improvement")
NOW = datetime.now().replace(microsecond=0)


@pytest.fixture
def window(start):
    """A document that was changed after each of two backups."""
    found = start()
    for days, text in ((40, "第一稿"), (1, "第二稿")):
        found.session.set_text(CELL, text)
        found.session.document.pause()
        assert found.session.save()
        backups.make(found.session.path, now=NOW - timedelta(days=days))
    for copy in (found.session.path.parent / store.BACKUPS).iterdir():
        if opened(copy).forms["d"].text("improvement") not in ("第一稿", "第二稿"):
            copy.unlink()  # that of the first change
    found.session.set_text(CELL, "现在的")
    return found


@pytest.fixture
def dialog(qtbot, window):
    window.commands.saves.save_now()
    return listed(qtbot, window)


def listed(qtbot, window):
    dialog = VersionsDialog(window.session, window)
    dialog.show()
    assert dialog._worker.wait(20_000)
    qtbot.waitUntil(lambda: bool(dialog.list.topLevelItemCount()) or dialog.empty.text() == NOTHING)
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == len(dialog._read))
    return dialog


def rows(dialog):
    items = [dialog.list.topLevelItem(n) for n in range(dialog.list.topLevelItemCount())]
    return [[item.text(column) for column in range(4)] for item in items]


# -- 1 ----------------------------------------------------------------------------------------------


def test_1_time_total_required_fields_and_size_the_newest_first(dialog, window):
    first, second = rows(dialog)
    assert first[0] == f"昨天 {NOW:%H:%M}"
    assert second[0].endswith(f"日 {NOW:%H:%M}") or second[0].startswith(f"{NOW.year - 1}-")
    filled = sum(found.filled for found in window.session.snapshot.completeness.values())
    required = sum(found.required for found in window.session.snapshot.completeness.values())
    assert first[1:3] == ["94.64 优", f"{filled} / {required}"]
    assert first[3].endswith(" KB")


def test_1_the_newest_is_marked_and_enter_opens_it(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.list.hasFocus() or dialog.list.currentItem() is not None)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert opened(dialog.chosen.path).forms["d"].text("improvement") == "第一稿"
    assert not dialog.is_to_be_restored


def test_1_escape_chooses_nothing(dialog):
    QTest.keyClick(dialog.list, Qt.Key.Key_Escape)
    assert (dialog.isVisible(), dialog.chosen) == (False, None)


def test_1_tab_leads_from_the_list_to_the_buttons(qtbot, dialog):
    dialog.activateWindow()
    dialog.list.setFocus()
    qtbot.waitUntil(dialog.list.hasFocus)
    reached = []
    for _ in range(3):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        reached.append(dialog.focusWidget())
    assert reached == [dialog.restore, dialog.view, dialog.cancel]


def test_1_it_is_in_the_menu_and_needs_a_document(window, monkeypatch):
    action = window.menus.action(VersionCommands.earlier_versions)
    assert (action.text(), action.isEnabled()) == ("打开以前的版本…", True)
    window.commands.files.close_document()
    assert not action.isEnabled()


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_where_there_are_none_it_says_so(qtbot, start):
    dialog = listed(qtbot, start())
    assert dialog.empty.isVisible()
    assert dialog.empty.text() == NOTHING
    assert not dialog.view.isEnabled()
    assert not dialog.restore.isEnabled()


def test_2_what_can_t_be_read_is_listed_and_can_t_be_chosen(qtbot, start):
    window = start()
    copy = backups.make(window.session.path, now=NOW)
    copy.write_bytes(b"lost")
    dialog = listed(qtbot, window)
    assert rows(dialog)[0][1] == "读不出来"
    assert not dialog.view.isEnabled()
    assert "不是自评簿文件" in dialog.view.toolTip()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.chosen is None


def test_2_a_read_only_document_can_only_be_looked_at(qtbot, window):
    window.commands.saves.save_now()
    stored = window.session._stored
    window.session._stored = store.Stored(stored.answers, stored.revision, "文件是只读的。")
    dialog = listed(qtbot, window)
    assert dialog.view.isEnabled()
    assert not dialog.restore.isEnabled()
    assert dialog.note.text() == versions_dialog.LOCKED


def test_2_closed_while_it_reads_it_leaves_nothing_behind(window):
    dialog = VersionsDialog(window.session, window)
    dialog.show()
    dialog.reject()
    assert dialog._worker.wait(20_000)


# -- 3 ----------------------------------------------------------------------------------------------


@pytest.fixture
def version(window):
    """The oldest version in its window."""
    window.commands.versions.view_version(backups.found(window.session.path)[-1])
    [found] = window.versions
    return found


def test_3_it_shows_what_was_typed_then(version):
    assert version.isVisible()
    assert version.session.form("d").answers.text("improvement") == "第一稿"
    assert version.windowTitle().startswith(version.moment)
    assert version.view.bar.text.text() == f"这是 {version.moment} 的版本，只能查看、导出和打印。"


def test_3_nothing_can_be_changed(version):
    before = version.session.path.read_bytes()
    version.session.set_text(CELL, "改")
    version.session.edit("删除", lambda edit: edit.remove_form("p1"))
    assert not version.session.is_dirty
    version.close()
    assert version.session.path.read_bytes() == before


def test_3_its_menus_offer_what_can_be_done_with_it(version):
    offered = [action.text() for _, action in version.menus.entries()]
    assert {"导出…", "打印…", "预览", "另存副本…"} <= set(offered)
    assert not {"新建自评簿…", "打开…", "撤销", "添加项目…", "立即保存", "浅色"} & set(offered)
    titles = [action.text() for action in version.menuBar().actions()]
    assert titles == ["文件(&F)", "检查(&C)", "视图(&V)", "帮助(&H)"]


def test_3_it_is_not_remembered_and_keeps_no_settings(version, window):
    assert str(version.session.path) not in settings_store.load().recent
    version.resize(1000, 600)
    version.close()
    assert settings_store.load().geometry == ""


def test_3_it_closes_with_the_window_of_its_document(version, window):
    assert window.close()
    assert not version.isVisible()


def test_3_the_document_goes_on_meanwhile(version, window):
    window.session.set_text(CELL, "又写")
    assert window.session.save()
    assert version.session.form("d").answers.text("improvement") == "第一稿"


# -- 4 ----------------------------------------------------------------------------------------------


def test_4_restored_by_the_dialog_it_is_the_content_and_one_step(qtbot, window):
    def restore():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, VersionsDialog) and dialog.list.topLevelItemCount() == 2:
            QTest.keyClick(dialog.list, Qt.Key.Key_End)
            dialog.restore.click()
        else:
            QTimer.singleShot(10, restore)

    QTimer.singleShot(10, restore)
    window.commands.versions.earlier_versions()
    assert window.session.form("d").answers.text("improvement") == "第一稿"
    assert window.session.document.undo_label.startswith("恢复为 ")
    assert window.session.save()
    assert opened(window.session.path).forms["d"].text("improvement") == "第一稿"
    window.commands.edits.undo()
    assert window.session.form("d").answers.text("improvement") == "现在的"


def test_4_what_was_there_before_is_backed_up_first(window):
    window.commands.versions.restore_version(backups.found(window.session.path)[-1])
    newest = backups.found(window.session.path)[0]
    assert opened(newest.path).forms["d"].text("improvement") == "现在的"


def test_4_every_view_shows_it(window):
    window.view.show_form("p1")
    backup = backups.found(window.session.path)[-1]
    window.session.edit("删除", lambda edit: edit.remove_form("p1"))
    assert window.view.list.forms.count() == 1
    window.commands.versions.restore_version(backup)
    assert window.view.list.forms.count() == 2


def test_4_rows_added_afterwards_get_ids_of_their_own(window):
    path = window.session.path
    window.session.edit("删除", lambda edit: edit.remove_rows("d", "indicators", ["i1"]))
    window.commands.versions.restore_version(backups.found(path)[-1])
    ids = []
    add = lambda edit: ids.extend(edit.add_rows("d", "indicators", 0, [{"name": "新"}]))  # noqa: E731
    window.session.edit("加行", add)
    assert ids[0] not in opened(backups.found(path)[-1].path).forms["d"].indicators


def test_4_where_what_is_there_can_t_be_saved_nothing_is_restored(window, monkeypatch):
    said = []
    monkeypatch.setattr(ask, "tell_error", lambda parent, error: said.append(error.message))
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: True)
    backup = backups.found(window.session.path)[-1]
    window.session.path.unlink()
    window.commands.versions.restore_version(backup)
    assert said[0].startswith("现在的内容没有保存，所以没有恢复：")
    assert window.session.form("d").answers.text("improvement") == "现在的"
