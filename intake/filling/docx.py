"""Fills cells of a .docx in place: the paragraphs of a cell are written anew in its own look, all else stays.

A cell with one line keeps its first paragraph's properties and the run properties of its first run, else of
its paragraph mark; hints in grey or italics lose colour and slant. Lines of a text become paragraphs.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from intake import refusals
from intake.filling.archive import replaced
from intake.filling.controls import Control, control_of
from intake.filling.heights import lines_in
from intake.filling.spans import Span, spans_of, spliced
from intake.filling.workbook import LOCKED, NOT_IN_LIST, Filled
from intake.package import Package, attribute, child
from intake.readers.docx import lines_of
from intake.readers.texts import clean
from model.recognition.area import BEFORE
from model.recognition.fill_plan import Edit, FillPlan, NotFilled
from model.recognition.incoming import Place

_THROUGH = ("customXml", "smartTag", "ins", "moveTo", "sdtContent", "sdt")
_FALSE = ("0", "false", "off", "none")
_HINT = re.compile(rb"<w:(?:color|i|iCs|highlight|vanish)(?:\s[^>]*)?/>")
_BOXES = "□☐○〇"
_TICKED = "☑"
_STATE = re.compile(
    r'(<\w+:checked\s[^>]*?val=")[^"]*("[^>]*>(?:(?!<\w+:checked\s).)*?)' + f"([{_BOXES}{_TICKED}])", re.S
)  # of a control with a box: its state, and the box that is seen
NOT_A_LINE = "这一行不在表格里，也不是单独的一行，请手工填写。"
FIXED = "已填，但这一行的高度是固定的，字显示不全，请在 Word 里把行高改成“最小值”。"
TWO_TABLES = "这一格里还有表格，请手工填写。"

Position = tuple[int, int]


def fill_docx(data: bytes, edits: Sequence[Edit]) -> Filled:
    """Return the document with its cells filled; every other byte of its text part stays.

    Raises UserError for a document that is signed, damaged, tracks changes, or lacks the table.
    """
    package = Package(data)
    main = package.main_part("word/document.xml")
    kinds = {relation.kind: relation.part for relation in package.relations(main).values()}
    if _tracks_changes(package, kinds.get("settings", "")):
        raise refusals.TRACKING()
    content = package.bytes_of(main)
    tables = list(_tables(spans_of(content).child("body")))
    fixed = [dict(_fixed(table)) for table in _blocks(spans_of(content).child("body"), "tbl")]
    changes: dict[tuple[int, int], bytes] = {}
    done: list[Edit] = []
    missing: list[NotFilled] = []
    locked: list[NotFilled] = []
    paragraphs = _Lines(data, content) if any(edit.place.column == 0 for edit in edits) else None
    for edit in edits:
        if paragraphs is not None and edit.place.column == 0:
            line = paragraphs.at(edit.place, len(tables))
            if line is None:
                missing.append(NotFilled(edit.place, edit.text, NOT_A_LINE))
                continue
            changes[line.start, line.end] = _line(content, line, edit.text)
            done.append(edit)
            continue
        cell = _cell_at(tables, edit.place)
        if any(True for _ in _blocks(cell, "tbl")):
            missing.append(NotFilled(edit.place, edit.text, TWO_TABLES))
            continue
        start, end = cell.inner, cell.last
        if cell.is_empty_tag:
            raise refusals.DAMAGED()
        control = control_of(cell)
        if control is not None and (why := _refused(control, edit)):
            (locked if control.is_locked else missing).append(NotFilled(edit.place, edit.text, why))
            continue
        changes[start, end] = _filled(content, cell, edit, control)
        done.append(edit)
        if edit.kind == "write" and any(
            f.get(cell.start, _FREE) < _height(content, cell, edit) for f in fixed
        ):
            missing.append(NotFilled(edit.place, edit.text, FIXED))
    if not changes:
        return Filled(data, FillPlan((), (), tuple(missing), tuple(locked)))
    new = replaced(data, {main: spliced(content, changes)})
    return Filled(new, FillPlan(tuple(done), (), tuple(missing), tuple(locked)))


class _Lines:
    """The paragraphs around the tables of a document, by the places of their lines."""

    def __init__(self, data: bytes, content: bytes) -> None:
        spans = [span for span in _blocks(spans_of(content).child("body"), "p", "tbl") if span.name == "p"]
        counted = lines_of(data)
        self._by_place: dict[tuple[int, int], Span] = {}
        if len(spans) != len(counted):  # a frame around tables, or what we do not write into
            return
        numbers: dict[int, int] = {}
        for span, (table, lines) in zip(spans, counted, strict=True):
            if lines == 1:
                self._by_place[table, numbers.get(table, 0) + 1] = span
            numbers[table] = numbers.get(table, 0) + lines

    def at(self, place: Place, tables: int) -> Span | None:
        """The paragraph that is a line and nothing else; None where there is none such."""
        name, _, where = place.part.partition(" ")
        number = name.removeprefix("表")
        if not number.isdecimal():
            return None
        return self._by_place.get((int(number) - (where == BEFORE), place.row))


def _line(content: bytes, paragraph: Span, text: str) -> bytes:
    """A paragraph with another text, in its own look."""
    look, run = _paragraph_look(content, paragraph), _run_look(content, paragraph, paragraph)
    tag = content[paragraph.start : paragraph.inner]
    said = _paragraph(paragraph.prefix, look, run, clean(text))
    opening = f"<{paragraph.prefix}p>".encode()
    return tag + said.removeprefix(opening) if tag.startswith(b"<") and not paragraph.is_empty_tag else said


def _tracks_changes(package: Package, part: str) -> bool:
    if part not in package:
        return False
    switch = child(package.xml(part), "trackRevisions")
    return switch is not None and (attribute(switch, "val") or "1").lower() not in _FALSE


def _blocks(parent: Span | None, *names: str) -> Iterator[Span]:
    """Yield what stands in a place, through what stands around it."""
    for span in parent.children if parent else ():
        if span.name in names:
            yield span
        elif span.name in _THROUGH:
            yield from _blocks(span, *names)


def _tables(body: Span | None) -> Iterator[Mapping[Position, Span]]:
    """Yield the cells of each table that has rows, by row and column as the reader counts them."""
    for table in _blocks(body, "tbl"):
        rows = [row for row in _blocks(table, "tr") if row.child("trPr", "del") is None]
        if rows:
            yield dict(_placed(rows))


def _placed(rows: Sequence[Span]) -> Iterator[tuple[Position, Span]]:
    for number, row in enumerate(rows, start=1):
        column = 1 + _number(row.child("trPr", "gridBefore"), 0)
        for cell in _blocks(row, "tc"):
            across = cell.child("tcPr", "hMerge")
            if across is None or (across.get("val") or "continue") == "restart":
                yield (number, column), cell
            column += max(1, _number(cell.child("tcPr", "gridSpan"), 1))


_FREE = Decimal("Infinity")
_TWIPS = 20  # a point
_SIZE = re.compile(rb'<w:sz w:val="([0-9]{1,3})"')


def _fixed(table: Span) -> Iterator[tuple[int, Decimal]]:
    """Yield where the cells of rows begin that can't grow, with their height in points."""
    for row in _blocks(table, "tr"):
        height = row.child("trPr", "trHeight")
        if height is not None and height.get("hRule") == "exact":
            points = Decimal(_number(height, 0)) / _TWIPS
            yield from ((cell.start, points) for cell in _blocks(row, "tc"))


