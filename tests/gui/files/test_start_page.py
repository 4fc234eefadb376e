"""The start page.

1. what can be begun, by mouse and by keyboard alone
2. recent documents are read after the first paint, each by itself; what the list says of them
3. missing and damaged documents
4. finding one, taking one off the list, narrow windows
5. what gui/files/recent.py reads, and how it says when
"""

from datetime import date, datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from gui.base import theme
from gui.base.dates import when
from gui.files import recent, recent_list
from gui.files.recent import RecentSummary, summarise
from gui.files.start_page import StartPage
from model.document import store
from model.document.answers import Answers
from model.exchange.exchange import decode, read_exchange
from model.filling.blank import blank_document, blank_form, sets
from model.forms.loader import shipped
from tests.desk import EXAMPLE, dressed, write

DONE = RecentSummary(
    "示例单位", "2025", "整体 1　项目 2", "97.00 优", 158, 158, 2, datetime(2026, 3, 1, 14, 31)
)
BEGUN = RecentSummary("另一单位", "2024", "整体 1", "—", 88, 142, 0, datetime(2024, 3, 6))
PATHS = (Path("/自评/2025-示例单位.zpb"), Path("/自评/2024-另一单位.zpb"), Path("/u盘/2023-旧.zpb"))
KNOWN = dict(zip(PATHS, (DONE, BEGUN, None), strict=True))


class Today(date):
    @classmethod
    def today(cls):
        return date(2026, 3, 1)


@pytest.fixture
def page(qtbot, monkeypatch):
    """A page as it is after the first paint, with three recent documents of which one is missing."""
    monkeypatch.setattr(recent_list, "date", Today)
    dressed()
    found = StartPage(KNOWN.get)
    qtbot.addWidget(found)
    found.resize(1366, 700)
    found.show_recent(PATHS)
    found.show()
    qtbot.waitUntil(lambda: are_read(found, PATHS))
    return found


def are_read(page, paths):
    """Whether it is known what is in them: before that a screen reader hears the name of the file."""
    return all(row.accessibleName() != row.path.stem for row in page.list.rows if row.path in paths)


@pytest.fixture
def wishes(page):
    """What the page has asked for, in order."""
    heard = []
    for name in ("new", "carry", "open", "import", "example", "recent", "relocate", "forget"):
        getattr(page, f"{name}_wanted").connect(lambda *path, name=name: heard.append((name, *path)))
    return heard


def shown(row):
    labels = (row.unit, row.forms, row.year, row.total, row.state.share, row.state.errors, row.changed)
    return [label.text() for label in labels]


# --- 1


def test_1_each_button_asks_for_its_own(page, wishes, qtbot):
    for button in (page.side.new, page.side.carry, page.side.open, page.side.load, page.side.example):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert wishes == [("new",), ("carry",), ("open",), ("import",), ("example",)]


def test_1_a_click_on_the_words_of_a_button_counts(page, wishes, qtbot):
    label = page.side.open.childAt(page.side.open.rect().center())
    assert label is None
    row = page.list.rows[0]
    assert row.childAt(row.unit.mapTo(row, row.unit.rect().center())) is None


def test_1_the_cursor_stands_on_the_last_document(page):
    page.focus_first()
    assert page.focusWidget() is page.list.rows[0]


def test_1_without_documents_it_stands_on_the_one_primary_button(qtbot):
    page = StartPage(KNOWN.get)
    qtbot.addWidget(page)
    page.show()
    page.focus_first()
    assert page.focusWidget() is page.side.new
    assert page.list.nothing.text() == "还没有打开过文件。"
    assert page.list.nothing.isVisible()
    assert not page.list.search.isVisible()


def test_1_the_keyboard_alone_reaches_everything_in_order(page, wishes, qtbot):
    page.activateWindow()
    page.side.new.setFocus()
    side, rows = page.side, page.list.rows
    for widget in (side.new, side.carry, side.open, side.load, side.example, page.list.search, *rows):
        assert page.focusWidget() is widget
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)


def test_1_enter_opens_and_arrows_go_up_and_down(page, wishes, qtbot):
    page.focus_first()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(page.focusWidget(), key)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Enter)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)
    assert wishes == [("recent", PATHS[1]), ("relocate", PATHS[2]), ("relocate", PATHS[2])]


