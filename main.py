"""The two doors of 自评簿: the command line and the window; only this knows everybody."""

import gc
import os
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from gui.audit.doors import Audits
    from gui.incoming.ways_in import Done, WaysIn
    from gui.paper.doors import Doors, Result, Sent
    from gui.paper.outputs import Reports
    from model.audit.audited import FileAudit
    from model.document.answers import Answers
    from model.forms.definition import FormDefinition
    from model.forms.loader import Library
    from model.handin.versions import Version
    from model.paper.grid import Printout
    from model.reading.reading import Form, Reading
    from model.recognition.layouts import Layout, Layouts
    from model.report.prose import Report

UNKNOWN_COMMAND = 2
READER_LEFT = 141  # as the shell says of a program whose reader has gone
COMMANDS = (
    "forms",
    "check",
    "export",
    "import",
    "fill",
    "form",
    "renew",
    "aggregate",
    "summary",
    "handout",
    "takeback",
    "audit",
    "verify",
    "example",
    "-h",
    "--help",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, else open the window, on a document if one is named; return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in COMMANDS:
        return _run_command(given)
    if given and _is_word(given[0]) and sys.stderr is not None:  # without a console there is the window
        known = "、".join(name for name in COMMANDS if not name.startswith("-"))
        print(f"没有“{given[0]}”这个命令。可用的命令：{known}。要打开自评簿，请写文件名。", file=sys.stderr)
        return UNKNOWN_COMMAND
    return _open_window(given)


def _is_word(text: str) -> bool:
    """Whether an argument is a word like a command, and no file: it has no ending and names none."""
    path = Path(text)
    return not text.startswith("-") and path.name == text and not path.suffix and not path.exists()


def _run_command(given: Sequence[str]) -> int:
    """The command line; files of other programs are read by intake."""
    from export.auditing import Folders
    from export.commands import run
    from export.opening import Foreign
    from intake import files_in
    from intake.commands import FOREIGN, add_import, read_foreign, see_foreign
    from intake.filling.commands import add_fill
    from intake.workshop import add_form, add_renew

    folders = Folders(files_in, _audit_files)
    more = (add_import, add_fill, add_form, add_renew)
    foreign = Foreign(FOREIGN, read_foreign, see_foreign)
    try:
        code = run(given, more, foreign, folders)
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:  # who reads the lines (head) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_LEFT
    return code


def audits() -> "Audits":
    """How the window audits folders."""
    from export.auditing import Audits, Folders
    from intake import files_in

    return Audits(Folders(files_in, _audit_files))


def _audit_files(
    files: "Sequence[tuple[str, str]]", forms: "Path | None", stop: Callable[[], bool], workers: int
) -> "Iterator[FileAudit]":
    from intake.auditing import audit_files

    return audit_files(files, forms, stop, workers)


def _open_window(given: Sequence[str]) -> int:
    """The window; `--example` opens the shipped example."""
    gc.disable()  # until the window stands there is no garbage
    from gui import app

    paths = [Path(argument) for argument in given if not argument.startswith("-")]
    return app.run(doors(), paths[0] if paths else None, example="--example" in given)


def doors() -> "Doors":
    """What the window may use of export; the libraries are loaded when they are first wanted."""
    from export import WINDOW_FORMATS, pdf_bytes
    from gui.paper.doors import Doors

    return Doors(
        pdf_bytes,
        WINDOW_FORMATS,
        _export_forms,
        _warm_up,
        reports(),
        ways_in(),
        _write_sheets,
        audits,
        _hand_out,
        lock=_lock,
    )


def _hand_out(
    reading: "Reading", library: "Library", keys: Collection[str], document: str, kind: str, folder: Path
) -> "Sequence[Sent]":
    from export.handing_out import hand_out

    return hand_out(reading, library, keys, document, kind, folder)


def _write_sheets(sheets: "Printout", path: Path) -> None:
    from export.aggregating import write_sheets

    write_sheets(sheets, path)


def _lock(
    reading: "Reading",
    answers: "Answers",
    number: int,
    locked: "datetime",
    name: str,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> "tuple[Version, bytes]":
    from export.locking import lock

    return lock(reading, answers, number, locked, name, progress, cancelled)


def ways_in() -> "WaysIn":
    """How the window reads files of other programs; what reads them is loaded with the first."""
    from gui.incoming.ways_in import WaysIn
    from intake import files_in, read_files
    from intake.files import SUFFIXES

    ways = (_fill_blank, _remember, _forms_for, _attempt, _empty_blank, _is_old)
    return WaysIn(files_in, read_files, _layouts, sorted(SUFFIXES), *ways)


def _forms_for(blank: Path, reading: "Reading") -> "Sequence[Form]":
    from intake.filling.trial import forms_for

    return forms_for(blank, reading)


def _empty_blank(name: str, data: bytes, form: "FormDefinition") -> bytes:
    from intake.filling.empty import empty_blank

    return empty_blank(name, data, form)


def _attempt(blank: Path, form: "Form", reading: "Reading", clears: bool, heightens: bool) -> object:
    from intake.filling.trial import attempt

    return attempt(blank, form, reading, clears, heightens)


def _is_old(blank: Path) -> bool:
    from intake.filling.trial import is_old

    return is_old(blank)


def _fill_blank(blank: Path, folder: Path, reading: "Reading") -> "Done":
    from intake.filling.commands import fill_blank

    return fill_blank(blank, folder, reading, takes_old=True)


def _layouts() -> "Layouts":
    from intake.layouts import load, own_folder

    return load(own_folder())


def _remember(layout: "Layout") -> None:
    from intake.layouts import own_folder, save

    save(own_folder(), layout)


def reports() -> "Reports":
    """How the window composes and draws reports."""
    from export import report_pdf_bytes
    from gui.paper.outputs import Reports

    return Reports(_report_of, _statement_of, report_pdf_bytes, _publication_of)


def _report_of(
    form: "Form", reading: "Reading", *, is_abstract: bool = False, mark: str = ""
) -> "Report | None":
    from export.handin import report_of

    return report_of(form, reading, is_abstract=is_abstract, mark=mark)


def _statement_of(reading: "Reading", mark: str) -> "Report | None":
    from export.handin import statement_of

    return statement_of(reading, mark)


def _publication_of(reading: "Reading", mark: str) -> "Report | None":
    from export.handin import publication_of

    return publication_of(reading, mark)


def _export_forms(
    form_keys: Sequence[str],
    formats: Sequence[str],
    folder: Path,
    reading: "Reading",
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    *,
    annexes: Collection[str],
    what: Collection[str],
    document: Path | None = None,
    version: "Version | None" = None,
) -> "Sequence[Result]":
    from export.batch import export_forms

    return export_forms(
        form_keys, formats, folder, reading, progress, cancelled, annexes, what, document, version
    )


def _warm_up() -> None:
    """Load what the first export and preview need, after the first paint."""
    import export.fonts
    import export.pdf

    export.fonts.regular()


def _be_a_child() -> None:
    """Read foreign files for the frozen program that has started this one to that end, then exit."""
    if sys.argv[1:2] == ["--multiprocessing-fork"]:
        from multiprocessing import freeze_support

        freeze_support()


if __name__ == "__main__":
    _be_a_child()
    sys.exit(main())
