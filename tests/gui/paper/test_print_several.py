"""打印多份…: several papers in one go, of each all pages or some."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.paper import printing
from gui.paper.outputs import outputs_of, pdf_of
from gui.paper.pdf_pages import join, page_count
from gui.paper.print_choice import PrintChoice, pages_in
from tests.desk import YUEYANG, write


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", ()),
        ("1-3,5", (0, 1, 2, 4)),
        ("5，1－2、2", (0, 1, 4)),
        ("3", (2,)),
        ("1 - 3, 5", (0, 1, 2, 4)),
        ("  ", ()),
        ("，", None),
        ("0", None),
        ("3-1", None),
        ("一页", None),
    ],
)
def test_pages_are_read_as_clerks_write_them(text, pages):
    assert pages_in(text) == pages


@pytest.fixture
def window(start):
    return start(YUEYANG)


def pdf(window, output):
    doors = window.bench.doors
    return pdf_of(window.session, output, doors.pdf_bytes, doors.reports).pdf


def test_several_papers_go_to_the_printer_as_one(window, monkeypatch):
    printed = []
    monkeypatch.setattr(printing, "print_pdf", lambda parent, data, title: printed.append(data))

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PrintChoice)
        assert dialog.chosen == {"d": ()}  # the form in hand
        write(dialog.pages["p2"], "1")
        QTest.mouseClick(dialog.boxes["p1"], Qt.MouseButton.LeftButton)
        QTest.mouseClick(dialog.print, Qt.MouseButton.LeftButton)

    window.view.show_form("d")
    QTimer.singleShot(0, answer)
    window.commands.papers.print_several()
    count = page_count(pdf(window, "d")) + page_count(pdf(window, "p1")) + 1
    assert [page_count(data) for data in printed] == [count]


def test_pages_that_a_paper_has_not_are_left_out(window):
    data = pdf(window, "p1")
    assert page_count(join([(data, (0, 98))])) == 1
    assert join([(data, (98,))]) == b""


def test_wrong_pages_and_nothing_chosen_are_said(window, qtbot):
    outputs = list(outputs_of(window.session.snapshot.reading, window.session.library))
    dialog = PrintChoice(outputs, "d")
    qtbot.addWidget(dialog)
    write(dialog.pages["d"], "x")
    assert not dialog.print.isEnabled()
    assert "页码请这样填" in dialog.reason.text()
    QTest.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert dialog.reason.text() == "请选要打印的材料。"
    QTest.mouseClick(dialog.all, Qt.MouseButton.LeftButton)
    assert list(dialog.chosen) == [output.id for output in outputs]
