"""Blocks of amounts from a spreadsheet: to their rows by name, to their columns by heading, one step each."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.editors.cells import LineCell
from gui.tables.paste_dialog import PasteDialog
from gui.tabs.funds_panel import FundsPanel
from model.reading.amounts import rows_of
from tests.builders import NATIONAL
from tests.desk import open_session

FORM = {
    "schema": "ziping.form/1",
    "form": NATIONAL,
    "unit": "示例单位",
    "year": 2025,
    "funds": [
        {"label": "年度资金总额", "budget": "100", "executed": "90"},
        {"label": "其中：当年财政拨款", "budget": "80", "executed": "70"},
        {"label": "其他资金", "budget": "20", "executed": "20"},
    ],
}


@pytest.fixture
def panel(qtbot, tmp_path):
    file = tmp_path / "form.json"
    file.write_text(json.dumps(FORM, ensure_ascii=False), "utf-8")
    session = open_session(tmp_path, [file])
    key = next(iter(session.snapshot.forms))
    funds = FundsPanel(session, key, session.form(key).definition.funds)
    qtbot.addWidget(funds)
    funds.show()
    qtbot.waitExposed(funds)
    return funds


def paste(panel, cell, text):
    editor = next(one for one in panel.findChildren(LineCell) if one.address[1] == cell)
    editor.setFocus()
    editor.selectAll()
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def answers(panel):
    return panel._session.form(panel._key).answers


def amounts(panel, row):
    return [answers(panel).text(f"funds.{row}.{column}") for column in ("initial", "budget", "executed")]


def asked(panel):
    return next((one for one in panel.findChildren(PasteDialog) if one.isVisible()), None)


NAMED = """\t年初预算数\t全年预算数\t全年执行数
其他资金\t7\t8\t9
年度资金总额\t1\t2\t3
不认识\t4\t4\t4
\t\t\t
"""


def test_amounts_go_to_their_rows_and_columns_wherever_the_cursor_stands(panel):
    before = dict(answers(panel).texts)
    paste(panel, "funds.fiscal.executed", NAMED)
    assert asked(panel) is None
    assert amounts(panel, "total") == ["1", "2", "3"]
    assert amounts(panel, "other") == ["7", "8", "9"]
    others = {cell: t for cell, t in before.items() if not cell.startswith(("funds.total", "funds.other"))}
    assert others.items() <= answers(panel).texts.items()
    panel._session.undo()
    assert answers(panel).texts == before


def test_a_column_goes_down_from_the_cursor_and_a_single_figure_into_its_cell(panel):
    paste(panel, "funds.total.budget", "5\n6\n")
    assert [amounts(panel, row)[1] for row in ("total", "fiscal")] == ["5", "6"]
    paste(panel, "funds.total.executed", "4")
    assert amounts(panel, "total")[2] == "4"


def test_amounts_without_headings_are_asked_about_and_esc_changes_nothing(panel):
    before = dict(answers(panel).texts)
    paste(panel, "funds.total.initial", "年度资金总额\t11\t12\n其他资金\t1\t2\n")
    dialog = asked(panel)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers(panel).texts == before
    paste(panel, "funds.total.initial", "年度资金总额\t11\t12\n其他资金\t1\t2\n")
    QTest.keyClick(asked(panel), Qt.Key.Key_Return)
    assert amounts(panel, "total")[:2] == ["11", "12"]
    assert amounts(panel, "other")[:2] == ["1", "2"]


def test_what_is_computed_is_passed_over(panel):
    paste(panel, "funds.total.initial", "\t全年预算数\t执行率\n年度资金总额\t5\t99%\n")
    assert amounts(panel, "total")[1] == "5"
    assert "funds.total.rate" not in answers(panel).texts


def test_a_text_among_amounts_stays_and_is_marked(panel):
    paste(panel, "funds.total.budget", "年度资金总额\t五万\n其他资金\t1\n\t\n")
    QTest.keyClick(asked(panel), Qt.Key.Key_Return)
    assert "五万" in amounts(panel, "total")


def fill(panel, cell, key):
    editor = next(one for one in panel.findChildren(LineCell) if one.address[1] == cell)
    editor.setFocus()
    QTest.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)


def test_control_d_fills_a_box_from_the_one_above_and_control_r_from_the_one_at_its_left(panel):
    first, second = [row.at for row in rows_of(panel._block, answers(panel))][:2]
    fill(panel, f"{second}.executed", Qt.Key.Key_D)
    assert answers(panel).text(f"{second}.executed") == answers(panel).text(f"{first}.executed") == "90"
    fill(panel, f"{second}.executed", Qt.Key.Key_R)
    assert answers(panel).text(f"{second}.executed") == answers(panel).text(f"{second}.budget") == "80"


def test_the_first_box_has_nothing_to_be_filled_with(panel):
    before = answers(panel)
    fill(panel, "funds.total.initial", Qt.Key.Key_D)
    fill(panel, "funds.total.initial", Qt.Key.Key_R)
    assert answers(panel) == before
