"""For tests of findings on screen: checks of their own, and what one reads and clicks in the list."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.pane.findings_model import ENTRY
from model.checks.finding import finding
from tests.desk import YUEYANG

DEPARTMENT_AND_ONE = [path for path in YUEYANG if "department" in path.name or "_07_" in path.name]


def always(*cells, code="score-above-weight", severity="computed", key="d"):
    """Make a check that finds something in these cells of a form."""

    def check(form):
        if form.key == key:
            for cell in cells:
                yield finding(
                    form, code, severity, cell, f"{cell} 请核对。", basis=(form.answers.text(cell),)
                )

    return check


def until_good(*cells):
    """Make a check of the department form that is silent as soon as 好 stands in a cell."""

    def check(form):
        for cell in cells:
            if form.key == "d" and form.answers.text(cell) != "好":
                yield finding(form, "score-above-weight", "computed", cell, "请核对。")

    return check


def lines(window):
    """Return the list as one reads it: heads, and the cells of the findings."""
    entries = window.view.pane.findings.model.entries
    return [e.text if e.finding is None else e.finding.address[1] for e in entries]


def marked(window):
    entry = window.view.pane.findings.list.current_entry()
    return entry.finding.address if entry else None


def at(window, cell):
    """Return where a finding stands in the list."""
    model = window.view.pane.findings.model
    row = next(n for n, e in enumerate(model.entries) if e.finding and e.finding.address[1] == cell)
    return model.index(row)


def click(window, cell, link=""):
    """Click on a finding, or on a link of it."""
    view = window.view.pane.findings.list
    view.scrollTo(at(window, cell))
    rect = view.visualRect(at(window, cell))
    parts = view.delegate._laid(at(window, cell).data(ENTRY), rect.width()).parts
    wanted = next(part for part in parts if part.link == link)
    point = rect.topLeft() + wanted.rect.center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)


def settle(window):
    """What waits for a pause of the keys is shown now."""
    window.view.pane.findings.refresh()
