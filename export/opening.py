"""Opens what the command line is given: documents, and exchange files, each a document of one form."""

from collections.abc import Callable, Container
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from model.audit.record import NAME as AUDIT
from model.basics.errors import UserError
from model.document import file_head, store
from model.document.answers import Answers
from model.exchange.exchange import MAX_BYTES, decode, read_exchange
from model.exchange.older_documents import open_document
from model.filling.importing import import_forms
from model.forms.loader import Library
from model.reading.reading import Reading, read
from model.recognition.incoming import Incoming

_BEGINNING = 100  # bytes in which an exchange file has begun
_PACKAGES = (
    b"PK",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
)  # how files of office programs begin, whatever they are called


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and what is in it, or the sentence that says why it can't be read."""

    path: Path
    reading: Reading | None
    error: str = ""
    unit: str = ""
    year: str = ""
    notes: tuple[str, ...] = ()  # what is to be known of how it was read


class Foreign(NamedTuple):
    """How files of other programs are read: their suffixes, and what makes a document of one.

    `read` raises UserError where there is no form in a file, or one that is not known. `see` says what stands
    in a file.
    """

    suffixes: frozenset[str]
    read: Callable[[Path, Library], Answers]
    see: Callable[[Path], Incoming] | None = None


def open_all(paths: list[Path], library: Library, foreign: Foreign | None = None) -> list[Opened]:
    """Open every file, and of folders those in and below them that can be read, each a document of its own.

    One that can't be read does not keep the others from being read.
    """
    return [opened for path in paths for opened in _open_each(path, library, foreign)]


def _open_each(path: Path, library: Library, foreign: Foreign | None) -> list[Opened]:
    if not path.is_dir():
        return [_open(path, library, foreign)]
    suffixes = {".json", store.SUFFIX} | (foreign.suffixes if foreign else frozenset())
    files = sorted(file for file in path.rglob("*") if _is_wanted(file, suffixes))
    if not files:
        return [Opened(path, None, "文件夹里没有可以读取的文件。")]
    return [_open(file, library, foreign) for file in files]


def _is_wanted(file: Path, suffixes: Container[str]) -> bool:
    """Whether a file of a folder is to be opened: not what lies beside an open file, no earlier audit."""
    is_hidden = file.name.startswith((".", "~")) or file.name == AUDIT or is_backup(file)
    return file.suffix.lower() in suffixes and not is_hidden and file.is_file()


def is_backup(file: Path) -> bool:
    """Whether a file is a copy of a document that the program has put away."""
    return file.suffix.lower() == store.SUFFIX and file.parent.name == store.BACKUPS


def _open(path: Path, library: Library, foreign: Foreign | None) -> Opened:
    try:
        answers, notes = _answers(path, library, foreign)
        return Opened(path, read(library, answers), unit=answers.unit, year=answers.year, notes=notes)
    except UserError as error:
        return Opened(path, None, str(error))


def _answers(path: Path, library: Library, foreign: Foreign | None) -> tuple[Answers, tuple[str, ...]]:
    """Return the document in a file, and what is to be known of how it was read."""
    data = _bytes(path)
    if _is_document(path, data):
        return open_document(path, library).answers, ()
    if foreign and (data.startswith(_PACKAGES) or path.suffix.lower() in foreign.suffixes):
        return foreign.read(path, library), ()
    found = import_forms([(str(path), read_exchange(decode(data), library))], library)
    return found.answers, tuple(note for _, note in found.notes)


def _is_document(path: Path, data: bytes) -> bool:
    """Whether a file begins as a document does, or is called one and holds no exchange object."""
    return data.startswith(file_head.MAGIC) or (
        path.suffix.lower() == store.SUFFIX and b"{" not in data[:_BEGINNING]
    )


def _bytes(path: Path) -> bytes:
    """Return what is in a file, at most one byte more than may be: `decode` refuses that."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UserError("找不到这个文件。", "请核对路径。") from None
    except PermissionError:
        raise UserError("没有读取权限，或文件正被其他程序占用。", "请核对后再试。") from None
    except OSError as error:
        raise UserError(f"读不出来（{error.strerror}）。", "请核对文件所在的磁盘。") from None
