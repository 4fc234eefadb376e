"""The table of indicators: what the clerk types, pastes and moves, and what she sees at once."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from gui.base import theme
from gui.tables.indicator_lines import Line
from tests.desk import YUEYANG, open_session, write


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def table(qtbot, session):
    return open_table(qtbot, session, "d")


def open_table(qtbot, session, key):
    from gui.tables.indicator_model import IndicatorTableModel
    from gui.tabs.indicator_panel import IndicatorPanel

    panel = IndicatorPanel(IndicatorTableModel(session, key))
    session.changed.connect(panel.model.document_changed)
    panel.resize(1100, 700)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    panel.view.setFocus()
    panel.view.panel = panel  # kept alive with the table
    return panel.view


def text(session, cell, key="d"):
    return session.form(key).answers.text(cell)


def editor_of(table):
    return table.focusWidget() if table.focusWidget() is not table else table.viewport().focusWidget()


def type_over(table, cell, keys):
    """Put the cursor on a cell and type, as a clerk does: the first key opens the editor."""
    table.show_cell(cell)
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    write(editor, keys)
    return editor


def test_every_key_reaches_the_document_and_the_score(table, session):
    before = session.form("d").sheet.total
    editor = type_over(table, "i6.actual", "2")  # at most 10 breakdowns: 12 earned 4.17, 2 earns all 5
    assert session.form("d").sheet.total == before + Decimal("0.83")
    write(editor, "0")  # 20 earns half
    assert text(session, "i6.actual") == "20"
    assert session.form("d").sheet.total == before - Decimal("1.67")
    assert editor.isVisible()


def test_enter_closes_the_cell_and_goes_down(table, session):
    editor = type_over(table, "i2.actual", "300 人次")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert table.model_.cell_at(table.currentIndex()) == "i3.actual"
    assert text(session, "i2.actual") == "300 人次"


def test_tab_goes_to_the_next_cell_to_type_in_and_skips_computed_ones(table):
    table.show_cell("i2.weight")
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert table.model_.cell_at(table.currentIndex()) == "i2.score"


def test_alt_enter_breaks_the_line_in_a_cell(table, session):
    editor = type_over(table, "i2.name", "一")
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    write(editor, "2")
    assert text(session, "i2.name") == "一\n2"


def test_a_line_for_the_reason_opens_while_points_are_being_lost(table, session):
    assert Line("reason", "i2") not in table.model_.lines
    editor = type_over(table, "i2.score", "4")
    assert Line("reason", "i2") in table.model_.lines
    assert editor.isVisible()  # the cell in hand stays open
    write(editor, ".5")
    assert text(session, "i2.score") == "4.5"


def test_ctrl_enter_adds_a_row_with_the_same_labels(table, session):
    table.show_cell("i2.target")
    QTest.keyClick(table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rows = session.form("d").answers.indicators
    new = rows[rows.index("i2") + 1]
    assert (text(session, f"{new}.level2"), text(session, f"{new}.goal")) == ("数量指标", "g1")
    assert table.model_.cell_at(table.currentIndex()) == f"{new}.name"
    session.undo()
    assert new not in session.form("d").answers.indicators


def test_rows_are_deleted_and_come_back(table, session):
    table.show_cell("i2.name")
    table.remove_selected()
    assert "i2" not in session.form("d").answers.indicators
    session.undo()
    assert session.form("d").answers.indicators[1] == "i2"


def test_alt_down_moves_a_row(table, session):
    table.show_cell("i1.name")
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert session.form("d").answers.indicators[:2] == ("i2", "i1")


def test_delete_empties_the_cells(table, session):
    table.show_cell("i2.actual")
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert text(session, "i2.actual") == ""


def test_ctrl_d_copies_from_above(table, session):
    table.show_cell("i3.target")
    QTest.keyClick(table, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert text(session, "i3.target") == text(session, "i2.target") == "≥300 人次"


def paste(table, clipboard):
    mime = QMimeData()
    mime.setText(clipboard)
    QGuiApplication.clipboard().setMimeData(mime)
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_block_is_pasted_at_the_cursor_in_the_columns_of_the_form(table, session):
    table.show_cell("i2.name")
    paste(table, "新名称一\t10 个\t11 个\n新名称二\t20 个\t22 个\n")
    assert [text(session, f"i2.{c}") for c in ("name", "target", "actual")] == ["新名称一", "10 个", "11 个"]
    assert [text(session, f"i3.{c}") for c in ("name", "target", "actual")] == ["新名称二", "20 个", "22 个"]
    session.undo()
    assert text(session, "i2.name") == "教师信息技术应用能力培训"  # one step


def test_a_pasted_cell_keeps_its_line_breaks_and_quotes(table, session):
    table.show_cell("i2.name")
    paste(table, '"第一行\n第二行 ""引号"""\t5 个\n')
    assert text(session, "i2.name") == '第一行\n第二行 "引号"'
    assert text(session, "i2.target") == "5 个"


