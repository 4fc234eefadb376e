"""Opens what the command line is given: exchange files, each a document of one form."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from model.answers import Answers
from model.errors import UserError
from model.exchange import MAX_BYTES, decode, read_form
from model.loader import Library
from model.reading import Reading, read

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and what is in it, or the sentence that says why it can't be read."""

    path: Path
    reading: Reading | None
    error: str = ""


def open_all(paths: list[Path], library: Library) -> list[Opened]:
    """Open every file; one that can't be read does not keep the others from being read."""
    return [_open(path, library) for path in paths]


def _open(path: Path, library: Library) -> Opened:
    try:
        return Opened(path, open_document(path, library))
    except UserError as error:
        return Opened(path, None, str(error))


def open_document(path: Path, library: Library) -> Reading:
    """Return the document of a file; raises UserError when it can't be read."""
    answers = read_form(decode(_bytes(path)), library)
    key = "d" if library.form(answers.definition).kind == "department" else "p1"
    return read(library, Answers({key: answers}))


def _bytes(path: Path) -> bytes:
    """Return what is in a file, at most one byte more than may be: `decode` refuses that."""

    def begin() -> bytes:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    return explained(path, begin)


def explained(path: Path, action: Callable[[], T]) -> T:
    """Run an action on a file; what the system refuses becomes a UserError in Chinese."""
    try:
        return action()
    except (FileNotFoundError, NotADirectoryError):
        raise UserError("找不到这个文件。", "请核对路径。") from None
    except IsADirectoryError:
        raise UserError("这是一个文件夹，不是文件。", "请给出文件。") from None
    except PermissionError:
        problem = "这是一个文件夹，不是文件。" if path.is_dir() else "没有读取权限，或文件正被其他程序占用。"
        raise UserError(problem, "请核对后再试。") from None
    except OSError as error:
        raise UserError(f"读不出来（{error.strerror}）。", "请核对文件所在的磁盘。") from None
