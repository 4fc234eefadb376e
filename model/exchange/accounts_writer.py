"""Writes final accounts as `ziping.accounts/1`; reading it gives the same answers again."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from model.accounts.accounts import NAME, Accounts
from model.accounts.definition import ALL, SubjectTable, Table, fixed_cells
from model.accounts.extra import FORMS, NARRATIVE
from model.accounts.figures import UNKNOWN
from model.accounts.incoming import AGAIN, NOTES
from model.document.answers import MONEY_UNIT
from model.exchange.accounts_reader import ROW_BLOCKS, SCHEMA

_HEAD = ("unit", "year", MONEY_UNIT)
_LAST = "last."


def write_accounts(accounts: Accounts, replies: Sequence[Mapping[str, str]] = ()) -> dict[str, Any]:
    """Return the accounts as an exchange object.

    A table has what a file had printed in it, else what is computed. What is typed stands in `subjects`,
    `expenses` and `texts` once more, as it was typed; entries of a file that the program does not know are
    put back. `replies` are the answers to findings, each with code, place and text.
    """
    answers = accounts.answers
    year = answers.year
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "edition": accounts.definition.id,
        "unit": answers.unit,
        "year": int(year) if year.isdecimal() else None,
        "money_unit": accounts.unit,
        "last_year": {k.removeprefix(_LAST): v for k, v in answers.texts.items() if k.startswith(_LAST)},
        "texts": _texts(accounts),
    }
    by_row = _by_row(answers.texts)
    for block in ROW_BLOCKS:
        data[block] = [by_row.get(row, {}) for row in answers.rows.get(block, ())]
    data["tables"] = {table.id: _table(accounts, table) for table in accounts.definition.tables}
    data |= _printed_texts(accounts)
    for key in (NARRATIVE, FORMS):
        if key in answers.given:
            data[key] = json.loads(answers.given[key])
    if found := [*replies, *_unsettled(accounts, replies)]:
        data["answers"] = found
    _put_back(data, answers.extra)
    return data


def _texts(accounts: Accounts) -> dict[str, str]:
    """What is typed beside the lists; cells of the tables that are typed over too."""
    rows = {row for block in ROW_BLOCKS for row in accounts.answers.rows.get(block, ())}
    return {
        cell: text
        for cell, text in accounts.answers.texts.items()
        if cell not in _HEAD and not cell.startswith(_LAST) and cell.partition(".")[0] not in rows
    }


def _by_row(texts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The texts of each row by the path of their cell."""
    found: dict[str, dict[str, str]] = {}
    for cell, text in texts.items():
        row, _, path = cell.partition(".")
        found.setdefault(row, {})[path] = text
    return found


def _table(accounts: Accounts, table: Table) -> object:
    if table.id in accounts.missing:
        return None
    if isinstance(table.body, SubjectTable):
        return _subject_rows(accounts, table.id, table.body)
    found: dict[str, Any] = {}
    for rule in fixed_cells(table):
        _put(found, _path(table, rule.name), _cell(accounts, rule.name))
    for name, text in accounts.answers.given.items():
        table_id, _, key = name.partition(".")
        is_row = table_id == table.id and "." not in key and key != NOTES
        if is_row and name not in accounts.definition.made:
            found[key] = text
    return found


def _subject_rows(accounts: Accounts, table: str, body: SubjectTable) -> list[dict[str, Any]]:
    codes = accounts.rows[table]
    if not codes:
        return []
    given = accounts.answers.given
    listed = [code for code in codes if given.get(f"{table}.{code}.{NAME}") != UNKNOWN]  # has a row
    rows = []
    for code in (ALL, *listed):
        rows.append(_subject_row(accounts, table, body, code))
        rows += json.loads(given.get(f"{table}.{code}.{AGAIN}", "[]"))
    return rows


def _subject_row(accounts: Accounts, table: str, body: SubjectTable, code: str) -> dict[str, Any]:
    name = accounts.answers.given.get(f"{table}.{code}.{NAME}") or accounts.subject_name(code)
    head = {"code": "" if code == ALL else code, "name": "合计" if code == ALL else name}
    return head | {column.key: _cell(accounts, f"{table}.{code}.{column.key}") for column in body.columns}


def _cell(accounts: Accounts, name: str) -> str | None:
    """A cell as printed: by the file that was read, else by us; null is not known."""
    given = accounts.answers.given.get(name)
    if given is not None and given != UNKNOWN:
        return given
    cells = accounts.cells(name)
    typed = next((text for cell in cells if (text := accounts.answers.text(cell))), "")
    if typed and len(cells) == 1:
        return typed
    return None if accounts.is_unknown(name) else _exact(accounts, name)


def _exact(accounts: Accounts, name: str) -> str:
    """What is computed, exactly: in 元 it is not rounded to 万元."""
    value = accounts.value(name)
    if not value:
        return ""
    return accounts.text(name).replace(",", "") if accounts.unit == "万元" else format(value, "f")


def _path(table: Table, name: str) -> list[str]:
    """Where a cell stands in the object of its table: cells of 表9 and 表6 are not nested."""
    rest = name.removeprefix(f"{table.id}.")
    return rest.split(".") if table.kind == "ledger" else [rest]


def _put(found: dict[str, Any], path: list[str], value: object) -> None:
    *above, key = path
    for part in above:
        found = found.setdefault(part, {})
    found[key] = value


def _printed_texts(accounts: Accounts) -> dict[str, Any]:
    """Names and notes that a file had printed otherwise."""
    found: dict[str, Any] = {}
    for name, text in accounts.answers.given.items():
        table, _, rest = name.partition(".")
        if rest == NOTES:
            found.setdefault("notes", {})[table] = text.split("\n")
        elif rest.endswith(f".{NAME}") and table not in accounts.definition.subject_tables:
            found.setdefault("names", {}).setdefault(table, {})[rest.removesuffix(f".{NAME}")] = text
    return found


def _unsettled(accounts: Accounts, replies: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Answers that were read and not tied to a finding yet."""
    read = [
        {"code": code, "place": place, "text": reply.text}
        for (code, place), reply in accounts.answers.replies.items()
        if not reply.found
    ]
    return [entry for entry in read if entry not in replies]


def _put_back(data: dict[str, Any], extra: Mapping[str, str]) -> None:
    """Put the unknown entries where they stood; those of a row that is gone are gone with it."""
    for path, text in extra.items():
        kind, *where = json.loads(path)
        value = json.loads(text)
        if kind == "accounts":
            data[where[0]] = value
        elif kind in ("last_year", "tables"):
            data[kind][where[0]] = value
        elif kind == "cell":
            table, *rest = where[0].split(".")
            if isinstance(data["tables"].get(table), dict):
                _put(data["tables"][table], rest, value)
        elif kind == "row":
            _put_in_row(data, where, value)


def _put_in_row(data: dict[str, Any], where: list[str], value: object) -> None:
    table, code, key = where
    wanted = "" if code == ALL else code
    for row in data["tables"].get(table) or ():
        if row["code"] == wanted:
            row[key] = value
