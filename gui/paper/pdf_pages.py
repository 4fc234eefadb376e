"""A PDF as pictures of its pages, for screen and printer. Only the window's own thread may use it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

if TYPE_CHECKING:  # PDFium is loaded with the first page that is shown
    from ctypes import c_void_p

    from pypdfium2 import PdfDocument

_MM = 25.4 / 72  # millimetres in a point


class BrokenPdf(Exception):
    """What was to be shown is no PDF, or a damaged one."""


@contextmanager
def _refusals() -> Iterator[None]:
    """What PDFium refuses is broken."""
    from pypdfium2 import PdfiumError

    try:
        yield
    except PdfiumError as error:
        raise BrokenPdf from error


def _opened(pdf: bytes) -> "PdfDocument":
    from pypdfium2 import PdfDocument

    with _refusals():
        return PdfDocument(pdf)


class PdfPages:
    """An open PDF. Its pages are black on white, so a picture takes one byte a pixel.

    What is no PDF, and a page that is damaged, raise BrokenPdf.
    """

    def __init__(self, pdf: bytes) -> None:
        self._document = _opened(pdf)

    def __len__(self) -> int:
        return len(self._document)

    @cached_property
    def sizes_mm(self) -> tuple[QSizeF, ...]:
        """Width and height of each page."""
        with _refusals():
            return tuple(QSizeF(*self._document.get_page_size(n)) * _MM for n in range(len(self)))

    def picture(self, index: int, width: int) -> QImage:
        """Return a page as a picture of exactly so many pixels in width."""
        with _refusals():
            page = self._document[index]
            try:
                scale = (width - 0.01) / page.get_width()  # the size is rounded up
                bitmap = page.render(scale=scale, grayscale=True)
                grey = QImage.Format.Format_Grayscale8
                return QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, grey).copy()
            finally:
                page.close()

    def draw(self, index: int, device: "c_void_p", place: tuple[int, int, int, int]) -> bool:
        """Draw a page onto a device context of Windows: its place is left, top, width and height in dots.

        Onto a printer PDFium draws outlines and lines; only for what is half transparent it makes a picture.
        """
        from pypdfium2 import raw

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
    from pypdfium2 import PdfDocument

    whole = PdfDocument.new()
    try:
        for pdf, pages in parts:
            part = PdfDocument(pdf)
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
