"""部门决算 in the window, with real keys: typing, finding subjects, pasting, totals, findings, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from gui.accounts.subject_editor import SubjectEditor
from gui.frame.list_items import KEY, SECOND
from gui.session.accounts_places import ECONOMIC, LEDGERS, OTHERS
from model.document import store
from model.document.answers import ACCOUNTS, Answers
from tests.accounts_desk import at, key, page, shown
from tests.desk import write
from tests.final_accounts import QIAOKOU_CELLS, QIAOKOU_ITEMS, accounts_answers


def texts(window):
    return window.view.session.answers.forms[ACCOUNTS]


def paste(view, text):
    QGuiApplication.clipboard().setText(text)
    key(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


# --- the list at the left


def test_the_accounts_stand_last_in_the_list_with_what_was_spent(opened):
    window = opened()
    item = window.view.list.forms.item(window.view.list.forms.count() - 1)
    assert (item.data(KEY), item.text(), item.data(SECOND)) == (ACCOUNTS, "部门决算", "187.89 万元")


def test_without_accounts_nothing_is_seen_of_them(start):
    window = start()
    keys = [window.view.list.forms.item(n).data(KEY) for n in range(window.view.list.forms.count())]
    assert ACCOUNTS not in keys
    assert window.view.accounts is None


# --- typing


def test_a_typed_amount_changes_the_totals_at_once(opened):
    window = opened()
    view = at(window, "s1.t3.basic")
    write(view, "7")
    write(QApplication.focusWidget(), "0")
    assert texts(window).text("s1.t3.basic") == "70"
    assert shown(window, "t3.2050199.total") == "168.00"
    assert shown(window, "t3.all.basic") == "92.99"
    assert window.view.accounts.strip.parts.text() == "92.99 ＋ 98.00"


def test_typing_in_a_cell_is_one_step_of_undo(opened):
    window = opened()
    view = at(window, "s1.t3.basic")
    write(view, "7")
    write(QApplication.focusWidget(), "0.5")
    key(QApplication.focusWidget(), Qt.Key.Key_Return)
    window.commands.edits.undo()
    assert texts(window).text("s1.t3.basic") == "66.90"
    assert shown(window, "t3.all.basic") == "89.89"


def test_a_computed_cell_takes_no_key(opened):
    window = opened()
    before = texts(window)
    view = page(window).view
    view.setCurrentIndex(view.model_.index_of("t3.2050199.total"))
    write(view, "5")
    assert texts(window) == before


def test_what_is_no_number_stays_as_typed(opened):
    window = opened()
    view = at(window, "s2.t3.basic")
    write(view, "约")
    write(QApplication.focusWidget(), "6万")
    assert texts(window).text("s2.t3.basic") == "约6万"


@pytest.mark.parametrize(
    ("typed", "code", "name"),
    [
        ("zfgjj", "2210201", "住房公积金"),
        ("住房公积金", "2210201", "住房公积金"),
        ("2210201", "2210201", "住房公积金"),
    ],
)
def test_a_subject_is_found_by_initials_words_and_code(opened, typed, code, name):
    window = opened(items={"": {}}, cells={})
    view = at(window, "s1.code")
    write(view, typed[0])
    write(QApplication.focusWidget(), typed[1:])
    key(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert texts(window).text("s1.code") == code
    assert shown(window, "s1.name") == name


def test_the_list_of_subjects_is_walked_with_the_arrow_keys(opened):
    window = opened(items={"": {}}, cells={})
    view = at(window, "s1.code")
    write(view, "2")
    editor = QApplication.focusWidget()
    assert isinstance(editor, SubjectEditor)
    write(editor, "1011")
    assert not editor.offers.isHidden()
    assert editor.offers.currentRow() == -1  # a code means itself until something is chosen
    key(editor, Qt.Key.Key_Down)
    chosen = editor.offers.currentItem().text()[:7]
    key(editor, Qt.Key.Key_Return)
    assert texts(window).text("s1.code") == chosen
    window.commands.edits.undo()
    assert texts(window).text("s1.code") == ""


def test_a_code_that_nobody_knows_stays_as_typed(opened):
    window = opened(items={"": {}}, cells={})
    view = at(window, "s1.code")
    write(view, "2")
    write(QApplication.focusWidget(), "059998")
    key(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert texts(window).text("s1.code") == "2059998"


# --- rows


def test_rows_are_added_deleted_and_come_back(opened):
    window = opened()
    view = at(window, "s2.t3.basic")
    key(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert texts(window).rows["subjects"][:4] == ("s1", "s2", "s8", "s3")
    assert view.model_.cell_at(view.currentIndex()) == "s8.code"
    view.remove_selected()
    assert "s8" not in texts(window).rows["subjects"]
    window.commands.edits.undo()
    assert texts(window).rows["subjects"][2] == "s8"


# --- pasting


BLOCK = (
    "科目编码\t科目名称\t基本支出\t项目支出\n"
    "205\t教育支出\t70\t98\n"
    "2050199\t其他教育管理事务支出\t70.00\t98.00\n"
    "2080505\t机关事业单位基本养老保险缴费支出\t6.15\t—\n"
    "2210203\t购房补贴\t1,000.5\t\n"
    "注：本表\t\t\t\n"
)


def test_a_block_with_headings_goes_to_the_rows_of_its_codes(opened):
    window = opened()
    view = at(window, "s4.code")
    paste(view, BLOCK)
    found = texts(window)
    assert found.text("s1.t3.basic") == "70.00"
    assert found.text("s2.t3.basic") == "6.15"
    new = found.rows["subjects"][-1]
    assert (found.text(f"{new}.code"), found.text(f"{new}.t3.basic")) == ("2210203", "1,000.5")
    said = page(window).said.text()
    assert said.startswith("放入 3 个科目，改写原有内容 1 格")
    assert "注：本表" in said
    window.commands.edits.undo()
    assert found.rows["subjects"] != texts(window).rows["subjects"]
    assert texts(window).text("s1.t3.basic") == "66.90"


def test_an_empty_row_takes_the_first_subject_of_a_block(opened):
    window = opened(items={"": {}}, cells={})
    paste(at(window, "s1.code"), BLOCK)
    assert texts(window).text("s1.code") == "2050199"
    assert len(texts(window).rows["subjects"]) == 3


def test_a_lone_column_of_figures_goes_down_from_the_cursor(opened):
    window = opened()
    paste(at(window, "s2.t3.basic"), "2050199\n2080505\n")  # amounts in 元 that look like codes
    assert texts(window).text("s2.t3.basic") == "2050199"
    assert texts(window).text("s3.t3.basic") == "2080505"
    assert len(texts(window).rows["subjects"]) == 7


def test_a_block_of_table_6_goes_where_its_codes_say(opened):
    window = opened()
    panel = page(window, ECONOMIC).tables[0]
    panel.view.setFocus()
    paste(
        panel.view,
        "301\t工资福利支出\t90\t302\t商品和服务支出\t9\n30101\t基本工资\t22.5\t30201\t办公费\t1.5\n",
    )
    assert texts(window).text("t6.30101") == "22.5"
    assert texts(window).text("t6.30201") == "1.5"
    assert "t6.301" not in texts(window).texts


# --- the other tabs


def test_an_amount_of_table_6_is_typed_and_its_sums_follow(opened):
    window = opened()
    panel = page(window, ECONOMIC).tables[0]
    assert panel.show_cell("t6.30103")
    write(panel.view, "1")
    assert texts(window).text("t6.30103") == "1"
    model = panel.model
    assert model.data(model.index_of("t6.301")) == "82.08"


def test_carried_over_money_is_typed_in_the_ledger(opened):
    window = opened()
    panel = page(window, LEDGERS).tables[0]
    assert panel.show_cell("t1.in.opening")
    write(panel.view, "3")
    assert texts(window).text("t1.in.opening") == "3"


def test_what_follows_another_table_is_not_typed(opened):
    window = opened()
    model = page(window, LEDGERS).tables[1].model
    assert model.cell_at(model.index_of("t1.out.205")) == ""
    assert model.data(model.index_of("t1.out.205")) == "164.90"
    assert not model.index_of("t1.out.204").isValid()  # nothing in it: left out until all are wanted


def test_a_field_beside_the_tables_is_typed(opened):
    window = opened()
    window.view.show_cell(ACCOUNTS, "buy_goods")
    write(QApplication.focusWidget(), "5.2")
    assert texts(window).text("buy_goods") == "5.2"
    assert window.view.tab == OTHERS


def test_rows_of_uses_are_pasted_too(opened):
    window = opened()
    panel = page(window, OTHERS).uses
    panel.view.setFocus()
    paste(panel.view, "资产及信息化运行维护\t98.00\t设备正常运行\n")
    row = texts(window).rows["expenses"][0]
    assert texts(window).text(f"{row}.amount") == "98.00"


# --- jumps


def test_a_finding_of_the_accounts_is_in_the_list_and_goes_to_its_cell(opened):
    window = opened(items={"2050199": {"t3.basic": "约6万"}}, cells={})
    view = window.view
    finding = next(f for f in view.session.snapshot.findings if f.address == (ACCOUNTS, "s1.t3.basic"))
    view.show_form("d", 0)
    view.jump(finding)
    assert view.key == ACCOUNTS
    table = page(window).view
    assert table.model_.cell_at(table.currentIndex()) == "s1.t3.basic"
    assert view.cursor_cell == (ACCOUNTS, "s1.t3.basic")
    view.open_pane(0)
    entries = view.pane.findings.model.entries
    assert finding in [entry.finding for entry in entries]


def test_the_next_finding_leads_through_the_accounts(opened):
    window = opened(items={"2050199": {"t3.basic": "约6万"}}, cells={})
    where = {window.view.step(1).address[0] for _ in range(40)}
    assert ACCOUNTS in where


def test_a_cell_of_another_table_brings_its_columns(opened):
    window = opened()
    window.view.show_cell(ACCOUNTS, "s3.t5.basic")
    model = page(window).model
    assert model.table == "t5"
    assert page(window).view.currentIndex() == model.index_of("s3.t5.basic")
    assert page(window).sources.isHidden()


def test_undo_goes_to_what_it_changed(opened):
    window = opened()
    write(at(window, "s1.t3.basic"), "7")
    window.view.show_form("d", 0)
    window.commands.edits.undo()
    assert window.view.key == ACCOUNTS
    assert window.view.cursor_cell == (ACCOUNTS, "s1.t3.basic")


def test_deleted_accounts_give_room_to_a_form_and_come_back(opened):
    window = opened()
    window.commands.forms.delete_current()
    assert ACCOUNTS not in window.view.session.answers.forms
    assert window.view.key == "d"
    assert not window.view.strip.isHidden()
    window.commands.edits.undo()
    window.view.show_form(ACCOUNTS)
    assert shown(window, "t3.all.total") == "187.89"


def test_commands_of_forms_leave_the_accounts_alone(opened):
    window = opened()
    before = window.view.session.answers
    window.commands.forms.add_row()
    window.commands.forms.add_goal()
    window.commands.forms.duplicate_current()
    window.commands.forms.rename_current()
    window.commands.forms.accept_total()
    assert window.view.session.answers == before


def test_the_unit_of_money_is_chosen_and_figures_stay_exact(opened):
    window = opened(items={"2050199": {"t3.basic": "669012.34"}}, cells={})
    box = page(window).units
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert texts(window).text("money_unit") == "元"
    assert texts(window).text("s1.t3.basic") == "669012.34"
    assert shown(window, "t3.all.basic") == "669,012.34"


# --- where a figure comes from


def test_the_pane_says_what_a_sum_is_made_of_and_leads_there(opened):
    window = opened()
    view = window.view
    view.show_how(ACCOUNTS, "t3.2050199.total")
    face = view.pane.how.figure
    assert [(name.text(), figure.text()) for name, figure in face.terms.lines] == [
        ("表3 2050199 其他教育管理事务支出 · 基本支出", "66.90"),
        ("表3 2050199 其他教育管理事务支出 · 项目支出", "98.00"),
    ]
    face.terms.lines[1][1].click()
    assert view.cursor_cell == (ACCOUNTS, "s1.t3.project")
    assert face.origin.text() == "这个数是填报的。"


def test_the_pane_says_of_a_code_that_it_is_no_figure(opened):
    window = opened()
    window.view.open_pane(1)
    at(window, "s2.code")
    face = window.view.pane.how.figure
    assert face.origin.text().startswith("把光标放到金额上")
    assert face.terms.isHidden()


# --- searching


def test_subjects_are_found_by_the_names_that_stand_there(opened):
    window = opened()
    window.commands.finding.find()
    finder = window.view.pane.finder
    write(finder.field, "住房公积金")
    hits = [finder.model.entries[n].address for n in finder.model.hits]
    assert (ACCOUNTS, "s6.name") in hits
    assert finder.model.place(finder.model.entries[finder.model.hits[0]]).startswith("科目 第6行")
    key(finder.field, Qt.Key.Key_Return)
    assert window.view.cursor_cell == (ACCOUNTS, "s6.name")


def test_the_pane_says_where_a_figure_goes_and_leads_there(opened):
    items = {"2050199": QIAOKOU_ITEMS["2050199"] | {"budget": "156.13"}}
    window = opened(items=items)
    view = window.view
    view.show_how(ACCOUNTS, "s1.t3.project")
    face = view.pane.how.figure
    shown_uses = [name.text() for name, _ in face.uses.lines]
    assert shown_uses[0] == "表3 · 本年支出合计"
    assert "表1 36行 五、教育支出" in shown_uses
    assert "情况说明 五（三）1" in shown_uses
    face.uses.lines[shown_uses.index("表1 36行 五、教育支出")][1].click()
    assert view.tab == LEDGERS
    assert view.cursor_cell == (ACCOUNTS, "t1.out.205")


# --- the strip


def test_the_strip_says_how_much_of_the_forms_agrees_and_leads_to_what_differs(opened):
    window = opened()
    strip = window.view.accounts.strip
    agreeing, compared = map(int, strip.forms.text().split("/"))
    assert agreeing < compared
    strip.forms.click()
    assert window.view.key == "d"


def test_the_strip_says_what_is_wanted_and_leads_to_the_next_gap(opened):
    window = opened()
    strip = window.view.accounts.strip
    filled, required = map(int, strip.required.text().split("/"))
    page(window).view.show_cell("s1.t3.basic")
    strip.required.click()
    assert window.view.cursor_cell == (ACCOUNTS, "s1.budget")
    write(QApplication.focusWidget(), "5")
    assert strip.required.text() == f" {filled + 1} / {required}"


def test_a_narrow_strip_keeps_what_must_agree(opened):
    window = opened()
    strip = window.view.accounts.strip
    assert not strip.required.isHidden()
    window.resize(1000, 700)
    QApplication.processEvents()
    assert not strip.required.isVisible()
    assert strip.balance.isVisible()


def test_gaps_are_walked_through_with_the_keyboard(opened):
    window = opened()
    page(window).view.show_cell("s7.t3.basic")
    seen = []
    for _ in range(3):
        window.commands.checks.next_missing()
        seen.append(window.view.cursor_cell)
    assert seen == [(ACCOUNTS, c) for c in ("s7.budget", "last.total", "last.grant")]


# --- names


def test_a_name_of_a_class_is_typed_over_and_stands_in_the_band(opened):
    window = opened()
    window.view.show_cell(ACCOUNTS, "name.205")
    view = page(window, OTHERS).names.view
    assert view.model_.data(view.currentIndex()) == "教育支出"
    write(view, "教")
    write(QApplication.focusWidget(), "育")
    assert texts(window).text("name.205") == "教育"
    band = page(window).model.index(0, 0)
    assert page(window).model.data(band).startswith("205 · 20501 教育 ")


def test_the_use_of_a_class_is_typed_and_a_group_has_none(opened):
    model = page(opened(), OTHERS).names.model
    cells = [model.cell_at(model.index(n, 2)) for n in range(2)]
    assert cells == ["class_use.205", ""]


# --- last year


def test_last_year_is_carried_in_as_one_step(opened, tmp_path, monkeypatch):
    window = opened(cells={})
    year = int(window.view.session.answers.year)
    answers = accounts_answers(QIAOKOU_ITEMS, QIAOKOU_CELLS, year=str(int(texts(window).year) - 1))
    path = tmp_path / "last.zpb"
    store.create(path, Answers({ACCOUNTS: answers}, "示例单位", str(year - 1)))
    monkeypatch.setattr("gui.base.ask.open_file_name", lambda *_: path)
    page(window).carry.click()
    assert texts(window).text("last.total") == "187.89"
    assert texts(window).text("s1.t3.basic") == "66.90"
    window.commands.edits.undo()
    assert texts(window).text("last.total") == ""


def test_a_sentence_that_uses_a_figure_is_brought_in_sight(opened, qtbot):
    items = {"2050199": QIAOKOU_ITEMS["2050199"] | {"budget": "156.13"}}
    view = opened(items=items).view
    view.show_how(ACCOUNTS, "s1.t3.project")
    face = view.pane.how.figure
    places = [name.text() for name, _ in face.uses.lines]
    face.uses.lines[places.index("情况说明 五（三）1")][1].click()
    page = view.accounts.pages.page(view.tab)
    qtbot.waitUntil(lambda: page.area.verticalScrollBar().value() > 0)


def test_the_strip_calls_nothing_sound_that_is_not_filled_in(opened):
    strip = opened({}, {"unit": "武汉市示例区教育信息中心", "year": "2025"}).view.accounts.strip
    assert strip.findings.text().strip() == "没有错误"
