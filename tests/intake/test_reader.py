"""Files are read in a child: it may die, hang, grow or lie, the program goes on and says so."""

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

import intake
from intake import reader as reader_module
from intake.child import BUG, RESULT, ReadingFailed, answer
from intake.files import files_in
from intake.reader import Reader
from model.recognition.incoming import Mark
from tests.intake.grids import BAD, FILES

BOOK = FILES / "D13_一体化执行情况.xlsx"


class Doing:
    """What a child does instead of reading when it unpacks this."""

    def __init__(self, action, *arguments):
        self.what = (action, arguments)

    def __reduce__(self):
        return self.what


@pytest.fixture
def reader():
    made = Reader()
    yield made
    made.close()


def harm(monkeypatch, action, *arguments):
    content = pickle.dumps(Doing(action, *arguments))
    monkeypatch.setattr(reader_module, "question", lambda *_: content)


def reads_again(reader, monkeypatch) -> bool:
    monkeypatch.undo()
    return len(reader.read(BOOK).sheets) == 1


def test_a_file_is_read(reader):
    assert [sheet.name for sheet in reader.read(BOOK).sheets] == ["预算执行情况查询"]


def test_a_child_that_dies_costs_its_file_only(reader, monkeypatch):
    reader.read(BOOK)
    harm(monkeypatch, os._exit, 3)
    assert "读不了" in reader.read(BOOK).refused
    assert reads_again(reader, monkeypatch)


def test_a_child_that_takes_too_long_is_ended(reader, monkeypatch):
    reader.read(BOOK)
    harm(monkeypatch, time.sleep, 60)
    monkeypatch.setattr(reader_module, "MOST_SECONDS", 0.2)
    assert "已经停下" in reader.read(BOOK).refused
    assert reads_again(reader, monkeypatch)


def test_a_child_that_takes_too_much_memory_is_ended(reader, monkeypatch):
    harm(monkeypatch, bytearray, 700_000_000)
    assert "读不了" in reader.read(BOOK).refused
    assert reads_again(reader, monkeypatch)


def test_a_child_that_does_not_start_is_said(reader, monkeypatch):
    def refuse(*_):
        raise OSError("no")

    monkeypatch.setattr(reader_module, "_Child", refuse)
    assert "没有让读取程序启动" in reader.read(BOOK).refused
    assert reads_again(reader, monkeypatch)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_a_child_cannot_write_a_file(reader, monkeypatch, tmp_path):
    harm(monkeypatch, Path.write_text, tmp_path / "written", "x")
    reader.read(BOOK)
    assert not (tmp_path / "written").exists() or (tmp_path / "written").stat().st_size == 0


def test_reading_stops_when_told_to(reader, monkeypatch):
    harm(monkeypatch, time.sleep, 60)
    assert reader.read(BOOK, lambda: True) is None
    assert reads_again(reader, monkeypatch)


def test_a_child_that_answers_with_anything_else_is_not_believed():
    with pytest.raises(pickle.UnpicklingError):
        answer(RESULT + pickle.dumps(Doing(os.getpid)))
    with pytest.raises(pickle.UnpicklingError):
        answer(RESULT + pickle.dumps(("no", "reading")))


def test_a_mistake_of_ours_is_said_to_be_one():
    with pytest.raises(ReadingFailed, match="ValueError"):
        answer(BUG + b"Traceback ... ValueError: oh")


def test_many_files_come_in_their_order():
    paths = files_in([FILES, BAD])
    found = list(intake.read_files(paths))
    assert [path for path, _ in found] == list(paths)
    assert [incoming.file for _, incoming in found] == [path.name for path in paths]


def test_many_files_stop_when_told_to():
    answers = iter([False] * 3)
    paths = files_in([FILES])
    assert len(list(intake.read_files(paths, lambda: next(answers, True)))) < len(paths)


def test_a_folder_is_its_files_that_can_be_read(tmp_path):
    for name in ("b.xlsx", "a.DOC", "~$b.xlsx", ".~b.xlsx", "c.txt", "inner/d.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    named = tmp_path / "c.txt"
    found = [path.relative_to(tmp_path).as_posix() for path in files_in([tmp_path, named])]
    assert found == ["a.DOC", "b.xlsx", "inner/d.pdf", "c.txt"]


def test_a_file_that_is_not_there_or_a_folder_or_too_large_is_said(tmp_path, reader):
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(30_000_001)
    assert "找不到这个文件" in reader.read(tmp_path / "none.xlsx").refused
    assert "文件夹" in reader.read(tmp_path).refused
    assert "超过 30 MB" in reader.read(large).refused


def test_importing_intake_loads_nothing_heavy():
    heavy = "{'lxml', 'xlrd', 'pypdfium2', 'multiprocessing'}"
    code = f"import sys, intake; print(sorted({heavy} & set(sys.modules)))"
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert run.stdout.strip() == "[]"


def test_marks_go_through_the_pipe_as_class_and_value_in_every_python():
    assert Mark.FORMULA.__reduce_ex__(5) == (Mark, ("formula",))
    assert pickle.loads(pickle.dumps(Mark.FORMULA)) is Mark.FORMULA
