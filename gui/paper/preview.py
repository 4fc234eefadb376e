"""The preview: the pages of the very PDF that is printed and exported, with their tool row."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.base import theme
from gui.base.file_work import FileWork
from gui.base.parts import Elided
from gui.base.plain import Label, tip
from gui.paper.outputs import Moment, OutputId, OutputPdf, Reports, key_and_kind, moment_of, pdf_of
from gui.paper.page_view import FIT_WIDTH, Desk, ShownPages
from gui.paper.pdf_pages import PdfPages
from gui.session.session import Session
from model.basics.errors import UserError
from model.paper.grid import Printout
from model.paper.pages import Page, paginate

STALE_MS = 100  # from an edit to the new pages; making them takes some 30 ms
QUICK = 60  # rows whose pages are made at once
MAKING = "正在排版，请稍候。"
_log = logging.getLogger("ziping")
ZOOMS = (FIT_WIDTH, 100, 150, 200)


_Drawn = tuple[OutputPdf, tuple[Page, ...]]


def _made(
    moment: Moment, output: OutputId, pdf_bytes: Callable[[Printout], bytes], reports: Reports | None
) -> _Drawn:
    """Draw the pages of an output, with what stands on each."""
    drawn = pdf_of(moment, output, pdf_bytes, reports)
    return drawn, tuple(page for grid in drawn.grids for page in paginate(grid))


def _kept(draw: Callable[[], _Drawn]) -> Callable[[], _Drawn]:
    """Draw, and return what gives the pages, or raises what drawing raised."""
    try:
        found = draw()
    except Exception as error:
        return partial(_raise, error)
    return lambda: found


def _raise(error: Exception) -> _Drawn:
    raise error


class PreviewPage(QWidget):
    """Shows the pages of one form, or what is written about it.

    `cell_wanted(form key, cell id)` follows a click on a cell; `back_wanted`, `print_wanted` and
    `export_wanted` are the buttons. `pdf_bytes` makes the PDF of a form, `reports` all others. An edit makes
    the pages anew, at once or when they are next seen.
    """

    print_wanted = Signal()
    export_wanted = Signal()
    back_wanted = Signal()
    cell_wanted = Signal(str, str)

    def __init__(
        self, session: Session, pdf_bytes: Callable[[Printout], bytes], reports: Reports | None = None
    ) -> None:
        super().__init__()
        self._session, self._pdf_bytes, self._reports = session, pdf_bytes, reports
        self.output: OutputId = ""
        self._is_stale = False
        self._work = FileWork(self)
        self._timer = QTimer(self, singleShot=True, interval=STALE_MS)
        self._timer.timeout.connect(self._make)
        self.bar, self.desk = _Bar(), Desk()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.desk, stretch=1)
        self.bar.back.clicked.connect(self.back_wanted)
        self.bar.print.clicked.connect(self.print_wanted)
        self.bar.export.clicked.connect(self.export_wanted)
        self.bar.previous.clicked.connect(lambda: self.desk.go_to(self.desk.current() - 1))
        self.bar.next.clicked.connect(lambda: self.desk.go_to(self.desk.current() + 1))
        self.bar.zoom_chosen.connect(self.desk.set_zoom)
        self.desk.moved.connect(self._show_place)
        self.desk.cell_clicked.connect(self.cell_wanted)
        self.setFocusProxy(self.desk)

    def show_form(self, output: OutputId) -> None:
        """Show the pages of another form or report, or those of the same as they are now."""
        if output != self.output:
            self.output = output
            self.desk.clear()
        self._is_stale = True
        if self.isVisible():
            self._make()

    def document_changed(self) -> None:
        """Make the pages anew, soon where they are in sight, else when they are next seen."""
        self._is_stale = True
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while the pages were hidden is made now."""
        super().showEvent(event)
        if self._is_stale:
            self._make()

    def _make(self) -> None:
        """Make the pages, many of them in a thread, while those of before stay in sight."""
        self._timer.stop()
        if self._work.is_busy:
            return  # made anew when it ends
        self._is_stale = False
        if self._rows() <= QUICK:
            self._show(self._drawn)
            return
        if self.desk.shown is None:
            self.desk.show_problem(MAKING)
        output = self.output
        drawn = partial(_made, moment_of(self._session), output, self._pdf_bytes, self._reports)
        self._work.start(lambda: _kept(drawn), lambda made: self._made(output, made))

    def _rows(self) -> int:
        """How many rows of indicators the pages may hold."""
        key, _ = key_and_kind(self.output)
        forms = self._session.snapshot.forms
        chosen = [forms[key]] if key in forms else forms.values()
        return sum(len(form.sheet.indicators) for form in chosen)

    def _made(self, output: OutputId, made: "Callable[[], _Drawn]") -> None:
        if self._is_stale or output != self.output:
            self._is_stale = True
            if self.isVisible():
                self._make()
        else:
            self._show(made)

    def _show(self, drawn: "Callable[[], _Drawn]") -> None:
        """Show pages; where they could not be made, a sentence takes their place."""
        self.bar.show_title("")
        try:
            found, placed = drawn()
            self.bar.show_title(found.name)
            self.desk.show_pages(ShownPages(found.pdf, PdfPages(found.pdf), placed))
        except UserError as error:
            self.desk.show_problem(str(error))
        except Exception:
            _log.exception("no preview of %s", self.output)
            self.desk.show_problem("页面没有做出来，填报的内容不受影响。原因已记入日志。")
        self.bar.print.setEnabled(self.desk.shown is not None)
        self.bar.print.setToolTip(tip("" if self.desk.shown else self.desk.problem.text()))
        self._show_place()

    def pdf(self) -> OutputPdf:
        """Return the pages in hand as they are now; raises UserError where there are none."""
        return pdf_of(self._session, self.output, self._pdf_bytes, self._reports)

    def _drawn(self) -> "_Drawn":
        return _made(moment_of(self._session), self.output, self._pdf_bytes, self._reports)

    def _show_place(self) -> None:
        count = len(self.desk.shown.pages) if self.desk.shown else 0
        self.bar.show_place(self.desk.current(), count, self.desk.zoom)


