"""Reads .docx: the tables of a document as they show when all tracked changes are accepted.

Written after ECMA-376 part 1, section 17, with lxml alone: what stands in content controls, in insertions
and in fields is text, what is deleted, hidden or a mere hint is none.
"""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from intake.package import Package, attribute, child, children, local, parse_xml
from intake.readers.sheets import SeenBook
from intake.readers.symbols import in_symbols, is_symbol_font, symbol
from intake.readers.tables import Table, TableCell, TableRow, Vertical, see_tables
from intake.readers.texts import clean
from model.recognition.incoming import Mark

_MOST_SPANNED = 63  # columns of a cell; Word allows no more
_THROUGH = ("customXml", "smartTag", "ins", "moveTo", "sdtContent", "hyperlink", "fldSimple", "bdo", "dir")
_MATHS = ("oMath", "oMathPara", "e", "num", "den", "sup", "sub", "f", "sSup", "sSub", "d", "rad")
_SAID = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_FALSE = ("0", "false", "off", "none")
_CHECKED, _EMPTY = "☑", "□"


def read_docx(data: bytes) -> SeenBook:
    """Return the tables of a document; raise UserError if it cannot be read."""
    package = Package(data)
    main = package.main_part("word/document.xml")
    parts = {relation.kind: relation.part for relation in package.relations(main).values()}
    reader = _Reader(_numbered_styles(package, parts.get("styles", "")))
    body = child(package.xml(main), "body")
    tables: list[Table] = []
    lines: list[str] = []
    for block in _outer_blocks(body):
        if local(block.element) == "tbl":
            rows = tuple(reader.rows(block.element))
            if rows:
                tables.append(Table(tuple(lines), rows))
                lines = []
        else:
            lines += [line for line in reader.text([block]).text.split("\n") if line.strip()]
    chunks = body is not None and next(children(body, "altChunk"), None) is not None
    notes = ("文档里嵌有另一个文件，没有读。",) if chunks else ()
    return see_tables(tables, tuple(lines), notes)


def lines_of(data: bytes) -> list[tuple[int, int]]:
    """Return for every paragraph between the tables which of them comes next (0 is the first), and how many
    lines it has; a paragraph of one line is the nth line where n counts the lines since that table."""
    package = Package(data)
    body = child(package.xml(package.main_part("word/document.xml")), "body")
    reader = _Reader(frozenset())
    found, table = [], 0
    for block in _outer_blocks(body):
        if local(block.element) == "tbl":
            table += any(True for _ in reader.rows(block.element))
        else:
            found.append((table, sum(1 for line in reader.text([block]).text.split("\n") if line.strip())))
    return found


def _numbered_styles(package: Package, part: str) -> frozenset[str]:
    """The styles of paragraphs that come with an automatic number, also by the style they are based on."""
    content = package.bytes_of(part) if part in package else b""
    if b"numPr" not in content:
        return frozenset()
    numbered: set[str] = set()
    based: dict[str, str] = {}
    for style in children(parse_xml(content), "style"):
        name = attribute(style, "styleId") or ""
        number = _value(child(style, "pPr", "numPr", "numId"))
        if number not in (None, "0") or (child(style, "pPr", "numPr") is not None and number is None):
            numbered.add(name)
        elif number is None:
            based[name] = _value(child(style, "basedOn")) or ""
    for _ in range(len(based)):
        more = {name for name, base in based.items() if base in numbered} - numbered
        if not more:
            break
        numbered |= more
    return frozenset(numbered)


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else attribute(element, "val")


def _is_on(element: etree._Element | None) -> bool:
    """Tell whether a switch like <w:vanish/> is there and not turned off."""
    return element is not None and (attribute(element, "val") or "1").lower() not in _FALSE


class _Block(NamedTuple):
    """A paragraph, table, row or cell, how it was tracked, and whether it is a hint to be replaced."""

    element: etree._Element
    tracked: bool = False
    hint: bool = False


class _Text(NamedTuple):
    """A text and why to look at it."""

    text: str
    marks: frozenset[Mark]


