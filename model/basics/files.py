"""Files written whole or not at all, and sentences for what the system refuses."""

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.basics.errors import UserError

BUSY_ON_WINDOWS = (5, 32, 33)  # WinError of a file that a virus scanner or another program holds
_TOO_LONG_ON_WINDOWS = 206
_PERHAPS_TOO_LONG = (3, 123)  # other numbers for the same, which have more usual reasons
_LONGEST_ON_WINDOWS = 259
_PATIENCE_S = 2.5

_TEMPORARY = re.compile(r"~[0-9a-f]{8}\.tmp(?:-journal)?")
_AN_HOUR = 3600
_PIECE = 2**22  # bytes that are compared at once
_LONGEST_STEM = 200  # bytes, of the 255 that a name may have

_NO_SPACE = ("磁盘空间不足", "请清理磁盘，或换一个位置。")
_NOT_ALLOWED = ("没有权限，或文件正被其他程序占用", "请关闭其他程序后再试，或换一个位置。")
_TOO_LONG = ("文件夹和文件名合起来太长", "请换一个短一些的文件名或文件夹。")
_REASONS = {
    errno.ENOSPC: _NO_SPACE,
    errno.EDQUOT: _NO_SPACE,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.ENAMETOOLONG: _TOO_LONG,
    errno.EBUSY: ("文件正被其他程序占用", "请关闭其他程序后再试，或换一个位置。"),
    errno.EROFS: ("文件或磁盘是只读的", "请换一个位置。"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘（U 盘请重新插好），或换一个位置。"),
    errno.EISDIR: ("这是一个文件夹", "请换一个文件名。"),
    errno.EEXIST: ("已有同名的文件", "请换一个文件名。"),
    errno.ENOENT: ("找不到文件，可能已被移走、改名或删除", "请核对文件在哪里。"),
}


@contextmanager
def refusals(doing: str, path: Path) -> Iterator[None]:
    """Turn what the system refuses in the body into a UserError: 无法{doing}“{name}”：{reason}."""
    try:
        yield
    except OSError as error:
        raise refusal(doing, path, error.errno, error) from error


def refusal(doing: str, path: Path, code: int | None, error: Exception) -> UserError:
    """Return the sentence for an error number, saying what could not be done with which file and why."""
    if is_too_long_on_windows(path, error):
        reason, hint = _TOO_LONG
    elif code in (errno.ENOENT, errno.ENOTDIR) and not path.parent.is_dir():
        reason, hint = f"找不到文件夹“{path.parent}”", "请检查磁盘（U 盘请重新插好），或换一个位置。"
    elif code in (errno.EACCES, errno.EPERM) and path.is_dir():
        reason, hint = _REASONS[errno.EISDIR]
    else:
        said = f"系统报告“{getattr(error, 'strerror', None) or error}”"
        reason, hint = _REASONS.get(code or 0, (said, "请换一个位置再试。"))
    return UserError(f"无法{doing}“{path.name}”：{reason}。", hint)


def is_too_long_on_windows(path: Path, error: Exception) -> bool:
    """Tell whether Windows refused a file, or the temporary one beside it, for the length of its path."""
    number = getattr(error, "winerror", None)
    named = (str(getattr(error, name, None) or "") for name in ("filename", "filename2"))
    is_long = max(map(len, (str(path.absolute()), *named))) > _LONGEST_ON_WINDOWS
    return number == _TOO_LONG_ON_WINDOWS or (number in _PERHAPS_TOO_LONG and is_long)


def why_not_writable(path: Path) -> int:
    """Return the error number with which the system refuses to write into a file, 0 where it does not.

    EROFS also stands for a file that is marked as read-only.
    """
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM) and not _has_write_mark(path):
            return errno.EROFS
        return error.errno or errno.EIO
    return 0


def _has_write_mark(path: Path) -> bool:
    with suppress(OSError):
        return bool(path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    return True


def write_whole(path: Path, data: bytes, finish: Callable[[Path], object] = lambda made: None) -> None:
    """Put these bytes in the place of `path`; until they are written and read back an older file stays.

    `finish` may go on with the new file before it takes its place. A missing folder is made. Raises OSError
    where the system refuses, also when what is read back differs.
    """
    with _written_beside(path, data) as temporary:
        finish(temporary)
        replace(temporary, path)


def write_new(path: Path, data: bytes) -> None:
    """Do the same, but never in the place of another file: raises FileExistsError instead.

    The name is taken only by the finished file: a program that is killed leaves no empty one.
    """
    with _written_beside(path, data) as temporary:
        if sys.platform == "win32":  # where a rename takes nobody's place, on any drive
            _rename(os.rename, temporary, path)
        else:
            _claim(temporary, path)


def _claim(temporary: Path, path: Path) -> None:
    """Take a name that nobody has; on a drive without links it is empty for the blink of an eye."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        path.open("xb").close()
    try:
        replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


@contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """Yield a temporary file with these bytes, read back and compared; it is gone afterwards."""
    temporary = temporary_beside(path)
    try:
        make_folder(path.parent)
        _write(temporary, data)
        if not _reads(temporary, data):
            raise OSError(errno.EIO, "what was written reads back differently")
        yield temporary
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _reads(path: Path, data: bytes) -> bool:
    """Whether a file holds these bytes; it is read piece by piece, as it may be large."""
    view = memoryview(data)
    with path.open("rb") as file:
        pieces = (view[at : at + _PIECE] for at in range(0, len(data), _PIECE))
        return all(file.read(len(piece)) == piece for piece in pieces) and not file.read(1)


def make_folder(folder: Path) -> None:
    """Make a folder with those that it lies in, where they are missing; they outlive a power failure."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for one in missing:
        _keep_name(one.parent)


def sweep(folder: Path) -> None:
    """Delete what programs that were killed left in a folder: temporary files an hour old by any clock."""
    with suppress(OSError):
        for file in folder.iterdir():
            if _TEMPORARY.fullmatch(file.name):
                with suppress(OSError):
                    if abs(time.time() - file.stat().st_mtime) > _AN_HOUR:
                        file.unlink()


def short_stem(path: Path) -> str:
    """Return the name of a file without suffix, so short that a date and a number fit behind it."""
    return path.stem.encode(errors="surrogateescape")[:_LONGEST_STEM].decode(errors="ignore").rstrip()


def _write(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def temporary_beside(path: Path) -> Path:
    """Return a name that nobody has for a file in the same folder."""
    return path.with_name(f"~{os.urandom(4).hex()}.tmp")


def replace(temporary: Path, path: Path) -> None:
    """Put a finished file in the place of another; on Windows wait for who holds it. Raises OSError."""
    _rename(os.replace, temporary, path)


def _rename(rename: Callable[[Path, Path], None], temporary: Path, path: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            rename(temporary, path)
            return _keep_name(path.parent)
        except OSError as error:
            if getattr(error, "winerror", None) not in BUSY_ON_WINDOWS or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _keep_name(folder: Path) -> None:
    """Make the new name outlive a power failure, where the system can."""
    with suppress(OSError):  # Windows opens no folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
