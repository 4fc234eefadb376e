"""Fills cells of an .xlsx in place: texts as strings, figures as numbers; formulas stay, values renewed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import unescape

from lxml import etree

from intake import refusals
from intake.filling.archive import replaced
from intake.filling.heights import Look, Position, Rooms
from intake.filling.spans import Span, spans_of, spliced
from intake.filling.workbook import ChoiceList, Filled, Style, Workbook, fill_workbook, is_numeric
from intake.filling.xlsx_look import looks_of, rooms_of
from intake.filling.xlsx_sheet import SheetBytes, position
from intake.package import Package, attribute, child, children, local
from intake.readers.formats import BUILT_IN
from intake.readers.xlsx import read_xlsx
from model.recognition.fill_plan import Edit

_ON = ("1", "true", "on")
_CELL = r"\$?([A-Z]{1,3})\$?([0-9]+)"
_AREA = re.compile(rf"(?:'((?:[^']|'')+)'!|([^'!]+)!)?{_CELL}(?::{_CELL})?")
_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")


def fill_xlsx(data: bytes, edits: Sequence[Edit], heightens: bool = True) -> Filled:
    """Return the workbook with its cells filled; all parts but the sheets that change are copied as they are.

    It `heightens` rows that are too low for what is written into them, else these are named. Raises
    UserError for a file that cannot be filled: signed, damaged, or without the sheet.
    """
    return fill_workbook(_Book(data), edits, heightens)


class _Book(Workbook):
    """An .xlsx that is being filled."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self._package = Package(data)
        self._main = self._package.main_part("xl/workbook.xml")
        relations = self._package.relations(self._main)
        root = self._package.xml(self._main)
        self._parts = {
            element.get("name", ""): relation.part
            for element in children(child(root, "sheets"), "sheet")
            if (relation := relations.get(attribute(element, "id") or "")) and relation.part
        }
        kinds = {relation.kind: relation.part for relation in relations.values()}
        self._styles = list(_styles(self._package, kinds.get("styles", "")))
        self._looks = looks_of(self._package, kinds.get("styles", ""))
        self._rooms: dict[str, Rooms] = {}
        self._sheets: dict[str, SheetBytes] = {}
        self._lists: dict[str, list[ChoiceList]] = {}

    def _sheet(self, name: str) -> SheetBytes:
        """The sheet of a name, as bytes; raises UserError if there is none."""
        if name not in self._parts:
            raise refusals.SHEET_GONE()
        if name not in self._sheets:
            self._sheets[name] = SheetBytes(self._package.bytes_of(self._parts[name]))
        return self._sheets[name]

    def has_formula(self, name: str, place: Position) -> bool:
        """Whether a formula stands in a cell; raises UserError if there is no such sheet."""
        return self._sheet(name).has_formula(place)

    def is_protected(self, name: str) -> bool:
        """Whether only open cells of a sheet may be changed."""
        protection = self._sheet(name).root.child("sheetProtection")
        return protection is not None and (protection.get("sheet") or "").lower() in _ON

    def style(self, name: str, place: Position) -> Style:
        """The style of a cell, one that is not there has the look of its column."""
        at = self._style_number(name, place)
        return self._styles[at] if at < len(self._styles) else Style(True, True)

    def look(self, name: str, place: Position) -> Look:
        """How a cell shows a text."""
        at = self._style_number(name, place)
        return self._looks[at] if at < len(self._looks) else Look()

    def _style_number(self, name: str, place: Position) -> int:
        number = self._sheet(name).style(place)
        return int(number) if number.isdecimal() else 0

    def rooms(self, name: str) -> Rooms:
        """The rows and columns of a sheet, as they were."""
        if name not in self._rooms:
            usual = self._looks[0].size if self._looks else Look().size
            self._rooms[name] = rooms_of(self._package.xml(self._parts[name]), usual)
        return self._rooms[name]

    def put_text(self, name: str, place: Position, text: str) -> None:
        """Put a text into a cell, as a string whatever it begins with; "" empties it, its style stays."""
        self._sheet(name).put_text(place, text)

    def put_number(self, name: str, place: Position, number: str) -> None:
        """Put a number into a cell."""
        self._sheet(name).put_number(place, number)

    def renew(self, name: str, place: Position, number: str) -> None:
        """Put a value under the formula of a cell, none where it is ""; the formula stays as it is."""
        self._sheet(name).renew(place, number)

    def set_height(self, name: str, row: int, points: Decimal) -> None:
        """Give a row another height."""
        self._sheet(name).set_height(row, f"{points:.2f}")

    def lists(self, name: str) -> Sequence[ChoiceList]:
        """The lists of a sheet that refuse other texts."""
        if name not in self._lists:
            root = self._package.xml(self._parts[name])
            self._lists[name] = list(_lists(root, name, self._texts))
        return self._lists[name]

    @property
    def _texts(self) -> Mapping[tuple[str, int, int], str]:
        if not hasattr(self, "_seen"):
            book = read_xlsx(self._data)
            self._seen = {
                (sheet.name, cell.place.row, cell.place.column): cell.text
                for sheet in book.sheets
                for cell in sheet.cells
            }
        return self._seen

    def to_bytes(self) -> bytes:
        """Return the whole file."""
        new = {self._parts[name]: sheet.to_bytes() for name, sheet in self._sheets.items()}
        if any(_FORMULA.search(self._package.bytes_of(part)) for part in self._parts.values()):
            content = self._package.bytes_of(self._main)
            new[self._main] = _calculated_on_load(content)
        return replaced(self._data, new)


