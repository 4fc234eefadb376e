"""The declaration in the window, with real keys.

1. it is added, stands first, has three tabs with content, and is deleted; each is one step
2. money: shares and totals follow the keys, given totals stand beside them
3. goals and indicators: two terms, locked cells, goals added behind those of their term
4. strip, list and pane say nothing of scores; a click in the preview goes to the field
5. annual goals are taken over, and it is said how many
6. a new document can begin with it
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.base import ask
from gui.commands.form_commands import FormCommands
from gui.files.new_dialog import NewDialog, ProjectNameDialog
from gui.files.recent import summarise
from gui.tabs.shares_panel import SharesPanel
from gui.tabs.tab_page import NOTHING
from model.filling.blank import sets
from model.forms.definition import TABS
from model.forms.loader import shipped
from tests.declared import editor, focused, key, opened_window, tab, texts
from tests.desk import EXAMPLE, write

CONCLUSION, BASICS, BUDGET, INDICATORS, PROBLEMS, LAST_YEAR, EVIDENCE = TABS


@pytest.fixture
def opened(qtbot, tmp_path, monkeypatch):
    """The example, which has no declaration."""
    return opened_window(qtbot, tmp_path, monkeypatch, EXAMPLE)


@pytest.fixture
def declared(qtbot, tmp_path, monkeypatch):
    """The published declaration alone."""
    return opened_window(qtbot, tmp_path, monkeypatch)


# --- 1: added and deleted


def test_1_it_is_added_as_one_step_and_stands_first(opened):
    opened.menus.action(FormCommands.add_declaration).trigger()
    assert list(opened.session.answers.forms) == ["t", "d", "p1"]
    assert opened.view.list.forms.item(0).text() == "目标申报表"
    assert (opened.view.key, opened.view.tabs.current()) == ("t", TABS.index(BASICS))
    assert texts(opened).text("unit_name") == "武汉市示例区教育信息中心"
    assert not opened.menus.action(FormCommands.add_declaration).isEnabled()
    opened.commands.edits.undo()
    assert list(opened.session.answers.forms) == ["d", "p1"]
    assert opened.menus.action(FormCommands.add_declaration).isEnabled()


def test_1_it_is_deleted_and_comes_back(opened):
    opened.commands.forms.add_declaration()
    write(editor(tab(opened, BASICS), "filled_by"), "甲")
    opened.commands.forms.delete_current()
    assert "t" not in opened.session.answers.forms
    assert opened.session.document.undo_label == "删除“目标申报表”"
    opened.commands.edits.undo()
    assert texts(opened).text("filled_by") == "甲"
    opened.view.show_form("t")
    assert opened.view.key == "t"


@pytest.mark.parametrize("name", [CONCLUSION, PROBLEMS, LAST_YEAR, EVIDENCE])
def test_1_other_tabs_say_that_there_is_nothing(declared, name):
    labels = [label.text() for label in tab(declared, name).findChildren(QLabel)]
    assert labels == [NOTHING]


def test_1_it_can_neither_be_copied_nor_renamed(declared):
    declared.commands.forms.duplicate_current()
    declared.commands.forms.rename_current()
    assert list(declared.session.answers.forms) == ["t"]


def test_1_a_document_of_it_alone_gets_the_projects_of_its_region(declared, monkeypatch):
    def answer(dialog):
        write(dialog.edit, "修缮")
        return True

    monkeypatch.setattr(ProjectNameDialog, "exec", answer)
    declared.commands.forms.add_project()
    form = declared.session.answers.forms["p1"]
    assert (form.definition, form.text("project_name")) == ("wuhan-project-2022", "修缮")


def test_1_long_texts_are_typed_line_by_line(opened):
    opened.commands.forms.add_declaration()
    page = tab(opened, BASICS)
    write(editor(page, "functions"), "（一）管理学校。\n（二）指导教学。")
    write(editor(page, "annual_tasks"), "建学校")
    assert texts(opened).text("functions").splitlines() == ["（一）管理学校。", "（二）指导教学。"]
    assert texts(opened).text("annual_tasks") == "建学校"


# --- 2: money


def money(window) -> SharesPanel:
    return tab(window, BUDGET).findChild(SharesPanel)


def test_2_shares_and_totals_follow_the_keys(opened):
    opened.commands.forms.add_declaration()
    panel = money(opened)
    for row, amount in (("fiscal", "100"), ("special_account", "100"), ("own", "100")):
        write(editor(panel, f"shares.{row}.amount"), amount)
    shown = {cell: field.text() for cell, field in panel._computed.items() if field.text()}
    assert shown == {
        "shares.fiscal.share": "33.34%",
        "shares.special_account.share": "33.33%",
        "shares.own.share": "33.33%",
        "shares.income.amount": "300",
        "shares.income.share": "100.00%",
    }
    assert texts(opened).text("shares.income.amount") == ""


def test_2_computed_fields_can_not_be_typed_into(declared):
    field = money(declared)._computed["shares.income.amount"]
    write(field, "5")
    assert field.text() == "182,142.95"


def test_2_enter_goes_on_to_the_next_amount(declared):
    panel = money(declared)
    first = editor(panel, "shares.fiscal.amount")
    first.setFocus()
    key(first, Qt.Key.Key_Return)
    assert focused() is not first


def test_2_a_total_that_a_file_had_printed_stands_beside_until_the_computed_one_holds(declared):
    panel = money(declared)
    assert panel.given.isHidden()
    cell = editor(panel, "shares.own.amount")
    cell.selectAll()
    write(cell, "1")
    assert panel.given.text() == "收入构成 · 当年金额：原表合计 182,142.95，计算 170,224.07"
    declared.commands.forms.accept_total()
    assert panel.given.isHidden()
    declared.commands.edits.undo()
    assert not panel.given.isHidden()


def test_2_years_stand_in_the_captions(declared):
    captions = [label.text() for label in money(declared).findChildren(QLabel)]
    assert {"近两年收支金额 2022年", "近两年收支金额 2023年"} <= set(captions)


# --- 3: goals and indicators


def indicators(window):
    tab(window, INDICATORS)
    return window.view.indicators


def test_3_the_table_has_the_columns_of_both_terms_and_no_scores(declared):
    model = indicators(declared).model
    captions = [column.caption for column in model.columns]
    assert captions == [
        "一级指标", "二级指标", "三级指标", "前年", "上年", "指标值／预期当年实现值", "指标值确定依据",
    ]  # fmt: skip
    bands = [line.id for line in model.lines if line.kind == "band"]
    assert bands == ["g1", "g2", "g3", "g4", "g5", "g6"]


def test_3_cells_that_a_term_lacks_are_locked_and_passed_over(declared):
    panel = indicators(declared).panel
    model, view = panel.model, panel.view
    assert model.is_unused(model.index_of("i1.year_before"))
    assert not model.is_unused(model.index_of("i20.year_before"))
    assert not model.flags(model.index_of("i1.year_before")) & Qt.ItemFlag.ItemIsEditable
    view.setCurrentIndex(model.index_of("i1.year_before"))
    QTest.keyClick(view, "5")
    assert texts(declared).text("i1.year_before") == ""
    view.show_cell("i1.name")
    key(view, Qt.Key.Key_Tab)
    assert model.cell_at(view.currentIndex()) == "i1.target"
    view.show_cell("i20.name")
    key(view, Qt.Key.Key_Tab)
    assert model.cell_at(view.currentIndex()) == "i20.two_years_before"


def test_3_a_block_goes_into_the_columns_of_the_term(declared):
    view = indicators(declared).panel.view
    view.show_cell("i19.name")
    QGuiApplication.clipboard().setText("培训\t每年一次\t计划\n教研\t每月一次\t计划")
    view.paste()
    answers = texts(declared)
    new = answers.indicators[19]
    assert [answers.text(f"i19.{c}") for c in ("name", "target", "basis")] == ["培训", "每年一次", "计划"]
    assert [answers.text(f"{new}.{c}") for c in ("goal", "name", "target")] == ["g3", "教研", "每月一次"]
    assert answers.text("i20.name") == "学校新改扩建交付使用"
    view.show_cell("i20.two_years_before")
    QGuiApplication.clipboard().setText("7\t8\t9")
    view.paste()
    assert [texts(declared).text(f"i20.{c}") for c in ("two_years_before", "year_before", "target")] == [
        "7", "8", "9",
    ]  # fmt: skip


def test_3_goals_are_added_behind_those_of_their_term(declared):
    panel = indicators(declared).panel
    assert [tool.text().strip() for tool in panel.add_goals] == ["长期目标", "年度目标"]
    for tool in panel.add_goals:
        tool.click()
    answers = texts(declared)
    assert answers.goals == ("g1", "g2", "g3", "g7", "g4", "g5", "g6", "g8")
    assert [answers.text(f"{goal}.term") for goal in ("g7", "g8")] == ["长期目标", "年度目标"]
    assert declared.session.form("t").place("g7.text") == "长期目标4 · 内容"
    assert answers.text(f"{answers.indicators[-1]}.goal") == "g8"
    declared.commands.edits.undo()
    declared.commands.edits.undo()
    assert texts(declared).goals == ("g1", "g2", "g3", "g4", "g5", "g6")


@pytest.mark.parametrize(("row", "label"), [("i1", "长期目标4"), ("i20", "年度目标4")])
def test_3_the_menu_adds_a_goal_of_the_term_under_the_cursor(declared, row, label):
    indicators(declared).panel.view.show_cell(f"{row}.name")
    declared.commands.forms.add_goal()
    (new,) = set(texts(declared).goals) - {f"g{n}" for n in range(1, 7)}
    assert declared.session.form("t").place(f"{new}.text").startswith(label)


def test_3_overall_goals_and_their_year_stand_above_the_goals(opened):
    opened.commands.forms.add_declaration()
    page = indicators(opened)
    assert page.fields.isVisible()  # they are still empty
    write(editor(page, "overall_until"), "2030")
    write(editor(page, "overall_long"), "建强三个中心")
    assert (texts(opened).text("overall_until"), texts(opened).text("overall_long")) == (
        "2030",
        "建强三个中心",
    )
    opened.commands.edits.undo()
    assert editor(page, "overall_long").toPlainText() == ""


def test_3_overall_goals_that_are_filled_in_are_folded_away_and_found_again(declared):
    page = indicators(declared)
    assert not page.fields.isVisible()
    declared.view.show_cell("t", "overall_annual")
    assert page.fields.isVisible()
    assert focused().address == ("t", "overall_annual")


# --- 4: nothing of scores


def test_4_strip_list_and_pane_say_nothing_of_scores(declared):
    view = declared.view
    assert view.strip.required.text() == "46 / 46"
    for widget in (view.strip.total, view.strip.rate, view.strip.total_caption, view.strip.grade):
        assert not widget.isVisible()
    declared.commands.checks.show_how()
    assert view.pane.how.shown.sentence.text() == "本表不计分。"
    assert view.list.forms.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "目标申报表，完整"


def test_4_the_figures_come_back_with_a_form_that_has_scores(opened):
    opened.commands.forms.add_declaration()
    opened.commands.checks.show_how()
    for form, is_scored in (("d", True), ("t", False), ("d", True)):
        opened.view.show_form(form, TABS.index(INDICATORS))
        assert opened.view.pane.isVisible()
        assert (opened.view.pane.how.shown is opened.view.pane.how.unscored) is not is_scored
        assert opened.view.strip.total.isVisible() is is_scored


def test_4_in_a_narrow_window_too(declared):
    declared.resize(920, 600)
    QApplication.processEvents()
    assert not declared.view.strip.total.isVisible()
    assert not declared.view.strip.total_caption.isVisible()


def test_4_the_next_gap_is_found(opened):
    opened.commands.forms.add_declaration()
    write(editor(tab(opened, BASICS), "unit_name"), "")
    opened.commands.checks.next_missing()
    assert QApplication.focusWidget().address == ("t", "filled_on")
    opened.commands.checks.next_missing()
    assert opened.view.tabs.current() == TABS.index(INDICATORS)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("shares.own.amount", BUDGET),
        ("shares.income.share", BUDGET),
        ("p3.use", BUDGET),
        ("functions", BASICS),
        ("overall_until", INDICATORS),
        ("g5.text", INDICATORS),
        ("i25.basis", INDICATORS),
    ],
)
def test_4_a_cell_of_the_preview_leads_to_its_tab(declared, cell, name):
    declared.commands.papers.preview()
    assert declared.view.is_previewing
    declared.view.show_cell("t", cell)
    assert declared.view.tabs.current() == TABS.index(name)


def test_4_the_start_page_counts_it_by_its_name(declared):
    assert summarise(shipped(), declared.session.path).forms == "申报 1"


# --- 5: taken over


def test_5_goals_are_taken_over_once_and_it_is_said(declared, monkeypatch):
    said = []
    monkeypatch.setattr(ask, "inform", lambda parent, message, details="": said.append(message))
    declared.menus.action(FormCommands.take_over).trigger()
    assert said == ["已带入自评表：年度目标 3 个、指标 19 条、项目 5 个。"]
    assert list(declared.session.answers.forms) == ["t", "d", "p1", "p2", "p3", "p4", "p5"]
    assert (declared.view.key, declared.view.tabs.current()) == ("d", TABS.index(INDICATORS))
    declared.commands.forms.take_over()
    assert said[1:] == ["没有可带入的内容。"]
    declared.commands.edits.undo()
    assert list(declared.session.answers.forms) == ["t"]


def test_5_without_a_declaration_there_is_nothing_to_choose(opened):
    assert not opened.menus.action(FormCommands.take_over).isEnabled()
    opened.commands.forms.add_declaration()
    assert opened.menus.action(FormCommands.take_over).isEnabled()


# --- 6: a new document


def test_6_a_new_document_can_begin_with_it_where_the_region_has_one(qtbot, tmp_path):
    declarations = [form for form in shipped().forms.values() if form.kind == "declaration"]
    dialog = NewDialog(sets(shipped()), tmp_path, set_name="武汉市 2022", declarations=declarations)
    qtbot.addWidget(dialog)
    dialog.show()
    assert list(dialog.answers.forms) == ["d"]
    QTest.mouseClick(dialog.declare, Qt.MouseButton.LeftButton)
    assert list(dialog.answers.forms) == ["t", "d"]
    dialog.set_box.setCurrentIndex([s.name for s in sets(shipped())].index("湖南省 2023"))
    assert not dialog.declare.isVisible()
    assert list(dialog.answers.forms) == ["d"]
