"""Habits from other programs: what Enter, Esc, Tab, F6 and zooming do, where windows stand, what is in sight.

Requirements, each test names its own:
 1. Enter presses the button that has the focus, once; elsewhere it does nothing new
 2. zooming keeps form, tab, cell and pages; Ctrl+0 brings every font back
 3. F6 walks in the order of paper, whatever tabs the cells stand on
 4. the pages have a way back in sight, and Esc; an earlier version closes with Esc and Ctrl+W
 5. a window with its frame stands on the screen
 6. a copied form has a name of its own
 7. a merged label has all the room of its text; “、” begins no line
 8. every box has a label; Tab goes from cell to cell
 9. a question that comes and goes leaves the cursor where it was
10. of a name in two parts that is too long for the list both parts are seen
"""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QTextLayout, QTextOption
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.base import ask, theme
from gui.base.breaking import broken, lines
from gui.base.enter import EnterPresses
from gui.base.frame import FRAME, place
from gui.base.plain import Label
from gui.commands.save_commands import SaveCommands
from gui.editors.cells import LineCell, TextCell
from gui.frame.list_items import PART, cut
from gui.session.names import name_of_copy
from gui.session.places import Places
from model.forms.definition import TABS
from model.forms.loader import metrics
from model.paper.layout import lay_out_form
from tests.desk import PUBLISHED, YUEYANG, dressed, open_session

TABLE = TABS.index("绩效目标与指标")


# -- 1 ----------------------------------------------------------------------------------------------


@pytest.fixture
def buttons(qtbot):
    """A button of each kind, and a line, below each other."""
    dressed()
    app = QApplication.instance()
    presses = EnterPresses(app)
    page, pressed = QWidget(), []
    column = QVBoxLayout(page)
    for kind in (QPushButton, QToolButton, QLineEdit):
        column.addWidget(kind())
    for button in (*page.findChildren(QPushButton), *page.findChildren(QToolButton)):
        button.clicked.connect(lambda: pressed.append(QApplication.focusWidget()))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    yield page, pressed
    presses.deleteLater()


@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_1_enter_presses_the_button_in_hand_once(buttons, kind, key):
    page, pressed = buttons
    button = page.findChild(kind)
    button.setFocus()
    QTest.keyClick(button, key)
    assert pressed == [button]
    page.findChild(QLineEdit).setFocus()
    QTest.keyClick(page.findChild(QLineEdit), key)
    assert pressed == [button]


