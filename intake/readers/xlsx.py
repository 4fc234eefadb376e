"""Reads .xlsx and .xlsm: each sheet as it shows, with merges and hidden rows; nothing is ever evaluated.

Written after ECMA-376 part 1, section 18; the strict and the transitional dialect read alike. A formula is
the value it had when the file was saved.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from lxml import etree

from intake import refusals
from intake.package import Package, Relation, attribute, child, children, local
from intake.readers.formats import BUILT_IN
from intake.readers.sheets import (
    LONGEST_TEXT,
    MOST_MERGES,
    MOST_SHEETS,
    NOTHING,
    Area,
    Position,
    SeenBook,
    StoredCell,
    StoredSheet,
    see_book,
)
from intake.readers.shown import show_number, show_text, stored_number
from intake.readers.symbols import in_symbols
from intake.readers.texts import clean, unescaped
from model.recognition.incoming import Mark

_PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")
_OTHER_FILE = re.compile(r"\[[0-9]+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_PICTURE = "DISPIMG("  # WPS: a picture that fills a cell; its value is no text
_TRUE = ("1", "true", "on")


class _Style(NamedTuple):
    """What of a style bears on what a cell shows: the format code and the font."""

    code: str
    font: str


_PLAIN = _Style("General", "")


class _Text(NamedTuple):
    """A text as stored; `rich` if parts of it have fonts of their own."""

    text: str
    rich: bool


class _Book(NamedTuple):
    """What the sheets of a workbook share."""

    package: Package
    strings: Sequence[_Text]
    styles: Sequence[_Style]
    base_1904: bool


def read_xlsx(data: bytes) -> SeenBook:
    """Return the sheets of a workbook; raise UserError if it cannot be read."""
    package = Package(data)
    main = package.main_part("xl/workbook.xml")
    root = package.xml(main)
    relations = package.relations(main)
    parts = {relation.kind: relation.part for relation in relations.values()}
    book = _Book(
        package,
        _strings(package, parts.get("sharedStrings", "")),
        _styles(package, parts.get("styles", "")),
        _is_on(child(root, "workbookPr"), "date1904"),
    )
    sheets = []
    for element in children(child(root, "sheets"), "sheet"):
        relation = relations.get(attribute(element, "id") or "")
        if relation is None or relation.kind == "worksheet":  # a sheet may also be a chart
            sheets.append((element, relation))
    return see_book((_sheet(book, *found) for found in sheets[:MOST_SHEETS]), len(sheets))


def _is_on(element: etree._Element | None, name: str) -> bool:
    return element is not None and (element.get(name) or "").lower() in _TRUE


def _strings(package: Package, part: str) -> list[_Text]:
    if part not in package:
        return []
    return [_text_of(item) for item in children(package.xml(part), "si")]


def _text_of(item: etree._Element) -> _Text:
    """The text of a string, its parts joined; how it is spoken (phonetic runs) is left out."""
    runs = list(children(item, "r"))
    if not runs:
        return _Text(unescaped("".join(part.text or "" for part in children(item, "t"))), False)
    texts = []
    for run in children(item, "r", "t"):
        name = child(run, "rPr", "rFont")
        text = "".join(part.text or "" for part in children(run, "t")) or (
            run.text or "" if local(run) == "t" else ""
        )
        texts.append(in_symbols(text, name.get("val", "") if name is not None else ""))
    return _Text(unescaped("".join(texts)), True)


def _styles(package: Package, part: str) -> list[_Style]:
    """The styles of cells, by number."""
    if part not in package:
        return []
    root = package.xml(part)
    codes = dict(BUILT_IN)
    for element in children(child(root, "numFmts"), "numFmt"):
        codes[_number(element.get("numFmtId"))] = unescaped(element.get("formatCode", ""))
    fonts = [
        name.get("val", "") if (name := child(font, "name")) is not None else ""
        for font in children(child(root, "fonts"), "font")
    ]
    styles = []
    for element in children(child(root, "cellXfs"), "xf"):
        font = _number(element.get("fontId"))
        code = codes.get(_number(element.get("numFmtId")), "General")
        styles.append(_Style(code, fonts[font] if 0 <= font < len(fonts) else ""))
    return styles


def _number(text: str | None, otherwise: int = -1) -> int:
    """A whole number of an attribute, or what stands for none."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise


def _sheet(book: _Book, element: etree._Element, relation: Relation | None) -> StoredSheet:
    name = unescaped(element.get("name", ""))
    if relation is None:
        raise refusals.DAMAGED()
    if not relation.part:
        raise refusals.OUTSIDE()
    root = book.package.xml(relation.part)
    cells: dict[Position, StoredCell] = {}
    hidden_rows = set()
    row = 0
    reader = _Cells(book, name)
    for line in children(child(root, "sheetData"), "row"):
        row = _number(line.get("r"), row + 1)
        if _is_on(line, "hidden") or line.get("ht") == "0":
            hidden_rows.add(row)
        reader.read_row(line, row, cells)
    merges = list(_merges(root))
    return StoredSheet(
        name, element.get("state", "visible") != "visible", cells, merges, hidden_rows, _hidden_columns(root)
    )


