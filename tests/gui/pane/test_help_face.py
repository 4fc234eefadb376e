"""填写说明: F1 brings it up, it follows the focus once that rests, and says all that the texts have."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from gui.pane.help_face import NO_CELL
from gui.pane.pane import HELP, NAMES, SHORT
from gui.session.marks import ORIGINS
from model.forms.advice import Advice
from model.forms.definition import TABS
from tests.desk import PUBLISHED


@pytest.fixture
def window(start, checks):
    made = start()
    made.activateWindow()
    return made


def show(window, cell):
    """Go to a cell and let the cursor rest there."""
    window.view.show_cell("d", cell)
    QApplication.processEvents()
    window.view.pane.help.refresh()
    return window.view.pane.help.text


def test_f1_brings_it_up_beside_the_cell_that_keeps_the_focus(window):
    window.view.show_cell("d", "i2.actual")
    focused = QApplication.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_F1)
    assert window.view.pane.face == HELP
    assert QApplication.focusWidget() is focused
    assert window.view.pane.help.text.name.text() == "实际完成值"
    assert window.view.pane.help.text.place.text() == "年度目标 1 · 产出指标 · 数量指标 · 第2行"


def test_f1_opens_a_pane_that_was_folded_away_and_leaves_the_preview(window):
    window.commands.views.toggle_pane()
    window.commands.papers.preview()
    window.commands.help.show_help()
    assert not window.view.is_previewing
    assert window.view.pane.isVisible()
    assert window.view.pane.help.isVisible()


def test_it_has_all_parts_of_the_text(window):
    window.commands.help.show_help()
    text = show(window, "funds.total.budget")
    assert text.how.text.text() == "填调整后的预算数（A），包括上年结余结转，不填年初预算数；万元。"
    assert text.example.text.text() == "1076.43"
    assert [label.text() for _, label in text.mistakes.lines if not label.isHidden()] == [
        "填了年初预算数，执行率因此超过 100%。",
        "以元填入，大了一万倍。",
        "有执行数，没有预算数。",
    ]
    assert text.source.text.text().startswith("计分规则：武汉市")
    assert text.note.text.text().startswith("表后备注：“1.预算执行情况口径")
    assert text.last.isHidden()


def test_a_part_that_a_cell_has_not_is_not_there(window):
    window.commands.help.show_help()
    assert not show(window, "funds.total.budget").note.isHidden()
    text = show(window, "unit_name")
    assert text.note.isHidden()
    assert text.last.isHidden()
    window.view.pane.follow("d", "i1.basis")
    window.view.pane.help.refresh()
    assert text.mistakes.isHidden()


def test_a_text_of_the_report_is_explained_by_its_outline(window):
    window.commands.help.show_help()
    text = show(window, "report.problems")
    assert text.name.text() == "存在的问题和原因"
    assert text.place.text() == "自评报告"
    assert "每个问题写明原因" in text.how.text.text()


def test_last_years_result_stands_there(window):
    window.session.set_text(("d", "i2.last_actual"), "290 人次")
    window.session.set_text(("d", "i2.last_score"), "4.8")
    window.commands.help.show_help()
    text = show(window, "i2.actual")
    assert text.last.text.text() == "完成 290 人次，得 4.8 分"


def test_it_follows_the_focus_only_once_that_rests(window):
    window.commands.help.show_help()
    face = window.view.pane.help
    show(window, "unit_name")
    before = face.text.name.text()
    window.view.tabs.choose(TABS.index("问题与改进"))
    window.view.show_cell("d", "improvement")
    assert face.text.name.text() == before
    assert face._soon.isActive()
    face._soon.timeout.emit()
    assert face.text.name.text() == "改进措施及结果应用方案"


def test_nothing_is_read_before_it_is_in_sight(window, monkeypatch):
    asked = []
    monkeypatch.setattr("model.filling.guidance.advice", lambda *of: asked.append(of))
    window.view.show_cell("d", "i2.actual")
    window.view.pane.help.refresh()
    assert asked == []
    window.commands.help.show_help()
    assert asked


def test_without_a_cell_it_says_what_to_do(window):
    window.commands.help.show_help()
    window.view.pane.follow("d", "")
    window.view.pane.help.refresh()
    assert window.view.pane.help.text.how.text.text() == NO_CELL


def test_a_form_without_scores_has_no_total_to_explain(start, checks):
    window = start([PUBLISHED / "hanyang_2024_target_declaration.json"])
    window.commands.help.show_help()
    window.view.tabs.choose(TABS.index("自评结论"))
    window.view.pane.help.refresh()
    assert window.view.cursor_cell == ("t", "total")
    assert window.view.pane.help.text.how.text.text() == NO_CELL
    assert window.view.pane.help.text.name.text() == "填写说明"


def test_screen_readers_hear_all_of_it(window):
    window.commands.help.show_help()
    show(window, "i2.target")
    heard = window.view.pane.help._area.accessibleDescription()
    assert "怎么填：照抄年初批复的目标值" in heard
    assert "常见错误：投诉" in heard


def test_the_legend_explains_every_sign(window):
    window.commands.help.show_help()
    texts = [label.text() for label in window.view.pane.help.text.findChildren(QLabel)]
    for sign in ORIGINS.values():
        assert sign.meaning in texts
    assert "错误，需改正" in texts


def test_a_narrow_pane_has_short_names(window):
    tabs = window.view.pane.tabs
    assert tuple(tabs.tabText(n) for n in (1, 2)) == NAMES
    window.view.pane.resize(240, 400)
    assert tuple(tabs.tabText(n) for n in (1, 2)) == SHORT
    assert tabs.tabToolTip(HELP) == "填写说明"


def test_it_stays_in_sight_when_the_look_changes(window):
    window.commands.help.show_help()
    window.commands.views.theme_dark()
    assert window.view.pane.face == HELP


def test_a_text_of_any_length_keeps_the_width_of_the_pane(window, monkeypatch):
    long = Advice(("*",), "很长的说明。" * 40, "表样：{form}", mistakes=("很长的错误。" * 20,))
    monkeypatch.setattr("model.filling.guidance.advice", lambda *_: long)
    window.commands.help.show_help()
    show(window, "i2.actual")
    assert window.view.pane.help.text.width() <= window.view.pane.width()
