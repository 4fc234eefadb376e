"""汇总下级单位…: the forms of units are added up in a window, questions answered there, the table written.

1. what counts, what does not, what the indicators add up to
2. an answer shows its effect at once, and can be taken back
3. the table goes to a file; a file that can't be written is said
4. without any form it says so
5. units are taken out by a tick; another kind of form is chosen; F8 goes through what is to be confirmed
6. the sum with its scores, and how each row came about, unit by unit
7. the form is opened from there; a unit more later keeps what was typed
8. the table of the open document
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

import main
from gui.base import ask
from gui.commands.sum_commands import SumCommands
from gui.incoming import sum_dialog
from gui.incoming.ways_in import COLUMNS
from gui.window import Window
from tests.builders import WUHAN_PROJECT, filled, row
from tests.command import broken_file, saved
from tests.desk import write


def unit_file(folder, unit, *rows, **fields):
    form = filled(WUHAN_PROJECT, *rows, project_name="运维", **fields)
    return saved(replace(form, answers=form.answers.with_texts({"unit": unit})), folder / f"{unit}.json")


@pytest.fixture
def said(monkeypatch):
    heard = []
    monkeypatch.setattr(ask, "tell", lambda _, message, hint="": heard.append((message, hint)))
    monkeypatch.setattr(ask, "tell_error", lambda _, error: heard.append((error.message, error.hint)))
    return heard


@pytest.fixture
def add_up(start, monkeypatch):
    """Choose files in the menu; return the dialog that opens, None where none does."""
    window = start()
    window.bench.doors = window.bench.doors._replace(
        ways_in=main.ways_in(), write_sheets=main.doors().write_sheets
    )
    opened = []
    monkeypatch.setattr(sum_dialog.SumDialog, "exec", lambda dialog: opened.append(dialog))
    monkeypatch.setattr(sum_dialog.SumDialog, "deleteLater", lambda dialog: None)

    def choose(*paths):
        monkeypatch.setattr(ask, "import_file_names", lambda *_: paths)
        window.menus.action(SumCommands.add_up).trigger()
        return opened[-1] if opened else None

    return choose


@pytest.fixture
def units(tmp_path):
    return (
        unit_file(tmp_path, "示例二小", row("≥20间", "22间", "40", name="教室")),
        unit_file(tmp_path, "示例三小", row("≥26间", "26间", "40", name="教室")),
        unit_file(tmp_path, "示例四小", row("≥5个", "5个", "40", name="教室")),
    )


def texts(dialog, at=0):
    return [dialog.lines.item(at, column).text() for column in range(5)]


def listed(dialog):
    return [dialog.units.item(at).text() for at in range(dialog.units.count())]


def choose_answer(qtbot, dialog, caption, at=0):
    box = dialog.lines.cellWidget(at, sum_dialog.ANSWER_COLUMN)
    index = box.findText(caption)
    assert index > 0
    box.setCurrentIndex(index)
    box.activated.emit(index)
    qtbot.waitUntil(lambda: dialog.lines.cellWidget(at, sum_dialog.ANSWER_COLUMN) is not box)


def test_1_what_counts_and_what_it_adds_up_to(add_up, units, tmp_path):
    old = unit_file(tmp_path, "示例五小", row("≥5间", "5间", "40", name="教室"), year="2024")
    dialog = add_up(*units[:2], old, broken_file(tmp_path))
    assert texts(dialog)[:4] == ["教室", "相加", "≥46间", "48间"]
    assert listed(dialog)[:3] == [
        "示例二小　100 万元",
        "示例三小　100 万元",
        "不计入　示例五小（示例五小.json）：年度是 2024。",
    ]
    assert listed(dialog)[3].startswith("没有读入　broken.json：")
    assert dialog.state.text() == "都已确认。"


def test_2_an_answer_shows_its_effect_and_can_be_taken_back(add_up, units, qtbot):
    dialog = add_up(*units)
    assert texts(dialog) == ["教室", "待确认", "", "", "示例四小写“个”，其余写“间”。"]
    assert dialog.state.text() == "还有 1 项没有确认。"
    choose_answer(qtbot, dialog, "当作同一单位")
    assert texts(dialog)[1:4] == ["相加", "≥51间", "53间"]
    dialog.again.click()
    assert texts(dialog)[1] == "待确认"
    choose_answer(qtbot, dialog, "这一项不计示例四小")
    assert texts(dialog)[1:4] == ["相加", "≥46间", "48间"]


def test_3_the_table_goes_to_a_file(add_up, units, monkeypatch, tmp_path, said):
    dialog = add_up(*units)
    monkeypatch.setattr(ask, "table_name", lambda *_: tmp_path / "表.xlsx")
    dialog.save.click()
    assert dialog.state.text() == "已写入 表.xlsx。"
    book = CalamineWorkbook.from_path(tmp_path / "表.xlsx")
    assert book.sheet_names == ["汇总表", "对上的指标"]
    monkeypatch.setattr(ask, "table_name", lambda *_: tmp_path / "表.txt")
    dialog.save.click()
    assert said == [("不能写成“表.txt”。", "请用 .xlsx、.pdf 或 .docx 作后缀。")]


def test_3_a_file_that_is_added_up_is_not_written_over(add_up, units, monkeypatch, said):
    dialog = add_up(*units)
    before = units[0].read_bytes()
    monkeypatch.setattr(ask, "table_name", lambda *_: units[0])
    dialog.save.click()
    assert units[0].read_bytes() == before
    assert said == [("“示例二小.json”里有要汇总的自评表，没有覆盖。", "请换一个文件名。")]


def test_4_without_any_form_it_says_so(add_up, tmp_path, said):
    assert add_up(broken_file(tmp_path)) is None
    assert said[0][0] == "没有可以汇总的自评表。"
    assert "broken.json" in said[0][1]


# --- 5


def test_5_a_unit_is_taken_out_by_a_tick_and_comes_in_again(add_up, units):
    dialog = add_up(*units[:2])
    dialog.units.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert texts(dialog)[2:4] == ["≥26间", "26间"]
    assert listed(dialog)[1] == "不计入　示例二小（示例二小.json）：由您去掉。"
    dialog.units.item(1).setCheckState(Qt.CheckState.Checked)
    assert texts(dialog)[2:4] == ["≥46间", "48间"]


def test_5_another_year_is_chosen(add_up, units, tmp_path):
    old = unit_file(tmp_path, "示例五小", row("≥5间", "5间", "40", name="教室"), year="2024")
    dialog = add_up(*units[:2], old)
    other = dialog.kinds.findText("2024", Qt.MatchFlag.MatchContains)
    dialog.kinds.setCurrentIndex(other)
    dialog.kinds.activated.emit(other)
    assert listed(dialog)[0] == "示例五小　100 万元"
    assert texts(dialog)[2:4] == ["≥5间", "5间"]


def test_5_f8_goes_to_what_is_to_be_confirmed(add_up, tmp_path):
    rows = [row("≥20间", "22间", "40", name="教室"), row("≥95%", "96%", "10", name="完好率")]
    other = [row("≥20间", "22间", "40", name="教室"), row("≥90%", "96%", "10", name="完好率")]
    dialog = add_up(unit_file(tmp_path, "示例二小", *rows), unit_file(tmp_path, "示例三小", *other))
    dialog.next.click()
    assert dialog.lines.currentRow() == 1
    assert not dialog.make.isEnabled()


# --- 6


def cells(table, at):
    return [table.item(at, column).text() for column in range(table.columnCount())]


def test_6_the_sum_has_scores_and_says_how_it_came_about(add_up, tmp_path):
    two = unit_file(tmp_path, "示例二小", row("≥95%", "98%", "40", name="完好率"))
    three = unit_file(tmp_path, "示例三小", row("≥95%", "90%", "40", name="完好率"))
    dialog = add_up(two, three)
    assert cells(dialog.sum.rows, 0) == ["完好率", "≥95%", "94%", "40", "39.58"]
    assert "资金合计 200 万元" in dialog.sum.total.text()
    assert cells(dialog.sum.given, 0) == ["示例二小", "≥95%", "98%", "100", "9800"]
    assert "2 张表 · 按资金加权平均" in dialog.sum.steps.text()
    assert dialog.sum.ends.text() == "最低　示例三小　90%\n最高　示例二小　98%"


def test_6_what_is_open_has_no_score_yet(add_up, units):
    dialog = add_up(*units)
    assert cells(dialog.sum.rows, 0)[1:] == ["待确认", "待确认", "", "—"]


# --- 7


@pytest.fixture
def summed(add_up, units, monkeypatch, tmp_path, qtbot):
    """The sum of two units, opened as a document."""
    monkeypatch.setattr(
        sum_dialog.SumDialog, "exec", lambda dialog: write(dialog.unit, "示例区教育局") or True
    )
    monkeypatch.setattr(ask, "new_file_name", lambda *_: tmp_path / "汇总.zpb")
    add_up(*units[:2])
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))


def test_7_the_sum_is_opened_and_says_which_unit_gave_what(summed):
    form = summed.session.answers.forms["p1"]
    assert summed.session.answers.unit.endswith("示例区教育局")
    assert form.text("i1.actual") == "48间"
    assert form.sources["i1.actual"] == "汇总 2 张表：示例二小 22间、示例三小 26间"


def test_7_a_unit_more_is_put_in_and_what_was_typed_stays(summed, units, monkeypatch, tmp_path, add_up):
    summed.session.edit("填", lambda edit: edit.set_text(("p1", "i1.reason"), "新建两间"))
    five = unit_file(tmp_path, "示例五小", row("≥5间", "4间", "40", name="教室"))

    def update(dialog):
        assert not dialog.update_open.isHidden()
        dialog.update_open.click()
        return True

    monkeypatch.setattr(sum_dialog.SumDialog, "exec", update)
    add_up(*units[:2], five)
    form = summed.session.answers.forms["p1"]
    assert (form.text("i1.actual"), form.text("i1.reason")) == ("52间", "新建两间")
    summed.session.undo()
    assert summed.session.answers.forms["p1"].text("i1.actual") == "48间"


def test_7_units_are_added_in_the_dialog(add_up, units, monkeypatch):
    dialog = add_up(units[0])
    monkeypatch.setattr(ask, "import_file_names", lambda *_: (units[1],))
    dialog.add.click()
    assert texts(dialog)[2:4] == ["≥46间", "48间"]


def test_7_a_folder_is_added_in_the_dialog(add_up, units, monkeypatch, tmp_path):
    inside = tmp_path / "收齐" / "示例三小"
    inside.mkdir(parents=True)
    units[1].rename(inside / units[1].name)
    dialog = add_up(units[0])
    monkeypatch.setattr(ask, "folder_name", lambda *_: inside.parent)
    dialog.add_folder.click()
    assert texts(dialog)[2:4] == ["≥46间", "48间"]


# --- 8


@pytest.mark.parametrize("suffix", [".xlsx", ".pdf", ".docx"])
def test_8_the_open_document_as_a_table(start, monkeypatch, tmp_path, suffix):
    window = start()
    window.bench.doors = window.bench.doors._replace(write_sheets=main.doors().write_sheets)
    said = []
    monkeypatch.setattr(ask, "inform", lambda _, message, details="": said.append(message))
    monkeypatch.setattr(ask, "table_name", lambda *_: tmp_path / f"表{suffix}")
    window.menus.action(SumCommands.write_summary).trigger()
    assert said == [f"已写入 表{suffix}。"]
    assert (tmp_path / f"表{suffix}").stat().st_size > 1000


def test_8_with_the_columns_beside_the_settings(start, monkeypatch, tmp_path):
    window = start()
    window.bench.doors = window.bench.doors._replace(write_sheets=main.doors().write_sheets)
    monkeypatch.setattr(ask, "inform", lambda *_: None)
    monkeypatch.setattr(ask, "table_name", lambda *_: tmp_path / "表.xlsx")
    (tmp_path / "config").mkdir(exist_ok=True)
    columns = 'title = "情况表"\n[[columns]]\nkey = "score"\ncaption = "自评得分"\nwidth_mm = 30\n'
    (tmp_path / "config" / COLUMNS).write_text(columns, "utf-8")
    window.menus.action(SumCommands.write_summary).trigger()
    rows = CalamineWorkbook.from_path(tmp_path / "表.xlsx").get_sheet_by_index(0).to_python()
    assert rows[1] == ["自评得分"]
