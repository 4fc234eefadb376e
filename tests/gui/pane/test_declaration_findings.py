"""Findings of a declaration: gone to and marked where its own kinds of cells stand; gaps are quiet."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.session.places import Places
from gui.tables.rows_view import RowsView
from model.forms.definition import TABS
from tests.declared import DECLARATION
from tests.desk import EXAMPLE, write
from tests.finding_desk import always, lines, marked, settle

CELLS = (
    ("unit_name", "基本情况"),
    ("functions", "基本情况"),
    ("shares.own.amount", "预算执行情况"),
    ("shares.own.share", "预算执行情况"),
    ("shares.income.amount", "预算执行情况"),
    ("p1.name", "预算执行情况"),
    ("p3.total_budget", "预算执行情况"),
    ("overall_until", "绩效目标与指标"),
    ("overall_long", "绩效目标与指标"),
    ("g1.term", "绩效目标与指标"),
    ("g5.text", "绩效目标与指标"),
    ("i25.basis", "绩效目标与指标"),
    ("i1.target", "绩效目标与指标"),
)


@pytest.mark.parametrize(("cell", "tab"), CELLS)
def test_f8_goes_to_every_kind_of_cell(start, checks, cell, tab):
    checks(always(cell, key="t"))
    window = start(DECLARATION)
    window.view.tabs.choose(TABS.index("佐证材料"))
    QTest.keyClick(window, Qt.Key.Key_F8)
    QApplication.processEvents()
    assert TABS[window.view.tabs.current()] == tab
    focus = QApplication.focusWidget()
    assert window.view.stack.currentWidget().isAncestorOf(focus)
    assert marked(window) == ("t", cell)
    if cell not in ("g1.term", "g5.text"):  # the band of the goal
        assert window.view.cursor_cell == ("t", cell)
    assert focus.visibleRegion().boundingRect().height() > 20


@pytest.mark.parametrize("cell", ["shares.own.amount", "shares.own.share", "shares.income.amount"])
def test_amounts_shares_and_totals_show_what_is_wrong(start, checks, cell):
    checks(always(cell, key="t"))
    window = start(DECLARATION)
    window.view.show_cell("t", cell)
    editors = window.view.stack.currentWidget().findChildren(QWidget)
    editor = next(e for e in editors if getattr(e, "address", None) == ("t", cell))
    assert editor.property("state") == "error"
    assert f"{cell} 请核对。" in editor.toolTip()
    checks()
    window.session.set_text(("t", "functions"), "另一句话")
    assert not editor.property("state")


def test_a_cell_of_a_table_shows_what_is_wrong_and_that_it_is_mended(start, checks):
    checks(always("p2.name", key="t"))
    window = start(DECLARATION)
    window.view.show_cell("t", "p2.name")
    (table,) = window.view.stack.currentWidget().findChildren(RowsView)
    index = table.model_.index_of("p2.name")
    assert table.model_.mark_at(index).state == "error"
    assert "p2.name 请核对。" in index.data(Qt.ItemDataRole.ToolTipRole)
    changed = []
    table.model_.dataChanged.connect(lambda first, last: changed.append(first.row()))
    checks()
    window.session.set_text(("t", "functions"), "另一句话")
    assert changed == [1]
    assert table.model_.mark_at(index).state == ""


def test_f6_goes_on_from_the_row_under_the_cursor(start, checks):
    checks(always("p2.name", key="t"))
    window = start(DECLARATION)
    window.view.show_cell("t", "p2.name")
    (table,) = window.view.stack.currentWidget().findChildren(RowsView)
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert window.view.cursor_cell == ("t", "p2.category")
    assert window.view.pane.findings.isVisible()


def test_cells_come_in_the_order_of_the_screen(start):
    form = start(DECLARATION).session.form("t")
    places = Places(form)
    order = sorted((cell for cell, _ in CELLS), key=places.rank)
    tabs = [TABS.index(places.tab(cell)) for cell in order]
    assert tabs == sorted(tabs)
    money = [cell for cell in order if cell.startswith(("shares.", "p"))]
    assert money[:3] == ["shares.own.amount", "shares.own.share", "shares.income.amount"]
    assert money[3:] == ["p1.name", "p3.total_budget"]


# --- gaps


def test_an_untouched_form_is_quiet_and_its_gaps_are_listed_last(start):
    window = start(EXAMPLE)
    before = window.view.pane.tabs.tabText(0)
    window.commands.forms.add_declaration()
    window.session.set_text(("t", "unit_name"), "")
    settle(window)
    view = window.view
    assert not view.session.snapshot.counts["t"].open
    assert view.pane.tabs.tabText(0) == before
    own = lines(window)
    assert own[0] == "目标申报表"
    assert own[1].startswith("未填 ")
    shown = [w for w in view.stack.currentWidget().findChildren(QWidget) if hasattr(w, "show_mark")]
    states = {w.property("state") for w in shown}
    assert "gap" in states
    assert not states & {"error", "warning"}
    assert "t" in view.session.snapshot.drafts  # the list of gaps makes it a draft none the less


def test_what_is_filled_in_is_a_gap_no_more(start):
    window = start(DECLARATION)
    window.session.set_text(("t", "unit_name"), "")
    settle(window)
    assert "未填 1" in lines(window)
    window.commands.checks.previous_finding()
    assert marked(window) == ("t", "unit_name")
    write(QApplication.focusWidget(), "示例单位")
    settle(window)
    assert "未填 1" not in lines(window)
