"""A form as `ziping.form/1`: one JSON object, read into FormAnswers and written back without loss."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from model.basics.errors import UserError
from model.basics.file_kinds import kind_of
from model.document.answers import HANDED_OUT, FormAnswers
from model.exchange.entries import must_be_writable, put_back, written_twice
from model.exchange.form_reader import BLOCK_LABEL, FormReader
from model.exchange.form_writer import SCHEMA, FormWriter
from model.exchange.money_rows import FUNDS, rows_in_order
from model.forms.columns import FUND_COLUMNS
from model.forms.definition import FormDefinition
from model.forms.loader import Library

MAX_BYTES = 64 * 2**20
MOST_VALUES = 4_000_000  # of all kinds: beyond that they take more memory than they are worth
LONGEST_KEY = 300
_SEPARATORS = (b",", b"[", b"{", b":")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # of a character, escaped
ACCOUNTS_SCHEMAS = ("ziping.accounts/1", "ziping.accounts-case/1")


def decode(data: bytes) -> dict[str, Any]:
    """Return the JSON object of an exchange file; raises UserError when it is none or too large.

    No text and no name in it holds half a character.
    """
    if kind := kind_of(data):
        raise UserError(f"这是{kind}，不是交换文件。", "请选择本程序导出的交换文件（.json）。")
    if len(data) > MAX_BYTES:
        raise UserError(f"文件超过 {MAX_BYTES // 2**20} MB。", "这不是一张自评表。")
    if sum(map(data.count, _SEPARATORS)) > MOST_VALUES:
        raise UserError(f"文件里的内容超过 {MOST_VALUES:,} 项。", "这不是一张自评表。")
    try:
        text = data.decode("utf-8-sig")
        found = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_without_repetition)
    except UnicodeDecodeError:
        problem = "这不是交换文件，或者它的文字不是 UTF-8 编码。"
        raise UserError(problem, "请选择本程序导出的交换文件（.json）。") from None
    except (ValueError, RecursionError) as error:
        place = (
            f"第 {error.lineno} 行第 {error.colno} 列" if isinstance(error, json.JSONDecodeError) else "内容"
        )
        raise UserError(f"文件不是完整的 JSON，{place}有错。", "请重新导出这个文件。") from None
    if not isinstance(found, dict):
        raise UserError("文件里不是一张表。", "交换文件应是一个 JSON 对象。")
    if _HALF.search(text):
        must_be_writable(found)
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if any(len(name) > LONGEST_KEY for name in found):
        name = next(name for name in found if len(name) > LONGEST_KEY)
        raise UserError(f"名称“{name[:20]}…”有 {len(name):,} 字，超过 {LONGEST_KEY} 字。", "请核对文件。")
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise written_twice(next(name for name in names if names.count(name) > 1))
    return found


def read_exchange(data: Mapping[str, Any], library: Library) -> FormAnswers:
    """Return the form or the final accounts of a decoded exchange file, every text as it stands there.

    Raises UserError naming the entry: unknown schema or form, wrong types, more than 5,000 rows, a goal
    that is not there.
    """
    if data.get("schema") in ACCOUNTS_SCHEMAS:
        from model.exchange.accounts_reader import read_accounts_file  # most documents have no accounts

        return read_accounts_file(data, library)
    if data.get("schema") != SCHEMA:
        raise UserError(
            f"不认识的文件格式“{data.get('schema', '')}”。",
            f"应为 {SCHEMA}（自评表）或 {ACCOUNTS_SCHEMAS[0]}（部门决算），可能来自更新的版本。",
        )
    if not isinstance(data.get("form"), str):
        raise UserError("“form”应为表样编号。", "请核对文件。")
    return FormReader(library.form(data["form"]), data, tables=partial(_tables_of_reports, library)).read()


def _tables_of_reports(library: Library) -> dict[str, frozenset[str]]:
    """The tables of reports to which a clerk adds rows, with their columns."""
    outlines = library.outlines.values()
    tables = (table for outline in outlines for table in outline.tables if table.text_columns)
    return {table.id: frozenset(column.key for column in table.text_columns) for table in tables}


# --- writing


def write_exchange(
    answers: FormAnswers,
    form: FormDefinition,
    unknown: bool = True,
    replies: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """Return the form as an exchange object; reading it gives `answers` again.

    "" is an empty cell of the form, null a cell that the form does not have. A given text is written
    where there is one. Computed figures are not written. Entries of a file that the program does not
    know are put back unless `unknown` is False. `replies` are the answers to findings, each with code, place
    and text; those that were read and not tied to a finding yet are written as they were read.
    """
    data = FormWriter(answers, form).form_object()
    unsettled = [
        {"code": code, "place": place, "text": reply.text}
        for (code, place), reply in answers.replies.items()
        if not reply.found
    ]
    if unsettled or replies:
        data["answers"] = [*replies, *(entry for entry in unsettled if entry not in replies)]
    if unknown:
        tables = {block.id for block in form.money_blocks}
        rows = {name: ids for name, ids in answers.rows.items() if name not in tables}
        money = rows_in_order(answers, form)
        rows |= {entry: tuple(row.at for row in found) for entry, found in money.items()}
        extra = {path: entry for path, entry in answers.extra.items() if path != HANDED_OUT}
        put_back(data, extra, rows, [row.key for row in money.get(FUNDS, ())])
    return data


_GIVEN = tuple(key for key, column in FUND_COLUMNS.items() if column.filled_by == "program")


def encode(data: Mapping[str, Any]) -> bytes:
    """Return an exchange object as the bytes of a file: UTF-8, one space of indent, a final newline."""
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def without_given(data: dict[str, Any]) -> dict[str, Any]:
    """Return an exchange object of `write_exchange` without given texts, answers to findings and report."""
    bare_form = {k: v for k, v in data.items() if k not in ("title", "total", "answers", "report")}
    bare_form["fields"] = {k: v for k, v in data["fields"].items() if k != BLOCK_LABEL}
    if funds := data.get("funds"):
        bare_form["funds"] = [{k: v for k, v in funds[0].items() if k not in _GIVEN}, *funds[1:]]
    bare_form["goals"] = [{k: v for k, v in goal.items() if k != "label"} for goal in data["goals"]]
    bare_form["indicators"] = [
        {k: v for k, v in row.items() if k != "level1_weight"} for row in data["indicators"]
    ]
    return bare_form
