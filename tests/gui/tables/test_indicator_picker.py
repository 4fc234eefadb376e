"""插入指标: what the clerk types finds entries of the library; those taken become rows.

1. it opens on the level 2 of the row in hand and the topic last used; one press looks everywhere
2. beside the list stands what the row will hold, how it is measured, what proves it, the usual mistake
3. Enter takes the current entry, or all that are ticked: one step, nothing typed changes
4. the cursor stands where the clerk's number belongs; Esc and 取消 change nothing
5. what the unit has written itself, in other forms and recent documents, comes first
"""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.commands.form_commands import FormCommands
from gui.files.written_before import written_before
from gui.tables.indicator_picker import IndicatorPicker
from model.document import store
from model.document.answers import Answers
from tests.desk import open_session, write

NAMES = "教师对教研活动满意度 教师对教学设备满意度"


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def opened(qtbot, session):
    def make(level2="", topic=""):
        picker = IndicatorPicker(session.form("d"), session.library.indicators, "g1", level2, topic)
        qtbot.addWidget(picker)
        with qtbot.waitActive(picker):  # keys with Alt go to the active window
            picker.show()
            picker.activateWindow()
        picker.field.setFocus()
        return picker

    return make


def found(picker):
    return [entry.name for entry in picker.model.entries]


def in_picker(window, do):
    """Open the dialog as the menu does, and do something in it."""
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, IndicatorPicker):
            timer.stop()
            seen.append(dialog)
            do(dialog)

    timer = QTimer(interval=10)
    timer.timeout.connect(look)
    timer.start()
    window.menus.action(FormCommands.insert_indicators).trigger()
    timer.stop()
    assert seen


# -- 1 ----------------------------------------------------------------------------------------------


def test_1_words_and_initials_find_entries_at_every_key(opened):
    picker = opened()
    write(picker.field, "jspxrc")
    assert found(picker) == ["教师培训人次"]
    picker.field.clear()
    write(picker.field, "教师 满意度")
    assert found(picker)[:2] == NAMES.split()


def test_1_it_opens_on_a_level_as_the_form_calls_it_and_a_topic(opened):
    picker = opened("产出时效", "教育·教研")
    assert {(entry.level2, entry.topic) for entry in picker.model.entries} == {("时效指标", "教育·教研")}


def test_1_one_press_looks_everywhere(opened, qtbot):
    picker = opened("数量指标", "教育·教研")
    write(picker.field, "故障")
    assert found(picker) == []
    assert "请按“不限”" in picker.nothing.text()
    assert not picker.add.isEnabled()
    QTest.keyClick(picker.field, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "系统故障响应时间" in found(picker))  # a button lets its press be seen
    assert picker.field.hasFocus()
    assert picker.add.isEnabled()


def test_1_what_is_nowhere_is_said(opened):
    picker = opened()
    write(picker.field, "没有这样的词")
    assert picker.nothing.text().startswith("没有找到。")


# -- 2 ----------------------------------------------------------------------------------------------


def test_2_what_the_entry_is_about_follows_the_arrows(opened):
    picker = opened()
    write(picker.field, "教师 满意度")
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    assert picker.details.name.text() == NAMES.split()[1]
    said = picker.details.texts()
    assert said["放在"] == "年度目标 1 · 满意度指标 · 服务对象满意度指标"
    assert all(said[caption] for caption in ("目标值", "性质", "怎么算", "佐证材料", "常见错误", "来源"))


def test_2_what_is_to_be_filled_in_is_said_and_a_name_that_is_there(opened, session):
    picker = opened()
    write(picker.field, "jspxrc")
    assert picker.details.texts()["目标值"] == "≥**人次 （** 处由您填写）"
    assert picker.details.there.isHidden()
    session.set_text(("d", "i2.name"), "教师培训人次")
    picker = opened()
    write(picker.field, "jspxrc")
    assert not picker.details.there.isHidden()


# -- 3 ----------------------------------------------------------------------------------------------


