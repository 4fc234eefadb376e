"""A new document in three answers, the name of a project, and the gate to the user.

1. what is preset, what the file is called
2. why it can't go on yet is said beside the button
3. 新建 writes the file; what the system refuses stands in the dialog
4. the name of a project
5. messages and questions of gui/base/ask.py, with Chinese buttons
"""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton

from gui.base import ask
from gui.files.new_dialog import NewDialog, ProjectNameDialog, file_name, read_year
from model.basics.errors import UserError
from model.document import store
from model.filling.blank import sets
from model.forms.loader import shipped
from tests.desk import write

TODAY = date(2026, 3, 1)


@pytest.fixture
def dialog(qtbot, tmp_path):
    found = NewDialog(sets(shipped()), tmp_path, today=TODAY)
    qtbot.addWidget(found)
    found.show()
    return found


def retype(edit, text):
    edit.selectAll()
    write(edit, text)


# --- 1


def test_1_the_year_before_and_the_newest_forms_are_preset(dialog):
    assert dialog.year.text() == "2025"
    assert [dialog.set_box.itemText(n) for n in range(6)] == [
        "湖南省 2023",
        "全国 2022",
        "武汉市 2022",
        "重庆市 2021",
        "全国 2020",
        "武汉市 2020",
    ]
    assert dialog.set_box.currentText() == "湖南省 2023"
    assert dialog.forms.text() == "部门整体支出绩效自评表、项目支出绩效自评表"


def test_1_the_set_chosen_last_is_preset(qtbot, tmp_path):
    dialog = NewDialog(sets(shipped()), tmp_path, set_name="武汉市 2022")
    qtbot.addWidget(dialog)
    assert dialog.set_box.currentText() == "武汉市 2022"


def test_1_the_cursor_waits_for_the_unit(dialog, qtbot):
    qtbot.waitUntil(lambda: dialog.focusWidget() is dialog.unit)


def test_1_the_file_follows_year_and_unit(dialog, tmp_path):
    write(dialog.unit, "示例单位")
    retype(dialog.year, "２０２４年度")
    assert dialog.path == tmp_path / "2024-示例单位.zpb"


def test_1_another_file_has_the_name_then_the_next_free_one_is_suggested(dialog, qtbot, tmp_path):
    (tmp_path / "2025-示例.zpb").touch()
    write(dialog.unit, "示例")
    assert dialog.path == tmp_path / "2025-示例（2）.zpb"


def test_1_a_name_that_the_clerk_typed_stays(dialog, qtbot, tmp_path):
    retype(dialog.file, str(tmp_path / "我的表"))
    write(dialog.unit, "示例单位")
    assert dialog.path == tmp_path / "我的表.zpb"


def test_1_a_file_can_be_chosen(dialog, qtbot, monkeypatch, tmp_path):
    offered = []
    monkeypatch.setattr(ask, "new_file_name", lambda parent, path: offered.append(path) or tmp_path / "x.zpb")
    write(dialog.unit, "示例单位")
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    assert offered == [tmp_path / "2025-示例单位.zpb"]
    assert dialog.path == tmp_path / "x.zpb"


def test_1_a_closed_file_dialog_changes_nothing(dialog, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "new_file_name", lambda parent, path: None)
    qtbot.mouseClick(dialog.choose, Qt.MouseButton.LeftButton)
    write(dialog.unit, "示例")
    assert dialog.path == tmp_path / "2025-示例.zpb"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024", "2024"),
        (" 2024年 ", "2024"),
        ("2024年度", "2024"),
        ("２０２４", "2024"),
        ("24", ""),
        ("20245", ""),
        ("1024", ""),
        ("二〇二四", ""),
        ("20.4", ""),
        ("", ""),
    ],
)
def test_1_how_a_year_is_read(text, year):
    assert read_year(text) == year


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("示例单位", "2024-示例单位.zpb"),
        (' 示例/单位:"甲"\t乙 ', "2024-示例／单位：＂甲＂ 乙.zpb"),
        ("", "2024.zpb"),
        ("示例\u200b单位。.", "2024-示例单位。.zpb"),
        ("很" * 100, f"2024-{'很' * 55}.zpb"),
    ],
)
def test_1_the_suggested_name_is_one_that_windows_takes(unit, name):
    assert file_name("2024", unit) == name


