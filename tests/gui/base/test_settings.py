"""What the program remembers.

1. settings come back as they were kept; what is unusable is as at the first start
2. recent documents: the last one first, at most ten, none twice; forgotten, found again elsewhere
3. where things lie: the system's folder, or beside a portable program
"""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from gui.base import settings
from gui.base.settings import Settings


def kept(text, tmp_path):
    (tmp_path / "settings.ini").write_text(f"[General]\n{text}\n", encoding="utf-8")
    return settings.load(tmp_path)


def test_1_the_first_start_has_the_standard_settings_and_writes_nothing(tmp_path):
    assert settings.load(tmp_path / "none") == Settings()
    assert not (tmp_path / "none").exists()


def test_1_there_are_at_most_ten_settings():
    assert len(fields(Settings)) <= 10


@pytest.mark.parametrize("recent", [(), ("/自评/一, 二.zpb",), ("/a.zpb", "C:\\自评\\b=c;d.zpb", '/"e".zpb')])
def test_1_settings_come_back_as_they_were_kept(tmp_path, recent):
    found = Settings(
        recent, "/自评", "E:\\2022年度", "武汉市 2022", "dark", 150, "01d9d0cb", "list=250", ("lead",)
    )
    settings.save(found, tmp_path)
    assert settings.load(tmp_path) == found


def test_1_what_is_switched_off_can_be_switched_on_again():
    found = Settings().wanting("lead", False).wanting("scores", False).wanting("lead", False)
    assert found.without == ("scores", "lead")
    assert not found.wants("lead")
    assert found.wanting("lead", True).wanting("scores", True) == Settings()


@pytest.mark.parametrize(
    "text",
    [
        "zoom=abc",
        "zoom=99",
        "zoom=-100",
        "zoom=１００",
        "theme=purple",
        "widths=list=-5",
        "widths=list=99999",
        "without=@Size(1 2)",
        "recent=@Invalid()",
        "last_folder=@Size(1 2)",
        "unheard_of=1",
        "[[[",
    ],
)
def test_1_what_is_unusable_is_as_at_the_first_start(tmp_path, text):
    assert kept(text, tmp_path) == Settings()


def test_1_one_unusable_setting_leaves_the_others(tmp_path):
    found = kept("zoom=abc\ntheme=dark\nrecent=/a.zpb", tmp_path)
    assert (found.zoom, found.theme, found.recent) == (100, "dark", ("/a.zpb",))


def test_1_settings_that_can_not_be_written_are_no_error(tmp_path):
    (tmp_path / "file").write_text("")
    settings.save(Settings(theme="dark"), tmp_path / "file" / "folder")


def test_2_the_last_document_comes_first_and_none_stands_twice(tmp_path):
    found = Settings()
    for name in ("a", "b", "a"):
        found = found.remembering(tmp_path / f"{name}.zpb")
    assert found.recent == (str(tmp_path / "a.zpb"), str(tmp_path / "b.zpb"))
    assert found.last_folder == str(tmp_path)


def test_2_at_most_ten_are_remembered(tmp_path):
    found = Settings()
    for n in range(12):
        found = found.remembering(tmp_path / f"{n}.zpb")
    assert [Path(path).stem for path in found.recent] == [str(n) for n in range(11, 1, -1)]


def test_2_a_document_can_be_forgotten(tmp_path):
    found = Settings().remembering(tmp_path / "a.zpb").remembering(tmp_path / "b.zpb")
    assert found.forgetting(tmp_path / "b.zpb").recent == (str(tmp_path / "a.zpb"),)


def test_2_a_document_found_elsewhere_keeps_its_place(tmp_path):
    found = Settings(tuple(str(tmp_path / name) for name in ("a", "b", "c")))
    assert found.relocated(tmp_path / "b", tmp_path / "new").recent == tuple(
        str(tmp_path / name) for name in ("a", "new", "c")
    )
    assert found.relocated(tmp_path / "b", tmp_path / "c").recent == tuple(
        str(tmp_path / name) for name in ("a", "c")
    )


def test_2_a_dialog_begins_in_the_last_folder_if_it_is_still_there(tmp_path):
    assert Settings(last_folder=str(tmp_path)).start_folder() == tmp_path
    assert Settings(last_folder=str(tmp_path / "gone")).start_folder().is_dir()


@pytest.mark.skipif(os.name == "nt", reason="Windows is asked itself")
def test_3_the_folder_is_the_systems(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert settings.config_folder(tmp_path / "program") == tmp_path / "ziping"
    assert settings.forms_folder() == tmp_path / "ziping" / "forms"
    assert settings.log_folder() == tmp_path / "ziping" / "log"


def test_3_what_lies_on_a_stick_is_found_under_another_letter(tmp_path):
    stick, there = tmp_path / "E", tmp_path / "F"
    (stick / "程序").mkdir(parents=True)
    (stick / "程序" / "portable").touch()
    found = Settings(recent=(str(stick / "文档" / "自评.zpb"),), last_folder=str(stick / "文档"))
    settings.save(found, stick / "程序")
    stick.rename(there)
    loaded = settings.load(there / "程序")
    assert loaded.recent == (str(there / "文档" / "自评.zpb"),)
    assert (loaded.last_folder, loaded.export_folder) == (str(there / "文档"), "")


def test_3_a_portable_program_finds_what_lies_on_another_drive(tmp_path, monkeypatch):
    (tmp_path / "portable").touch()
    elsewhere = str(tmp_path.parent / "elsewhere")
    monkeypatch.setattr(settings, "_drive", lambda path: path)  # each has its own
    settings.save(Settings(last_folder=elsewhere), tmp_path)
    assert ".." not in (tmp_path / "settings.ini").read_text(encoding="utf-8")
    assert settings.load(tmp_path).last_folder == elsewhere


def test_3_a_portable_program_keeps_everything_beside_itself(tmp_path):
    (tmp_path / "portable").touch()
    assert settings.config_folder(tmp_path) == tmp_path


def test_3_file_dialogs_do_not_begin_beside_the_settings_where_the_example_lies(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "config_folder", lambda program=None: tmp_path / "config")
    (tmp_path / "config").mkdir()
    assert settings.folder_in_sight(tmp_path) == tmp_path
    found = settings.folder_in_sight(tmp_path / "config")
    assert found.is_dir()
    assert found != tmp_path / "config"
