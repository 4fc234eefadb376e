"""What of the parts of an .xlsx says how much room its cells have."""

from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from intake.filling.heights import USUAL_HEIGHT, USUAL_SIZE, USUAL_WIDTH, Look, Position, Rooms
from intake.filling.xlsx_sheet import position
from intake.package import Package, attribute, child, children

_ON = ("1", "true", "on")
_USUAL = ("defaultColWidth", "defaultRowHeight")
_FLAGS = ("wrapText", "shrinkToFit")


def looks_of(package: Package, part: str) -> tuple[Look, ...]:
    """Return the looks of cells, by the number of their style."""
    if part not in package:
        return ()
    root = package.xml(part)
    sizes = [
        _number(_value(child(font, "sz")), USUAL_SIZE) for font in children(child(root, "fonts"), "font")
    ]
    return tuple(_looks(root, sizes))


def _looks(root: etree._Element, sizes: list[Decimal]) -> Iterator[Look]:
    for element in children(child(root, "cellXfs"), "xf"):
        font, alignment = element.get("fontId", "0"), child(element, "alignment")
        size = sizes[int(font)] if font.isdecimal() and int(font) < len(sizes) else USUAL_SIZE
        flags = (alignment.get(name, "0") in _ON if alignment is not None else False for name in _FLAGS)
        yield Look(size, *flags)


def _value(element: etree._Element | None) -> str:
    return (attribute(element, "val") or "") if element is not None else ""


def _number(text: str, otherwise: Decimal) -> Decimal:
    try:
        found = Decimal(text)
    except ArithmeticError:
        return otherwise
    return found if found.is_finite() and found > 0 else otherwise


def rooms_of(root: etree._Element, size: Decimal) -> Rooms:
    """Return the rows, columns and merged cells of a worksheet; `size` is that of the usual font."""
    usual = child(root, "sheetFormatPr")
    width, height = (usual.get(name, "") if usual is not None else "" for name in _USUAL)
    usual_width, usual_height = _number(width, USUAL_WIDTH), _number(height, USUAL_HEIGHT)
    columns = [
        (int(c.get("min", "0")), int(c.get("max", "0")), _number(c.get("width", ""), usual_width))
        for c in children(child(root, "cols"), "col")
    ]
    lines = children(child(root, "sheetData"), "row")
    rows = {row.get("r", ""): _number(row.get("ht", ""), usual_height) for row in lines}
    return Rooms(
        size,
        lambda column: next((w for first, last, w in columns if first <= column <= last), usual_width),
        lambda row: rows.get(str(row), usual_height),
        dict(_merged(root)),
    )


def _merged(root: etree._Element) -> Iterator[tuple[Position, Position]]:
    for element in children(child(root, "mergeCells"), "mergeCell"):
        first, _, last = element.get("ref", "").partition(":")
        begin, end = position(first), position(last)
        if begin and end:
            yield begin, end
