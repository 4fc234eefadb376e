"""What of a form goes into which cell of a bureau's blank that was recognised: texts as on our own paper.

Rows of the form go into the rows of the blank that have the same goal and level 2, in their order; nothing is
squeezed: what has no room is named. Hints of rows that stay empty are taken away. What the bureau fills in
itself stays as it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from model.basics import number
from model.basics.amount import read_amount
from model.exchange.form_reader import BLOCK_LABEL
from model.exchange.money_rows import FUNDS, entry_of
from model.forms.columns import LABELS
from model.forms.definition import FormDefinition
from model.reading.reading import Form
from model.recognition.blank import is_hint
from model.recognition.captions import plain, same
from model.recognition.fill_plan import Edit, EditKind, NotFilled
from model.recognition.found import Found, scalars
from model.recognition.incoming import Mark, Place, SeenCell, SeenSheet
from model.recognition.loader import vocabulary
from model.recognition.places import part
from model.recognition.said import filled_in
from model.recognition.texts import on_one_line, without_seal
from model.recognition.title_lines import months, without_months, years
from model.recognition.values import texts_of

NO_ROOM = "原表没有空行，请先在原表插入一行再填。"
NO_PLACE = "原表没有这一栏。"
NO_ROW = "原表没有这一行资金，请先在原表插入一行再填。"
ONE_GOAL = "原表只有一个目标的位置，请先在原表复制一份再填。"
FORMULA = "原表这一格是公式，打开后由公式重新计算，请核对是否一致。"
_NUMBERS = ("weight", "score", "rate", "total", "points", "share")
_PRINTED = ("level1", "level2", "label", "title", "caption", "level1_weight", "footnotes")  # the blank's own
_UNUSED = ("—", "——", "–", "-", "/")
_INDEX = re.compile(r"(\w+)\[([0-9]+)\]")
_ROOM_FOR_POINTS = re.compile(r"([（(])[\s_＿]*[0-9.]*[\s_＿]*(分?\s*[)）])")
_BOX = "□☐"
_TICKED = "☑"


class Filling(NamedTuple):
    """What is to be written, and what has no place; to be checked against the file by whoever writes it."""

    edits: tuple[Edit, ...]
    missing: tuple[NotFilled, ...]


def plan(blank: Found, form: Form, sheets: Sequence[SeenSheet] = ()) -> Filling:
    """Return what of a form goes where in a blank; `sheets` are looked at for the year of the title."""
    planner = _Planner(blank, texts_of(form), form.definition)
    planner.lines()
    planner.goals()
    planner.plain_cells()
    planner.rows()
    planner.columns()
    above = [*years(blank, form, sheets), *months(blank, form, sheets)]
    titles = [one for one in above if isinstance(one, Edit)]
    missing = [*planner.missing, *(one for one in above if isinstance(one, NotFilled))]
    return Filling((*planner.edits, *titles), tuple(without_months(missing, titles, form)))


class Value(NamedTuple):
    """A text as printed, and as a number where it is one."""

    text: str
    number: str = ""


class _Planner:
    """Goes through the places of a blank and finds what belongs there."""

    def __init__(self, blank: Found, data: Mapping[str, Any], form: FormDefinition) -> None:
        self._blank, self._data, self._form = blank, data, form
        self.edits: list[Edit] = []
        self.missing: list[NotFilled] = []
        self._taken: set[Place] = set()
        self._placed: set[str] = set()  # paths of ours that have a place
        self._lost: Counter[str] = (
            Counter()
        )  # by caption: texts of rows that have a place, in columns without
        entries = [entry_of(form, block) for block in form.money_blocks]
        self._entries = tuple(dict.fromkeys((FUNDS, *entries)))
        money = {"initial", "budget", "executed"}
        for block in form.money_blocks:
            money.update(block.amounts)
        self._amounts = frozenset(money)
        figures = [c.key for c in form.indicator_columns if c.kind in ("points", "rate")]
        self._numbers = frozenset((*_NUMBERS, *money, *figures))

    # --- lines with several captions in one cell

    def lines(self) -> None:
        """Put texts behind their captions; a line is written once with all of them."""
        by_place: defaultdict[Place, dict[str, str]] = defaultdict(dict)
        ours, printed = dict(scalars(self._data)), dict(scalars(self._blank.data))
        for path, caption in self._blank.inline.items():
            place = self._blank.places.get(path)
            if place is None:
                continue
            text = ours.get(path, printed.get(path))  # what is not ours stays: 金额单位：元
            by_place[place][caption] = text if isinstance(text, str) else ""
            self._placed.add(path)
        for place, texts in by_place.items():
            self._taken.add(place)
            cells = self._blank.cells.items()
            cell = next(cell for path, cell in cells if self._blank.places[path] == place)
            line = filled_in(cell.text, {c: " ".join(text.split()) for c, text in texts.items()})
            if line != cell.text:
                self.edits.append(Edit(place, "write", line, "", "、".join(texts), True))

    # --- goals

    def goals(self) -> None:
        """Where a blank has one place for all goals, they stand there together as on paper; labels with
        points get them."""
        ours: Sequence[Mapping[str, Any]] = self._data.get("goals") or ()
        theirs: Sequence[Mapping[str, Any]] = self._blank.data.get("goals") or ()
        self._goal_labels(ours)
        if len(ours) <= len(theirs) or not theirs:
            return
        if any(goal.get("label") and "[" in goal["label"] for goal in theirs) or self._is_per_goal():
            said = (str(goal.get("label") or goal.get("text") or "") for goal in ours[len(theirs) :])
            self.missing += [NotFilled(None, text, ONE_GOAL) for text in said]
            return
        last = len(theirs) - 1
        for key, name in (
            ("expected", "目标"),
            ("adjusted", "目标"),
            ("actual", "完成目标"),
            ("text", "目标"),
        ):
            path = f"goals[{last}].{key}"
            place = self._blank.places.get(path)
            texts = [(n, str(goal.get(key) or "")) for n, goal in enumerate(ours, start=1)][last:]
            if place is not None and place not in self._taken and any(text for _, text in texts):
                joined = "\n".join(f"{name}{n}：{text}" for n, text in texts if text)
                self._put(path, place, joined)

    def _is_per_goal(self) -> bool:
        return self._form.indicators.per_goal

    def _goal_labels(self, ours: Sequence[Mapping[str, Any]]) -> None:
        """年度绩效目标 1（  分）, in which the blank leaves room for the points."""
        for n, goal in enumerate(ours):
            path = f"goals[{n}].label"
            cell, points = self._blank.cells.get(path), str(goal.get("points") or "")
            if cell is None or not points or cell.place in self._taken:
                continue
            new = _ROOM_FOR_POINTS.sub(rf"\g<1>{points}\g<2>", cell.text, count=1)
            if new != cell.text:
                self._taken.add(cell.place)
                self.edits.append(Edit(cell.place, "write", new, "", path, True))

    # --- everything but the rows of indicators

    def plain_cells(self) -> None:
        """Fill head, funds, goals, totals and long texts; what the blank has no cell for is named."""
        ours = {path: text for path, text in scalars(self._data) if isinstance(text, str)}
        lists = {path for path in self._blank.places if path.partition("[")[0] in self._blank.options}
        for field, cell in self._blank.options.items():
            self._ticks(field, cell)
        for path, place in self._blank.places.items():
            name = path.rpartition(".")[2].partition("[")[0]
            if path.startswith("indicators[") or path in lists or name in _PRINTED or place in self._taken:
                continue
            if self._blank.marks.get(path) is Mark.SPLIT:
                continue  # points that stand in a caption
            mine = self._money_path(path) if path.startswith(tuple(f"{e}[" for e in self._entries)) else path
            mine = mine if mine in ours else self._same_field(mine, ours)
            text = ours.get(mine)
            if text is not None:
                self._placed.add(mine)
                self._put(path, place, text, mine)
        self._name_missing(ours)

    def _same_field(self, path: str, ours: Mapping[str, str]) -> str:
        """A field of ours that means the same where the blank calls it otherwise: 项目名称, 项目支出名称."""
        head, _, caption = path.partition(".")
        meaning = vocabulary().find("fields", caption) if head in ("fields", "signatures") else ""
        left = (mine for mine in ours if mine not in self._blank.places and mine not in self._placed)
        same_head = (mine for mine in left if meaning and mine.startswith(f"{head}."))
        return next(
            (m for m in same_head if vocabulary().find("fields", m[len(head) + 1 :]) == meaning), path
        )

    def _money_path(self, path: str) -> str:
        """The path of the same row of money in our form: rows go by name, not by place."""
        match = _INDEX.match(path)
        assert match is not None
        entry = match[1]
        rows: Sequence[Mapping[str, Any]] = self._data.get(entry) or ()
        labels: Sequence[Mapping[str, Any]] = self._blank.data.get(entry) or ()
        at = int(match[2])
        if at == 0 or at >= len(labels):
            return path
        wanted = _source(labels[at].get("label", ""))
        for n, row in enumerate(rows):
            names = (row.get("label", ""), *self._names(entry, n))
            if n and any(same(_source(name), wanted) for name in names if name):
                return f"{entry}[{n}].{path.rpartition('.')[2]}"
        return ""

    def _names(self, entry: str, n: int) -> tuple[str, ...]:
        """What other forms call a row of money."""
        block = next((b for b in self._form.money_blocks if entry_of(self._form, b) == entry), None)
        return block.rows[n].names if block is not None and n < len(block.rows) else ()

    def _ticks(self, field: str, cell: SeenCell) -> None:
        """Tick the options of a field in the text that stands there."""
        self._taken.add(cell.place)
        self._placed.add(field)
        chosen = self._data.get("fields", {}).get(field.removeprefix("fields."))
        if not isinstance(chosen, list):
            return
        text = cell.text
        for option in chosen:
            text = _with_tick(text, option)
        if text != cell.text:
            self.edits.append(Edit(cell.place, "write", text, "", field))

    def _put(self, path: str, place: Place, text: str, mine: str = "") -> None:
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
        value = self._value(path, text)
        if kind == "renew" and path.rpartition(".")[2] in self._amounts:
            self.missing.append(NotFilled(place, value.text, FORMULA))
        seal = without_seal(cell.text)[1]
        if seal and kind == "write" and not value.number:
            value = Value(f"{text}\n{seal}")
        if shown != value.text:
            over_hint = bool(shown) and is_hint(without_seal(shown)[0])
            self.edits.append(Edit(place, kind, value.text, value.number, path, over_hint))

    def _value(self, path: str, text: str) -> Value:
        """A text with the number it is, where one belongs: a rate is a fraction, an amount in their unit."""
        key = path.rpartition(".")[2]
        if key not in self._numbers and path not in self._blank.units:
            return Value(text)
        if text.endswith("%") and (rate := number.parse_percent(text)):
            return Value(text, number.plain(rate[0]))
        unit = self._blank.units.get(path, "")
        amount = read_amount(text, self._form.money_unit)
        if amount is not None and unit not in ("", self._form.money_unit):
            text = number.plain(amount.to(unit).number)
        found = number.parse_number(text)
        return Value(text, "" if found is None else number.plain(found))

    def _name_missing(self, ours: Mapping[str, str]) -> None:
        """Name texts of head, tail and money that have no cell in the blank."""
        for path, text in ours.items():
            head, _, caption = path.partition(".")
            is_own = head in ("fields", "signatures") or path in ("deviation_analysis", "improvement")
            is_there = path in self._blank.places or {path, path.partition("[")[0]} & self._placed
            is_echo = bool(caption) and caption in (self._form.goal_echo, BLOCK_LABEL)
            if is_own and text and not is_there and not is_echo:
                self.missing.append(NotFilled(None, f"{part(path)}：{text}", NO_PLACE))
        for entry in self._entries:
            self._name_rows(entry)

    def _name_rows(self, entry: str) -> None:
        """Name rows of money that the blank does not have."""
        for n, row in enumerate(self._data.get(entry) or ()):
            amounts = [str(row.get(key) or "") for key in self._amounts]
            has_amounts = any(text and number.parse_number(text) for text in amounts)
            if any(path.startswith(f"{entry}[{n}].") for path in self._placed):
                self._count_lost(entry, n, row)
            elif has_amounts:
                self.missing.append(NotFilled(None, str(row.get("label") or ""), NO_ROW))

    def _count_lost(self, entry: str, n: int, row: Mapping[str, Any]) -> None:
        """Count what is typed in a row of money that has a place, in columns that the blank has not there."""
        block = next((b for b in self._form.money_blocks if entry_of(self._form, b) == entry), None)
        for column in block.columns if block is not None else ():
            is_typed = column.key != "label" and column.kind in ("text", "choice", "money")
            if is_typed and row.get(column.key) and f"{entry}[{n}].{column.key}" not in self._placed:
                self._lost[column.caption] += 1

    def columns(self) -> None:
        """Name the columns in which something is written and for which the blank has no cell."""
        for caption, count in self._lost.items():
            self.missing.append(NotFilled(None, f"{on_one_line(caption)}（{count} 处）", NO_PLACE))

    # --- indicators

    def rows(self) -> None:
        """Put the rows of the form into the free rows of the blank, by goal and level 2."""
        slots: defaultdict[tuple[int, str, str], list[int]] = defaultdict(list)
        for n, row in enumerate(self._blank.data.get("indicators") or ()):
            slots[self._group(row)].append(n)
        printed = self._printed_rows()
        for row in self._data.get("indicators") or ():
            if not any(row.get(column) for column in self._columns if column not in LABELS):
                continue
            free = self._free(slots, row, printed)
            if free is None:
                self.missing.append(NotFilled(None, str(row.get("name") or ""), NO_ROOM))
            else:
                self._fill_row(free, row)
        for left in (n for group in slots.values() for n in group):
            self._clear_row(left)

    @property
    def _columns(self) -> tuple[str, ...]:
        """The columns of a row that a clerk or the program fills in."""
        known = (c.key for c in self._form.row_columns.values() if c.filled_by != "others")
        return tuple(key for key in known if key not in ("goal", "direction", "level", "core"))

    def _group(self, row: Mapping[str, Any]) -> tuple[int, str, str]:
        return row.get("goal") or 0, _word(row.get("level1")), _word(row.get("level2"))

    def _printed_rows(self) -> dict[str, int]:
        """The rows of the blank whose indicators it prints itself, by name."""
        rows = enumerate(self._blank.data.get("indicators") or ())
        named = {plain(str(row.get("name") or "")): n for n, row in reversed(list(rows))}
        return {name: n for name, n in named.items() if name and not is_hint(name)}

    def _free(
        self,
        slots: Mapping[tuple[int, str, str], list[int]],
        row: Mapping[str, Any],
        printed: dict[str, int],
    ) -> int | None:
        """The next row of the blank for one of ours: that of its name, its own level, else any where no
        levels are printed."""
        goal, level1, level2 = self._group(row)
        own = printed.pop(plain(str(row.get("name") or "")), None)
        if own is not None and (group := next((g for g in slots.values() if own in g), None)):
            group.remove(own)
            return own
        several = len({key[0] for key in slots}) > 1
        is_goal_right = [key for key in slots if key[0] == goal or not several]
        for wanted in ((level1, level2), (None, level2), (level1, ""), ("", "")):
            for key in is_goal_right:
                is_level1 = wanted[0] is None or key[1] == wanted[0]
                if slots[key] and is_level1 and key[2] == wanted[1]:
                    return slots[key].pop(0)
        return None

    def _fill_row(self, n: int, row: Mapping[str, Any]) -> None:
        for column in self._columns:
            path = f"indicators[{n}].{column}"
            place = self._blank.places.get(path)
            if place is None:
                self._count_unplaced(column, row)
                continue
            if column in LABELS and self._is_printed(path, place):
                continue
            if self._blank.marks.get(path) is Mark.SPLIT:
                continue
            self._put(path, place, str(row.get(column) or ""))

    def _count_unplaced(self, key: str, row: Mapping[str, Any]) -> None:
        printed = next((one for one in self._form.indicators.printed if one.key == key), None)
        if printed is not None and row.get(key) and key not in LABELS:
            self._lost[printed.caption] += 1

    def _is_printed(self, path: str, place: Place) -> bool:
        """Whether the blank has the level itself, in this row or merged down from one above."""
        return bool(self._blank.cells[path].text.strip()) or place in self._taken

    def _clear_row(self, n: int) -> None:
        for column in self._columns:
            path = f"indicators[{n}].{column}"
            cell = self._blank.cells.get(path)
            is_free = cell is not None and cell.place not in self._taken and column not in LABELS
            if cell is not None and is_free and cell.text.strip() and is_hint(cell.text):
                self._taken.add(cell.place)
                self.edits.append(Edit(cell.place, "clear", "", "", path, True))


def _word(text: object) -> str:
    """A level as it is compared: 数量指标 and 产出数量 are not told apart by the word 指标."""
    return plain(str(text or "")).removesuffix("指标")


def _source(label: str) -> str:
    """The name of a row of money without 其中： before it."""
    return re.sub(r"^\s*其中\s*[:：]?", "", str(label)).strip(" \u3000：:")


def _with_tick(text: str, option: str) -> str:
    """Tick the box of an option: behind it (1、部门预算项目□), or before it where the first box stands so."""
    words = r"\s*".join(map(re.escape, "".join(option.split())))
    lead = re.match(rf"[^{_BOX}{_TICKED}]*[：:]\s*", text)
    is_before = text[lead.end() if lead else 0 :].lstrip().startswith((*_BOX, _TICKED))
    before, behind = rf"[{_BOX}](\s*{words})", rf"({words}\s*)[{_BOX}]"
    if is_before and re.search(before, text):
        return re.sub(before, rf"{_TICKED}\g<1>", text, count=1)
    if re.search(behind, text):
        return re.sub(behind, rf"\g<1>{_TICKED}", text, count=1)
    return re.sub(before, rf"{_TICKED}\g<1>", text, count=1)
