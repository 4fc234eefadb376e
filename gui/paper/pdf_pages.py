"""A PDF as pictures of its pages, for screen and printer. Only the window's own thread may use it."""

from collections.abc import Sequence
from ctypes import c_void_p
from functools import cached_property
from io import BytesIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

_MM = 25.4 / 72  # millimetres in a point


class PdfPages:
    """An open PDF. Its pages are black on white, so a picture takes one byte a pixel."""

    def __init__(self, pdf: bytes) -> None:
        self._document = pdfium.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    @cached_property
    def sizes_mm(self) -> tuple[QSizeF, ...]:
        """Width and height of each page."""
        return tuple(QSizeF(*self._document.get_page_size(n)) * _MM for n in range(len(self)))

    def picture(self, index: int, width: int) -> QImage:
        """Return a page as a picture of exactly so many pixels in width."""
        page = self._document[index]
        try:
            scale = (width - 0.01) / page.get_width()  # the size is rounded up
            bitmap = page.render(scale=scale, grayscale=True)
            grey = QImage.Format.Format_Grayscale8
            return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, grey).copy()
        finally:
            page.close()

    def draw(self, index: int, device: c_void_p, place: tuple[int, int, int, int]) -> bool:
        """Draw a page onto a device context of Windows: its place is left, top, width and height in dots.

        Onto a printer PDFium draws outlines and lines; only for what is half transparent it makes a picture.
        """
        page = self._document[index]
        try:
            return bool(raw.FPDF_RenderPage(device, page, *place, 0, raw.FPDF_PRINTING))
        finally:
            page.close()

    def close(self) -> None:
        """Give the memory back."""
        self._document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    pages = PdfPages(pdf)
    try:
        return len(pages)
    finally:
        pages.close()


def join(parts: Sequence[tuple[bytes, Sequence[int]]]) -> bytes:
    """Return pages of several PDFs as one: of each those named, from 0, () for all; those it has not are left
    out. Without any page b""."""
    whole = pdfium.PdfDocument.new()
    try:
        for pdf, pages in parts:
            part = pdfium.PdfDocument(pdf)
            wanted = [n for n in pages if n < len(part)] if pages else list(range(len(part)))
            if wanted:
                whole.import_pages(part, wanted)
            part.close()
        if not len(whole):
            return b""
        written = BytesIO()
        whole.save(written)
        return written.getvalue()
    finally:
        whole.close()
