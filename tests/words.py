"""A .docx as a test sees it: its text in the order of the file, and its structure as readable lines."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element

from export import word
from model.report.prose import Report


def part(reports: list[Report], name: str) -> _Element:
    """Return a part of the file that these reports make: "document", "styles", "header1" …"""
    with ZipFile(BytesIO(word.to_bytes(reports))) as file:
        return etree.fromstring(file.read(f"word/{name}.xml"))


def text_of(element: _Element) -> str:
    """Return all text in the order of the file, line breaks as such."""
    found = element.iter(qn("w:t"), qn("w:br"))
    return "".join(node.text or "" if node.tag == qn("w:t") else "\n" for node in found)


def value(element: _Element, path: str, attribute: str = "w:val") -> str | None:
    """Return an attribute of the element at a path such as w:pPr/w:jc; None where it is not."""
    found = element.find("/".join(map(qn, path.split("/"))))
    return None if found is None else found.get(qn(attribute))


def has(element: _Element, path: str) -> bool:
    """Tell whether there is an element at a path such as w:pPr/w:keepNext."""
    return element.find("/".join(map(qn, path.split("/")))) is not None


def structure(body: _Element) -> Iterator[str]:
    """Yield the paragraphs, rows, cells and sections of a body, a line each."""
    for element in body:
        if element.tag == qn("w:p"):
            yield _paragraph(element)
            section = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            yield from [] if section is None else [_section(section)]
        elif element.tag == qn("w:tbl"):
            columns = (column.get(qn("w:w")) for column in element.iter(qn("w:gridCol")))
            yield f"table {' '.join(map(str, columns))}"
            yield from (line for row in element.iter(qn("w:tr")) for line in _row(row))
        else:
            yield _section(element)


def _paragraph(element: _Element) -> str:
    flags = [name for name in ("keepNext", "pageBreakBefore") if has(element, f"w:pPr/w:{name}")]
    style = value(element, "w:pPr/w:pStyle")
    return " ".join([f"{style}:", *(f"[{flag}]" for flag in flags), text_of(element)]).strip()


def _row(row: _Element) -> Iterator[str]:
    repeated = " repeated" if has(row, "w:trPr/w:tblHeader") else ""
    height = f"{value(row, 'w:trPr/w:trHeight', 'w:hRule')} {value(row, 'w:trPr/w:trHeight')}"
    yield f"  row {height}{repeated}"
    for cell in row.iter(qn("w:tc")):
        span = value(cell, "w:tcPr/w:gridSpan")
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        looks = [f"×{span}"] if span else []
        looks += [merge.get(qn("w:val")) or "continued"] if merge is not None else []
        looks += ["filled"] if has(cell, "w:tcPr/w:shd") else []
        shown = text_of(cell).replace("\n", "/")
        yield f"    {' '.join([*looks, '|', shown])}".rstrip()


def _section(element: _Element) -> str:
    size = element.find(qn("w:pgSz"))
    margins = element.find(qn("w:pgMar"))
    assert size is not None
    assert margins is not None
    sides = " ".join(str(margins.get(qn(f"w:{side}"))) for side in ("top", "right", "bottom", "left"))
    begins = " from page 1" if has(element, "w:pgNumType") else ""
    return f"section {size.get(qn('w:w'))} × {size.get(qn('w:h'))}, margins {sides}{begins}"
