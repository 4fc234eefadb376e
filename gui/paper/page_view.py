"""The desk of the preview: pages of paper as they will be printed, each cell in its place."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollBar, QVBoxLayout

from gui.base import theme
from gui.base.plain import Label
from gui.paper.pdf_pages import PdfPages
from model.document.answers import Address
from model.paper.pages import Page

FIT_WIDTH = 0  # per cent: as wide as the desk, but no wider than _WIDEST_FIT
_WIDEST_FIT, _SMALLEST, _LARGEST, _STEP = 150, 50, 300, 10
_NOTCH = 120  # of the wheel, in Qt's eighths of a degree
_PX_PER_MM = 96 / 25.4  # at 100 %: as large as on paper


class ShownPages(NamedTuple):
    """What the desk shows: the pages of a PDF, and the cells in their places on them."""

    pdf: bytes
    pages: PdfPages
    placed: tuple[Page, ...]


class Spot(NamedTuple):
    """A point of a page, in millimetres from its upper left corner."""

    page: int
    x: float
    y: float


def cell_at(placed: Sequence[Page], spot: Spot) -> Address | None:
    """Return the cell of the form that is printed at a spot, if one is."""
    if spot.page >= len(placed):
        return None
    for part in placed[spot.page].placed:
        box = part.box
        if part.cell.source and 0 <= spot.x - box.x < box.width and 0 <= spot.y - box.y < box.height:
            return part.cell.source
    return None


class Desk(QAbstractScrollArea):
    """Pages of paper, white also in the dark, on a grey desk; only those in sight are drawn.

    `moved` says that another page or zoom is shown, `cell_clicked` which cell was clicked.
    """

    moved = Signal()
    cell_clicked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.shown: ShownPages | None = None
        self.zoom = FIT_WIDTH
        self._rects: list[QRectF] = []  # of the pages, on the whole desk
        self._scale = _PX_PER_MM
        self._pictures: dict[int, QImage] = {}
        self._pressed = QPoint()
        self._turned = 0  # of the wheel, not yet a notch
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet(f"Desk, Desk::corner {{ background: {_ground().name()}; border: none; }}")
        self.setAccessibleName("预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(theme.px(40))
        self.problem = Label(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter, visible=False)
        self.problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        QVBoxLayout(self.viewport()).addWidget(self.problem)

    # --- what is shown

    def show_pages(self, shown: ShownPages) -> None:
        """Show other pages at the same place."""
        spot = self._spot_in_sight()
        self.clear()
        self.shown = shown
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # else its coming changes the fit
        self._arrange()
        self._bring(spot, QPoint())

    def show_problem(self, sentence: str) -> None:
        """Show a sentence in place of the pages."""
        self.clear()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.problem.setText(sentence)
        self.problem.show()

    def clear(self) -> None:
        """Show nothing."""
        if self.shown:
            self.shown.pages.close()
        self.shown = None
        self.problem.hide()
        self._pictures.clear()
        self._arrange()

    # --- where things are

    def current(self) -> int:
        """Return the page in sight: the one in the middle, the last at the very end."""
        bar = self.verticalScrollBar()
        if bar.maximum() and bar.value() == bar.maximum():
            return max(len(self._rects) - 1, 0)
        return self._page_at(bar.value() + self.viewport().height() / 2)

    def go_to(self, page: int) -> None:
        """Scroll to the top of a page."""
        if 0 <= page < len(self._rects):
            self.verticalScrollBar().setValue(round(self._rects[page].top() - theme.px(12)))

    def set_zoom(self, percent: int, at: QPoint | None = None) -> None:
        """Show the pages larger or smaller; what stands at a point of the view stays there."""
        point = at or QPoint(self.viewport().width() // 2, 0)
        spot = self._spot_in_sight() if at is None else self._spot(point)
        self.zoom = percent
        self._arrange()
        self._bring(spot, point)
        if at is None:
            sideways = self.horizontalScrollBar()
            sideways.setValue(sideways.maximum() // 2)
        self.moved.emit()

    def _page_at(self, y: float) -> int:
        return max(bisect_right([rect.top() for rect in self._rects], y) - 1, 0)

    def _origin(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _spot(self, point: QPoint) -> Spot | None:
        """Return where on which page a point of the view lies; above and below the pages is on them, too."""
        if not self._rects:
            return None
        on_desk = self._origin() + QPointF(point)
        page = self._page_at(on_desk.y())
        corner = self._rects[page].topLeft()
        return Spot(page, (on_desk.x() - corner.x()) / self._scale, (on_desk.y() - corner.y()) / self._scale)

    def _spot_in_sight(self) -> Spot | None:
        """Return what stands at the upper edge of the view; None at the very top."""
        at_top = self.verticalScrollBar().value() == 0
        return None if at_top else self._spot(QPoint(self.viewport().width() // 2, 0))

    def _bring(self, spot: Spot | None, point: QPoint) -> None:
        """Scroll so that a spot stands at the height of a point, and where it can at the point itself."""
        if spot is None or not self._rects:
            return
        corner = self._rects[min(spot.page, len(self._rects) - 1)].topLeft()
        on_desk = corner + QPointF(spot.x, spot.y) * self._scale
        self.verticalScrollBar().setValue(round(on_desk.y() - point.y()))
        if not point.isNull():
            self.horizontalScrollBar().setValue(round(on_desk.x() - point.x()))

    def _arrange(self) -> None:
        """Give every page its place on the desk."""
        sizes = self.shown.pages.sizes_mm if self.shown else ()
        view, margin = self.viewport().size(), theme.px(24)
        widest = max((size.width() for size in sizes), default=1.0)
        if self.zoom == FIT_WIDTH:
            self._scale = min((view.width() - 2 * margin) / widest, _PX_PER_MM * _WIDEST_FIT / 100)
            self._scale = max(self._scale, _PX_PER_MM / 10)
        else:
            self._scale = _PX_PER_MM * self.zoom / 100
        desk_width = max(view.width(), round(widest * self._scale) + 2 * margin if sizes else 0)
        self._rects, y = [], float(margin)
        for size in sizes:
            width, height = size.width() * self._scale, size.height() * self._scale
            self._rects.append(QRectF(round((desk_width - width) / 2), y, width, height))
            y = round(y + height + margin)
        _set_range(self.horizontalScrollBar(), desk_width, view.width())
        _set_range(self.verticalScrollBar(), round(y) if sizes else 0, view.height())
        self.viewport().update()

    # --- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the desk and the pages in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), _ground())
        in_sight = [n for n, rect in enumerate(self._shown_rects()) if rect.intersects(self._view())]
        for n in in_sight:
            self._draw_page(painter, n)
        near = range(in_sight[0] - 1, in_sight[-1] + 2) if in_sight else range(0)
        self._pictures = {n: picture for n, picture in self._pictures.items() if n in near}

    def _view(self) -> QRectF:
        return QRectF(self.viewport().rect())

    def _shown_rects(self) -> list[QRectF]:
        return [rect.translated(-self._origin()) for rect in self._rects]

    def _draw_page(self, painter: QPainter, n: int) -> None:
        """Draw a page as a picture that has a pixel for each of the screen's."""
        picture, corner = self._picture(n), self._shown_rects()[n].topLeft()
        painter.drawImage(corner, picture)
        painter.setPen(theme.colour("line2"))
        painter.drawRect(QRectF(corner, picture.deviceIndependentSize()).adjusted(-1, -1, 0, 0))

    def _picture(self, n: int) -> QImage:
        assert self.shown
        ratio = self.devicePixelRatioF()
        width = round(self._rects[n].width() * ratio)
        found = self._pictures.get(n)
        if found is None or found.width() != width:
            found = self.shown.pages.picture(n, width)
            found.setDevicePixelRatio(ratio)
            self._pictures[n] = found
        return found

    # --- what the user does

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is another size of the pages; the same line stays at the top."""
        spot = self._spot_in_sight()
        self._arrange()
        self._bring(spot, QPoint())
        self.moved.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw anew: the pages are pictures already."""
        self.viewport().update()
        self.moved.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom where the pointer is."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._turned += event.angleDelta().y()
        steps = int(self._turned / _NOTCH)  # a touch pad turns by parts of a notch
        self._turned -= steps * _NOTCH
        if steps:
            now = round(self._scale / _PX_PER_MM * 100)
            begun = now // _STEP if steps > 0 else -(-now // _STEP)
            percent = (begun + steps) * _STEP
            self.set_zoom(min(max(percent, _SMALLEST), _LARGEST), event.position().toPoint())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the ends; the arrows and the page keys scroll."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click begins."""
        self._pressed = event.position().toPoint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a cell wants its field."""
        point = event.position().toPoint()
        is_click = (point - self._pressed).manhattanLength() < QApplication.startDragDistance()
        address = self.address_at(point)
        if address and is_click and event.button() == Qt.MouseButton.LeftButton:
            self.cell_clicked.emit(*address)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what a click goes to."""
        hand = self.address_at(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)

    def address_at(self, point: QPoint) -> Address | None:
        """Return the cell of the form at a point of the view."""
        spot = self._spot(point)
        return cell_at(self.shown.placed, spot) if self.shown and spot else None


def _ground() -> QColor:
    return theme.colour("chrome").darker(107)


def _set_range(bar: QScrollBar, whole: int, seen: int) -> None:
    bar.setPageStep(seen)
    bar.setRange(0, max(whole - seen, 0))
