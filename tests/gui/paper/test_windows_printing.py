"""Printing in Windows: what is asked of it, in which order, and where on the paper a page comes to lie.

A Windows made of records stands in for dialog and printer. That PDFium draws no pictures is seen in Windows
itself (`python3 dev.py windows --suite`), what comes out of a printer in the trial.
"""

import ctypes
import sys
from collections import Counter
from struct import unpack_from
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtWidgets import QApplication, QWidget

from export import pdf_bytes
from gui.base import ask
from gui.paper import printing, windows_printing
from gui.paper.pdf_pages import PdfPages
from gui.paper.windows_printing import PrinterPage, place, print_document
from model.basics.errors import UserError
from model.forms.loader import metrics
from model.paper.layout import lay_out_form
from tests.desk import open_session
from tests.reports import RARE

A4, LETTER = 9, 1
A4_PAPER = PrinterPage(4958, 7017, 142, 83, 600, 600)


class Windows:
    """Records what is called; its user confirms the dialog as it is, or does what a test says."""

    def __init__(self):
        self.settings = windows_printing._Settings(
            printer="激光打印机", orientation=1, paper=LETTER, fields=0x4
        )
        self.confirm = lambda dialog: 1
        self.error = 0  # why a dialog does not come up
        self.fails = ""  # the function that fails
        self.dialogs, self.calls, self.pages = [], [], []

    def PrintDlgW(self, reference):
        dialog = reference._obj
        assert dialog.size == ctypes.sizeof(dialog)
        self.dialogs.append((dialog.flags, dialog.owner.value, dialog.first, dialog.last))
        if self.error:
            return 0
        dialog.settings, dialog.names = 7, 8
        if len(self.dialogs) == 1:
            return 1
        self.asked = (self.settings.paper, self.settings.orientation, self.settings.fields)
        dialog.device = 9
        return self.confirm(dialog)

    def CommDlgExtendedError(self):
        return self.error

    def GlobalLock(self, handle):
        assert handle.value == 7
        return SimpleNamespace(contents=self.settings)

    def GetDeviceCaps(self, device, index):
        wide = self.settings.orientation == 2
        paper = A4_PAPER._replace(width=7017, height=4958) if wide else A4_PAPER
        return dict(zip((110, 111, 112, 113, 88, 90), paper, strict=True))[index]

    def StartDocW(self, device, reference):
        self.title = reference._obj.name
        return self._called("StartDocW")

    def __getattr__(self, name):
        return lambda *arguments: self._called(name)

    def _called(self, name):
        self.calls.append(name)
        return int(name != self.fails)

    def draw(self, document, page, device, where):
        self.pages.append((page, where))
        return self._called("draw")


@pytest.fixture
def windows(monkeypatch):
    fake = Windows()
    for library in ("_gdi", "_dialogs", "_kernel"):
        monkeypatch.setattr(windows_printing, library, fake, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 1223, raising=False)
    monkeypatch.setattr(PdfPages, "draw", lambda document, *rest: fake.draw(document, *rest))
    return fake


@pytest.fixture
def session(qtbot, tmp_path):
    return open_session(tmp_path)


@pytest.fixture
def pdf(session):
    """Two upright pages, then two that lie."""
    grid = lay_out_form(session.form("d"), metrics())
    return pdf_bytes((grid, grid.annex))


# --- where on the paper


def test_a_page_begins_at_the_corner_of_the_paper_in_its_own_size():
    assert place(QSizeF(210, 297), A4_PAPER) == (-142, -83, 4961, 7016)
    assert place(QSizeF(297, 210), PrinterPage(7017, 4958, 83, 142, 600, 600)) == (-83, -142, 7016, 4961)


def test_a_hundred_millimetres_are_a_hundred_millimetres_also_with_dots_that_are_no_squares():
    assert place(QSizeF(100, 100), PrinterPage(9921, 7017, 0, 0, 1200, 600)) == (0, 0, 4724, 2362)


def test_larger_paper_keeps_the_size_and_smaller_paper_has_the_whole_page():
    a3, a5 = PrinterPage(7016, 9921, 9, 9, 600, 600), PrinterPage(3496, 4961, 9, 9, 600, 600)
    assert place(QSizeF(210, 297), a3) == (-9, -9, 4961, 7016)
    _, _, width, height = place(QSizeF(210, 297), a5)
    assert width <= a5.width
    assert height <= a5.height
    assert max(a5.width - width, a5.height - height) < 30
    assert width / height == pytest.approx(210 / 297, abs=0.001)


# --- what is asked of Windows


def test_all_pages_are_printed_and_the_paper_is_turned_once(windows, pdf):
    assert print_document(None, pdf, "自评表") is True
    page = ["StartPage", "draw", "EndPage"]
    assert windows.calls == [
        *["GlobalUnlock", "StartDocW", *page, *page, "ResetDCW", *page, *page, "EndDoc", "GlobalUnlock"],
        *["DeleteDC", "GlobalFree", "GlobalFree"],
    ]
    assert windows.title == "自评表"
    assert [page for page, _ in windows.pages] == [0, 1, 2, 3]
    upright, lying = windows.pages[0][1], windows.pages[2][1]
    assert (upright.width, upright.height) == (lying.height, lying.width) == (4961, 7016)
    assert QApplication.overrideCursor() is None


