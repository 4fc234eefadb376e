"""部门决算 added from the menu, its figures taken over into the forms, its pages seen and exported."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog

from gui.accounts.edition_dialog import EditionDialog
from gui.accounts.take_dialog import TakeDialog
from gui.commands.accounts_commands import AccountsCommands
from gui.paper.export_dialog import ExportDialog
from gui.paper.outputs import PUBLICATION, output_id
from model.document.answers import ACCOUNTS
from model.document.store import open_document
from model.filling.accounts import takeable

Accepted, Rejected = QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected


def answer(monkeypatch, dialog, code, act=lambda shown: None):
    """Answer a dialog as the clerk does; return those that were shown."""
    shown = []

    def run(self):
        shown.append(self)
        act(self)
        return code

    monkeypatch.setattr(dialog, "exec", run)
    return shown


# --- adding


def test_accounts_are_added_with_the_edition_of_region_and_year(start, monkeypatch):
    window = start()
    shown = answer(monkeypatch, EditionDialog, Accepted)
    window.menus.action(AccountsCommands.add_accounts).trigger()
    answers = window.view.session.answers
    assert answers.forms[ACCOUNTS].definition == "wuhan-2022"
    assert (answers.forms[ACCOUNTS].unit, answers.forms[ACCOUNTS].year) == (answers.unit, answers.year)
    assert window.view.key == ACCOUNTS
    assert len(shown) == 1
    assert not window.menus.action(AccountsCommands.add_accounts).isEnabled()
    window.commands.edits.undo()
    assert ACCOUNTS not in window.view.session.answers.forms
    assert window.menus.action(AccountsCommands.add_accounts).isEnabled()


def test_another_edition_can_be_chosen(start, monkeypatch):
    def choose(dialog):
        dialog.box.setCurrentIndex([e.id for e in dialog._known].index("shanghai-2024"))

    window = start()
    answer(monkeypatch, EditionDialog, Accepted, choose)
    window.commands.accounts.add_accounts()
    assert window.view.session.answers.forms[ACCOUNTS].definition == "shanghai-2024"
    for tab in range(4):  # whatever the region prints, it can be shown
        window.view.show_form(ACCOUNTS, tab)
        assert window.view.tab == tab


def test_whoever_cancels_has_no_accounts(start, monkeypatch):
    window = start()
    answer(monkeypatch, EditionDialog, Rejected)
    window.commands.accounts.add_accounts()
    assert ACCOUNTS not in window.view.session.answers.forms


# --- taking over


def test_what_would_change_is_shown_before_it_changes(opened, monkeypatch):
    window = opened()
    before = window.view.session.answers
    wanted = takeable(window.view.session.snapshot.reading)
    shown = answer(monkeypatch, TakeDialog, Rejected)
    window.commands.accounts.take_over()
    table = shown[0].table
    rows = [tuple(table.item(n, col).text() for col in range(3)) for n in range(table.rowCount())]
    assert (wanted[0].place, wanted[0].before, wanted[0].after) == rows[0]
    assert len(rows) == len(wanted) > 0
    assert window.view.session.answers == before


def test_taking_over_is_one_step(opened, monkeypatch):
    window = opened()
    session = window.view.session
    before = session.answers
    answer(monkeypatch, TakeDialog, Accepted)
    window.commands.accounts.take_over()
    assert takeable(session.snapshot.reading) == ()
    assert window.view.key == "d"
    window.commands.edits.undo()
    assert session.answers == before


def test_where_all_agree_that_is_said(opened, monkeypatch):
    said = []
    monkeypatch.setattr("gui.base.ask.inform", lambda *args: said.append(args[1]))
    window = opened(items={"": {}}, cells={})
    window.commands.accounts.take_over()
    assert len(said) == 1


# --- pages


def test_the_nine_tables_are_previewed_and_a_click_leads_back(opened):
    window = opened()
    window.commands.papers.preview()
    view = window.view
    assert view.is_previewing
    shown = view.preview.desk.shown
    assert len(shown.pages) >= 9
    assert len(shown.placed) == len(shown.pages)
    view.preview.cell_wanted.emit(ACCOUNTS, "t6.30101")
    assert not view.is_previewing
    assert view.cursor_cell == (ACCOUNTS, "t6.30101")


def test_the_list_offers_tables_and_publication(opened):
    window = opened()
    outputs = window.view.list.outputs
    names = [outputs.item(n).text() for n in range(outputs.count())]
    assert names[-3:] == ["部门决算公开表", "部门决算公开（全文）", "交稿"]
    window.view.show_preview(output_id(ACCOUNTS, PUBLICATION))
    assert window.view.is_previewing


def test_an_edit_makes_the_pages_anew(opened, qtbot):
    window = opened()
    window.commands.papers.preview()
    before = window.view.preview.desk.shown.pdf
    window.view.session.set_text((ACCOUNTS, "s1.t3.basic"), "70")
    qtbot.waitUntil(lambda: window.view.preview.desk.shown.pdf != before)


@pytest.mark.parametrize(("kinds", "suffixes"), [(("accounts",), {"pdf", "xlsx"}), (("forms",), {"pdf"})])
def test_the_export_writes_as_many_files_as_it_says(opened, tmp_path, kinds, suffixes):
    window = opened()
    session, doors = window.view.session, window.bench.doors
    folder = tmp_path / "out"
    folder.mkdir()
    write = window.commands.papers._write_files
    dialog = ExportDialog(window, session, doors.formats, write, folder, suffixes)
    for name, box in dialog.choice.kinds.boxes.items():
        box.setChecked(name in kinds)
    for name, box in dialog.choice.forms.boxes.items():
        box.setChecked(name == ACCOUNTS)
    said = dialog.choice._count()
    keys, formats = dialog.choice.forms.chosen(), dialog.choice.formats.chosen()
    results = write(
        keys,
        formats,
        folder,
        session.answers,
        lambda done, total: None,
        lambda: False,
        annexes=(),
        what=dialog.choice.kinds.chosen(),
    )
    assert [result.problem for result in results] == [""] * len(results)
    assert len(results) == said
    assert all(Path(result.path).exists() for result in results)
    dialog.deleteLater()


def test_accounts_are_saved_with_the_document(opened):
    window = opened()
    session = window.view.session
    session.set_text((ACCOUNTS, "s1.t3.basic"), "70")
    assert session.save()
    assert open_document(session.path).answers.forms[ACCOUNTS].text("s1.t3.basic") == "70"
