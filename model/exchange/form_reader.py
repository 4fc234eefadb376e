"""Reads a decoded exchange file as a form; what the program does not know is kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from model.basics.errors import UserError
from model.basics.number import MONEY_POWERS
from model.basics.texts import must_fit
from model.document.answers import (
    GOALS,
    INDICATORS,
    MONEY_UNIT,
    TERM,
    CellId,
    FormAnswers,
    Reply,
)
from model.exchange.breakdown import SIDES, SplitCell, read_split, row_count
from model.exchange.entries import broken_character, is_whole, keep, written_twice
from model.exchange.money_rows import FUNDS, Name, columns_of, entry_of, find_rows
from model.exchange.report_entries import KEY as REPORT
from model.exchange.report_entries import Tables, read_report
from model.forms.columns import ROW_COLUMNS, Column
from model.forms.definition import (
    AmountRow,
    Field,
    FormDefinition,
    FundsBlock,
    RowsBlock,
    bare,
    same_caption,
)
from model.reading.amounts import LABEL, UNDER
from model.reading.terms import label_of, term_in

MAX_ROWS = 5000
YEARS = range(1990, 2101)
BLOCK_LABEL = "indicator block label"


@dataclass
class FormReader:
    """Takes a decoded file apart; what it does not know goes to `extra`."""

    form: FormDefinition
    data: Mapping[str, Any]
    texts: dict[CellId, str] = field(default_factory=dict)
    given: dict[CellId, str] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    tables: Tables = dict  # of the reports, asked for where a file has any
    _read_fields: set[str] = field(default_factory=set)

    def read(self) -> FormAnswers:
        """Return the form; raises UserError naming the entry that is wrong."""
        rest = {key: value for key, value in self.data.items() if key not in ("schema", "form")}
        self._put("unit", rest.pop("unit", ""), "unit")
        self._put_year(rest.pop("year", None))
        self._put_given("title", rest.pop("title", None), "title")
        self._put_given("total", rest.pop("total", None), "total")
        self._put_money_unit(rest.pop(MONEY_UNIT, None), MONEY_UNIT)
        self._fields(self._mapping(rest.pop("fields", None), "fields"))
        tables = self._money(rest)
        self._breakdown(rest.pop("funds_breakdown", None))
        self._lists(rest)
        tables |= {block.id: self._table(block, rest.pop(block.id, None)) for block in self.form.row_blocks}
        goals = self._goals(self._objects(rest.pop("goals", None), "goals"))
        indicators = self._indicators(self._objects(rest.pop("indicators", None), "indicators"), goals)
        for name in ("deviation_analysis", "improvement"):
            self._plain_field(name, rest.pop(name, None))
        self._signatures(self._mapping(rest.pop("signatures", None), "signatures"))
        self._footnotes(rest.pop("footnotes", None))
        replies = self._replies(self._objects(rest.pop("answers", None), "answers"))
        report = read_report(rest.get(REPORT), self.form, indicators, self.tables)
        if report is not None:
            del rest[REPORT]
            self.texts |= report.texts
            tables |= report.rows
        for key, value in rest.items():
            self._keep(value, "form", key)
        rows = {name: ids for name, ids in ((GOALS, goals), (INDICATORS, indicators), *tables.items()) if ids}
        return FormAnswers(self.form.id, self.texts, rows, self.given, self.extra, replies)

    # --- single values

    def _text(self, value: object, place: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            raise UserError(f"“{place}”应为文字。", "请在文件里给它加上引号。")
        if not is_whole(value):
            raise broken_character(place)
        must_fit(value, place, f"“{place}”")
        return value

    def _put(self, cell: CellId, value: object, place: str) -> None:
        if text := self._text(value, place):
            self.texts[cell] = text

    def _put_given(self, cell: CellId, value: object, place: str) -> None:
        if text := self._text(value, place):
            self.given[cell] = text

    def _put_year(self, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
            raise UserError("“year”应为年度，如 2023。", "请核对文件。")
        self.texts["year"] = str(value)

    def _put_money_unit(self, value: object, place: str) -> None:
        """The unit of all amounts of the form, where it is not that of the definition."""
        unit = self._text(value, place)
        if unit and unit not in MONEY_POWERS:
            raise UserError(f"“{place}”应为 {'、'.join(MONEY_POWERS)}。", "请核对文件。")
        if unit and self.texts.setdefault(MONEY_UNIT, unit) != unit:
            raise UserError(f"金额单位写了“{self.texts[MONEY_UNIT]}”，又写了“{unit}”。", "请核对文件。")

    def _keep(self, value: object, *path: str) -> None:
        keep(self.extra, value, *path)

    def _mapping(self, value: object, place: str) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise UserError(f"“{place}”应为一组“名称: 内容”。", "请核对文件。")
        return value

    def _objects(self, value: object, place: str) -> list[dict[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise UserError(f"“{place}”应为一列行。", "请核对文件。")
        if len(value) > MAX_ROWS:
            raise UserError(f"“{place}”有 {len(value)} 行，超过 {MAX_ROWS} 行。", "这不是一张自评表。")
        return value

    def _replies(self, entries: list[dict[str, Any]]) -> dict[tuple[str, str], Reply]:
        """Answers to findings, by code and place; they hold for what the file holds."""
        found = {}
        for n, entry in enumerate(entries, start=1):
            code, place, text = (
                self._text(entry.get(key), f"answers 第 {n} 项 {key}") for key in ("code", "place", "text")
            )
            if code and place and text:
                found[code, place] = Reply(text)
        return found

    # --- fields of the head, long texts, signatures, footnotes

    def _footnotes(self, value: object) -> None:
        """Footnotes are the definition's; others are kept."""
        if value is None:
            return
        if not isinstance(value, list):
            raise UserError("“footnotes”应为一列文字。", "请核对文件。")
        lines = [bare(self._text(line, "footnotes")) for line in value]
        if lines and lines != [bare(line) for line in self.form.footnotes()]:
            self._keep(value, "form", "footnotes")

    def _fields(self, entries: Mapping[str, Any]) -> None:
        known = self.form.fields_at("fields")
        for key, value in entries.items():
            if same_caption(key, BLOCK_LABEL):
                self._put_given("block_label", value, key)
            elif self.form.goal_echo and same_caption(key, self.form.goal_echo):
                self._put("g1.text", value, key)  # the goal itself counts, if it says anything
            elif found := _field_for(key, known):
                self._put_field(found, value, key)
            else:
                self._unit_line(key, value)
                self._keep(value, "fields", key)

    def _unit_line(self, key: str, value: object) -> None:
        """The line above a table that names the unit of its amounts; the usual one needs no word."""
        is_usual = value == self.form.money_unit and MONEY_UNIT not in self.texts
        if same_caption(key, "单位") and value in tuple(MONEY_POWERS) and not is_usual:
            self._put_money_unit(value, key)

    def _put_field(self, found: Field, value: object, place: str) -> None:
        if found.id in self._read_fields:
            raise written_twice(place)
        self._read_fields.add(found.id)
        if (found.kind == "choice" or found.listed) and isinstance(value, list):
            value = "\n".join(self._text(item, place) for item in value)
        self._put(found.id, value, place)

    def _plain_field(self, name: str, value: object) -> None:
        known = self.form.fields_at(name)
        if known:
            self._put_field(known[0], value, name)
        elif value:
            self._keep(self._text(value, name), "form", name)

    def _signatures(self, entries: Mapping[str, Any]) -> None:
        known = self.form.fields_at("signatures")
        for key, value in entries.items():
            if found := _field_for(key, known):
                self._put_field(found, value, key)
            else:
                self._keep(value, "signatures", key)

    # --- lists: long texts of which each entry is a line

    def _lists(self, rest: dict[str, Any]) -> None:
        for at in dict.fromkeys(entry.at for entry in self.form.fields.values() if entry.listed):
            if at == "overall_goals":
                self._overall_goals(self._mapping(rest.pop(at, None), at))
            else:
                self._plain_field(at, rest.pop(at, None))

    def _overall_goals(self, entries: Mapping[str, Any]) -> None:
        known = self.form.fields_at("overall_goals")
        for key, value in entries.items():
            found, inside = _field_by_pattern(key, known)
            if found is None:
                self._keep(value, "overall_goals", key)
                continue
            self._put_field(found, value, key)
            for name, text in inside.items():
                self._put(name, text, key)

    # --- funds

    def _money(self, rest: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """Read the tables of amounts; return the rows that the file has and the form has not."""
        added = {}
        for block in self.form.money_blocks:
            name = entry_of(self.form, block)
            added[block.id] = self._amounts(block, self._objects(rest.pop(name, None), name), name)
        return added

    def _amounts(self, block: FundsBlock, entries: list[dict[str, Any]], where: str) -> tuple[str, ...]:
        names = [self.row_name(entry, f"{where} 第 {n} 行") for n, entry in enumerate(entries, start=1)]
        added, under = [], ""
        for n, (row, entry) in enumerate(zip(find_rows(block, names), entries, strict=True)):
            self.amount_row(block, row, under, entry, names[n], f"{where} 第 {n + 1} 行")
            added += [row.at] * row.is_added
            under = under if row.is_added else row.key
        return tuple(added)

    def amount_row(
        self, block: FundsBlock, row: AmountRow, under: str, entry: Mapping[str, Any], name: Name, place: str
    ) -> None:
        """Take in a row of amounts; one that the form does not have, as standing below its row `under`."""
        if row.is_added:
            self.texts |= {
                row.cell(key): text for key, text in ((LABEL, row.caption), (UNDER, under)) if text
            }
        elif not same_caption(name.label, row.caption):
            self.given[row.cell(LABEL)] = name.label
        self._amount_row(block, row, entry, name.said or place)

    def row_name(self, entry: Mapping[str, Any], place: str) -> Name:
        """Return what an entry calls its row of amounts."""
        found = Name(*(self._text(entry.get(key), f"{place} {key}") for key in ("side", LABEL)))
        for label in found:
            must_fit(label, "unit", f"“{place}”的名称")
        return found

    def _amount_row(self, block: FundsBlock, row: AmountRow, entry: Mapping[str, Any], place: str) -> None:
        """What is computed on paper is given."""
        columns = columns_of(self.form, block)
        is_old = entry_of(self.form, block) == FUNDS and not row.is_added  # how it was always kept
        for key, value in entry.items():
            if key in columns:
                put = self._put_given if block.computes(row, columns[key]) else self._put
                put(row.cell(key), value, f"{place} {key}")
            elif key not in ("side", LABEL):
                self._keep(value, *(("fund", row.key, key) if is_old else ("row", row.at, key)))

    def _table(self, block: RowsBlock, value: object) -> tuple[str, ...]:
        """The rows of a table that the user adds to."""
        entries = self._objects(value, block.id)
        ids = tuple(f"{block.id[0]}{n}" for n in range(1, len(entries) + 1))
        columns = {column.key for column in block.columns}
        for row, entry in zip(ids, entries, strict=True):
            for key, text in entry.items():
                if key in columns:
                    self._put(f"{row}.{key}", text, f"{block.id} 第 {row[1:]} 行 {key}")
                else:
                    self._keep(text, "row", row, key)
        return ids

    def _breakdown(self, value: object) -> None:
        """The split of the funds; what the form has no place for is kept below it."""
        rows = row_count(self.form)
        if not rows:
            if value:
                self._keep(value, "form", "funds_breakdown")
            return
        entries = self._objects(value, "funds_breakdown")
        cells = []
        for n, entry in enumerate(entries):
            for key, content in entry.items():
                if key not in SIDES:
                    self._keep(content, "breakdown", str(n), key)
                elif text := self._text(content, f"funds_breakdown 第 {n + 1} 行 {key}"):
                    cells.append(SplitCell(n, key, text))
        texts, strays = read_split(self.form, cells)
        self.texts |= {name: text for name, text in texts.items() if text}
        below = max(rows, len(entries))
        for cell in strays:
            row = cell.row if cell.row >= rows else below
            below += row == below
            self._keep(cell.text, "breakdown", str(row), cell.side)

    # --- goals and indicators

    def _goals(self, entries: list[dict[str, Any]]) -> tuple[str, ...]:
        ids = tuple(f"g{n}" for n in range(1, len(entries) + 1))
        for goal, entry in zip(ids, entries, strict=True):
            for key, value in entry.items():
                if key == "label":
                    self._label(goal, value)
                elif key == TERM and self.form.goal_terms:
                    self._put(f"{goal}.{TERM}", value, f"目标 {goal[1:]} {TERM}")
                elif key == "text" and "text" not in self.form.goal_parts:
                    if value != entry.get("expected"):
                        self._put(f"{goal}.text", value, f"目标 {goal[1:]} text")
                elif key in self.form.goal_columns and key != TERM:
                    self._put(f"{goal}.{key}", value, f"目标 {goal[1:]} {key}")
                else:
                    self._keep(value, "row", goal, key)
        self._drop_labels(ids)
        return ids or (("g1",) if "g1.text" in self.texts else ())

    def _label(self, goal: str, value: object) -> None:
        """Keep a label; where the form has terms it says which one the goal belongs to."""
        self._put_given(f"{goal}.label", value, f"目标 {goal[1:]} label")
        if term := term_in(self.form, self.given.get(f"{goal}.label", "")):
            self.texts[f"{goal}.{TERM}"] = term

    def _drop_labels(self, goals: tuple[str, ...]) -> None:
        """A label that the form itself prints is not kept."""
        answers = FormAnswers(self.form.id, self.texts, {GOALS: goals})
        for goal in goals if self.form.goal_terms else ():
            if self.given.get(f"{goal}.label") == label_of(self.form, answers, goal):
                del self.given[f"{goal}.label"]

    def _indicators(self, entries: list[dict[str, Any]], goals: tuple[str, ...]) -> tuple[str, ...]:
        ids = tuple(f"i{n}" for n in range(1, len(entries) + 1))
        for row, entry in zip(ids, entries, strict=True):
            for key, value in entry.items():
                self._indicator_cell(row, key, value, goals)
        return ids

    def _indicator_cell(self, row: str, key: str, value: object, goals: tuple[str, ...]) -> None:
        place = f"第 {row[1:]} 行指标 {key}"
        if key == "level1_weight":
            self._put_given(f"{row}.level1_weight", value, place)
        elif column := self.form.row_columns.get(key):
            self._column(f"{row}.{key}", column, value, goals, place)
        else:
            self._keep(value, "row", row, key)

    def _column(
        self, cell: CellId, column: Column, value: object, goals: tuple[str, ...], place: str
    ) -> None:
        """Put what stands in a column, which its kind may limit."""
        if column.kind == "goal":
            self._put(cell, self._goal_of(value, goals, place), place)
        elif column.kind == "flag":
            if value is not None and not isinstance(value, bool):
                raise UserError(f"“{place}”应为 true。", "请核对文件。")
            self._put(cell, "true" if value else "", place)
        elif column.key in ROW_COLUMNS and column.choices and value not in (None, "", *column.choices):
            *first, last = column.choices
            raise UserError(f"“{place}”应为 {'、'.join(first)} 或 {last}。", "请核对文件。")
        else:
            self._put(cell, value, place)

    def _goal_of(self, value: object, goals: tuple[str, ...], place: str) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, int):
            raise UserError(f"“{place}”应为目标的序号，如 1。", "请核对文件。")
        if not 1 <= value <= len(goals):
            raise UserError(f"“{place}”写的第 {value} 个目标不存在。", f"表里有 {len(goals)} 个目标。")
        return goals[value - 1]


def _field_for(key: str, known: Iterable[Field]) -> Field | None:
    known = list(known)
    by_key = next((f for f in known if f.key and same_caption(f.key, key)), None)
    return by_key or next((f for f in known if not f.key and same_caption(f.caption, key)), None)


def _field_by_pattern(key: str, known: Iterable[Field]) -> tuple[Field | None, dict[str, str]]:
    """Find the field whose key or caption this is, and what stands in the key for other fields."""
    for shape in (str, bare):
        for entry in known:
            pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.*)", re.escape(shape(entry.key or entry.caption)))
            if match := re.fullmatch(pattern, shape(key), re.DOTALL):
                return entry, match.groupdict()
    return next((f for f in known if same_caption(f.caption, key)), None), {}