def _hidden_columns(root: etree._Element) -> set[int]:
    hidden: set[int] = set()
    for column in children(child(root, "cols"), "col"):
        if _is_on(column, "hidden") or column.get("width") == "0":
            first, last = _number(column.get("min"), 1), _number(column.get("max"), 0)
            hidden.update(range(first, min(last, _LAST_COLUMN) + 1))
    return hidden


def _merges(root: etree._Element) -> Iterator[Area]:
    for element in islice(children(child(root, "mergeCells"), "mergeCell"), MOST_MERGES + 1):
        first, _, last = element.get("ref", "").partition(":")
        start, end = _position(first), _position(last or first)
        if start and end:
            (top, bottom), (left, right) = sorted((start[0], end[0])), sorted((start[1], end[1]))
            yield Area(top, left, bottom, right)


@lru_cache(maxsize=2000)
def _column(letters: str) -> int:
    """The number of a column, from 1: AB is 28."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _position(place: str) -> Position | None:
    """Row and column of a place like AB12; None where there can be none."""
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    column = _column(match[1])
    row = int(match[2])
    return (row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


class _Cells:
    """Reads the cells of one sheet."""

    def __init__(self, book: _Book, sheet: str) -> None:
        self._book = book
        self._sheet = sheet
        self._outside: dict[str, bool] = {}  # of the formulas that several cells share

    def read_row(self, line: etree._Element, row: int, cells: dict[Position, StoredCell]) -> None:
        """Add the cells of a row; one without a place stands right of the one before."""
        column = 0
        for element in children(line, "c"):
            place = element.get("r")
            position = _position(place) if place else (row, column + 1)
            if position is None:
                raise refusals.bad_place(self._sheet, place or "")
            column = position[1]
            cell = self._cell(element)
            if position not in cells:
                cells[position] = cell
            elif cell.text:
                first = cells[position]
                cells[position] = first._replace(marks=first.marks | {Mark.TWO_CANDIDATES})

    def _cell(self, element: etree._Element) -> StoredCell:
        formula: etree._Element | None = None
        value: str | None = None
        inline: etree._Element | None = None
        for part in element:
            name = local(part)
            if name == "v":
                value = part.text or ""
            elif name == "f":
                formula = part
            elif name == "is":
                inline = part
        if formula is None and value is None and inline is None:
            return NOTHING
        kind = element.get("t", "n")
        if formula is not None and not value and kind in ("n", "e", "b") and inline is None:
            return StoredCell("", "", frozenset({Mark.NO_VALUE}))
        if formula is not None and _PICTURE in (formula.text or ""):
            return StoredCell("", "", frozenset({Mark.FORMULA}))
        style = self._style(element.get("s"))
        cell = self._stored(kind, value or "", inline, style)
        return cell if formula is None else cell._replace(marks=cell.marks | self._formula_marks(formula))

    def _style(self, number: str | None) -> _Style:
        at = _number(number, 0)
        return self._book.styles[at] if at < len(self._book.styles) else _PLAIN

    def _stored(self, kind: str, value: str, inline: etree._Element | None, style: _Style) -> StoredCell:
        """What a cell of some kind shows."""
        if inline is not None:
            return _as_text(_text_of(inline), style)
        match kind:
            case "s":
                at = _number(value.strip())
                if not 0 <= at < len(self._book.strings):
                    return StoredCell("", "", frozenset({Mark.ERROR}))
                return _as_text(self._book.strings[at], style)
            case "str" | "inlineStr":
                return _as_text(_Text(unescaped(value), False), style)
            case "b":
                return StoredCell("TRUE" if value.strip() in _TRUE else "FALSE")
            case "e":
                return StoredCell(clean(value), "", frozenset({Mark.ERROR}))
            case "d":
                return self._day(value.strip(), style)
        return self._as_number(value, style)

    def _as_number(self, value: str, style: _Style) -> StoredCell:
        if not value.strip():
            return NOTHING
        number = stored_number(value)
        if number is None:
            return StoredCell(clean(value), "", frozenset({Mark.NOT_A_NUMBER}))
        return StoredCell(*show_number(number, style.code, self._book.base_1904))

    def _day(self, value: str, style: _Style) -> StoredCell:
        """A day written as 2024-01-16, which few programs do."""
        try:
            at = datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            return StoredCell(clean(value), "", frozenset({Mark.NOT_A_NUMBER}))
        since = at - datetime(1899, 12, 30)
        serial = Decimal(since.days) + Decimal(since.seconds) / Decimal(86_400)
        code = style.code if style.code != "General" else BUILT_IN[14]
        return StoredCell(*show_number(serial, code))

    def _formula_marks(self, formula: etree._Element) -> frozenset[Mark]:
        """A cell with a formula is to be looked at; one that reads another file also for that."""
        text, group = formula.text or "", formula.get("si", "")
        outside = _OTHER_FILE.search(text) is not None
        if group:
            outside = self._outside.setdefault(group, outside)
        return frozenset({Mark.FORMULA, Mark.OUTSIDE} if outside else {Mark.FORMULA})


def _as_text(text: _Text, style: _Style) -> StoredCell:
    shown = text.text if text.rich else in_symbols(text.text, style.font)
    if len(shown) > LONGEST_TEXT:
        raise refusals.text_too_long("有一个单元格", LONGEST_TEXT)
    return StoredCell(shown) if style.code == "General" else StoredCell(*show_text(shown, style.code))