def test_3_enter_inserts_the_current_entry_as_one_step(start):
    window = start()
    table, session = window.view.indicators.panel.view, window.session
    window.view.show_cell("d", "i2.name")
    before = session.answers

    def take(dialog):
        write(dialog.field, "jspxrc")
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)

    in_picker(window, take)
    form = session.form("d")
    (new,) = set(form.answers.indicators) - set(before.forms["d"].indicators)
    assert form.answers.indicators.index(new) == form.answers.indicators.index("i2") + 1
    assert form.answers.text(f"{new}.name") == "教师培训人次"
    assert form.answers.text(f"{new}.direction") == "≥"
    assert form.answers.text(f"{new}.weight") == ""
    texts = before.forms["d"].texts
    assert {cell: form.answers.text(cell) for cell in texts} == dict(texts)
    assert table.model_.cell_at(table.currentIndex()) == f"{new}.target"
    session.undo()
    assert session.answers == before


def test_3_several_are_ticked_while_others_are_looked_for(start):
    window = start()
    window.view.show_cell("d", "i2.name")
    before = window.session.form("d").answers.indicators

    def take(dialog):
        write(dialog.field, "jspxrc")
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        dialog.field.clear()
        write(dialog.field, "教研活动场次")
        dialog.list.setFocus()
        QTest.keyClick(dialog.list, Qt.Key.Key_Space)
        assert (dialog.add.text(), dialog.note.text()) == ("添加 2 条", "已勾选 2 条。")
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    in_picker(window, take)
    form = window.session.form("d")
    added = [row for row in form.answers.indicators if row not in before]
    assert [form.answers.text(f"{row}.name") for row in added] == ["教师培训人次", "教研活动场次"]
    assert window.session.undo().label == "插入 2 条指标"
    assert window.session.form("d").answers.indicators == before


def test_3_a_click_on_the_box_ticks_and_beside_it_only_chooses(opened):
    picker = opened()
    line = picker.list.visualRect(picker.model.index(1))
    left, button = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    QTest.mouseClick(picker.list.viewport(), button, left, line.center())
    assert picker.model.ticked == ()
    assert picker.list.currentIndex().row() == 1
    box = line.topLeft()
    box.setX(line.left() + 15)
    box.setY(line.center().y())
    QTest.mouseClick(picker.list.viewport(), button, left, box)
    assert picker.model.ticked == (picker.model.entries[1],)
    QTest.mouseClick(picker.list.viewport(), button, left, box)
    assert picker.model.ticked == ()


def test_3_two_clicks_on_a_name_take_it(opened):
    picker = opened()
    point = picker.list.visualRect(picker.model.index(2)).center()
    wanted = picker.model.entries[2]
    button, no_key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(picker.list.viewport(), button, no_key, point)
    QTest.mouseDClick(picker.list.viewport(), button, no_key, point)
    assert picker.chosen == (wanted,)


def test_3_a_blank_ticks_where_the_arrows_walk_and_parts_words_where_letters_are_typed(opened):
    picker = opened()
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.field, Qt.Key.Key_Space)
    assert [entry.name for entry in picker.model.ticked] == [found(picker)[1]]
    write(picker.field, "教师 满意度")
    assert picker.field.text() == "教师 满意度"
    assert found(picker)[:2] == NAMES.split()
    QTest.keyClick(picker.field, Qt.Key.Key_Down)
    QTest.keyClick(picker.field, Qt.Key.Key_Space)
    assert picker.field.text() == "教师 满意度"
    assert found(picker)[1] in [entry.name for entry in picker.model.ticked]


# -- 4 ----------------------------------------------------------------------------------------------


def test_4_the_number_is_typed_at_once(start):
    window = start()
    window.view.show_cell("d", "i2.name")
    before = window.session.form("d").answers.indicators

    def take(dialog):
        write(dialog.field, "jspxrc")
        dialog.add.click()

    in_picker(window, take)
    write(window.focusWidget(), "300")  # the platform of the tests leaves the window inactive
    form = window.session.form("d")
    (new,) = set(form.answers.indicators) - set(before)
    assert form.answers.text(f"{new}.target") == "≥300人次"


