"""Charts on paper: their shapes as outlines in a PDF, and as a sharp picture for Word."""

from collections.abc import Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from export.drawing import PT, PageText, in_points, new_canvas
from model.paper.grid import Paper
from model.report.chart import LABEL, Drawing, Rect, Stroke, Wedge, hatching

_OUTLINE_PT, _HATCH_PT = 0.8, 0.5
_PICTURE_SCALE = 300 / 72  # dots of a picture in a point


def draw_shapes(
    canvas: Canvas, paper: Paper, x: float, y: float, shapes: Sequence[Rect | Wedge | Stroke]
) -> None:
    """Draw the shapes of a chart whose upper left corner stands at x, y (mm)."""
    for shape in shapes:
        match shape:
            case Stroke(x1, y1, x2, y2):
                canvas.setLineWidth(_OUTLINE_PT)
                canvas.line(*in_points(paper, x + x1, y + y1, x + x2, y + y2))
            case Rect(left, top, width, height, fill):
                path = canvas.beginPath()
                path.rect(*_box(paper, x + left, y + top, width, height))
                _filled(canvas, paper, path, fill, (x + left, y + top, width, height))
            case Wedge(middle, centre, radius, start, sweep, fill):
                path = canvas.beginPath()
                corner = (x + middle - radius, y + centre - radius, 2 * radius, 2 * radius)
                _wedge(path, _box(paper, *corner), start, sweep)
                _filled(canvas, paper, path, fill, corner)


def _box(paper: Paper, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    x1, y1, x2, y2 = in_points(paper, x, y, x + width, y + height)
    return x1, y2, x2 - x1, y1 - y2


def _wedge(path: PDFPathObject, box: tuple[float, float, float, float], start: float, sweep: float) -> None:
    """Add a wedge; a PDF counts degrees against the clock from 3 o'clock."""
    x, y, width, height = box
    if sweep >= 360:
        path.ellipse(x, y, width, height)
        return
    path.moveTo(x + width / 2, y + height / 2)
    path.arcTo(x, y, x + width, y + height, 90 - start, -sweep)  # type: ignore[arg-type]  # the stub says int
    path.close()


def _filled(
    canvas: Canvas, paper: Paper, path: PDFPathObject, fill: int, box: tuple[float, float, float, float]
) -> None:
    """Draw a path with its pattern inside and its outline around it."""
    canvas.saveState()
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setLineWidth(_HATCH_PT)
    canvas.lines([in_points(paper, *stroke) for stroke in hatching(fill, *box)])
    canvas.restoreState()
    canvas.setLineWidth(_OUTLINE_PT)
    canvas.drawPath(path, stroke=1, fill=0)


def picture(drawing: Drawing) -> bytes:
    """Return a drawing as PNG of 300 dots an inch, drawn as the PDF has it; the same gives the same bytes."""
    import pypdfium2

    buffer = BytesIO()
    canvas = new_canvas(buffer, "")
    paper = Paper(width=drawing.width, height=drawing.height)
    canvas.setPageSize((paper.width * PT, paper.height * PT))
    draw_shapes(canvas, paper, 0.0, 0.0, drawing.shapes)
    text = PageText(canvas, paper)
    for label in drawing.labels:
        text.line(label.text, LABEL.size_pt, LABEL.bold, label.x, label.base)
    text.finish()
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        image = document[0].render(scale=_PICTURE_SCALE, grayscale=True).to_pil()
    finally:
        document.close()
    png = BytesIO()
    image.save(png, "PNG", optimize=True)
    return png.getvalue()
