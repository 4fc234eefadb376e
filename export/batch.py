"""Exports many forms and reports without a window: writes them, says what failed and goes on."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from export import EXCEL, PDF
from export.evidence import FOLDER, write_evidence
from export.handin import ALL, FORMATS, FORMS, LIST_NAME, SCORES, Job, Piece, jobs_of, pieces_of, write_list
from export.locked_files import locked_pieces
from export.naming import Names
from export.opening import Opened
from model.basics.errors import UNEXPECTED, UserError
from model.document.answers import FormKey
from model.document.store import SUFFIX
from model.handin.versions import Version
from model.reading.reading import Reading

__all__ = ["FORMATS", "Result", "export_files", "export_forms"]
_log = logging.getLogger("ziping")
_BOOKS = {"xlsx": EXCEL, "pdf": PDF}  # formats that can hold all forms together


class Result(NamedTuple):
    """A file, why it was not written ("" if it was), whether it is a draft, the form it is of, and the check
    code on its pages ("" where they have none)."""

    path: Path
    problem: str
    is_draft: bool = False
    key: FormKey = ""
    code: str = ""


def export_files(
    files: Iterable[Opened],
    formats: Sequence[str],
    folder: Path,
    one_book: bool = False,
    annexes: Collection[str] = (SCORES,),
    what: Collection[str] = (FORMS,),
) -> list[Result]:
    """Write what is wanted of some files; with `one_book`, spreadsheet and PDF hold all forms together.

    A form with open errors is a draft: its pages and its file name say so. `annexes` are the answers to
    findings (出错说明) and 得分说明 of the workbook. A file that could not be opened is
    among the results with its reason. With everything (ALL) goes a list of the files with their checksums.
    """
    opened = list(files)
    results = [Result(file.path, file.error) for file in opened if file.reading is None]
    readings = [file.reading for file in opened if file.reading is not None]
    names = Names()
    pieces = [piece for reading in readings for piece in pieces_of(reading, names, what, annexes)]
    together = [name for name in formats if one_book and name in _BOOKS]
    for piece in pieces:
        suffixes = [f for f in formats if f in piece.write and f not in together]
        results += [_write(piece, folder, suffix) for suffix in suffixes]
    if together and readings:
        jobs = [job for reading in readings for job in jobs_of(reading)]
        is_draft = any(job.is_draft for job in jobs)
        book = names.of_document(jobs[0].subject, is_draft, "绩效自评表")
        paths = [folder / f"{book}.{suffix}" for suffix in together]
        results += [_write_book(jobs, path, is_draft, annexes) for path in paths]
    if ALL in what:
        for file in opened:
            if file.reading is not None and file.path.suffix.lower() == SUFFIX:
                results += _evidence(file.path, file.reading, folder)
        results.append(_list(results, folder, readings))
    return results


def export_forms(
    form_keys: Sequence[FormKey],
    formats: Sequence[str],
    folder: Path,
    reading: Reading,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    annexes: Collection[str] = (SCORES,),
    what: Collection[str] = (FORMS,),
    document: Path | None = None,
    version: Version | None = None,
) -> list[Result]:
    """Write what is wanted of some forms of a document, projects numbered as in the whole document.

    Calls `progress(done, total)` after each file and ends early when `cancelled()` says so. With everything
    (ALL) goes a list of the files with their checksums, and before it the evidence that lies in `document`.
    Of a locked version, which lies there too, its own files are written, byte for byte.
    """
    pieces = pieces_of(reading, Names(), what, annexes)
    if version is not None and document is not None:
        pieces = locked_pieces(pieces, reading, document, version)
    wanted = [piece for piece in pieces if piece.key in form_keys or not piece.key]
    files = [(piece, suffix) for piece in wanted for suffix in formats if suffix in piece.write]
    results: list[Result] = []
    for done, (piece, suffix) in enumerate(files, start=1):
        if cancelled():
            break
        results.append(_write(piece, folder, suffix))
        progress(done, len(files))
    if ALL in what and len(results) == len(files):
        results += _evidence(document, reading, folder) if document is not None else []
        results.append(_list(results, folder, [reading]))
    return results


def _evidence(document: Path, reading: Reading, folder: Path) -> list[Result]:
    """The evidence of a document; a folder that can't be made is one line."""
    results: list[Result] = []
    try:
        results += [Result(path, problem) for path, problem in write_evidence(document, reading, folder)]
    except UserError as error:
        results.append(Result(folder / FOLDER, str(error)))
    return results


def _write(piece: Piece, folder: Path, suffix: str) -> Result:
    path = folder / f"{piece.name}.{suffix}"
    made = _result(path, lambda: piece.write[suffix](path), piece.is_draft)
    has_code = not made.problem and suffix != "json"
    return made._replace(key=piece.key, code=piece.code() if has_code else "")


def _result(path: Path, write: Callable[[], object], is_draft: bool = False) -> Result:
    """Write a file and say what became of it: whatever fails, the other files are still written."""
    try:
        write()
    except UserError as error:
        return Result(path, str(error), is_draft)
    except Exception:
        _log.exception("not written: %s", path.suffix)
        return Result(path, f"“{path.name}”没有写成：{UNEXPECTED}", is_draft)
    return Result(path, "", is_draft)


def _write_book(jobs: Sequence[Job], path: Path, is_draft: bool, annexes: Collection[str]) -> Result:
    """All forms in one file."""

    def write() -> None:
        sheets = tuple(sheet for job in jobs for sheet in job.printout(annexes))
        _BOOKS[path.suffix.removeprefix(".")].write(sheets, path)

    return _result(path, write, is_draft)


def _list(results: Sequence[Result], folder: Path, readings: Sequence[Reading]) -> Result:
    written = [result.path for result in results if not result.problem]
    return _result(folder / f"{LIST_NAME}.txt", lambda: write_list(written, folder, readings))
