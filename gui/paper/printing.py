"""Printing a PDF: the system's dialog, then page by page.

In Windows they go to the printer as outlines and lines (windows_printing.py), elsewhere through Qt as
pictures in the printer's own resolution.
"""

import sys
from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from gui.base import ask
from gui.paper.pdf_pages import PdfPages, page_count
from gui.paper.printer import fit, no_printer, refusal
from model.basics.errors import UserError

HIGHEST_DPI = 600  # more is not seen on paper


def print_pdf(parent: QWidget | None, pdf: bytes, title: str) -> bool:
    """Let the user choose printer, pages and copies, and print; return whether it went to the printer."""
    try:
        if sys.platform == "win32":
            from gui.paper.windows_printing import print_document

            return print_document(parent, pdf, title)
        return print_with_qt(parent, pdf, title)
    except UserError as error:
        ask.tell_error(parent, error)
        return False


# --- through Qt


def print_with_qt(parent: QWidget | None, pdf: bytes, title: str) -> bool:
    """Let the user choose, and print. Raises UserError if there is no printer or it takes nothing."""
    if not QPrinterInfo.availablePrinterNames():
        raise no_printer()
    printer = a4_printer(title)
    count = page_count(pdf)
    if not _is_set_up(printer, count, parent):
        return False
    paint_pages(pdf, printer, chosen_pages(printer, count))
    return True


def a4_printer(title: str) -> QPrinter:
    """Return the system's printer, set to whole sheets of A4."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCreator("自评簿")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    return printer


def chosen_pages(printer: QPrinter, count: int) -> list[int]:
    """Return the pages to print, from 0, in the order and as often as the dialog was told."""
    ranges = printer.pageRanges()
    some = printer.printRange() == QPrinter.PrintRange.PageRange and not ranges.isEmpty()
    pages = [n for n in range(count) if not some or ranges.contains(n + 1)]
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if printer.collateCopies():
        return pages * copies
    return [n for n in pages for _ in range(copies)]


def paint_pages(pdf: bytes, printer: QPrinter, pages: Iterable[int]) -> None:
    """Paint pages of a PDF, each on a sheet and in its own size. Raises UserError if the printer fails."""
    document = PdfPages(pdf)
    painter = QPainter()
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        for page in pages:
            _turn(printer, document.sizes_mm[page])
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise refusal(printer.printerName())
            _paint(painter, printer, document, page)
    finally:
        painter.end()
        document.close()
        QGuiApplication.restoreOverrideCursor()


def _turn(printer: QPrinter, size_mm: QSizeF) -> None:
    """Lay the paper as the page lies."""
    wide = size_mm.width() > size_mm.height()
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    )


def _paint(painter: QPainter, printer: QPrinter, document: PdfPages, page: int) -> None:
    """Paint a page from the corner of the paper in its own size; smaller only on paper that is smaller."""
    dots = printer.paperRect(QPrinter.Unit.DevicePixel).size()
    paper = printer.paperRect(QPrinter.Unit.Millimeter).size()
    size = document.sizes_mm[page]
    scale = fit(size, paper)
    width = size.width() * scale * dots.width() / paper.width()
    height = size.height() * scale * dots.height() / paper.height()
    pixels = min(width, size.width() * scale / 25.4 * HIGHEST_DPI)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.drawImage(QRectF(0, 0, width, height), document.picture(page, round(pixels)))


def _is_set_up(printer: QPrinter, count: int, parent: QWidget | None) -> bool:
    """Show the system's dialog; return whether the user wants to print."""
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, count)
    dialog.setFromTo(1, count)
    dialog.setPrintRange(QAbstractPrintDialog.PrintRange.AllPages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    accepted = bool(dialog.exec())
    dialog.deleteLater()
    return accepted
