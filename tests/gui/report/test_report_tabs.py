"""The report written in the tabs of its form: real widgets, typed into; every edit is a step of undo.

1. generated sentences: one's own words, figures that change, taken over or not, given back
2. texts, model sentences, values, texts of the form
3. tables: amounts with their sums, rows that are added
4. sections of choice, indicators in their group, the text of the final accounts
5. findings and gaps lead to what is written
"""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.base.figure_link import FigureLink
from gui.report.outturn_grid import OutturnGrid
from gui.report.report_panel import OptionBox
from gui.report.report_parts import BarsPart, FieldPart, ProjectsPart, TextPart
from gui.report.sentence_box import SentenceBox
from gui.report.sentence_group import SentenceGroup
from gui.tables.paste_dialog import PasteDialog
from gui.tables.rows_view import RowsPanel
from gui.tabs.tab_page import Page
from model.forms.definition import TABS
from tests.desk import EXAMPLE, YUEYANG, write

CONCLUSION, BASICS, BUDGET, INDICATORS, PROBLEMS, LAST_YEAR, EVIDENCE = TABS


@pytest.fixture
def window(start, tmp_path):
    """The example before anything is written for its report."""
    return start([without_report(path, tmp_path) for path in EXAMPLE])


def without_report(path, folder):
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["report"]
    copy = folder / path.name
    copy.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return copy


def report(window, name, key="d"):
    """Show a tab and return the texts of the report on it."""
    window.view.show_form(key, TABS.index(name))
    page = window.view.stack.page(key, name)
    if isinstance(page, Page):
        return page.report
    page.drawer.line.setChecked(True)
    return page.drawer.panel


def box(window, name, cell, key="d"):
    return next(b for b in report(window, name, key).findChildren(SentenceBox) if b.at == (key, cell))


def text(window, name, cell, key="d"):
    found = report(window, name, key).findChildren(TextPart)
    return next(t for t in found if t.editor.address == (key, cell))


def answers(window, key="d"):
    return window.session.form(key).answers


def change_result(window, text="100"):
    """Type an amount into 执行数, as a clerk does; what waits for a pause is shown."""
    window.view.show_cell("d", "funds.total.executed")
    editor = QApplication.focusWidget()
    editor.selectAll()
    write(editor, text)
    report(window, CONCLUSION).show_now()


