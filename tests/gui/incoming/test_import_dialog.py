"""导入: other programs' files are looked over beside their source, and taken into a new or the open document.

1. what files hold is offered, form by form; what is hidden, blank or no form is not taken by itself
2. the source and the reading point at each other; F8 goes through what is to be checked
3. what the file does not say is asked, and nothing is taken before
4. taken: a new document with the sources of its texts, or more projects in the open one, one step of undo
5. files dropped on the window; files that cannot be read
"""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import main
from gui.base import ask
from gui.commands.import_commands import examine_files
from gui.incoming.import_dialog import ImportDialog
from gui.incoming.use_bar import INTO_OPEN
from model.forms.loader import shipped

FILES = Path(__file__).parents[2] / "data" / "intake" / "files"
MANY = FILES / "D02_岳阳项目多表.xlsx"
BAD = FILES.parent / "bad"


def read(*paths):
    return examine_files(main.ways_in(), paths, shipped(), lambda *_: None, lambda: False)


@pytest.fixture
def dialog_on(qtbot):
    def made(*paths, answers=None):
        dialog = ImportDialog(read(*paths), shipped(), answers)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return made


def names(dialog, *, taken):
    return [offer.name for offer in dialog.offers() if offer.is_taken == taken]


def test_1_the_forms_of_a_workbook_are_offered_and_the_hidden_one_is_not_taken(dialog_on):
    dialog = dialog_on(MANY)
    assert names(dialog, taken=True) == [
        *("高三复习迎考", "基础课程改革"),
        "教育规划与发展专项经费（青少年科技活动）",
    ]
    assert names(dialog, taken=False) == ["高三复习迎考"]
    assert dialog.take.text() == "采用 3 张表"


def test_1_a_tick_taken_away_takes_the_form_out(dialog_on):
    dialog = dialog_on(MANY)
    dialog.tree.topLevelItem(0).child(0).setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.take.text() == "采用 2 张表"


def test_1_a_list_of_projects_is_said_to_be_one(dialog_on):
    dialog = dialog_on(FILES / "D13_一体化执行情况.xlsx")
    [offer] = dialog.offers()
    assert not offer.can_be_taken
    assert "不是自评表" in offer.kind(shipped())
    assert not dialog.take.isEnabled()


def test_2_a_line_shows_its_place_and_a_place_its_line(dialog_on):
    dialog = dialog_on(MANY)
    row = next(n for n, line in enumerate(dialog.lines.lines) if line.value == "岳阳市教育体育局")
    dialog.lines.go_to(row)
    cell = dialog.source.currentIndex()
    assert cell.data() == "岳阳市教育体育局"
    other = dialog.source.model().index(1, 2)
    assert other.data() == "高三复习迎考"
    QTest.mouseClick(
        dialog.source.viewport(), Qt.MouseButton.LeftButton, pos=dialog.source.visualRect(other).center()
    )
    assert dialog.lines.lines[dialog.lines.currentIndex().row()].value == "高三复习迎考"


def test_2_f8_goes_through_what_is_to_be_checked(dialog_on, qtbot):
    dialog = dialog_on(FILES / "D03_教育信息化.pdf")
    to_check = [n for n, line in enumerate(dialog.lines.lines) if line.sign in "!✕"]
    assert to_check
    dialog.lines.go_to(to_check[0])
    dialog.next.click()
    assert dialog.lines.currentIndex().row() == to_check[1]


def test_3_a_year_that_the_file_does_not_say_is_asked(dialog_on):
    dialog = dialog_on(FILES / "D12_部门决算公开表.xls")
    assert dialog.year.isVisible()
    assert not dialog.form.isVisible()
    assert not dialog.take.isEnabled()
    assert "哪一年" in dialog.why.text()
    dialog.year.setCurrentIndex(4)
    dialog.year.activated.emit(4)
    assert dialog.take.isEnabled()
    assert not dialog.why.text()
    assert [offer.what.data.data["year"] for offer in dialog.offers()] == [dialog.year.itemData(4)]


@pytest.fixture(autouse=True)
def said(monkeypatch):
    """What the program says, instead of a box that waits for a click."""
    heard = []
    monkeypatch.setattr(ask, "tell", lambda _, message, hint="": heard.append(f"{message}{hint}"))
    return heard


@pytest.fixture
def opened(start):
    """The program on its example, with the readers that main.py hands it."""
    window = start()
    window.bench.doors = window.bench.doors._replace(ways_in=main.ways_in())
    return window


def answer(monkeypatch, act):
    """What the clerk does in the dialog."""

    def exec_(self):
        while not self.is_read:
            QTest.qWait(20)
        act(self)
        return self.result()

    monkeypatch.setattr(ImportDialog, "exec", exec_)


def test_4_a_new_document_knows_where_its_texts_come_from(opened, said, monkeypatch, tmp_path):
    window = opened
    answer(monkeypatch, lambda dialog: dialog.take.click())
    monkeypatch.setattr(ask, "new_file_name", lambda *_: tmp_path / "导入.zpb")
    window.commands.imports.import_paths([MANY])
    assert said == []
    answers = window.session.answers
    assert [answers.forms[key].text("project_name") for key in answers.projects][:2] == [
        "高三复习迎考",
        "基础课程改革",
    ]
    assert answers.forms[answers.projects[0]].sources["project_name"].startswith(f"{MANY.name} › ")


