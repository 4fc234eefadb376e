"""A Printout to a file: no rule, no score, no wording. The libraries are loaded at the first export."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from export.files import write_beside
from model.grid import Printout


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: its name for the user, its suffix, and what writes it.

    `write(printout, path)` leaves a whole file or none; it raises UserError where the user can mend it.
    """

    name: str
    suffix: str
    write: Callable[[Printout, Path], None]


def _write_excel(printout: Printout, path: Path) -> None:
    from export import excel

    write_beside(path, partial(excel.write, printout))


def _write_pdf(printout: Printout, path: Path) -> None:
    from export import pdf

    write_beside(path, partial(pdf.write, printout))


EXCEL = Writer("Excel 工作簿", ".xlsx", _write_excel)
PDF = Writer("PDF 文件", ".pdf", _write_pdf)
WRITERS = (EXCEL, PDF)


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the window offers it: its name for the clerk and its suffix with the dot."""

    name: str
    suffix: str


WINDOW_FORMATS = (
    Format("PDF（打印、签字盖章）", ".pdf"),
    Format("Excel（报送）", ".xlsx"),
    Format("交换文件（JSON）", ".json"),
)


def pdf_bytes(printout: Printout) -> bytes:
    """Return the PDF of a printout, for the preview."""
    from export import pdf

    return pdf.to_bytes(printout)
