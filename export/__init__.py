"""A Printout or reports to a file: no rule, no score. The libraries are loaded at the first export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from export.files import write_beside
from model.paper.grid import Printout

if TYPE_CHECKING:  # a window starts without what reports are made of
    from model.report.prose import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Writer(Generic[T]):
    """A format: its name for the user, its suffix, and what writes it: a Printout, or reports.

    `write(content, path)` leaves a whole file or none; it raises UserError where the user can mend it.
    """

    name: str
    suffix: str
    write: Callable[[T, Path], None]


def _write_excel(printout: Printout, path: Path) -> None:
    from export import excel

    write_beside(path, partial(excel.write, printout))


def _write_pdf(printout: Printout, path: Path) -> None:
    from export import pdf

    write_beside(path, partial(pdf.write, printout))


def _write_word(reports: "Sequence[Report]", path: Path) -> None:
    from export import word

    write_beside(path, partial(word.write, reports))


def _write_report_pdf(reports: "Sequence[Report]", path: Path) -> None:
    from export import report_pdf

    write_beside(path, partial(report_pdf.write, reports))


EXCEL = Writer("Excel 工作簿", ".xlsx", _write_excel)
PDF = Writer("PDF 文件", ".pdf", _write_pdf)
WORD = Writer("Word 文档", ".docx", _write_word)
REPORT_PDF = Writer("PDF 文件", ".pdf", _write_report_pdf)


@dataclass(frozen=True, slots=True)
class Format:
    """A format as the window offers it: its name for the clerk and its suffix with the dot."""

    name: str
    suffix: str


WINDOW_FORMATS = (
    Format("PDF（打印、签字盖章）", ".pdf"),
    Format("Excel（报送）", ".xlsx"),
    Format("Word（报告）", ".docx"),
    Format("交换文件（JSON）", ".json"),
)


def pdf_bytes(printout: Printout) -> bytes:
    """Return the PDF of a printout, for the preview."""
    from export import pdf

    return pdf.to_bytes(printout)


def report_pdf_bytes(reports: "Sequence[Report]") -> bytes:
    """Return the PDF of some reports, for the preview."""
    from export import report_pdf

    return report_pdf.to_bytes(reports)
