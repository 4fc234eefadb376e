"""What is wrong stands at the cell, on the tab, in the list at the left; sums between forms, and gaps."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from model.checks import Finding
from model.checks.open_items import open_findings
from model.forms.definition import TABS
from tests.desk import write
from tests.finding_desk import DEPARTMENT_AND_ONE, always, click, lines, marked, until_good

# --- marks


def shown(window, key, cell):
    window.view.show_cell(key, cell)
    QApplication.processEvents()
    editors = window.view.stack.currentWidget().findChildren(QWidget)
    return next(editor for editor in editors if getattr(editor, "address", None) == (key, cell))


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("d", "unit_name"),
        ("d", "improvement"),
        ("p1", "nature"),
        ("d", "funds.total.executed"),
        ("d", "funds.total.rate"),
        ("d", "g1.points"),
        ("d", "g1.text"),
    ],
)
@pytest.mark.parametrize(("severity", "state"), [("computed", "error"), ("warning", "warning"), ("note", "")])
def test_a_field_shows_what_is_wrong_in_it_and_says_so(start, checks, key, cell, severity, state):
    checks(always(cell, severity=severity, key=key))
    window = start()
    editor = shown(window, key, cell)
    assert (editor.property("state") or "") == state
    assert f"{cell} 请核对。" in editor.accessibleDescription()
    assert f"{cell} 请核对。" in editor.toolTip()
    checks()
    window.session.set_text(("d", "i1.reason"), "别处的一个字")
    assert not editor.property("state")
    assert editor.accessibleDescription() == ""


def test_the_field_one_types_in_shows_at_once_that_it_is_right(start, checks):
    checks(until_good("unit_name"))
    window = start()
    editor = shown(window, "d", "unit_name")
    assert editor.property("state") == "error"
    editor.selectAll()
    write(editor, "好")
    assert not editor.property("state")


def test_what_is_answered_leaves_no_colour(start, checks):
    checks(always("i2.actual", code="over-achieved", severity="warning"))
    warned = start()
    model = warned.view.indicators.model
    index = model.index_of("i2.actual")
    assert model.mark_at(index).state == "warning"
    click(warned, "i2.actual", "reply")
    write(warned.view.pane.findings.reply.text, "上级追加了培训任务")
    QTest.mouseClick(warned.view.pane.findings.reply.save, Qt.MouseButton.LeftButton)
    assert model.mark_at(index).state == ""
    assert "已说明：上级追加了培训任务" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_cell_of_the_table_says_what_is_wrong_in_it(start, checks):
    checks(always("i2.actual", "i5.level", "g1.label", "i3.goal"))
    model = start().view.indicators.model
    for cell, shown_at in (("i2.actual", "i2.actual"), ("i5.level", "i5.level"), ("i3.goal", "i3.name")):
        index = model.index_of(shown_at)
        assert model.mark_at(index).state == "error"
        assert f"{cell} 请核对。" in index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    assert model.mark_at(model.index_of("g1.text")).state == "error"  # the band


def test_a_label_whose_weights_are_wrong_says_both_sums(start):
    window = start(DEPARTMENT_AND_ONE)
    window.view.show_form("p1")
    marks = window.view.indicators.model.marks
    assert marks.of_label("产出指标") == ("65≠50", "error")
    assert marks.of_label("满意度指标") == ("", "")


# --- counts


def test_each_tab_counts_the_most_severe_of_what_is_open_on_it(start, checks):
    checks(always("i2.score", "i3.score", "basic"), always("i4.score", severity="warning"))
    window = start()
    bar = window.view.tabs.bar
    assert bar.accessibleTabName(TABS.index("绩效目标与指标")) == "绩效目标与指标，2 个错误、1 个提醒"
    assert bar.accessibleTabName(TABS.index("预算执行情况")) == "预算执行情况，1 个错误"
    assert bar.accessibleTabName(TABS.index("基本情况")) in ("", "基本情况")
    checks()
    window.session.set_text(("d", "i1.reason"), "别处的一个字")
    assert bar.accessibleTabName(TABS.index("绩效目标与指标")) == "绩效目标与指标"


def test_a_tab_under_more_tells_its_count_there(start, checks):
    checks(always("i2.score", "basic", "unit_name", "total", "improvement"))
    window = start(width=1000)
    window.resize(900, 600)
    QApplication.processEvents()
    menu = window.view.tabs.more.menu()
    menu.aboutToShow.emit()
    texts = [action.text() for action in menu.actions()]
    assert any(text.endswith("　1") for text in texts)


def test_the_list_at_the_left_counts_what_is_open_and_says_what_is_missing(start, checks):
    checks(always("i2.score"), always("i4.score", severity="warning"))
    window = start()
    text = window.view.list.forms.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 个错误、1 个提醒" in text
    assert text.endswith("完整")
    window.session.set_text(("d", "improvement"), "")
    assert "缺 1 项" in window.view.list.forms.item(0).toolTip()
    assert window.view.strip.required.accessibleName().endswith("缺 1 项")


def test_while_the_pane_is_folded_away_a_button_counts_and_opens_it(start, checks):
    checks(always("i2.score"))
    window = start()
    button = window.view.tabs.findings
    assert not button.isVisible()
    window.commands.views.toggle_pane()
    assert button.isVisible()
    assert button.text().strip() == "问题 1"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.view.pane.findings.isVisible()
    assert not button.isVisible()


# --- between the forms


def test_the_sums_that_forms_share_stand_under_the_list_and_lead_to_the_figure(start, checks):
    window = start(DEPARTMENT_AND_ONE)
    sums = window.view.list.checks.lines
    assert [line.accessibleName() for line in sums] == [
        "表间核对 项目支出 6 ≠ 333.56",
        "表间核对 基本＋项目 1463.32 ≠ 1463.31",
    ]
    QTest.mouseClick(sums[1], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget().address == ("d", "split.basic")


def test_a_sum_of_which_a_finding_speaks_leads_to_the_finding(start, monkeypatch):
    text = "项目表合计 6，项目支出 333.56，请核对。"
    between = Finding("projects-sum", "judged", ("d", "split.project"), "项目支出", text, between=True)
    monkeypatch.setattr("gui.session.snapshot.check_form", lambda form: ())
    monkeypatch.setattr("gui.session.snapshot.check_between", lambda reading: (between,))
    monkeypatch.setattr("gui.session.snapshot.all_items", lambda _, findings: open_findings(findings))
    window = start(DEPARTMENT_AND_ONE)
    assert lines(window) == ["表间核对", "错误 1", "split.project"]
    QTest.mouseClick(window.view.list.checks.lines[0], Qt.MouseButton.LeftButton)
    assert marked(window) == ("d", "split.project")
    assert QApplication.focusWidget().address == ("d", "split.project")


# --- gaps


def test_f6_goes_through_the_gaps_of_all_forms_and_says_when_there_is_none(start):
    window = start()
    sections = [item for item in window.session.snapshot.open if item.kind == "section-empty"]
    visited = set()
    for _ in sections:
        QTest.keyClick(window, Qt.Key.Key_F6)
        visited.add(window.view.cursor_cell)
    assert visited == {item.address for item in sections}
    for item in sections:
        window.session.set_text(item.address, "有内容。")
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert window.bench.status.tip.whole == "必填项都已填写。"
    for address in (
        *(("d", "i5.actual"), ("d", "i5.score"), ("d", "improvement")),
        ("p1", "funds.total.executed"),
    ):
        window.session.set_text(address, "")
    window.view.show_cell("d", "i2.actual")
    visited = []
    for _ in range(8):
        QTest.keyClick(window, Qt.Key.Key_F6)
        visited.append(window.view.cursor_cell)
    cells = [("d", "i5.actual"), ("d", "improvement"), ("p1", "funds.total.executed")]
    assert [address for address in visited if address in cells][:3] == cells
