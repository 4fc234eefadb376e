"""换用新的表样: a newer version of a form is offered to the open document, never forced.

1. a form file that is added is offered; what goes where is shown first; 先不换 changes nothing
2. taken, pages, list and what is carried follow; undo brings the old version back
3. a document that was filled in by an older version says so when it is opened
"""

import pytest
from PySide6.QtWidgets import QDialog

import main
from gui.base import ask
from gui.base import settings as settings_store
from gui.commands.bureau_commands import BureauCommands
from gui.workshop.new_form_dialog import NewFormDialog
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying
from model.forms.definition import TABS
from tests.bureaus import UNIT, learnt, made_document
from tests.workshop.made import THREE_COLUMNS, blank_of

OLD = learnt("空白表.xlsx", blank_of(THREE_COLUMNS))
NEW = learnt("空白表.xlsx", blank_of(THREE_COLUMNS.replace("评价结论>2|>8", "专家意见>2|>8")))
KEY = "p1"


@pytest.fixture
def desk(start, monkeypatch, tmp_path):
    """The program with a document that was filled in by the old version."""
    monkeypatch.setattr(settings_store, "forms_folder", lambda: tmp_path / "forms")
    path = tmp_path / "填过的.zpb"
    answers = made_document(OLD.form, "2024").with_text("project_name", "示例项目")
    store.create(path, carrying(OLD.library, Answers({KEY: answers}, UNIT, "2024")))
    window = start()
    window.bench.doors = window.bench.doors._replace(ways_in=main.ways_in())
    window.commands.files.open_path(path)
    window.asked, window.shown = [], []
    monkeypatch.setattr(ask, "inform", lambda *_, **__: None)
    monkeypatch.setattr(ask, "confirm", lambda _, question, *__, **___: not window.asked.append(question))
    return window


def answer(desk, monkeypatch, result):
    def run(dialog):
        desk.shown.append([dialog.table.item(row, 3).text() for row in range(dialog.table.rowCount())])
        return result

    monkeypatch.setattr(NewFormDialog, "exec", run)


def add(desk, tmp_path):
    path = tmp_path / "新.zpf"
    path.write_bytes(NEW.file.data)
    desk.commands.bureaus.add_path(path)


def captions(desk):
    return [field.caption for field in desk.bench.session.form(KEY).definition.fields.values()]


def test_1_it_is_offered_and_shown_and_may_be_left(desk, monkeypatch, tmp_path):
    before = desk.bench.session.answers
    answer(desk, monkeypatch, QDialog.DialogCode.Rejected)
    add(desk, tmp_path)
    assert "有 1 张表是按" in desk.asked[-1]
    assert desk.shown == [["新表样里没有位置：留在自评簿里，“问题”里列着"]]
    assert desk.bench.session.answers is before
    assert "评价结论" in captions(desk)


def test_2_taken_everything_follows_and_undo_brings_it_back(desk, monkeypatch, tmp_path):
    view, session = desk.bench.view, desk.bench.session
    view.show_form(KEY, TABS.index("问题与改进"))
    page = view.stack.currentWidget()
    answer(desk, monkeypatch, QDialog.DialogCode.Accepted)
    add(desk, tmp_path)
    assert "专家意见" in captions(desk)
    assert "评价结论" not in captions(desk)
    assert view.stack.currentWidget() is not page
    assert view.stack.currentWidget() is view.stack.page(KEY, "问题与改进")
    assert session.save()
    assert store.open_document(session.path).answers.carried == {NEW.form.id: NEW.file.data}
    assert any(finding.code == "left-behind" for finding in session.snapshot.findings)
    session.undo()
    assert "评价结论" in captions(desk)
    assert session.text((KEY, "text_1")) or "评价结论的文字" in session.form(KEY).answers.texts.values()
    assert session.save()
    assert store.open_document(session.path).answers.carried == {OLD.form.id: OLD.file.data}


def test_2_all_places_are_listed_when_wanted(desk, qtbot, tmp_path):
    from model.filling.newer import plan, versions

    library = desk.bench.library.with_own([NEW.file])
    found = versions(desk.bench.session.snapshot.reading, library)
    dialog = NewFormDialog(found, lambda one: plan(one, library))
    qtbot.addWidget(dialog)
    few = dialog.table.rowCount()
    dialog.all.setChecked(True)
    assert few == 1
    assert dialog.table.rowCount() == len(dialog.plan.lines) > 30


def test_3_a_document_of_an_older_version_says_so_when_it_is_opened(desk, monkeypatch):
    path = desk.bench.session.path
    desk.bench.use_library(desk.bench.library.with_own([NEW.file]))
    desk.commands.files.open_path(path)
    assert "新表样" in desk.bench.view.bar.text.text()
    answer(desk, monkeypatch, QDialog.DialogCode.Rejected)
    desk.menus.action(BureauCommands.renew).trigger()
    assert desk.shown


def test_3_without_a_newer_version_nothing_is_said(desk):
    assert desk.bench.view.bar.isHidden()
