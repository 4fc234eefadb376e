"""A chart of the final accounts on screen: the shapes that paper has, in the colours of the window."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from model.forms.loader import metrics
from model.report.chart import (
    LABEL,
    SMALL_MM,
    Chart,
    Columns,
    Drawing,
    Pie,
    Rect,
    Stroke,
    Wedge,
    hatching,
    lay_out_chart,
    lay_out_small_pie,
)

WIDTH_MM = 150.0
_WIDEST, _SMALL = 560, 208  # px at 100 %
_PT_MM = 25.4 / 72
_FEW = 3  # parts of a pie that stands beside its sentence
_NO_BOUND = 16777215  # QWIDGETSIZE_MAX


class ChartPart(QWidget):
    """A chart with its caption, or a line that says what it waits for. `redrawn`: it is another one."""

    redrawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.picture = ChartView()
        self.caption = Label(objectName="caption")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waits = Label(objectName="quiet", wordWrap=True)
        self.fits_beside = False  # whether it is low enough beside a sentence
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self.picture, self.caption, self.waits):
            column.addWidget(widget)

    def make_small(self, is_small: bool) -> None:
        """Stand beside a sentence, as wide as a pie needs, or below it in all its width."""
        self.picture.make_small(is_small)
        if is_small:
            self.setFixedWidth(theme.px(_SMALL))
        else:
            self.setMaximumWidth(_NO_BOUND)
            self.setMinimumWidth(0)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        is_there = _is_whole(chart)
        self.fits_beside = isinstance(chart.figure, Pie) and len(chart.figure.slices) <= _FEW and is_there
        self.picture.setVisible(is_there)
        self.caption.setVisible(is_there)
        self.waits.setVisible(not is_there)
        if is_there:
            self.picture.show_chart(chart)
            self.caption.setText(chart.caption)
        else:
            what = "上年数" if chart.has_figures else "科目和金额"
            self.waits.setText(f"{chart.caption}：填上{what}后自动画出。")
        self.redrawn.emit()


def _is_whole(chart: Chart) -> bool:
    """Whether all its figures are known."""
    if isinstance(chart.figure, Columns):
        return all(column.value is not None for one in chart.figure.series for column in one.columns)
    return chart.has_figures


class ChartView(QWidget):
    """The picture alone, as wide as it likes and there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.drawing: Drawing | None = None
        self._chart: Chart | None = None
        self._is_small = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart."""
        if chart == self._chart:
            return
        self._chart = chart
        self.setAccessibleName(in_words(chart))
        self._lay_out()

    def make_small(self, is_small: bool) -> None:
        """Draw a pie small, its parts below each other."""
        if is_small != self._is_small:
            self._is_small = is_small
            self._lay_out()

    def _lay_out(self) -> None:
        if self._chart is None:
            return
        if self._is_small and isinstance(self._chart.figure, Pie):
            self.drawing = lay_out_small_pie(self._chart.figure, metrics())
        else:
            self.drawing = lay_out_chart(self._chart, WIDTH_MM, metrics())
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """A narrow picture is lower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that keeps its proportion."""
        return round(self._scale(width) * self.drawing.height) if self.drawing else 0

    def sizeHint(self) -> QSize:
        """As designed."""
        width = theme.px(_SMALL if self._is_small else _WIDEST)
        return QSize(width, self.heightForWidth(width))

    def _scale(self, width: int) -> float:
        """Pixels of a millimetre in a width."""
        widest, shown = (_SMALL, SMALL_MM) if self._is_small else (_WIDEST, WIDTH_MM)
        return min(theme.px(widest), width) / shown

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shapes with their patterns, then the labels."""
        if self.drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self._scale(self.width())
        painter.translate((self.width() - scale * self.drawing.width) / 2, 0)
        ink = theme.colour("text")
        for shape in self.drawing.shapes:
            _draw(painter, shape, scale, QPen(ink, max(scale * 0.28, 1.0)), QPen(ink, max(scale * 0.18, 0.7)))
        font = theme.font()
        font.setPixelSize(max(round(LABEL.size_pt * _PT_MM * scale), 8))
        painter.setFont(font)
        painter.setPen(ink)
        for label in self.drawing.labels:
            painter.drawText(QPointF(label.x * scale, label.base * scale), label.text)


def _draw(painter: QPainter, shape: Rect | Wedge | Stroke, scale: float, outline: QPen, hatch: QPen) -> None:
    painter.setPen(outline)
    if isinstance(shape, Stroke):
        painter.drawLine(_point(shape.x1, shape.y1, scale), _point(shape.x2, shape.y2, scale))
        return
    path = QPainterPath()
    if isinstance(shape, Rect):
        box = (shape.x, shape.y, shape.width, shape.height)
        path.addRect(_rect(box, scale))
    else:
        box = (shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius)
        _add_wedge(path, shape, _rect(box, scale))
    painter.save()
    painter.setClipPath(path)
    painter.setPen(hatch)
    for line in hatching(shape.fill, *box):
        painter.drawLine(_point(line.x1, line.y1, scale), _point(line.x2, line.y2, scale))
    painter.restore()
    painter.setPen(outline)
    painter.drawPath(path)


def _add_wedge(path: QPainterPath, shape: Wedge, box: QRectF) -> None:
    """Qt counts degrees against the clock from 3 o'clock."""
    if shape.sweep >= 360:
        path.addEllipse(box)
        return
    path.moveTo(box.center())
    path.arcTo(box, 90 - shape.start, -shape.sweep)
    path.closeSubpath()


def _rect(box: tuple[float, float, float, float], scale: float) -> QRectF:
    return QRectF(*(value * scale for value in box))


def _point(x: float, y: float, scale: float) -> QPointF:
    return QPointF(x * scale, y * scale)


def in_words(chart: Chart) -> str:
    """Return what a chart shows for screen readers."""
    figure = chart.figure
    if isinstance(figure, Pie):
        said = [f"{part.name} {part.amount} {part.share}" for part in figure.slices]
    else:
        said = [
            f"{category}{one.name} {one.columns[n].label}"
            for n, category in enumerate(figure.categories)
            for one in figure.series
        ]
    return f"{chart.caption}：{'；'.join(said)}"
