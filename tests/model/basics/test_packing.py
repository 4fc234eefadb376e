"""Packed files are the same on every system and at every time."""

import io
import sys
import zipfile

import pytest

from model.basics.packing import entry


def packed(compression: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry("表.toml", compression), b"text " * 99)
    return buffer.getvalue()


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_windows_and_linux_pack_the_same_bytes(monkeypatch, compression):
    made = set()
    for system in ("win32", "linux"):
        monkeypatch.setattr(sys, "platform", system)
        made.add(packed(compression))
    assert len(made) == 1


def test_what_is_deflated_is_smaller():
    assert len(packed(zipfile.ZIP_DEFLATED)) < 200 < len(packed(zipfile.ZIP_STORED))


@pytest.mark.parametrize(("name", "system"), [("05_批复 甲.pdf", 3), ("manifest.json", 0)])
def test_a_chinese_name_is_not_taken_for_an_old_code_page(name, system):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(entry(name), b"x")
    with zipfile.ZipFile(buffer) as archive:
        (found,) = archive.infolist()
    assert (found.filename, found.create_system) == (name, system)
    assert bool(found.flag_bits & 0x800) == (not name.isascii())
    assert found.external_attr >> 16 == 0o644
