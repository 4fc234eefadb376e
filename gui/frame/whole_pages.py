"""What stands right of the list: the form that is filled in, or in its place the preview or 交稿."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.paper.outputs import Reports
from gui.session.session import Session
from model.paper.grid import Printout

if TYPE_CHECKING:
    from gui.handin.handin_page import HandInPage
    from gui.paper.preview import PreviewPage


class WholePages(QStackedWidget):
    """Pages are made when they are first wanted; what they wish goes on by the same signals."""

    export_wanted = Signal()
    print_wanted = Signal()
    cell_wanted = Signal(str, str)
    jump_wanted = Signal(object)
    lock_wanted = Signal()
    version_wanted = Signal(str, object)
    back_wanted = Signal()

    def __init__(
        self,
        session: Session,
        filling: QWidget,
        pdf_bytes: Callable[[Printout], bytes],
        reports: Reports | None,
    ) -> None:
        super().__init__()
        self._session, self._pdf_bytes, self._reports = session, pdf_bytes, reports
        self.filling = filling
        self._preview: PreviewPage | None = None
        self._handin: HandInPage | None = None
        self.addWidget(filling)

    @property
    def preview(self) -> "PreviewPage":
        """The pages; what draws them is loaded when they are first wanted."""
        if self._preview is None:
            from gui.paper.preview import PreviewPage

            self._preview = PreviewPage(self._session, self._pdf_bytes, self._reports)
            self._preview.export_wanted.connect(self.export_wanted)
            self._preview.print_wanted.connect(self.print_wanted)
            self._preview.cell_wanted.connect(self.cell_wanted)
            self._preview.back_wanted.connect(self.back_wanted)
            self.addWidget(self._preview)
        return self._preview

    @property
    def handin(self) -> "HandInPage":
        """What is open before handing in."""
        if self._handin is None:
            from gui.handin.handin_page import HandInPage

            self._handin = HandInPage(self._session)
            self._handin.export_wanted.connect(self.export_wanted)
            self._handin.jump_wanted.connect(self.jump_wanted)
            self._handin.lock_wanted.connect(self.lock_wanted)
            self._handin.side.wanted.connect(self.version_wanted)
            self.addWidget(self._handin)
        return self._handin

    @property
    def is_filling(self) -> bool:
        """Whether the form stands there."""
        return self.currentWidget() is self.filling

    @property
    def is_previewing(self) -> bool:
        """Whether the pages of the preview stand there."""
        return self._preview is not None and self.currentWidget() is self._preview

    @property
    def is_handing_in(self) -> bool:
        """Whether 交稿 stands there."""
        return self._handin is not None and self.currentWidget() is self._handin

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, where nothing else wants it, goes back to the form."""
        if event.key() == Qt.Key.Key_Escape and not self.is_filling:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def show_filling(self) -> None:
        """Show the form."""
        self.setCurrentWidget(self.filling)

    def document_changed(self) -> None:
        """Let the pages follow the document."""
        if self._preview is not None:
            self._preview.document_changed()
        if self._handin is not None:
            self._handin.document_changed()
