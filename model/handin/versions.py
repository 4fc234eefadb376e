"""Locked versions (定稿): what the document said, and every file that was handed in, byte for byte.

A version is one row of the table `version`, whose content is an archive: `manifest.json`, the document as a
file of its own (`document.zpb`) and the files under `files/`. Nothing rewrites it; copies of the document
have it too. It is read piece by piece: to list versions or to find a code only the manifest is.
"""

import hashlib
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from model.basics.errors import UserError
from model.basics.packing import entry
from model.document import tables
from model.document.answers import Answers, FormKey
from model.document.store_errors import explained

SCHEMA = 1  # of the archive
LARGEST = 60 * 2**20  # bytes of a version, and of a file in one
_MANIFEST, _DOCUMENT, _FILES = "manifest.json", "document.zpb", "files/"
_LARGEST_MANIFEST = 8 * 2**20
_NO_ARCHIVE = (zipfile.BadZipFile, zlib.error, sqlite3.Error, LookupError, EOFError, ValueError, OSError)


class LockedFile(NamedTuple):
    """A file of a version."""

    name: str
    size: int
    sha256: str


class LockedPage(NamedTuple):
    """A page of a version: its code, the form it belongs to, and which page of how many of which file.

    A Word file, whose pages are Word's own, is one entry with page 0.
    """

    code: str
    key: FormKey
    file: str
    page: int
    pages: int


class Version(NamedTuple):
    """What is known of a version without its files. `problem` says why it can't be read, "" if it can."""

    number: int
    locked: datetime
    name: str  # of whoever locked it, as typed
    files: tuple[LockedFile, ...] = ()
    pages: tuple[LockedPage, ...] = ()
    problem: str = ""

    @property
    def page_count(self) -> int:
        """How many pages with a number there are."""
        return sum(page.page > 0 for page in self.pages)

    def names_of(self, key: FormKey) -> tuple[str, ...]:
        """Return the names, without suffix, of what came out of a form: itself, then what tells of it."""
        return tuple(dict.fromkeys(page.file for page in self.pages if page.key == key))

    @property
    def title(self) -> str:
        """How it is called: 定稿 2."""
        return f"定稿 {self.number}"


def seed_of(answers: Answers, number: int, locked: datetime) -> str:
    """Return what the codes of a version are made from: what it says, its number and its time."""
    digest = hashlib.sha256(f"{number}|{locked.isoformat()}".encode())
    for table, values in sorted(_rows(answers)):
        digest.update(f"|{table}|{values}".encode())
    return digest.hexdigest()


def _rows(answers: Answers) -> Iterator[tuple[str, str]]:
    yield "document", f"{answers.unit}|{answers.year}"
    for key, form in answers:
        rows = {block: ids for block, ids in form.rows.items() if ids}
        yield f"form {key}", json.dumps([form.definition, sorted(form.texts.items()), sorted(rows.items())])


def packed(version: Version, answers: Answers, files: Mapping[str, bytes]) -> bytes:
    """Return a version as one archive. Raises UserError where it is too large to be kept."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, _MANIFEST, json.dumps(_manifest(version), ensure_ascii=False).encode())
        _put(archive, _DOCUMENT, tables.document_bytes(answers))
        for name, content in files.items():
            _put(archive, _FILES + name, content)
    if len(buffer.getvalue()) > LARGEST:
        raise UserError("定稿的文件合起来超过 60 MB，放不进自评簿。", "请缩小后再定稿，现在什么都没有改动。")
    return buffer.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(entry(name), content)


def _manifest(version: Version) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "number": version.number,
        "locked": version.locked.isoformat(),
        "name": version.name,
        "files": [list(file) for file in version.files],
        "pages": [list(page) for page in version.pages],
    }


# --- in the document file


def next_number(path: Path) -> int:
    """Return the number that the next version gets. Raises UserError where the file can't be read."""
    with _reading(path) as connection:
        found = connection.execute("SELECT max(id) FROM version").fetchone()
    return int(found[0] or 0) + 1


