"""Columns that a definition has beside those that rules know: found by their captions, never by place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from model.forms.columns import FUND_COLUMNS, ROW_COLUMNS, Column
from model.forms.definition import FormDefinition, FundsBlock, RowsBlock
from model.recognition.anatomy import Anatomy, GoalSeen, OwnTable, Row, Taken
from model.recognition.captions import Vocabulary, bare, same
from model.recognition.heading import SeenColumn

PARTS = "target_parts."
_PART_OF = {"nature": "operator", "unit": "unit"}  # the meaning of a column, and how it is called as a part


def at_home(row: Row, seen: Iterable[SeenColumn], own: Iterable[Column]) -> Row:
    """Return a row whose texts have the keys of the definition's own columns, found by caption.

    Where the unit or the sign of a target has a column of its own, the target is not joined.
    """
    texts, more = dict(row.texts), dict(row.more)
    own = tuple(own)
    twice = Counter(column.caption for column in own)
    for column in own:
        if column.key in ROW_COLUMNS or column.key in FUND_COLUMNS or not column.caption:
            continue
        is_alone = twice[column.caption] == 1
        called = column.caption if is_alone else "".join((*column.above, column.caption))
        key = next((one.key for one in seen if one.key and is_alone and same(one.caption, called)), "")
        if part := _part(key, texts):
            texts = _parted(texts)
            texts[column.key] = texts.pop(part)
        elif key in texts:
            texts[column.key] = texts.pop(key)
        elif caption := next((name for name in more if same(name, called)), ""):
            texts[column.key] = more.pop(caption)
    return Row(texts, more, row.goal)


def own_tables(form: Anatomy, definition: FormDefinition | None) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of tables that one bureau alone has, by the tables of its definition that have their
    columns; other tables are left."""
    found: dict[str, list[dict[str, Any]]] = {}
    for table in form.tables:
        block = _own_block(table, definition)
        if block is not None and block.id not in found:
            keys = {column.key: column.caption for column in block.columns}
            found[block.id] = [_own_row(row, keys) for row in table.rows]
            continue
        cells = (text.cell for row in table.rows for text in (*row.texts.values(), *row.more.values()))
        form.used.difference_update((*table.heading.cells, *cells))
    return found


def goal_texts(goal: GoalSeen, definition: FormDefinition | None, words: Vocabulary) -> dict[str, Taken]:
    """Return the texts of a goal, those in columns of the form's own by their keys."""
    own = definition.goal_columns.values() if definition else ()
    keys = {bare(column.caption): column.key for column in own if column.caption}
    known = words.groups["goals"].keys() | {"text"}
    return {key if key in known else keys.get(bare(key), key): text for key, text in goal.texts.items()}


def _own_block(table: OwnTable, definition: FormDefinition | None) -> FundsBlock | RowsBlock | None:
    """Return the table of a definition whose columns have the captions of one on a sheet."""
    blocks: list[FundsBlock | RowsBlock] = []
    if definition is not None:
        blocks = [*definition.money_blocks, *definition.row_blocks]
    seen = set(map(bare, table.captions))
    found = (b for b in blocks if {bare(c.caption) for c in b.columns} - {""} == seen)
    return next(found, None)


def _own_row(row: Row, keys: Mapping[str, str]) -> dict[str, Any]:
    """A row of a table of the form's own by the keys of its columns."""
    texts = {key: next((t for name, t in row.more.items() if same(name, c)), "") for key, c in keys.items()}
    label = row.texts.get("label")
    return texts | ({next(iter(keys)): label} if label is not None else {})


def synonyms(seen: Iterable[SeenColumn], ours: Iterable[Column]) -> frozenset[str]:
    """Return the meanings of the columns whose captions are not those of the definition."""
    captions: dict[str, set[str]] = {}
    for column in ours:
        captions.setdefault(column.key, set()).update(map(bare, (column.caption, *column.above)))
    return frozenset(c.key for c in seen if c.key and bare(c.caption) not in captions.get(c.key, set()))


def _part(key: str, texts: Mapping[str, Taken]) -> str:
    return key if key in _PART_OF and f"{PARTS}{_PART_OF[key]}" in texts else ""


def _parted(texts: dict[str, Taken]) -> dict[str, Taken]:
    """A target that was joined as its parts again."""
    found = {key: text for key, text in texts.items() if not key.startswith(PARTS)}
    found["target"] = texts[f"{PARTS}value"]
    for key, name in _PART_OF.items():
        if f"{PARTS}{name}" in texts:
            found[key] = texts[f"{PARTS}{name}"]
    return found
