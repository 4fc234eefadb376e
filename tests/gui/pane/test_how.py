"""怎么算的: every computed figure can be asked, by mouse and by keyboard, and tells how it came about."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.pane.pane import FINDINGS, HOW
from gui.tabs.conclusion import Conclusion
from model.forms.definition import TABS
from tests.desk import YUEYANG, open_session, open_window

DEPARTMENT_AND_ONE = [path for path in YUEYANG if "department" in path.name or "_07_" in path.name]


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """A project form with a printed total of 98, in hand; the pane is folded away."""
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    made = open_window(qtbot, open_session(tmp_path, DEPARTMENT_AND_ONE).path)
    made.view.show_form("p1")
    made.commands.views.toggle_pane()
    return made


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(widget):
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_Space)


@pytest.mark.parametrize("ask", [click, press])
def test_the_total_tells_its_terms_and_what_was_printed(window, ask):
    ask(window.view.strip.total)
    face = window.view.pane.how.total
    assert window.view.pane.how.shown is face
    assert [(name.text(), figure.text()) for name, figure in face.terms.lines] == [
        ("预算执行", "10 / 10"),
        ("产出", "64 / 50"),
        ("效益", "24 / 30"),
        ("满意度", "10 / 10"),
    ]
    assert face.sum.text() == "10 ＋ 64 ＋ 24 ＋ 10 ＝ 108"
    assert face.given.text() == "原表总分：98"


def test_the_computed_total_may_hold(window):
    click(window.view.strip.total)
    click(window.view.pane.how.total.accept)
    window.view.pane.how.refresh()
    assert window.view.pane.how.total.given.isHidden()
    assert window.view.pane.how.total.accept.isHidden()
    window.commands.edits.undo()
    window.view.pane.how.refresh()
    assert window.view.pane.how.total.given.text() == "原表总分：98"


@pytest.mark.parametrize("ask", [click, press])
def test_a_part_tells_its_rows_and_a_row_leads_to_its_score(window, ask):
    ask(window.view.strip._meters[1])
    face = window.view.pane.how.block
    assert window.view.pane.how.shown is face
    assert face.sum.text().startswith("5 行得分合计 64 分，满分 50 分")
    assert face.weights.text() == "各行分值合计 65 分，应为 50 分。"
    assert [face.rows.model_.index(n, 1).data() for n in range(2)] == ["15 / 15", "9 / 10"]
    face.rows.clicked.emit(face.rows.model_.index(1, 0))
    table = window.view.indicators.panel.view
    assert table.model_.cell_at(table.currentIndex()) == f"{face.rows.model_.rows[1][0]}.score"


def test_a_term_of_the_total_leads_to_its_part(window):
    click(window.view.strip.total)
    click(window.view.pane.how.total.terms.lines[2][1])
    assert window.view.pane.how.shown is window.view.pane.how.block
    assert window.view.pane.how.block.name.text() == "效益"


@pytest.mark.parametrize("ask", [click, press])
@pytest.mark.parametrize("figure", ["rate", "meter"])
def test_rate_and_score_of_the_execution_tell_the_same(window, ask, figure):
    ask(window.view.strip.rate if figure == "rate" else window.view.strip._meters[0])
    face = window.view.pane.how.execution
    assert window.view.pane.how.shown is face
    assert [name.text() for name, _ in face.terms.lines] == ["预算数", "执行数", "执行率", "分值"]
    assert "÷" in face.explanation.text()
    click(face.terms.lines[1][1])
    assert QApplication.focusWidget().address == ("p1", "funds.total.executed")


def test_the_figures_of_the_conclusion_are_links_too(window):
    window.view.tabs.choose(TABS.index("自评结论"))
    (conclusion,) = window.view.stack.currentWidget().findChildren(Conclusion)
    figures = {name.text(): figure for name, figure, _ in conclusion.figures}
    click(figures["总分"])
    assert window.view.pane.how.shown is window.view.pane.how.total
    press(figures["效益"])
    assert window.view.pane.how.block.name.text() == "效益"
    click(figures["预算执行率"])
    assert window.view.pane.how.shown is window.view.pane.how.execution


def test_a_computed_score_of_the_table_is_asked_by_a_click_or_the_space_bar(window):
    table = window.view.indicators.panel.view
    at = table.model_.index_of("i2.score").siblingAtColumn(table.model_.columnCount() - 2)
    assert table.model_.key_at(at) == "computed"
    table.scrollTo(at)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(at).center())
    assert window.view.pane.face == HOW
    assert window.view.pane.how.shown is window.view.pane.how.indicator
    window.view.pane.show_face(FINDINGS)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert window.view.pane.face == HOW


def test_figures_say_to_screen_readers_what_they_are(window):
    assert window.view.strip.total.accessibleName() == "总分 108，怎么算的"
    meter = window.view.strip._meters[2].accessibleName()
    assert meter == "效益 24 分，满分 30 分，各行分值合计 25 分，应为 30 分，怎么算的"


def test_the_face_follows_the_cursor(window):
    window.view.open_pane(HOW)
    table = window.view.indicators.panel.view
    table.show_cell("i2.actual")
    assert window.view.pane.how.at == ("p1", "i2.actual")
    window.view.tabs.choose(TABS.index("预算执行情况"))
    assert window.view.pane.how.shown is window.view.pane.how.execution


def test_a_direction_that_only_a_file_can_have_is_shown_as_it_is(start):
    window = start()
    window.session.set_text(("d", "i1.direction"), "＞")
    window.commands.checks.show_how()
    window.view.show_cell("d", "i1.target")
    assert "定量，＞" in window.view.pane.how.indicator.place.text()


@pytest.mark.parametrize(
    ("length", "shown"), [(60, "长" * 60), (61, "长" * 60 + "…"), (2000, "长" * 60 + "…")]
)
def test_a_long_name_leaves_in_sight_what_is_said_of_it(window, length, shown):
    window.view.open_pane(HOW)
    window.session.set_text(("p1", "i1.name"), "长" * length)
    window.view.show_cell("p1", "i1.actual")
    assert window.view.pane.how.indicator.name.text() == shown


def test_a_long_word_widens_nothing(window):
    window.view.open_pane(HOW)
    window.session.set_text(("p1", "i1.target"), "https://" + "a1b2" * 60)
    window.view.show_cell("p1", "i1.target")
    face = window.view.pane.how.indicator
    window.view.pane.how.refresh()
    assert window.view.pane.how.shown is face
    assert face.minimumSizeHint().width() <= face.parent().width()
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    cut = [label for label in face.findChildren(QLabel) if "\u200b" in label.text()]
    assert cut
    assert not any(label.textInteractionFlags() & selectable for label in cut)
    window.session.set_text(("p1", "i1.target"), "10 次")
    window.view.pane.how.refresh()
    assert all(label.textInteractionFlags() & selectable for label in cut if label.text())
