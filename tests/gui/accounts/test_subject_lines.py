"""The lines of the list of subjects: bands of 类 and 款, reasons, 合计; what stays in sight."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.accounts.subject_lines import lines_of
from gui.session.accounts_places import SUBJECTS
from model.document.answers import ACCOUNTS
from tests.desk import write
from tests.final_accounts import typed_accounts

BUDGETED = {
    "2050199": {"t3.basic": "66.90", "t3.project": "98", "budget": "156.13", "reason": "工资增加"},
    "2080505": {"t3.basic": "6.15", "budget": "6.68"},
    "2210201": {"t3.basic": "8.88", "budget": "8.88"},
}


def kinds(items, **more):
    accounts = typed_accounts(items)
    rows = accounts.answers.rows["subjects"]
    return [f"{line.kind} {line.id}" for line in lines_of(accounts, rows, more.get("with_reasons", True))]


def page(window):
    window.view.show_form(ACCOUNTS, SUBJECTS)
    QApplication.processEvents()
    return window.view.accounts.pages.page(SUBJECTS)


def texts(window):
    return window.view.session.answers.forms[ACCOUNTS]


# --- which lines there are


def test_a_class_with_one_group_has_one_band_and_others_one_each():
    items = {"2080505": {}, "2080506": {}, "2089999": {}, "2210201": {}}
    assert kinds(items) == [
        "band 208",
        "band 20805",
        "row s1",
        "row s2",
        "band 20899",
        "row s3",
        "band 22102",
        "row s4",
        "total all",
    ]


def test_rows_of_a_group_that_are_not_together_have_its_sums_once():
    accounts = typed_accounts({"2080505": {}, "2210201": {}, "2080506": {}})
    bands = [line for line in lines_of(accounts, ("s1", "s2", "s3"), True) if line.kind == "band"]
    assert [(line.id, line.is_again) for line in bands] == [
        ("20805", False),
        ("22102", False),
        ("20805", True),
    ]


def test_a_row_without_a_code_and_a_group_as_a_row_have_no_band():
    assert kinds({"": {}}) == ["row s1", "total all"]
    assert kinds({"20805": {"t3.basic": "1"}}) == ["band 208", "row s1", "total all"]


def test_a_reason_stands_below_what_differs_from_its_budget_or_has_one():
    assert kinds(BUDGETED)[:5] == ["band 20501", "row s1", "reason s1", "band 20805", "row s2"]
    assert "reason s2" in kinds(BUDGETED)
    assert "reason s3" not in kinds(BUDGETED)
    assert "reason s2" not in kinds(BUDGETED, with_reasons=False)


# --- in the window


def test_bands_carry_the_sums_and_the_rate(opened):
    model = page(opened(items=BUDGETED, cells={})).model

    def shown(line, column):
        return model.data(model.index(line, column))

    captions = [column.caption for column in model.columns]
    assert captions[:7] == ["科目编码", "科目名称", "基本支出", "项目支出", "支出合计", "年初预算", "完成率"]
    assert shown(0, 0).startswith("205 · 20501 教育支出")
    assert [shown(0, n) for n in range(2, 7)] == ["66.90", "98.00", "164.90", "156.13", "105.6%"]
    assert shown(1, 6) == "105.6%"
    assert shown(model.rowCount() - 1, 6) == "104.8%"


def test_a_budget_of_nothing_has_no_rate(opened):
    model = page(opened(items={"2050199": {"t3.basic": "5", "budget": "0"}}, cells={})).model
    assert model.data(model.index(1, 6)) == ""


def test_a_typed_budget_opens_the_line_of_the_reason_while_the_cell_stays_open(opened):
    window = opened(items=BUDGETED, cells={})
    view = page(window).view
    assert view.show_cell("s3.budget")
    write(view, "9")
    editor = QApplication.focusWidget()
    assert "reason s3" in [f"{line.kind} {line.id}" for line in view.model_.lines]
    write(editor, ".5")
    assert texts(window).text("s3.budget") == "9.5"
    QTest.keyClick(editor, Qt.Key.Key_Return)
    window.commands.edits.undo()
    assert "reason s3" not in [f"{line.kind} {line.id}" for line in view.model_.lines]


def test_a_reason_is_typed_and_pasted_in_its_line(opened):
    window = opened(items=BUDGETED, cells={})
    view = page(window).view
    assert view.show_cell("s2.reason")
    write(view, "年")
    write(QApplication.focusWidget(), "中退休")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert texts(window).text("s2.reason") == "年中退休"
    view.show_cell("s2.reason")
    QGuiApplication.clipboard().setText("2050199 转出 1 人")
    QTest.keyClick(view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert texts(window).text("s2.reason") == "2050199 转出 1 人"


def test_a_new_code_moves_its_row_under_the_band_of_its_class(opened):
    window = opened(items=BUDGETED | {"": {}}, cells={})
    view = page(window).view
    view.show_cell("s4.code")
    write(view, "2")
    write(QApplication.focusWidget(), "296002")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert "band 22960" in [f"{line.kind} {line.id}" for line in view.model_.lines]


def test_rows_added_on_a_band_come_before_its_rows(opened):
    window = opened(items=BUDGETED, cells={})
    view = page(window).view
    band = next(n for n, line in enumerate(view.model_.lines) if line.id == "20805")
    view.setCurrentIndex(view.model_.index(band, 0))
    view.add_row()
    assert texts(window).rows["subjects"] == ("s1", "s4", "s2", "s3")
    view.move_row(1)
    assert texts(window).rows["subjects"] == ("s1", "s2", "s4", "s3")


def test_the_sum_of_a_class_is_shown_at_its_band(opened):
    window = opened(items=BUDGETED, cells={})
    view = page(window).view
    assert view.show_cell("t3.205.basic")
    assert view.model_.lines[view.currentIndex().row()].id == "20501"
    assert view.show_cell("t3.all.basic")
    assert view.model_.lines[view.currentIndex().row()].kind == "total"


# --- what stays in sight


def test_names_and_the_sum_stay_in_sight(opened):
    codes = [f"20{n}0101" for n in range(10, 40)]
    window = opened(items={code: {"t3.basic": "1"} for code in codes}, cells={})
    view = page(window).view
    assert not view.total.isHidden()
    assert view.columns_.isHidden()
    view.setCurrentIndex(view.model_.index(1, view.model_.columnCount() - 1))
    assert not view.columns_.isHidden()
    view.setCurrentIndex(view.model_.index(1, 2))
    left = sum(view.columnWidth(n) for n in range(2))
    assert view.columnViewportPosition(2) >= left  # not under the names
    view.setCurrentIndex(view.model_.index(40, 2))
    bottom = view.visualRect(view.currentIndex()).bottom()
    assert bottom <= view.viewport().height() - view.total.height_in_sight
    view.setCurrentIndex(view.model_.index(view.model_.rowCount() - 1, 2))
    assert view.total.isHidden()


def test_a_click_on_the_pinned_sum_asks_what_it_is_made_of(opened, qtbot):
    codes = [f"20{n}0101" for n in range(10, 40)]
    view = page(opened(items={code: {"t3.basic": "1"} for code in codes}, cells={})).view
    rect = next(rect for _, column, rect in view.total.cells() if column == 2)
    with qtbot.waitSignal(view.how_wanted) as asked:
        QTest.mouseClick(view.total, Qt.MouseButton.LeftButton, pos=rect.center())
    assert asked.args == ["t3.all.basic"]
