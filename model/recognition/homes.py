"""Columns that a definition has beside those that rules know: found by their captions, never by place."""

from collections.abc import Iterable, Mapping

from model.forms.columns import FUND_COLUMNS, ROW_COLUMNS, Column
from model.recognition.anatomy import Row, Taken
from model.recognition.captions import bare, same
from model.recognition.headings import SeenColumn

PARTS = "target_parts."
_PART_OF = {"nature": "operator", "unit": "unit"}  # the meaning of a column, and how it is called as a part


def at_home(row: Row, seen: Iterable[SeenColumn], own: Iterable[Column]) -> Row:
    """Return a row whose texts have the keys of the definition's own columns, found by caption.

    Where the unit or the sign of a target has a column of its own, the target is not joined.
    """
    texts, more = dict(row.texts), dict(row.more)
    for column in own:
        if column.key in ROW_COLUMNS or column.key in FUND_COLUMNS or not column.caption:
            continue
        key = next((one.key for one in seen if one.key and same(one.caption, column.caption)), "")
        if part := _part(key, texts):
            texts = _parted(texts)
            texts[column.key] = texts.pop(part)
        elif key in texts:
            texts[column.key] = texts.pop(key)
        elif caption := next((name for name in more if same(name, column.caption)), ""):
            texts[column.key] = more.pop(caption)
    return Row(texts, more, row.goal)


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
