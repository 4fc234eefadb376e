"""What the window may use of export and intake without importing them; main.py fills it in."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from gui.base.worker import Progress
from gui.incoming.ways_in import OWN_FILES
from gui.paper.outputs import Reports
from model.document.answers import Answers, FormKey
from model.forms.loader import Library
from model.handin.versions import Version
from model.paper.grid import Printout
from model.reading.reading import Reading

if TYPE_CHECKING:
    from gui.audit.doors import Audits
    from gui.incoming.ways_in import WaysIn

PdfBytes = Callable[[Printout], bytes]
WriteSheets = Callable[[Printout, Path], None]  # a workbook, PDF or Word file, as the suffix says


class Format(Protocol):
    """A way to write: its name for the user and its suffix with the dot. `export.Writer` is one."""

    @property
    def name(self) -> str: ...
    @property
    def suffix(self) -> str: ...


class Result(Protocol):
    """A file, why it was not written ("" for one that was), whether it is a draft, the form it is of, and the
    check code on its pages ("" where they have none)."""

    @property
    def path(self) -> Path: ...
    @property
    def problem(self) -> str: ...
    @property
    def is_draft(self) -> bool: ...
    @property
    def key(self) -> FormKey: ...
    @property
    def code(self) -> str: ...


class Sent(Protocol):
    """A form that went out: its file, and why that was not written ("" for one that was)."""

    @property
    def key(self) -> FormKey: ...
    @property
    def path(self) -> Path: ...
    @property
    def problem(self) -> str: ...


# Writes a file a form, in a thread: the reading, which forms, the document's id, xlsx or zpb, the folder.
HandOut = Callable[[Reading, Library, Collection[FormKey], str, str, Path], Sequence[Sent]]


class ExportForms(Protocol):
    """Writes forms of a document into files: pure but for these. See `export.batch.export_forms`."""

    def __call__(
        self,
        form_keys: Sequence[FormKey],
        formats: Sequence[str],
        folder: Path,
        reading: Reading,
        progress: Progress,
        cancelled: Callable[[], bool],
        *,
        annexes: Collection[str],
        what: Collection[str],
        document: Path | None = None,
        version: Version | None = None,
    ) -> Sequence[Result]: ...


class Lock(Protocol):
    """Makes a locked version of a document: pure but for temporary files. See `export.locking`."""

    def __call__(
        self,
        reading: Reading,
        answers: Answers,
        number: int,
        locked: datetime,
        name: str,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> tuple[Version, bytes]: ...


def _nothing() -> None:
    """Nothing is loaded early."""


class Doors(NamedTuple):
    """How the window gets a PDF, writes files, composes reports and reads files.

    `warm_up` loads, after the first paint, what the first export needs.
    """

    pdf_bytes: PdfBytes
    formats: Sequence[Format]
    export_forms: ExportForms
    warm_up: Callable[[], None] = _nothing
    reports: Reports | None = None
    ways_in: "WaysIn" = OWN_FILES
    write_sheets: WriteSheets | None = None
    audits: "Callable[[], Audits] | None" = None
    hand_out: HandOut | None = None
    lock: Lock | None = None
