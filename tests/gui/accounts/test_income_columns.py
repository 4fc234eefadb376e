"""收入来源 beside the spending: folded, unfolded, and how wide the columns of the list are."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from model.document.answers import ACCOUNTS
from tests.accounts_desk import at, key, page, shown
from tests.desk import write


def captions(window):
    model = page(window).model
    return [model.caption(n) for n in range(model.columnCount())]


def test_income_is_folded_where_there_are_grants_alone_and_unfolds_by_keyboard(opened):
    window = opened()
    folded = captions(window)
    assert folded[2:5] == ["基本支出", "项目支出", "支出合计"]
    assert "财政拨款收入" not in folded
    assert "经营支出" not in folded
    tool = page(window).sources
    tool.setFocus()
    key(tool, Qt.Key.Key_Space)
    unfolded = captions(window)
    assert unfolded[5:8] == ["收入合计", "财政拨款收入", "上级补助收入"]
    assert {"事业收入", "其他收入", "上缴上级支出", "经营支出", "对附属单位补助支出"} <= set(unfolded)
    assert set(folded) < set(unfolded)
    key(tool, Qt.Key.Key_Space)
    assert captions(window) == folded


def test_income_is_unfolded_where_a_unit_has_other_sources(opened):
    items = {"2050199": {"t3.basic": "10", "t2.business": "4", "t2.fiscal": "6"}}
    assert "事业收入" in captions(opened(items=items, cells={}))


def test_income_that_is_typed_counts_at_once_in_all_tables(opened):
    window = opened()
    window.view.show_cell(ACCOUNTS, "s3.t2.other")
    assert page(window).model.table == "t3"
    write(page(window).view, "5")
    accounts = window.view.session.snapshot.reading.accounts
    assert accounts.text("t2.all.other") == accounts.text("t1.in.other") == "5.00"
    assert shown(window, "t2.all.other") == "5.00"


def test_a_column_is_as_wide_as_its_sum(opened):
    window = opened(items={"2050199": {"t3.basic": "1"}}, cells={})
    view = at(window, "s1.t3.basic")
    narrow = view.columnWidth(2)
    write(view, "1")
    write(QApplication.focusWidget(), "234567890.12")
    assert view.columnWidth(2) > narrow