def _blocks(parent: etree._Element | None, tracked: bool = False, hint: bool = False) -> Iterator[_Block]:
    """Yield paragraphs, tables, rows and cells, through what stands around them."""
    for element in parent if parent is not None else ():
        name = local(element)
        if name in ("p", "tbl", "tr", "tc"):
            yield _Block(element, tracked, hint)
        elif name == "sdt":
            shown = child(element, "sdtPr", "showingPlcHdr")
            yield from _blocks(child(element, "sdtContent"), tracked, hint or _is_on(shown))
        elif name in _THROUGH:
            yield from _blocks(element, tracked or name in ("ins", "moveTo"), hint)
        elif name == "AlternateContent":
            yield from _blocks(_choice(element), tracked, hint)


def _outer_blocks(parent: etree._Element | None) -> Iterator[_Block]:
    """Yield paragraphs and tables; of a table that is a mere frame around others, what stands in it."""
    for block in _blocks(parent):
        cells = [cell for row in _blocks(block.element) for cell in _blocks(row.element)]
        framed = local(block.element) == "tbl" and len(cells) == 1
        if framed and any(local(inner.element) == "tbl" for inner in _blocks(cells[0].element)):
            yield from _outer_blocks(cells[0].element)
        else:
            yield block


def _choice(element: etree._Element) -> etree._Element | None:
    """Of two ways to draw a thing the newer; both say the same."""
    return child(element, "Choice") if child(element, "Choice") is not None else child(element, "Fallback")


class _Reader:
    """Reads rows and texts of one document."""

    def __init__(self, numbered: frozenset[str]) -> None:
        self._numbered = numbered

    def rows(self, table: etree._Element) -> Iterator[TableRow]:
        """Yield the rows of a table, without those that were deleted."""
        for block in _blocks(table):
            properties = child(block.element, "trPr")
            if local(block.element) != "tr" or child(properties, "del") is not None:
                continue
            tracked = block.tracked or child(properties, "ins") is not None
            free = _count(_value(child(properties, "gridBefore")), 0)
            cells = [self._cell(cell, tracked, block.hint) for cell in _blocks(block.element)]
            yield TableRow(free, _merged_across(cells))

    def _cell(self, block: _Block, tracked: bool, hint: bool) -> tuple[TableCell, bool]:
        """A cell, and whether it goes on from the one on its left."""
        properties = child(block.element, "tcPr")
        merge = child(properties, "vMerge")
        vertical: Vertical = ""
        if merge is not None:
            vertical = "restart" if _value(merge) == "restart" else "continue"
        columns = min(_MOST_SPANNED, _count(_value(child(properties, "gridSpan")), 1))
        found = self.text(_blocks(block.element, tracked or block.tracked, hint or block.hint))
        across = child(properties, "hMerge")
        goes_on = across is not None and _value(across) != "restart"
        return TableCell(found.text, max(1, columns), vertical, found.marks), goes_on

    def text(self, blocks: Iterator[_Block] | list[_Block]) -> _Text:
        """Return the text of some paragraphs and tables, a line each."""
        lines: list[str] = []
        marks: set[Mark] = set()
        for block in blocks:
            if local(block.element) == "p":
                found = _Paragraph(self, block).read()
                lines.append(found.text)
            else:
                found = self._nested(block)
                lines += [found.text] * bool(found.text)
            marks |= found.marks
        text = clean("\n".join(lines)).strip("\n")
        return _Text(text, frozenset(marks))

    def _nested(self, block: _Block) -> _Text:
        """The text of a table within a cell: a line for each row, blanks between its cells."""
        rows = list(self.rows(block.element))
        lines = (" ".join(cell.text for cell in row.cells if cell.text) for row in rows)
        marks = frozenset(mark for row in rows for cell in row.cells for mark in cell.marks)
        return _Text("\n".join(line for line in lines if line), marks)

    def is_numbered(self, paragraph: etree._Element) -> bool:
        """Tell whether a paragraph has a number or dot that is no text."""
        properties = child(paragraph, "pPr")
        number = child(properties, "numPr")
        if number is not None:
            return _value(child(number, "numId")) not in (None, "0")
        return _value(child(properties, "pStyle")) in self._numbered


def _count(text: str | None, otherwise: int) -> int:
    """A number of columns; what is none or negative counts as what stands for none."""
    known = text is not None and text.isascii() and text.isdecimal() and len(text) < 10
    return int(text or "") if known else otherwise


def _merged_across(cells: list[tuple[TableCell, bool]]) -> tuple[TableCell, ...]:
    """The cells of a row; what old documents mark as going on from the left makes the left one wider."""
    found: list[TableCell] = []
    for cell, goes_on in cells:
        if goes_on and found:
            found[-1] = found[-1]._replace(columns=found[-1].columns + cell.columns)
        else:
            found.append(cell)
    return tuple(found)


