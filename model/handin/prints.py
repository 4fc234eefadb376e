"""What was printed or exported without being locked: for the code on that paper what its form said then.

An entry lies in the document's own table of notes, under the code, so that programs of before keep it and
every copy of the file has it. It is a document of one form, packed: 4 KB.
"""

import zlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from model.basics.errors import UserError
from model.document import tables
from model.document.answers import Answers, FormAnswers, FormKey
from model.document.records import META
from model.document.store_errors import explained
from model.exchange.checkcode import check_code
from model.reading.reading import Form

MOST = 200  # entries of a document; those that were printed longest ago go
_BEFORE, _BEHIND = "print:", "print;"  # the keys of the entries lie between these two
_MOMENT = 19  # characters before the packed form: 2026-04-28T16:20:00
_LARGEST = 8 * 2**20  # bytes of a form unpacked


class Print(NamedTuple):
    """A form as it was printed or exported last with a code."""

    moment: datetime
    key: FormKey
    form: FormAnswers


def remember(path: Path, forms: Iterable[Form], moment: datetime) -> None:
    """Keep what forms say that go onto paper now, each under its code. Raises UserError."""
    entries = {check_code(form): _packed(form, moment) for form in forms}
    if not entries:
        return
    with explained("记下打印到", path), tables.writing(path) as connection:
        for code, packed in entries.items():
            connection.execute(META.entry, (_BEFORE + code, packed))
        connection.execute(
            "DELETE FROM meta WHERE key > ? AND key < ? AND key NOT IN (SELECT key FROM meta"
            " WHERE key > ? AND key < ? ORDER BY substr(value, 1, ?) DESC LIMIT ?)",
            (_BEFORE, _BEHIND, _BEFORE, _BEHIND, _MOMENT, MOST),
        )


def _packed(form: Form, moment: datetime) -> bytes:
    alone = Answers({form.key: form.answers}, form.answers.unit, form.answers.year)
    said = moment.replace(tzinfo=None).isoformat("T", "seconds").encode()
    return said + zlib.compress(tables.document_bytes(alone))


def codes(path: Path) -> tuple[str, ...]:
    """Return the codes of all prints that the file remembers. Raises UserError."""
    with explained("读取", path), tables.reading(path) as connection:
        found = connection.execute("SELECT key FROM meta WHERE key > ? AND key < ?", (_BEFORE, _BEHIND))
        return tuple(str(key).removeprefix(_BEFORE) for (key,) in found)


def print_of(path: Path, code: str) -> Print | None:
    """Return what was printed with a code; None where the file does not know it, or can't read it any more.

    Raises UserError where the file can't be read.
    """
    with explained("读取", path), tables.reading(path) as connection:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (_BEFORE + code,)).fetchone()
    if row is None or not isinstance(row[0], bytes):
        return None
    try:
        moment = datetime.fromisoformat(row[0][:_MOMENT].decode("ascii"))
        data = zlib.decompressobj().decompress(row[0][_MOMENT:], _LARGEST)
        with explained("读取", path):
            [(key, form)] = tables.answers_in_bytes(data, path)
    except (ValueError, zlib.error, UserError):
        return None
    return Print(moment, key, form)
