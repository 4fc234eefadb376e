"""Blocks pasted into the table of indicators: they stay in their goal, labels merge, printed points go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.tables.indicator_model import IndicatorTableModel
from gui.tabs.indicator_panel import IndicatorPanel
from model.basics.table_text import format_block
from tests.desk import EXAMPLE, PUBLISHED, YUEYANG, open_session

WUHAN_2020 = (PUBLISHED / "qiaokou_xiaoxue_2020_department.json",)


@pytest.fixture
def opened(qtbot, tmp_path):
    def open_table(files=EXAMPLE):
        session = open_session(tmp_path, files)
        panel = IndicatorPanel(IndicatorTableModel(session, next(iter(session.snapshot.forms))))
        session.changed.connect(panel.model.document_changed)
        panel.resize(1100, 700)
        qtbot.addWidget(panel)
        panel.show()
        qtbot.waitExposed(panel)
        panel.view.panel = panel
        return panel.view

    return open_table


def answers(table):
    return table.model_.session.form(table.model_.key).answers


def rows_of(table, goal):
    return [row for row in answers(table).indicators if answers(table).text(f"{row}.goal") == goal]


def paste(table, cell, clipboard):
    table.show_cell(cell)
    QGuiApplication.clipboard().setText(clipboard)
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize(("more", "added"), [(0, 0), (1, 1), (5, 5)])
def test_a_block_longer_than_the_rest_of_its_goal_grows_the_goal(opened, more, added):
    table = opened()
    first, second = (rows_of(table, goal) for goal in answers(table).goals)
    before = {cell: text for cell, text in answers(table).texts.items() if cell.partition(".")[0] in second}
    paste(table, f"{first[-2]}.name", "\n".join(f"名称{n}\t{n} 个" for n in range(2 + more)))
    now = rows_of(table, "g1")
    assert len(now) == len(first) + added
    assert [answers(table).text(f"{row}.name") for row in now[-2 - more :]] == [
        f"名称{n}" for n in range(2 + more)
    ]
    assert rows_of(table, "g2") == second
    assert all(answers(table).text(cell) == text for cell, text in before.items())
    lines = [line.id for line in table.model_.lines if line.kind == "row"]
    assert lines == [*now, *second]  # in sight where it belongs
    table.model_.session.undo()
    assert rows_of(table, "g1") == first


def labels_shown(table, key):
    """The lines that each label of a column spans, by the row it begins with."""
    at = next(n for n, column in enumerate(table.model_.columns) if column.key == key)
    return {line.id: table.rowSpan(n, at) for n, line in enumerate(table.model_.lines) if line.kind == "row"}


@pytest.mark.parametrize(
    ("level2", "spans"),
    [
        (("数量指标", "数量指标", "质量指标"), (2, 2, 1)),
        (("甲", "乙", "丙"), (1, 1, 1)),
        (("甲", "", ""), (3, 3, 3)),
    ],
)
def test_headings_are_merged_anew_after_a_paste(opened, level2, spans):
    table = opened(YUEYANG[:1])
    rows = answers(table).indicators[:3]
    paste(table, f"{rows[0]}.level1", "\n".join(f"新的一级\t{name}\t名称" for name in level2))
    assert [labels_shown(table, "level1")[row] for row in rows] == [3, 3, 3]
    assert [labels_shown(table, "level2")[row] for row in rows] == list(spans)
    table.model_.session.undo()
    assert [labels_shown(table, "level1")[row] for row in rows] != [3, 3, 3]


def parts(table):
    form = table.model_.form
    return {row.level1 for row in form.sheet.indicators}


@pytest.mark.parametrize(
    "printed", ["产出指标（50分）", "产出指标(50 分)", "产出\n指标（50分）", " 产出指标 （５０分）"]
)
def test_a_level_as_the_form_prints_it_is_no_second_set_of_parts(opened, printed):
    table = opened(YUEYANG[:1])
    before, rows = parts(table), answers(table).indicators
    paste(table, f"{rows[0]}.level1", format_block([[printed, "数量指标", "培训人次", "≥1", "1"]]))
    assert parts(table) == before
    assert answers(table).text(f"{rows[0]}.name") == "培训人次"


def test_a_level_typed_as_the_form_prints_it_is_the_level_too(opened):
    table = opened(YUEYANG[:1])
    before, row = parts(table), answers(table).indicators[0]
    table.model_.setData(table.model_.index_of(f"{row}.level1"), "产出指标（50分）")
    assert parts(table) == before


@pytest.mark.parametrize("other", ["产出指标（60分）", "产出指标（试行）", "新的指标（50分）"])
def test_other_points_and_other_brackets_stay_in_sight(opened, other):
    table = opened(YUEYANG[:1])
    row = answers(table).indicators[0]
    paste(table, f"{row}.level1", f"{other}\t数量指标\n")
    assert answers(table).text(f"{row}.level1") == other


def test_points_printed_behind_a_name_are_the_weight(opened):
    table = opened(WUHAN_2020)
    row = answers(table).indicators[0]
    paste(table, f"{row}.name", "培训人次（6分）\t≥1\n")
    assert [answers(table).text(f"{row}.{key}") for key in ("name", "weight")] == ["培训人次", "6"]


def test_where_weights_have_a_column_a_name_stays_as_it_is(opened):
    table = opened(YUEYANG[:1])
    row = answers(table).indicators[0]
    paste(table, f"{row}.name", "培训人次（6分）\n")
    assert answers(table).text(f"{row}.name") == "培训人次（6分）"