def press(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# --- 1. generated sentences


def test_1_a_sentence_stands_generated_and_follows_the_form(window):
    sentence = box(window, CONCLUSION, "report.execution")
    assert not sentence.is_own
    assert "执行率" in sentence.generated.accessibleName()
    change_result(window)
    assert "执行数 100 万元" in sentence.generated.accessibleName()


def test_1_figures_stand_in_the_colour_of_the_accent_and_years_do_not(window):
    sentence = box(window, CONCLUSION, "report.score")
    coloured = [part.partition("<")[0] for part in sentence.generated.text.text().split('600">')[1:]]
    total = window.view.strip.total.text()
    assert coloured == [total, window.session.form("d").sheet.grade]


def test_1_a_clerk_goes_on_in_her_own_words(window):
    sentence = box(window, CONCLUSION, "report.execution")
    before = sentence.found.generated
    press(sentence.generated.edit)
    assert QApplication.focusWidget() is sentence.own
    write(sentence.own, "进度良好。")
    assert answers(window).text("report.execution") == before + "进度良好。"
    assert answers(window).text("report.execution.from") == before
    assert not sentence.stale.isVisible()


def test_1_changed_figures_are_named_and_put_in_by_a_click_alone(window):
    session = window.session
    first = session.answers
    sentence = box(window, CONCLUSION, "report.execution")
    press(sentence.generated.edit)
    write(sentence.own, "进度良好。")
    mine = answers(window).text("report.execution")
    old = session.form("d").sheet.funds[0].executed.number
    change_result(window, "500")
    assert answers(window).text("report.execution") == mine
    assert sentence.stale.isVisible()
    assert f"{old} → 500" in sentence.stale.text.text()
    press(sentence.stale.take)
    now = answers(window).text("report.execution")
    assert "执行数 500 万元" in now
    assert now.endswith("进度良好。")
    assert sentence.own.toPlainText() == now
    assert not sentence.stale.isVisible()
    window.commands.edits.undo()
    assert sentence.own.toPlainText() == mine
    assert sentence.stale.isVisible()
    while session.document.undo_label:
        window.commands.edits.undo()
    assert session.answers == first
    assert not sentence.is_own
    assert sentence.generated.isVisible()


def test_1_where_it_is_not_without_doubt_the_whole_sentence_is_offered(window):
    sentence = box(window, CONCLUSION, "report.execution")
    press(sentence.generated.edit)
    sentence.own.selectAll()
    write(sentence.own, "全部资金已按进度使用。")
    change_result(window, "500")
    assert sentence.stale.take.text() == "换成这一句"
    assert sentence.found.generated in sentence.stale.text.text()
    press(sentence.stale.take)
    assert answers(window).text("report.execution") == sentence.found.generated


def test_1_the_clerk_may_keep_her_words(window):
    sentence = box(window, CONCLUSION, "report.execution")
    press(sentence.generated.edit)
    write(sentence.own, "好。")
    mine = answers(window).text("report.execution")
    change_result(window, "500")
    press(sentence.stale.keep)
    assert answers(window).text("report.execution") == mine
    assert not sentence.stale.isVisible()


def test_1_the_generated_sentence_comes_back(window):
    sentence = box(window, CONCLUSION, "report.execution")
    press(sentence.generated.edit)
    write(sentence.own, "好。")
    press(sentence.restore)
    assert not sentence.is_own
    assert sentence.generated.isVisible()
    assert "report.execution" not in answers(window).texts
    assert "report.execution.from" not in answers(window).texts
    window.commands.edits.undo()
    assert sentence.own.isVisible()


def test_1_a_field_that_is_left_empty_gives_way_to_the_generated_sentence(window):
    sentence = box(window, CONCLUSION, "report.execution")
    press(sentence.generated.edit)
    sentence.own.selectAll()
    QTest.keyClick(sentence.own, Qt.Key.Key_Delete)
    report(window, CONCLUSION).show_now()
    assert sentence.own.isVisible()  # the clerk is about to write something else
    sentence.own.clearFocus()
    assert sentence.generated.isVisible()


def test_1_an_empty_sentence_says_what_it_waits_for_and_can_be_written(window):
    sentence = box(window, LAST_YEAR, "report.compared")
    assert sentence.generated.accessibleName() == "填好上年自评得分后自动生成。"
    press(sentence.generated.edit)
    write(sentence.own, "上年没有自评。")
    assert answers(window).text("report.compared") == "上年没有自评。"


# --- 2. texts and values


def test_2_a_text_is_taken_over_as_typed_and_named_in_undo(window):
    part = text(window, CONCLUSION, "report.score_note")
    write(part.editor, "总体良好 硚〇䶮𬭊\n第二行")
    assert answers(window).text("report.score_note") == "总体良好 硚〇䶮𬭊\n第二行"
    assert window.session.document.undo_label == "修改“总体评价”"


def test_2_a_model_sentence_stands_at_the_cursor_in_one_step(window):
    part = text(window, CONCLUSION, "report.score_note")
    part.editor.setFocus()
    write(part.editor, "𬭊甲乙")
    QTest.keyClick(part.editor, Qt.Key.Key_Left)
    first, *_ = part.model_menu().actions()
    assert "2025 年" in first.toolTip()
    first.trigger()
    assert answers(window).text("report.score_note") == f"𬭊甲{first.toolTip()}乙"
    write(part.editor, "丙")
    assert answers(window).text("report.score_note") == f"𬭊甲{first.toolTip()}丙乙"
    window.commands.edits.undo()
    window.commands.edits.undo()
    assert answers(window).text("report.score_note") == "𬭊甲乙"


def test_2_a_model_sentence_stands_behind_a_text_that_the_cursor_was_never_in(window):
    window.session.set_text(("d", "report.problems"), "第一。")
    part = text(window, PROBLEMS, "report.problems")
    first, *_ = part.model_menu().actions()
    first.trigger()
    assert answers(window).text("report.problems") == f"第一。{first.toolTip()}"


def test_2_a_value_makes_its_sentence(window):
    panel = report(window, LAST_YEAR)
    window.view.show_cell("d", "report.last_total")
    write(QApplication.focusWidget(), "90")
    panel.show_now()
    sentence = box(window, LAST_YEAR, "report.compared")
    assert "上年度部门整体自评总分 90 分" in sentence.found.generated


def test_2_a_text_of_the_form_is_named_and_gone_to(window):
    part = report(window, PROBLEMS).findChild(FieldPart)
    assert "改进措施及结果应用方案" in part.said.text()
    press(part.link)
    assert QApplication.focusWidget().address == ("d", "improvement")


def test_2_the_scores_by_block_are_told_in_words_too(window):
    bars = report(window, CONCLUSION).findChild(BarsPart)
    assert bars.accessibleName().startswith("各部分得分：预算执行 ")
    assert len(bars.blocks) == bars.accessibleName().count(" 分")


# --- 3. tables


def grid(window):
    return report(window, CONCLUSION).findChild(OutturnGrid)


def cell(table, name):
    return next(editor for editor in table.cells.values() if editor.address[1] == name)


def test_3_sums_and_changes_follow_every_key(window):
    table = grid(window)
    write(cell(table, "outturn.staff.initial"), "80")
    write(cell(table, "outturn.staff.adjusted"), "81.5")
    write(cell(table, "outturn.running.adjusted"), "8")
    assert cell(table, "outturn.basic.adjusted").text() == "89.5"
    assert cell(table, "outturn.spending.adjusted").text() == "89.5"
    assert cell(table, "outturn.staff.change").text() == "1.5"
    assert cell(table, "outturn.basic.adjusted").isReadOnly()


def test_3_enter_goes_down_over_what_is_computed_and_tab_along(window):
    table = grid(window)
    other = cell(table, "outturn.other.initial")
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is cell(table, "outturn.staff.initial")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is cell(table, "outturn.staff.adjusted")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is cell(table, "outturn.other.adjusted")


def test_3_a_block_from_a_spreadsheet_passes_over_what_is_computed(window):
    table = grid(window)
    block = ["合计\t0\t合计\t合计", "1\t9\t2\t3", "4\t9\t5\t6"]
    QGuiApplication.clipboard().setText("\n".join(block))
    first = cell(table, "outturn.income.initial")
    first.setFocus()
    table.paste_at((0, 0))
    assert cell(table, "outturn.income.final").text() == "9"
    assert answers(window).text("outturn.business.adjusted") == "5"
    assert "outturn.income.initial" not in answers(window).texts
    window.commands.edits.undo()
    assert not any(name.startswith("outturn.") for name in answers(window).texts)


def test_3_ctrl_v_in_a_cell_pastes_a_block_and_a_single_figure_as_ever(window):
    table = grid(window)
    first = cell(table, "outturn.fiscal.initial")
    first.setFocus()
    QGuiApplication.clipboard().setText("1\t9\t2\t3\n")
    QTest.keyClick(first, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert answers(window).text("outturn.fiscal.final") == "3"
    QGuiApplication.clipboard().setText("7")
    first.selectAll()
    QTest.keyClick(first, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert answers(window).text("outturn.fiscal.initial") == "7"


def test_3_three_columns_into_four_are_asked_about(window):
    table = grid(window)
    QGuiApplication.clipboard().setText("财政拨款收入\t100\t110\t105\n其他收入\t1\t2\t3\n")
    table.paste_at((0, 0))
    assert not any(name.startswith("outturn.") for name in answers(window).texts)
    (asked,) = table.findChildren(PasteDialog)
    QTest.keyClick(asked, Qt.Key.Key_Return)
    keys = ("initial", "adjusted", "final")
    assert [answers(window).text(f"outturn.fiscal.{one}") for one in keys] == ["100", "110", "105"]
    assert [answers(window).text(f"outturn.other.{one}") for one in keys] == ["1", "2", "3"]


@pytest.mark.parametrize("at", ["fiscal.initial", "fiscal.adjusted", "other.initial"])
@pytest.mark.parametrize("text", ["100\t110\t105\n1\t2\t3\n", "100\t110\t105\n"])
def test_3_three_figures_without_names_into_four_columns_are_asked_about_too(window, at, text):
    table = grid(window)
    first = cell(table, f"outturn.{at}")
    first.setFocus()
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(first, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (asked,) = table.findChildren(PasteDialog)
    assert not any(name.startswith("outturn.") for name in answers(window).texts)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert not any(name.startswith("outturn.") for name in answers(window).texts)


def test_3_rows_of_works_are_added_and_typed(window):
    panel = report(window, BASICS).findChild(RowsPanel)
    press(panel.add_row)
    QTest.keyClick(panel.view, Qt.Key.Key_F2)
    write(QApplication.focusWidget(), "迎接检查")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    (row,) = answers(window).rows["works"]
    assert answers(window).text(f"{row}.item") == "迎接检查"
    assert window.session.document.undo_label == "修改“重要事项”"
    assert panel.view.model_.cell_at(panel.view.currentIndex()) == f"{row}.aim"


# --- 4. sections of choice, indicators, the final accounts


def headings(window, name, key="d"):
    shown = [section for part in report(window, name, key).parts for _, section in part.sections]
    return [section.heading.text() for section in shown if section.isVisible()]


def test_4_a_section_of_choice_stands_when_it_is_ticked_and_the_numbers_follow(window):
    option = report(window, CONCLUSION).findChild(OptionBox)
    assert not any("督查" in heading for heading in headings(window, CONCLUSION))
    assert "（三）存在的问题和原因" in headings(window, PROBLEMS)
    report(window, CONCLUSION)
    press(option)
    assert "（三）其基层预算单位自评督查及整改情况" in headings(window, CONCLUSION)
    assert "（四）存在的问题和原因" in headings(window, PROBLEMS)
    window.commands.edits.undo()
    assert not any("督查" in heading for heading in headings(window, CONCLUSION))
    assert not option.isChecked()


def test_4_the_sentences_of_a_block_stand_folded_and_are_made_when_unfolded(window):
    group = report(window, INDICATORS).findChild(SentenceGroup)
    count = len(group._sentences)
    assert group.fold.text() == f"产出指标 {count} 句"
    group.fold.setChecked(False)
    press(group.fold)
    assert len(group.boxes) == count
    first = next(iter(group.boxes.values()))
    press(first.generated.edit)
    write(first.own, "另有说明。")
    assert answers(window).text(first.at[1]).endswith("另有说明。")
    report(window, INDICATORS).show_now()
    assert group.fold.text() == f"产出指标 {count} 句，自己写的 1 句"


def test_4_rows_that_come_and_go_take_their_sentences_along(window):
    group = report(window, INDICATORS).findChild(SentenceGroup)
    group.fold.setChecked(True)
    cells = list(group.boxes)
    gone = cells[0].partition(".")[0]
    window.session.edit("删除", lambda edit: edit.remove_rows("d", "indicators", [gone]))
    assert list(group.boxes) == cells[1:]
    window.commands.edits.undo()
    assert list(group.boxes) == cells


def test_4_what_is_said_of_a_project_is_what_its_own_report_says(window):
    part = report(window, CONCLUSION).findChild(ProjectsPart)
    assert list(part.sentences) == ["p1"]
    outputs = next(t for t in part.findChildren(TextPart) if t.editor.address == ("p1", "report.outputs"))
    write(outputs.editor, "一是建成平台")
    assert text(window, CONCLUSION, "report.outputs", "p1").editor.toPlainText() == "一是建成平台"
    sentence = part.sentences["p1"]
    report(window, CONCLUSION)
    press(sentence.generated.edit)
    write(sentence.own, "好")
    assert answers(window, "p1").text("report.overviews").endswith("好")


def test_4_without_a_project_nothing_is_said_of_the_final_accounts(window):
    panel = report(window, CONCLUSION)
    assert panel.parts[-1].isVisible()
    window.session.edit("删除", lambda edit: edit.remove_form("p1"))
    assert not panel.parts[-1].isVisible()
    window.commands.edits.undo()  # and goes to the project
    window.view.show_form("d", TABS.index(CONCLUSION))
    assert panel.parts[-1].isVisible()


def test_4_every_tab_of_every_kind_of_form_has_its_texts(start):
    window = start(YUEYANG[:2])
    for key in window.session.snapshot.forms:
        for name in TABS:
            window.view.show_form(key, TABS.index(name))
    assert headings(window, BASICS)[0] == "一、单位基本情况"
    assert headings(window, PROBLEMS) == ["七、存在的问题及原因分析", "八、下一步改进措施"]


# --- 5. where findings lead


@pytest.mark.parametrize(
    ("name", "at"),
    [
        (CONCLUSION, "report.score"),
        (CONCLUSION, "report.score_note"),
        (CONCLUSION, "outturn.staff.final"),
        (CONCLUSION, "outturn.spending.final"),
        (CONCLUSION, "report.option.supervision"),
        (CONCLUSION, "report.we"),
        (BASICS, "report.process"),
        (BUDGET, "report.execution_reason"),
        (INDICATORS, "i1.sentence"),
        (PROBLEMS, "report.problems"),
        (LAST_YEAR, "report.applied"),
        (LAST_YEAR, "report.applied_note"),
        (EVIDENCE, "report.evidence_note"),
    ],
)
def test_5_a_jump_goes_to_the_tab_and_the_field(window, name, at):
    window.view.show_cell("d", at)
    assert TABS[window.view.tabs.current()] == name
    focused = QApplication.focusWidget()
    assert focused.address == ("d", at)
    assert window.view.cursor_cell == ("d", at)
    assert not isinstance(focused, FigureLink)


def test_5_a_jump_goes_to_a_row_of_the_evidence(window):
    window.session.edit("加一行", lambda edit: edit.add_rows("d", "evidence", 0, [{}, {}]))
    row = answers(window).rows["evidence"][1]
    window.view.show_cell("d", f"{row}.remark")
    assert TABS[window.view.tabs.current()] == EVIDENCE
    assert window.view.cursor_cell == ("d", f"{row}.remark")


def test_5_a_wrong_grade_in_an_edited_sentence_is_marked_counted_and_gone_to(window):
    sentence = box(window, CONCLUSION, "report.score")
    press(sentence.generated.edit)
    sentence.own.selectAll()
    write(sentence.own, "自评等级为“差”。")
    assert sentence.own.property("state") == "error"
    window.view.show_form("d", TABS.index(BASICS))
    found = next(f for f in window.session.snapshot.findings if f.address == ("d", "report.score"))
    window.view.jump(found)
    assert TABS[window.view.tabs.current()] == CONCLUSION
    assert QApplication.focusWidget() is sentence.own


def test_5_going_to_the_table_leaves_it_in_sight(window):
    report(window, INDICATORS)
    window.resize(1366, 430)
    page = window.view.indicators
    assert not page.panel.isVisible()
    window.view.show_cell("d", "i1.actual")
    assert page.panel.isVisible()
    assert not page.drawer.is_open


def test_5_what_is_out_of_sight_waits(window):
    panel = report(window, CONCLUSION)
    shown = []
    panel.parts[0].show_now = lambda: shown.append(1)
    window.view.show_form("d", TABS.index(BUDGET))
    window.session.set_text(("d", "funds.total.executed"), "9")
    assert not shown
    window.view.show_form("d", TABS.index(CONCLUSION))
    assert shown
