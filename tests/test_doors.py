"""Which of the two doors main.py takes: a command, the window, or a word that is neither."""

import pytest

import main


@pytest.fixture
def opened(monkeypatch):
    """What the window would have been opened with."""
    calls = []
    monkeypatch.setattr(main, "_open_window", lambda given: calls.append(given) or 0)
    return calls


@pytest.mark.parametrize("word", ["chekc", "exprot", "检查", "FORMS", "help"])
def test_an_unknown_command_names_the_commands(opened, capsys, word):
    assert main.main([word, "a.zpb"]) == 2
    said = capsys.readouterr()
    assert f"没有“{word}”这个命令。可用的命令：forms、check、export、import、" in said.err
    assert said.out == ""
    assert opened == []


@pytest.mark.parametrize("given", [[], ["--example"], ["某单位.zpb"], ["文件夹/某单位"], ["C:\\data\\a.zpb"]])
def test_a_file_or_nothing_opens_the_window(opened, given):
    assert main.main(given) == 0
    assert opened == [given]


def test_a_file_without_an_ending_opens_the_window_where_it_is_there(opened, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main.main(["某单位"]) == 2
    (tmp_path / "某单位").touch()
    assert main.main(["某单位"]) == 0
    assert opened == [["某单位"]]


def test_a_program_without_a_console_opens_its_window(opened, monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    assert main.main(["chekc"]) == 0