def test_a_longer_block_adds_rows_under_the_last_goal(table, session):
    table.show_cell("i16.name")
    paste(table, "\n".join(f"名称{n}\t{n} 个" for n in range(40)))
    rows = session.form("d").answers.indicators
    assert len(rows) == 16 + 39
    assert (text(session, f"{rows[-1]}.name"), text(session, f"{rows[-1]}.goal")) == ("名称39", "g2")
    session.undo()
    assert len(session.form("d").answers.indicators) == 16


def test_merged_labels_of_a_pasted_block_hold_for_the_rows_below(table, session):
    table.setCurrentIndex(table.model_.index_of("i11.level1"))
    paste(table, "产出指标\t数量指标\t甲\n\t\t乙\n\t质量指标\t丙\n")
    rows = ["i11", "i12", "i13"]
    assert [text(session, f"{r}.level1") for r in rows] == ["产出指标"] * 3
    assert [text(session, f"{r}.level2") for r in rows] == ["数量指标", "数量指标", "质量指标"]


def test_copy_gives_what_a_spreadsheet_takes(table):
    table.show_cell("i2.name")
    model = table.model_
    index = table.currentIndex()
    table.setSelection(
        table.visualRect(index).united(table.visualRect(model.index_of("i2.actual"))),
        table.selectionModel().SelectionFlag.ClearAndSelect,
    )
    table.copy()
    assert QGuiApplication.clipboard().text() == "教师信息技术应用能力培训\t≥300 人次\t312 人次\n"


def test_a_label_is_edited_for_all_rows_it_stands_for(table, session):
    table.setCurrentIndex(table.model_.index_of("i4.level2"))
    table.model_.setData(table.currentIndex(), "质量")
    assert {text(session, f"i{n}.level2") for n in (4, 5, 6)} == {"质量"}
    session.undo()
    assert {text(session, f"i{n}.level2") for n in (4, 5, 6)} == {"质量指标"}


def test_direction_is_chosen_in_place(table, session):
    table.setCurrentIndex(table.model_.index_of("i2.direction"))
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = table.findChild(QComboBox)
    assert [box.itemText(n) for n in range(box.count())][1:] == ["≥ 越多越好", "≤ 越少越好", "= 正好"]
    box.setCurrentIndex(2)
    box.activated.emit(2)
    assert text(session, "i2.direction") == "≤"
    assert session.form("d").sheet.indicator("i2").outcome.score < 5  # 312 is more than 300


def test_the_level_of_prose_is_chosen_in_place(table, session):
    table.model_.setData(table.model_.index_of("i5.level"), "部分达成")
    assert text(session, "i5.level") == "部分达成"
    assert table.model_.index(table.model_.index_of("i5.level").row(), 7).data() == "2–3.2"


def test_full_width_digits_are_taken_as_typed_and_understood(table, session):
    type_over(table, "i2.score", "４．５")
    assert text(session, "i2.score") == "４．５"
    assert str(session.form("d").sheet.indicator("i2").score) == "4.5"


def test_what_an_input_method_commits_arrives_whole(table, session):
    table.show_cell("i2.name")
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    editor.selectAll()
    composing = QInputMethodEvent("qiao", [])
    QApplication.sendEvent(editor, composing)
    assert text(session, "i2.name") != "qiao"  # nothing is taken while it is composed
    write(editor, "硚〇䶮𬭊")
    assert text(session, "i2.name") == "硚〇䶮𬭊"


def test_a_form_without_goals_has_one_table_and_shows_its_weights(qtbot, tmp_path):
    session = open_session(tmp_path, YUEYANG[:3])
    table = open_table(qtbot, session, "p1")
    assert {line.kind for line in table.model_.lines} == {"row"}
    assert [c.key for c in table.model_.columns] == [
        "level1", "level2", "name", "target", "actual", "weight", "judged", "computed", "score",
    ]  # fmt: skip


def test_labels_are_merged_as_on_paper(table):
    index = table.model_.index_of("i1.level1")
    assert table.rowSpan(index.row(), index.column()) >= 7
    assert table.columnSpan(0, 0) == table.model_.columnCount()  # the band of a goal


def test_a_key_replaces_what_stands_in_a_cell_and_f2_goes_on_with_it(table, session):
    table.show_cell("i2.score")
    QTest.keyClick(table, "4")
    assert text(session, "i2.score") == "4"
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    table.show_cell("i3.score")
    QTest.keyClick(table, Qt.Key.Key_F2)
    write(QApplication.focusWidget(), "5")
    assert text(session, "i3.score") == "4.55"


