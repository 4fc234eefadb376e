"""What was printed or exported without being locked: for the code on that paper what the document said then.

An entry lies in the document's own table of notes, under the code, so that programs of before keep it and
every copy of the file has it. It is a document of the forms on that paper, packed: 4 KB a form.
"""

import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from model.basics.errors import UserError
from model.document import tables
from model.document.answers import Answers, FormKey
from model.document.records import META
from model.document.store_errors import explained

MOST = 300  # entries of a document; those that were printed longest ago go
_BEFORE, _BEHIND = "print:", "print;"  # the keys of the entries lie between these two
_MOMENT = 19  # characters at the beginning: 2026-04-28T16:20:00; then the name, a zero, the packed forms
_LONGEST_NAME = 120
_LARGEST = 64 * 2**20  # bytes of the forms unpacked


class Paper(NamedTuple):
    """What goes onto paper: its code, its name, and the form it is of, "" for all of them."""

    code: str
    name: str
    key: FormKey


class Print(NamedTuple):
    """A paper as it was printed or exported last, and what its forms said."""

    moment: datetime
    name: str
    answers: Answers


def remember(path: Path, answers: Answers, papers: Iterable[Paper], moment: datetime) -> None:
    """Keep what a document says that goes onto paper now, each under its code. Raises UserError."""
    entries = {paper.code: _packed(answers, paper, moment) for paper in papers if paper.code}
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


def _packed(answers: Answers, paper: Paper, moment: datetime) -> bytes:
    is_all = paper.key not in answers.forms
    forms = answers.forms if is_all else {paper.key: answers.forms[paper.key]}
    head = moment.replace(tzinfo=None).isoformat("T", "seconds") + paper.name[:_LONGEST_NAME]
    data = tables.document_bytes(replace(answers, forms=forms, carried={}))
    return head.replace("\0", "").encode() + b"\0" + zlib.compress(data)


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
    head, _, packed = row[0].partition(b"\0")
    try:
        moment = datetime.fromisoformat(head[:_MOMENT].decode())
        data = zlib.decompressobj().decompress(packed, _LARGEST)
        with explained("读取", path):
            answers = tables.answers_in_bytes(data, path)
        return Print(moment, head[_MOMENT:].decode(), answers)
    except (ValueError, zlib.error, UserError):
        return None
