"""A form that was read becomes a form of a document: its texts, their sources, what is left."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from model.accounts.definition import ALL
from model.accounts.items import ITEMS
from model.basics.errors import UserError
from model.document.answers import CellId, FormAnswers
from model.exchange.accounts_reader import read_accounts_file
from model.exchange.entries import LEFT
from model.exchange.exchange import read_exchange
from model.forms.definition import FormDefinition, same_caption
from model.forms.loader import Library
from model.recognition.accounts import AccountsFound
from model.recognition.captions import Vocabulary
from model.recognition.found import Found
from model.recognition.incoming import Place
from model.recognition.money import fund_row, money_block
from model.recognition.places import address, source

_TAG = "\ue000"  # before the number of a path, in a copy of the data that tells which cell it goes to
_NAMES = ("schema", "form", "label", "side", "goal")  # by these entries are found: they keep their texts


def adopted(found: Found, library: Library, file: str, words: Vocabulary) -> FormAnswers:
    """Return a form that was read as the form of a document, each text with its source.

    What had no home is kept as an unknown entry and comes back on export. Raises UserError where the kind of
    the form or its year is not known.
    """
    data = _asked(found)
    definition = library.form(str(data["form"]))

    def read(entries: dict[str, Any]) -> FormAnswers:
        funds = _by_definition(entries["funds"], definition, words)
        return read_exchange({**entries, "funds": funds}, library)

    paths = _paths(data, read)
    sources = {cell: source(file, found.places[path]) for cell, path in paths.items() if path in found.places}
    if "year" in found.places:
        sources["year"] = source(file, found.places["year"])
    form = _without_printed(read(_with_left(data, found)), definition)
    return replace(form, imported=form.texts, sources=sources)


def _without_printed(form: FormAnswers, definition: FormDefinition) -> FormAnswers:
    """The form without what it prints itself in its rows of money (—)."""
    printed = {
        row.cell(key): ""
        for block in definition.money_blocks
        for row in block.rows
        for key, text in row.fixed.items()
        if form.text(row.cell(key)) == text
    }
    return form.with_texts(printed) if printed else form


def adopted_accounts(found: AccountsFound, library: Library, file: str) -> FormAnswers:
    """Return final accounts that were read as those of a document, each typed figure with its source.

    Raises UserError where their year is not known.
    """
    if found.data["year"] is None:
        raise UserError("决算表里没有写明年度。", "请指明是哪一年的决算。")
    left = [{"place": address(left.place), "text": left.text} for left in found.left]
    form = read_accounts_file({**found.data, **({LEFT: left} if left else {})}, library)
    by_name = _places_by_name(found)
    sources = {}
    for cell in form.texts:
        row, _, rest = cell.partition(".")
        table, _, key = rest.partition(".")
        name = f"{table}.{form.text(f'{row}.code')}.{key}" if row in form.rows.get(ITEMS, ()) else cell
        if name in by_name:
            sources[cell] = source(file, by_name[name])
    return replace(form, imported=form.texts, sources=sources)


def _places_by_name(found: AccountsFound) -> dict[str, Place]:
    """Places by the names of figures (t3.2050199.basic), and of codes by the path of their rows."""
    places = {}
    for path, place in found.places.items():
        if path.startswith("tables."):
            table, row, key = re.fullmatch(r"tables\.(\w+)(?:\[(\d+)\])?\.(.+)", path).groups()  # type: ignore[union-attr]
            code = found.data["tables"][table][int(row)]["code"] or ALL if row else ""
            places[f"{table}.{code}.{key}" if code else f"{table}.{key}"] = place
    return places


def _asked(found: Found) -> dict[str, Any]:
    data = deepcopy(dict(found.data))
    if not data["form"]:
        raise UserError("这个版式还不认识。", "请指明它是哪一种表。")
    if data["year"] is None:
        raise UserError("表里没有写明年度。", "请指明是哪一年的表。")
    return data


def _with_left(data: Mapping[str, Any], found: Found) -> dict[str, Any]:
    left = [{"place": address(left.place), "text": left.text} for left in found.left]
    return {**data, LEFT: left} if left else dict(data)


def _by_definition(
    entries: list[dict[str, Any]], definition: FormDefinition, words: Vocabulary
) -> list[dict[str, Any]]:
    """Rows of money under the names that the definition has for them, the scored one first."""
    block = money_block(definition)
    if block is None:
        return entries
    rows = [dict(entry) for entry in entries]
    ours = {fund_row(row.caption, words): row.caption for row in block.rows}
    taken = {row["label"] for row in rows}
    for row in rows:
        name = ours.get(fund_row(row["label"], words), "")
        is_there = any(same_caption(row["label"], one.caption) for one in block.rows)
        if name and not is_there and not any(same_caption(name, label) for label in taken):
            row["label"] = name
            taken.add(name)
    _number_twins(rows)
    return sorted(rows, key=lambda row: fund_row(row["label"], words) != "total")


def _number_twins(rows: list[dict[str, Any]]) -> None:
    """Rows of one name are told apart: an exchange file has each once."""
    seen: list[str] = []
    for row in rows:
        same_names = sum(same_caption(row["label"], label) for label in seen)
        seen.append(row["label"])
        if same_names and row["label"]:
            row["label"] = f"{row['label']}（{same_names + 1}）"


def _paths(data: Mapping[str, Any], read: Callable[[dict[str, Any]], FormAnswers]) -> dict[CellId, str]:
    """Return which path of the file each cell of the form was read from.

    Reading a copy whose texts carry the numbers of their paths tells it, whatever reading does.
    """
    paths: list[str] = []
    form = read(_tagged(data, "", paths))
    cells: dict[CellId, str] = {}
    for cell, text in {**form.texts, **form.given}.items():
        _, tag, rest = text.partition(_TAG)
        number = rest.split("\n")[0]
        if tag and number.isdigit():
            cells[cell] = paths[int(number)]
    return cells


def _tagged(node: Any, path: str, paths: list[str]) -> Any:
    if isinstance(node, Mapping):
        return {
            key: item if key in _NAMES else _tagged(item, f"{path}.{key}" if path else key, paths)
            for key, item in node.items()
        }
    if isinstance(node, list):
        return [_tagged(item, f"{path}[{number}]", paths) for number, item in enumerate(node)]
    if isinstance(node, str) and node:
        paths.append(path)
        return f"{node}{_TAG}{len(paths) - 1}"
    return node