def test_the_wheel_never_changes_a_choice(table, session):
    table.setCurrentIndex(table.model_.index_of("i2.direction"))
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = table.findChild(QComboBox)
    centre = QPointF(box.rect().center())
    turned = QWheelEvent(
        centre,
        box.mapToGlobal(centre),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turned)
    assert box.currentIndex() == 0
    assert text(session, "i2.direction") == ""


def is_in_sight(table):
    """Whether the row in hand stands in sight, all of it."""
    return table.viewport().rect().contains(table.visualRect(table.currentIndex()))


def test_the_row_in_hand_stays_in_sight_when_the_table_gets_lower(table, qtbot):
    table.show_cell("i6.actual")
    table.panel.resize(1100, 300)
    qtbot.waitUntil(lambda: table.viewport().height() < 250)
    qtbot.waitUntil(lambda: is_in_sight(table))


def test_a_row_that_was_out_of_sight_is_not_looked_for(table, qtbot):
    table.show_cell("i6.actual")
    table.panel.resize(1100, 300)
    qtbot.waitUntil(lambda: table.viewport().height() < 250)
    qtbot.waitUntil(lambda: is_in_sight(table))
    table.verticalScrollBar().setValue(0)
    assert not is_in_sight(table)
    table.panel.resize(1100, 280)
    qtbot.wait(50)
    assert table.verticalScrollBar().value() == 0


@pytest.fixture
def direction(table, qtbot):
    """The list of directions, opened with F2 on its cell."""
    table.setCurrentIndex(table.model_.index_of("i2.direction"))
    QTest.keyClick(table, Qt.Key.Key_F2)
    box = table.findChild(QComboBox)
    qtbot.waitUntil(lambda: box.view().isVisible())
    return box


def test_f2_opens_the_list_of_directions_wide_enough_to_read(direction):
    view = direction.view()
    for n in range(direction.count()):
        rect = view.visualRect(direction.model().index(n, 0))
        assert rect.width() >= view.fontMetrics().horizontalAdvance(direction.itemText(n)) + theme.px(12)


def test_down_and_enter_choose_a_direction_and_the_cell_closes(direction, table, session, qtbot):
    QTest.keyClick(direction.view(), Qt.Key.Key_Down)
    QTest.keyClick(direction.view(), Qt.Key.Key_Return)
    assert text(session, "i2.direction") == "≥"
    qtbot.waitUntil(lambda: table.state() != table.State.EditingState)
    assert table.hasFocus()
    assert table.model_.cell_at(table.currentIndex()) == "i2.direction"


def test_esc_closes_the_list_and_its_cell(direction, table, session, qtbot):
    QTest.keyClick(direction.view(), Qt.Key.Key_Down)
    QTest.keyClick(direction.view(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: table.state() != table.State.EditingState)
    assert text(session, "i2.direction") == ""
    assert table.hasFocus()


def test_the_sign_itself_chooses_too(table, session):
    table.setCurrentIndex(table.model_.index_of("i2.direction"))
    QTest.keyClick(table, "=")
    assert text(session, "i2.direction") == "="


def test_enter_after_the_text_of_a_goal_goes_to_the_first_name_of_its_rows(table, session):
    table.setCurrentIndex(table.model_.index_of("g2.text"))
    QTest.keyClick(table, Qt.Key.Key_F2)
    write(QApplication.focusWidget(), "x")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    first = next(row.id for row in session.form("d").sheet.indicators if row.goal == "g2")
    assert table.model_.cell_at(table.currentIndex()) == f"{first}.name"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_enter_and_down_on_a_label_go_to_the_next_label(table, key):
    table.setCurrentIndex(table.model_.index_of("i1.level2"))
    QTest.keyClick(table, key)
    assert table.model_.cell_at(table.currentIndex()) == "i4.level2"


@pytest.mark.parametrize(("height", "are_shown"), [(470, False), (900, True)])
def test_in_a_low_window_written_goals_leave_the_room_to_the_table(start, tmp_path, height, are_shown):
    window = start(YUEYANG[:1])
    window.resize(910, height)
    other = shutil.copy(window.session.path, tmp_path / "另一份.zpb")
    assert window.commands.files.open_path(Path(other))  # in a window that is low already
    panel = window.view.indicators.panel
    assert panel.fold.isChecked() == are_shown
    panel.fold.click()
    assert panel.fold.isChecked() != are_shown
    assert panel._area.isVisible() != are_shown


@pytest.mark.parametrize(
    ("name", "begins_at"), [("培训人次", "i1.actual"), ("", "i1.name"), (" ", "i1.name")]
)
def test_one_begins_at_the_result_of_a_row_that_has_a_name_else_at_the_name(qtbot, session, name, begins_at):
    session.set_text(("d", "i1.name"), name)
    view = open_table(qtbot, session, "d")
    view.place_cursor()
    assert view.model_.cell_at(view.currentIndex()) == begins_at