def _height(content: bytes, cell: Span, edit: Edit) -> Decimal:
    """How high a text is about, in points; 0 where it is one line or the width is not known."""
    width = cell.child("tcPr", "tcW")
    said = (width.get("w") or "") if width and (width.get("type") or "dxa") == "dxa" else ""
    if not said.isdecimal() or int(said) == 0:
        return Decimal(0)
    half = _SIZE.search(content, cell.start, cell.end)
    size = Decimal(int(half[1])) / 2 if half else Decimal("10.5")
    lines = sum(lines_in(line, Decimal(said) / _TWIPS - 10, size) for line in edit.text.split("\n"))
    return lines * size * Decimal("1.2") if lines > 1 else Decimal(0)


def _number(span: Span | None, otherwise: int) -> int:
    value = (span.get("val") or "") if span else ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else otherwise


def _cell_at(tables: Sequence[Mapping[Position, Span]], place: Place) -> Span:
    number = place.part.removeprefix("表")
    if not number.isdecimal() or not 0 < int(number) <= len(tables):
        raise refusals.SHEET_GONE()
    cell = tables[int(number) - 1].get((place.row, place.column))
    if cell is None:
        raise refusals.SHEET_GONE()
    return cell


# ---- one cell ------------------------------------------------------------------------------------


def _refused(control: Control, edit: Edit) -> str:
    """Why a control does not take what is to be written; "" if it does."""
    if control.is_locked:
        return LOCKED
    return "" if edit.kind == "clear" or control.takes(edit.text) else NOT_IN_LIST


def _filled(content: bytes, cell: Span, edit: Edit, control: Control | None) -> bytes:
    """The inside of a cell with its new text: its properties and its control as they are, a paragraph for
    each line."""
    ticked = _ticked(content, cell, edit.text)
    if ticked is not None:
        return ticked
    properties = cell.child("tcPr")
    head = content[properties.start : properties.end] if properties else b""
    paragraphs = list(_blocks(cell, "p"))
    first = paragraphs[0] if paragraphs else None
    prefix = cell.prefix
    look = _paragraph_look(content, first)
    run = _run_look(content, cell, first)
    run = control.look(content) if control is not None and control.is_hint else run
    lines = clean(edit.text if edit.kind != "clear" else "").split("\n")
    if control is not None and control.is_inline:
        return control.written(content, cell, _broken(prefix, run, lines))
    written = b"".join(_paragraph(prefix, look, run, line) for line in lines)
    return control.written(content, cell, written) if control is not None else head + written


