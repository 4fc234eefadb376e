"""What was written for the report of a form, in an exchange file: texts, rows of tables, edited sentences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model.basics.errors import UserError
from model.basics.texts import UNWRITABLE
from model.document.answers import GOALS, INDICATORS, CellId, FormAnswers
from model.exchange.entries import name_with_odd_characters
from model.forms.definition import FormDefinition

Tables = Callable[[], Mapping[str, frozenset[str]]]  # of the reports: columns by table

KEY = "report"
MOST_ROWS = 5000
_LONGEST_NUMBER = 6  # digits
_TEXTS = ("report.", "outturn.")
_SENTENCE = {".sentence": "sentence", ".sentence.from": "sentence_from"}


@dataclass
class ReportContent:
    """Texts by cell and rows by table, as they were read."""

    texts: dict[CellId, str] = field(default_factory=dict)
    rows: dict[str, tuple[str, ...]] = field(default_factory=dict)


def write_report(answers: FormAnswers, form: FormDefinition) -> dict[str, Any]:
    """Return the entry, empty where nothing was written.

    `texts` by cell; `tables`, a list of rows by table; `sentences`, one by the number of its row.
    """
    tables = [name for name in answers.rows if name not in _own_blocks(form)]
    found: dict[str, Any] = {
        "texts": {cell: text for cell, text in answers.texts.items() if cell.startswith(_TEXTS)},
        "tables": {name: [_row(answers, row) for row in answers.rows[name]] for name in tables},
        "sentences": {
            str(n): entry
            for n, row in enumerate(answers.indicators, start=1)
            if (entry := _sentence(answers, row))
        },
    }
    return {KEY: {name: value for name, value in found.items() if value}} if any(found.values()) else {}


def _own_blocks(form: FormDefinition) -> set[str]:
    tables = (block.id for block in form.row_blocks)
    return {GOALS, INDICATORS, *tables, *(block.id for block in form.money_blocks)}


def _row(answers: FormAnswers, row: str) -> dict[str, str]:
    before = f"{row}."
    return {
        cell.removeprefix(before): text for cell, text in answers.texts.items() if cell.startswith(before)
    }


def _sentence(answers: FormAnswers, row: str) -> dict[str, str]:
    return {key: text for cell, key in _SENTENCE.items() if (text := answers.text(row + cell))}


def read_report(
    entry: object, form: FormDefinition, indicators: tuple[str, ...], tables: Tables
) -> ReportContent | None:
    """Return what stands in the entry; None where it is not of our making and is to be kept as it is.

    Raises UserError, naming the place, for a table, a column or a sentence that no report has.
    """
    if not isinstance(entry, dict) or not entry.keys() <= {"texts", "tables", "sentences"}:
        return None
    texts, rows_by_table, sentences = (entry.get(name, {}) for name in ("texts", "tables", "sentences"))
    if not (_is_texts(texts) and _is_tables(rows_by_table) and _are_sentences(sentences)):
        return None
    if any(map(UNWRITABLE.search, texts)):
        raise name_with_odd_characters(f"{KEY}.texts")
    found = ReportContent({cell: text for cell, text in texts.items() if text})
    for name, rows in rows_by_table.items():
        _must_be_known(name, rows, tables())
        ids = tuple(f"{name[0]}{n}" for n in range(1, len(rows) + 1))
        found.rows[name] = ids
        for row, cells in zip(ids, rows, strict=True):
            found.texts |= {f"{row}.{column}": text for column, text in cells.items() if text}
    for n, sentence in sentences.items():
        if not 1 <= int(n) <= len(indicators):
            raise UserError(f"“{KEY}.sentences”里没有第 {n} 个指标。", "请核对文件。")
        row = indicators[int(n) - 1]
        found.texts |= {row + cell: sentence[key] for cell, key in _SENTENCE.items() if sentence.get(key)}
    return found


def _must_be_known(
    name: str, rows: Sequence[Mapping[str, str]], tables: Mapping[str, frozenset[str]]
) -> None:
    """A table of a report, with columns that it has."""
    place = f"{KEY}.tables.{name}"
    if name not in tables:
        raise UserError(f"不认识“{place}”这张表。", "请核对文件。")
    if len(rows) > MOST_ROWS:
        raise UserError(f"“{place}”有 {len(rows)} 行，超过 {MOST_ROWS} 行。", "这不是一张自评表。")
    columns = (column for row in rows for column in row)
    if unknown := next((column for column in columns if column not in tables[name]), None):
        raise UserError(f"“{place}”没有“{unknown}”这一列。", "请核对文件。")


def _is_texts(value: object) -> bool:
    return _is_words(value) and all(cell.startswith(_TEXTS) for cell in value)  # type: ignore[attr-defined]


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _is_tables(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(isinstance(rows, list) and all(map(_is_words, rows)) for rows in value.values())


def _are_sentences(value: object) -> bool:
    if not isinstance(value, Mapping):
        return False
    numbers = all(key.isdecimal() and key.isascii() and len(key) <= _LONGEST_NUMBER for key in value)
    return numbers and all(
        _is_words(entry) and entry.keys() <= set(_SENTENCE.values()) for entry in value.values()
    )
