"""What was written for the report of a form, in an exchange file: texts, rows of tables, edited sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.document.answers import GOALS, INDICATORS, CellId, FormAnswers
from model.forms.definition import FormDefinition

KEY = "report"
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


def read_report(entry: object, form: FormDefinition, indicators: tuple[str, ...]) -> ReportContent | None:
    """Return what stands in the entry; None where it is not of our making and is to be kept as it is."""
    if not isinstance(entry, dict) or not entry.keys() <= {"texts", "tables", "sentences"}:
        return None
    texts, tables, sentences = (entry.get(name, {}) for name in ("texts", "tables", "sentences"))
    if not (_is_texts(texts) and _is_tables(tables, form) and _are_sentences(sentences, len(indicators))):
        return None
    found = ReportContent({cell: text for cell, text in texts.items() if text})
    for name, rows in tables.items():
        ids = tuple(f"{name[0]}{n}" for n in range(1, len(rows) + 1))
        found.rows[name] = ids
        for row, cells in zip(ids, rows, strict=True):
            found.texts |= {f"{row}.{column}": text for column, text in cells.items() if text}
    for n, sentence in sentences.items():
        row = indicators[int(n) - 1]
        found.texts |= {row + cell: sentence[key] for cell, key in _SENTENCE.items() if sentence.get(key)}
    return found


def _is_texts(value: object) -> bool:
    return _is_words(value) and all(cell.startswith(_TEXTS) for cell in value)  # type: ignore[attr-defined]


def _is_words(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) and _is_whole(text) for text in value.values()
    )


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _is_tables(value: object, form: FormDefinition) -> bool:
    if not isinstance(value, dict):
        return False
    taken = {name[0] for name in _own_blocks(form)}
    letters = [name[:1] for name in value]
    names = all(name.isascii() and name.islower() and name[0] not in taken for name in value if name)
    rows = all(isinstance(rows, list) and all(map(_is_words, rows)) for rows in value.values())
    return names and all(letters) and len(set(letters)) == len(letters) and rows


def _are_sentences(value: object, count: int) -> bool:
    if not isinstance(value, Mapping):
        return False
    numbers = all(key.isdecimal() and key.isascii() and 1 <= int(key) <= count for key in value)
    return numbers and all(
        _is_words(entry) and entry.keys() <= set(_SENTENCE.values()) for entry in value.values()
    )
