"""The tab 情况说明 in the window, with real keys and clicks.

1. entries with their state; folded where nothing is open, made when they are unfolded
2. sentences are live, may be written over, say when their figures moved, and come back; each a step of undo
3. texts that sentences wait for: wanted where figures differ, none where they do not, one serves the others
4. charts, 重点工作, 名词解释, 咨询电话
5. jumps, and what is not in sight is not made anew
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.accounts.other_boxes import TERMS, WORKS
from gui.pane.finder_list import search
from gui.pane.how_accounts import FigureFace
from gui.session.accounts_places import SUBJECTS, TEXTS, accounts_place, parts_of_sentence
from model.document.answers import ACCOUNTS
from model.filling.find import Hit
from tests.desk import write
from tests.explained import qiaokou_explained


@pytest.fixture
def explained(opened):
    """Open the tab on the accounts of 硚口 2022 with all that its explanation says, but for some cells."""

    def explained(**cells):
        accounts = qiaokou_explained(**cells).answers
        window = opened()
        window.view.session.edit("试", lambda edit: edit.set_texts(_texts(accounts)))
        window.view.show_form(ACCOUNTS, TEXTS)
        settle()
        return window

    return explained


def _texts(accounts):
    return {(ACCOUNTS, cell): text for cell, text in accounts.texts.items()}


def settle():
    QTest.qWait(80)
    QApplication.processEvents()


def page(window):
    return window.view.accounts.pages.page(TEXTS)


def texts(window):
    return window.view.session.answers.forms[ACCOUNTS]


def part(window, cell):
    """The sentence of a cell, unfolded."""
    assert page(window).show_cell(cell)
    found = (box.parts.get(cell) for box in page(window).boxes.values() if hasattr(box, "parts"))
    return next(one for one in found if one is not None)


def states(window):
    return {line.name: line.state for line in page(window).index.lines}


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def edit(window, cell, text):
    window.view.session.edit("改", lambda edit: edit.set_text((ACCOUNTS, cell), text))
    settle()


def test_1_entries_stand_in_the_order_of_paper_with_their_state(explained):
    window = explained(total_reason="", duties="负责信息化。", phone="027-00000000")
    found = states(window)
    assert list(found)[:4] == ["概况", "收支总体", "收入", "支出"]
    assert list(found)[-3:] == ["专项、转移", WORKS, TERMS]
    assert (found["收支总体"], found["收入"], found["政府性基金"]) == ("warning", "ok", "none")


def test_1_what_is_open_is_unfolded_and_nothing_else_is_made(explained):
    boxes = page(explained(total_reason="")).boxes
    assert boxes["explanation一"].is_open
    assert not boxes["explanation二"].is_open
    assert boxes["explanation二"].parts == {}
    click(boxes["explanation二"].fold)
    assert list(boxes["explanation二"].parts) == ["text.income", "chart2"]


def test_2_a_sentence_follows_its_table(explained):
    window = explained()
    sentence = part(window, "text.spending").box
    assert "项目支出98万元，占本年支出52.2%" in sentence.generated.accessibleName()
    edit(window, "s1.t3.project", "93.00")
    assert "项目支出93万元，占本年支出50.9%" in sentence.generated.accessibleName()


def test_2_a_sentence_is_written_over_says_when_its_figures_moved_and_comes_back(explained):
    window = explained()
    sentence = part(window, "text.spending").box
    click(sentence.generated.edit)
    write(sentence.own, "另有说明。")
    assert texts(window).text("text.spending").endswith("0.0%。另有说明。")
    assert sentence.stale.isHidden()
    edit(window, "s1.t3.project", "93.00")
    assert states(window)["支出"] in ("stale", "error")
    assert sentence.stale.isVisible()
    sentence.own.setFocus()
    QTest.keyClick(sentence.own, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    settle()
    assert "项目支出93万元，占本年支出50.9%" in texts(window).text("text.spending")
    assert texts(window).text("text.spending").endswith("另有说明。")
    click(sentence.restore)
    assert texts(window).text("text.spending") == ""
    for _ in range(2):
        window.commands.edits.undo()
    assert "项目支出98万元" in texts(window).text("text.spending")


def test_3_a_reason_is_wanted_where_figures_differ_and_typed_once(explained):
    window = explained(total_reason="")
    field = part(window, "text.total").fields["total_reason"]
    assert field.editor.property("state") == "warning"
    field.editor.setFocus()
    write(field.editor, "人员增加")
    settle()
    assert field.editor.property("state") == ""
    assert states(window)["收支总体"] == states(window)["财政拨款"] == "ok"
    other = part(window, "text.grant").fields["grant_reason"].editor
    assert "人员增加" in other.placeholderText()
    assert page(window).boxes["explanation四"].said.text().endswith("原因同“一”")


def test_3_no_reason_is_asked_for_where_nothing_changed(explained):
    window = explained(**{"last.total": "187.89"})
    assert part(window, "text.total").fields == {}


def test_3_what_a_sentence_waits_for_is_named_and_gone_to(explained):
    window = explained(**{"last.total": ""})
    sentence = part(window, "text.total")
    assert sentence.box.generated.lacking == "填好上年收、支总计后自动生成。"
    click(sentence.go)
    assert window.view.cursor_cell == (ACCOUNTS, "last.total")


def test_4_charts_are_drawn_or_say_what_they_wait_for(explained):
    window = explained(**{"last.total": ""})
    for name in ("一", "三"):
        page(window).go_to(f"explanation{name}")
    settle()
    first = page(window).boxes["explanation一"].parts["chart1"]
    assert first.waits.text() == "图1：收、支决算总计变动情况：填上上年数后自动画出。"
    third = page(window).boxes["explanation三"].parts["chart3"]
    assert third.picture.isVisible()
    assert "项目支出 98.00万元 52.2%" in third.picture.accessibleName()


def test_4_a_pie_of_few_parts_stands_beside_its_sentence_where_there_is_room(explained):
    window = explained()
    window.resize(1366, 768)
    page(window).go_to("explanation三")
    settle()
    parts = page(window).boxes["explanation三"].parts
    sentence, chart = parts["text.spending"], parts["chart3"]
    assert chart.x() > sentence.box.x()
    assert chart.y() == sentence.box.y()
    sentence.setFixedWidth(300)
    settle()
    assert chart.y() > sentence.box.y()


def test_4_a_pie_of_many_parts_and_columns_stand_below(explained):
    kinds = ("business", "other", "superior", "operating")
    window = explained(**{f"s{n}.t2.{kind}": "10" for n, kind in enumerate(kinds, 1)})
    window.resize(1366, 768)
    for numeral in ("一", "二"):
        page(window).go_to(f"explanation{numeral}")
    settle()
    boxes = page(window).boxes
    for numeral, cell, picture in (("一", "text.total", "chart1"), ("二", "text.income", "chart2")):
        parts = boxes[f"explanation{numeral}"].parts
        sentence, chart = parts[cell].box, parts[picture]
        assert (
            chart.mapToGlobal(chart.rect().topLeft()).y()
            > sentence.mapToGlobal(sentence.rect().bottomLeft()).y()
        )


def test_4_main_work_is_that_of_the_department_s_report(explained):
    window = explained()
    page(window).go_to(WORKS)
    box = page(window).boxes[WORKS]
    assert box.key == "d"
    box.note.editor.setFocus()
    write(box.note.editor, "重点")
    assert window.view.session.text(("d", "report.works_note")).startswith("重点")


def test_4_a_subject_is_explained_once_and_the_telephone_typed(explained):
    window = explained()
    page(window).go_to(TERMS)
    box = page(window).boxes[TERMS]
    write(box.fields["explain.2050199"].editor, "自己的说明。")
    write(box.phone, "027-00000000")
    assert texts(window).text("explain.2050199") == "自己的说明。"
    assert texts(window).text("phone") == "027-00000000"
    window.commands.edits.undo()
    assert texts(window).text("phone") == ""


def test_5_a_finding_leads_into_its_sentence(explained):
    window = explained()
    sentence = part(window, "text.total").box
    click(sentence.generated.edit)
    edit(window, "text.total", "2022年度收、支总计187.80万元。")
    window.view.show_form(ACCOUNTS, SUBJECTS)
    finding = next(one for one in window.view.session.snapshot.findings if one.code == "N-AMOUNT")
    assert finding.place == "一"
    window.view.jump(finding)
    settle()
    assert QApplication.focusWidget() is sentence.own


def test_5_out_of_sight_nothing_follows_a_key(explained):
    window = explained()
    sentence = part(window, "text.spending").box
    window.view.show_form(ACCOUNTS, SUBJECTS)
    edit(window, "s1.t3.project", "93.00")
    assert "项目支出98万元" in sentence.generated.accessibleName()
    window.view.show_form(ACCOUNTS, TEXTS)
    settle()
    assert "项目支出93万元" in sentence.generated.accessibleName()


def test_5_a_narrow_window_has_the_entries_over_the_text(explained):
    window = explained()
    page(window).setMaximumWidth(600)
    settle()
    assert page(window).index.isHidden()
    page(window).choice.setCurrentIndex(3)
    page(window).choice.activated.emit(3)
    settle()
    assert page(window).boxes["explanation三"].is_open


def test_5_keys_go_from_entry_to_entry_and_unfold_all(explained):
    window = explained()
    page(window).index.setFocus()
    QTest.keyClick(page(window).index, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert page(window).index.current() == "explanation一"
    assert page(window).boxes["explanation一"].is_open
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(page(window).index, Qt.Key.Key_E, both)
    assert all(box.is_open for box in page(window).boxes.values())


def test_5_what_lacks_is_gone_to_and_explained(explained):
    window = explained(total_reason="")
    window.view.show_cell(ACCOUNTS, "total_reason")
    settle()
    assert QApplication.focusWidget().address == (ACCOUNTS, "total_reason")
    gaps = {item.address[1]: item for item in window.view.session.snapshot.open if item.severity == "gap"}
    assert gaps["total_reason"].place == "原因与用途 · 收、支总计增减的主要原因"
    window.view.open_pane(2)
    window.view.pane.help.refresh()
    assert "相同的不写" in window.view.pane.help.text.how.text.text()


def test_5_generated_sentences_are_found_with_their_place(explained):
    window = explained()
    entries = search(window.view.session, "项目支出98万元", ACCOUNTS)
    hits = [one for one in entries if isinstance(one, Hit)]
    assert (ACCOUNTS, "text.spending") in [hit.address for hit in hits]
    assert all(hit.is_generated for hit in hits)
    reading = window.view.session.snapshot.reading
    assert accounts_place(reading, "text.items.2080505") == "情况说明 五（三）2"


def test_5_the_pane_says_what_a_sentence_is_made_of_and_leads_there(explained):
    window = explained()
    part(window, "text.spending").box.generated.edit.setFocus()
    settle()
    face = window.view.pane.how
    window.view.open_pane(1)
    face.refresh()
    assert parts_of_sentence(window.view.session.snapshot.reading, "text.spending") == (
        "t3.all.total",
        "t3.all.basic",
        "t3.all.project",
    )
    figures = face.findChild(FigureFace)
    assert figures.name.text() == "情况说明 三"
    figures.terms.chosen.emit(2)
    assert window.view.cursor_cell == (ACCOUNTS, "t3.all.project")
