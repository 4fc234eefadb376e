"""Where a value comes from: last year's or a file's until edited, or a score typed over the rule; by icon."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from gui.session.marks import ORIGINS
from model.checks import check_form
from model.document import store
from model.document.answers import Answers
from model.document.document import Document
from model.filling.blank import sets
from model.filling.carryover import carry_over
from model.forms.loader import shipped
from model.reading.origin import origin
from model.reading.reading import read
from tests.builders import HUNAN, WUHAN, filled, row
from tests.finding_desk import always

HUNAN_SET = next(found for found in sets(shipped()) if found.department and found.department.id == HUNAN)


def origins(form):
    """The cells of a form that were not simply typed."""
    cells = [cell for cell in form.answers.texts if ".last_" not in cell]
    return {cell: found for cell in cells if (found := origin(form, cell))}


def carried(*rows, goals=(), cells=None):
    """A department form of 2026 that was begun with one of 2025."""
    from model.document.answers import Answers

    last = filled(HUNAN, *rows, goals=goals, cells=cells)
    answers = carry_over(
        Answers({"d": last.answers}, "示例单位", "2025"), HUNAN_SET, "示例单位", "2026", shipped()
    )
    return read(shipped(), answers).forms[0]


def edited(form, **texts):
    answers = form.answers.with_texts({cell.replace("_", ".", 1): text for cell, text in texts.items()})
    return read(shipped(), Answers({"d": answers})).forms[0]


def test_name_and_target_are_last_years_until_they_are_edited():
    form = carried(row("≥95%", "96%", name="培训", weight="10"))
    assert origins(form) == {"i1.name": "last", "i1.target": "last"}
    assert origins(edited(form, i1_target="≥96%")) == {"i1.name": "last"}
    assert origins(edited(form, i1_target="≥96%", i1_name="")) == {}


def test_edited_back_it_is_last_years_again():
    form = carried(row("≥95%", "96%", name="培训"))
    assert origins(edited(edited(form, i1_target="≥96%"), i1_target="≥95%"))["i1.target"] == "last"


def test_the_text_of_a_goal_is_last_years():
    form = carried(goals=[""], cells={"g1.expected": "推进教育信息化。", "g1.actual": "已完成。"})
    assert origins(form) == {"g1.expected": "last"}


def test_what_is_typed_has_no_origin():
    assert origins(filled(WUHAN, row("≥95%", "96%", name="培训", weight="10"))) == {}


def imported(form):
    """A form as it is after it was imported."""
    return read(shipped(), Answers({"d": form.answers}).as_imported()).forms[0]


def test_what_was_imported_is_so_until_it_is_edited():
    form = imported(filled(WUHAN, row("≥95%", "96%", weight="10"), cells={"unit_name": "示例中心"}))
    cells = {"unit_name", "i1.target", "i1.actual", "i1.weight"}
    assert origins(form).items() >= {(cell, "imported") for cell in cells}
    assert "i1.actual" not in origins(edited(form, i1_actual="97%"))
    assert origins(edited(edited(form, i1_actual="97%"), i1_actual="96%"))["i1.actual"] == "imported"
    assert "i1.actual" not in origins(edited(form, i1_actual=""))


def test_an_imported_score_other_than_the_rules_shows_that():
    assert origins(imported(filled(WUHAN, row("≥100", "90", weight="10", score="8"))))["i1.score"] == "own"


def test_a_document_of_the_next_year_shows_no_import():
    form = imported(filled(HUNAN, row("≥95%", "96%", name="培训", weight="10")))
    answers = Answers({"d": form.answers}, "示例单位", "2025")
    after = carry_over(answers, HUNAN_SET, "示例单位", "2026", shipped())
    assert set(origins(read(shipped(), after).forms[0]).values()) == {"last"}


def test_a_new_row_is_not_imported_though_one_was_before_it():
    document = Document(Answers({"d": filled(WUHAN, row("≥95%", name="培训")).answers}).as_imported())
    with document.edit("删除") as edit:
        edit.remove_rows("d", "indicators", ["i1"])
    assert not [cell for cell in document.answers.forms["d"].imported if cell.startswith("i1.")]


@pytest.mark.parametrize(
    ("score", "expected"), [("", {}), ("9", {}), ("9.00", {}), ("8", {"i1.score": "own"}), ("许多", {})]
)
def test_a_score_that_differs_from_the_rules_is_the_clerks_own(score, expected):
    assert origins(filled(WUHAN, row("≥100", "90", weight="10", score=score))) == expected


def test_last_years_texts_are_not_checked():
    """A hint of the blank form, or a letter that cannot be printed, is found once, and gone once mended."""
    form = carried(row("≥95%", name="指标1\ue000"))
    mended = edited(form, i1_name="培训")
    assert {f.address[1] for f in check_form(form) if f.code == "missing-glyph"} == {"i1.name"}
    assert not [f for f in check_form(mended) if f.code in ("missing-glyph", "template-residue")]


@pytest.fixture
def window(start, checks):
    made = start()
    edit = {"i2.last_target": "≥300 人次", "i2.last_name": "教师信息技术应用能力培训"}
    goal = made.session.form("d").answers.text("g1.text")
    made.session.edit(
        "沿用", lambda e: e.set_texts({("d", c): t for c, t in {**edit, "g1.last_text": goal}.items()})
    )
    return made


def editor_of(window, kind, address):
    """The editor of a cell on the page in sight."""
    page = window.view.stack.currentWidget()
    (editor,) = [one for one in page.findChildren(kind) if getattr(one, "address", None) == address]
    return editor


def test_the_table_shows_a_clock_that_goes_with_the_first_key(window):
    model = window.view.indicators.model
    at = model.index_of("i2.target")
    assert model.sign_at(at) == "last"
    assert at.data(Qt.ItemDataRole.AccessibleDescriptionRole) == ORIGINS["last"].meaning
    model.type_into(at, "≥310 人次", None)
    assert model.sign_at(at) == ""
    assert model.sign_at(model.index_of("i2.name")) == "last"
    window.commands.edits.undo()
    assert model.sign_at(at) == "last"
    window.view.indicators.panel.view.grab()


def test_a_finding_stands_before_the_clock(window, checks):
    checks(always("i2.target"))
    window.session.set_text(("d", "i2.reason"), "说明")
    model = window.view.indicators.model
    assert model.sign_at(model.index_of("i2.target")) == "error"


def test_the_band_and_the_editor_of_a_goal_show_the_clock_too(window):
    model = window.view.indicators.model
    assert model.sign_at(model.index_of("g1.text")) == "last"
    window.view.indicators.panel._show_goals(True)
    editor = editor_of(window, QPlainTextEdit, ("d", "g1.text"))
    editor.show_mark()
    assert editor.accessibleDescription() == ORIGINS["last"].meaning
    assert not editor._icon_label.isHidden()
    window.session.set_text(("d", "g1.text"), "新的目标")
    editor.show_mark()
    assert editor._icon_label.isHidden()
    assert editor.accessibleDescription() == ""


@pytest.fixture
def taken_in(start, tmp_path):
    """A window on a document whose texts were imported, as file and program keep it."""
    made = start()
    path = tmp_path / "imported.zpb"
    store.create(path, made.session.answers.as_imported())
    made.commands.files.open_path(path)
    return made


def test_the_table_and_the_fields_show_an_imported_text_until_it_is_edited(taken_in):
    model = taken_in.view.indicators.model
    at = model.index_of("i2.actual")
    assert model.sign_at(at) == "imported"
    assert at.data(Qt.ItemDataRole.AccessibleDescriptionRole) == ORIGINS["imported"].meaning
    taken_in.session.set_text(("d", "i2.actual"), "299 人次")
    assert model.sign_at(at) == ""
    taken_in.commands.edits.undo()
    assert model.sign_at(at) == "imported"
    taken_in.view.show_form("d", 1)
    field = editor_of(taken_in, QLineEdit, ("d", "unit_name"))
    assert field.accessibleDescription() == ORIGINS["imported"].meaning
    taken_in.view.grab()


def test_a_score_over_the_rule_shows_an_amber_pen(window):
    model = window.view.indicators.model
    window.session.set_text(("d", "i2.score"), "4")
    assert model.sign_at(model.index_of("i2.score")) == "own"
    assert ORIGINS["own"].token == "warn_icon"


def test_a_clock_takes_no_room_from_the_text(window):
    table = window.view.indicators.panel.view
    at = table.model_.index_of("i2.target").row()
    before = table.itemDelegate().height(at)
    no_clock = {("d", f"i2.last_{column}"): "" for column in ("name", "target")}
    window.session.edit("试", lambda edit: edit.set_texts(no_clock))
    assert table.itemDelegate().height(at) == before