class _Paragraph:
    """Collects the text of a paragraph, its boxes of text as lines of their own."""

    def __init__(self, reader: _Reader, block: _Block) -> None:
        self._reader = reader
        self._block = block
        self._parts: list[str] = []
        self._boxes: list[str] = []
        self._marks: set[Mark] = set()
        self._in_code: list[bool] = []  # of each open field, whether its code goes on

    def read(self) -> _Text:
        """Return the text of the paragraph."""
        if self._block.hint:
            return _Text("", frozenset())
        self._walk(self._block.element)
        text = "\n".join(["".join(self._parts), *self._boxes])
        if text.strip():
            self._marks |= {Mark.TRACKED} if self._block.tracked else set()
            self._marks |= {Mark.NUMBERED} if self._reader.is_numbered(self._block.element) else set()
        return _Text(text, frozenset(self._marks))

    def _walk(self, parent: etree._Element | None) -> None:
        for element in parent if parent is not None else ():
            match local(element):
                case "r":
                    self._run(element)
                case "sdt":
                    self._control(element)
                case "del" | "moveFrom":
                    self._marks.add(Mark.TRACKED)
                case "AlternateContent":
                    self._walk(_choice(element))
                case name if name in _THROUGH or name in _MATHS:
                    if name in ("ins", "moveTo"):
                        self._marks.add(Mark.TRACKED)
                    self._walk(element)

    def _control(self, element: etree._Element) -> None:
        """A field to fill in: a box to tick shows its state, a hint is no text."""
        properties = child(element, "sdtPr")
        box = child(properties, "checkbox")
        if box is not None:
            self._parts.append(_CHECKED if _is_on(child(box, "checked")) else _EMPTY)
        elif not _is_on(child(properties, "showingPlcHdr")):
            self._walk(child(element, "sdtContent"))

    def _run(self, run: etree._Element) -> None:
        properties = child(run, "rPr")
        if _is_on(child(properties, "vanish")):
            return
        font = _symbol_font(child(properties, "rFonts"))
        for element in run:
            match local(element):
                case "t":
                    if not any(self._in_code):
                        self._parts.append(in_symbols(element.text or "", font))
                case "tab" | "cr" | "noBreakHyphen" as name:
                    self._parts.append(_SAID[name])
                case "br":
                    self._parts.append("\n" if attribute(element, "type") in (None, "textWrapping") else "")
                case "sym":
                    self._parts.append(_symbol(element))
                case "fldChar":
                    self._field(element)
                case "ruby":
                    self._walk(child(element, "rubyBase"))
                case "drawing" | "pict" | "object":
                    self._box(element)
                case "AlternateContent":
                    self._box(_choice(element))

    def _field(self, element: etree._Element) -> None:
        """A field begins with its code, which is no text, then comes its result; old boxes have none."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._in_code.append(True)
            box = child(element, "ffData", "checkBox")
            if box is not None:
                state = child(box, "checked")
                ticked = _is_on(state if state is not None else child(box, "default"))
                self._parts.append(_CHECKED if ticked else _EMPTY)
        elif kind == "separate" and self._in_code:
            self._in_code[-1] = False
        elif kind == "end" and self._in_code:
            self._in_code.pop()

    def _box(self, element: etree._Element | None) -> None:
        """The text of the boxes in a drawing."""
        for content in _outermost(element, "txbxContent"):
            found = self._reader.text(_blocks(content))
            self._boxes += [found.text] * bool(found.text.strip())
            self._marks |= found.marks


def _outermost(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    for inner in element if element is not None else ():
        if local(inner) == name:
            yield inner
        elif local(inner) == "AlternateContent":
            yield from _outermost(_choice(inner), name)
        else:
            yield from _outermost(inner, name)


def _symbol_font(fonts: etree._Element | None) -> str:
    """The symbol font of a run, or nothing."""
    if fonts is None:
        return ""
    named = (attribute(fonts, kind) or "" for kind in ("ascii", "hAnsi", "cs", "eastAsia"))
    return next((font for font in named if is_symbol_font(font)), "")


def _symbol(element: etree._Element) -> str:
    try:
        code = int(attribute(element, "char") or "", 16)
    except ValueError:
        return ""
    return symbol(code, attribute(element, "font") or "")