def _broken(prefix: str, run: bytes, lines: Sequence[str]) -> bytes:
    """A run whose lines stand below each other within one paragraph."""
    said = (f'<{prefix}t xml:space="preserve">{escape(line)}</{prefix}t>' for line in lines)
    body = f"<{prefix}br/>".join(said).encode()
    return f"<{prefix}r>".encode() + run + body + f"</{prefix}r>".encode()


def _paragraph(prefix: str, look: bytes, run: bytes, text: str) -> bytes:
    said = f'<{prefix}t xml:space="preserve">{escape(text)}</{prefix}t>'.encode()
    body = f"<{prefix}r>".encode() + run + said + f"</{prefix}r>".encode() if text else b""
    return f"<{prefix}p>".encode() + look + body + f"</{prefix}p>".encode()


def _paragraph_look(content: bytes, paragraph: Span | None) -> bytes:
    """The properties of a paragraph, without those of a section or a tracked change."""
    properties = paragraph.child("pPr") if paragraph else None
    if properties is None:
        return b""
    cut = {
        (part.start, part.end): b""
        for part in properties.children
        if part.name in ("sectPr", "pPrChange", "numPr")
    }
    return _without(content, properties, cut)


def _without(content: bytes, span: Span, cut: Mapping[tuple[int, int], bytes]) -> bytes:
    moved = {(start - span.start, end - span.start): new for (start, end), new in cut.items()}
    return spliced(content[span.start : span.end], moved)


def _run_look(content: bytes, cell: Span, paragraph: Span | None) -> bytes:
    """The properties of the first run, else of the paragraph mark; those of a hint lose their look."""
    run = next(_runs(cell), None)
    found = run.child("rPr") if run else None
    if found is None and paragraph is not None:
        found = paragraph.child("pPr", "rPr")
    if found is None:
        return b""
    look = content[found.start : found.end]
    changed = [
        part for part in found.children if part.name in ("rPrChange", "ins", "del", "moveFrom", "moveTo")
    ]
    if changed:
        look = _without(content, found, {(part.start, part.end): b"" for part in changed})
    is_hint = _is_hint(found)
    return _HINT.sub(b"", look) if is_hint else look


def _runs(span: Span) -> Iterator[Span]:
    for part in span.children:
        if part.name == "r":
            yield part
        elif part.name in ("p", "hyperlink", *_THROUGH):
            yield from _runs(part)


def _is_hint(properties: Span) -> bool:
    """Whether a run is written as a hint: grey, in italics or hidden."""
    colour = properties.child("color")
    value = (colour.get("val") or "").lower() if colour else ""
    is_grey = len(value) == 6 and value[:2] == value[2:4] == value[4:] and value not in ("000000", "ffffff")
    slanted = properties.child("i")
    is_slanted = slanted is not None and (slanted.get("val") or "1").lower() not in _FALSE
    return is_grey or is_slanted or properties.child("vanish") is not None


def _ticked(content: bytes, cell: Span, text: str) -> bytes | None:
    """The inside of a cell of choices in which only boxes change: □ becomes ☑ where the text has it."""
    if _TICKED not in text:
        return None
    inner = content[cell.inner : cell.last].decode("utf-8", "strict")
    shown = re.sub(r"<[^>]*>", "", inner)
    plain = re.sub(r"\s", "", shown)
    wanted = re.sub(r"\s", "", escape(text))
    blank = str.maketrans(dict.fromkeys(_BOXES + _TICKED, "□"))
    if plain.translate(blank) != wanted.translate(blank) or "<w:sym" in inner:
        return None
    boxes = iter([char for char in wanted if char in _BOXES + _TICKED])
    parts = re.split(r"(<[^>]*>)", inner)
    new = "".join(part if part.startswith("<") else _boxes(part, boxes) for part in parts)
    return _STATE.sub(_state, new).encode()


def _state(found: re.Match[str]) -> str:
    """A control with a box says the same as its box shows."""
    return f"{found[1]}{int(found[3] == _TICKED)}{found[2]}{found[3]}"


def _boxes(part: str, boxes: Iterator[str]) -> str:
    out = []
    for char in part:
        if char in _BOXES + _TICKED:
            wanted = next(boxes)
            out.append(wanted if (wanted == _TICKED) != (char == _TICKED) else char)
        else:
            out.append(char)
    return "".join(out)
