"""佐证材料 in the window: dropped, added, seen, used for indicators, moved out, exported."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from gui.base import ask
from gui.handin import material_face
from gui.handin.evidence_panel import NOTHING_LOOSE
from gui.handin.evidence_view import BROKEN, NOT_SHOWN, EvidenceDialog
from gui.pane.pane import MATERIAL
from gui.paper.page_view import Desk
from model.document import store
from model.forms.definition import TABS
from model.handin import attachments, freeing
from tests.evidence_desk import EVIDENCE, drop, evidence, panel
from tests.test_names import nameless


def test_files_dropped_on_the_catalogue_are_kept_and_listed(window, files):
    drop(panel(window), sorted(files.iterdir()))
    assert sorted(one.file for one in evidence(window)) == ["批复.pdf", "测速.xlsx", "照片.png"]
    assert panel(window).table.rowCount() == 3
    assert "3 件" in panel(window).total.text()
    for one in evidence(window):
        content = attachments.content_of(window.session.path, one.sha)
        assert content == (files / one.file).read_bytes()
    assert panel(window).missing.head.text().startswith("还缺 ")
    assert nameless(window) == []


def test_adding_is_one_step_and_undo_and_redo_keep_the_content(window, files, monkeypatch):
    monkeypatch.setattr(ask, "evidence_names", lambda *_: sorted(files.iterdir()))
    QTest.mouseClick(panel(window).add_button, Qt.MouseButton.LeftButton)
    assert len(evidence(window)) == 3
    assert window.session.document.undo_label == "添加佐证材料"
    window.session.undo()
    assert evidence(window) == []
    assert panel(window).table.isHidden()
    window.session.redo()
    assert attachments.content_of(window.session.path, evidence(window)[0].sha)


def test_a_file_dropped_on_an_indicator_proves_it(window, files):
    window.view.show_form("d", TABS.index("绩效目标与指标"))
    view = window.view.indicators.panel.view
    index = view.model_.index_of("i1.name")
    view.scrollTo(index)
    drop(view.viewport(), [files / "批复.pdf"], view.visualRect(index).center())
    [one] = evidence(window)
    assert one.used_for == ("i1",)
    name = " ".join(window.session.text(("d", "i1.name")).split())
    assert window.session.text(("d", f"{one.row}.remark")) == name
    assert f"用于“{name}”" in window.view._notice


def test_a_document_dropped_there_is_the_window_s(window, files, monkeypatch, tmp_path):
    taken = []
    monkeypatch.setattr("gui.commands.dropping.Dropping._take", lambda self, paths: taken.append(paths))
    other = tmp_path / "别的.zpb"
    store.create(other, window.session.answers)
    drop(panel(window), [other])
    assert taken == [[other]]
    assert evidence(window) == []


def test_what_belongs_to_no_indicator_is_imported_by_the_window(window, files, monkeypatch):
    taken = []
    monkeypatch.setattr("gui.commands.dropping.Dropping._take", lambda self, paths: taken.append(paths))
    window.view.show_form("d", TABS.index("绩效目标与指标"))
    view = window.view.indicators.panel.view
    drop(view.viewport(), [files / "测速.xlsx"], QPoint(-50, -50))
    QTest.qWait(20)
    assert taken == [[files / "测速.xlsx"]]
    assert evidence(window) == []


def test_it_is_used_for_indicators_from_a_menu_and_the_remark_follows(window, files):
    panel(window).add([files / "批复.pdf"])
    panel(window).table.selectRow(0)
    actions = panel(window).use_menu().actions()
    actions[0].trigger()
    panel(window).use_menu().actions()[1].trigger()
    [one] = evidence(window)
    assert len(one.used_for) == 2
    assert window.session.text(("d", f"{one.row}.remark")).endswith("、教师信息技术应用能力培训")
    window.session.set_text(("d", f"{one.row}.remark"), "另见附件")
    panel(window).use_menu().actions()[1].trigger()
    assert len(evidence(window)[0].used_for) == 1
    assert window.session.text(("d", f"{one.row}.remark")) == "另见附件"


def test_the_same_file_again_is_one_line(window, files):
    panel(window).add([files / "批复.pdf"])
    panel(window).add([files / "批复.pdf"], "i2")
    assert [one.used_for for one in evidence(window)] == [("i2",)]


def test_what_can_t_be_added_is_said_below_and_the_rest_is_added(window, files, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", (files / "测速.xlsx").stat().st_size)
    panel(window).add([files / "批复.pdf", files / "测速.xlsx", files / "没有.pdf", files])
    assert [one.file for one in evidence(window)] == ["测速.xlsx"]
    said = panel(window).problem.text()
    assert "超过 50 MB，没有放入" in said
    assert "没有.pdf" in said
    assert "文件夹" in said
    assert panel(window).problem.isVisible()


def test_moving_out_is_undone_with_its_file(window, files):
    panel(window).add([files / "照片.png"])
    panel(window).table.selectRow(0)
    QTest.keyClick(panel(window).table, Qt.Key.Key_Delete)
    assert evidence(window) == []
    window.session.undo()
    assert attachments.content_of(window.session.path, evidence(window)[0].sha)


@pytest.mark.parametrize(
    ("file", "shown"), [("批复.pdf", Desk), ("照片.png", QScrollArea), ("测速.xlsx", NOT_SHOWN)]
)
def test_pdf_and_pictures_are_seen_in_the_window(qtbot, window, files, file, shown):
    panel(window).add([files / file])
    [one] = evidence(window)
    dialog = EvidenceDialog(one, attachments.content_of(window.session.path, one.sha))
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []
    if isinstance(shown, str):
        assert dialog.shown.text() == shown
    else:
        assert isinstance(dialog.shown, shown)


@pytest.mark.parametrize("file", ["批复.pdf", "照片.png"])
def test_one_that_is_broken_is_a_sentence(qtbot, window, files, file):
    panel(window).add([files / file])
    head = b"%PDF" if file.endswith("pdf") else b"\x89PNG"
    dialog = EvidenceDialog(evidence(window)[0], head + b"\x00" * 100)
    qtbot.addWidget(dialog)
    assert dialog.shown.text() == BROKEN


def test_one_that_the_file_does_not_have_is_said(window, files):
    panel(window).add([files / "照片.png"])
    [one] = evidence(window)
    window.session.set_text(("d", f"{one.row}.sha"), "0" * 64)
    panel(window).table.selectRow(0)
    panel(window).show_current()
    assert "不在这个自评簿里" in panel(window).problem.text()


def test_f8_and_the_list_lead_to_what_lacks_evidence(window, files):
    panel(window).add([files / "批复.pdf"])
    window.view.show_handin()
    items = [line.item for line in window.view.whole.handin.list.lines.lines if line.item]
    item = next(item for item in items if item.kind == "evidence-missing")
    window.view.whole.handin.list.jump_wanted.emit(item)
    assert not window.view.is_previewing
    assert window.view.tab == EVIDENCE


def test_a_file_is_dragged_or_moved_by_keys_into_another_order(window, files):
    panel(window).add(sorted(files.iterdir()))
    table = panel(window).table
    before = [one.file for one in evidence(window)]
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.file for one in evidence(window)] == [before[1], before[0], before[2]]
    assert table.currentRow() == 1
    table.moved.emit(0, 2)  # what a drop emits
    assert [one.file for one in evidence(window)] == [before[0], before[2], before[1]]
    assert window.session.document.undo_label == "移动佐证材料"
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)  # below the last there is nothing
    assert [one.file for one in evidence(window)] == [before[0], before[2], before[1]]
    window.session.undo()
    window.session.undo()
    assert [one.file for one in evidence(window)] == before


@pytest.mark.parametrize(("low", "order"), [(False, (2, 0, 1)), (True, (0, 2, 1))])
def test_a_line_let_go_above_or_below_the_middle_of_another_stands_before_or_behind_it(
    window, files, low, order
):
    panel(window).add(sorted(files.iterdir()))
    table = panel(window).table
    before = [one.file for one in evidence(window)]
    table.selectRow(2)
    point = QPointF(20, table.rowViewportPosition(0) + table.rowHeight(0) * (0.8 if low else 0.2))
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(point, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, none)
    event.source = lambda: table
    table.dropEvent(event)
    assert [one.file for one in evidence(window)] == [before[n] for n in order]
    assert event.dropAction() == Qt.DropAction.IgnoreAction


def test_pictures_of_what_can_be_drawn_come_by_themselves(window, files, qtbot):
    (files / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    panel(window).add(sorted(files.iterdir()))
    pictures = panel(window).pictures
    qtbot.waitUntil(lambda: not pictures.is_busy)
    drawn = {one.file: pictures.of(one) is not None for one in evidence(window)}
    assert drawn == {"批复.pdf": True, "照片.png": True, "坏.pdf": False, "测速.xlsx": False}
    at = next(n for n, one in enumerate(panel(window).files()) if one.file == "批复.pdf")
    assert " 页 · " in panel(window).table.item(at, 1).text()


def test_the_pane_shows_the_marked_file_while_its_tab_is_in_sight(window, files, qtbot):
    pane, face = window.view.pane, panel(window).face
    assert pane.tabs.isTabVisible(MATERIAL)
    panel(window).add(sorted(files.iterdir()))
    panel(window).table.selectRow(0)
    qtbot.waitUntil(lambda: face.picture.height() > face.picture.width() > 100)  # a page, and in sight
    assert face.title.text() == "批复"
    assert "第 1 / 2 页" in face.about.text()
    QTest.mouseClick(face.on, Qt.MouseButton.LeftButton)
    assert "第 2 / 2 页" in face.about.text()
    assert not face.on.isEnabled()
    panel(window).table.selectRow(1)
    assert face.shown.text() == material_face.NOT_SHOWN
    assert nameless(window) == []
    window.view.show_form("d", 0)
    assert not pane.tabs.isTabVisible(MATERIAL)
    assert pane.face != MATERIAL
    window.view.show_form("d", EVIDENCE)
    assert pane.face == MATERIAL


def test_a_file_is_called_otherwise_in_the_catalogue(window, files):
    panel(window).add([files / "批复.pdf"])
    panel(window).table.selectRow(0)

    def rename():
        dialog = QApplication.activeModalWidget()
        dialog.edit.setText("立项批复")
        dialog.accept()

    QTimer.singleShot(50, rename)
    QTest.keyClick(panel(window).table, Qt.Key.Key_F2)
    [one] = evidence(window)
    assert (one.title, one.file) == ("立项批复", "批复.pdf")


def test_what_was_moved_out_can_be_cleaned_up(window, files, monkeypatch):
    panel(window).add([files / "批复.pdf"])
    panel(window).table.selectRow(0)
    QTest.keyClick(panel(window).table, Qt.Key.Key_Delete)
    QTest.mouseClick(panel(window).clean, Qt.MouseButton.LeftButton)
    assert panel(window).problem.text() == NOTHING_LOOSE  # it was put a moment ago
    monkeypatch.setattr(freeing, "FRESH", timedelta(0))
    asked = []
    monkeypatch.setattr(ask, "confirm", lambda *given, **_: asked.append(given[1]) or False)
    QTest.mouseClick(panel(window).clean, Qt.MouseButton.LeftButton)
    assert "1 件材料" in asked[0]
    assert len(attachments.kept(window.session.path)) == 1
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: True)
    QTest.mouseClick(panel(window).clean, Qt.MouseButton.LeftButton)
    assert attachments.kept(window.session.path) == frozenset()


def test_who_leaves_takes_along_what_was_moved_out(window, files, monkeypatch):
    panel(window).add([files / "批复.pdf", files / "照片.png"])
    panel(window).table.selectRow(0)
    panel(window).remove_current()
    path, [stays] = window.session.path, evidence(window)
    monkeypatch.setattr(freeing, "FRESH", timedelta(0))
    assert window.commands.saves.may_leave()
    assert attachments.kept(path) == {stays.sha}
