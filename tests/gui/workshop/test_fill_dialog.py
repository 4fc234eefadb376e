"""填入财政局原表: how the bureau's file will look, before anything is written.

1. what goes in, stays a formula or has no room is counted, listed and marked; a line leads to its cell
2. nothing is written before the button; then beside the original, read back and said so
3. under the same name the original is kept; a file that is there is asked about; a draft says so in its name
4. after a row was put in, once more
5. an old workbook is filled like any other
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.base import ask
from gui.workshop.fill_dialog import FillDialog
from intake.filling.trial import attempt, forms_for, is_old
from model.document.answers import Answers
from model.reading.reading import read
from tests.bureaus import D09, D14, UNIT, bureau, made_document
from tests.desk import dressed


@pytest.fixture
def dialog(qtbot, tmp_path):
    """The dialog on D09 and a document with one row more than it has room for."""
    dressed()
    made = bureau(D09)
    blank = tmp_path / "区表.xlsx"
    blank.write_bytes(made.blank)

    def open_dialog(more=True, drafts=frozenset()):
        answers = made_document(made.form)
        rows = [f"i{n}" for n in range(40, 44)] if more else []
        texts = {f"{row}.{key}": text for row in rows for key, text in _more(row).items()}
        answers = answers.with_texts(texts).with_rows("indicators", (*answers.indicators, *rows))
        reading = read(made.library, Answers({"p1": answers}, UNIT, "2025"))
        forms = forms_for(blank, reading)
        found = FillDialog(blank, forms, drafts, lambda *given: attempt(*given[:2], reading, *given[2:]))
        qtbot.addWidget(found)
        found.show()
        return found

    open_dialog.blank = blank
    return open_dialog


def _more(row):
    return {"level1": "产出指标", "level2": "数量指标", "name": f"多的{row}", "target": "1", "weight": "1"}


def lines(found):
    return [found.list.item(n).text() for n in range(found.list.count())]


def test_1_what_has_no_room_is_counted_and_listed_first(dialog):
    found = dialog()
    assert [found.tabs.tabText(n).split()[0] for n in range(4)] == ["填", "公式保留", "放不下", "锁定"]
    assert found.tabs.currentIndex() == 2
    assert lines(found)[-1].startswith("多的i43\n原表没有空行")


def test_1_a_line_leads_to_its_cell(dialog):
    found = dialog()
    found.list.setCurrentRow(0)
    assert (found.source.currentIndex().row(), found.source.currentIndex().column()) == (
        6,
        3,
    )  # D7, a formula


def test_1_hints_may_stay(dialog):
    found = dialog()
    before = len(found.trial.plan.edits)
    found.clears.click()
    assert len(found.trial.plan.edits) < before
    assert all(edit.kind != "clear" for edit in found.trial.plan.edits)


def test_2_nothing_is_written_before_the_button(dialog):
    found = dialog()
    folder = dialog.blank.parent
    assert [path.name for path in folder.iterdir()] == ["区表.xlsx"]
    before = dialog.blank.read_bytes()
    QTest.mouseClick(found.fill, Qt.MouseButton.LeftButton)
    assert sorted(path.name for path in folder.iterdir()) == ["区表.xlsx", "区表（已填）.xlsx"]
    assert dialog.blank.read_bytes() == before
    assert found.said.text().startswith("已填好，重新读出核对过。除 ")
    assert "与原文件逐字节相同" in found.said.text()


def test_3_under_the_same_name_the_original_is_kept(dialog):
    found = dialog()
    before = dialog.blank.read_bytes()
    found.same.click()
    QTest.mouseClick(found.fill, Qt.MouseButton.LeftButton)
    assert dialog.blank.with_name("区表.xlsx.bak").read_bytes() == before
    assert dialog.blank.read_bytes() == found.trial.data


def test_3_a_file_that_is_there_is_asked_about(dialog, monkeypatch):
    target = dialog.blank.with_name("区表（已填）.xlsx")
    target.write_bytes(b"mine")
    monkeypatch.setattr(ask, "confirm", lambda *_: False)
    found = dialog()
    QTest.mouseClick(found.fill, Qt.MouseButton.LeftButton)
    assert target.read_bytes() == b"mine"


def test_3_a_draft_says_so_in_its_name(dialog):
    assert dialog(drafts=frozenset({"p1"})).target.text().endswith("区表（已填）（草稿）.xlsx")


def test_4_once_more_looks_at_the_file_as_it_is_now(dialog):
    found = dialog()
    dialog.blank.write_bytes(b"broken")
    QTest.mouseClick(found.again, Qt.MouseButton.LeftButton)
    assert not found.fill.isEnabled()
    assert found.said.text()
    dialog.blank.write_bytes(bureau(D09).blank)
    QTest.mouseClick(found.again, Qt.MouseButton.LeftButton)
    assert found.fill.isEnabled()


def test_5_an_old_workbook_is_shown_and_written_too(qtbot, tmp_path):
    dressed()
    made = bureau(D14)
    blank = tmp_path / D14
    blank.write_bytes(made.blank)
    reading = read(made.library, Answers({"p1": made_document(made.form)}, UNIT, "2025"))
    forms = forms_for(blank, reading)
    found = FillDialog(blank, forms, frozenset(), lambda *given: attempt(*given[:2], reading, *given[2:]))
    qtbot.addWidget(found)
    found.show()
    assert is_old(blank)
    assert found.heightens.isEnabled()
    QTest.mouseClick(found.fill, Qt.MouseButton.LeftButton)
    assert blank.read_bytes() == made.blank
    assert (tmp_path / f"{blank.stem}（已填）.xls").read_bytes() == found.trial.data
    assert "请用 Excel 或 WPS 打开核对" in found.said.text()
