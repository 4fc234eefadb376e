"""What no file can hold is taken out at the doors of the window and named; what is too long stays out."""

import time

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from gui.base import ask
from gui.editors.cells import LineCell, TextCell
from model.basics.texts import LONGEST, said_of_removed
from model.document import store
from tests.desk import open_session, write

IMPROVEMENT, LINE = ("d", "improvement"), ("d", "unit_name")


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def said(session):
    heard: list[str] = []
    session.cleaned.connect(heard.append)
    return heard


def clip(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data


def test_in_a_cell_of_several_lines(qtbot, session, said):
    cell = TextCell(session, IMPROVEMENT, "改进措施")
    qtbot.addWidget(cell)
    session.changed.connect(lambda change, by: cell.refresh() if by is not cell else None)
    cell.clear()
    cell.insertFromMimeData(clip("加强\x0b管理\x07。"))
    assert session.answers.forms["d"].text("improvement") == "加强管理。"
    assert cell.toPlainText() == "加强管理。"
    assert said == [said_of_removed("\x0b\x07")]
    write(cell, "1")
    assert session.answers.forms["d"].text("improvement").count("1") == 1
    assert len(said) == 1


def test_in_a_cell_of_one_line(qtbot, session, said):
    cell = LineCell(session, LINE, "单位名称")
    qtbot.addWidget(cell)
    session.changed.connect(lambda change, by: cell.refresh() if by is not cell else None)
    cell.clear()
    QGuiApplication.clipboard().setText("示例\x0b单位")
    cell.paste()
    assert session.answers.forms["d"].text("unit_name") == cell.text() == "示例单位"
    assert said == [said_of_removed("\x0b")]


def test_ten_million_characters_are_refused_at_once_and_nothing_changes(qtbot, session):
    cell = TextCell(session, IMPROVEMENT, "改进措施")
    qtbot.addWidget(cell)
    before, begun = session.answers, time.monotonic()
    with qtbot.capture_exceptions() as caught:
        cell.insertFromMimeData(clip("长" * 10_000_000))
    assert time.monotonic() - begun < 2
    assert [str(error) for _, error, _ in caught] == [
        f"这一格最多填 {LONGEST:,} 字，这里有 10,000,000 字，没有放进去。请精简后再填。"
    ]
    assert session.answers is before


def test_typing_beyond_the_room_shows_what_was_there(qtbot, session):
    cell = TextCell(session, IMPROVEMENT, "改进措施")
    qtbot.addWidget(cell)
    session.changed.connect(lambda change, by: cell.refresh() if by is not cell else None)
    cell.setPlainText("长" * LONGEST)
    with qtbot.capture_exceptions() as caught:
        write(cell, "1")
    assert len(caught) == 1
    assert len(cell.toPlainText()) == LONGEST
    assert len(session.answers.forms["d"].text("improvement")) == LONGEST


def test_a_document_that_holds_such_characters(start, tmp_path, monkeypatch):
    monkeypatch.setattr(ask, "tell", lambda *_: None)
    folder = tmp_path / "other"
    folder.mkdir()
    path = open_session(folder).path
    stored = store.open_document(path)
    form = stored.answers.forms["d"].with_text("improvement", "加强\x0b管理。")
    store.save(path, stored.revision, stored.answers, stored.answers.with_form("d", form))
    window = start()
    assert window.commands.files.open_path(path)
    assert window.session.answers.forms["d"].text("improvement") == "加强管理。"
    assert said_of_removed("\x0b") in window.view.bar.text.text()
    assert window.session.document.undo_label == "去掉控制字符"
    assert window.session.save()
    assert store.open_document(path).answers.forms["d"].text("improvement") == "加强管理。"
