"""What is not filled in, in the window: counted alike by list, strip, form list, F6 and export dialog."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.pane.pane import FINDINGS
from gui.paper.export_choice import Choice
from model.document import store
from model.document.answers import Answers
from tests.builders import WUHAN, row
from tests.desk import open_window
from tests.finding_desk import at, click, settle
from tests.findings import filled


@pytest.fixture
def window(qtbot, tmp_path, monkeypatch):
    """A department form with a goal without points, a row without result, an empty level and no date."""
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    rows = (
        row("5次", "5次", "40", "40", name="甲", goal=1),
        row("5次", "", "40", name="乙", goal=1),
        row(name="", goal=1, level2="成本指标"),
        row("9分", "9分", "0", "0", name="丙", goal=1, level1="效益指标", level2="社会效益指标"),
        row("9分", "9分", "0", "0", name="丁", goal=1, level1="满意度指标", level2="服务对象满意度"),
    )
    form = filled(WUHAN, *rows, goals=[""], cells={"g1.text": "办好学校"}, improvement="加强。")
    texts = {cell: text for cell, text in form.answers.texts.items() if cell != "g1.points"}
    answers = type(form.answers)(form.answers.definition, texts, {**form.answers.rows, "goals": ("g1",)})
    path = tmp_path / "示例单位.zpb"
    store.create(path, Answers({"d": answers}, "示例单位", "2025"))
    made = open_window(qtbot, path)
    made.view.open_pane(FINDINGS)
    settle(made)
    return made


GAPS = ["goal-points-missing", "row-unfinished", "level-empty", "date-empty"]


def gaps(window):
    """The gaps of the form as the list has them, without those of its report."""
    found = [e.finding for e in window.view.pane.findings.model.entries if e.state == "gap" and e.finding]
    return [gap for gap in found if gap.code != "section-empty"]


def test_list_strip_forms_and_f6_count_alike(window):
    assert sorted(found.code for found in gaps(window)) == sorted(GAPS)
    heads = [e.text for e in window.view.pane.findings.model.entries if e.finding is None]
    assert f"未填 {len(GAPS)}" in heads
    filled_in, wanted = map(int, window.view.strip.required.text().split(" / "))
    assert wanted - filled_in == len(GAPS)
    assert "缺 4 项" in window.view.list.forms.item(0).toolTip()
    visited = set()
    for _ in window.session.snapshot.open:
        QTest.keyClick(window, Qt.Key.Key_F6)
        visited.add(window.view.cursor_cell)
    assert {found.address for found in gaps(window)} <= visited


def test_no_grade_stands_beside_the_total(window):
    assert window.view.strip.total_caption.text() == "总分（未填完）"
    assert window.view.strip.grade.isHidden()
    assert "未填完" in window.view.list.forms.item(0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_sum_of_the_rows_can_be_taken_for_the_points_of_a_goal(window):
    assert at(window, "g1.points").data(Qt.ItemDataRole.DisplayRole).startswith("未填")
    click(window, "g1.points", "offer")
    assert window.session.form("d").answers.text("g1.points") == "80"
    assert "goal-points-missing" not in [found.code for found in gaps(window)]
    window.session.undo()
    assert window.session.form("d").answers.text("g1.points") == ""


def test_where_anything_is_open_nothing_says_that_there_is_no_problem(window):
    face = window.view.pane.findings
    for item in window.session.snapshot.open:
        assert face.nothing.isHidden()
        texts = {"goal-points-missing": "80", "row-unfinished": "5次", "level-empty": "无"}
        window.session.set_text(item.address, texts.get(item.kind, "已写。"))
        settle(window)
    assert [(item.kind, item.address, item.sentence) for item in window.session.snapshot.open] == []
    assert not face.nothing.isHidden()


def test_the_export_dialog_counts_them_too(window, qtbot, tmp_path):
    choice = Choice(window.session, (), tmp_path, ())
    qtbot.addWidget(choice)
    count = sum(item.severity == "gap" for item in window.session.snapshot.open)
    assert f"{count} 处没有填" in choice.warning.sentence.text()
