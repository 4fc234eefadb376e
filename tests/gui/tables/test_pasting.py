"""Blocks pasted into the table of indicators: they stay in their goal, labels merge, printed points go."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gui.tables.indicator_model import IndicatorTableModel
from gui.tables.paste_dialog import PasteDialog
from gui.tabs.indicator_panel import IndicatorPanel
from model.basics.table_text import format_block, parse_block
from model.recognition.clipboard import html_of
from tests import producers
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


def dialog_of(table):
    """The question that stands over the table, None where there is none."""
    found = [one for one in table.findChildren(PasteDialog) if one.isVisible()]
    return found[0] if found else None


def choose(table, *keys):
    """Choose what each column is, and take it by Enter."""
    dialog = dialog_of(table)
    for box, key in zip(dialog.boxes, keys, strict=True):
        box.setFocus()
        while box.currentData() != key:
            at = box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down if box.findData(key) > at else Qt.Key.Key_Up)
            assert box.currentIndex() != at
    QTest.keyClick(dialog, Qt.Key.Key_Return)


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
    choose(table, "level1", "level2", "name")  # no names of levels that are known
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
    if dialog_of(table):
        choose(table, "level1", "level2")
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


# --- headings, and what is in doubt


BLOCK = "三级指标\t分值\t年度指标值\t得分\t实际完成值\n培训人数\t4\t≥50人\t3\t45人\n\t\t\t\t\n"


def texts_of(table, row, *keys):
    return [answers(table).text(f"{row}.{key}") for key in keys]


def test_headings_say_which_column_is_which_and_are_no_row(opened):
    table = opened(YUEYANG[:1])
    rows, before = answers(table).indicators, dict(answers(table).texts)
    paste(table, f"{rows[0]}.actual", BLOCK)
    assert dialog_of(table) is None
    shown = texts_of(table, rows[0], "name", "target", "actual", "weight", "score")
    assert shown == ["培训人数", "≥50人", "45人", "4", "3"]
    assert answers(table).indicators == rows
    others = {cell: text for cell, text in before.items() if not cell.startswith(f"{rows[0]}.")}
    assert others.items() <= answers(table).texts.items()  # the empty line at the end blanked nothing
    table.model_.session.undo()
    assert answers(table).texts == before


def test_in_doubt_it_is_asked_and_enter_takes_the_guess(opened):
    table = opened(YUEYANG[:1])
    row, before = answers(table).indicators[0], dict(answers(table).texts)
    paste(table, f"{row}.target", "培训人数\t≥50人\t45人\t10\n")
    dialog = dialog_of(table)
    assert [box.currentData() for box in dialog.boxes] == ["name", "target", "actual", "weight"]
    assert "认不准" in dialog.why.text()
    assert "覆盖" in dialog.effect.text()
    assert answers(table).texts == before
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert texts_of(table, row, "name", "target", "actual", "weight") == ["培训人数", "≥50人", "45人", "10"]


def test_esc_changes_nothing(opened):
    table = opened(YUEYANG[:1])
    row, before = answers(table).indicators[0], dict(answers(table).texts)
    paste(table, f"{row}.target", "培训人数\t≥50人\t45人\t10\n")
    QTest.keyClick(dialog_of(table), Qt.Key.Key_Escape)
    assert dialog_of(table) is None
    assert answers(table).texts == before
    assert table.model_.session.document.undo_label == ""


def test_two_columns_of_one_meaning_are_not_pasted_until_one_is_chosen(opened):
    table = opened(YUEYANG[:1])
    row = answers(table).indicators[0]
    paste(table, f"{row}.name", "三级指标\t年度指标值\t目标值\n培训\t50\t60\n")
    dialog = dialog_of(table)
    assert not dialog.paste.isEnabled()
    assert "两列都选了" in dialog.effect.text()
    choose(table, "name", "target", "actual")
    assert texts_of(table, row, "name", "target", "actual") == ["培训", "50", "60"]


def test_a_text_where_a_number_belongs_stays_and_is_marked(opened):
    table = opened(YUEYANG[:1])
    row = answers(table).indicators[0]
    paste(table, f"{row}.weight", "十分")
    assert answers(table).text(f"{row}.weight") == "十分"
    assert table.model_.mark_at(table.model_.index_of(f"{row}.weight")).state == "error"


def test_quotes_around_words_stay_and_a_lone_one_swallows_nothing(opened):
    table = opened(YUEYANG[:1])
    rows = answers(table).indicators[:3]
    paste(table, f"{rows[0]}.name", '"四史"教育次数\n长度"\n末行\n')
    assert [texts_of(table, row, "name") for row in rows] == [['"四史"教育次数'], ['长度"'], ["末行"]]


def test_merged_names_do_not_shift_figures(opened):
    table = opened(YUEYANG[:1])
    row = answers(table).indicators[0]
    data = QMimeData()
    data.setText("培训人数\t\t50人\t45人\n合格率\t\t98%\t99%\n")
    data.setHtml(
        "<table><tr><td colspan=2>培训人数<td>50人<td>45人<tr><td colspan=2>合格率<td>98%<td>99%</table>"
    )
    table.show_cell(f"{row}.name")
    QGuiApplication.clipboard().setMimeData(data)
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert texts_of(table, row, "name", "target", "actual") == ["培训人数", "50人", "45人"]


def test_a_table_without_rows_gets_them(opened):
    table = opened(YUEYANG[:1])
    table.edits.remove_rows(answers(table).indicators)
    table.setCurrentIndex(QModelIndex())
    QGuiApplication.clipboard().setText("三级指标\t年度指标值\n培训人数\t50人\n合格率\t98%\n")
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    shown = [texts_of(table, row, "name", "target") for row in answers(table).indicators]
    assert shown == [["培训人数", "50人"], ["合格率", "98%"]]


# --- where it goes

DOUBTFUL = "培训人数\t50人\t45人\t10\n合格率\t98%\t99%\t5\n"


def pick(box, text):
    """Choose by keys, as who never touches the mouse."""
    box.setFocus()
    while box.currentText() != text:
        at = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down if box.findText(text) > at else Qt.Key.Key_Up)
        assert box.currentIndex() != at


def test_the_row_from_which_a_block_goes_can_be_chosen(opened):
    table = opened(YUEYANG[:1])
    rows, before = answers(table).indicators, dict(answers(table).texts)
    paste(table, f"{rows[0]}.target", DOUBTFUL)
    dialog = dialog_of(table)
    assert not dialog.group.isVisible()  # the form has no goals with rows of their own
    assert dialog.spot.currentText().startswith("从第 1 行起")
    assert "覆盖" in dialog.effect.text()
    pick(dialog.spot, dialog.spot.itemText(2))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert texts_of(table, rows[2], "name", "target", "actual") == ["培训人数", "50人", "45人"]
    assert texts_of(table, rows[3], "name") == ["合格率"]
    assert {c: t for c, t in answers(table).texts.items() if c.startswith(f"{rows[0]}.")} == {
        c: t for c, t in before.items() if c.startswith(f"{rows[0]}.")
    }


def test_behind_the_last_row_nothing_is_written_over(opened):
    table = opened(YUEYANG[:1])
    rows = answers(table).indicators
    paste(table, f"{rows[0]}.target", DOUBTFUL)
    dialog = dialog_of(table)
    pick(dialog.spot, "加在最后")
    assert dialog.effect.text() == "新增 2 行，不覆盖已填的。"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert answers(table).indicators[: len(rows)] == rows
    assert [texts_of(table, row, "name") for row in answers(table).indicators[len(rows) :]] == [
        ["培训人数"],
        ["合格率"],
    ]


def test_another_goal_can_be_chosen_and_esc_brings_the_cursor_back(opened):
    table = opened()
    first, second = (rows_of(table, goal) for goal in answers(table).goals)
    paste(table, f"{first[0]}.target", DOUBTFUL.replace("人", "节"))
    dialog = dialog_of(table)
    assert dialog.group.count() == 2
    pick(dialog.group, dialog.group.itemText(1))
    assert dialog.spot.currentText() == "加在最后"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert table.model_.cell_at(table.currentIndex()) == f"{first[0]}.target"
    paste(table, f"{first[0]}.target", DOUBTFUL.replace("人", "节"))
    dialog = dialog_of(table)
    pick(dialog.group, dialog.group.itemText(1))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert rows_of(table, "g1") == first
    assert [texts_of(table, row, "name") for row in rows_of(table, "g2")[len(second) :]] == [
        ["培训节数"],
        ["合格率"],
    ]


# --- copied out and back


@pytest.mark.parametrize("files", [EXAMPLE, YUEYANG[:1], WUHAN_2020])
@pytest.mark.parametrize("kept", ["all", "text", "html", "excel", "wps", "libreoffice"])
def test_copied_out_and_pasted_back_changes_nothing(opened, files, kept):
    table = opened(files)
    before, rows = dict(answers(table).texts), answers(table).indicators
    goal = next(line for line in table.model_.lines if line.kind == "row")
    first = table.model_.index_of(f"{goal.id}.level1").siblingAtColumn(0)
    last = max(
        n for n, line in enumerate(table.model_.lines) if line.kind == "row" and same_goal(table, line)
    )
    table.setCurrentIndex(first)
    end = table.model_.index(last, table.model_.columnCount() - 1)
    table.selectionModel().select(
        QItemSelection(first, end), QItemSelectionModel.SelectionFlag.ClearAndSelect
    )
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasText()
    assert copied.hasHtml()
    if kept != "all":  # through another program, with the captions over it
        data = QMimeData()
        captions = [table.model_.caption(n) for n in range(table.model_.columnCount())]
        cells = [captions, *parse_block(copied.text())]
        data.setText(format_block(cells))
        if kept == "html":
            data.setHtml(html_of(cells))
        if kept in producers.HTML:
            data.setText(producers.text(cells))
            data.setHtml(producers.HTML[kept](cells))
        QGuiApplication.clipboard().setMimeData(data)
    table.setCurrentIndex(first)
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog_of(table) is None
    assert answers(table).texts == before
    assert answers(table).indicators == rows


@pytest.mark.parametrize(
    "text", ['"四史"', '长度"', "两行\n字", " 前后空格 ", "合计", "三级指标", "00123", "=1+1", "—"]
)
def test_any_text_copied_here_comes_back_as_it_was(opened, text):
    table = opened(YUEYANG[:1])
    first, second = answers(table).indicators[:2]
    table.model_.setData(table.model_.index_of(f"{first}.name"), text)
    before = dict(answers(table).texts)
    table.selectionModel().select(
        QItemSelection(table.model_.index_of(f"{first}.name"), table.model_.index_of(f"{second}.actual")),
        QItemSelectionModel.SelectionFlag.ClearAndSelect,
    )
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    table.setCurrentIndex(table.model_.index_of(f"{first}.name"))
    QTest.keyClick(table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog_of(table) is None
    assert answers(table).texts == before


def same_goal(table, line):
    first = next(one for one in table.model_.lines if one.kind == "row")
    return table.model_.row_of(line.id).goal == table.model_.row_of(first.id).goal
