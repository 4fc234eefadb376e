"""在本机打开: only on a click, only what is looked at, a read-only copy that goes with the program."""

import os
import tempfile
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest

from gui.handin import opening_here
from gui.handin.evidence_view import RUNS, EvidenceDialog
from gui.handin.opening_here import ABOUT, NO_PROGRAM, ONLY_SAVED, may_be_opened, open_here
from model.basics.errors import UserError
from model.handin.numbered import own_name
from model.reading.evidence import Evidence
from tests.evidence_desk import drop, evidence, panel


@pytest.fixture(autouse=True)
def opened(monkeypatch, tmp_path):
    """The paths that were given to the system, in temporary folders of this test."""
    found = []
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(opening_here, "_folders", [])
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: found.append(Path(url.toLocalFile())) or True)
    )
    return found


@pytest.mark.parametrize(
    "name", ["批复.pdf", "照片.JPG", "测速.xlsx", "合同.wps", "说明.txt", "录像.mp4", "版式.ofd", "a.b.docx"]
)
def test_what_is_looked_at_may_be_opened(name):
    assert may_be_opened(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "安装.exe",
            "脚本.bat",
            "a.cmd",
            "a.ps1",
            "a.vbs",
            "a.js",
            "a.lnk",
            "a.scr",
            "a.com",
            "a.msi",
            "a.jar",
        ),
        *(
            "宏.xlsm",
            "宏.docm",
            "a.xlsb",
            "网页.html",
            "a.hta",
            "a.svg",
            "a.zip",
            "a.rar",
            "没有后缀",
            ".pdf",
        ),
        *(
            "批复.pdf.exe",
            "批复.pdf .exe",
            "批复.exe.",
            "批复\u202efdp.exe",
            "a.url",
            "a.py",
            "a.sh",
            "a.iso",
        ),
    ],
)
def test_what_may_run_is_never_opened(name, opened):
    assert not may_be_opened(name)
    with pytest.raises(UserError, match=ONLY_SAVED[:4]):
        open_here(name, lambda: b"x")
    assert opened == []


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("批复.PDF", "批复.pdf"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("长" * 200 + ".pdf", "长" * 60 + ".pdf"),
        ("con.pdf", "_con.pdf"),
        ("批复\u202efdp.exe", "批复fdp.exe"),
        ("", "未命名"),
    ],
)
def test_a_file_has_a_name_that_leads_nowhere_else(file, name):
    found = own_name(Evidence("e1", "", file, "x", 1, "", ()))
    assert found == name
    assert "/" not in found
    assert "\\" not in found


def test_nothing_is_opened_before_the_click_and_then_a_read_only_copy(window, files, opened):
    drop(panel(window), sorted(files.iterdir()))
    face = panel(window).face
    for row, one in enumerate(evidence(window)):
        panel(window).table.selectRow(row)
        assert opened == []
        face.open_file()
        [path] = opened
        assert path.read_bytes() == (files / one.file).read_bytes()
        assert not path.stat().st_mode & 0o222
        assert path.name == one.file
        opened.clear()
    opening_here.clear()
    assert not path.exists()


def test_the_pane_says_what_that_means_and_how_the_hand_in_calls_it(window, files, tmp_path):
    (files / "安装.exe").write_bytes(b"MZ")
    drop(panel(window), [files / "批复.pdf", files / "安装.exe"])
    face, table = panel(window).face, panel(window).table
    table.selectRow(0)
    assert face.said.text() == ABOUT
    assert not face.open_button.isHidden()
    assert face.facts[-1].text() == "01_批复.pdf"
    table.selectRow(1)
    assert face.said.text() == ONLY_SAVED
    assert face.open_button.isHidden()
    assert face.facts[-1].text() == "02_安装.exe"


def test_where_no_program_takes_it_one_sentence_says_so(window, files, monkeypatch):
    drop(panel(window), [files / "批复.pdf"])
    panel(window).table.selectRow(0)
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: False))
    panel(window).face.open_file()
    assert NO_PROGRAM[0] in panel(window).face.said.text()


def test_the_dialog_opens_it_as_well(qtbot, opened):
    dialog = EvidenceDialog(Evidence("e1", "测速", "测速.xlsx", "x", 1, "", ()), b"table")
    qtbot.addWidget(dialog)
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert [path.name for path in opened] == ["测速.xlsx"]
    runs = EvidenceDialog(Evidence("e2", "安装", "安装.exe", "x", 1, "", ()), b"MZ")
    qtbot.addWidget(runs)
    assert runs.open_button.isHidden()
    assert runs.shown.text() == RUNS


def test_copies_of_a_program_that_crashed_go_when_they_are_a_day_old(tmp_path, opened):
    old, new = tmp_path / f"{opening_here.PREFIX}old", tmp_path / f"{opening_here.PREFIX}new"
    for folder in (old, new):
        folder.mkdir()
        (folder / "批复.pdf").write_bytes(b"x")
        (folder / "批复.pdf").chmod(0o400)
    yesterday = time.time() - 25 * 3600
    os.utime(old, (yesterday, yesterday))
    open_here("批复.pdf", lambda: b"%PDF")
    assert not old.exists()
    assert new.exists()


def test_a_full_disk_is_one_sentence_and_nothing_is_opened(opened, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UserError, match="批复"):
        open_here("批复.pdf", lambda: b"%PDF")
    assert opened == []
