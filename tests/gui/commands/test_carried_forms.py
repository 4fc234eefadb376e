"""A document in a bureau's own form comes in where nobody has it: as a new one, or into the open one."""

import pytest

import main
from gui.base import ask
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying, knowing
from model.forms.loader import shipped
from tests.bureaus import D09, UNIT, bureau, made_document


@pytest.fixture
def carried(tmp_path):
    made, path = bureau(D09), tmp_path / "同事.zpb"
    answers = made_document(made.form).with_text("project_name", "同事的项目")
    store.create(path, carrying(made.library, Answers({"p1": answers}, UNIT, "2025")))
    return path


@pytest.fixture
def window(start, monkeypatch):
    window = start()
    window.bench.doors = window.bench.doors._replace(ways_in=main.ways_in())
    monkeypatch.setattr(ask, "tell", lambda *said, **_: pytest.fail(str(said[1:])))
    return window


def test_a_new_document_is_made_of_it(window, carried, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "new_file_name", lambda *_: tmp_path / "新.zpb")
    window.commands.imports.import_paths([carried])
    (form,) = window.bench.session.snapshot.reading.forms
    assert form.definition.id == bureau(D09).form.id
    assert form.answers.text("project_name") == "同事的项目"
    assert store.open_document(tmp_path / "新.zpb").answers.carried.keys() == {form.definition.id}


def test_a_form_of_it_goes_into_the_open_document_which_then_carries_it(window, carried, qtbot):
    before = len(window.bench.session.answers.forms)
    library = knowing(window.bench.library, [carried])
    window.bench.use_library(library)
    (form,) = store.open_document(carried).answers.forms.values()
    window.bench.session.edit("导入", lambda edit: edit.add_form(form))
    window.bench.session.save()
    stored = store.open_document(window.bench.session.path).answers
    assert len(stored.forms) == before + 1
    assert stored.carried.keys() == {form.definition}


def test_what_carries_nothing_or_is_damaged_changes_nothing(tmp_path):
    library, damaged = shipped(), tmp_path / "坏.zpb"
    damaged.write_bytes(b"no document")
    assert knowing(library, [damaged, tmp_path / "无.zpb", tmp_path / "表.xlsx"]) is library
