"""File names that Windows takes, and writing that leaves a whole file or the old one."""

import errno
import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.files import write_beside
from model.basics.errors import UserError
from model.basics.file_names import safe_name

# ---- names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2022年度硚口区整体绩效自评表", "2022年度硚口区整体绩效自评表"),
        ('a<b>c:d"e/f\\g|h?i*j', "a＜b＞c：d＂e／f＼g｜h？i＊j"),
        ("CON", "_CON"),
        ("con.v2", "_con.v2"),
        ("COM1", "_COM1"),
        ("lpt³", "_lpt³"),
        ("NUL ", "_NUL"),
        ("CONTO", "CONTO"),
        ("表...", "表"),
        ("  表 . ", "表"),
        ("第一行\n第二行\t三", "第一行 第二行 三"),
        ("看\u200b不\u202e见\x07的", "看不见的"),
        ("", "未命名"),
        (" . ", "未命名"),
        ("表" * 100, "表" * 60),
        ("a" + "表" * 100, "a" + "表" * 59),
        ("𬭊" * 100, "𬭊" * 45),
    ],
)
def test_names_look_the_same_and_are_allowed(text, name):
    assert safe_name(text) == name


@given(st.text(max_size=300))
def test_any_text_gives_a_name_that_can_be_written(text):
    name = safe_name(text)
    assert name == safe_name(name)
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")
    assert 1 <= len(f"{name}.xlsx".encode()) <= 200


# ---- writing


def write_new(path: Path) -> None:
    path.write_text("new", encoding="utf-8")


def message_of(path: Path, write=write_new) -> str:
    """Return what the user is told when writing fails; nothing is left behind."""
    before = sorted(path.parent.iterdir()) if path.parent.is_dir() else []
    with pytest.raises(UserError) as raised:
        write_beside(path, write)
    assert (sorted(path.parent.iterdir()) if path.parent.is_dir() else []) == before
    assert path.name in raised.value.message
    assert raised.value.hint
    return raised.value.message


def failing(error: OSError):
    def write(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise error

    return write


class Busy(PermissionError):
    """What Windows says while a virus scanner or Excel holds the file."""

    winerror = 32


def test_a_new_file_appears_whole(tmp_path):
    write_beside(tmp_path / "表.xlsx", write_new)
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]
    assert (tmp_path / "表.xlsx").read_text(encoding="utf-8") == "new"


def test_an_old_file_is_replaced(tmp_path):
    (tmp_path / "a").write_text("old", encoding="utf-8")
    write_beside(tmp_path / "a", write_new)
    assert (tmp_path / "a").read_text(encoding="utf-8") == "new"


def test_a_missing_folder_is_made(tmp_path):
    write_beside(tmp_path / "一" / "二" / "a", write_new)
    assert (tmp_path / "一" / "二" / "a").exists()


def test_an_old_file_stays_when_writing_fails(tmp_path):
    (tmp_path / "a").write_text("old", encoding="utf-8")
    assert "磁盘空间不足" in message_of(tmp_path / "a", failing(OSError(errno.ENOSPC, "no space")))
    assert (tmp_path / "a").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘空间不足"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "磁盘空间不足"),
        (OSError(errno.EROFS, "Read-only file system"), "磁盘是只读的"),
        (PermissionError(errno.EACCES, "Permission denied"), "不允许写入"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "太长"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
    ],
)
def test_the_user_is_told_why(error, reason, tmp_path):
    assert reason in message_of(tmp_path / "a.pdf", failing(error))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder(tmp_path):
    tmp_path.chmod(0o555)
    assert "不允许写入" in message_of(tmp_path / "a.pdf")


def test_a_name_longer_than_the_file_system_takes(tmp_path):
    assert "太长" in message_of(tmp_path / ("表" * 300))


def test_a_folder_of_that_name(tmp_path):
    (tmp_path / "a.pdf").mkdir()
    assert "同名的文件夹" in message_of(tmp_path / "a.pdf")


def test_a_file_where_a_folder_should_be(tmp_path):
    (tmp_path / "a").write_text("", encoding="utf-8")
    assert "无法建立文件夹" in message_of(tmp_path / "a" / "b.pdf")


def test_a_bug_is_passed_on_and_leaves_nothing(tmp_path):
    def write(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_beside(tmp_path / "a", write)
    assert list(tmp_path.iterdir()) == []


def test_a_file_held_for_a_moment_is_written_all_the_same(tmp_path, monkeypatch):
    calls = []

    def replace(source: Path, target: Path, really=os.replace) -> None:
        calls.append(target)
        if len(calls) < 3:
            raise Busy(errno.EACCES, "busy")
        really(source, target)

    monkeypatch.setattr(os, "replace", replace)
    write_beside(tmp_path / "a", write_new)
    assert (tmp_path / "a").exists()


def test_a_file_open_elsewhere_is_given_up_after_a_while(tmp_path, monkeypatch):
    def replace(_source: Path, _target: Path) -> None:
        raise Busy(errno.EACCES, "busy")

    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr("model.basics.files._PATIENCE_S", 0.2)
    start = time.monotonic()
    assert "正被其他程序" in message_of(tmp_path / "a")
    assert 0.2 <= time.monotonic() - start < 1


def test_a_file_that_may_not_be_replaced_is_given_up_at_once_elsewhere(tmp_path, monkeypatch):
    def replace(_source: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(os, "replace", replace)
    assert "正被其他程序" in message_of(tmp_path / "a")
