"""The file of a form (.zpf): its definition, its regulation, the bureau's blank itself and where it is from.

A zip of at most four entries of fixed names. It comes by mail and stick, so it is looked at before it is
read: names, sizes, what it unpacks to, its version; then the definition is read like any other.
"""

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from model.basics.errors import UserError
from model.basics.packing import entry
from model.forms.definition import FormDefinition, Regulation
from model.forms.definition_toml import RowNames, definition_in
from model.forms.regulation_toml import regulation_in
from model.forms.toml_table import toml_in

SUFFIX = ".zpf"
SCHEMA = "ziping.zpf"
VERSION = 2  # of the files that this program writes
_SINCE = {"all_rates": 2, "full_marks": 2, "given": 2}  # entries that programs before this version refuse
MOST_BYTES = 32 * 2**20
_ORIGIN, _FORM, _REGULATION, _BLANK = "origin.json", "form.toml", "regulation.toml", "blank"
_MOST = {_ORIGIN: 256 * 2**10, _FORM: 2 * 2**20, _REGULATION: 2**20, _BLANK: 30 * 2**20}  # unpacked
_AGAIN = "请向发来文件的人再要一份，或用财政局的空白表重新添加。"
_READ = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError),
    *(ValueError, OSError),
)


class Origin(NamedTuple):
    """Where a form comes from: the blank's file name and sheet, the day it was made (2025-03-14), the name
    of the regulation that its rules are taken from."""

    blank: str = ""
    sheet: str = ""
    made: str = ""
    rules: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class FormFile:
    """A form that was read from a .zpf; `data` is the whole file, `blank` the bureau's own file in it."""

    form: FormDefinition
    regulation: Regulation | None  # None where it follows one that the program knows
    origin: Origin
    blank: bytes
    data: bytes

    @property
    def rules(self) -> dict[str, Any] | None:
        """The entries of its own regulation, as they stand in it."""
        content = _entry(self.data, _REGULATION)
        return toml_in(content, _REGULATION).rest() if content else None

    @property
    def digest(self) -> str:
        """What tells two versions of a form apart: definition and rules, whoever packed them."""
        return _digest(self.data)


def pack(form: str, regulation: str, origin: Origin, blank: bytes) -> bytes:
    """Return the file of a form: its definition and rules as TOML ("" for none of its own), the blank."""
    entries = {
        _ORIGIN: json.dumps(
            {"schema": SCHEMA, "version": VERSION, "min_reader": _min_reader(form), **origin._asdict()},
            ensure_ascii=False,
            indent=1,
        ).encode(),
        _FORM: form.encode(),
        **({_REGULATION: regulation.encode()} if regulation else {}),
        _BLANK: blank,
    }
    if any(len(content) > _MOST[name] for name, content in entries.items()):
        raise UserError("空白表太大，不能随表样保存。", "请用没有填过、不带图片的空白表。")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(entry(name), content)
    return buffer.getvalue()


def _min_reader(form: str) -> int:
    """The oldest version whose programs can read a definition: that of the youngest entry in it."""
    top = toml_in(form.encode(), _FORM).rest()
    entries = {*top, *(entry for block in top.get("block", []) for entry in block)}
    return max((_SINCE.get(entry, 1) for entry in entries), default=1)


def read_form_file(path: Path, regulations: Mapping[str, Regulation], row_names: RowNames) -> FormFile:
    """Return the form of a .zpf file; raises UserError naming the file and what to do."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"找不到“{path.name}”。", "请核对文件在哪里。") from None
    except OSError as error:
        raise UserError(f"“{path.name}”读不出来（{error.strerror}）。", "请核对文件。") from None
    return unpack(data, path.name, regulations, row_names)


def unpack(data: bytes, name: str, regulations: Mapping[str, Regulation], row_names: RowNames) -> FormFile:
    """Return the form in the bytes of a .zpf; raises UserError naming the file and what to do."""
    entries = _entries(data, name)
    origin = _origin(entries[_ORIGIN], name)
    own = None
    if _REGULATION in entries:
        own = regulation_in(toml_in(entries[_REGULATION], f"{name} {_REGULATION}"))
    known = {**regulations, **({own.id: own} if own else {})}
    form = definition_in(toml_in(entries[_FORM], f"{name} {_FORM}"), known, row_names)
    return FormFile(form, own, origin, entries[_BLANK], data)


def _entries(data: bytes, name: str) -> dict[str, bytes]:
    """The entries of the file, none of them larger than it says or may be."""
    if len(data) > MOST_BYTES:
        raise UserError(f"“{name}”超过 {MOST_BYTES // 2**20} MB，不是表样文件。", "请核对是不是选错了文件。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if not {_ORIGIN, _FORM, _BLANK} <= set(names):
                raise UserError(f"“{name}”不是表样文件。", "请核对是不是选错了文件；表样文件以 .zpf 结尾。")
            known = [part for part in parts if part.filename in _MOST]
            if len(names) != len(set(names)) or any(p.file_size > _MOST[p.filename] for p in known):
                raise UserError(f"“{name}”里的内容不正常，没有读入。", _AGAIN)
            return {part.filename: _content(archive, part, name) for part in known}
    except _READ:
        raise UserError(f"“{name}”不完整或不是表样文件。", _AGAIN) from None


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """What an entry holds, read no further than it may be: what it says of its size may be a lie."""
    most = _MOST[part.filename]
    with archive.open(part) as file:
        content = file.read(most + 1)
    if len(content) > most or len(content) != part.file_size:
        raise UserError(f"“{name}”里的内容不正常，没有读入。", _AGAIN)
    return content


def _origin(content: bytes, name: str) -> Origin:
    try:
        said: Any = json.loads(content)
        version = said["min_reader"] if said["schema"] == SCHEMA else 0
        texts = {key: said[key] for key in Origin._fields if key in said}
        is_ours = isinstance(version, int) and version > 0 and all(isinstance(t, str) for t in texts.values())
    except (ValueError, TypeError, KeyError, RecursionError):
        is_ours, version, texts = False, 0, {}
    if not is_ours:
        raise UserError(f"“{name}”不是表样文件，或已损坏。", _AGAIN)
    if version > VERSION:
        raise UserError(f"“{name}”是更新版本的自评簿做的表样，这个版本读不了。", "请升级程序后再添加。")
    return Origin(**texts)


@lru_cache(maxsize=256)
def _digest(data: bytes) -> str:
    return sha256(b"\0".join(_entry(data, name) for name in (_FORM, _REGULATION))).hexdigest()


def _entry(data: bytes, name: str) -> bytes:
    """An entry of a file that was looked at."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else b""
