"""Printing in Windows: its own dialog, then pages as outlines and lines, sharp at any resolution.

Qt hands out no device context of a printer, so a few functions of Windows are called here.
"""

import ctypes
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, cast

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from gui.paper.pdf_pages import PdfPages
from gui.paper.printer import fit, no_printer, refusal
from model.basics.errors import UserError

_MM = 25.4  # in an inch


class PrinterPage(NamedTuple):
    """A sheet as the printer sees it, in its dots."""

    width: int
    height: int
    left: int  # of it cannot be printed on
    top: int
    dpi_x: int
    dpi_y: int


class Place(NamedTuple):
    """Where a page is drawn, in dots from the first that can be printed."""

    x: int
    y: int
    width: int
    height: int


def place(size_mm: QSizeF, paper: PrinterPage) -> Place:
    """Lay a page from the corner of the paper in its own size; smaller only on paper that is smaller."""
    paper_mm = QSizeF(paper.width / paper.dpi_x, paper.height / paper.dpi_y) * _MM
    inches = size_mm * (fit(size_mm, paper_mm) / _MM)
    width, height = round(inches.width() * paper.dpi_x), round(inches.height() * paper.dpi_y)
    return Place(-paper.left, -paper.top, width, height)


def print_document(parent: QWidget | None, pdf: bytes, title: str) -> bool:
    """Let the user choose printer, pages and copies, and print; return whether it went to the printer."""
    document = PdfPages(pdf)
    try:
        with _dialog(parent, document) as dialog:
            return _is_confirmed(parent, dialog) and _print(document, dialog, title)
    finally:
        document.close()


# --- what Windows calls PRINTDLGW, DEVMODEW, DOCINFOW, and their constants


class _Handle(ctypes.c_void_p):
    """A handle of Windows, as wide as a pointer wherever it is given."""


class _Dialog(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint),
        ("owner", _Handle),
        ("settings", _Handle),
        ("names", _Handle),
        ("device", _Handle),
        ("flags", ctypes.c_uint),
        ("first", ctypes.c_ushort),
        ("last", ctypes.c_ushort),
        ("lowest", ctypes.c_ushort),
        ("highest", ctypes.c_ushort),
        ("copies", ctypes.c_ushort),
        ("templates_and_hooks", _Handle * 8),
    )


class _Settings(ctypes.Structure):
    """How a printer is set; more of its driver's own follows."""

    _fields_ = (
        ("printer", ctypes.c_wchar * 32),
        ("versions_and_sizes", ctypes.c_ushort * 4),
        ("fields", ctypes.c_uint),
        ("orientation", ctypes.c_short),
        ("paper", ctypes.c_short),
    )


class _Document(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_int),
        ("name", ctypes.c_wchar_p),
        ("file", ctypes.c_wchar_p),
        ("kind", ctypes.c_wchar_p),
        ("flags", ctypes.c_uint),
    )


# of a dialog
_SOME_PAGES, _NO_SELECTION, _NO_WARNING, _RETURN_DEVICE, _RETURN_DEFAULT = 0x2, 0x4, 0x80, 0x100, 0x400
_PRINTER_MAKES_COPIES, _NO_FILE = 0x40000, 0x100000
_NO_PRINTERS, _NO_DEFAULT_PRINTER = 0x1007, 0x1008

# of settings
_ORIENTATION, _PAPER, _OWN_FORM = 0x1, 0x2, 0x1000C
_UPRIGHT, _LYING = 1, 2
_A4 = 9

# of a device
_DPI_X, _DPI_Y, _PHYSICAL_WIDTH, _PHYSICAL_HEIGHT, _OFFSET_X, _OFFSET_Y = 88, 90, 110, 111, 112, 113
_CANCELLED = (63, 1223)  # errors: the user thinks better of it, in a dialog of the printer's own

_gdi: Any = None  # libraries of Windows, whose functions have no types
_dialogs: Any = None
_kernel: Any = None
if sys.platform == "win32":
    _gdi = ctypes.WinDLL("gdi32", use_last_error=True)
    _dialogs = ctypes.WinDLL("comdlg32")
    _kernel = ctypes.WinDLL("kernel32")
    _kernel.GlobalLock.restype = ctypes.POINTER(_Settings)


# --- the dialog


