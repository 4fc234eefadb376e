"""How wide list, table and pane stand beside each other, and when list and pane fold away."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from gui.base import theme
from gui.base.garbage import settle
from gui.base.panel_widths import COLUMN, LIST, PANE, Sides
from gui.frame.form_list import FormList, Rail
from gui.frame.score_strip import ScoreStrip
from gui.pane.pane import Pane

# px at 100 %:
SIDES = ((1600, 280, 380), (1340, 232, 304), (1060, 228, 240), (0, 200, 240))  # window, list, pane
NARROW = 1270  # in a narrower window the pane is closed, as the table would not fit beside it
NARROWEST = 1000  # in a narrower one the list is a rail
SETTLE_MS = 500  # after the first paint


class SidedView(QWidget):
    """A subclass makes the parts and lays them out; the clerk's own widths are kept by `sides_changed`."""

    sides_changed = Signal(object)
    pane_opened = Signal()
    list: FormList
    rail: Rail
    strip: ScoreStrip
    pane: Pane
    splitter: QSplitter
    inner_splitter: QSplitter

    def __init__(self, sides: Sides) -> None:
        super().__init__()
        self.sides = sides
        self._is_set_up = False
        self._lent = False  # the pane is open only to search

    def set_compact(self, compact: bool) -> None:
        """Give what stands above the tabs one line, or two."""
        raise NotImplementedError

    def offer_findings(self) -> None:
        """Offer the list of findings where the pane is folded away."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the pane gives its room to the table, in a very narrow one the list too."""
        super().resizeEvent(event)
        before, now = event.oldSize().width(), self.width()
        was_narrow, is_narrow = (width < theme.px(NARROW) for width in (before, now))
        if is_narrow != was_narrow or before < 0:
            self.pane.setVisible(self.sides.pane_open and not is_narrow)
            self.offer_findings()
        is_narrowest = now < theme.px(NARROWEST)
        self.rail.setVisible(is_narrowest)
        self.list.setVisible(not is_narrowest)
        self.strip.set_narrow(is_narrow)
        self.set_compact(is_narrowest)

    def showEvent(self, event: QShowEvent) -> None:
        """The first width decides how wide list and pane stand, unless the clerk has decided before."""
        super().showEvent(event)
        if self._is_set_up:
            return
        self._is_set_up = True
        QTimer(self, singleShot=True, interval=SETTLE_MS, timeout=settle).start()
        names, pane = next(sides for start, *sides in SIDES if self.width() >= theme.px(start))
        names = theme.px(self.sides.width(LIST) or names)
        pane = theme.px(self.sides.width(PANE) or pane)
        self.splitter.setSizes([names, self.width() - names])
        self.inner_splitter.setSizes([self.width() - names - pane, pane])

    def toggle_pane(self) -> None:
        """Open the pane or fold it away, this time and the next."""
        self._set_pane(self.pane.isHidden())

    def open_pane(self, face: int) -> None:
        """Open the pane on one of its faces."""
        if self.pane.isHidden():
            self._set_pane(True)
        self.pane.show_face(face)

    def lend_pane(self, is_open: bool) -> None:
        """Open the pane for as long as something is searched, then leave it as it was."""
        self._lent = is_open and self.pane.isHidden() if is_open else self._lent
        if self._lent:
            self.pane.setVisible(is_open)
            self.offer_findings()

    def _set_pane(self, is_open: bool) -> None:
        self.pane.setVisible(is_open)
        self.offer_findings()
        self._keep(self.sides._replace(pane_open=is_open))
        if is_open:
            self.pane_opened.emit()

    def _keep_column(self, column: str, width: int) -> None:
        self._keep_width(COLUMN + column, width)

    def _keep_width(self, name: str, width: int) -> None:
        self._keep(self.sides.with_width(name, theme.unzoomed(width)))

    def _keep(self, sides: Sides) -> None:
        self.sides = sides
        self.sides_changed.emit(sides)
