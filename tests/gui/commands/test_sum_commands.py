"""汇总下级单位…: the forms of units are added up in a window, questions answered there, the table written.

1. what counts, what does not, what the indicators add up to
2. an answer shows its effect at once, and can be taken back
3. the table goes to a file; a file that can't be written is said
4. without any form it says so
"""

from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

import main
from gui.base import ask
from gui.commands.sum_commands import SumCommands
from gui.incoming import sum_dialog
from tests.builders import WUHAN_PROJECT, filled, row
from tests.command import broken_file, saved


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