def test_the_dialog_begins_with_a4_as_the_first_page_lies_and_with_all_pages(windows, pdf):
    print_document(None, pdf, "自评表")
    (_, *_), (flags, owner, first, last) = windows.dialogs
    assert windows.asked == (A4, 1, 0x3)
    assert (owner, first, last) == (None, 1, 4)
    assert flags & 0x100
    assert not flags & 0x2


def test_the_window_owns_the_dialog_and_all_windows_wait_for_it(windows, pdf, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    modal = []
    windows.confirm = lambda dialog: modal.append(QApplication.activeModalWidget() is not None)
    assert print_document(window, pdf, "自评表") is False
    assert windows.dialogs[1][1] == int(window.winId())
    assert modal == [True]
    assert QApplication.activeModalWidget() is None


def test_only_the_chosen_pages_are_printed(windows, pdf):
    def some(dialog):
        dialog.flags |= 0x2
        dialog.first, dialog.last = 2, 3
        return 1

    windows.confirm = some
    assert print_document(None, pdf, "自评表") is True
    assert [page for page, _ in windows.pages] == [1, 2]


def test_a_cancelled_dialog_prints_nothing(windows, pdf):
    windows.confirm = lambda dialog: 0
    assert print_document(None, pdf, "自评表") is False
    assert windows.calls == ["GlobalUnlock", "DeleteDC", "GlobalFree", "GlobalFree"]


def test_who_cancels_in_the_printers_own_dialog_is_not_told_of_an_error(windows, pdf):
    windows.fails = "StartDocW"
    assert print_document(None, pdf, "自评表") is False
    assert windows.pages == []


@pytest.mark.parametrize("function", ["StartDocW", "StartPage", "draw", "EndPage", "EndDoc"])
def test_a_printer_that_refuses_is_told_by_name(windows, pdf, function, monkeypatch):
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5)
    windows.fails = function
    with pytest.raises(UserError, match="“激光打印机”没有接受"):
        print_document(None, pdf, "自评表")
    assert ("AbortDoc" in windows.calls) is (function != "StartDocW")
    assert windows.calls[-3:] == ["DeleteDC", "GlobalFree", "GlobalFree"]
    assert QApplication.overrideCursor() is None


@pytest.mark.parametrize(
    ("error", "words"), [(0x1008, "没有打印机"), (0x1007, "没有打印机"), (0x1009, "查看默认打印机")]
)
def test_a_dialog_that_does_not_come_up_says_why(windows, pdf, error, words):
    windows.error = error
    with pytest.raises(UserError, match=words):
        print_document(None, pdf, "自评表")


def test_the_one_entrance_leads_here_in_windows(windows, pdf, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    said = []
    monkeypatch.setattr(ask, "tell", lambda parent, *texts: said.extend(texts))
    assert printing.print_pdf(None, pdf, "自评表") is True
    assert said == []
    windows.error = 0x1008
    assert printing.print_pdf(None, pdf, "自评表") is False
    assert said[0] == "这台电脑上没有打印机。"


# --- in Windows itself


@pytest.mark.skipif(sys.platform != "win32", reason="draws on a device of Windows")
def test_pages_are_outlines_and_lines_and_no_pictures(session):
    """As the device is a metafile, every call can be read again."""
    plain = recorded(session)
    assert not set(plain) & PICTURES
    assert plain[FILL_PATH] > 300  # characters
    session.set_text(("d", "unit_name"), session.answers.forms["d"].text("unit_name") + RARE)
    rare = recorded(session)
    assert not set(rare) & PICTURES
    assert rare[FILL_PATH] >= plain[FILL_PATH] + len(RARE)


FILL_PATH = 62
PICTURES = {77, 78, 79, 80, 81, 114, 116}  # bits of a picture, put, stretched, masked or blended


def recorded(session):
    """How often each kind of record comes up in the first page of a form."""
    gdi = windows_printing._gdi
    for function in (gdi.CreateEnhMetaFileW, gdi.CloseEnhMetaFile):
        function.restype = windows_printing._Handle
    document = PdfPages(pdf_bytes((lay_out_form(session.form("d"), metrics()),)))
    device = gdi.CreateEnhMetaFileW(None, None, None, None)
    assert document.draw(0, device, (0, 0, 4960, 7016))
    file = gdi.CloseEnhMetaFile(device)
    size = gdi.GetEnhMetaFileBits(file, 0, None)
    data = ctypes.create_string_buffer(size)
    gdi.GetEnhMetaFileBits(file, size, data)
    gdi.DeleteEnhMetaFile(file)
    document.close()
    kinds, place = Counter(), 0
    while place < size:
        kind, length = unpack_from("<II", data, place)
        kinds[kind] += 1
        place += length
    return kinds
