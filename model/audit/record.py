"""The file of an audit (检查结果.json): one JSON object, a file of the folder on each line.

It is written while the audit runs and read line by line, so that a folder of any size takes little memory:
of a form only its weight and its place in the file are kept. A part of a larger audit is such a file.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any, NamedTuple, TextIO

from model.audit.audited import FileAudit, FormAudit, as_data, from_data
from model.audit.compare import Key, Since, key_of, since
from model.basics.errors import UserError

SCHEMA = "ziping.audit/1"
NAME = "检查结果.json"
_BEGINS, _ENDS = '"files": [', "]}"


class RecordWriter:
    """Writes files one after the other; of the same file twice the second only says so."""

    def __init__(self, path: Path, folder: str) -> None:
        self._file: TextIO = path.open("w", encoding="utf-8", newline="\n")
        self._digests: dict[str, str] = {}
        self._count = 0
        head = {"schema": SCHEMA, "folder": folder, "made": datetime.now().isoformat(" ", "seconds")}
        self._file.write(json.dumps(head, ensure_ascii=False)[:-1] + f", {_BEGINS}\n")

    def add(self, found: FileAudit) -> FileAudit:
        """Write a file and return it as it was written."""
        if found.digest in self._digests:
            why = f"与“{self._digests[found.digest]}”内容相同，没有重复计。"
            found = FileAudit(found.file, refused=(why,), digest=found.digest)
        elif found.digest:
            self._digests[found.digest] = found.file
        comma = "," if self._count else ""
        self._count += 1
        self._file.write(f"{comma}{json.dumps(as_data(found), ensure_ascii=False)}\n")
        return found

    def close(self, is_stopped: bool = False) -> None:
        """End the file; one that was stopped says so."""
        self._file.write(f'], "stopped": {json.dumps(is_stopped)}}}\n')
        self._file.close()


class Entry(NamedTuple):
    """A form of a record: how bad it is, what it sorts by, and where its file is written."""

    weight: tuple[int, int, int]
    file: str
    number: int  # among the forms of its file
    offset: int
    unit: str

    @property
    def order(self) -> tuple[object, ...]:
        """The worst first, then by file."""
        return (*(-count for count in self.weight), self.file, self.number)


class Record:
    """A record that was written: its forms, worst first, are read when they are wanted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.entries: list[Entry] = []
        self.refused: list[tuple[str, str]] = []
        self.files = 0
        self._by_key: dict[Key, list[Entry]] = {}
        self.head = _head(path)
        for offset, found in _files(path):
            self._index(offset, found)
        self.entries.sort(key=lambda entry: entry.order)
        self._file = path.open("rb")

    def _index(self, offset: int, found: FileAudit) -> None:
        self.files += 1
        self.refused += [(found.file, why) for why in found.refused]
        for number, form in enumerate(found.forms):
            entry = Entry(form.weight, found.file, number, offset, form.whose)
            self.entries.append(entry)
            self._by_key.setdefault(key_of(form), []).append(entry)

    @property
    def repeated(self) -> list[tuple[str, ...]]:
        """Files that hold the same form of the same unit, which should be one."""
        files = (tuple(dict.fromkeys(entry.file for entry in found)) for found in self._by_key.values())
        return [found for found in files if len(found) > 1]

    @property
    def made(self) -> str:
        """The day of the audit."""
        return str(self.head.get("made", "")).partition(" ")[0]

    @property
    def folder(self) -> str:
        """The folder that was looked at."""
        return str(self.head.get("folder", ""))

    def form(self, entry: Entry) -> FormAudit:
        """Read the audit of one form out of the record."""
        self._file.seek(entry.offset)
        return _of_line(self._file.readline().decode("utf-8")).forms[entry.number]

    def forms(self) -> Iterator[FormAudit]:
        """Yield all forms, worst first."""
        return (self.form(entry) for entry in self.entries)

    def like(self, form: FormAudit) -> FormAudit | None:
        """Return the form that a form of a later audit was: in the same file, else of the same name."""
        found = self._by_key.get(key_of(form), [])
        same = [entry for entry in found if entry.file == form.file] or found
        return self.form(same[0]) if same else None

    def since(self, form: FormAudit) -> Since:
        """Return what changed in a form since this record."""
        return since(form, self.like(form))

    def close(self) -> None:
        """Let the file go."""
        self._file.close()


def files_of(path: Path) -> Iterator[FileAudit]:
    """Yield the files of a part; raises UserError where it is none."""
    _head(path)
    return (found for _, found in _files(path))


def folder_of(path: Path) -> str:
    """Return the folder that a part is about; raises UserError where it is none."""
    return str(_head(path)["folder"])


def beside(folders: Sequence[str]) -> list[str]:
    """Return what stands before the names of files when the parts of some folders are joined."""
    if len(set(folders)) < 2:
        return ["" for _ in folders]
    names = [PurePath(folder.replace("\\", "/")).name for folder in folders]
    return [
        f"{name if names.count(name) == 1 else folder}/" for name, folder in zip(names, folders, strict=True)
    ]


def _head(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            line = file.readline(100_000).decode("utf-8").rstrip()
        if not line.endswith(_BEGINS):
            raise ValueError
        head = json.loads(line + _ENDS)
        if head["schema"] != SCHEMA:
            raise ValueError
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来（{error.strerror}）。", "请核对文件。") from None
    except (ValueError, KeyError, TypeError):
        raise UserError(f"“{path.name}”不是检查文件夹得到的结果。", f"请选“{NAME}”。") from None
    return {"folder": head.get("folder", ""), "made": head.get("made", "")}


def _files(path: Path) -> Iterator[tuple[int, FileAudit]]:
    """Where each file of a record is written, and what it says; a record cut short ends there."""
    with path.open("rb") as file:
        offset = len(file.readline())
        for line in file:
            if line.startswith(b"]"):
                return
            try:
                yield offset, _of_line(line.decode("utf-8"))
            except ValueError:
                return
            offset += len(line)


def _of_line(line: str) -> FileAudit:
    return from_data(json.loads(line.strip().lstrip(",")))