@contextmanager
def _dialog(parent: QWidget | None, document: PdfPages) -> Iterator[_Dialog]:
    """Prepare the dialog for a document: the user's usual printer, with A4."""
    dialog = _Dialog(size=ctypes.sizeof(_Dialog), flags=_RETURN_DEFAULT | _NO_WARNING)
    try:
        _show(dialog)  # only asks for the printer and its settings
        with _settings(dialog) as settings:
            _set_to_a4(settings)
            _turn(settings, document.sizes_mm[0])
        if parent:
            dialog.owner = _Handle(parent.window().winId())
        dialog.flags = _NO_SELECTION | _RETURN_DEVICE | _PRINTER_MAKES_COPIES | _NO_FILE
        dialog.first, dialog.last = dialog.lowest, dialog.highest = 1, len(document)
        yield dialog
    finally:
        if dialog.device:
            _gdi.DeleteDC(dialog.device)
        _kernel.GlobalFree(dialog.settings)
        _kernel.GlobalFree(dialog.names)


def _is_confirmed(parent: QWidget | None, dialog: _Dialog) -> bool:
    """Show the dialog; return whether the user wants to print. All windows wait, not only the owner."""
    blocker = QDialog(parent)
    blocker.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    blocker.setModal(True)
    blocker.show()
    try:
        return _show(dialog)
    finally:
        blocker.close()
        blocker.deleteLater()
        if parent:
            parent.activateWindow()


def _show(dialog: _Dialog) -> bool:
    """Call the dialog of Windows; return whether it was confirmed. Raises UserError without a printer."""
    if _dialogs.PrintDlgW(ctypes.byref(dialog)):
        return True
    error = _dialogs.CommDlgExtendedError()
    if error in (_NO_PRINTERS, _NO_DEFAULT_PRINTER):
        raise no_printer()
    if error:
        logging.warning("the print dialog ended with error %#x", error)
        raise UserError("打不开 Windows 的打印窗口。", "请在系统设置里查看默认打印机。")
    return False


@contextmanager
def _settings(dialog: _Dialog) -> Iterator[_Settings]:
    """The settings of the dialog's printer, to read and change."""
    pointer = _kernel.GlobalLock(dialog.settings)
    try:
        yield pointer.contents
    finally:
        _kernel.GlobalUnlock(dialog.settings)


def _set_to_a4(settings: _Settings) -> None:
    if settings.paper != _A4:
        settings.paper = _A4
        settings.fields = (settings.fields | _PAPER) & ~_OWN_FORM


def _turn(settings: _Settings, size_mm: QSizeF) -> bool:
    """Lay the paper as the page lies; return whether it lay otherwise."""
    before = settings.orientation
    settings.orientation = _LYING if size_mm.width() > size_mm.height() else _UPRIGHT
    settings.fields |= _ORIENTATION
    return bool(settings.orientation != before)


# --- the printer


def _print(document: PdfPages, dialog: _Dialog, title: str) -> bool:
    """Print as the dialog says; return whether it went to the printer."""
    first, last = (dialog.first, dialog.last) if dialog.flags & _SOME_PAGES else (1, len(document))
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        with _settings(dialog) as settings:
            return _send(document, range(first - 1, last), dialog.device, settings, title)
    finally:
        QGuiApplication.restoreOverrideCursor()


def _send(document: PdfPages, pages: range, device: _Handle, settings: _Settings, title: str) -> bool:
    if _gdi.StartDocW(device, ctypes.byref(_Document(ctypes.sizeof(_Document), title))) <= 0:
        if cast(Any, ctypes).get_last_error() in _CANCELLED:
            return False
        raise refusal(settings.printer)
    try:
        for page in pages:
            size_mm = document.sizes_mm[page]
            if _turn(settings, size_mm):
                _gdi.ResetDCW(device, ctypes.byref(settings))
            _must(_gdi.StartPage(device), settings)
            _must(document.draw(page, device, place(size_mm, _paper(device))), settings)
            _must(_gdi.EndPage(device), settings)
        _must(_gdi.EndDoc(device), settings)
    except BaseException:
        _gdi.AbortDoc(device)
        raise
    return True


def _must(result: int, settings: _Settings) -> None:
    """Raise UserError if a function of Windows has failed."""
    if result <= 0:
        raise refusal(settings.printer)


def _paper(device: _Handle) -> PrinterPage:
    caps = (_PHYSICAL_WIDTH, _PHYSICAL_HEIGHT, _OFFSET_X, _OFFSET_Y, _DPI_X, _DPI_Y)
    return PrinterPage(*(_gdi.GetDeviceCaps(device, index) for index in caps))
