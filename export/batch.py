"""Exports many forms and reports without a window: writes them, says what failed and goes on."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from export import EXCEL, PDF
from export.cores import write_files
from export.evidence import CATALOGUE, FOLDER, write_evidence
from export.handin import ALL, FORMATS, FORMS, LIST_NAME, SCORES, Job, jobs_of, pieces_of, write_list
from export.locked_files import locked_pieces
from export.naming import Names
from export.opening import Opened
from export.writing import Result, result_of
from model.basics.errors import UserError
from model.document.answers import FormKey
from model.document.store import SUFFIX
from model.handin.versions import Version, named
from model.reading.reading import Reading

__all__ = ["FORMATS", "Result", "export_files", "export_forms"]
_BOOKS = {"xlsx": EXCEL, "pdf": PDF}  # formats that can hold all forms together


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
    alone = [suffix for suffix in formats if suffix not in together]
    files_of = [(piece, suffix) for piece in pieces for suffix in alone if suffix in piece.write]
    results += write_files(files_of, folder, lambda: False)
    if together and readings:
        jobs = [job for reading in readings for job in jobs_of(reading)]
        is_draft = any(job.is_draft for job in jobs)
        book = names.of_document(jobs[0].subject, is_draft, "绩效自评表")
        paths = [folder / f"{book}.{suffix}" for suffix in together]
        results += [_write_book(jobs, path, is_draft, annexes) for path in paths]
    if ALL in what:
        for file in opened:
            if file.reading is not None and file.path.suffix.lower() == SUFFIX:
                results += _evidence(file.path, file.reading, folder, None)
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
    for done, made in enumerate(write_files(files, folder, cancelled), start=1):
        results.append(made)
        progress(done, len(files))
    if ALL in what and len(results) == len(files):
        results += _evidence(document, reading, folder, version) if document is not None else []
        results.append(_list(results, folder, [reading]))
    return results


def _evidence(document: Path, reading: Reading, folder: Path, version: Version | None) -> list[Result]:
    """The evidence of a document, of a locked version with its catalogue; a folder that can't be made is one
    line."""
    results: list[Result] = []
    try:
        locked = named(document, version, f"{FOLDER}{CATALOGUE}.pdf") if version is not None else None
        written = write_evidence(document, reading, folder, locked)
        results += [Result(path, problem) for path, problem in written]
    except UserError as error:
        results.append(Result(folder / FOLDER, str(error)))
    return results


def _write_book(jobs: Sequence[Job], path: Path, is_draft: bool, annexes: Collection[str]) -> Result:
    """All forms in one file."""

    def write() -> None:
        sheets = tuple(sheet for job in jobs for sheet in job.printout(annexes))
        _BOOKS[path.suffix.removeprefix(".")].write(sheets, path)

    return result_of(path, write, is_draft)


def _list(results: Sequence[Result], folder: Path, readings: Sequence[Reading]) -> Result:
    written = [result.path for result in results if not result.problem]
    return result_of(folder / f"{LIST_NAME}.txt", lambda: write_list(written, folder, readings))
