"""填入财政局原表: one blank is shown first; several are filled beside, and what has no place is said."""

from pathlib import Path

import pytest

import main
from gui.base import ask
from gui.commands.fill_commands import FillCommands
from gui.workshop.fill_dialog import FillDialog

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
