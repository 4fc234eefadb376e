"""Files for the user: writing that leaves a whole file or the old one."""

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from model.basics.errors import UserError
from model.basics.files import BUSY_ON_WINDOWS, is_too_long_on_windows, replace, temporary_beside


def write_beside(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` fill a temporary file in the same folder, then put it in the place of `path`.

    A missing folder is made. Until the end an older file stays as it was; after a failure nothing new is
    left behind. Raises UserError, naming file and reason, where the file system refuses.
    """
    temporary = temporary_beside(path)
    try:
        _make_folder(path)
        _fill(temporary, path, write)
        _replace(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(path, error, f"无法建立文件夹“{path.parent}”", "请另选一个文件夹。") from error


def _fill(temporary: Path, path: Path, write: Callable[[Path], None]) -> None:
    try:
        write(temporary)
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
    except PermissionError as error:
        raise _refusal(path, error, f"文件夹“{path.parent}”不允许写入", "请另选一个文件夹。") from error
    except OSError as error:
        raise _refusal(path, error, f"系统报告“{error.strerror or error}”", "请另选一个位置再试。") from error


def _replace(temporary: Path, path: Path) -> None:
    try:
        replace(temporary, path)
    except OSError as error:
        raise _not_replaced(path, error) from error


def _not_replaced(path: Path, error: OSError) -> UserError:
    if os.path.isdir(path):  # path.is_dir() fails on a name that is too long
        return _refusal(path, error, "已有同名的文件夹", "请换一个文件名。")
    if isinstance(error, PermissionError) or getattr(error, "winerror", None) in BUSY_ON_WINDOWS:
        reason = "它正被其他程序（如 Excel、WPS 或阅读器）打开，或者是只读文件"
        return _refusal(path, error, reason, "请关闭后再试，或换一个文件名。")
    return _refusal(path, error, f"系统报告“{error.strerror or error}”", "请另选一个位置再试。")


def _refusal(path: Path, error: OSError, reason: str, hint: str) -> UserError:
    """Return what the user is told: the given reason, or one that the error itself makes certain."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        reason, hint = "磁盘空间不足", "请清理磁盘，或另选一个位置。"
    elif error.errno == errno.EROFS:
        reason, hint = "磁盘是只读的", "请另选一个位置。"
    elif error.errno == errno.ENAMETOOLONG or is_too_long_on_windows(path, error):
        reason, hint = "文件夹和文件名合起来太长", "请换一个短一些的文件名或文件夹。"
    return UserError(f"无法写入“{path.name}”：{reason}。", hint)
