"""What can go wrong with a document file, in sentences: damaged, not ours, too new, refused by the system."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES, EBUSY, EIO, ENAMETOOLONG, ENOENT, ENOSPC, EROFS
from pathlib import Path

from model.basics.errors import UserError
from model.basics.files import refusal, refusals, why_not_writable
from model.document.journal import has_no_room
from model.document.soundness import Unsound
from model.document.tables_check import NotOurs

_ERRNOS = {
    sqlite3.SQLITE_BUSY: EBUSY,
    sqlite3.SQLITE_LOCKED: EBUSY,
    sqlite3.SQLITE_PERM: EACCES,
    sqlite3.SQLITE_FULL: ENOSPC,
    sqlite3.SQLITE_IOERR: EIO,
}


@contextmanager
def explained(doing: str, path: Path) -> Iterator[None]:
    """Turn what goes wrong in the body into a UserError that says what could not be done with which file."""
    try:
        with refusals(doing, path):
            yield
    except NotOurs as error:
        raise _not_ours(path, error.what) from error
    except Unsound as error:
        raise damaged(path, error.place) from error
    except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes its bytes
        raise damaged(path) from error
    except sqlite3.ProgrammingError:
        raise
    except sqlite3.Error as error:
        raise _explanation(doing, path, error) from error


def _explanation(doing: str, path: Path, error: sqlite3.Error) -> UserError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more than we need
    if code == sqlite3.SQLITE_CANTOPEN:
        if not path.exists():
            return refusal(doing, path, ENOENT, error)
        why = ENAMETOOLONG if has_no_room(path) else why_not_writable(path) or EACCES
        return refusal(doing, path, why, error)
    if code == sqlite3.SQLITE_READONLY:  # which it also says of a file that it could only open for reading
        return refusal(doing, path, why_not_writable(path) or EROFS, error)
    return refusal(doing, path, _ERRNOS[code], error) if code in _ERRNOS else damaged(path)


def damaged(path: Path, place: str = "") -> UserError:
    """Return what is said of a file that holds what no program of ours wrote; `place` says where."""
    where = f"（{place}不对）" if place else ""
    return UserError(f"“{path.name}”已损坏，读不出来{where}。", "它没有被改动；请打开较早的备份。")


def _not_ours(path: Path, what: str) -> UserError:
    said = f"“{path.name}”里有不是自评簿写入的{what}，没有打开。"
    return UserError(said, "它没有被改动；请向给你文件的人核对，或打开较早的备份。")


def too_new(path: Path, problem: str) -> UserError:
    """Return what is said of a file of a newer version."""
    return UserError(f"“{path.name}”由更新版本的自评簿保存，{problem}。", "请升级程序后再打开。")
