"""Charts in a Word file: pictures in a line of their own, with what they show as alternative text."""

from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx.document import Document as WordDocument

from export.charts import picture
from export.word_xml import clean
from model.report.chart import Drawing

_EMU_PER_MM = 36000
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WORD = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


class Pictures:
    """Puts pictures into a document, each once, and counts them."""

    def __init__(self, document: WordDocument) -> None:
        self._part = document.part
        self._count = 0

    def run(self, drawing: Drawing, description: str) -> str:
        """Return the run that shows a chart in its own size."""
        self._count += 1
        relation, _ = self._part.get_or_add_image(BytesIO(picture(drawing)))
        size = f'cx="{round(drawing.width * _EMU_PER_MM)}" cy="{round(drawing.height * _EMU_PER_MM)}"'
        name = f'id="{self._count}" name="chart{self._count}" descr={quoteattr(clean(description))}'
        return (
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_WORD}" distT="0" distB="0" distL="0" distR="0">'
            f"<wp:extent {size}/><wp:docPr {name}/>"
            f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
            f"<pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            f"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )
