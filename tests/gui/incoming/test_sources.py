"""Where each value comes from: file and place, in tips and the pane, until it is edited; in the document.

1. a field, an amount, a goal and a cell of the table say it; edited it no longer does, undone it does
2. the pane says it in both of its faces
3. it is there after closing and opening, and in the year that follows
"""

import pytest
from PySide6.QtWidgets import QLineEdit

import main
from gui.commands.import_commands import examine_files
from gui.editors.cells import LineCell
from gui.incoming.offers import offers_of
from gui.incoming.plan import for_new
from gui.pane.pane import HOW
from gui.tables.indicator_model import IndicatorTableModel
from model.document import store
from model.document.document import Document
from model.filling.blank import set_with
from model.filling.carryover import carry_over
from model.filling.importing import import_forms
from model.forms.loader import shipped
from model.reading.origin import source_of
from tests.desk import open_window
from tests.intake.grids import FILES

FILE = FILES / "D02_岳阳项目多表.xlsx"
TARGET = f"{FILE.name} › 高三教研 E12"


@pytest.fixture(scope="module")
def imported():
    """The document that the import of a workbook makes."""
    (file,) = examine_files(main.ways_in(), [FILE], shipped(), lambda *_: None, lambda: False)
    forms, _ = for_new([offer for offer in offers_of(file) if offer.is_taken], shipped())
    return import_forms(forms, shipped()).answers


@pytest.fixture
def window(qtbot, tmp_path, imported, monkeypatch):
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    store.create(tmp_path / "簿.zpb", imported)
    made = open_window(qtbot, tmp_path / "簿.zpb")
    made.view.show_form("p1")
    return made


def tips(window, cell):
    editor = LineCell(window.session, ("p1", cell), cell)
    return editor.toolTip()


def shown(window, cell):
    model = IndicatorTableModel(window.session, "p1")
    return model.words(model.index_of(cell))


@pytest.mark.parametrize("cell", ["project_name", "funds.total.budget", "g1.expected"])
def test_1_a_field_an_amount_and_a_goal_say_their_place(window, cell):
    assert f"来源：{FILE.name} › 高三教研 " in tips(window, cell)


def test_1_a_cell_of_the_table_says_it_until_it_is_edited(window):
    assert f"来源：{TARGET}" in shown(window, "i1.target")
    window.session.set_text(("p1", "i1.target"), "500人")
    assert "来源" not in shown(window, "i1.target")
    window.session.undo()
    assert f"来源：{TARGET}" in shown(window, "i1.target")


def test_1_a_field_that_is_typed_in_no_longer_says_it(window):
    editor = LineCell(window.session, ("p1", "project_name"), "项目名称")
    assert isinstance(editor, QLineEdit)
    window.session.set_text(("p1", "project_name"), "别的")
    editor.show_mark()
    assert "来源" not in editor.toolTip()


def test_2_the_pane_says_it_in_both_faces(window):
    view = window.view
    view.open_pane(HOW)
    view.pane.how.follow("p1", "i1.target")
    assert view.pane.how.source.text() == f"来源：{TARGET}"
    view.pane.how.follow("p1", "total")
    assert view.pane.how.source.text().startswith(f"来源：{FILE.name} › 高三教研 ")
    window.session.set_text(("p1", "i1.target"), "500人")
    view.pane.how.follow("p1", "i1.target")
    assert view.pane.how.source.isHidden()


def test_3_it_is_kept_in_the_file_and_in_the_next_year(imported, tmp_path):
    store.create(tmp_path / "簿.zpb", imported)
    again = store.open_document(tmp_path / "簿.zpb").answers
    assert source_of(again.forms["p1"], "i1.target") == TARGET
    form_set = set_with(shipped(), again.forms["p1"].definition)
    nxt = carry_over(again, form_set, again.unit, "2024", shipped()).forms["p1"]
    assert source_of(nxt, "i1.target") == TARGET
    assert source_of(nxt, "i1.actual") == ""


def test_3_rows_that_go_take_it_with_them_and_undo_brings_it_back(imported):
    document = Document(imported)
    with document.edit("删除") as edit:
        edit.remove_rows("p1", "indicators", ["i1"])
    assert "i1.target" not in document.answers.forms["p1"].sources
    document.undo()
    assert source_of(document.answers.forms["p1"], "i1.target") == TARGET
