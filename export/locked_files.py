"""The files of a locked version in the place of those that would be made anew."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from export.files import write_beside
from export.handin import ALL, Piece, fill, pieces_of
from export.naming import Names
from model.basics.errors import UserError
from model.handin import versions
from model.handin.versions import Version
from model.reading.reading import Reading


def locked_pieces(pieces: Iterable[Piece], reading: Reading, document: Path, version: Version) -> list[Piece]:
    """Return pieces under the names they were handed in with, which write the files of the version.

    They are told by form and place among what comes out of it, as a newer program may call them otherwise.
    What a version does not hold, an exchange file, is made anew; a paper it does not hold is refused.
    """
    known = _names(reading, version)
    return [_locked(piece, known.get(piece.name, piece.name), document, version) for piece in pieces]


def _names(reading: Reading, version: Version) -> Mapping[str, str]:
    """How the version calls each piece, by the name it would have now."""
    found: dict[str, str] = {}
    every = pieces_of(reading, Names(), (ALL,))
    for key in dict.fromkeys(piece.key for piece in every):
        now = [piece.name for piece in every if piece.key == key]
        found |= dict(zip(now, version.names_of(key), strict=False))
    return found


def _locked(piece: Piece, name: str, document: Path, version: Version) -> Piece:
    write: dict[str, Callable[[Path], None]] = {
        suffix: make if suffix == "json" else partial(_write, document, version, f"{name}.{suffix}")
        for suffix, make in piece.write.items()
    }
    return replace(piece, name=name, is_draft=False, write=write, code=str, job=None)


def _write(document: Path, version: Version, name: str, path: Path) -> None:
    content = versions.named(document, version, name)
    if content is None:
        raise UserError(f"{version.title}里没有“{name}”，没有写出。", "请用“再导出”取出这一稿的全部文件。")
    write_beside(path, partial(fill, content))
