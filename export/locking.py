"""Makes a locked version (定稿): every file of the hand-in with a code on each page, and what they say."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

from export import PDF
from export.evidence import CATALOGUE, FOLDER, catalogue_grid
from export.handin import ALL, REPLIES, SCORES, Piece, pieces_of, write_list
from export.naming import Names
from export.stamping import stamped
from model.basics.errors import UserError
from model.basics.files import refusals
from model.checks.open_items import open_items
from model.document.answers import Answers
from model.handin.numbered import pieces_of as evidence_pieces
from model.handin.versions import LockedFile, LockedPage, Version, packed, seed_of
from model.paper.codes import PageCodes
from model.reading.reading import Reading

LOCKED_FORMATS = ("pdf", "xlsx", "docx")

Progress = Callable[[int, int], None]


def lock(
    reading: Reading,
    answers: Answers,
    number: int,
    locked: datetime,
    name: str,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Version, bytes]:
    """Return a version of a document and the archive to be kept. Raises UserError, and keeps nothing, where
    something is still open or a file can't be made.
    """
    seed = seed_of(answers, number, locked)
    pieces = pieces_of(reading, Names(), (ALL,), annexes=(REPLIES, SCORES), seed=seed)
    _must_be_final(reading, pieces)
    with TemporaryDirectory(prefix="ziping-", ignore_cleanup_errors=True) as folder:
        made = list(_written(pieces, Path(folder), progress, cancelled))
        paths = [path for _, path in made]
        if evidence := evidence_pieces(reading):
            paths.append(Path(folder) / f"{FOLDER}{CATALOGUE}.pdf")
            catalogue = Piece("", paths[-1].stem, False, {})
            sheets = stamped((catalogue_grid(evidence, reading),), seed, catalogue.name)
            PDF.write(sheets, paths[-1])
            made.append((catalogue, paths[-1]))
        paths.append(write_list(paths, Path(folder), [reading]))
        with refusals("定稿", Path(folder)):
            files = {path.name: path.read_bytes() for path in paths}
    pages = tuple(page for piece, path in made for page in _pages(piece, seed, path.suffix, files[path.name]))
    listed = tuple(
        LockedFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
    )
    version = Version(number, locked, name, listed, pages)
    return version, packed(version, answers, files)


def _must_be_final(reading: Reading, pieces: list[Piece]) -> None:
    """Nothing is open, and no draft is among the pieces."""
    if left := len(open_items(reading)):
        raise UserError(f"还有 {left} 项没有处理，不能定稿。", "请在“交稿”里处理完，或写说明搁置。")
    if draft := next((piece.name for piece in pieces if piece.is_draft), ""):
        raise UserError(f"“{draft}”还是草稿，不能定稿。", "请看“交稿”里还缺什么。")


def _written(
    pieces: list[Piece], folder: Path, progress: Progress, cancelled: Callable[[], bool]
) -> Iterator[tuple[Piece, Path]]:
    """Write every file; one that fails ends it all."""
    jobs = [(piece, suffix) for piece in pieces for suffix in LOCKED_FORMATS if suffix in piece.write]
    for done, (piece, suffix) in enumerate(jobs, start=1):
        if cancelled():
            raise UserError("已取消定稿，什么都没有改动。")
        path = folder / f"{piece.name}.{suffix}"
        piece.write[suffix](path)
        yield piece, path
        progress(done, len(jobs))


def _pages(piece: Piece, seed: str, suffix: str, content: bytes) -> Iterator[LockedPage]:
    """The codes in a file: one a page of a PDF, those of a workbook are among them, one in a Word file."""
    codes = PageCodes(seed, piece.name)
    if suffix == ".docx":
        yield LockedPage(codes.of_word, piece.key, piece.name, 0, 0)
    count = len(pypdfium2.PdfDocument(content)) if suffix == ".pdf" else 0
    for page in range(1, count + 1):
        yield LockedPage(codes.of(page), piece.key, piece.name, page, count)
