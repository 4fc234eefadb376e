"""The files of evidence as a hand-in has them: numbered through all forms, 01_智慧校园创建批复.pdf."""

from pathlib import Path
from typing import NamedTuple

from model.basics.file_names import safe_name, suffix_of
from model.reading.evidence import Evidence, evidence_of
from model.reading.reading import Form, Reading


class Piece(NamedTuple):
    """A file of the hand-in: the form it belongs to, its line, and its name with the number before it."""

    form: Form
    evidence: Evidence
    name: str


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """Return the files of all forms in their order, each with the name it has in the hand-in."""
    found = [(form, one) for form in reading.forms for one in evidence_of(form.answers) if one.sha]
    return tuple(Piece(form, one, _name(n, one)) for n, (form, one) in enumerate(found, start=1))


def _name(n: int, one: Evidence) -> str:
    """However long a title is, the suffix stays: by it the file is opened."""
    suffix = suffix_of(one.file)
    title = " ".join((one.title or Path(one.file).stem).split())
    if suffix and title.lower().endswith(suffix):
        title = title[: -len(suffix)]
    return safe_name(f"{n:02}_{title}") + suffix


def own_name(one: Evidence) -> str:
    """Return the name that a file came with, as this computer takes it."""
    suffix = suffix_of(one.file)
    return safe_name(one.file[: len(one.file) - len(suffix)] if suffix else one.file) + suffix
