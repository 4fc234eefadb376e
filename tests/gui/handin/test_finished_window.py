"""成稿核对 in the window: a Word file is chosen, its differences are seen, texts come back in one step."""

import pytest
from docx import Document as read_docx
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox

import main
from export.handin import ALL, pieces_of
from export.naming import Names
from gui.base import ask
from gui.handin.finished_dialog import FinishedDialog
from tests.desk import answering
from tests.test_names import nameless


@pytest.fixture
def window(start, tmp_path, monkeypatch):
    made = start()
    made.bench.doors = main.doors()
    pieces = pieces_of(made.session.snapshot.reading, Names(), (ALL,))
    piece = next(one for one in pieces if "整体绩效自评报告" in one.name and "摘要" not in one.name)
    made.file = tmp_path / "改过的报告.docx"
    piece.write["docx"](made.file)
    monkeypatch.setattr(ask, "import_file_names", lambda *_: [made.file])
    return made


def test_texts_come_back_in_one_step(window):
    document = read_docx(str(window.file))
    paragraph = next(one for one in document.paragraphs if one.text.startswith("指标 2"))
    before = paragraph.text
    paragraph.runs[0].text = "经审核，" + paragraph.runs[0].text
    document.save(str(window.file))
    seen = []

    def take(dialog):
        assert nameless(dialog) == []
        assert not dialog.take.isEnabled()
        seen.append(dialog.table.item(0, 1).text())
        dialog.table.item(0, 0).setCheckState(Qt.CheckState.Checked)
        QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)

    answering(FinishedDialog, take)
    window.commands.finished.hold_against()
    assert seen == ["文字不同"]
    texts = window.session.answers.forms["d"].texts
    typed = [text for text in texts.values() if text == "经审核，" + before]
    assert len(typed) == 1
    assert window.session.document.undo_label == "收回成稿的文字"
    window.session.undo()
    assert "经审核，" + before not in window.session.answers.forms["d"].texts.values()


def test_a_file_that_is_none_of_ours_is_one_sentence_and_changes_nothing(window):
    document = read_docx()
    document.add_paragraph("会议通知。")
    document.save(str(window.file))
    said = []
    answering(QMessageBox, lambda box: said.append(box.text() + box.informativeText()))
    window.commands.finished.hold_against()
    assert "没有核对" in said[0]
    assert window.session.document.undo_label == ""
