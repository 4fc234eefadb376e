"""Printing through Qt: the pages of the PDF on A4 in their size and place, as often and in the order chosen.

The way of Windows has tests of its own.
"""

import sys

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication

from export import pdf_bytes
from gui.base import ask
from gui.paper import printing
from gui.paper.pdf_pages import PdfPages
from gui.paper.printing import a4_printer, chosen_pages, paint_pages, print_pdf, print_with_qt
from model.basics.errors import UserError
from model.forms.loader import metrics
from model.paper.layout import lay_out_form
from tests.desk import open_session

WIDTH = 800  # of the pictures compared


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def pdf(session):
    return pdf_bytes((lay_out_form(session.form("d"), metrics()),))


@pytest.fixture
def paper(qtbot, tmp_path):
    """A printer that writes into a PDF file."""
    return to_file(a4_printer("自评表"), tmp_path / "out.pdf")


def to_file(printer, path):
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.path = path
    return printer


def printed(printer):
    return PdfPages(printer.path.read_bytes())


def grey(picture):
    return [bytes(picture.constScanLine(y))[: picture.width()] for y in range(picture.height())]


def blurred(pages, n):
    """A page so small that what remains is where there is ink, not how an edge is smoothed."""
    picture = pages.picture(n, 4 * WIDTH)
    return b"".join(grey(picture.scaledToWidth(WIDTH // 4, Qt.TransformationMode.SmoothTransformation)))


def difference(one, n, other, m):
    """Mean difference of two pages in per cent."""
    a, b = blurred(one, n), blurred(other, m)
    length = min(len(a), len(b))
    return 100 * sum(abs(x - y) for x, y in zip(a[:length], b[:length], strict=True)) / (255 * length)


def shift(one, n, other, m, width=WIDTH):
    """How far the edges of the ink of two pages lie apart, in pixels of their pictures."""
    edges = zip(ink(grey(one.picture(n, width))), ink(grey(other.picture(m, width))), strict=True)
    return max(abs(a - b) for a, b in edges)


def ink(lines):
    """The first and last line and column that are not white."""
    rows = [y for y, line in enumerate(lines) if min(line) < 128]
    columns = [x for x in range(len(lines[0])) if any(line[x] < 128 for line in lines)]
    return rows[0], rows[-1], columns[0], columns[-1]


def test_a_print_is_the_pdf_on_paper(pdf, paper):
    original = PdfPages(pdf)
    paint_pages(pdf, paper, range(len(original)))
    copy = printed(paper)
    assert len(copy) == len(original) == 2
    for n in range(2):
        size = copy.sizes_mm[n]
        assert (size.width(), size.height()) == (pytest.approx(210, abs=0.4), pytest.approx(297, abs=0.4))
        assert difference(copy, n, original, n) < 0.2
        assert shift(copy, n, original, n) <= 1
    assert difference(copy, 0, original, 1) > 2


def test_margins_are_right_to_a_tenth_of_a_millimetre(pdf, paper):
    paint_pages(pdf, paper, [0])
    assert shift(printed(paper), 0, PdfPages(pdf), 0, width=2100) <= 2  # ten pixels are a millimetre
    assert ink(grey(printed(paper).picture(0, 2100)))[2] == pytest.approx(200, abs=3)  # 20 mm to the frame


def test_only_the_chosen_pages_are_printed(pdf, paper):
    paint_pages(pdf, paper, [1])
    assert len(printed(paper)) == 1
    assert difference(printed(paper), 0, PdfPages(pdf), 1) < 0.2


def test_a_landscape_page_turns_the_paper(session, paper):
    grid = lay_out_form(session.form("d"), metrics())
    pdf = pdf_bytes((grid, grid.annex))
    paint_pages(pdf, paper, range(3))
    sizes = [(round(size.width()), round(size.height())) for size in printed(paper).sizes_mm]
    assert sizes == [(210, 297), (210, 297), (297, 210)]
    assert shift(printed(paper), 2, PdfPages(pdf), 2) <= 1


def test_larger_paper_has_the_page_in_its_size_and_smaller_paper_has_it_whole(pdf, paper):
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.A3))
    paint_pages(pdf, paper, [0])
    large = ink(grey(printed(paper).picture(0, 1485)))  # five pixels a millimetre
    one = ink(grey(PdfPages(pdf).picture(0, 1050)))
    assert max(abs(a - b) for a, b in zip(large, one, strict=True)) <= 2
    paper.setPageSize(QPageSize(QPageSize.PageSizeId.A5))
    paint_pages(pdf, paper, [0])
    assert shift(printed(paper), 0, PdfPages(pdf), 0) <= 2


def test_pictures_are_made_in_the_printers_resolution_but_no_finer_than_600(pdf, paper, monkeypatch):
    widths = []
    real = PdfPages.picture
    monkeypatch.setattr(
        PdfPages, "picture", lambda self, n, width: widths.append(width) or real(self, n, width)
    )
    for dots in (300, 600, 1200):
        paper.setResolution(dots)
        paint_pages(pdf, paper, [0])
    assert widths == [pytest.approx(210 / 25.4 * dots, abs=4) for dots in (300, 600, 600)]


def test_pages_copies_and_order_are_those_of_the_dialog(paper):
    assert chosen_pages(paper, 3) == [0, 1, 2]
    paper.setPageRanges(QPageRanges.fromString("2-3"))
    assert chosen_pages(paper, 3) == [0, 1, 2]
    paper.setPrintRange(QPrinter.PrintRange.PageRange)
    assert chosen_pages(paper, 3) == [1, 2]
    paper.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert chosen_pages(paper, 3) == [2, 1]
    paper.setCopyCount(2)  # a PDF file makes no copies by itself
    paper.setCollateCopies(True)
    assert chosen_pages(paper, 3) == [2, 1, 2, 1]
    paper.setCollateCopies(False)
    assert chosen_pages(paper, 3) == [2, 2, 1, 1]


def test_a_printer_that_refuses_is_told(pdf, paper, tmp_path):
    paper.setOutputFileName(str(tmp_path / "no such folder" / "out.pdf"))
    with pytest.raises(UserError, match="没有接受"):
        paint_pages(pdf, paper, [0])
    assert QApplication.overrideCursor() is None


# --- with the dialogs


def test_without_a_printer_it_says_what_to_do(qtbot, pdf, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    said = []
    monkeypatch.setattr(ask, "tell", lambda parent, *texts: said.extend(texts))
    assert print_pdf(None, pdf, "自评表") is False
    assert said[0] == "这台电脑上没有打印机。"
    assert "导出…" in said[1]


def test_what_the_dialog_says_is_printed(qtbot, pdf, monkeypatch, tmp_path):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["PDF"]))
    asked = []

    def choose(dialog):
        asked.append((dialog.minPage(), dialog.maxPage(), dialog.printer().docName()))
        printer = to_file(dialog.printer(), tmp_path / "out.pdf")
        printer.setPrintRange(QPrinter.PrintRange.PageRange)
        printer.setFromTo(2, 2)
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    assert print_with_qt(None, pdf, "自评表") is True
    assert asked == [(1, 2, "自评表")]
    assert len(PdfPages((tmp_path / "out.pdf").read_bytes())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own")
def test_the_systems_dialog_comes_up_and_may_be_left(qtbot, pdf, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["PDF"]))
    monkeypatch.setattr(printing, "paint_pages", lambda *_: pytest.fail("printed all the same"))
    seen = []

    def leave():
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QPrintDialog))
        seen.append(dialog.windowTitle())
        dialog.reject()

    QTimer.singleShot(300, leave)
    assert print_pdf(None, pdf, "自评表") is False
    assert seen == ["打印"]
