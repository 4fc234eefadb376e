"""A chart of the final accounts on screen: the shapes that paper has, in the colours of the window."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.base import theme
from gui.base.plain import Label
from model.forms.loader import metrics
from model.report.chart import (
    LABEL,
    Chart,
    Columns,
    Drawing,
    Pie,
    Rect,
    Stroke,
    Wedge,
    hatching,
    lay_out_chart,
)

WIDTH_MM = 150.0
_WIDEST = 560  # px at 100 %
_PT_MM = 25.4 / 72


class ChartPart(QWidget):
    """A chart with its caption, or a line that says what it waits for."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = ChartView()
        self.caption = Label(objectName="caption")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.waits = Label(objectName="quiet", wordWrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        for widget in (self.picture, self.caption, self.waits):
            column.addWidget(widget)

    def show_chart(self, chart: Chart) -> None:
        """Show another chart."""
        is_there = _is_whole(chart)
        self.picture.setVisible(is_there)
        self.caption.setVisible(is_there)
        self.waits.setVisible(not is_there)
        if is_there:
            self.picture.show_chart(chart)
            self.caption.setText(chart.caption)
        else:
            what = "上年数" if chart.has_figures else "科目和金额"
            self.waits.setText(f"{chart.caption}：填上{what}后自动画出。")


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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Draw another chart."""
        if chart == self._chart:
            return
        self._chart, self.drawing = chart, lay_out_chart(chart, WIDTH_MM, metrics())
        self.setAccessibleName(in_words(chart))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """A narrow picture is lower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that keeps its proportion."""
        return round(_scale(width) * self.drawing.height) if self.drawing else 0

    def sizeHint(self) -> QSize:
        """As designed."""
        width = theme.px(_WIDEST)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shapes with their patterns, then the labels."""
        if self.drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = _scale(self.width())
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


def _scale(width: int) -> float:
    """Pixels of a millimetre in a width."""
    return min(theme.px(_WIDEST), width) / WIDTH_MM


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
