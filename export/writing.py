"""Writes one piece into a file and says what became of it: whatever fails, the others are still written."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from export.handin import Piece
from model.basics.errors import UNEXPECTED, UserError
from model.document.answers import FormKey

_log = logging.getLogger("ziping")


class Result(NamedTuple):
    """A file, why it was not written ("" if it was), whether it is a draft, the form it is of, and the check
    code on its pages ("" where they have none)."""

    path: Path
    problem: str
    is_draft: bool = False
    key: FormKey = ""
    code: str = ""


def write_piece(piece: Piece, folder: Path, suffix: str) -> Result:
    """Write a piece into a folder, in one of the formats it can be had in."""
    path = folder / f"{piece.name}.{suffix}"
    made = result_of(path, lambda: piece.write[suffix](path), piece.is_draft)
    has_code = not made.problem and suffix != "json"
    return made._replace(key=piece.key, code=piece.code() if has_code else "")


def result_of(path: Path, write: Callable[[], object], is_draft: bool = False) -> Result:
    """Write a file and say what became of it."""
    try:
        write()
    except UserError as error:
        return Result(path, str(error), is_draft)
    except Exception:
        _log.exception("not written: %s", path.suffix)
        return Result(path, f"“{path.name}”没有写成：{UNEXPECTED}", is_draft)
    return Result(path, "", is_draft)