# --- 2


def test_2_nothing_is_read_before_there_is_something_to_see(qtbot):
    asked = []
    page = StartPage(lambda path: asked.append(path) or DONE)
    qtbot.addWidget(page)
    page.show_recent(PATHS)
    QApplication.processEvents()
    assert asked == []
    assert [row.unit.whole for row in page.list.rows] == [path.stem for path in PATHS]
    page.show()
    qtbot.waitUntil(lambda: sorted(asked) == sorted(PATHS))
    qtbot.waitUntil(lambda: are_read(page, PATHS))


def test_2_a_drive_that_does_not_answer_keeps_no_other_document_waiting(page, qtbot):
    answer = Event()
    page._summarise = lambda path: KNOWN[path] if path != PATHS[0] else answer.wait(30) and DONE
    page.show_recent(PATHS)
    page.repaint()
    qtbot.waitUntil(lambda: are_read(page, PATHS[1:]))
    assert [row.year.text() for row in page.list.rows] == ["", "2024", ""]
    answer.set()
    qtbot.waitUntil(lambda: are_read(page, PATHS))
    assert page.list.rows[0].year.text() == "2025"


def test_2_a_row_says_what_is_in_the_document(page):
    done, begun, _ = page.list.rows
    assert shown(done) == ["示例单位", "整体 1　项目 2", "2025", "97.00 优", "158 / 158", "2", "今天 14:31"]
    assert shown(begun) == ["另一单位", "整体 1", "2024", "—", "88 / 142", "", "2024-03-06"]
    assert (
        done.accessibleName() == "示例单位，2025 年度，总分 97.00 优，必填项 158 / 158，2 个错误，今天 14:31"
    )
    assert done.toolTip() == str(PATHS[0])


def test_2_a_document_without_unit_goes_by_the_name_of_its_file(page):
    row = page.list.rows[0]
    row.show_summary(RecentSummary(year="2025"))
    assert row.unit.text() == "2025-示例单位"


def test_2_reading_goes_on_after_an_error_that_nobody_expected(qtbot):
    def read(path):
        if path == PATHS[0]:
            raise ValueError("no such cell")
        return DONE

    page = StartPage(read)
    qtbot.addWidget(page)
    page.show_recent(PATHS)
    with qtbot.captureExceptions() as errors:
        page.show()
        qtbot.waitUntil(lambda: page.list.rows[2].year.text() == "2025")
    assert len(errors) == 1


# --- 3


def test_3_a_missing_document_is_grey_and_a_click_looks_for_it(page, wishes, qtbot):
    row = page.list.rows[2]
    assert shown(row) == ["2023-旧", "找不到，点此重新定位。", "", "", "", "", ""]
    assert theme.colour("dis").name() in row.unit.styleSheet()
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert wishes == [("relocate", PATHS[2])]


def test_3_a_damaged_document_says_so_and_can_be_clicked(page, wishes, qtbot):
    row = page.list.rows[0]
    row.show_summary(RecentSummary(problem="“a.zpb”已损坏，读不出来。"))
    assert row.forms.whole == "“a.zpb”已损坏，读不出来。"
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert wishes == [("recent", PATHS[0])]


# --- 4


@pytest.mark.parametrize(
    ("words", "found"),
    [("示例", [0]), ("2024", [1]), ("旧", [2]), ("单位 202", [0, 1]), ("没有", []), ("", [0, 1, 2])],
)
def test_4_a_document_is_found_by_unit_or_year(page, words, found):
    write(page.list.search, words)
    assert [n for n, row in enumerate(page.list.rows) if row.isVisible()] == found
    assert page.list.nothing.isVisible() == (not found)


def test_4_arrows_skip_what_is_not_shown(page):
    write(page.list.search, "20")
    page.list.rows[1].hide()
    page.list.rows[0].setFocus()
    QTest.keyClick(page.list.rows[0], Qt.Key.Key_Down)
    assert page.focusWidget() is page.list.rows[2]


def test_4_delete_takes_a_document_off_the_list(page, wishes):
    QTest.keyClick(page.list.rows[1], Qt.Key.Key_Delete)
    assert wishes == [("forget", PATHS[1])]