# --- 2


def test_2_the_button_says_what_it_waits_for(dialog, qtbot, tmp_path):
    assert (dialog.yes.isEnabled(), dialog.reason.text()) == (False, "请填单位名称。")
    write(dialog.unit, "示例单位")
    assert (dialog.yes.isEnabled(), dialog.reason.text()) == (True, "")
    retype(dialog.year, "二〇")
    assert (dialog.yes.isEnabled(), dialog.reason.text()) == (False, "年度请填四位数字，如 2024。")
    assert dialog.year.property("state") == "error"
    retype(dialog.year, "2024")
    retype(dialog.file, str(tmp_path / "gone" / "x.zpb"))
    assert dialog.reason.text() == "没有这个文件夹，请点“更改”另选。"
    retype(dialog.file, "x.zpb")
    assert dialog.reason.text() == "请选择保存的位置。"
    (tmp_path / "x.zpb").touch()
    retype(dialog.file, str(tmp_path / "x"))
    assert dialog.reason.text() == "已有同名的文件，请换一个文件名。"
    assert dialog.yes.toolTip() == dialog.reason.text()


def test_2_a_unit_of_blanks_is_none(dialog, qtbot):
    write(dialog.unit, " 　")
    assert dialog.reason.text() == "请填单位名称。"


def test_2_enter_does_nothing_before_the_answers_are_there(dialog, qtbot, tmp_path):
    qtbot.keyClick(dialog.unit, Qt.Key.Key_Return)
    dialog.accept()
    assert dialog.isVisible()
    assert list(tmp_path.iterdir()) == []


# --- 3


def test_3_the_keyboard_alone_makes_a_document(dialog, qtbot, tmp_path):
    qtbot.keyClick(dialog.set_box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.set_box, Qt.Key.Key_Down)
    write(dialog.unit, " 示例单位 ")
    qtbot.keyClick(dialog.unit, Qt.Key.Key_Return)
    assert dialog.result() == NewDialog.DialogCode.Accepted
    answers = store.open_document(tmp_path / "2025-示例单位.zpb").answers
    assert dialog.path == tmp_path / "2025-示例单位.zpb"
    assert (answers.unit, answers.year, list(answers.forms)) == ("示例单位", "2025", ["d"])
    assert answers.forms["d"].definition == "wuhan-department-2022"
    assert dialog.form_set.name == "武汉市 2022"


def test_3_cancelling_writes_nothing(dialog, qtbot, tmp_path):
    write(dialog.unit, "示例单位")
    qtbot.mouseClick(dialog.no, Qt.MouseButton.LeftButton)
    assert dialog.result() == NewDialog.DialogCode.Rejected
    assert list(tmp_path.iterdir()) == []


def test_3_what_the_system_refuses_stands_in_the_dialog(dialog, qtbot, monkeypatch, tmp_path):
    def refuse(path, answers):
        raise UserError("无法建立“2025-示例.zpb”：磁盘空间不足。", "请清理磁盘，或换一个位置。")

    with monkeypatch.context() as full_disk:
        full_disk.setattr(store, "create", refuse)
        write(dialog.unit, "示例")
        qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert dialog.reason.text() == "无法建立“2025-示例.zpb”：磁盘空间不足。请清理磁盘，或换一个位置。"
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    assert (tmp_path / "2025-示例.zpb").exists()


def test_3_no_file_is_ever_replaced(dialog, qtbot, tmp_path):
    write(dialog.unit, "示例")
    dialog.path.write_text("meanwhile")
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.path.read_text() == "meanwhile"


# --- 4


def test_4_a_project_is_named_in_one_line(qtbot):
    dialog = ProjectNameDialog("添加项目", "添加")
    qtbot.addWidget(dialog)
    dialog.show()
    assert (dialog.yes.isEnabled(), dialog.reason.text()) == (False, "请填项目名称。")
    write(dialog.edit, " 教育信息化运维 ")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert (dialog.result(), dialog.name) == (1, "教育信息化运维")


