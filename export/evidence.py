"""Evidence in the hand-in: numbered files with their catalogue in a folder, and all of it as one .zip."""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

from export import PDF
from export.files import write_beside
from model.basics.errors import UserError
from model.basics.file_names import safe_name
from model.basics.files import refusals
from model.basics.packing import entry
from model.forms.loader import metrics
from model.handin.attachments import content_of
from model.handin.numbered import Piece, pieces_of
from model.paper.annex import annex_grid
from model.paper.grid import Grid
from model.reading.evidence import in_bytes
from model.reading.reading import Reading

FOLDER, CATALOGUE = "佐证材料", "目录"
_COLUMNS = (
    ("序号", 14.0),
    ("名称", 70.0),
    ("文件", 70.0),
    ("用于", 60.0),
    ("大小", 20.0),
    ("SHA-256", 35.0),
)
_LONGEST_UNIT = 40  # characters in the name of the .zip


def write_evidence(
    document: Path, reading: Reading, folder: Path, locked: bytes | None = None
) -> Iterator[tuple[Path, str]]:
    """Write the files of evidence, their catalogue and the .zip; yield each path and why it was not written.

    The catalogue is that of a `locked` version where one is given, byte for byte.

    A damaged file costs its own line alone. Nothing is written where there is no evidence.
    """
    pieces = pieces_of(reading)
    if not pieces:
        return
    target = folder / FOLDER
    with refusals("建立", target):
        target.mkdir(parents=True, exist_ok=True)
    good: list[Piece] = []
    for piece in pieces:
        problem = _write(target / piece.name, partial(content_of, document, piece.evidence.sha))
        if not problem:
            good.append(piece)
        yield target / piece.name, problem
    catalogue = target / f"{CATALOGUE}.pdf"
    make = partial(PDF.write, (catalogue_grid(pieces, reading),), catalogue)
    yield catalogue, _attempt(make) if locked is None else _write(catalogue, lambda: locked)
    name = safe_name(f"{reading.year}-{(reading.unit or '未填单位')[:_LONGEST_UNIT]}-{FOLDER}")
    archive = folder / f"{name}.zip"
    yield archive, _attempt(partial(_write_zip, archive, target, good, reading))


def catalogue_grid(pieces: Sequence[Piece], reading: Reading) -> Grid:
    """Return the catalogue as a sheet."""
    rows = [
        (
            str(n),
            piece.evidence.title,
            piece.name,
            _used_for(piece),
            in_bytes(piece.evidence.size),
            piece.evidence.sha,
        )
        for n, piece in enumerate(pieces, start=1)
    ]
    footer = f"{reading.unit} · {reading.year} 年度"
    return annex_grid(f"{FOLDER}{CATALOGUE}", footer, _COLUMNS, rows, metrics(), figures=("序号",))


def _used_for(piece: Piece) -> str:
    texts = piece.form.answers
    names = [" ".join(texts.text(f"{row}.name").split()) for row in piece.evidence.used_for]
    name = piece.form.project or piece.form.definition.name
    return f"{name}：{'、'.join(filter(None, names)) or '整个单位'}"


def _write(path: Path, read: Callable[[], bytes]) -> str:
    def write() -> None:
        content = read()
        write_beside(path, lambda target: _fill(target, content))

    return _attempt(write)


def _attempt(write: Callable[[], None]) -> str:
    try:
        write()
    except UserError as error:
        return str(error)
    return ""


def _fill(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _write_zip(path: Path, folder: Path, pieces: Sequence[Piece], reading: Reading) -> None:
    """All files with a manifest; what was written is read again, one file after the other."""

    def write(target: Path) -> None:
        with ZipFile(target, "w", ZIP_STORED) as archive:
            for piece in pieces:
                archive.writestr(entry(piece.name, ZIP_STORED), (folder / piece.name).read_bytes())
            archive.writestr(entry("manifest.json", ZIP_STORED), _manifest(pieces, reading))

    with refusals("写入", path):
        write_beside(path, write)


def _manifest(pieces: Sequence[Piece], reading: Reading) -> bytes:
    files = [
        {
            "file": piece.name,
            "title": piece.evidence.title,
            "for": _used_for(piece),
            "size": piece.evidence.size,
            "sha256": piece.evidence.sha,
        }
        for piece in pieces
    ]
    found = {"schema": "ziping.evidence/1", "unit": reading.unit, "year": reading.year, "files": files}
    return json.dumps(found, ensure_ascii=False, indent=1).encode()