def test_1_with_control_it_is_another_key(buttons):
    page, pressed = buttons
    page.findChild(QPushButton).setFocus()
    QTest.keyClick(page.findChild(QPushButton), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_zooming_keeps_the_cell_and_brings_every_font_back(start):
    window = start(YUEYANG)
    window.view.show_cell("p1", "i3.actual")
    sizes = _sizes(window)
    for step in ("zoom_out", "zoom_out", "zoom_reset"):
        getattr(window.commands.views, step)()
        assert window.view.cursor_cell == ("p1", "i3.actual")
    assert _sizes(window) == sizes
    assert window.view.indicators.panel.view.hasFocus()


def _sizes(window):
    widgets = [child for child in window.view.findChildren(QWidget) if child.isVisible()]
    return {(type(child).__name__, child.font().pixelSize()) for child in widgets}


def test_2_zooming_keeps_the_field_and_the_pages_in_sight(start):
    window = start(YUEYANG)
    window.view.show_cell("d", "funds.total.budget")
    window.commands.views.zoom_out()
    assert QApplication.focusWidget().address == ("d", "funds.total.budget")
    window.view.show_preview("p2")
    window.commands.views.zoom_reset()
    assert window.view.whole.is_previewing
    assert window.view.output == "p2"


def test_2_zooming_keeps_the_goals_open_or_folded(start):
    window = start(YUEYANG)
    window.view.show_form("p1", TABLE)
    is_open = window.view.indicators.panel.fold.isChecked()
    for shown in (not is_open, is_open):
        QTest.mouseClick(window.view.indicators.panel.fold, Qt.MouseButton.LeftButton)
        for step in ("zoom_out", "zoom_reset"):
            getattr(window.commands.views, step)()
            assert window.view.indicators.panel.fold.isChecked() == shown


# -- 3 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.json")), ids=lambda path: path.stem)
def test_3_cells_come_in_the_order_of_paper(qtbot, tmp_path, path):
    session = open_session(tmp_path, (path,))
    (form,) = session.snapshot.reading.forms
    cells = sorted(lay_out_form(form, metrics(), False).cells, key=lambda cell: (cell.row, cell.col))
    printed = list(dict.fromkeys(cell.source[1] for cell in cells if cell.source))
    typed = [cell for cell in printed if cell != "total"]  # computed, no gap
    assert sorted(typed, key=Places(form).on_paper) == typed


# -- 4 ----------------------------------------------------------------------------------------------


def test_4_the_pages_have_a_way_back_in_sight_and_esc(start):
    window = start(YUEYANG)
    window.view.show_cell("p1", "i3.actual")
    back = (
        lambda page: QTest.mouseClick(page.bar.back, Qt.MouseButton.LeftButton),
        lambda page: QTest.keyClick(page.desk, Qt.Key.Key_Escape),
    )
    for way in back:
        window.view.show_preview("p1")
        assert window.view.preview.bar.back.isVisible()
        way(window.view.preview)
        assert window.view.whole.is_filling
        assert window.view.cursor_cell == ("p1", "i3.actual")


@pytest.mark.parametrize("cell", ["funds.total.budget", "reasons.0"])
def test_4_one_comes_back_to_the_field_one_was_in(start, cell):
    window = start(YUEYANG)
    window.view.show_cell("d", cell)
    was = QApplication.focusWidget().address
    window.view.show_preview("d")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert QApplication.focusWidget().address == was
    assert window.view.cursor_cell == was


def test_4_esc_leaves_the_page_of_handing_in_too(start):
    window = start(YUEYANG)
    window.view.show_handin()
    QTest.keyClick(window.view.whole.handin.list, Qt.Key.Key_Escape)
    assert window.view.whole.is_filling


@pytest.mark.parametrize(
    ("key", "with_keys"),
    [
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_4_an_earlier_version_closes_and_fits_the_screen(start, qtbot, key, with_keys):
    from model.document import backups, store

    window = start(YUEYANG)
    window.session.save()
    backup = backups.Backup(backups.make(window.session.path), backups.datetime.now())
    version = window._show_version(backup, store.open_document(backup.path))
    qtbot.waitExposed(version)
    version.activateWindow()
    qtbot.waitUntil(version.isActiveWindow)
    room = version.screen().availableGeometry()
    assert version.pos() == room.topLeft()
    assert version.height() + FRAME.height() <= room.height()
    QTest.keyClick(version, key, with_keys)
    qtbot.waitUntil(lambda: not window.versions)


# -- 5 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("screen", "size", "at"),
    [
        (QRect(0, 0, 1366, 728), QSize(1350, 688), QPoint(0, 0)),  # above the bar of Windows
        (QRect(0, 0, 1366, 768), QSize(1350, 728), QPoint(0, 0)),
        (QRect(0, 0, 1382, 808), QSize(1366, 768), QPoint(0, 0)),  # just large enough
        (QRect(100, 50, 1920, 1040), QSize(1366, 768), QPoint(369, 166)),  # in the middle
    ],
)
def test_5_a_window_is_no_larger_than_the_screen_with_its_frame(qtbot, screen, size, at):
    window = QWidget()
    qtbot.addWidget(window)
    place(window, QSize(1366, 768), screen)
    assert (window.size(), window.pos()) == (size, at)


def test_5_a_window_that_was_to_stand_beyond_the_screen_stands_at_its_edge(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    place(window, QSize(600, 400), QRect(0, 0, 1000, 800), QPoint(900, 30))
    assert window.pos() == QPoint(1000 - 616, 30)


# -- 6 ----------------------------------------------------------------------------------------------


def test_6_a_copied_form_has_a_name_of_its_own_and_undo_takes_both_back(start):
    window = start(YUEYANG)
    window.view.show_form("p1")
    name = window.session.text(("p1", "project_name"))
    window.commands.forms.duplicate_current()
    assert window.session.text((window.view.key, "project_name")) == f"{name}（副本）"
    window.view.show_form("p1")
    assert name_of_copy(window.session.answers, "p1") == f"{name}（副本2）"
    window.commands.edits.undo()
    assert name_of_copy(window.session.answers, "p1") == f"{name}（副本）"


# -- 7 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "培训合格率、完成率、出勤率、合格率，等；其他。",
        "智慧图书馆（3D）、智能化考场（100%）、“名称”、“别的名称”。",
        "http://www.example.invalid/abcdefghijklmnopqrstuvwxyz、合格率、培训率",
        "4201040000000000000000000000000、合格率",
    ],
)
def test_7_no_line_begins_with_what_ends_another(qtbot, text):
    dressed()
    for width in range(80, 400):
        found = broken(text, width)
        lines = _lines(found, width)
        assert len(lines) * QFontMetrics(theme.font()).lineSpacing() <= found.height
        assert not [line for line in lines[1:] if line[0] in "、，。；）”"]
        assert "".join(lines).replace("\u200b", "") == text
        assert not found.flags & int(Qt.TextFlag.TextWrapAnywhere)


def _lines(found, width):
    layout = QTextLayout(found.text, theme.font())
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(found.text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


def test_7_nor_does_a_line_of_a_list(qtbot):
    dressed()
    text = "这个文件里有两张表、一个名单、三页说明、十张照片，请逐一核对。\n另见“附件”、“附表”。"
    for width in range(60, 400):
        found = lines(text, width)
        assert not [line for line in found if line[0] in "、，。；）”"]
        assert "".join(found).replace("\u200b", "") == text.replace("\n", "")


def test_7_a_text_is_cut_only_where_it_must_be(qtbot):
    dressed()
    assert broken("abc 与 def", 60).text == "abc 与 def"
    assert broken("abcdefghijklmnopqrst", 60).height > broken("abc", 60).height


def test_7_a_merged_label_has_all_the_room_of_its_text(start):
    window = start(YUEYANG)
    window.view.show_form("p1", TABLE)
    view, session = window.view.indicators.panel.view, window.session
    first = next(span for span in view._spans if span.rows == 2 and span.columns == 1)
    row = view.model_.row_at(first.row)
    long = "社会公众或者服务对象满意度指标以及其他有关方面的满意度指标"
    rows = [view.model_.row_at(line) for line in range(first.row, first.last + 1)]
    session.edit("改", lambda edit: edit.set_texts({("p1", f"{one}.level2"): long for one in set(rows)}))
    view.refit.timeout.emit()
    span = next(one for one in view._spans if one.holds(view.model_.index_of(f"{row}.level2").row(), 1))
    high = sum(view.rowHeight(line) for line in range(span.row, span.last + 1))
    assert high >= view.delegate.span_height(span) > 2 * theme.px(40)


# -- 8 ----------------------------------------------------------------------------------------------


def test_8_no_box_of_money_is_without_a_label(start):
    window = start(YUEYANG)
    window.view.show_cell("d", "split.more1")
    editor = QApplication.focusWidget()
    labels = list(window.view.stack.currentWidget().findChildren(Label))
    assert [label.text() for label in labels if label.buddy() is editor] == ["其他"]
    assert all(label.text() for label in labels if isinstance(label.buddy(), LineCell))


def test_8_tab_goes_from_the_points_of_a_goal_to_its_text_not_to_its_deletion(start):
    window = start()
    window.view.show_cell("d", "g1.points")
    points = QApplication.focusWidget()
    assert isinstance(points, LineCell)
    assert points.address == ("d", "g1.points")
    QTest.keyClick(points, Qt.Key.Key_Tab)
    text = QApplication.focusWidget()
    assert isinstance(text, TextCell)
    assert text.address == ("d", "g1.text")
    QTest.keyClick(text, Qt.Key.Key_Tab)
    assert QApplication.focusWidget().address == ("d", "g2.points")


# -- 9 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "7"])
def test_9_a_copy_that_was_not_made_leaves_the_cursor_in_its_cell(start, monkeypatch, typed):
    window = start(YUEYANG)
    window.view.show_cell("p1", "i3.actual")
    QTest.keyClicks(QApplication.focusWidget(), typed)
    monkeypatch.setattr(ask, "save_copy_name", lambda *_: None)
    window.menus.action(SaveCommands.save_copy).trigger()
    assert window.view.indicators.panel.view.hasFocus()
    assert window.view.cursor_cell == ("p1", "i3.actual")
    assert window.session.answers.forms["p1"].text("i3.actual").startswith(typed)


# -- 10 ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [120, 160, 200])
def test_10_the_kind_and_the_project_are_seen(qtbot, width):
    metrics = QFontMetrics(theme.font(theme.BODY))
    shown = cut("项目支出绩效自评表 · 中小学运动场改造", metrics, width)
    kind, name = shown.split(PART)
    assert metrics.horizontalAdvance(shown) <= width
    assert kind[0] == "项"
    assert name[0] == "中"


def test_10_what_fits_is_whole(qtbot):
    metrics = QFontMetrics(theme.font(theme.BODY))
    assert cut("自评报告 · 甲", metrics, 400) == "自评报告 · 甲"
    assert "…" in cut("自评报告（摘要版）", metrics, 60)