class _Bar(QFrame):
    """The tool row above the pages: the way back, their title, the page in sight, zoom, 打印… and 导出…."""

    zoom_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tabs")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), theme.px(7), theme.px(20), theme.px(7))
        row.setSpacing(theme.px(8))
        self.back = QPushButton(theme.icon("left", "text"), " 返回填报", toolTip="返回填报（Esc）")
        self.title = Elided("", "heading")
        self.place = Label()
        self.previous = QToolButton(icon=theme.icon("left", "text"), toolTip="上一页")
        self.next = QToolButton(icon=theme.icon("right", "text"), toolTip="下一页")
        self.zoom = QPushButton(theme.icon("down"), "", toolTip="放大缩小（Ctrl+滚轮）")
        self.zoom.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.zoom.clicked.connect(self._open_zooms)
        self.print = QPushButton(theme.icon("print", "text"), " 打印…")
        self.export = QPushButton(theme.icon("export", "on_accent"), " 导出…", objectName="primary")
        row.addWidget(self.back)
        row.addSpacing(theme.px(8))
        row.addWidget(self.title, stretch=1)
        for widget in (self.place, self.previous, self.next):
            row.addWidget(widget)
        row.addSpacing(theme.px(4))
        row.addWidget(self.zoom)
        row.addSpacing(theme.px(12))
        row.addWidget(self.print)
        row.addWidget(self.export)
        self._name()

    def _name(self) -> None:
        for button, name in (
            (self.back, "返回填报"),
            (self.previous, "上一页"),
            (self.next, "下一页"),
            (self.print, "打印"),
            (self.export, "导出"),
        ):
            button.setAccessibleName(name)

    def _open_zooms(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for percent in ZOOMS:
            menu.addAction(zoom_name(percent), lambda percent=percent: self.zoom_chosen.emit(percent))
        menu.popup(self.zoom.mapToGlobal(QPoint(0, self.zoom.height())))

    def show_title(self, title: str) -> None:
        """Show what the pages are called."""
        self.title.show_text(title)
        self.title.setToolTip(tip(title))

    def show_place(self, page: int, count: int, zoom: int) -> None:
        """Show which page of how many is in sight, and how large."""
        self.place.setText(f"第 {page + 1} 页，共 {count} 页" if count else "")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < count)
        self.zoom.setText(f"{zoom_name(zoom)} ")
        self.zoom.setAccessibleName(f"缩放：{zoom_name(zoom)}")


def zoom_name(percent: int) -> str:
    """Return how a zoom is called."""
    return f"{percent} %" if percent else "适合页宽"
