"""做下一步: one line says what comes next, in the order unit, money, goals, results, report, 交稿.

Requirements, each test names its own:
 1. the order of the work, each step with its place
 2. the line follows when keys rest; a click or F7 goes there; where all is done, to 交稿
 3. who does not want it hides it; nothing is looked for at a key
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.base import settings
from gui.session.next_step import next_step
from model.checks.finding import Finding
from model.checks.open_items import Open


@pytest.fixture
def window(start):
    return start()


def step_with(window, monkeypatch, *open_items):
    """The next step where so much is open: severity and cell each."""
    made = tuple(
        Open(severity, "form", Finding("x", severity, ("d", cell), "", "", ""))
        for severity, cell in open_items
    )
    monkeypatch.setattr(type(window.session.snapshot), "open", property(lambda _: made))
    return next_step(window.session)


GAPS = (
    ("unit_name", "填单位和基本情况"),
    ("funds.total.budget", "填预算和执行数"),
    ("i1.target", "填目标和指标"),
    ("i1.actual", "填完成情况"),
    ("improvement", "写报告和说明"),
)


# -- 1 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", range(len(GAPS)))
def test_1_the_earliest_step_of_the_work_comes_first(window, monkeypatch, n):
    found = step_with(
        window, monkeypatch, *(("gap", cell) for cell, _ in reversed(GAPS[n:])), ("error", "i1.name")
    )
    assert found.said == f"下一步：{GAPS[n][1]}（部门整体）"
    assert found.address == ("d", GAPS[n][0])


def test_1_without_gaps_errors_are_mended_then_it_is_handed_in(window, monkeypatch):
    found = step_with(
        window, monkeypatch, ("error", "i1.score"), ("error", "i2.score"), ("warning", "i1.name")
    )
    assert (found.said, found.address) == ("下一步：改正 2 处错误", ("d", "i1.score"))
    assert step_with(window, monkeypatch, ("warning", "i1.name")).is_last


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_the_line_follows_and_leads(window, qtbot):
    window.session.set_text(("d", "unit_name"), "")
    lead = window.bench.status.lead
    qtbot.waitUntil(lambda: "填单位和基本情况" in lead.text())
    assert lead.isVisible()
    QTest.mouseClick(lead, Qt.MouseButton.LeftButton)
    assert window.view.cursor_cell == ("d", "unit_name")


def test_2_where_nothing_is_open_it_leads_to_handing_in(window, monkeypatch):
    step_with(window, monkeypatch)
    window.commands.lead.go_on()
    assert window.view.whole.is_handing_in
    assert window.bench.status.lead.text() == "下一步：交稿"


# -- 3 ----------------------------------------------------------------------------------------------


def test_3_who_does_not_want_it_hides_it(window, qtbot):
    window.commands.lead.toggle()
    assert window.bench.status.lead.isHidden()
    window.session.set_text(("d", "unit_name"), "")
    qtbot.wait(500)
    assert window.bench.status.lead.isHidden()
    assert not settings.load().wants(settings.LEAD)  # at the next start it is still hidden
    window.commands.lead.toggle()
    assert window.bench.status.lead.isVisible()
    assert settings.load().wants(settings.LEAD)