def test_4_so_does_its_menu(page, wishes):
    row = page.list.rows[0]
    row.customContextMenuRequested.emit(row.rect().center())
    menu = row.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["打开", "从列表中去掉"]
    for action in menu.actions():
        action.trigger()
    assert wishes == [("recent", PATHS[0]), ("forget", PATHS[0])]


def test_4_a_long_name_ends_in_an_ellipsis(page):
    row = page.list.rows[0]
    row.unit.show_text("很长的单位名称" * 20)
    assert row.unit.text().endswith("…")
    assert row.unit.fontMetrics().horizontalAdvance(row.unit.text()) <= row.unit.width()


@pytest.mark.parametrize("width", [900, 911, 1366, 1920])
def test_4_nothing_is_cut_off_in_any_width(page, width):
    page.resize(width, 430)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    assert page.width() == width
    for row in page.list.rows[:2]:
        for label in (row.year, row.total, row.changed, row.state.share):
            assert label.fontMetrics().horizontalAdvance(label.text()) <= label.width()
        assert row.unit.width() > 150


# --- 5


def stored(folder, answers):
    path = folder / "a.zpb"
    store.create(path, answers)
    return path


def test_5_the_example_is_summed_up(tmp_path):
    forms = [read_exchange(decode(path.read_bytes()), shipped()) for path in EXAMPLE]
    answers = Answers({"d": forms[0], "p1": forms[1]}, "示例单位", "2025")
    found = summarise(shipped(), stored(tmp_path, answers))
    assert (found.unit, found.year, found.forms) == ("示例单位", "2025", "整体 1　项目 1")
    assert found.total.endswith((" 优", " 良"))
    assert found.is_complete
    assert found.problem == ""


def test_5_a_new_document_is_summed_up(tmp_path):
    path = stored(tmp_path, blank_document(sets(shipped())[1], "示例单位", "2025"))
    found = summarise(shipped(), path)
    assert (found.total, found.errors, found.is_complete) == ("—", 0, False)
    assert 0 < found.filled < found.required
    assert found.changed == datetime.fromtimestamp(path.stat().st_mtime)


def test_5_of_several_projects_without_department_there_is_no_total(tmp_path):
    project = blank_form(shipped().form("wuhan-project-2022"), "示例单位", "2025")
    paid = project.with_texts({"funds.total.budget": "100", "funds.total.executed": "50"})
    one = summarise(shipped(), stored(tmp_path, Answers({"p1": paid})))
    (tmp_path / "a.zpb").unlink()
    two = summarise(shipped(), stored(tmp_path, Answers({"p1": paid, "p2": paid})))
    assert (one.total.split()[0], one.forms) == ("10", "项目 1")
    assert (two.total, two.forms) == ("—", "项目 2")


def test_5_what_is_not_there_is_missing(tmp_path):
    assert summarise(shipped(), tmp_path / "a.zpb") is None
    assert summarise(shipped(), tmp_path / "gone" / "a.zpb") is None
    assert summarise(shipped(), tmp_path) is None


def test_5_what_can_not_be_read_has_a_problem(tmp_path):
    (tmp_path / "a.zpb").write_bytes(b"PK\3\4")
    assert summarise(shipped(), tmp_path / "a.zpb").problem == "“a.zpb”不是自评簿文件。"
    unknown = blank_form(shipped().form("wuhan-project-2022"), "", "")
    store.create(tmp_path / "b.zpb", Answers({"p1": type(unknown)("another")}))
    assert summarise(shipped(), tmp_path / "b.zpb").problem == "没有编号为“another”的表样。"


def test_5_a_time_that_the_system_does_not_know_is_left_out(tmp_path, monkeypatch):
    path = stored(tmp_path, Answers({}))
    monkeypatch.setattr(recent, "_changed", lambda path: None)
    assert summarise(shipped(), path).changed is None


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 3, 1, 0, 0), "今天 00:00"),
        (datetime(2026, 2, 28, 16, 5), "昨天 16:05"),
        (datetime(2026, 2, 27, 16, 5), "2月27日"),
        (datetime(2025, 12, 31), "2025-12-31"),
        (datetime(2026, 3, 2, 9, 0), "3月2日"),
    ],
)
def test_5_when_a_document_was_changed(moment, words):
    assert when(moment, date(2026, 3, 1)) == words