# ---- styles and lists ----------------------------------------------------------------------------


def _styles(package: Package, part: str) -> Iterator[Style]:
    """Yield the styles of cells, by number."""
    if part not in package:
        return
    root = package.xml(part)
    codes = dict(BUILT_IN)
    for element in children(child(root, "numFmts"), "numFmt"):
        number = element.get("numFmtId", "")
        if number.isdecimal():
            codes[int(number)] = element.get("formatCode", "")
    for element in children(child(root, "cellXfs"), "xf"):
        protection = child(element, "protection")
        locked = protection is None or (protection.get("locked") or "1").lower() in _ON
        number = element.get("numFmtId", "0")
        code = codes.get(int(number) if number.isdecimal() else 0, "General")
        yield Style(locked, is_numeric(code), "%" in code)


def _lists(
    root: etree._Element, sheet: str, texts: Mapping[tuple[str, int, int], str]
) -> Iterator[ChoiceList]:
    for element in root.iter():
        if local(element) != "dataValidation" or attribute(element, "type") != "list":
            continue
        if (attribute(element, "showErrorMessage") or "").lower() not in _ON:
            continue  # a list that only offers: anything else may be typed too
        where = element.get("sqref") or "".join(
            part.text or "" for part in element.iter() if local(part) == "sqref"
        )
        formula = next((part for part in children(element, "formula1")), None)
        said = "".join(str(text) for text in formula.itertext()) if formula is not None else ""
        areas = tuple(area for one in where.split() if (area := _area(one)))
        yield ChoiceList(areas, _values(said.strip(), sheet, texts))


def _area(text: str) -> tuple[int, int, int, int] | None:
    match = _AREA.fullmatch(text)
    first = position(f"{match[3]}{match[4]}") if match else None
    if match is None or first is None:
        return None
    last = position(f"{match[5]}{match[6]}") if match[5] else first
    assert last is not None
    return first[0], first[1], last[0], last[1]


def _values(said: str, sheet: str, texts: Mapping[tuple[str, int, int], str]) -> frozenset[str]:
    """What a list offers: written out, or in the cells of an area; nothing where a name stands for it."""
    if said.startswith('"') and said.endswith('"'):
        return frozenset(unescape(part.strip()) for part in said[1:-1].split(","))
    match, area = _AREA.fullmatch(said), _area(said)
    if match is None or area is None:
        return frozenset()
    name = (match[1] or match[2] or sheet).replace("''", "'")
    top, left, bottom, right = area
    cells = (texts.get((name, r, c), "") for r in range(top, bottom + 1) for c in range(left, right + 1))
    return frozenset(filter(None, cells))


def _calculated_on_load(content: bytes) -> bytes:
    """The workbook part, asking that formulas are computed when it is opened."""
    root = spans_of(content)
    calc = root.child("calcPr")
    if calc is not None:
        tag = content[calc.start : calc.inner]
        tag = re.sub(rb'\sfullCalcOnLoad="[^"]*"', b"", tag)
        end = b"/>" if tag.endswith(b"/>") else b">"
        return spliced(
            content, {(calc.start, calc.inner): tag.removesuffix(end) + b' fullCalcOnLoad="1"' + end}
        )
    after = _last(root, _BEFORE_CALC)
    if after is None:
        return content
    new = f'<{after.prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    return spliced(content, {(after.end, after.end): new})


def _last(root: Span, names: Sequence[str]) -> Span | None:
    found = [span for span in root.children if span.name in names]
    return found[-1] if found else None
