"""交稿: the page over the one list of what is open, with the real widgets."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gui.handin.handin_page import SOON_MS
from gui.handin.open_lines import ALL, ASIDE, FILTERS
from gui.handin.reason_row import TOO_SHORT
from gui.paper.outputs import HANDIN
from model.document import store
from model.document.signing import in_words
from tests.desk import write


@pytest.fixture
def window(start):
    made = start()
    QTest.keyClick(made, Qt.Key.Key_F9)
    return made


def page(window):
    return window.view.whole.handin


def shown(window):
    return [line.item for line in page(window).list.lines.lines if line.item]


def choose(window, wanted):
    page(window).filters.setCurrentIndex(FILTERS.index(wanted))


def first_that_may_go(window):
    lines = page(window).list.lines.lines
    return next(n for n, line in enumerate(lines) if line.item and page(window).list.may_set_aside(line.item))


def click_link(window, row):
    view = page(window).list
    rect = view.delegate.link_rect(view.visualRect(view.lines.index(row)))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())


def test_the_page_lists_what_is_open_and_counts_it_as_everything_else_does(window):
    left = window.session.snapshot.open
    assert shown(window) == list(left)
    assert page(window).filters.tabText(0) == f"全部 {len(left)}"
    QTest.qWait(SOON_MS * 3)
    outputs = window.view.list.outputs
    handin = outputs.item(outputs.count() - 1)
    assert handin.data(Qt.ItemDataRole.AccessibleTextRole) == f"交稿，还差 {len(left)} 项"
    errors = sum(item.severity == "error" for item in left)
    assert f"{errors} 个错误" in page(window).head.title.text()
    assert errors == sum(counts.errors for counts in window.session.snapshot.counts.values())


def test_the_list_at_the_left_leads_there_and_f9_back(window):
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert not window.view.is_previewing
    outputs = window.view.list.outputs
    window.view.list.outputs.itemClicked.emit(outputs.item(outputs.count() - 1))
    assert window.view.whole.is_handing_in
    assert window.view.list.outputs.currentItem().data(Qt.ItemDataRole.UserRole) == HANDIN


def test_a_line_leads_to_its_place_by_mouse_enter_and_f8(window):
    items = [item for item in shown(window) if item.finding.address[1]]
    view = page(window).list
    row = view.lines.lines.index(next(line for line in view.lines.lines if line.item is items[0]))
    rect = view.visualRect(view.lines.index(row))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(80, 10))
    assert not window.view.is_previewing
    assert window.view.key == items[0].address[0]
    window.view.show_handin()
    view.mark_row(row)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert not window.view.is_previewing
    window.view.show_handin()
    view.mark_row(-1)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.view.cursor_cell == items[0].address


def test_an_item_is_set_aside_with_a_reason_and_put_back(window):
    left = len(window.session.snapshot.open)
    row = first_that_may_go(window)
    item = page(window).list.lines.lines[row].item
    click_link(window, row)
    reason = page(window).list.reason
    write(reason.text, "不用")
    QTest.keyClick(reason.text, Qt.Key.Key_Return)
    assert reason.hint.text() == TOO_SHORT
    assert window.view.whole.is_handing_in  # the list below has not heard the key
    write(reason.text, "，区里没有要求")
    QTest.mouseClick(reason.save, Qt.MouseButton.LeftButton)
    assert len(window.session.snapshot.open) == left - 1
    assert item.address not in [one.address for one in shown(window) if one.kind == item.kind]
    choose(window, ASIDE)
    [aside] = shown(window)
    assert (aside.kind, aside.finding.answer) == (item.kind, "不用，区里没有要求")
    assert page(window).head.done.text() == f"已处理　1 / {left}"
    click_link(window, 1)
    assert page(window).nothing.isVisible()
    assert len(window.session.snapshot.open) == left


def test_who_set_it_aside_and_when_is_shown_and_offered_again(window):
    view = page(window).list
    for name in ("经办人甲", ""):
        view.mark_row(first_that_may_go(window))
        QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert view.reason.name.text() == ("" if name else "经办人甲")
        write(view.reason.text, "区里没有要求")
        write(view.reason.name, name)
        QTest.keyClick(view.reason.name, Qt.Key.Key_Return)
    assert window.view.whole.is_handing_in  # the list has not heard the key
    choose(window, ASIDE)
    said = [in_words(item.finding.signed) for item in shown(window)]
    assert all(one.startswith("经办人甲，20") for one in said)
    assert len(said) == 2
    words = view.lines.data(view.lines.index(1), Qt.ItemDataRole.AccessibleTextRole)
    assert said[0] in words


def test_setting_aside_is_one_step_and_lies_in_the_file(window):
    row = first_that_may_go(window)
    page(window).list.mark_row(row)
    QTest.keyClick(page(window).list, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    write(page(window).list.reason.text, "区里没有要求")
    QTest.keyClick(page(window).list.reason.text, Qt.Key.Key_Return)
    assert window.session.save()
    kept = [form.replies for _, form in store.open_document(window.session.path).answers if form.replies]
    assert [reply.text for replies in kept for reply in replies.values()] == ["区里没有要求"]
    assert window.session.document.undo_label == "搁置"
    window.session.undo()
    page(window).refresh()
    choose(window, ASIDE)
    assert shown(window) == []


def test_escape_gives_up_and_an_error_of_figures_can_not_be_set_aside(window):
    view = page(window).list
    error = next(n for n, line in enumerate(view.lines.lines) if line.item and line.item.severity == "error")
    view.mark_row(error)
    assert not view.ask_reason()
    view.mark_row(first_that_may_go(window))
    assert view.ask_reason()
    QTest.keyClick(view.reason.text, Qt.Key.Key_Escape)
    assert view.reason is None


def test_only_an_empty_list_says_that_it_can_be_handed_in(window, qtbot):
    assert "可以交" not in page(window).head.title.text()
    choose(window, ALL)
    session = window.session
    session.set_text(("d", "i1.score"), "")
    for _ in range(200):
        left = session.snapshot.open
        if not left:
            break
        assert page(window).head.title.text().startswith("还不能交")
        key, cell = left[0].address
        if left[0].finding.may_be_set_aside:
            found = left[0].finding
            session.edit("搁置", lambda e, f=found: e.set_reply(f.address, f.code, "已经核实过", f.found))
        else:
            session.set_text((key, cell), "3" if "score" in cell else "100")
        page(window).refresh()
    assert not session.snapshot.open
    assert page(window).head.title.text() == "可以交"
    assert not page(window).head.next.isVisible()
    outputs = window.view.list.outputs
    qtbot.waitUntil(lambda: "可以交" in outputs.item(outputs.count() - 1).toolTip())
