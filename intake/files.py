"""Foreign files on disk: which of them are to be read, and their bytes."""

import os
from collections.abc import Iterable
from pathlib import Path

from intake import refusals
from intake.guard import MOST_BYTES

SUFFIXES = frozenset(
    ".xlsx .xlsm .xltx .xls .xlt .et .ett .docx .docm .dotx .doc .dot .wps .wpt .pdf .json .zpb".split()
)
_LOCKS = ("~$", ".~", "._")  # what office programs and systems lay beside a file
_IN_USE = (32, 33)  # errors of Windows: another program holds the file


def files_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return files as named, and those of folders and their folders whose kind is read, sorted, once each."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(filter(_is_read, path.rglob("*"))) if path.is_dir() else [path]
        found |= dict.fromkeys(inside)
    return tuple(found)


def _is_read(path: Path) -> bool:
    """Tell whether a file of a folder is to be read: not what lies beside an open file."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(_LOCKS) and path.is_file()


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file; raise UserError where there is none, it is held, or it is too large."""
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MOST_BYTES:
                raise refusals.TOO_BIG()
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise refusals.MISSING() from None
    except IsADirectoryError:
        raise refusals.FOLDER() from None
    except PermissionError as error:
        held = getattr(error, "winerror", None) in _IN_USE
        raise (refusals.IN_USE if held else refusals.NO_ACCESS)() from None
    except OSError:
        raise refusals.NOT_READ() from None