def test_4_into_the_open_document_is_one_step_and_another_year_is_said(opened, said, monkeypatch, tmp_path):
    window = opened

    def take(dialog):
        dialog.target.setCurrentText(INTO_OPEN)
        dialog.take.click()

    answer(monkeypatch, take)
    before = window.session.answers
    refused = []

    def look_only(dialog):
        take(dialog)
        refused.append((dialog.take.isEnabled(), dialog.take.text(), dialog.why.text()))
        dialog.reject()

    answer(monkeypatch, look_only)
    window.commands.imports.import_paths([MANY])
    assert window.session.answers == before
    assert refused == [(False, "采用", "是 2023 年度的表，这个自评簿是 2025 年度的，不能放入。")]
    answer(monkeypatch, take)
    monkeypatch.setattr(ask, "new_file_name", lambda *_: tmp_path / "导入.zpb")
    answer(monkeypatch, lambda dialog: dialog.take.click())
    window.commands.imports.import_paths([MANY])
    answer(monkeypatch, take)
    before = window.session.answers
    window.commands.imports.import_paths([FILES / "D03_教育信息化.docx"])
    added = window.session.answers.projects[len(before.projects) :]
    assert [window.session.answers.forms[key].text("project_name") for key in added] == ["教育信息化"]
    window.session.undo()
    assert window.session.answers.projects == before.projects


def test_4_nothing_is_taken_when_she_changes_her_mind(opened, monkeypatch):
    window = opened
    before = window.session.answers
    answer(monkeypatch, lambda dialog: dialog.cancel.click())
    window.commands.imports.import_paths([MANY])
    assert window.session.answers == before


def test_5_files_dropped_on_the_window_are_looked_over(opened, monkeypatch, qtbot):
    window = opened
    shown = []
    answer(monkeypatch, lambda dialog: (shown.extend(dialog.offers()), dialog.cancel.click()))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(MANY))])
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), action, data, button, no_key)
    assert QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    assert not shown
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), action, data, button, no_key))
    qtbot.waitUntil(lambda: bool(shown), timeout=30_000)
    assert len(shown) == 4


def test_5_a_file_that_can_t_be_read_says_what_to_do(dialog_on):
    dialog = dialog_on(BAD / "password.xlsx", MANY)
    assert dialog.tree.topLevelItem(0).childCount() == 1
    assert "去掉密码" in dialog.tree.topLevelItem(0).child(0).toolTip(0)
    assert dialog.take.text() == "采用 3 张表"


def test_2_lines_of_final_accounts_are_called_as_their_tables_do_and_what_is_compared_is_told(dialog_on):
    dialog = dialog_on(FILES / "D12_部门决算公开表.xls")
    found = {line.part: line for line in dialog.lines.lines}
    assert found["表1 58行 本年支出合计"].value == "187.89"
    assert found["表1 58行 本年支出合计"].reason == "与程序算出的数比对，不读入。"
    assert found["表2 205 教育支出 · 本年收入合计"].value == "164.90"
    assert "比对 108 格" in dialog.summary.text()


def test_2_a_place_in_another_table_of_the_file_is_shown_there(dialog_on):
    dialog = dialog_on(FILES / "D03_教育信息化.pdf")
    pages = [n for n, line in enumerate(dialog.lines.lines) if line.place and line.place.column]
    first, last = pages[0], pages[-1]
    for row in (last, first):
        line = dialog.lines.lines[row]
        dialog.lines.go_to(row)
        assert dialog.source.part == line.place.part
        assert line.value in dialog.source.currentIndex().data().replace("\n", "")
    assert dialog.lines.lines[first].place.part != dialog.lines.lines[last].place.part


def drawn_book(path, text):
    """A workbook of lines of text, a cell behind each stroke."""
    book = openpyxl.Workbook()
    for line in text.strip().splitlines():
        book.active.append(line.split("|"))
    book.save(path)
    return path


UNSAID = """
2023年度项目支出绩效自评表
项目名称|甲
实施单位|某中心
资金来源|年初预算数|全年预算数|全年执行数|执行率|得分
资金总额|{0}|{0}|{1}|95%|9.5
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分
产出指标|数量指标|人数|5人|6人|90|90
"""


def test_3_a_unit_that_nothing_says_is_asked_with_a_guess_by_the_size_of_the_amounts(dialog_on, tmp_path):
    dialog = dialog_on(drawn_book(tmp_path / "表.xlsx", UNSAID.format("350000", "332500")))
    assert (dialog.unit.isVisible(), dialog.unit.currentText()) == (True, "元")

    def budget():
        return next((line.sign, line.value) for line in dialog.lines.lines if "全年预算数" in line.part)

    assert budget() == ("!", "35")
    dialog.unit.setCurrentText("万元")
    dialog.unit.activated.emit(0)
    assert budget() == ("✓", "350000")
    assert dialog.take.isEnabled()


def test_3_a_unit_that_is_only_guessed_leaves_its_amounts_to_be_looked_at(dialog_on, tmp_path):
    dialog = dialog_on(drawn_book(tmp_path / "表.xlsx", UNSAID.format("35", "33.25")))
    assert dialog.unit.currentText() == "万元"
    assert next(line.sign for line in dialog.lines.lines if "全年预算数" in line.part) == "!"


def test_3_a_unit_that_the_form_says_is_not_asked(dialog_on):
    assert not dialog_on(MANY).unit.isVisible()