def add(path: Path, version: Version, content: bytes) -> None:
    """Put a version into the document file, in one transaction: whole or not at all. Raises UserError.

    It is refused where another window has locked a version meanwhile.
    """
    values = (version.number, version.locked.isoformat(), version.name, content)
    with explained("定稿到", path), tables.writing(path) as connection:
        if connection.execute("SELECT 1 FROM version WHERE id >= ?", (version.number,)).fetchone():
            raise UserError("另一个窗口刚刚定过稿，这一次没有写入。", "请看看已有的定稿，需要时再定一次。")
        connection.execute("INSERT INTO version (id, locked, name, content) VALUES (?, ?, ?, ?)", values)


def listed(path: Path) -> tuple[Version, ...]:
    """Return the versions of a document, the newest first; a damaged one says so and harms no other."""
    with _reading(path) as connection:
        rows = connection.execute("SELECT id, locked, name FROM version ORDER BY id DESC").fetchall()
        return tuple(_version(connection, *row) for row in rows)


def answers_of(path: Path, number: int) -> Answers:
    """Return what the document said in a version. Raises UserError."""
    with _archive(path, number) as archive:
        return tables.answers_in_bytes(_read(archive, _DOCUMENT, LARGEST), path)


def file_of(path: Path, number: int, file: LockedFile) -> bytes:
    """Return a file of a version as it was handed in. Raises UserError where it is no longer the same."""
    with _archive(path, number) as archive:
        content = _read(archive, _FILES + file.name, LARGEST)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise _damaged(number)
    return content


def named(path: Path, version: Version, name: str) -> bytes | None:
    """Return a file of a version by its name; None where it has none. Raises UserError as `file_of`."""
    file = next((file for file in version.files if file.name == name), None)
    return file_of(path, version.number, file) if file else None


def _version(connection: sqlite3.Connection, number: int, locked: str, name: str) -> Version:
    moment = datetime.min
    with suppress(ValueError):
        moment = datetime.fromisoformat(locked)
    try:
        with _opened(connection, number) as archive:
            found = json.loads(_read(archive, _MANIFEST, _LARGEST_MANIFEST))
        if found["schema"] > SCHEMA:
            return Version(number, moment, name, problem="由更新版本的自评簿定稿，请升级程序后再看。")
        files = tuple(LockedFile(str(n), int(size), str(sha)) for n, size, sha in found["files"])
        pages = tuple(
            LockedPage(str(code), str(key), str(file), int(page), int(pages))
            for code, key, file, page, pages in found["pages"]
        )
        return Version(number, moment, str(found["name"]), files, pages)
    except (UserError, ValueError, KeyError, TypeError):
        return Version(number, moment, name, problem=str(_damaged(number)))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    with explained("读取", path), tables.reading(path) as connection:
        yield connection


@contextmanager
def _archive(path: Path, number: int) -> Iterator[zipfile.ZipFile]:
    with _reading(path) as connection, _opened(connection, number) as archive:
        yield archive


@contextmanager
def _opened(connection: sqlite3.Connection, number: int) -> Iterator[zipfile.ZipFile]:
    """Open the archive of a version; whatever is wrong with it is one sentence."""
    try:
        with (
            closing(connection.blobopen("version", "content", number, readonly=True)) as blob,
            zipfile.ZipFile(io.BufferedReader(_Blob(blob))) as archive,
        ):
            yield archive
    except _NO_ARCHIVE as error:
        raise _damaged(number) from error


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    if archive.getinfo(name).file_size > most:
        raise zipfile.BadZipFile(name)
    return archive.read(name)


def _damaged(number: int) -> UserError:
    return UserError(f"定稿 {number} 已损坏，读不出来。", "其他内容不受影响；请用较早的备份里的这个定稿。")


class _Blob(io.RawIOBase):
    """A value of a row as a file that is read piece by piece."""

    def __init__(self, blob: sqlite3.Blob) -> None:
        self._blob = blob

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place."""
        self._blob.seek(offset, whence)
        return self._blob.tell()

    def tell(self) -> int:
        """Return the place."""
        return self._blob.tell()

    def readinto(self, buffer: Any) -> int:
        """Read on from there."""
        found = self._blob.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