def test_4_typing_replaces_the_name_there_is(qtbot):
    dialog = ProjectNameDialog("项目改名", "改名", "旧名")
    qtbot.addWidget(dialog)
    dialog.show()
    write(dialog.edit, "新名")
    assert dialog.name == "新名"


# --- 5


def answered(action, act):
    """Run what opens a box, and do something with the box when it is there."""
    seen = []

    def look():
        box = QApplication.activeModalWidget()
        seen.append((box, [button.text() for button in box.findChildren(QPushButton)]))
        act(box)

    QTimer.singleShot(50, look)
    return action(), seen[0]


def press(text):
    return lambda box: next(b for b in box.findChildren(QPushButton) if b.text() == text).click()


def test_5_a_message_says_what_and_what_to_do(qtbot):
    _, (box, buttons) = answered(lambda: ask.tell(None, "<b>坏了</b>", "请重试。"), press("知道了"))
    assert (box.text(), box.informativeText()) == ("<b>坏了</b>", "请重试。")
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert buttons == ["知道了"]


def test_5_what_is_no_problem_is_told_without_a_warning(qtbot):
    _, (box, buttons) = answered(lambda: ask.inform(None, "更新说明", "第一版"), press("知道了"))
    assert (box.text(), box.informativeText(), buttons) == ("更新说明", "第一版", ["知道了"])


def test_5_an_expected_error_is_told(qtbot):
    error = UserError("打不开。", "请重试。")
    _, (box, _) = answered(lambda: ask.tell_error(None, error), press("知道了"))
    assert (box.text(), box.informativeText()) == ("打不开。", "请重试。")


@pytest.mark.parametrize(
    ("act", "agreed"),
    [
        (press("不保存，退出"), True),
        (press("返回"), False),
        (QMessageBox.close, False),
        (lambda box: box.defaultButton().click(), False),
    ],
)
def test_5_a_question_has_two_answers_and_a_safe_one(qtbot, act, agreed):
    found, (_, buttons) = answered(lambda: ask.confirm(None, "未能保存。", "不保存，退出", "返回"), act)
    assert found is agreed
    assert sorted(buttons) == ["不保存，退出", "返回"]


@pytest.fixture
def file_dialogs(monkeypatch):
    """File dialogs that are looked at and answered, but not shown."""
    shown = []

    def run(dialog):
        shown.append(dialog)
        return len(shown) == 1

    monkeypatch.setattr(QFileDialog, "exec", run)
    return shown


def test_5_a_new_name_gets_its_suffix_and_asks_nothing(qtbot, file_dialogs, tmp_path):
    assert ask.new_file_name(None, tmp_path / "2025-示例") == tmp_path / "2025-示例.zpb"
    assert file_dialogs[0].testOption(QFileDialog.Option.DontConfirmOverwrite)
    assert ask.new_file_name(None, tmp_path / "2025-示例") is None


def test_5_a_copy_asks_before_it_replaces(qtbot, file_dialogs, tmp_path):
    assert ask.save_copy_name(None, tmp_path / "副本.zpb") == tmp_path / "副本.zpb"
    assert not file_dialogs[0].testOption(QFileDialog.Option.DontConfirmOverwrite)


@pytest.mark.parametrize(
    ("choose", "title"),
    [
        (ask.open_file_name, "打开自评簿"),
        (lambda parent, folder: ask.import_file_names(parent, folder, [".xlsx", ".json"]), "导入"),
        (lambda parent, folder: ask.folder_name(parent, folder, "选择文件夹"), "选择文件夹"),
    ],
)
def test_5_other_dialogs_begin_in_the_folder(qtbot, file_dialogs, tmp_path, choose, title):
    choose(None, tmp_path)
    assert Path(file_dialogs[0].directory().absolutePath()) == tmp_path
    assert file_dialogs[0].windowTitle() == title
    assert not choose(None, tmp_path)
