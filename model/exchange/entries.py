"""Entries of an exchange file: refusals, and those the program does not know, kept as JSON by path."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from model.basics.errors import UserError
from model.basics.number import is_nothing

LEFT = "left"  # the entry that lists what of a foreign file had no home
MAX_DEPTH = 50  # of lists and objects in an unknown entry
_MAPPINGS = ("fields", "signatures", "overall_goals")


def written_twice(name: str) -> UserError:
    """Return the refusal of an entry that stands there twice."""
    return UserError(f"“{name}”写了两次。", "请只留一处。")


def broken_character(place: str) -> UserError:
    """Return the refusal of a text with half a character."""
    return UserError(f"“{place}”里有残缺的字符。", "请核对文件。")


def name_with_odd_characters(place: str) -> UserError:
    """Return the refusal of a name that can't be one, among the entries of a place."""
    here = f"“{place}”里" if place else "文件里"
    return UserError(f"{here}有一个名称含残缺的字符或控制字符。", "请核对文件。")


def is_whole(text: str) -> bool:
    """Whether a text can be written as UTF-8; half of a surrogate pair can't."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def must_be_writable(data: Mapping[str, Any]) -> None:
    """Raise UserError, naming the place, for half a character anywhere in the contents of a file."""
    waiting: list[tuple[str, object]] = [("", data)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, str) and not is_whole(value):
            raise broken_character(place)
        if isinstance(value, dict):
            if not is_whole("".join(value)):
                raise name_with_odd_characters(place)
            waiting += [(f"{place}.{key}" if place else key, item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{place} 第 {n} 项", item) for n, item in enumerate(value, start=1)]


def keep(extra: dict[str, str], value: object, *path: str) -> None:
    """Keep an unknown entry under its path: the kind of place, which one, and the key.

    Raises UserError for one that could not be written back.
    """
    name = path[-1]
    if _is_deeper(value, MAX_DEPTH):
        raise UserError(f"“{name}”一层套一层，超过 {MAX_DEPTH} 层。", "这不是一张自评表。")
    try:
        packed = _packed(path), _packed(value)
    except ValueError:
        raise UserError(f"“{name}”里的数太大。", "请核对文件。") from None
    if not is_whole("".join(packed)):
        raise broken_character(name)
    extra[packed[0]] = packed[1]


def homeless(extra: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of unknown entries in which something is written.

    Without what import has told that it left aside, the unit of money, and what accounts say of themselves.
    """
    found = ((json.loads(path), json.loads(text)) for path, text in extra.items())
    names = (path[-1] for path, value in found if not _is_left_out(path) and says_something(value))
    return tuple(dict.fromkeys(names))


def _is_left_out(path: Sequence[str]) -> bool:
    return path[-1] == LEFT or path[0] == "accounts" or list(path) == ["fields", "单位"]


def says_something(value: object) -> bool:
    """Return whether any text or number stands in an entry."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inside is not None:
        return any(map(says_something, inside))
    return not (value is None or isinstance(value, bool) or (isinstance(value, str) and is_nothing(value)))


def put_back(
    data: dict[str, Any],
    extra: Mapping[str, str],
    rows: Mapping[str, Sequence[str]],
    funds: Sequence[str],
) -> None:
    """Put the unknown entries where they stood; those of a deleted row are gone with it.

    `rows` are the ids of the rows by the entry that lists them, `funds` the keys of the rows of the money.
    """
    entries = [(*json.loads(path), json.loads(text)) for path, text in extra.items()]
    entries.sort(key=lambda entry: (entry[0] not in _MAPPINGS, entry[0] == "funds"))  # whole rows last
    for kind, *where, value in entries:
        _put_back(data, rows, funds, kind, where, value)


def _put_back(
    data: dict[str, Any],
    rows: Mapping[str, Sequence[str]],
    funds: Sequence[str],
    kind: str,
    where: list[str],
    value: object,
) -> None:
    key = where[-1]
    if kind == "form":
        data[key] = value
    elif kind in _MAPPINGS:
        data.setdefault(kind, {})[key] = value
    elif kind == "funds":
        data["funds"].insert(int(key), value)
    elif kind == "fund":
        data["funds"][funds.index(where[0])][key] = value
    elif kind == "breakdown":
        rows_of_split = data.setdefault("funds_breakdown", [])
        rows_of_split.extend({} for _ in range(int(where[0]) + 1 - len(rows_of_split)))
        rows_of_split[int(where[0])][key] = value
    elif kind == "row":
        for name, ids in rows.items():
            if where[0] in ids:
                data[name][ids.index(where[0])][key] = value


def _is_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects stand in each other more than so many levels deep."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in inside)


def _packed(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
