"""填入财政局原表: one blank is shown first; several are filled beside, and what has no place is said."""

from pathlib import Path

import pytest

import main
from gui.base import ask
from gui.commands.fill_commands import FillCommands
from gui.workshop.choose_blank import ChooseBlank
from gui.workshop.fill_dialog import FillDialog
from model.document import store
from model.document.answers import Answers
from model.document.carrying import carrying
from tests.bureaus import UNIT, bureau, made_document
from tests.desk import open_window

FILES = Path(__file__).parents[2] / "data" / "intake" / "files"
BLANK = FILES / "D09_财政局空白表.xlsx"


@pytest.fixture
def said(monkeypatch):
    heard = []
    monkeypatch.setattr(ask, "tell", lambda _, message, hint="": heard.append((message, hint)))
    monkeypatch.setattr(ask, "inform", lambda _, message, hint="": heard.append((message, hint)))
    return heard


@pytest.fixture
def filling(start, monkeypatch, tmp_path):
    """The program on its example, where the clerk chooses these blanks and a folder for them."""
    window = start()
    window.bench.doors = window.bench.doors._replace(ways_in=main.ways_in())

    def fill(*blanks):
        monkeypatch.setattr(ask, "import_file_names", lambda *_: blanks)
        monkeypatch.setattr(ask, "folder_name", lambda *_: tmp_path / "出")
        window.menus.action(FillCommands.fill_blanks).trigger()
        return sorted((tmp_path / "出").glob("*"))

    return fill


def test_one_blank_is_shown_before_it_is_written(filling, said, monkeypatch):
    shown = []
    monkeypatch.setattr(FillDialog, "exec", lambda dialog: shown.append(dialog.trial.plan.written))
    assert filling(BLANK) == []
    assert said == []
    assert shown[0] > 10


def test_blanks_are_filled_beside_the_original(filling, said, tmp_path):
    before = BLANK.read_bytes()
    other = tmp_path / "D09_财政局空白表2.xlsx"
    other.write_bytes(before)
    made = filling(BLANK, other)
    assert made
    assert all(path.name.startswith("D09_财政局空白表") for path in made)
    assert BLANK.read_bytes() == before
    [(message, details)] = said
    assert message.startswith(f"已填好 {len(made)} 个文件")
    assert "与原文件逐字节相同" in details


def test_a_file_that_is_no_form_says_so_and_nothing_is_written(filling, said):
    assert filling(FILES / "D13_一体化执行情况.xlsx", FILES / "D12_部门决算公开表.xlsx") == []
    assert said[0][0] == "没有填写。"
    assert "D13" in said[0][1]


# --- an old workbook, behind a question

OLD = FILES / "D14_财政局空白表.xls"


@pytest.fixture
def questions(monkeypatch):
    """What is asked, and the answer that the clerk gives."""
    asked, answer = [], [True]

    def confirm(_, question, yes, no="取消", hint=""):
        asked.append((question, hint))
        return answer[0]

    monkeypatch.setattr(ask, "confirm", confirm)
    return asked, answer


@pytest.mark.parametrize("is_agreed", [True, False])
def test_an_old_workbook_is_shown_after_a_question(filling, said, monkeypatch, questions, is_agreed):
    asked, answer = questions
    answer[0] = is_agreed
    shown = []
    monkeypatch.setattr(FillDialog, "exec", lambda dialog: shown.append(dialog.trial.plan.written))
    assert filling(OLD) == []
    assert len(shown) == is_agreed
    [(question, hint)] = asked
    assert "旧格式" in question
    assert "另存为 xlsx" in hint
    assert "打开核对" in hint
    assert said == []


@pytest.mark.parametrize("is_agreed", [True, False])
def test_of_several_blanks_the_old_ones_are_asked_about_once(filling, said, questions, tmp_path, is_agreed):
    asked, answer = questions
    answer[0] = is_agreed
    other = tmp_path / "另一张.et"
    other.write_bytes(OLD.read_bytes())
    before = OLD.read_bytes()
    made = filling(BLANK, OLD, other)
    assert [question for question, _ in asked] == ["选中的表里有 2 张是旧格式（.xls、.et），也直接填写吗？"]
    assert {path.suffix for path in made} == ({".xlsx", ".xls", ".et"} if is_agreed else {".xlsx"})
    assert OLD.read_bytes() == before


def test_new_workbooks_are_not_asked_about(filling, said, questions, tmp_path):
    other = tmp_path / "D09_财政局空白表2.xlsx"
    other.write_bytes(BLANK.read_bytes())
    assert filling(BLANK, other)
    assert questions[0] == []


# --- a blank that a form of the document keeps


@pytest.fixture
def kept(qtbot, tmp_path, monkeypatch):
    """The program on a document in a form of a bureau, whose clerk presses a button of the question."""
    made = bureau(BLANK.name)
    path = tmp_path / "区.zpb"
    answers = made_document(made.form).with_text("project_name", "示例项目")
    store.create(path, carrying(made.library, Answers({"p1": answers}, UNIT, "2025")))
    monkeypatch.setattr("gui.base.settings.config_folder", lambda program=None: tmp_path / "config")
    window = open_window(qtbot, path)
    window.bench.doors = window.bench.doors._replace(ways_in=main.ways_in())
    shown, asked = [], []
    monkeypatch.setattr(FillDialog, "exec", lambda dialog: shown.append(Path(dialog.target.text())))
    monkeypatch.setattr(ask, "import_file_names", lambda *_: asked.append(True) or ())

    def press(button):
        monkeypatch.setattr(
            ChooseBlank, "exec", lambda dialog: getattr(dialog, button).click() or dialog.result()
        )
        window.menus.action(FillCommands.fill_blanks).trigger()
        return shown, asked

    return press


def test_the_blank_of_the_form_is_offered_and_goes_beside_the_document(kept, tmp_path, said):
    shown, asked = kept("fill")
    assert shown == [tmp_path / "D09_财政局空白表（已填）.xlsx"] or "草稿" in shown[0].name
    assert shown[0].parent == tmp_path
    assert (asked, said) == ([], [])


def test_another_file_may_be_chosen_or_none(kept):
    assert kept("other") == ([], [True])


def test_nothing_is_asked_after_cancel(kept):
    assert kept("cancel") == ([], [])
