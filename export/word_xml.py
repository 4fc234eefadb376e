"""Words of WordprocessingML: paragraphs, runs and lengths as XML texts, in the order of the schema."""

from xml.sax.saxutils import escape

from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from export.pieces import FORBIDDEN
from model.basics.metrics import visible
from model.paper.grid import Align

_NAMESPACES = " ".join(f'xmlns:{prefix}="{nsmap[prefix]}"' for prefix in ("w", "r"))


def element(xml: str) -> BaseOxmlElement:
    """Return the element of an XML text in which w: and r: stand for what they do in Word."""
    head, sign, rest = xml.partition(">")
    head, slash = (head[:-1], "/") if head.endswith("/") else (head, "")
    return parse_xml(f"{head} {_NAMESPACES}{slash}{sign}{rest}")


def twips(mm: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


def points(pt: float) -> int:
    """Return points in twentieths of a point."""
    return round(pt * 20)


def half_points(pt: float) -> int:
    """Return points in halves, as font sizes are given."""
    return round(pt * 2)


def clean(text: str) -> str:
    """Return the text without what XML forbids and what shows nothing; line breaks stay."""
    return "\n".join(visible(FORBIDDEN.sub("", line)) for line in text.splitlines())


def run(text: str, properties: str = "") -> str:
    """Return a text with its properties; its line breaks are Word's."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean(text).split("\n"))
    return f"<w:r>{_wrapped('rPr', properties)}{'<w:br/>'.join(lines)}</w:r>" if text else ""


def page_field(properties: str = "") -> str:
    """Return the field that Word fills with the number of the page."""
    look = _wrapped("rPr", properties)
    steps = ("begin", "separate", "end")
    begin, separate, end = (f'<w:r>{look}<w:fldChar w:fldCharType="{step}"/></w:r>' for step in steps)
    instruction = f'<w:r>{look}<w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    return begin + instruction + separate + run("1", properties) + end


def paragraph(style: str, runs: str, properties: str = "") -> str:
    """Return a paragraph; its properties follow the style and stand in the order of the schema."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def align(value: Align) -> str:
    """Return the property that aligns a paragraph."""
    return f'<w:jc w:val="{value}"/>'


def _wrapped(name: str, properties: str) -> str:
    return f"<w:{name}>{properties}</w:{name}>" if properties else ""
