"""检查文件夹…: forms come in worst first, findings beside them, what changed; stopping keeps what is read.

Real folders are audited by real children.
"""

import json
import shutil
import threading

import pytest
from docx import Document
from PySide6.QtCore import Qt

import main
import resources
from gui.audit import form_rows
from gui.audit.audit_window import PATTERN
from gui.base import ask
from gui.commands.audit_commands import AuditCommands
from gui.commands.import_commands import ImportCommands
from model.audit.audited import FileAudit, FormAudit, Remark
from tests.command import FAULTY, SOUND
from tests.desk import write


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "收齐" / "示例三中"
    inside.mkdir(parents=True)
    shutil.copy(SOUND, inside / "整体.json")
    shutil.copy(FAULTY, inside / "项目.json")
    (inside.parent / "坏的.xlsx").write_bytes(b"PK\x03\x04 broken")
    return inside.parent


@pytest.fixture
def look(start, monkeypatch, qtbot):
    """Choose a folder in the menu and wait until it has been looked at."""
    window = start()
    window.bench.doors = window.bench.doors._replace(audits=main.audits)

    def choose(folder, wait=True):
        monkeypatch.setattr(ask, "folder_name", lambda *_: folder)
        window.menus.action(AuditCommands.audit_folder).trigger()
        found = window.commands.audits.window
        if wait:
            qtbot.waitUntil(lambda: found.head.text().startswith("已检查"), timeout=20_000)
        return found

    return choose


def files(window):
    return [row.form.file for row in window.table.rows]


def texts(window):
    return [window.remarks.item(at).text() for at in range(window.remarks.count())]


def test_the_worst_form_is_first_and_marked_and_its_findings_stand_beside_it(look, folder):
    window = look(folder)
    assert files(window) == ["示例三中/项目.json", "示例三中/整体.json"]
    assert window.head.text() == "已检查 3 个文件。"
    assert window.table.row.form.file == "示例三中/项目.json"
    assert "原表总分 100" in "\n".join(texts(window))
    window.close()


def test_a_file_that_was_not_read_is_listed_with_the_reason(look, folder):
    window = look(folder)
    (item,) = [window.unread.topLevelItem(at) for at in range(window.unread.topLevelItemCount())]
    assert item.text(0) == "坏的.xlsx"
    assert item.text(1)
    window.looks.look_at(form_rows.UNREAD)
    assert window.table.isHidden()
    window.close()


def test_one_looks_at_a_part_and_finds_a_unit(look, folder, qtbot):
    window = look(folder)
    window.looks.look_at(form_rows.ERRORS)
    assert files(window) == ["示例三中/项目.json"]
    window.looks.look_at(form_rows.ALL)
    window.search.setFocus()
    write(window.search, "硚口")
    assert files(window) == ["示例三中/整体.json"]
    window.close()


def test_f8_goes_through_the_findings_and_on_to_the_next_form(look, folder, qtbot):
    window = look(folder)
    first = window.table.row
    for _ in range(len(first.form.remarks) + 1):
        window.next_problem()
    assert window.table.row != first
    window.close()


def test_a_second_look_says_what_is_mended(look, folder, qtbot):
    look(folder).close()
    path = folder / "示例三中" / "项目.json"
    data = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**data, "total": "110"}, ensure_ascii=False), "utf-8")
    window = look(folder)
    window.changes.look_at(form_rows.MENDED)
    assert files(window) == ["示例三中/项目.json"]
    assert "改好了　1 个问题" in [window.changes.item(at).text() for at in range(3)]
    assert any(text.startswith("已改好：原表总分 100") for text in texts(window))
    window.close()


def test_lists_and_letters_are_written_into_a_folder(look, folder, tmp_path, monkeypatch, qtbot):
    window = look(folder)
    monkeypatch.setattr(ask, "folder_name", lambda *_: tmp_path / "写到")
    qtbot.mouseClick(window.export, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.letters, Qt.MouseButton.LeftButton)
    assert {path.name for path in (tmp_path / "写到").iterdir()} == {
        "检查结果.xlsx",
        "检查结果.md",
        "审核意见",
    }
    assert len(list((tmp_path / "写到" / "审核意见").iterdir())) == 2
    window.close()


def test_letters_are_written_as_the_pattern_beside_the_settings_says(
    look, folder, tmp_path, monkeypatch, qtbot
):
    window = look(folder)
    pattern = resources.path("audit/letter.toml").read_text("utf-8").replace("具体如下。", "请于五日内改正。")
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / PATTERN).write_text(pattern, "utf-8")
    monkeypatch.setattr(ask, "folder_name", lambda *_: tmp_path / "写到")
    qtbot.mouseClick(window.letters, Qt.MouseButton.LeftButton)
    paths = (tmp_path / "写到" / "审核意见").iterdir()
    said = ["\n".join(one.text for one in Document(str(path)).paragraphs) for path in paths]
    assert any("请于五日内改正。" in text for text in said)
    window.close()


class Slow:
    """Reads two files, then waits until it is told to stop."""

    def __init__(self):
        self.read = threading.Event()

    def audit(self, folder, record, heard, progress, is_cancelled):
        remark = Remark("total-mismatch", "error", "Sheet1 D14", "总分", "总分不符。")
        for n in range(2):
            form = FormAudit(f"{n}.xlsx", "", f"示例{n}小", "", "2023", "x", "整体表", "", "", 0, (remark,))
            heard(FileAudit(f"{n}.xlsx", (form,)))
            progress(n + 1, 9)
        self.read.set()
        while not is_cancelled():
            pass
        return False


def test_stopping_keeps_what_was_read_and_does_not_count_as_the_last_audit(
    start, qtbot, monkeypatch, tmp_path
):
    window = start()
    window.bench.doors = window.bench.doors._replace(audits=Slow)
    window.commands.audits.show(tmp_path)
    found = window.commands.audits.window
    qtbot.waitUntil(lambda: len(found.rows.all) == 2)
    assert "已读 2 / 9 个文件" in found.head.text()
    qtbot.mouseClick(found.stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.head.text() == "已停止，检查了 2 个文件。")
    assert len(found.table.rows) == 2
    kept = found._kept
    found.close()
    assert not kept.last.exists()


def test_a_file_is_opened_as_a_document_from_there(look, folder, monkeypatch, qtbot):
    opened = []
    monkeypatch.setattr(ImportCommands, "import_paths", lambda _, paths: opened.extend(paths))
    window = look(folder)
    qtbot.mouseClick(window.open_file, Qt.MouseButton.LeftButton)
    assert opened == [folder / "示例三中" / "项目.json"]
    window.close()
