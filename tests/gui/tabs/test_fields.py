"""Fields of a page: in the order of paper, Tab stops only where something is typed, Esc takes back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.editors.cells import LineCell
from gui.editors.figure_field import FigureField
from tests.declared import DECLARATION, opened_window, tab
from tests.desk import EXAMPLE, PUBLISHED, write

BUDGET = "预算执行情况"


def focused():
    return QApplication.focusWidget()


def answers(window):
    return window.session.form(window.view.key).answers


def funds_of(page):
    found = [*page.findChildren(LineCell), *page.findChildren(FigureField)]
    return [widget for widget in found if widget.address[1].startswith("funds.")]


def executed(page):
    return next(w for w in funds_of(page) if w.address[1] == "funds.total.executed")


@pytest.mark.parametrize("files", [EXAMPLE, sorted(PUBLISHED.glob("yueyang*.json"))[:1]])
def test_the_amounts_stand_in_the_order_of_paper(qtbot, tmp_path, monkeypatch, files):
    window = opened_window(qtbot, tmp_path, monkeypatch, files)
    page = tab(window, BUDGET)
    block = window.session.form(window.view.key).definition.funds
    first = [w for w in funds_of(page) if w.address[1].startswith(f"funds.{block.rows[0].key}.")]
    shown = [w.address[1].rpartition(".")[2] for w in sorted(first, key=lambda w: w.mapTo(page, w.pos()).x())]
    assert [key for key in shown if key != "weight"] == [
        column.key for column in block.columns if column.key not in ("label", "weight")
    ]


@pytest.mark.parametrize("files", [EXAMPLE, DECLARATION, sorted(PUBLISHED.glob("yueyang*.json"))[:1]])
@pytest.mark.parametrize("back", [False, True])
def test_tab_stops_at_no_computed_figure(qtbot, tmp_path, monkeypatch, files, back):
    window = opened_window(qtbot, tmp_path, monkeypatch, files)
    page = tab(window, BUDGET)
    assert page.findChildren(FigureField)
    cells = page.findChildren(LineCell)
    cells[-1 if back else 0].setFocus()
    met = []
    for _ in range(len(cells) - 1):
        QTest.keyClick(focused(), Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
        met.append(focused())
    assert [widget for widget in met if isinstance(widget, FigureField)] == []
    assert sum(isinstance(widget, LineCell) for widget in met) > 1


def test_a_computed_figure_leaves_undo_to_the_window(qtbot, tmp_path, monkeypatch):
    window = opened_window(qtbot, tmp_path, monkeypatch, EXAMPLE)
    page = tab(window, BUDGET)
    cell = executed(page)
    before = cell.text()
    cell.setFocus()
    write(cell, "1")
    page.findChildren(FigureField)[0].setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert answers(window).text("funds.total.executed") == before


def test_esc_takes_back_what_was_typed_into_a_field(qtbot, tmp_path, monkeypatch):
    window = opened_window(qtbot, tmp_path, monkeypatch, EXAMPLE)
    cell = next(
        w for w in tab(window, BUDGET).findChildren(LineCell) if w.address[1] == "funds.total.executed"
    )
    before = cell.text()
    cell.setFocus()
    write(cell, "12")
    assert answers(window).text("funds.total.executed") == f"{before}12"
    QTest.keyClick(cell, Qt.Key.Key_Escape)
    assert (answers(window).text("funds.total.executed"), cell.text()) == (before, before)
    window.commands.edits.redo()
    assert cell.text() == f"{before}12"
