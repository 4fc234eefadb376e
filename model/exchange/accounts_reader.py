"""Reads final accounts as `ziping.accounts/1` or `ziping.accounts-case/1`; what is not known is kept."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from model.accounts.definition import ALL, LEVELS, AccountsDefinition, SubjectTable
from model.accounts.extra import FORMS, NARRATIVE
from model.accounts.incoming import AGAIN, Incoming, take_in
from model.accounts.items import EXPENSES, ITEMS
from model.accounts.loader import edition, subjects_of
from model.accounts.subjects import code_of
from model.basics.errors import UserError
from model.document.answers import MONEY_UNIT, FormAnswers, Reply
from model.exchange.entries import broken_character, is_whole, keep
from model.exchange.form_reader import MAX_ROWS, YEARS
from model.forms.loader import Library

SCHEMA = "ziping.accounts/1"
ROW_BLOCKS = (ITEMS, EXPENSES)
_UNITS = ("元", "万元")
_SPENDING = {"total": "spending", "spending": "total"}


def read_accounts_file(data: Mapping[str, Any], library: Library) -> FormAnswers:
    """Return the accounts of a decoded exchange file; raises UserError naming the entry that is wrong."""
    name = data.get("edition")
    if not isinstance(name, str):
        raise UserError("“edition”应为决算表样的编号。", "请核对文件。")
    definition = edition(library, name)
    return _Reader(definition, library, dict(data)).read()


class _Reader:
    """Takes a decoded file apart."""

    def __init__(self, definition: AccountsDefinition, library: Library, rest: dict[str, Any]) -> None:
        self._definition, self._library, self._rest = definition, library, rest
        self._texts: dict[str, str] = {}
        self._rows: dict[str, tuple[str, ...]] = {}
        self._given: dict[str, str] = {}
        self._extra: dict[str, str] = {}
        self._replies: dict[tuple[str, str], Reply] = {}
        self._incoming = Incoming()

    def read(self) -> FormAnswers:
        for known in ("schema", "edition"):
            self._rest.pop(known, None)
        year = self._year(self._rest.pop("year", None))
        self._texts |= {"unit": self._text(self._rest.pop("unit", ""), "unit"), "year": year}
        self._money_unit(self._rest.pop("money_unit", None))
        self._mapping("last_year", self._last_year)
        self._mapping("texts", self._typed_text)
        for block in ROW_BLOCKS:
            self._block(block, self._rest.pop(block, None))
        self._tables(self._rest.pop("tables", None))
        self._mapping("names", self._names)
        self._mapping("notes", self._notes)
        self._answers(self._rest.pop("answers", None))
        for key, json_name in ((NARRATIVE, "narrative"), (FORMS, "forms")):
            self._kept(key, self._rest.pop(json_name, None))
        for key, value in self._rest.items():
            keep(self._extra, value, "accounts", key)
        base = FormAnswers(
            self._definition.id,
            {cell: text for cell, text in self._texts.items() if text},
            self._rows,
            self._given,
            self._extra,
            self._replies,
        )
        return take_in(self._definition, subjects_of(self._library, year), base, self._incoming)

    # --- the head

    def _year(self, value: object) -> str:
        if isinstance(value, bool) or not isinstance(value, int) or value not in YEARS:
            raise UserError("“year”应为四位年份。", "请核对文件。")
        return str(value)

    def _money_unit(self, value: object) -> None:
        if value is None:
            return
        if value not in _UNITS:
            raise UserError("“money_unit”应为 元 或 万元。", "请核对文件。")
        if value != self._definition.money_unit:
            self._texts[MONEY_UNIT] = str(value)

    def _text(self, value: object, place: str) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise UserError(f"“{place}”应为文字。", "请核对文件。")
        text = str(value)
        if not is_whole(text):
            raise broken_character(place)
        return text

    def _mapping(self, key: str, take: Any) -> None:
        value = self._rest.pop(key, None)
        if value is None:
            return
        if not isinstance(value, dict):
            raise UserError(f"“{key}”应为一组“键：值”。", "请核对文件。")
        for name, entry in value.items():
            take(name, entry)

    def _last_year(self, name: str, value: object) -> None:
        field = f"last.{name}"
        if field not in self._definition.fields:
            keep(self._extra, value, "last_year", name)
        elif value is not None:
            self._texts[field] = self._text(value, f"last_year.{name}")

    def _typed_text(self, name: str, value: object) -> None:
        if value is not None:
            self._texts[name] = self._text(value, f"texts.{name}")

    # --- rows as typed

    def _block(self, block: str, value: object) -> None:
        """The rows of a list as the program wrote them, with the texts of their cells by path."""
        if value is None:
            return
        entries = self._list(value, block)
        ids = tuple(f"{block[0]}{n}" for n in range(1, len(entries) + 1))
        if ids:
            self._rows[block] = ids
        for row, entry in zip(ids, entries, strict=True):
            for path, text in entry.items():
                self._texts[f"{row}.{path}"] = self._text(text, f"{block}.{path}")

    def _rows_of(self, value: object, place: str) -> list[dict[str, Any]]:
        """The rows of a table: as many 项 as a list may have, and sums between them."""
        rows = self._entries(value, place)
        items = [row for row in rows if len(code_of(str(row.get("code") or ""))) == max(LEVELS)]
        self._must_not_exceed(max(len(items), len(rows) // len(LEVELS)), place)
        return rows

    def _list(self, value: object, place: str) -> list[dict[str, Any]]:
        entries = self._entries(value, place)
        self._must_not_exceed(len(entries), place)
        return entries

    def _entries(self, value: object, place: str) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise UserError(f"“{place}”应为一列行。", "请核对文件。")
        return value

    def _must_not_exceed(self, rows: int, place: str) -> None:
        if rows > MAX_ROWS:
            raise UserError(f"“{place}”有 {rows} 行，超过 {MAX_ROWS} 行。", "请核对文件。")

    # --- tables

    def _tables(self, value: object) -> None:
        if value is None:
            return
        if not isinstance(value, dict):
            raise UserError("“tables”应为一组表。", "请核对文件。")
        known = {table.id: table for table in self._definition.tables}
        for table_id, body in value.items():
            if table_id not in known:
                keep(self._extra, body, "tables", table_id)
            elif body is None:
                self._incoming.missing.add(table_id)
            elif isinstance(known[table_id].body, SubjectTable):
                self._subject_rows(table_id, known[table_id].body, body)  # type: ignore[arg-type]
            else:
                self._fixed_cells(table_id, body)
        self._incoming.missing |= known.keys() - value.keys()

    def _subject_rows(self, table: str, body: SubjectTable, value: object) -> None:
        keys = {column.key for column in body.columns}
        place = f"tables.{table}"
        seen: set[str] = set()
        for row in self._rows_of(value, place):
            code = code_of(self._text(row.get("code") or "", f"{table}.code")) or ALL
            if code in seen or (code == ALL and _is_of_a_subject(row)):
                self._again(table, code, row)
                continue
            seen.add(code)
            if code != ALL:
                name = row.get("name")
                self._incoming.names[table, code] = self._text("" if name is None else name, f"{table}.name")
            for name, entry in row.items():
                key = _column_key(name, keys, row)
                if key in keys:
                    self._cell(f"{table}.{code}.{key}", entry)
                elif name not in ("code", "name"):
                    keep(self._extra, entry, "row", table, code, name)

    def _again(self, table: str, code: str, row: Mapping[str, Any]) -> None:
        """A row of a code that the table has already, or without its code, counts nowhere, and is told."""
        name = f"{table}.{code}.{AGAIN}"
        packed = json.dumps([*json.loads(self._given.get(name, "[]")), row], ensure_ascii=False)
        if not is_whole(packed):
            raise broken_character(f"tables.{table}")
        self._given[name] = packed

    def _fixed_cells(self, table: str, value: object) -> None:
        if not isinstance(value, dict):
            raise UserError(f"“tables.{table}”应为一组“格：数”。", "请核对文件。")
        for name, entry in _flat(table, value):
            if name in self._definition.made:
                self._cell(name, entry)
            elif isinstance(entry, str) and name.count(".") == 1:
                self._given[name] = entry  # a row that the edition does not have; its sum is then unknown
            else:
                keep(self._extra, entry, "cell", name)

    def _cell(self, name: str, value: object) -> None:
        self._incoming.cells[name] = None if value is None else self._text(value, f"tables.{name}")

    def _names(self, table: str, value: object) -> None:
        """Names of rows as printed, by table and code."""
        if not isinstance(value, dict):
            raise UserError("“names”应为各表的“编码：名称”。", "请核对文件。")
        for code, name in value.items():
            self._incoming.names[table, code] = self._text(name, f"names.{table}.{code}")

    def _notes(self, table: str, value: object) -> None:
        """The lines below a table as printed."""
        if not isinstance(value, list):
            raise UserError("“notes”应为各表下面的几行文字。", "请核对文件。")
        self._incoming.notes[table] = tuple(self._text(line, f"notes.{table}") for line in value)

    # --- what else

    def _kept(self, key: str, value: object) -> None:
        """A text or figures that are held against the tables, whole."""
        if value is None:
            return
        wanted = list if key == NARRATIVE else dict
        if not isinstance(value, wanted):
            raise UserError(f"“{key}”的格式不对。", "请核对文件。")
        packed = json.dumps(value, ensure_ascii=False)
        if not is_whole(packed):
            raise broken_character(key)
        self._given[key] = packed

    def _answers(self, value: object) -> None:
        """Answers to findings, as they were written: code, place and text."""
        for entry in self._list(value, "answers") if value is not None else ():
            code, place, text = (
                self._text(entry.get(key, ""), "answers") for key in ("code", "place", "text")
            )
            self._replies[code, place] = Reply(text)


def _is_of_a_subject(row: Mapping[str, Any]) -> bool:
    """Whether a row without a code has the name of a subject: it is not the row 合计."""
    name = row.get("name")
    return isinstance(name, str) and bool(name.strip()) and not name.strip().endswith("计")


def _column_key(name: str, keys: set[str], row: Mapping[str, Any]) -> str:
    """The column that a name means: editions call the spending in all `total` or `spending`."""
    other = _SPENDING.get(name, "")
    return other if name not in keys and other in keys and other not in row else name


def _flat(name: str, value: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Cells within cells by their whole names."""
    for key, entry in value.items():
        if isinstance(entry, dict):
            yield from _flat(f"{name}.{key}", entry)
        else:
            yield f"{name}.{key}", entry
