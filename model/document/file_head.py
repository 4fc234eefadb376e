"""What a document file is before a database looks at it: ours or not, in which mode, to be written or not."""

from errno import EIO, EROFS
from os import W_OK, access
from pathlib import Path

from model.basics.errors import UserError
from model.basics.file_kinds import kind_of
from model.basics.files import why_not_writable
from model.document.journal import has_no_room
from model.document.store_errors import damaged

MAGIC = b"SQLite format 3\0"
APPLICATION_ID = b"zpb1"
_HEADER_BYTES = 100
_BEGINNING_BYTES = 4096
_OUR_JOURNAL, _OTHER_JOURNAL = b"\1\1", b"\2\2"
_NOT_WRITABLE = {EROFS: "文件是只读的", EIO: "磁盘读写出错"}


def must_be_ours(path: Path) -> None:
    """Look at the head of the file before SQLite does: another program's file is left alone."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if not head:
        raise UserError(f"“{path.name}”是空文件。", "它可能没有复制完整，请重新复制，或打开较早的备份。")
    if not any(head) or (len(head) < _HEADER_BYTES and head[:16] == MAGIC[: len(head)]):
        raise damaged(path)
    if not head.startswith(MAGIC) or head[68:72] != APPLICATION_ID:
        raise _of_another_kind(path)
    if head[18:20] not in (_OUR_JOURNAL, _OTHER_JOURNAL):
        raise damaged(path)


def _of_another_kind(path: Path) -> UserError:
    with path.open("rb") as file:
        kind = kind_of(file.read(_BEGINNING_BYTES))
    is_named = kind and not kind.startswith(("自评簿", "压缩包"))
    what = f"，是{kind}" if is_named else ""
    return UserError(f"“{path.name}”不是自评簿文件{what}。", "请核对是不是选错了文件；它没有被改动。")


def is_converted(path: Path) -> bool:
    """Whether a database program has put the file into another mode (WAL), which we never write."""
    with path.open("rb") as file:
        return file.read(_HEADER_BYTES)[18:20] == _OTHER_JOURNAL


def why_read_only(path: Path) -> str:
    """Return in a sentence why a file can't be saved, "" where it can."""
    if is_converted(path):
        return "文件被其他数据库程序改成了另一种存储方式，只能查看和导出；要修改请另存一份。"
    if has_no_room(path):
        return "文件夹和文件名合起来太长，只能查看和导出；要修改请另存到短一些的文件夹。"
    if not access(path, W_OK):
        why = _NOT_WRITABLE.get(why_not_writable(path), "文件没有修改的权限")
        return f"{why}，只能查看和导出；要修改请另存一份。"
    if not access(path.parent, W_OK):
        return "文件所在的文件夹不允许写入，只能查看和导出；要修改请另存一份。"
    return ""
