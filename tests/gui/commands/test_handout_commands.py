"""发给同事填写… and 收回…: files go out, three states side by side, one step puts in what was chosen."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import main
from gui.base import ask
from gui.commands.handout_commands import HandoutCommands
from gui.frame.list_items import SECOND
from gui.incoming import handout_dialog, takeback_dialog
from gui.incoming.takeback_dialog import MINE, THEIRS
from model.document import store
from model.handout.record import handed_of
from model.handout.sheet_mark import SHEET
from tests.builders import WUHAN_PROJECT, filled, row
from tests.command import saved


@pytest.fixture
def heard(monkeypatch):
    said = []
    for name in ("tell", "inform"):
        monkeypatch.setattr(ask, name, lambda _, message, hint="": said.append(f"{message}\n{hint}"))
    return said


@pytest.fixture
def window(start, tmp_path):
    rows = row("≥5次", "5次", "10", name="培训"), row("≥8次", "8次", "10", name="教研")
    path = saved(filled(WUHAN_PROJECT, *rows, project_name="运维"), tmp_path / "项目.json")
    window = start([path])
    doors = window.bench.doors
    window.bench.doors = doors._replace(ways_in=main.ways_in(), hand_out=main.doors().hand_out)
    return window


@pytest.fixture
def hand_out(window, monkeypatch, tmp_path, heard):
    """Hand out what is preset; return the file."""

    def do(kind="xlsx"):
        monkeypatch.setattr(ask, "folder_name", lambda *_: tmp_path / "发出")
        monkeypatch.setattr(handout_dialog.HandoutDialog, "exec", lambda dialog: choose(dialog, kind))
        window.menus.action(HandoutCommands.hand_out).trigger()
        (path,) = (tmp_path / "发出").glob(f"*.{kind}")
        return path

    def choose(dialog, kind):
        if kind == "zpb":
            QTest.mouseClick(dialog.kinds.button(1), Qt.MouseButton.LeftButton)
        return True

    return do


@pytest.fixture
def take_back(window, monkeypatch):
    """Take files back; `act` does what the clerk does in the dialog."""

    def do(*paths, act=lambda dialog: True):
        shown = []
        monkeypatch.setattr(ask, "import_file_names", lambda *_: paths)
        monkeypatch.setattr(takeback_dialog.TakeBackDialog, "exec", lambda d: shown.append(d) or act(d))
        monkeypatch.setattr(takeback_dialog.TakeBackDialog, "deleteLater", lambda _: None)
        window.menus.action(HandoutCommands.take_back).trigger()
        return shown

    return do


def change(path, old, new):
    """The colleague writes another text into a cell."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value == old and sheet.title != SHEET:
                    cell.value = new
    book.save(path)


def status(window):
    forms = window.view.list.forms
    return forms.item(0).data(SECOND)


def text(window, cell):
    return window.session.answers.forms["p1"].text(cell)


def test_a_form_goes_out_and_the_list_says_when(window, hand_out, heard):
    path = hand_out()
    assert "可以发给同事" in heard[-1]
    assert path.name in heard[-1]
    assert "已发出" in status(window)
    assert "已收回" not in status(window)


def test_a_copy_of_a_form_has_gone_to_nobody(window, hand_out):
    hand_out()
    window.session.edit("复制", lambda edit: edit.duplicate_form("p1"))
    assert [handed_of(form) is not None for _, form in window.session.answers] == [True, False]


def test_what_the_colleague_changed_is_ticked_and_put_in_as_one_step(window, hand_out, take_back):
    path = hand_out()
    change(path, "5次", "6次")
    change(path, "8次", "9次")
    (dialog,) = take_back(path)
    assert [(line.base, line.mine, line.theirs) for line in dialog.lines] == [
        ("5次", "5次", "6次"),
        ("8次", "8次", "9次"),
    ]
    assert (text(window, "i1.actual"), text(window, "i2.actual")) == ("6次", "9次")
    assert status(window).endswith("· 已收回")
    window.session.undo()
    assert (text(window, "i1.actual"), text(window, "i2.actual")) == ("5次", "8次")
    assert "已收回" not in status(window)


def test_a_line_that_is_unticked_stays_as_it_is_here(window, hand_out, take_back):
    path = hand_out()
    change(path, "5次", "6次")

    def untick(dialog):
        dialog.table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
        return True

    take_back(path, act=untick)
    assert text(window, "i1.actual") == "5次"


@pytest.mark.parametrize(("whose", "stands"), [(MINE, "7次"), (THEIRS, "6次")])
def test_what_both_changed_has_to_be_chosen(window, hand_out, take_back, whose, stands):
    path = hand_out()
    change(path, "5次", "6次")
    window.session.edit("改", lambda edit: edit.set_text(("p1", "i1.actual"), "7次"))

    def choose(dialog):
        assert not dialog.take.isEnabled()
        dialog.box(0).setCurrentText(whose)
        assert dialog.take.isEnabled()
        return True

    take_back(path, act=choose)
    assert text(window, "i1.actual") == stands


def test_the_same_file_a_second_time_says_so(window, hand_out, take_back):
    path = hand_out()
    change(path, "5次", "6次")
    take_back(path)
    (dialog,) = take_back(path)
    assert "已经收回过，没有新的不同" in dialog.head.text()


def test_without_a_change_it_says_so(window, hand_out, take_back):
    (dialog,) = take_back(hand_out())
    assert "同事没有改动" in dialog.head.text()


def test_a_document_goes_out_and_comes_back_too(window, hand_out, take_back):
    path = hand_out("zpb")
    stored = store.open_document(path)
    theirs = stored.answers.forms["p1"].with_text("i1.actual", "6次")
    store.save(path, stored.revision, stored.answers, stored.answers.with_form("p1", theirs))
    take_back(path)
    assert text(window, "i1.actual") == "6次"


def test_a_file_whose_mark_is_lost_finds_its_form_by_its_captions(window, hand_out, take_back):
    path = hand_out()
    change(path, "5次", "6次")
    book = load_workbook(path)
    del book[SHEET]
    page = book.worksheets[0]
    page.delete_cols(page.max_column)
    book.save(path)
    (dialog,) = take_back(path)
    assert ("5次", "5次", "6次") in [(line.base, line.mine, line.theirs) for line in dialog.lines]


def test_a_file_without_the_hidden_sheet_is_known_by_its_hidden_column(window, hand_out, take_back):
    path = hand_out()
    change(path, "5次", "6次")
    change(path, "运维", "运行维护")  # the name of the project, so that no caption tells which form it is
    book = load_workbook(path)
    del book[SHEET]
    book.save(path)
    (dialog,) = take_back(path)
    assert {(line.mine, line.theirs) for line in dialog.lines} == {("5次", "6次"), ("运维", "运行维护")}


def test_a_file_with_neither_is_known_by_its_property(window, hand_out, take_back):
    path = hand_out()
    change(path, "5次", "6次")
    change(path, "运维", "运行维护")
    book = load_workbook(path)
    del book[SHEET]
    book.worksheets[0].delete_cols(book.worksheets[0].max_column)
    book.save(path)
    (dialog,) = take_back(path)
    assert {("5次", "6次"), ("运维", "运行维护")} <= {(line.mine, line.theirs) for line in dialog.lines}


def test_a_file_that_is_none_of_ours_is_said(window, take_back, tmp_path, heard):
    path = tmp_path / "别的.json"
    path.write_text("{}", "utf-8")
    assert take_back(path) == []
    assert "没有收回任何表" in heard[-1]
    assert "别的.json" in heard[-1]