@pytest.mark.parametrize(
    "leave", [lambda d: QTest.keyClick(d, Qt.Key.Key_Escape), lambda d: d.cancel.click()]
)
def test_4_esc_and_cancel_change_nothing(start, leave):
    window = start()
    before = window.session.answers

    def give_up(dialog):
        write(dialog.field, "jspxrc")
        leave(dialog)

    in_picker(window, give_up)
    assert window.session.answers is before
    assert window.focusWidget() is window.view.indicators.panel.view


def test_4_the_topic_is_there_again(start):
    window = start()

    def choose(dialog):
        dialog.everything.click()
        dialog.topic.setCurrentIndex(dialog.topic.findData("教育·教师培训"))
        dialog.add.click()

    in_picker(window, choose)
    seen = []
    in_picker(window, lambda dialog: (seen.append(dialog.wanted_topic), dialog.reject()))
    assert seen == ["教育·教师培训"]


def test_4_the_button_above_the_table_opens_it_too(start):
    window = start()
    QTimer.singleShot(0, lambda: QApplication.activeModalWidget().reject())
    opened = []
    window.bench.view.stack.library_wanted.connect(lambda: opened.append(True))
    window.view.show_cell("d", "i2.name")
    window.view.indicators.panel.insert.click()
    assert opened


# -- 5 ----------------------------------------------------------------------------------------------


def test_5_rows_of_other_forms_and_of_earlier_years_come_first(start, tmp_path):
    window = start()
    answers = window.session.answers
    earlier = answers.forms["d"].with_texts({"i2.name": "往年教研场次", "i2.target": "≥30 场"})
    path = tmp_path / "2024.zpb"
    store.create(path, Answers({"d": earlier}, answers.unit, "2024"))
    damaged = tmp_path / "坏.zpb"
    damaged.write_bytes(b"no document")
    recent = (str(window.session.path), str(damaged), str(tmp_path / "没有.zpb"), str(path))
    window.bench.preferences.note(recent=recent)
    window.session.set_text(("p1", "i1.name"), "本项目教研场次")
    window.view.show_cell("d", "i2.name")

    def look(dialog):
        dialog.everything.click()
        write(dialog.field, "教研场次")
        assert found(dialog)[:2] == ["本项目教研场次", "往年教研场次"]
        QTest.keyClick(dialog.field, Qt.Key.Key_Down)
        said = dialog.details.texts()
        assert (said["目标值"], said["来源"]) == ("≥**场 （** 处由您填写）", f"2024 年度“{answers.unit}”")
        dialog.reject()

    in_picker(window, look)


def test_5_rows_of_another_unit_are_not_offered(start, tmp_path):
    window = start()
    form = window.session.answers.forms["d"].with_text("i2.name", "别处的教研场次")
    path = tmp_path / "2024.zpb"
    store.create(path, Answers({"d": form}, "别的单位", "2024"))
    window.bench.preferences.note(recent=(str(path),))

    def look(dialog):
        dialog.everything.click()
        write(dialog.field, "别处的教研场次")
        assert found(dialog) == []
        dialog.reject()

    in_picker(window, look)


def test_5_earlier_years_are_read_also_when_the_open_file_is_gone(start, tmp_path):
    window = start()
    answers = window.session.answers
    path = tmp_path / "2024.zpb"
    form = answers.forms["d"].with_text("i2.name", "往年教研场次")
    store.create(path, Answers({"d": form}, answers.unit, "2024"))
    here = written_before(answers.unit, tmp_path / "拔出.zpb", [str(path)], lambda: False)
    assert [one.source for one in here] == [f"2024 年度“{answers.unit}”"]
    assert written_before(answers.unit, path, [str(path)], lambda: False) == ()
    assert written_before(answers.unit, tmp_path / "拔出.zpb", [str(path)], lambda: True) == ()


def test_where_nothing_is_found_no_scroll_bar_of_the_last_entry_stays(opened):
    picker = opened()
    picker.resize(picker.width(), 300)
    picker.field.setText("jspxrc")
    QApplication.processEvents()
    assert picker.details.verticalScrollBar().isVisible()
    picker.field.setText("没有这样的")
    QApplication.processEvents()
    assert not picker.details.verticalScrollBar().isVisible()
    picker.field.setText("jspxrc")
    QApplication.processEvents()
    assert picker.details.verticalScrollBar().isVisible()
