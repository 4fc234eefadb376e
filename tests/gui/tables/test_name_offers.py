"""Names offered while one is typed into the table.

1. they come when typing rests, below the cell, from two characters on; typing alone changes nothing else
2. Down and Enter, or a click, take one, as one step; a row without target gets the target too
3. rows of earlier years stand first, once they are read; what the form has already is not offered
4. Esc puts the list away and the cell stays open; Enter without a choice goes down as ever
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.tables.name_offers import NameOffers
from model.filling.own_indicators import Written
from tests.desk import open_session, write
from tests.gui.tables.test_indicators import open_table, text, type_over

TRAINED = "教师培训人次"


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def table(qtbot, session):
    return open_table(qtbot, session, "d")


def offers_of(table):
    return table.findChild(NameOffers)


def typed(qtbot, table, keys, cell="i2.name"):
    """Type a name and wait for the offers."""
    editor = type_over(table, cell, keys)
    qtbot.waitUntil(lambda: offers_of(table).isVisible())
    return editor


def test_1_typing_alone_changes_the_name_alone(qtbot, table, session):
    before = session.form("d").answers.texts
    typed(qtbot, table, "教师培训")
    assert session.form("d").answers.texts == {**before, "i2.name": "教师培训"}
    assert offers_of(table).item(0).text().startswith(TRAINED)
    assert offers_of(table).currentRow() == -1


def test_1_initials_find_too_and_one_character_does_not(qtbot, table):
    editor = type_over(table, "i2.name", "教")
    offers = offers_of(table)
    qtbot.waitUntil(lambda: not offers._pause.isActive())
    assert not offers.isVisible()
    editor.selectAll()
    write(editor, "jspx")
    qtbot.waitUntil(offers.isVisible)
    assert offers.item(0).text().startswith(TRAINED)


def test_2_down_and_enter_take_a_name_and_what_is_typed_stays(qtbot, table, session):
    editor = typed(qtbot, table, "jspx")
    target = text(session, "i2.target")
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(session, "i2.name") == editor.toPlainText() == TRAINED
    assert text(session, "i2.target") == target
    assert editor.isVisible()
    assert not offers_of(table).isVisible()
    assert session.undo().label == f"选用指标“{TRAINED}”"
    assert text(session, "i2.name") == "jspx"


def test_2_a_row_without_target_gets_it(qtbot, table, session):
    session.set_text(("d", "i2.target"), "")
    editor = typed(qtbot, table, "jspx")
    QTest.keyClick(editor, Qt.Key.Key_Down)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(session, "i2.target") == "≥**人次"


def test_2_a_click_takes_a_name(qtbot, table, session):
    typed(qtbot, table, "jspx")
    offers = offers_of(table)
    point = offers.visualItemRect(offers.item(0)).center()
    QTest.mouseClick(offers.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    assert text(session, "i2.name") == TRAINED


def test_4_esc_puts_the_list_away_and_once_more_takes_back(qtbot, table, session):
    before = text(session, "i2.name")
    editor = typed(qtbot, table, "教师培训")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert (offers_of(table).isVisible(), editor.isVisible()) == (False, True)
    assert text(session, "i2.name") == "教师培训"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert text(session, "i2.name") == before


def test_4_enter_without_a_choice_goes_down(qtbot, table, session):
    editor = typed(qtbot, table, "教师培训")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert text(session, "i2.name") == "教师培训"
    assert table.model_.cell_at(table.currentIndex()) == "i3.name"
    assert not offers_of(table).isVisible()


class TestRowsOfEarlierYears:
    """3"""

    NAME = "往年教师教研场次"

    @pytest.fixture
    def earlier(self, session):
        form = session.form("d").answers.with_texts({"i2.name": self.NAME, "i2.target": "≥30 场"})
        session.earlier.read = lambda: (Written("2024 年度", form),)

    def names(self, table):
        offers = offers_of(table)
        return [offers.item(n).text().split("　")[0] for n in range(offers.count())]

    def test_3_they_come_first_as_soon_as_they_are_read(self, qtbot, table, earlier):
        editor = typed(qtbot, table, "教师教研")
        qtbot.waitUntil(lambda: self.names(table)[0] == self.NAME)
        QTest.keyClick(editor, Qt.Key.Key_Down)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        assert editor.toPlainText() == self.NAME

    def test_3_what_stands_in_the_form_already_is_not_offered(self, qtbot, table, session, earlier):
        session.set_text(("d", "i3.name"), self.NAME)
        typed(qtbot, table, "教师")
        qtbot.waitUntil(lambda: session.earlier.found is not None)
        assert self.names(table)
        assert self.NAME not in self.names(table)

    def test_3_they_are_read_once(self, qtbot, table, session):
        calls = []
        session.earlier.read = lambda: tuple(calls.append(1) or ())
        for word in ("教师", "教研", "培训"):
            typed(qtbot, table, word)
            qtbot.waitUntil(lambda: session.earlier.found is not None)
        assert calls == [1]
