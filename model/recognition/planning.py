"""What of a form goes into which cell of a bureau's blank that was recognised: texts as on our own paper.

Rows of the form go into the rows of the blank that have the same goal and level 2, in their order; nothing is
squeezed: a row without room is named. Hints of rows that stay empty are taken away.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from model.basics import number
from model.exchange.exchange import write_exchange
from model.exchange.form_reader import BLOCK_LABEL
from model.reading.reading import Form
from model.recognition.blank import is_hint
from model.recognition.captions import same
from model.recognition.fill_plan import Edit, EditKind, NotFilled
from model.recognition.found import Found, scalars
from model.recognition.incoming import Mark, Place, SeenCell, SeenSheet

NO_ROOM = "原表没有空行，请先在原表插入一行再填。"
NO_PLACE = "原表没有这一栏。"
FORMULA = "原表这一格是公式，打开后由公式重新计算，请核对是否一致。"
_ROW_COLUMNS = ("name", "weight", "target", "actual", "score", "reason")
_NUMBERS = ("weight", "score", "initial", "budget", "executed", "rate", "total", "points")
_AMOUNTS = ("initial", "budget", "executed")
_PRINTED = ("level1", "level2", "label", "title", "caption", "level1_weight", "footnotes")  # the blank's own
_UNUSED = ("—", "——", "–", "-", "/")
_INDEX = re.compile(r"(\w+)\[([0-9]+)\]")
_GAP = r"[ \u3000_＿]*"
_YEAR = re.compile(rf"([(（]?){_GAP}(?:20[0-9]{{2}}|20[ _＿]{{2,}}|{_GAP}){_GAP}年度?([)）]?)")
_BOX = "□☐"
_TICKED = "☑"


class Filling(NamedTuple):
    """What is to be written, and what has no place; to be checked against the file by whoever writes it."""

    edits: tuple[Edit, ...]
    missing: tuple[NotFilled, ...]


def plan(blank: Found, form: Form, sheets: Sequence[SeenSheet] = ()) -> Filling:
    """Return what of a form goes where in a blank; `sheets` are looked at for the year of the title."""
    values = texts_of(form)
    planner = _Planner(blank, values)
    planner.plain_cells()
    planner.rows()
    edits = [*planner.edits, *_years(blank, form, sheets)]
    return Filling(tuple(edits), tuple(planner.missing))


class Value(NamedTuple):
    """A text as printed, and as a number where it is one."""

    text: str
    number: str = ""


def texts_of(form: Form) -> dict[str, Any]:
    """Return the exchange object of a form with what the program computes put in: total, rates, scores."""
    data = write_exchange(form.answers, form.definition, unknown=False)
    sheet = form.sheet
    if data.get("funds") and form.definition.execution_points:
        first = data["funds"][0]
        first["weight"] = _show(form.definition.execution_points)
        first["rate"] = number.show_rate(sheet.execution_rate)[0] if sheet.execution_rate is not None else ""
        first["score"] = _show(sheet.execution.score)
    for row, indicator in zip(data.get("indicators", ()), sheet.indicators, strict=True):
        if not row.get("score") and indicator.score is not None and indicator.counted:
            row["score"] = _show(indicator.score)
    if form.definition.is_scored:
        data["total"] = _show(sheet.total)
    return data


def _show(value: Decimal | None) -> str:
    return "" if value is None else number.show_score(value)[0]


class _Planner:
    """Goes through the places of a blank and finds what belongs there."""

    def __init__(self, blank: Found, data: Mapping[str, Any]) -> None:
        self._blank, self._data = blank, data
        self.edits: list[Edit] = []
        self.missing: list[NotFilled] = []
        self._taken: set[Place] = set()

    # --- everything but the rows of indicators

    def plain_cells(self) -> None:
        """Fill head, funds, goals, totals and long texts; what the blank has no cell for is named."""
        ours = {path: text for path, text in scalars(self._data) if isinstance(text, str)}
        lists = {path for path in self._blank.places if path.endswith("]") and path.startswith("fields.")}
        for field in dict.fromkeys(path.partition("[")[0] for path in lists):
            self._ticks(field)
        for path, place in self._blank.places.items():
            name = path.rpartition(".")[2].partition("[")[0]
            if path.startswith("indicators[") or path in lists or name in _PRINTED or place in self._taken:
                continue
            if self._blank.marks.get(path) is Mark.SPLIT:
                continue  # points that stand in a caption
            text = ours.get(self._fund_path(path) if path.startswith("funds[") else path)
            if text is not None:
                self._put(path, place, text)
        self._name_missing(ours)

    def _fund_path(self, path: str) -> str:
        """The path of the same row of money in our form: rows go by name, not by place."""
        match = _INDEX.match(path)
        assert match is not None
        rows: Sequence[Mapping[str, Any]] = self._data.get("funds") or ()
        labels: Sequence[Mapping[str, Any]] = self._blank.data.get("funds") or ()
        at = int(match[2])
        if at == 0 or at >= len(labels):
            return path
        wanted = labels[at].get("label", "")
        for n, row in enumerate(rows):
            if n and same(_source(row.get("label", "")), _source(wanted)):
                return f"funds[{n}].{path.rpartition('.')[2]}"
        return ""

    def _ticks(self, field: str) -> None:
        """Tick the options of a field in the text that stands there."""
        place = next(place for path, place in self._blank.places.items() if path.partition("[")[0] == field)
        self._taken.add(place)
        chosen = self._data.get("fields", {}).get(field.removeprefix("fields."))
        cell = self._cell(field)
        if not isinstance(chosen, list) or cell is None:
            return
        text = cell.text
        for option in chosen:
            text = _with_tick(text, option)
        if text != cell.text:
            self.edits.append(Edit(place, "write", text, "", field))

    def _cell(self, field: str) -> SeenCell | None:
        return next(
            (cell for path, cell in self._blank.cells.items() if path.partition("[")[0] == field), None
        )

    def _put(self, path: str, place: Place, text: str) -> None:
        cell = self._blank.cells[path]
        shown = cell.text.strip()
        if place in self._taken:
            return
        self._taken.add(place)
        if shown in _UNUSED and (not text or text in _UNUSED):
            return
        kind: EditKind = "renew" if cell.marks & {Mark.FORMULA, Mark.NO_VALUE} else "write"
        if not text:
            if kind == "write" and shown and is_hint(shown):
                self.edits.append(Edit(place, "clear", "", "", path, True))
            return
        value = _value(path, text)
        if kind == "renew" and path.rpartition(".")[2] in _AMOUNTS:
            self.missing.append(NotFilled(place, value.text, FORMULA))
        if shown != value.text:
            over_hint = bool(shown) and is_hint(shown)
            self.edits.append(Edit(place, kind, value.text, value.number, path, over_hint))

    def _name_missing(self, ours: Mapping[str, str]) -> None:
        """Name texts of the head and the long texts that have no cell in the blank."""
        for path, text in ours.items():
            is_own = path.startswith("fields.") or path in ("deviation_analysis", "improvement")
            if is_own and text and path not in self._blank.places and not path.endswith("]"):
                caption = path.removeprefix("fields.")
                if caption != BLOCK_LABEL:
                    self.missing.append(NotFilled(None, f"{caption}：{text}", NO_PLACE))

    # --- indicators

    def rows(self) -> None:
        """Put the rows of the form into the free rows of the blank, by goal and level 2."""
        slots: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
        for n, row in enumerate(self._blank.data.get("indicators") or ()):
            slots[self._group(row)].append(n)
        for row in self._data.get("indicators") or ():
            if not any(row.get(column) for column in _ROW_COLUMNS):
                continue
            free = self._free(slots, row)
            if free is None:
                self.missing.append(NotFilled(None, str(row.get("name") or ""), NO_ROOM))
            else:
                self._fill_row(free, row)
        for left in (n for group in slots.values() for n in group):
            self._clear_row(left)

    def _group(self, row: Mapping[str, Any]) -> tuple[int, str, str]:
        return row.get("goal") or 0, _word(row.get("level1")), _word(row.get("level2"))

    def _free(self, slots: Mapping[tuple[int, str, str], list[int]], row: Mapping[str, Any]) -> int | None:
        goal, level1, level2 = self._group(row)
        exact = slots.get((goal, level1, level2))
        if exact:
            return exact.pop(0)
        several = len({key[0] for key in slots}) > 1
        for (other_goal, _, other), free in slots.items():
            if free and other == level2 and (other_goal == goal or not several):
                return free.pop(0)
        return None

    def _fill_row(self, n: int, row: Mapping[str, Any]) -> None:
        for column in _ROW_COLUMNS:
            path = f"indicators[{n}].{column}"
            place = self._blank.places.get(path)
            if place is not None:
                self._put(path, place, str(row.get(column) or ""))

    def _clear_row(self, n: int) -> None:
        for column in _ROW_COLUMNS:
            path = f"indicators[{n}].{column}"
            cell = self._blank.cells.get(path)
            if (
                cell is not None
                and cell.text.strip()
                and is_hint(cell.text)
                and cell.place not in self._taken
            ):
                self._taken.add(cell.place)
                self.edits.append(Edit(cell.place, "clear", "", "", path, True))


def _word(text: object) -> str:
    """A level as it is compared: 数量指标 and 产出数量 are not told apart by the word 指标."""
    return "".join(str(text or "").split()).removesuffix("指标")


def _source(label: str) -> str:
    """The name of a row of money without 其中： before it."""
    return re.sub(r"^\s*其中\s*[:：]?", "", str(label)).strip(" \u3000：:")


def _value(path: str, text: str) -> Value:
    """A text with the number it is, where a number belongs; a rate in percent is a fraction."""
    if path.rpartition(".")[2] not in _NUMBERS and path != "total":
        return Value(text)
    if text.endswith("%") and (rate := number.parse_percent(text)):
        return Value(text, number.plain(rate[0]))
    found = number.parse_number(text)
    return Value(text, "" if found is None else number.plain(found))


def _with_tick(text: str, option: str) -> str:
    """Tick the box behind or before an option: 1、部门预算项目□."""
    words = r"\s*".join(map(re.escape, "".join(option.split())))
    behind = re.compile(rf"({words}\s*)[{_BOX}]")
    before = re.compile(rf"[{_BOX}](\s*{words})")
    if behind.search(text):
        return behind.sub(rf"\g<1>{_TICKED}", text, count=1)
    return before.sub(rf"{_TICKED}\g<1>", text, count=1)


def _years(blank: Found, form: Form, sheets: Iterable[SeenSheet]) -> Iterator[Edit]:
    """Yield the title lines in which the blank leaves room for the year."""
    places = set(blank.places.values())
    first = min((place.row for place in places), default=0)
    for sheet in sheets:
        if sheet.name != blank.sheet:
            continue
        for cell in sheet.cells:
            match = _YEAR.fullmatch(cell.text.strip())
            if match and cell.place.row <= first + 3 and cell.place not in places:
                opening, closing = match[1], match[2]
                yield Edit(
                    cell.place, "write", f"{opening}{form.answers.year}年度{closing}", "", "year", True
                )
