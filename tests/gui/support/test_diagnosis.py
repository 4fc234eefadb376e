"""保存诊断包: what a maintainer needs, and nothing that the clerk filled in unless she ticks it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PySide6.QtWidgets import QApplication

from gui.base import ask
from gui.base import settings as settings_store
from gui.base.settings import Settings
from gui.commands.help_commands import HelpCommands
from gui.support import diagnosis
from gui.support.crash import CrashDialog, Saved
from gui.support.diagnosis_dialog import DiagnosisDialog
from gui.support.program import LOG_BYTES, LOG_FILES
from model.basics.errors import UserError
from model.document import store
from tests.desk import dressed, open_session
from tests.stored import FIRST

SETTINGS = Settings(
    recent=("/家/机密单位.zpb",), last_folder="/家/机密文件夹", export_folder="/家/机密导出", zoom=150
)


@pytest.fixture
def log(tmp_path):
    folder = tmp_path / "config" / "log"
    folder.mkdir(parents=True)
    (folder / "ziping.log").write_text("新", encoding="utf-8")
    (folder / "ziping.log.1").write_text("旧", encoding="utf-8")
    (folder / "机密 抢救.zpb").write_bytes(b"x")
    return folder


@pytest.fixture
def config(tmp_path, monkeypatch, log):
    monkeypatch.setattr(settings_store, "config_folder", lambda program=None: tmp_path / "config")
    settings_store.save(SETTINGS)
    return tmp_path / "config"


def inside(content):
    with ZipFile(BytesIO(content)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def test_log_versions_settings_and_screens_are_inside(qapp, log):
    found = inside(diagnosis.package(log, SETTINGS, None))
    assert sorted(found) == ["屏幕.txt", "日志/ziping.log", "日志/ziping.log.1", "版本.txt", "设置.txt"]
    assert "PySide6" in found["版本.txt"].decode()
    assert "zoom = 150" in found["设置.txt"].decode()
    assert "缩放 100%" in found["屏幕.txt"].decode()


def test_neither_files_nor_folders_are_named(qapp, log):
    everything = b"".join(inside(diagnosis.package(log, SETTINGS, None)).values()).decode()
    assert "机密" not in everything
    assert "家" not in everything


def test_the_document_is_inside_only_if_it_is_wanted(qapp, log, tmp_path):
    path = tmp_path / "某中心.zpb"
    store.create(path, FIRST)
    found = inside(diagnosis.package(log, SETTINGS, path))
    assert found["自评簿/某中心.zpb"] == path.read_bytes()


def test_without_a_log_there_is_a_package_all_the_same(qapp, tmp_path):
    assert "版本.txt" in inside(diagnosis.package(tmp_path / "none", SETTINGS, None))


def test_a_document_that_can_t_be_read_is_told(qapp, log, tmp_path):
    with pytest.raises(UserError, match="无法读取“无"):
        diagnosis.package(log, SETTINGS, tmp_path / "无.zpb")


@pytest.fixture
def dialog(qtbot, config, tmp_path):
    dressed()
    found = DiagnosisDialog(open_session(tmp_path).path)
    qtbot.addWidget(found)
    found.show()
    return found


def test_the_document_is_not_ticked(dialog):
    assert dialog.with_document.isVisible()
    assert not dialog.with_document.isChecked()


@pytest.mark.parametrize("wanted", [False, True])
def test_it_is_saved_where_the_clerk_says(dialog, tmp_path, monkeypatch, wanted):
    asked = []
    target = tmp_path / "包.zip"
    monkeypatch.setattr(ask, "package_name", lambda parent, name: asked.append(name.name) or target)
    dialog.with_document.setChecked(wanted)
    dialog.save.click()
    assert dialog.result()
    assert dialog.saved_to == target
    assert ("自评簿/test.zpb" in inside(target.read_bytes())) == wanted
    assert asked[0].startswith("自评簿诊断包 ")


def test_without_a_place_the_dialog_stays(dialog, monkeypatch):
    monkeypatch.setattr(ask, "package_name", lambda *_: None)
    dialog.save.click()
    assert dialog.isVisible()


def test_what_the_system_refuses_stands_in_the_dialog(dialog, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(ask, "package_name", lambda *_: tmp_path / "file" / "包.zip")
    dialog.save.click()
    assert dialog.isVisible()
    assert dialog.problem.isVisible()
    assert dialog.problem.text().startswith("无法写入“包.zip”")


def test_without_a_document_there_is_nothing_to_tick(qtbot, config):
    found = DiagnosisDialog()
    qtbot.addWidget(found)
    found.show()
    assert not found.with_document.isVisible()


def test_it_stands_in_the_help_menu_also_without_a_document(start, monkeypatch):
    window = start()
    monkeypatch.setattr(DiagnosisDialog, "exec", lambda self: seen.append(self._document) or 0)
    seen = []
    window.commands.help.save_diagnosis()
    path = window.session.path
    window.commands.files.close_document()
    action = window.menus.action(HelpCommands.save_diagnosis)
    assert action.isEnabled()
    action.trigger()
    assert seen == [path, None]


def test_the_crash_dialog_saves_the_same_package(qtbot, config, tmp_path, monkeypatch):
    dressed()
    target = tmp_path / "包.zip"
    monkeypatch.setattr(ask, "package_name", lambda *_: target)
    monkeypatch.setattr(
        DiagnosisDialog, "exec", lambda self: self.show() or self.save.click() or self.result()
    )
    found = CrashDialog(ValueError("x"), Saved(True, ""))
    qtbot.addWidget(found)
    found.show()
    found.package.click()
    assert "日志/ziping.log" in inside(target.read_bytes())
    assert found.package.text() == "诊断包已保存"
    assert LOG_FILES * LOG_BYTES <= 2_000_000
    QApplication.processEvents()
