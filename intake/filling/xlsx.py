"""Fills cells of an .xlsx in place: texts as strings, figures as numbers; formulas stay, values renewed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from html import unescape
from typing import NamedTuple

from lxml import etree

from intake import refusals
from intake.filling.archive import replaced
from intake.filling.heights import HIGHEST, Lack, Look, Rooms, looks_of
from intake.filling.spans import Span, spans_of, spliced
from intake.filling.xlsx_sheet import Position, SheetBytes, position
from intake.package import Package, attribute, child, children, local
from intake.readers.formats import BUILT_IN, parse_format
from intake.readers.xlsx import read_xlsx
from model.recognition.fill_plan import Edit, FillPlan, NotFilled
from model.recognition.incoming import Place

_ON = ("1", "true", "on")
_CELL = r"\$?([A-Z]{1,3})\$?([0-9]+)"
_AREA = re.compile(rf"(?:'((?:[^']|'')+)'!|([^'!]+)!)?{_CELL}(?::{_CELL})?")
_BEFORE_CALC = ("sheets", "functionGroups", "externalReferences", "definedNames")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
LOCKED = "这一格在原表里被锁定。"
TOO_LOW = "已填，但这一行不够高，字显示不全，请调高这一行。"
TOO_LONG = "已填，但字太多，一行最高也放不下，请删短一些，或在原表里把这一格合并得大一些。"
NO_WRAP = "已填，但原表这一格没有设“自动换行”，字显示不全，请在 Excel、WPS 里设一下。"
NOT_IN_LIST = "原表这一格只能从下拉列表里选，没有这一项。"


class Style(NamedTuple):
    """What of a cell's style bears on filling it."""

    is_locked: bool
    is_numeric: bool
    is_percent: bool = False


class Filled(NamedTuple):
    """The filled file, and what of the plan went in and what did not."""

    data: bytes
    plan: FillPlan


def fill_xlsx(data: bytes, edits: Sequence[Edit], heightens: bool = True) -> Filled:
    """Return the workbook with its cells filled; all parts but the sheets that change are copied as they are.

    It `heightens` rows that are too low for what is written into them, else these are named. Raises
    UserError for a file that cannot be filled: signed, damaged, or without the sheet.
    """
    book = _Book(data)
    done: list[Edit] = []
    kept: list[Place] = []
    locked: list[NotFilled] = []
    missing: list[NotFilled] = []
    for edit in edits:
        sheet = book.sheet(edit.place.part)
        place = edit.place.row, edit.place.column
        if sheet.has_formula(place):
            kept.append(edit.place)
            if (edit.kind == "renew" and edit.number) or edit.kind == "clear":
                sheet.renew(place, edit.number)
        elif book.is_locked(edit.place.part, place) and not edit.over_hint:
            locked.append(NotFilled(edit.place, edit.text, LOCKED))
        elif edit.kind != "clear" and not book.allows(edit):
            missing.append(NotFilled(edit.place, edit.text, NOT_IN_LIST))
        else:
            book.put(sheet, edit, place)
            done.append(edit)
    raised = [edit.place for edit in done if heightens and book.heighten(edit)]
    missing += [one for edit in done if (one := book.not_seen(edit, heightens))]
    plan = FillPlan(tuple(done), tuple(kept), tuple(missing), tuple(locked), tuple(raised))
    return Filled(book.to_bytes(), plan)


