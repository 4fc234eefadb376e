"""Columns that no rule knows are shown, typed into and called as the form calls them (tests/data/columns)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.session.places import Places
from model.forms.loader import with_folder
from tests.desk import open_session
from tests.gui.tables.test_indicators import open_table, text, type_over
from tests.test_own_columns import FILE, FOLDER


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path, [FILE], library=with_folder(FOLDER))


@pytest.fixture
def table(qtbot, session):
    return open_table(qtbot, session, "d")


def test_they_stand_where_the_form_has_them(table):
    keys = [column.key for column in table.model_.columns]
    assert keys == [
        *("level1", "level2", "name", "measure", "target", "standard", "actual", "weight"),
        *("judged", "computed", "score", "reviewed"),
    ]
    assert table.model_.index_of("i1.reviewed").data() == "58.5"


def test_what_is_typed_reaches_the_document(table, session):
    type_over(table, "i2.standard", "达成得满分")
    type_over(table, "i2.reviewed", "28")
    assert (text(session, "i2.standard"), text(session, "i2.reviewed")) == ("达成得满分", "28")
    assert session.form("d").sheet.total == session.form("d").sheet.execution.score + 90


def test_tab_does_not_stop_at_what_others_fill_in(table):
    table.show_cell("i1.score")
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert table.model_.cell_at(table.currentIndex()) == "i2.name"


def test_a_block_from_a_spreadsheet_goes_into_them(table, session):
    table.show_cell("i1.measure")
    QGuiApplication.clipboard().setText("页\t≥500000\t按比例\t520000")
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    row = [text(session, f"i1.{key}") for key in ("measure", "target", "standard", "actual")]
    assert row == ["页", "≥500000", "按比例", "520000"]


def test_findings_come_in_the_order_of_the_columns(session):
    places = Places(session.form("d"), session.library)
    cells = ["i1.actual", "i1.standard", "i1.reviewed", "i1.score", "i1.direction"]
    assert sorted(cells, key=places.rank) == [
        *("i1.standard", "i1.actual", "i1.direction", "i1.score", "i1.reviewed"),
    ]
