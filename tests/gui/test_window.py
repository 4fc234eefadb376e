"""The window: opening, typing into fields of every tab, forms added and removed, undo, preview, closing."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from export import WINDOW_FORMATS, pdf_bytes
from export.batch import export_forms
from gui.base import ask
from gui.base import settings as settings_store
from gui.base.settings import Settings
from gui.commands.file_commands import FileCommands
from gui.commands.paper_commands import PaperCommands
from gui.editors.cells import ChoiceCell, LineCell, TextCell
from gui.pane.pane import FINDINGS
from gui.paper.doors import Doors
from gui.window import Window
from model.document import store
from model.filling.blank import blank_document, sets
from model.forms.definition import TABS
from model.forms.loader import shipped
from tests.desk import EXAMPLE, YUEYANG, dressed, open_session, write


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(settings_store, "config_folder", lambda program=None: tmp_path / "config")
    dressed()
    made = Window(shipped(), Settings(), Doors(pdf_bytes, WINDOW_FORMATS, export_forms))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def opened(window, tmp_path):
    path = open_session(tmp_path, EXAMPLE).path
    assert window.commands.files.open_path(path)
    return window


def tab(window, name):
    window.view.tabs.choose(TABS.index(name))
    QApplication.processEvents()
    return window.view.stack.currentWidget()


def editor(page, cell):
    return next(w for w in page.findChildren(LineCell) + page.findChildren(TextCell) if w.address[1] == cell)


def test_the_start_page_comes_first_and_nothing_is_open(window):
    assert window.windowTitle() == "自评簿"
    assert not window.menus.action(PaperCommands.export).isEnabled()
    assert window.menus.action(FileCommands.new_document).isEnabled()


def test_an_opened_document_shows_its_total_in_the_strip(opened):
    assert opened.windowTitle() == "武汉市示例区教育信息中心 2025 年度 － 自评簿"
    assert opened.view.strip.total.text() == str(opened.session.form("d").sheet.total.normalize())


def test_typing_an_amount_changes_rate_and_score_at_every_key(opened):
    page = tab(opened, "预算执行情况")
    executed = editor(page, "funds.total.executed")
    executed.setFocus()
    executed.selectAll()
    write(executed, "538")
    assert opened.view.strip.rate.text() == "49.98%"
    write(executed, ".215")
    assert opened.view.strip.rate.text() == "50%"
    assert opened.session.form("d").sheet.execution.score == 10


def test_a_long_text_is_taken_over_as_typed(opened):
    page = tab(opened, "问题与改进")
    improvement = editor(page, "improvement")
    improvement.selectAll()
    write(improvement, "改进措施 100%\n第二行 硚〇䶮𬭊")
    assert opened.session.form("d").answers.text("improvement") == "改进措施 100%\n第二行 硚〇䶮𬭊"


def test_two_thousand_characters_make_the_field_grow_and_none_is_lost(opened):
    page = tab(opened, "问题与改进")
    improvement = editor(page, "improvement")
    before = improvement.sizeHint().height()
    improvement.setPlainText("字" * 2000)
    assert len(opened.session.form("d").answers.text("improvement")) == 2000
    assert improvement.sizeHint().height() > before * 3


def test_one_tick_at_a_time_and_a_second_click_takes_it_away(opened):
    opened.view.show_form("p1")
    page = tab(opened, "基本情况")
    choice = next(w for w in page.findChildren(ChoiceCell) if w.address[1] == "nature")
    choice.boxes[1].click()
    assert opened.session.form("p1").answers.text("nature") == "2、新增性项目"
    assert [box.isChecked() for box in choice.boxes] == [False, True]
    choice.boxes[1].click()
    assert opened.session.form("p1").answers.text("nature") == ""


def test_ctrl_z_in_a_field_is_the_undo_of_the_document(opened):
    page = tab(opened, "基本情况")
    unit = editor(page, "unit_name")
    unit.setFocus()
    before = unit.text()
    write(unit, "abc")
    QTest.keyClick(unit, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert unit.text() == before
    assert opened.session.form("d").answers.text("unit_name") == before


def test_two_editors_of_one_cell_show_the_same(opened):
    reasons = tab(opened, "问题与改进")
    field = editor(reasons, "i1.reason")
    field.selectAll()
    write(field, "新原因")
    table = opened.view.indicators.panel.view
    assert table.model_.index_of("i1.reason").data() == "新原因"


def test_enter_goes_to_the_next_field(opened):
    page = tab(opened, "基本情况")
    first = editor(page, "unit_line")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor(page, "filled_on")


def test_alt_and_a_digit_choose_a_tab(opened):
    QTest.keyClick(opened, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert opened.view.tabs.current() == 2


@pytest.mark.parametrize("name", TABS)
def test_every_tab_of_every_form_can_be_shown(opened, name):
    for key in opened.session.snapshot.forms:
        opened.view.show_form(key)
        assert tab(opened, name) is not None


def test_tabs_without_fields_and_texts_say_so(start):
    from PySide6.QtWidgets import QLabel

    window = start(EXAMPLE)
    window.commands.forms.add_declaration()
    page = tab(window, "上年结果应用")
    assert "本表样没有这一部分。" in [label.text() for label in page.findChildren(QLabel)]


# --- forms


def test_a_form_is_duplicated_renamed_moved_deleted_and_all_comes_back(opened, monkeypatch):
    first = opened.session.answers
    opened.commands.forms._duplicate("p1")
    assert opened.session.answers.projects == ("p1", "p2")
    assert opened.view.key == "p2"
    opened.commands.forms._move("p2", 1)
    assert opened.session.answers.projects == ("p2", "p1")
    opened.commands.forms._delete("p1")
    assert opened.session.answers.projects == ("p2",)
    for _ in range(3):
        opened.commands.edits.undo()
    assert opened.session.answers == first


def test_a_project_is_added_with_empty_rows(opened, monkeypatch):
    from gui.files import new_dialog

    class Named:
        name = "新项目"

        def __init__(self, *_, **__):
            pass

        def exec(self):
            return True

    monkeypatch.setattr(new_dialog, "ProjectNameDialog", Named)
    opened.commands.forms.add_project()
    form = opened.session.form(opened.view.key)
    assert (form.project, form.definition.id) == ("新项目", "wuhan-project-2022")
    assert form.answers.indicators
    assert opened.view.list.forms.count() == 3


def test_the_list_marks_what_is_complete_and_what_is_missing(opened):
    from gui.frame.list_items import COMPLETE

    item = opened.view.list.forms.item(0)
    assert item.data(COMPLETE)
    opened.session.set_text(("d", "improvement"), "")
    assert not opened.view.list.forms.item(0).data(COMPLETE)
    assert opened.view.list.forms.item(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("缺 1 项")


def test_f6_goes_to_what_is_missing(opened):
    opened.session.set_text(("d", "improvement"), "")
    QTest.keyClick(opened, Qt.Key.Key_F6)
    assert opened.view.tabs.current() == TABS.index("问题与改进")
    assert QApplication.focusWidget().address == ("d", "improvement")


# --- paper and files


def test_the_preview_shows_the_pages_and_comes_back(opened):
    opened.commands.papers.preview()
    assert opened.view.is_previewing
    opened.commands.papers.preview()
    assert not opened.view.is_previewing


def test_a_given_total_stands_beside_the_computed_one_until_it_is_given_up(window, tmp_path):
    path = open_session(tmp_path, [p for p in YUEYANG if "_07_" in p.name]).path
    window.commands.files.open_path(path)
    assert (window.view.strip.total.text(), window.view.strip.given.text()) == ("108", "原表 98")
    window.commands.forms.accept_total()
    assert window.view.strip.given.isHidden()
    window.commands.edits.undo()
    assert window.view.strip.given.text() == "原表 98"


def test_closing_saves_what_was_typed(opened):
    path = opened.session.path
    opened.session.set_text(("d", "improvement"), "关闭前写的")
    assert opened.close()
    assert store.open_document(path).answers.forms["d"].text("improvement") == "关闭前写的"


def test_a_file_that_is_no_document_is_told_and_nothing_else_happens(opened, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr(ask, "tell_error", lambda parent, error: said.append(str(error)))
    stranger = tmp_path / "别的.zpb"
    stranger.write_bytes(b"not a document")
    assert not opened.commands.files.open_path(stranger)
    assert said
    assert stranger.read_bytes() == b"not a document"
    assert opened.session is not None


def test_a_new_document_is_written_opened_and_remembered(window, tmp_path):
    form_set = sets(shipped())[0]
    path = tmp_path / "2026-测试单位.zpb"
    window.commands.files.create(blank_document(form_set, "测试单位", "2026"), path)
    assert window.windowTitle().startswith("测试单位 2026 年度")
    assert window.bench.preferences.now.recent == (str(path),)
    assert window.view.strip.total.text() == "—"


def test_the_example_opens_as_a_copy_of_its_own(window):
    window.commands.files.open_example()
    assert window.session.path.name == "示例.zpb"
    assert window.bench.preferences.now.recent == ()  # the example is no document of the clerk's
    assert Path(window.session.path).is_file()


def test_a_total_that_leaves_something_out_says_whether_to_fill_in_or_to_mend(opened):
    opened.view.show_form("d")
    assert opened.view.strip.total_caption.text() == "总分"
    opened.session.set_text(("d", "i2.score"), "四")
    assert opened.view.strip.total_caption.text() == "总分（待改正）"
    opened.session.set_text(("d", "i2.actual"), "")  # still a score without a result
    assert opened.view.strip.total_caption.text() == "总分（待改正）"
    opened.session.set_text(("d", "i2.score"), "")
    assert opened.view.strip.total_caption.text() == "总分（未填完）"


@pytest.mark.parametrize("zoom", [80, 150, 200])
def test_zoom_keeps_what_is_open(opened, zoom):
    opened.view.show_form("p1", 3)
    opened.commands.checks.show_findings()
    opened.commands.views._zoom_to(zoom)
    assert (opened.view.key, opened.view.tabs.current()) == ("p1", 3)
    assert opened.view.pane.face == FINDINGS
    opened.commands.views._zoom_to(100)


def test_dark_and_light(opened):
    opened.commands.views.theme_dark()
    assert opened.view.strip.total.text() != ""
    opened.commands.views.theme_light()
    assert opened.bench.preferences.now.theme == "light"
