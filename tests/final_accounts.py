"""Final accounts in one line, for tests, and the published ones that are kept under tests/data/accounts.

accounts = typed_accounts({"2050199": {"t3.basic": "66.90", "t3.project": "98.00"}}, {"t6.30101": "21.25"})
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from model.accounts.accounts import Accounts
from model.accounts.loader import edition, subjects_of
from model.accounts.reading import read_accounts
from model.document.answers import FormAnswers
from model.forms.loader import shipped

FOLDER = Path(__file__).parent / "data" / "accounts"
WUHAN, WUHAN_2021, SHANGHAI = "wuhan-2022", "wuhan-2021", "shanghai-2024"
# The 23 amounts that a clerk of 硚口 2022 types for the tables: eight by subject, fifteen of 表6.
QIAOKOU_ITEMS = {
    "2050199": {"t3.basic": "66.90", "t3.project": "98.00"},
    "2080505": {"t3.basic": "6.15"},
    "2101102": {"t3.basic": "1.94"},
    "2101103": {"t3.basic": "3.85"},
    "2101199": {"t3.basic": "0.32"},
    "2210201": {"t3.basic": "8.88"},
    "2210202": {"t3.basic": "1.85"},
}
QIAOKOU_CELLS = {
    "t6.30101": "21.25",
    "t6.30102": "4.22",
    "t6.30107": "33.42",
    "t6.30108": "6.15",
    "t6.30110": "1.94",
    "t6.30111": "3.85",
    "t6.30112": "0.59",
    "t6.30113": "9.64",
    "t6.30199": "0.02",
    "t6.30201": "1.44",
    "t6.30226": "2.88",
    "t6.30227": "0.20",
    "t6.30228": "0.36",
    "t6.30229": "0.05",
    "t6.30299": "3.88",
}


def accounts_answers(
    items: Mapping[str, Mapping[str, str]],
    cells: Mapping[str, str] | None = None,
    *,
    edition_id: str = WUHAN,
    given: Mapping[str, str] | None = None,
    year: str = "2022",
) -> FormAnswers:
    """The texts of final accounts of 示例单位: rows of the list by code, and other cells."""
    ids = [f"s{n}" for n in range(1, len(items) + 1)]
    texts = {"unit": "示例单位", "year": year, **(cells or {})}
    for row, (code, columns) in zip(ids, items.items(), strict=True):
        texts[f"{row}.code"] = code
        texts |= {f"{row}.{column}": text for column, text in columns.items()}
    return FormAnswers(edition_id, texts, {"subjects": tuple(ids)} if ids else {}, dict(given or {}))


def read(answers: FormAnswers) -> Accounts:
    """The accounts of some answers, by the shipped editions."""
    library = shipped()
    return read_accounts(edition(library, answers.definition), subjects_of(library, answers.year), answers)


def typed_accounts(
    items: Mapping[str, Mapping[str, str]], cells: Mapping[str, str] | None = None, **more: Any
) -> Accounts:
    """Final accounts as read; see `accounts_answers`."""
    return read(accounts_answers(items, cells, **more))


def qiaokou(**cells: str) -> Accounts:
    """The accounts of 硚口 2022 from its 23 amounts."""
    return typed_accounts(QIAOKOU_ITEMS, QIAOKOU_CELLS | cells)


def case(name: str) -> dict[str, Any]:
    """A published case as kept: qiaokou_2022, jianghan_2021."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def published_cells(tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every cell of the tables of a case by name, with its text."""
    for table, body in tables.items():
        if isinstance(body, list):
            for row in body:
                code = row["code"] or "all"
                yield from ((f"{table}.{code}.{k}", v) for k, v in row.items() if k not in ("code", "name"))
        else:
            yield from _flat(table, body)


def _flat(name: str, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, entry in body.items():
        if isinstance(entry, dict):
            yield from _flat(f"{name}.{key}", entry)
        else:
            yield f"{name}.{key}", entry