class _Book:
    """A workbook that is being filled."""

    def __init__(self, data: bytes) -> None:
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
        self._heights: dict[tuple[str, int], Decimal] = {}
        self._sheets: dict[str, SheetBytes] = {}
        self._lists: dict[str, list[_List]] = {}

    def sheet(self, name: str) -> SheetBytes:
        """The sheet of a name, as bytes; raises UserError if there is none."""
        if name not in self._parts:
            raise refusals.SHEET_GONE()
        if name not in self._sheets:
            self._sheets[name] = SheetBytes(self._package.bytes_of(self._parts[name]))
        return self._sheets[name]

    def put(self, sheet: SheetBytes, edit: Edit, place: Position) -> None:
        """Put a figure as a number where the format is one for numbers, else what stands on paper."""
        if edit.kind == "clear":
            sheet.put_text(place, "")
        elif edit.number and self._shows(sheet.style(place), edit.text):
            sheet.put_number(place, edit.number)
        else:
            sheet.put_text(place, edit.text)

    def heighten(self, edit: Edit) -> bool:
        """Give a row the height that a text in it needs; whether it lacked that."""
        lack = self._lack(edit)
        if lack is None or not lack.points:
            return False
        row = (edit.place.part, lack.row)
        points = min(max(lack.points, self._heights.get(row, lack.points)), HIGHEST)
        self._heights[row] = points
        self.sheet(edit.place.part).set_height(lack.row, f"{points:.2f}")
        return True

    def not_seen(self, edit: Edit, heightens: bool) -> NotFilled | None:
        """Say where a text that was written is not seen whole."""
        lack = self._lack(edit)
        if lack is None or (heightens and 0 < lack.points <= HIGHEST):
            return None
        why = TOO_LOW if 0 < lack.points <= HIGHEST else TOO_LONG if lack.points else NO_WRAP
        return NotFilled(edit.place, edit.text, why)

    def _lack(self, edit: Edit) -> Lack | None:
        if edit.kind != "write" or not edit.text:
            return None
        name, place = edit.place.part, (edit.place.row, edit.place.column)
        if name not in self._rooms:
            usual = self._looks[0].size if self._looks else Look().size
            self._rooms[name] = Rooms(self._package.xml(self._parts[name]), usual)
        number = self.sheet(name).style(place)
        at = int(number) if number.isdecimal() else 0
        look = self._looks[at] if at < len(self._looks) else Look()
        return self._rooms[name].lack(place, edit.text, look)

    def _shows(self, number: str, text: str) -> bool:
        """Whether a style shows a number as it stands on paper: a rate only where the format has a %."""
        style = self._style(number)
        return style.is_numeric and style.is_percent == text.endswith("%")

    def is_locked(self, name: str, place: Position) -> bool:
        """Whether the sheet is protected and the cell not open."""
        sheet = self.sheet(name)
        protection = sheet.root.child("sheetProtection")
        if protection is None or (protection.get("sheet") or "").lower() not in _ON:
            return False
        return self._style(sheet.style(place)).is_locked

    def allows(self, edit: Edit) -> bool:
        """Whether the list of a cell, if it has one, holds the text."""
        for found in self._lists_of(edit.place.part):
            if found.covers((edit.place.row, edit.place.column)):
                return not found.values or edit.text in found.values
        return True

    def _style(self, number: str) -> Style:
        at = int(number) if number.isdecimal() else 0
        return self._styles[at] if at < len(self._styles) else Style(True, True)

    def _lists_of(self, name: str) -> "list[_List]":
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
        yield Style(locked, _is_numeric(code), "%" in code)


def _is_numeric(code: str) -> bool:
    """Whether a format shows numbers: figures or General, neither text nor a date."""
    form = parse_format(code)
    if form is None or not form.numbers:
        return False
    section = form.numbers[0]
    return (section.has("digit") or section.has("general")) and not section.has("date")


class _List(NamedTuple):
    """A drop-down list: the areas it holds for, and what may be chosen; empty where that is not known."""

    areas: tuple[tuple[int, int, int, int], ...]
    values: frozenset[str]

    def covers(self, place: Position) -> bool:
        """Whether a cell has this list."""
        row, column = place
        return any(
            top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas
        )


def _lists(root: etree._Element, sheet: str, texts: Mapping[tuple[str, int, int], str]) -> Iterator[_List]:
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
        yield _List(areas, _values(said.strip(), sheet, texts))


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
