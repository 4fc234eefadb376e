"""A clerk's first year with real keys: F6 from gap to gap, blocks pasted from Excel, every press counted.

The department form of Wuhan with 28 rows, and a unit in Hunan with ten projects.
"""

import pytest
from PySide6.QtCore import Qt

from model.document import store
from tests.desk import PUBLISHED
from tests.hand import ALT, Hand, copy_in_excel
from tests.published import published

ENTER, F6, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_F6, Qt.Key.Key_Down, Qt.Key.Key_Tab
PROJECTS = sorted(path.stem for path in PUBLISHED.glob("yueyang_2023_project_*.json"))
LABELS = 2  # columns of the indicators whose equal cells are merged
COMPUTED = (".rate", ".score", ".weight", ".label")
MOST = 60


@pytest.fixture
def hand(start, qtbot, tmp_path):
    """At a window that has been used for another unit before."""
    window = start()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.bench.preferences.set(last_folder=str(tmp_path))
    return Hand(window)


def begin(hand, form_set, unit, year):
    """Make a new document: the forms are those of last time, the year is written over the one before."""
    hand.window.bench.preferences.set(form_set=form_set)
    hand.presses += 1  # Ctrl+N
    back = Qt.Key.Key_Backtab
    hand.answer(hand.window.commands.files.new_document, unit, back, year, ENTER)
    answers = hand.window.session.answers
    assert (answers.unit, answers.year) == (unit, year)


def fill(hand, form):
    """Go from gap to gap of the form in hand and fill it, until only the report is open."""
    window, key = hand.window, hand.window.view.key
    visited, pasted = set(), set()
    while True:
        hand.press(F6)
        at, cell = window.view.cursor_cell
        if at != key or cell.startswith("report.") or cell in visited:
            return
        visited.add(cell)
        row, answers = cell.rpartition(".")[0], window.session.answers.forms[key]
        if cell == "filled_on":
            hand.press(DOWN, ALT)
            hand.press_in_popup(ENTER)
        elif row in answers.indicators:
            goal = answers.text(f"{row}.goal")
            if goal not in pasted:  # what the bureau's form itself lacks stays open
                pasted.add(goal)
                copy_in_excel(rows_of(form, window.session.form(key).definition, goal), range(LABELS))
                hand.paste_now()
        elif cell.startswith("funds."):
            copy_in_excel(money_of(form, window.session.form(key).definition))
            hand.paste_now()
        elif cell == "g1.expected":
            hand.paste(form.text(cell))
            hand.press(TAB)
            hand.paste(form.text("g1.actual"))
        else:
            hand.paste(form.text(cell) or "无")


def rows_of(form, definition, goal):
    """The indicators of a goal as their table prints them, under its captions."""
    columns = [one for one in definition.indicators.columns if one.is_printed]
    rows = [row for row in form.indicators if form.text(f"{row}.goal") == goal]
    texts = [[form.text(f"{row}.{column.key}") for column in columns] for row in rows]
    return [[column.caption for column in columns], *texts]


def money_of(form, definition):
    """The funds as their table prints them, under its captions."""
    columns = [one for one in definition.funds.columns if one.kind == "money"]
    texts = [
        [row.caption, *(form.text(row.cell(one.key)) for one in columns)] for row in definition.funds.rows
    ]
    return [["", *(one.caption for one in columns)], *texts]


def same(window, form):
    """Whether the form in hand has all rows and amounts of another."""
    now = window.session.answers.forms[window.view.key]
    keys = ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
    listed = [[[one.text(f"{row}.{key}") for key in keys] for row in one.indicators] for one in (now, form)]
    assert listed[0] == listed[1]
    amounts = [cell for cell in form.texts if cell.startswith("funds.") and not cell.endswith(COMPUTED)]
    assert {cell: now.text(cell) for cell in amounts} == {cell: form.text(cell) for cell in amounts}
    return True


def test_a_unit_in_hunan_with_ten_projects(hand):
    window = hand.window
    department = published("yueyang_2023_department").answers
    begin(hand, "湖南省 2023", department.unit, "2023")
    hand.press(Qt.Key.Key_2, ALT)  # the tab of the head of the form
    fill(hand, department)
    assert same(window, department)
    presses = [hand.presses]
    for name in PROJECTS:
        form = published(name).answers
        hand.presses += 1  # Ctrl+Shift+N
        hand.answer(window.commands.forms.add_project, form.text("project_name"), ENTER)
        fill(hand, form)
        assert same(window, form)
        presses.append(hand.presses - sum(presses))
    assert len(presses) == 11
    assert max(presses) < MOST
    assert window.session.save()
    stored = store.open_document(window.session.path).answers
    assert stored == window.session.answers
    totals = [form.sheet.total for form in window.session.snapshot.reading.projects]
    assert None not in totals


def test_a_department_form_of_28_rows_in_its_first_year(hand):
    window = hand.window
    form = published("qiaokou_xinxi_2022_department").answers
    begin(hand, "武汉市 2022", form.unit, "2022")
    hand.presses += 1  # the button of another goal
    window.commands.forms.add_goal()
    hand.press(Qt.Key.Key_2, ALT)
    fill(hand, form)
    assert same(window, form)
    assert hand.presses < MOST
