"""在本机打开: a read-only copy of a file of evidence is opened by a program of this computer.

Only on the clerk's own click, and only what is looked at: what may run is saved elsewhere, never opened. The
copies lie in a folder of this process, which goes when the program ends.
"""

import atexit
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from model.basics.errors import UserError
from model.basics.file_names import suffix_of
from model.basics.files import refusals

ABOUT = "用本机的程序打开一份只读副本，里面的改动不会回到自评簿。"
ONLY_SAVED = "这种文件可能会运行，不在这里打开，按空格可以另存出来。"
NO_PROGRAM = "这台电脑没有能打开它的程序。", "请另存出来，在有程序的电脑上打开。"
PREFIX = "ziping-open-"
_LOOKED_AT = frozenset(
    ".pdf .ofd .png .jpg .jpeg .bmp .gif .tif .tiff .webp .docx .doc .wps .xlsx .xls .et .csv .pptx .ppt .dps"
    " .txt .mp4 .avi .mov .mp3 .wav".split()
)
_STALE_S = 24 * 3600  # after so long a folder is of a program that crashed
_FROM_ELSEWHERE = "[ZoneTransfer]\r\nZoneId=3\r\n"  # Office then opens it protected, its macros do not run
_folders: list[Path] = []


def may_be_opened(name: str) -> bool:
    """Whether a file of this name is one to look at: no program, no script, no archive, no macros."""
    return suffix_of(name) in _LOOKED_AT


def open_here(name: str, content: Callable[[], bytes]) -> None:
    """Open a copy of a content under a name that `may_be_opened`. Raises UserError where that is refused, the
    content can't be had, or there is no room or no program for it."""
    if not may_be_opened(name):
        raise UserError(ONLY_SAVED)
    data = content()
    with refusals("打开", Path(name)):
        path = Path(tempfile.mkdtemp(dir=_folder())) / name
        path.write_bytes(data)
        if sys.platform == "win32":
            with suppress(OSError):  # a disk that is not NTFS has no such marks
                Path(f"{path}:Zone.Identifier").write_text(_FROM_ELSEWHERE, "ascii")
        path.chmod(stat.S_IREAD)
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        raise UserError(*NO_PROGRAM)


def _folder() -> Path:
    """The folder of this process; those of programs that crashed go when it is made."""
    if not _folders or not _folders[0].is_dir():
        for old in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
            with suppress(OSError):
                if time.time() - old.stat().st_mtime > _STALE_S:
                    _remove(old)
        _folders[:] = [Path(tempfile.mkdtemp(prefix=PREFIX))]
        atexit.register(clear)
    return _folders[0]


def clear() -> None:
    """Take the copies away; one that another program still has open stays, until it is stale."""
    for folder in _folders:
        _remove(folder)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        return
    for path in folder.rglob("*"):
        with suppress(OSError):
            if not path.is_symlink():
                os.chmod(path, stat.S_IRWXU)  # Windows removes nothing that is read-only
    shutil.rmtree(folder, ignore_errors=True)
